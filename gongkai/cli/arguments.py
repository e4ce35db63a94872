"""How the verbs are called."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NoReturn

from gongkai import __version__
from gongkai.cli.reports.report import printable
from gongkai.domain.model import Site
from gongkai.domain.terms import Freshness, State

Run = Callable[[argparse.Namespace, Site, datetime], int]
CHECK_FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit")
"""Those of ``reports``, which is only loaded to write one."""
SHEETS = ("approval", "plan", "survey", "rectification", "appraisal", "summary", "handover")
"""What can be printed to be signed or handed out."""
_IN_CHINESE = {
    "审批单": "approval",
    "测评表": "survey",
    "年度计划": "plan",
    "整改意见书": "rectification",
    "考评表": "appraisal",
    "年度总结": "summary",
    "交接单": "handover",
}
"""What a clerk calls a sheet."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a call in one line and exits with 2."""

    def error(self, text: str) -> NoReturn:
        print(f"gongkai: {printable(text)}", file=sys.stderr)
        raise SystemExit(2)


def with_verb(arguments: Sequence[str]) -> list[str]:
    """Without a verb, ``build``."""
    given = list(arguments)
    is_option = not given or given[0].startswith("-")
    if not is_option or {"-h", "--help", "--version"} & set(given[:1]):
        return given
    return ["build", *given]


def parser(runs: Mapping[str, Run], asked: str | None = None) -> argparse.ArgumentParser:
    """The parser of all verbs; each hands over to what runs it. Where it is known which one is
    asked for, only that one learns its options, which takes half of the time."""
    made = _Parser(prog="gongkai", description="公开栏 / disclosure boards")
    made.add_argument("--version", action="version", version=f"gongkai {__version__}")
    verbs = made.add_subparsers(dest="verb", required=True, parser_class=_Parser)
    for name, (explain, add) in VERBS.items():
        verb = verbs.add_parser(name, help=explain)
        if asked not in (None, name):
            continue
        verb.add_argument("--root", default=".", help="站点文件夹 / the site's folder")
        verb.add_argument("--at", help="时刻 / instant: 2026-11-22 or 2026-11-22T08:00")
        verb.add_argument("--lang", choices=("zh", "en"), help="消息的语言 / language of messages")
        verb.add_argument("--jobs", type=int, help="并行数 / processes")
        verb.set_defaults(run=runs[name])
        add(verb)
    return made


