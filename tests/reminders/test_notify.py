"""Each department is told once of each matter at each stage, and never twice."""

from __future__ import annotations

import json
import ssl
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
import requests
from urllib3.exceptions import MaxRetryError, SSLError

from gongkai.cli import main as cli
from gongkai.cli import network
from gongkai.domain.finding import Severity
from gongkai.domain.terms import RobotService
from gongkai.reminders import record, remind
from gongkai.reminders import robots as ours
from gongkai.reminders.deputies import with_deputies
from gongkai.reminders.digest import Digest, digest
from gongkai.reminders.matters import Reminder, ReminderStage, matters
from gongkai.reminders.robots import Fate
from gongkai.source.library import read_library
from gongkai.source.site import read_site
from gongkai.status.deadlines import Due
from tests import factory_year
from tests.robots import SECRET, Robots, robots
from tests.sites import check, item, make_site

ORG = """\
名称: 测试厂
部门: [{名称: 后勤部}, {名称: 工会}]
提醒:
  - {方式: 企业微信, 地址变量: WECOM_REST}
  - {方式: 钉钉, 地址变量: DING, 密钥变量: DING_KEY, 部门: [后勤部]}
  - {方式: 飞书, 地址变量: LARK, 密钥变量: LARK_KEY, 部门: [工会]}
"""
LATE = item(title="食堂收支", category="standing-info", publish="2026-01-01", refresh="90 days",
            expires="never", id="canteen")  # fmt: skip
NOTICE = """\
---
标题: 示例甲拟任公示
类别: honors-selection
性质: 公示
公开日期: 2026-11-02
公开期限: 2026-12-31
责任: {部门: 工会}
公示期: {起: 2026-11-02, 止: 2026-11-20, 渠道: 工会 内线 8001}
---
拟表彰的人员。
"""
NO_DUTIES = "since: 2040-01\n"
OPINION = """\
- {编号: Y26-1, 来源: 意见箱, 收到日期: 2026-10-01, 意见: 热水不足, 承办: 安环部, 期限: 2026-10-31}
"""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Robots]:
    monkeypatch.setattr(ours, "TIMES", (0.5, 0.5))
    monkeypatch.setattr(ours, "_AGAIN", ours._AGAIN.new(backoff_factor=0))
    with robots() as found:
        for name, value in {
            "WECOM_REST": found.at("wecom"),
            "DING": found.at("dingtalk"),
            "DING_KEY": SECRET,
            "LARK": found.at("feishu"),
            "LARK_KEY": SECRET,
            "HOOK": found.at("hook"),
        }.items():
            monkeypatch.setenv(name, value)
        yield found


def site_of(tmp_path: Path, org: str = ORG) -> Path:
    files = {
        "content/org.yml": org,
        "content/catalogue.yml": NO_DUTIES,
        "content/items/canteen.md": LATE,
        "content/items/notice.md": NOTICE,
        "content/opinions/2026.yml": OPINION,
    }
    return make_site(tmp_path / "site", files).root


def notify(root: Path, at: str, *more: str) -> int:
    told = str(root.parent / "told.json")
    return cli.main(["notify", "--root", str(root), "--at", at, "--record", told, *more])


def test_each_department_is_told_by_its_own_robot(server: Robots, tmp_path: Path) -> None:
    assert notify(site_of(tmp_path), "2026-11-10") == 0
    told = {name: text for (name, _), text in zip(server.taken, server.texts(), strict=True)}
    assert "食堂收支，应于 2026-04-01 前更新或核对" in told["dingtalk"]
    assert "示例甲拟任公示，公示到 2026-11-20" in told["feishu"]
    assert "意见 Y26-1，应于 2026-10-31 前答复" in told["wecom"]
    assert "热水" not in "".join(told.values())  # what somebody said is in no chat


DEPUTY = "{岗位: 后勤部部长, 代理: 工会主席, 起: 2026-11-09, 止: 2026-11-15}"
POSTS = "部门: [{{名称: 后勤部, 岗位: [{}, 食堂管理员]}}, {{名称: 工会, 岗位: [工会主席]}}]"


