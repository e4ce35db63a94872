"""What the source complains of inspections, appraisal and figures, made to come true in a small
site, and seen told."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from gongkai.domain.calendar import Period
from gongkai.domain.model import Site
from gongkai.domain.rates import Rate
from gongkai.domain.terms import Aspect
from gongkai.render.summary import YearSummary
from gongkai.status.edition import make_edition
from gongkai.supervision.appraisal import appraise
from gongkai.supervision.figure import Figure
from gongkai.supervision.metrics import supervision
from gongkai.supervision.overview import overview
from tests.command import run
from tests.sites import check, commit, item, make_site

AT = "2026-11-22"
SINCE = {"content/catalogue.yml": "起始: 2026-09\n"}
TWO_BOARDS = {
    "boards/casting.yml": "title: 铸造车间厂务公开栏\nworkshop: 铸造车间\n",
    "boards/machining.yml": "title: 机加工车间厂务公开栏\nworkshop: 机加工车间\n",
}


def told(root: Path, files: dict[str, str], at: str = AT) -> set[str]:
    """The rules that are broken."""
    site = make_site(root, {"content/items/a.md": item(), **files})
    return {finding.rule for finding in check(site, at).findings}


def rate(site: Site, name: Rate, board: str | None = None) -> Figure:
    """A figure of November."""
    library = check(site, AT).standings.library
    found = supervision(library, date(2026, 11, 1), date(2026, 11, 30))
    return found.units[board][name] if board else found.metrics[name]


def inspection(**keys: str) -> str:
    """A ledger with one inspection of November."""
    base = {"编号": "J1", "日期": "2026-11-10", "方式": "自查", "检查人": "工会", **keys}
    pairs = ", ".join(f"{key}: {value}" for key, value in base.items())
    return f"{{{pairs}}}\n"


def schedule(way: str, **keys: str) -> dict[str, str]:
    """A schedule with one inspection a month, from October on."""
    more = "".join(f", {key}: {value}" for key, value in keys.items())
    row = f"{{方式: {way}, 周期: 每月, 起: 2026-10-01{more}}}"
    return {"content/checklist.yml": f"安排: [{row}]\n"}


def test_a2_one_command_tells_what_a_self_inspection_found(tmp_path: Path) -> None:
    """「认真组织开展了厂务公开制度工作自查活动」."""
    assert "inspection/due" in told(tmp_path, schedule("自查"))
    done = inspection(检查项="全部", 发现="[{问题: 灯坏了, 要点: 7}]")
    assert "inspection/due" not in told(tmp_path, {"content/inspections/a.yml": done})
    window = ("--from", "2026-11-01", "--to", "2026-11-30")
    assert "查 25 项，合格 24 项" in run(tmp_path, "report", *window).stdout


def test_a5_the_five_elements_are_counted_and_looked_at(tmp_path: Path) -> None:
    """「从公开的内容、形式、范围、时间、责任来看基本符合要求」."""
    whole = item(boards="[machining]", channels="[web]")
    files = {"content/items/a.md": item(), "content/items/b.md": whole}
    site = make_site(tmp_path, {**files, "content/inspections/a.yml": inspection()})
    assert rate(site, Rate.ELEMENTS) == Figure(1, 2)
    points = check(site, AT).standings.library.checklist.points
    elements = (Aspect.CONTENT, Aspect.FORM, Aspect.SCOPE, Aspect.TIME, Aspect.OWNER)
    assert set(elements) < {point.aspect for point in points}


def test_a12_what_the_archive_lacks_is_told_before_it_is_made_up(tmp_path: Path) -> None:
    """「档案规范欠佳」."""
    vote = "{act: pass, session: 一次, date: 2026-10-01, delegates: 9, present: 9, agree: 9,"
    rules = item(category="labor-rules", notice="made-known", congress=f"{vote} ballot: secret}}")
    assert "archive/lacking" in told(tmp_path, {"content/items/a.md": rules})


def test_a16_a_board_that_is_not_looked_after_is_told(tmp_path: Path) -> None:
    """「对厂务公开栏的管理不够」: what was found on the wall, past its day."""
    flaws = "[{问题: 玻璃破了, 要点: 7, 公开栏: machining, 期限: 2026-11-15}]"
    files = {"content/inspections/a.yml": inspection(发现=flaws)}
    assert "inspection/unmended" in told(tmp_path, files)
    assert "inspection/unmended" not in told(tmp_path, files, "2026-11-15")


@pytest.mark.parametrize("timing", ["事前", "事中", "事后"])
def test_a24_each_of_before_during_and_after_is_inspected(timing: str, tmp_path: Path) -> None:
    """「事前、事中、事后监督检查活动」."""
    other = {"事前": "事中", "事中": "事后", "事后": "事前"}[timing]
    files = schedule("自查", 时机=timing)
    assert "inspection/due" in told(
        tmp_path, {**files, "content/inspections/a.yml": inspection(时机=other)}
    )
    assert "inspection/due" not in told(
        tmp_path, {"content/inspections/a.yml": inspection(时机=timing)}
    )


def test_a26_a_year_is_summed_up_from_its_records(tmp_path: Path) -> None:
    """「及时总结推广厂务公开工作经验」."""
    files = {**SINCE, "content/inspections/a.yml": inspection(检查项="全部")}
    site = make_site(tmp_path, {**files, "content/items/a.md": item()})
    summary = YearSummary(make_edition(check(site, AT).standings), 2026, "zh")
    titles = [section.title for section in summary.sections()]
    assert titles == ["数字", "计划与完成", "检查和整改", "差错和不足"]


def test_b1_what_workers_ask_again_and_again_and_nobody_discloses_is_told(tmp_path: Path) -> None:
    """「围绕热点、难点、焦点问题公开」."""
    rows = "".join(
        f"- {{编号: Y{day}, 来源: 意见箱, 收到日期: 2026-11-1{day}, 意见: 食堂太贵}}\n"
        for day in (1, 2, 3)
    )
    site = make_site(tmp_path, {"content/opinions/a.yml": rows, "content/items/a.md": item()})
    assert run(tmp_path, "build", "--at", AT).returncode == 0
    page = (site.out / "report/index.html").read_text("utf-8")
    part = page.split("职工反复问的")[1].split("</ul>")[0]
    assert "食堂账目" in part
    assert "还没有公开" in part


def test_b3_a_board_on_which_nothing_hangs_is_not_covered(tmp_path: Path) -> None:
    """「实行面达100%」."""
    hung = {"content/items/a.md": item(boards="[casting]")}
    site = make_site(tmp_path, {**TWO_BOARDS, **hung})
    assert rate(site, Rate.COVERAGE) == Figure(1, 2)
    assert rate(site, Rate.COVERAGE, "machining") == Figure(0, 1)


def test_b5_what_is_disclosed_of_ones_own_accord_raises_no_rate(tmp_path: Path) -> None:
    """「由“要我公开”到“我要公开”的转变」."""
    files = {"content/catalogue.yml": "所有制: 民营\n起始: 2026-10\n"}
    site = make_site(tmp_path, files)
    before = rate(site, Rate.DISCLOSURE)
    (tmp_path / "content/items/own.md").write_text(item(category="strategy-plan"), "utf-8")
    assert rate(site, Rate.DISCLOSURE) == before
    library = check(site, AT).standings.library
    assert supervision(library, date(2026, 11, 1), date(2026, 11, 30)).voluntary == 1


def test_b9_an_inspection_that_was_not_held_is_missed(tmp_path: Path) -> None:
    """「坚持定期检查制度」."""
    assert "inspection/due" in told(tmp_path, schedule("抽查"))
    assert "inspection/due" not in told(tmp_path, schedule("抽查"), "2026-10-31")


def test_b10_an_appraisal_that_nobody_fills_in_is_told(tmp_path: Path) -> None:
    """「建立厂务公开质量考评制度」「做到有对照、有检查」."""
    files = {"content/catalogue.yml": "起始: 2025-01\n", "content/appraisal.yml": "评分: []\n"}
    assert "appraisal/unscored" in told(tmp_path, files)


def test_b11_scores_of_each_unit_are_a_table_for_other_systems(tmp_path: Path) -> None:
    """「把厂务公开制度与考勤制度、目标责任制、五项禁令等制度结合起来」: a file, no integration."""
    files = {**TWO_BOARDS, **SINCE, "content/appraisal.yml": "评分: []\n"}
    site = make_site(tmp_path, {**files, "content/items/a.md": item()})
    run(tmp_path, "build", "--at", AT)
    text = (site.out / "appraisal/scores.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert {row["单位"] for row in rows} == {"全公司", "铸造车间", "机加工车间"}


def test_b14_what_is_untrue_late_or_wrong_is_told(tmp_path: Path) -> None:
    """「落实厂务公开的真实性,厂务公开的时效性和厂务公开的准确性」."""
    body = "| 项 | 元 |\n|---|---:|\n| 收入 | 5 |\n| 支出 | 3 |\n| 合计 | 9 |"
    late = item(period="2026-09", publish="2026-11-01", body=body)
    commit(tmp_path, "2026-11-01T08:00+08:00", {"content/items/a.md": late})
    make_site(tmp_path, SINCE)
    silent = late.replace("收入 | 5", "收入 | 6").replace("合计 | 9", "合计 | 8")
    assert told(tmp_path, {"content/items/a.md": late}) >= {"table/total", "coverage/late"}
    commit(tmp_path, "2026-11-20T08:00+08:00", {"content/items/a.md": silent})
    done = run(tmp_path, "check", "--at", AT, "--fail-on", "never")
    assert "git/silent-edit" in done.stdout


@pytest.mark.parametrize("way", ["自查", "互查", "抽查", "暗访"])
def test_b19_each_way_of_inspecting_is_asked_for(way: str, tmp_path: Path) -> None:
    """「加大自查、互查、抽查、明察暗访力度」."""
    other = {"自查": "互查", "互查": "抽查", "抽查": "暗访", "暗访": "自查"}[way]
    files = {**schedule(way), "content/inspections/a.yml": inspection(方式=other, 对象="车间")}
    assert "inspection/due" in told(tmp_path, files)


def test_b19_boards_are_ranked_by_what_was_found(tmp_path: Path) -> None:
    """「表彰奖励…批评、纠正」: who has most to mend stands first."""
    flaws = "[{问题: 灯坏了, 公开栏: machining, 期限: 2026-11-15}]"
    files = {**TWO_BOARDS, "content/inspections/a.yml": inspection(发现=flaws)}
    site = make_site(tmp_path, {**files, "content/items/a.md": item()})
    run(tmp_path, "build", "--at", AT)
    page = (site.out / "inspections/index.html").read_text("utf-8")
    table = page.split('id="boards"')[1]
    assert table.index("机加工车间") < table.index("铸造车间")


def test_b21_who_supervises_is_not_who_is_supervised(tmp_path: Path) -> None:
    """「以党委为主的…领导机制,以行政为主的…工作机制,以纪检、工会为主的…监督机制」."""
    own = inspection(方式="互查", 对象="工会")
    assert "inspection/own" in told(tmp_path, {"content/inspections/a.yml": own})
    steps = "[{step: propose, by: 财务部, date: 2026-10-28},"
    steps += " {step: review, by: 财务部, date: 2026-10-29}]"
    same = item(steps=steps)
    assert "procedure/same-person" in told(tmp_path, {"content/items/a.md": same})


def test_b22_each_duty_says_how_by_when_and_by_whom(tmp_path: Path) -> None:
    """「对每项公开内容所要达到的工作标准进行量化分解,详细规定公开的形式、时间和责任人」."""
    own = "{name: 车间安全日志, group: safety, kind: disclosure, grain: month, lag: 5,"
    own += " scope: workshop, dept: 车间, privacy: none, end: keep, basis: 自定}"
    files = {"content/catalogue.yml": f"起始: 2026-10\ncategories: {{shop-log: {own}}}\n"}
    site = make_site(tmp_path, {**files, "content/items/a.md": item()})
    (found,) = (
        finding
        for finding in check(site, "2026-11-06").findings
        if finding.rule == "coverage/missing" and str(finding.values["name"]) == "车间安全日志"
    )
    assert (found.values["due"], found.values["dept"]) == (date(2026, 11, 5), "机加工车间")


def test_b23_a_step_that_nobody_answers_for_is_told(tmp_path: Path) -> None:
    """「从资料提供、征询意见、督促整改、到检查考核,对公开的各个环节进行责任划分」."""
    wages = item(category="wages-bonus", period="2026-10", publish="2026-11-09")
    assert "procedure/missing" in told(tmp_path, {"content/items/a.md": wages})


def test_b30_figures_carry_the_commit_and_the_version_of_their_formulas(tmp_path: Path) -> None:
    """「作为领导班子任期目标考核…提职晋升、评先评优的重要内容和条件」: they can be worked out."""
    files = {"content/items/a.md": item(), "content/appraisal.yml": "评分: []\n"}
    make_site(tmp_path, files)
    commit(tmp_path, "2026-11-01T08:00+08:00", {"content/pages/more.md": "# 更多\n"})
    window = ("--from", "2026-11-01", "--to", "2026-11-30", "--format", "json")
    one, other = (run(tmp_path, "report", *window).stdout for _ in range(2))
    assert one == other
    assert len(json.loads(one)["commit"]) == 40
    assert json.loads(one)["formulas"]
    standings = check(make_site(tmp_path, {}), AT).standings
    again = [appraise(standings.library, Period.parse("2026-H2"), standings) for _ in range(2)]
    assert again[0] == again[1]


def test_b33_weak_units_are_told_with_causes_and_a_next_step(tmp_path: Path) -> None:
    """「对少数公开力度不大和不规范的单位,逐一排查,分析原因,分类指导,尽快落实」."""
    site = make_site(tmp_path, {**TWO_BOARDS, **SINCE, "content/items/a.md": item()})
    weak = overview(check(site, AT).standings).weak
    assert {weak_board.board.id for weak_board in weak} == {"casting", "machining"}
    assert {cause.rule for weak_board in weak for cause in weak_board.causes} == {
        "coverage/missing"
    }
    run(tmp_path, "build", "--at", AT)
    assert "补公开，没有发生的写“本期无”" in (site.out / "report/index.html").read_text("utf-8")