def _add_format(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--format", choices=("text", "json"), default="text")


def _add_build(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--out", help="发布到 / publish to")
    verb.add_argument("--clean", action="store_true", help="从头做起 / start afresh")
    boxes = "网页服务器的日志：哪台屏最近还在 / the web server's log, which tells of boxes alive"
    verb.add_argument("--log", metavar="FILE", help=boxes)
    verb.add_argument("--no-wait", action="store_true", help="不等别的生成结束 / do not wait")
    afar = "别的机器一起做 / workers of other machines: dask://HOST:PORT"
    verb.add_argument("--executor", metavar="ADDRESS", help=afar)
    _add_watch(verb)


def _add_watch(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--quiet", action="store_true", help="不显示进度 / no progress")
    verb.add_argument("--profile", action="store_true", help="各步用时 / time of each step")


def _add_rollback(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--out", help="已发布的站点 / the published site")


def _add_verify(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("folder", nargs="?", metavar="DIR", help="站点 / a published site")
    verb.add_argument("--max-age", type=int, metavar="HOURS", help="最多多少小时 / how old at most")


def _add_serve(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--port", type=int, default=8000, help="端口 / port")
    verb.add_argument("--drafts", action="store_true", help="连草稿一起 / drafts too")
    verb.add_argument("--poll", action="store_true", help="不靠文件事件 / do not rely on events")


def _add_check(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--format", choices=CHECK_FORMATS, default="text")
    verb.add_argument("--fix", action="store_true", help="改好能放心改的 / mend what is safe")
    verb.add_argument("--output", help="写入文件 / write to a file")
    verb.add_argument("--baseline", metavar="FILE", help="只看新的 / only what is new since")
    verb.add_argument("--explain", metavar="RULE", help="说明一条规则 / explain a rule")
    verb.add_argument("--fail-on", choices=("error", "warning", "info", "never"), default="warning")
    _add_watch(verb)


def _add_list(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--state", choices=[state.value for state in State])
    verb.add_argument("--board")
    verb.add_argument("--freshness", choices=[freshness.value for freshness in Freshness])
    _add_format(verb)


def _add_why(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("item")
    verb.add_argument("--board")
    _add_format(verb)


def _add_publish(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--publish", metavar="DATE", help="公开日期，不再是草稿 / no draft, up from")
    verb.add_argument("--period", help="所属期 / period: 2026-12, 2026-Q4, 2026-H2, 2026")


def _add_new(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("category", nargs="?", help="类别 / category: 工资奖金分配")
    verb.add_argument("--from", dest="model", metavar="ITEM", help="照着一项做 / after an item")
    _add_publish(verb)


def _add_init(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("folder", metavar="DIR", help="新站点的文件夹 / the new site's folder")
    verb.add_argument("--empty", action="store_true", help="不带示例 / without the example")
    forge = "代码平台 / the forge whose file is written"
    verb.add_argument(
        "--ci", choices=("gitea", "gitlab", "github", "none"), default="gitea", help=forge
    )


def _add_bundle(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("folder", metavar="DIR", help="放在哪里 / where to collect them")
    platforms = "给哪种电脑 / for which machines; 可重复 / may be repeated"
    known = ("linux", "linux-arm", "windows", "mac")
    verb.add_argument("--platform", action="append", choices=known, help=platforms)
    verb.add_argument("--python", metavar="X.Y", help="那台电脑的 Python / the Python over there")
    tests = "连运行测试要的 / with what the tests need"
    verb.add_argument("--with-tests", action="store_true", help=tests)


_IMPORTED = (
    ".docx .doc .wps .odt .rtf .txt .pdf .png .jpg .gif .bmp .tif .webp .xlsx .xls .et .ods .csv "
    ".tsv；文件夹 / or a folder"
)


def _add_import(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("files", metavar="FILE", nargs="+", help=_IMPORTED)
    verb.add_argument("--as", dest="form", choices=("item", "table", "opinions", "survey"))
    verb.add_argument("--category", help="类别 / category")
    verb.add_argument("--sheet", help="工作表 / sheet")
    unseen = "隐藏的行、列、工作表也要 / hidden rows, columns and sheets as well"
    verb.add_argument("--hidden", action="store_true", help=unseen)
    changes = "修订全部接受，批注不要 / take tracked changes as accepted, leave comments out"
    verb.add_argument("--accept", action="store_true", help=changes)
    verb.add_argument("--dry-run", action="store_true", help="只看不写 / write nothing")
    _add_publish(verb)


def _add_report(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--from", dest="first", metavar="D", help="起 / first day; 上月 / last month")
    verb.add_argument("--to", dest="last", metavar="D", help="止 / last day")
    verb.add_argument("--format", choices=("text", "json", "html"), default="text")


def _add_archive(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--year", type=int, required=True, metavar="Y", help="哪一年 / which year")
    verb.add_argument("--out", required=True, metavar="DIR", help="写到哪里 / where to")


def _add_plan(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--year", type=int, metavar="Y", help="哪一年 / which year; 今年 / this year")
    verb.add_argument("--format", choices=("text", "json", "csv", "pdf", "ics"), default="text")


def _add_notify(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--record", metavar="FILE", help="记下发过什么 / what was told stands here")
    verb.add_argument("--dry-run", action="store_true", help="只看不发 / send nothing")
    unsettled = "没有回音的 / those not answered for"
    verb.add_argument("--unsettled", choices=("again", "arrived"), help=unsettled)


def _add_federate(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("places", nargs="+", metavar="URL_OR_PATH", help="各厂的站点 / their sites")
    verb.add_argument("--out", required=True, metavar="DIR", help="写到哪里 / where to")
    oldest = "站点最多多少小时前核对过 / how old a site may be"
    verb.add_argument("--max-age", type=int, default=36, metavar="HOURS", help=oldest)


def _add_schema(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--out", metavar="DIR", help="写到哪里 / where to: .vscode/schema")


def _sheet(word: str) -> str:
    """The name of a sheet, said in either language."""
    return _IN_CHINESE.get(word, word)


def _add_print(verb: argparse.ArgumentParser) -> None:
    sheets = "approval 审批单, plan 年度计划, survey 测评表, rectification 整改意见书, "
    sheets += "appraisal 考评表, summary 年度总结, handover 交接单"
    verb.add_argument("sheet", metavar="WHAT", type=_sheet, choices=SHEETS, help=sheets)
    which = "哪一项、哪一年、哪次检查或测评 / of which item, year, inspection or survey"
    verb.add_argument("of", metavar="ID", nargs="?", help=which)
    verb.add_argument("--out", metavar="FILE", help="写到哪里 / where to: .pdf, .docx")


def _add_inbox(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("task", nargs="?", choices=("user", "sync", "export", "words"))
    named = "用户、测评 / a user of the desk, a survey"
    verb.add_argument("name", nargs="?", metavar="NAME", help=named)
    verb.add_argument("--dir", metavar="DIR", help="意见存放在 / where opinions are kept: .inbox")
    verb.add_argument("--port", type=int, default=8010, help="端口 / port")
    verb.add_argument("--host", default="127.0.0.1", help="听哪个地址 / address to listen on")
    site = "已发布的站点，表单上写它的标题 / the published site, for titles on the form"
    verb.add_argument("--site", metavar="DIR", help=site)
    proxy = "它的 X-Real-IP 算数 / the proxy whose X-Real-IP counts"
    verb.add_argument("--proxy", default="", metavar="ADDRESS", help=proxy)
    signed_in = "代理说是谁登录 / in which it names who signed in"
    verb.add_argument("--user-header", default="", metavar="NAME", help=signed_in)
    verb.add_argument("--burst", type=int, default=60, help="每个地址一次 / of one address at once")
    verb.add_argument("--rate", type=float, default=1.0, help="之后每秒 / then a second")
    roles = "受理、答复、公开 / what a user may do: receive,answer,publish"
    verb.add_argument("--roles", default="receive,answer,publish", help=roles)
    verb.add_argument("--out", metavar="FILE", help=".csv，.sqlite3 是整份 / a whole copy")
    verb.add_argument("--count", type=int, default=0, help="几个口令 / how many one-time words")
    verb.add_argument("--board", metavar="B", help="哪块公开栏的 / for the ballots of which board")


def _add_keeping(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", metavar="FILE", help="备份文件 / the backup")
    verb.add_argument("--out", metavar="DIR", help="已发布的站点 / the published site")
    verb.add_argument("--inbox", metavar="DIR", help="意见存放在 / where opinions are kept: .inbox")


def _add_schedule(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--out", metavar="DIR", help="发布到 / publish to")


def _add_nothing(_: argparse.ArgumentParser) -> None: ...


VERBS: Mapping[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "build": ("检查并发布 / check and publish", _add_build),
    "serve": ("预览 / preview with live reload", _add_serve),
    "check": ("检查 / print findings", _add_check),
    "list": ("各项现状 / items as they stand", _add_list),
    "why": ("为什么在或不在公开栏上 / why an item is or isn't on a board", _add_why),
    "new": ("新的一项 / a ready-to-fill item", _add_new),
    "import": (
        "从 Word、Excel 等文件导入 / take over a file of Word, Excel and the like",
        _add_import,
    ),
    "init": ("新站点 / a new site", _add_init),
    "bundle": ("离线安装包 / all that an installation needs", _add_bundle),
    "schema": ("编辑器用的格式说明 / JSON Schemas for editors", _add_schema),
    "report": ("监督小组的数字 / the supervision group's figures", _add_report),
    "archive": ("一年的归档 / the yearly archive package", _add_archive),
    "print": ("打印签字或发放的单子 / a sheet to sign or hand out", _add_print),
    "plan": ("年度计划 / the year's plan of duties", _add_plan),
    "notify": ("提醒各部门 / remind departments in their chats", _add_notify),
    "inbox": ("意见收件箱 / an inbox for opinions on the intranet", _add_inbox),
    "federate": ("各厂汇总 / the factories of a group on one page", _add_federate),
    "backup": ("备份 git 以外的 / what is not in git, in one file", _add_keeping),
    "restore": ("放回备份的 / put back what a backup holds", _add_keeping),
    "schedule": ("每晚的定时任务 / a nightly task for this system", _add_schedule),
    "doctor": ("这台电脑缺什么 / what this machine has and lacks", _add_nothing),
    "verify": ("站点与清单是否一致 / does a site match its manifest", _add_verify),
    "rollback": ("退回以前的站点 / put the site before up again", _add_rollback),
    "next": ("下一次变化 / the next change", _add_format),
}