@pytest.mark.parametrize(
    ("at", "is_acting"),
    [("2026-11-08", False), ("2026-11-09", True), ("2026-11-15", True), ("2026-11-16", False)],
)
def test_a_deputy_is_reminded_as_long_as_it_acts(at: str, is_acting: bool, tmp_path: Path) -> None:
    """In the department it is in, and by its post; both days count."""
    org = ORG.replace("部门: [{名称: 后勤部}, {名称: 工会}]", POSTS.format(DEPUTY))
    checked = check(read_site(site_of(tmp_path, org)), at)
    library, today = checked.standings.library, checked.standings.today
    told = with_deputies(matters(checked.standings), library, today)
    depts = [reminder.dept for reminder in told if reminder.name == "canteen"]
    assert depts == (["后勤部", "工会"] if is_acting else ["后勤部"])
    ones = [reminder for reminder in told if reminder.dept == "工会"]
    text = digest("厂", "工会", ones, today, "zh", None).text
    assert ("食堂收支" in text, "由 工会主席 代理" in text) == (is_acting, is_acting)


def test_a_deputy_of_another_post_is_not_reminded(tmp_path: Path) -> None:
    org = ORG.replace("部门: [{名称: 后勤部}, {名称: 工会}]", POSTS.format(DEPUTY))
    root = site_of(tmp_path, org)
    late = LATE.replace("{dept: 后勤部}", "{dept: 后勤部, post: 食堂管理员}")
    checked = check(make_site(root, {"content/items/canteen.md": late}), "2026-11-10")
    library, today = checked.standings.library, checked.standings.today
    told = with_deputies(matters(checked.standings), library, today)
    assert [reminder.dept for reminder in told if reminder.name == "canteen"] == ["后勤部"]
    assert not [
        finding
        for finding in checked.findings
        if finding.rule == "ref/owner" and finding.case == "post"
    ]


def test_who_acts_backwards_is_told(tmp_path: Path) -> None:
    org = ORG.replace("部门: [{名称: 后勤部}, {名称: 工会}]", POSTS.format(DEPUTY))
    root = site_of(tmp_path, org.replace("止: 2026-11-15", "止: 2026-11-01"))
    (finding,) = (
        finding
        for finding in check(read_site(root), "2026-11-10").findings
        if finding.rule == "dates/order"
    )
    assert finding.path == "content/org.yml"


@pytest.mark.parametrize("fault", ["before-drop", "before-talks"])
def test_the_address_of_a_robot_is_in_no_output_and_no_file(
    fault: str, server: Robots, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.fault = lambda: fault
    root = site_of(tmp_path)
    assert notify(root, "2026-11-10") == 1
    said = capsys.readouterr()
    written = (tmp_path / "told.json").read_text("utf-8")
    for text in (said.out, said.err, written):
        assert "geheim" not in text
        assert SECRET not in text


def test_nothing_is_said_twice_and_a_new_stage_is_said(server: Robots, tmp_path: Path) -> None:
    root = site_of(tmp_path)
    assert [notify(root, "2026-11-10"), notify(root, "2026-11-11")] == [0, 0]
    assert len(server.taken) == 3
    assert notify(root, "2026-11-21") == 0  # the window is over, and nothing came of it
    assert server.texts()[3:] == [
        "【测试厂 厂务公开】工会 2026-11-21\n已经过期 1 项：\n"
        "· 示例甲拟任公示，公示已于 2026-11-20 结束，还没有登记结果"
    ]


def test_what_is_only_near_its_day_waits_for_something_that_is_not(
    server: Robots, tmp_path: Path
) -> None:
    hook = "名称: 测试厂\n提醒: [{方式: 网址, 地址变量: HOOK}]\n"
    soon = item(category="standing-info", publish="2026-08-14", refresh="90 days", expires="never")
    files = {
        "content/org.yml": hook,
        "content/catalogue.yml": NO_DUTIES,
        "content/items/soon.md": soon,
    }
    root = make_site(tmp_path / "site", files).root
    assert matters(check(make_site(root, {}), "2026-11-10").standings)[0].stage is ReminderStage.DUE
    assert notify(root, "2026-11-10") == 0
    assert server.taken == []
    assert notify(root, "2026-11-13") == 0  # the day after the last
    (told,) = server.taken[0][1]["matters"]
    assert (told["stage"], told["name"], told["day"]) == ("overdue", "soon", "2026-11-12")


def test_a_dry_run_says_and_sends_nothing(
    server: Robots, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = site_of(tmp_path)
    assert notify(root, "2026-11-10", "--dry-run") == 0
    assert "食堂收支" in capsys.readouterr().out
    assert server.asked == 0
    assert not (tmp_path / "told.json").exists()


@pytest.mark.parametrize(
    "fault", ["before-404", "before-302", "before-limit", "before-later", "before-talks"]
)
def test_what_was_refused_is_sent_again_next_time(
    fault: str, server: Robots, tmp_path: Path
) -> None:
    root = site_of(tmp_path)
    server.fault = lambda: fault
    assert notify(root, "2026-11-10") == 1
    assert server.taken == []
    server.fault = lambda: ""
    assert notify(root, "2026-11-10") == 0
    assert len(server.taken) == 3


@pytest.mark.parametrize(
    "fault",
    [
        *("drop", "slow", "cut", "html", "empty", "list", "500", "502"),
        *("drip", "gbk", "deep", "flag"),
    ],
)
def test_what_may_have_arrived_is_named_and_not_sent_again_unless_told_to(
    fault: str, server: Robots, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = site_of(tmp_path)
    server.fault = lambda: f"after-{fault}"
    assert notify(root, "2026-11-10") == 1
    assert len(server.taken) == server.asked == 3
    server.fault = lambda: ""
    assert notify(root, "2026-11-10") == 1
    assert "没有得到回音的有 3 件" in capsys.readouterr().err
    assert server.asked == 3
    answer = "arrived" if fault == "slow" else "again"
    assert notify(root, "2026-11-10", "--unsettled", answer) == 0
    assert notify(root, "2026-11-10") == 0
    assert server.asked == (6 if answer == "again" else 3)


def test_busy_robots_are_asked_again_within_a_run(server: Robots, tmp_path: Path) -> None:
    faults = iter(["before-503", "before-429"])
    server.fault = lambda: next(faults, "")
    assert notify(site_of(tmp_path), "2026-11-10") == 0
    assert (len(server.taken), server.asked) == (3, 5)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x",
        "no address",
        "https://a..b/x",
        f"http://{'a' * 70}.example/",
        "http://[::1/",
    ],
)
def test_a_robot_that_is_not_there_costs_the_others_nothing(
    address: str, server: Robots, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DING", address)
    root = site_of(tmp_path)
    assert notify(root, "2026-11-10") == 1
    assert sorted(name for name, _ in server.taken) == ["feishu", "wecom"]
    monkeypatch.setenv("DING", server.at("dingtalk"))
    assert notify(root, "2026-11-10") == 0
    assert len(server.taken) == 3


@pytest.mark.usefixtures("server")
def test_who_has_no_robot_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    only = (
        "名称: 测试厂\n提醒: [{方式: 钉钉, 地址变量: DING, 密钥变量: DING_KEY, 部门: [后勤部]}]\n"
    )
    assert notify(site_of(tmp_path, only), "2026-11-10") == 1
    said = capsys.readouterr().err
    assert "安环部：有 1 件要提醒" in said
    assert "工会：有 1 件要提醒" in said


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("unset", "环境变量 LARK 没有设"),
        ("record", "不是 notify 的记录"),
        ("items", "有 1 个错误"),
        ("address", "应当是环境变量的名字"),
    ],
)
def test_nothing_is_sent_where_something_is_wrong(
    wrong: str,
    says: str,
    server: Robots,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = site_of(tmp_path)
    if wrong == "unset":
        monkeypatch.delenv("LARK")
    elif wrong == "record":
        (tmp_path / "told.json").write_text('{"schema": 1, "told', "utf-8")
    elif wrong == "items":
        (root / "content/items/notice.md").write_text(
            NOTICE.replace("\n公示期:", "\n备注: 无\n公示期:"), "utf-8"
        )
    else:
        (root / "content/org.yml").write_text(ORG.replace("DING,", "https://x.example/,"), "utf-8")
        assert says in _checked(root, capsys)
        return
    assert notify(root, "2026-11-10") != 0
    assert says in capsys.readouterr().err
    assert server.asked == 0


def _checked(root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    cli.main(["check", "--root", str(root), "--at", "2026-11-10"])
    return capsys.readouterr().out


@pytest.mark.parametrize(("count", "left"), [(40, True), (3, False)])
def test_a_digest_is_short_enough_for_any_robot(
    count: int, left: bool, server: Robots, tmp_path: Path
) -> None:
    long = "很长的名字" * 8
    hook = f"名称: {long}\n提醒: [{{方式: 企业微信, 地址变量: WECOM_REST}}]\n"
    files = {"content/org.yml": hook, "content/catalogue.yml": NO_DUTIES}
    for number in range(count):
        text = NOTICE.replace("示例甲拟任公示", f"第{number}项{long}")
        files[f"content/items/n{number}.md"] = text.replace("工会}", f"{long}}}")
    assert notify(make_site(tmp_path / "site", files).root, "2026-11-25") == 0
    (text,) = server.texts()
    assert len(text.encode()) <= 2000
    assert ("另有" in text) == left


def test_a_part_of_a_personal_number_is_not_said_either() -> None:
    number = "11010519491231002X"  # of the standard itself
    one = Reminder(
        ReminderStage.OPEN, Due.OUTCOME, "甲" * 28 + number, "工会", "x", date(2026, 11, 20)
    )
    assert "1101" not in digest("厂", "工会", [one], date(2026, 11, 10), "zh", None).text


def test_a_connection_that_breaks_off_later_may_have_delivered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for inner, fate in (
        (ssl.SSLCertVerificationError("self-signed"), Fate.REFUSED),
        (ssl.SSLError("bad record"), Fate.UNCLEAR),
    ):
        failed = requests.exceptions.SSLError(MaxRetryError(None, "/", SSLError(inner)))  # type: ignore[arg-type]

        def breaks(*_: object, failed: Exception = failed, **__: object) -> None:
            raise failed

        monkeypatch.setattr(requests.Session, "send", breaks)
        access = ours.Access("https://127.0.0.1:1/", None)
        empty = Digest("工会", "x", ())
        now = datetime.fromisoformat("2026-11-10T08:00:00+08:00")
        assert ours.send(RobotService.WECOM, access, empty, now).fate is fate


def test_an_earlier_instant_is_refused(
    server: Robots, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = site_of(tmp_path)
    assert notify(root, "2026-11-10") == 0
    assert notify(root, "2026-01-15") == 2
    assert "2026-11-10" in capsys.readouterr().err
    assert notify(root, "2026-11-12") == 0
    assert len(server.taken) == 3


@pytest.mark.parametrize("text", ["{}", '{"name": "x"}', "[]", '{"schema": 9}'])
def test_a_file_that_is_no_record_stays_as_it_is(text: str, server: Robots, tmp_path: Path) -> None:
    (tmp_path / "told.json").write_text(text, "utf-8")
    assert notify(site_of(tmp_path), "2026-11-10") == 2
    assert (tmp_path / "told.json").read_text("utf-8") == text
    assert server.asked == 0


class _PowerCut(BaseException):
    """Everything stops here."""


def test_each_matter_is_told_once_and_nothing_twice_whatever_breaks(
    server: Robots, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For ten days; for a month among the long runs."""
    tells_once(10, server, tmp_path, monkeypatch)


def tells_once(days: int, server: Robots, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Days of the factory of the seed 7; each day the power fails at some moment of the telling, or
    a robot does, and then it is done again."""
    library, _ = read_library(make_site(tmp_path / "bare", {}))
    files = factory_year.files(7, list(library.catalogue.categories))
    files["content/org.yml"] = "名称: 测试厂\n提醒: [{方式: 网址, 地址变量: HOOK}]\n"
    root = make_site(tmp_path / "site", files).root
    for finding in check(make_site(root, {}), f"{factory_year.YEAR}-06-15").findings:
        if finding.severity is Severity.ERROR:  # nobody is reminded while there are any
            (root / finding.path).unlink()
    chance = Random(7)  # noqa: S311 (a test, no secret)
    faults = ["", "", "before-500", "after-drop", "after-html"]
    begun: Counter[str] = Counter()
    standing: set[str] = set()
    server.fault = lambda: chance.choice(faults)
    write = record.write_told
    for number in range(days):
        day = str(date(factory_year.YEAR, 6, 1) + timedelta(days=number))
        today = {matter.key for matter in matters(check(make_site(root, {}), day).standings)}
        begun.update(today - standing)
        standing = today
        left = chance.randrange(12)

        def fails(path: Path, told: record.SentRecord) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise _PowerCut
            write(path, told)
            if left == 1 and chance.random() < 0.5:
                left = 0
                raise _PowerCut

        monkeypatch.setattr(remind, "write_told", fails)
        monkeypatch.setattr(network, "write_told", fails)
        for _ in range(2):
            try:
                notify(root, day)
            except _PowerCut:
                continue
    monkeypatch.setattr(remind, "write_told", write)
    monkeypatch.setattr(network, "write_told", write)
    server.fault = lambda: ""
    notify(root, day)
    unsettled = json.loads((tmp_path / "told.json").read_text("utf-8"))["sending"]
    arrived = Counter(one["key"] for _, body in server.taken for one in body["matters"])
    assert not {key for key, count in arrived.items() if count > begun[key]}
    lost = standing - {*arrived} - {*unsettled}
    assert not {key for key in lost if not key.startswith("due ")}
    assert len(arrived) > days
