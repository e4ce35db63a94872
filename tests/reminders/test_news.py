"""News for workers in their chats: each thing once, nothing at night, no name of a list."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from gongkai.cli import main as cli
from gongkai.cli import network
from gongkai.domain.finding import Severity
from gongkai.domain.model import Dark
from gongkai.reminders import record, remind
from gongkai.reminders import robots as ours
from gongkai.reminders.news import bulletins
from gongkai.source.library import read_library
from tests import factory_year
from tests.command import run
from tests.robots import Robots, robots
from tests.sites import check, item, make_site

ORG = """\
名称: 测试厂
部门: [{名称: 后勤部}]
提醒:
  - {方式: 网址, 地址变量: HOOK}
  - {方式: 企业微信, 地址变量: SHOP, 对象: 职工, 公开栏: [machining]}
"""
NOTICE = item(
    title="食堂承包公示", category="canteen-accounts", kind="notice", publish="2026-11-09",
    expires="2026-12-31", notice="{from: 2026-11-10, to: 2026-11-20, channel: 工会}",
)  # fmt: skip
HONORS = item(
    title="示例乙等先进职工名单", category="honors-selection", publish="2026-11-08",
    expires="2026-12-31", privacy="{class: honor}", kind="disclosure", notice="made-known",
    body="| 姓名 | 车间 |\n|---|---|\n| 示例乙 | 机加工车间 |",
)  # fmt: skip
OPINIONS = """\
- {编号: Y26-1, 来源: 意见箱, 收到日期: 2026-10-08, 意见: 热水不足, 承办: 后勤部,
   答复日期: 2026-11-09, 答复: 已加一台锅炉, 结果: A}
- {编号: Y26-2, 来源: 意见箱, 收到日期: 2026-10-08, 意见: 灯暗, 承办: 后勤部, 不公开: 是,
   答复日期: 2026-11-09, 答复: 已换, 结果: A}
"""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Robots]:
    monkeypatch.setattr(ours, "TIMES", (0.5, 0.5))
    monkeypatch.setattr(ours, "_AGAIN", ours._AGAIN.new(backoff_factor=0))
    with robots() as found:
        monkeypatch.setenv("SHOP", found.at("wecom"))
        monkeypatch.setenv("HOOK", found.at("hook"))
        yield found


def site_of(tmp_path: Path, org: str = ORG) -> Path:
    files = {
        "content/org.yml": org,
        "content/catalogue.yml": "since: 2040-01\n",
        "content/items/canteen.md": item(title="十月食堂账目", publish="2026-11-08"),
        "content/items/notice.md": NOTICE,
        "content/items/honors.md": HONORS,
        "content/items/old.md": item(title="早就公开的", category="leave-holiday",
                                     publish="2026-06-01", expires="2026-12-31"),
        "content/opinions/2026.yml": OPINIONS,
    }  # fmt: skip
    return make_site(tmp_path / "site", files).root


def notify(root: Path, at: str, *more: str) -> int:
    told = str(root.parent / "told.json")
    return cli.main(["notify", "--root", str(root), "--at", at, "--record", told, *more])


def test_workers_are_told_what_is_new_open_and_answered(server: Robots, tmp_path: Path) -> None:
    """B2 「积极拓展公开渠道,提高职工知情权,扩大参与权」."""
    root = site_of(tmp_path)
    assert notify(root, "2026-11-10T09:00") == 0
    news, week = heard(server)
    assert news.splitlines() == [
        "【测试厂 厂务公开】机加工车间 2026-11-10",
        "正在公示 1 项，可以提意见：",
        "· 食堂承包公示，到 2026-11-20",
        "新公开 2 项：",
        "· 十月食堂账目",
        "· 评先评优",
        "答复意见 1 条：",
        "· 意见 Y26-1：已解决",
    ]
    assert week.splitlines() == [
        "【测试厂 厂务公开】机加工车间 一周小结 2026-11-02 至 2026-11-08",
        "新公开 2 项，答复意见 0 条",
        "现在正在公示 1 项，最早到 2026-11-20",
    ]
    assert notify(root, "2026-11-11T09:00") == 0
    assert len(heard(server)) == 2  # nothing twice
    assert notify(root, "2026-11-16T09:00") == 0
    assert "一周小结 2026-11-09 至 2026-11-15" in heard(server)[2]
    said = "".join(heard(server))
    assert not any(word in said for word in ("示例乙", "热水", "Y26-2", "早就公开的"))


@pytest.mark.parametrize(
    ("org", "at", "is_told"),
    [
        (ORG, "2026-11-10T06:59", False),
        (ORG, "2026-11-10T07:00", True),
        (ORG, "2026-11-10T20:59", True),
        (ORG, "2026-11-10T21:00", False),
        (ORG.replace("[machining]", '[machining], 免打扰: {起: "12:00", 止: "14:00"}'),
         "2026-11-10T13:00", False),
        (ORG.replace("[machining]", '[machining], 免打扰: {起: "12:00", 止: "14:00"}'),
         "2026-11-10T23:00", True),
    ],
)  # fmt: skip
def test_quiet_hours_put_off_and_lose_nothing(
    org: str, at: str, is_told: bool, server: Robots, tmp_path: Path
) -> None:
    root = site_of(tmp_path, org)
    assert notify(root, at) == 0
    assert bool(heard(server)) is is_told
    assert notify(root, "2026-11-11T10:00") == 0
    assert len(heard(server)) == 2


def test_a_robot_for_workers_reminds_no_department(server: Robots, tmp_path: Path) -> None:
    root = site_of(tmp_path)
    (root / "content/opinions/2026.yml").write_text(
        "- {编号: Y26-3, 来源: 意见箱, 收到日期: 2026-09-01, 意见: 灯暗, 承办: 后勤部}\n", "utf-8"
    )
    assert notify(root, "2026-11-10T09:00") == 0
    assert "Y26-3" in "".join(server.texts())
    assert "Y26-3" not in "".join(heard(server))


def test_a_board_that_is_not_there_is_found(tmp_path: Path) -> None:
    root = site_of(tmp_path, ORG.replace("[machining]", "[machine]"))
    found = check(make_site(root, {}), "2026-11-10").findings
    assert [(finding.rule, finding.path) for finding in found if finding.rule == "ref/board"] == [
        ("ref/board", "content/org.yml")
    ]


def test_what_no_robot_reaches_is_there_to_be_copied(tmp_path: Path) -> None:
    root = site_of(tmp_path, "名称: 测试厂\n")
    assert run(root, "build", "--at", "2026-11-10T09:00").returncode == 0
    page = (root / "site/chat/index.html").read_text("utf-8")
    assert "· 食堂承包公示，到 2026-11-20" in page
    assert "示例乙等" not in page


def heard(server: Robots) -> list[str]:
    """What the workers' robot was given."""
    texts = zip(server.taken, server.texts(), strict=True)
    return [text for (name, _), text in texts if name == "wecom"]


class _PowerCut(BaseException):
    """Everything stops here."""


def test_each_piece_of_news_once_whatever_breaks(
    server: Robots, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For eight days; for a month among the long runs."""
    tells_workers_once(8, server, tmp_path, monkeypatch)


HOURS = ("05:30", "12:00", "22:30")


def tells_workers_once(
    days: int, server: Robots, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Days of the factory of the seed 7, with a list of persons; at each hour the power fails at
    some moment of the telling, or a robot does, and then it is done again."""
    library, _ = read_library(make_site(tmp_path / "bare", {}))
    files = factory_year.files(7, list(library.catalogue.categories))
    hook = "{方式: 网址, 地址变量: HOOK, 对象: 职工}"
    files["content/org.yml"] = f"名称: 测试厂\n提醒: [{hook}]\n"
    day = date(factory_year.YEAR, 6, 2)
    files["content/items/honors.md"] = HONORS.replace("2026-11-08", str(day)).replace(
        "2026-12-31", str(day + timedelta(days=40))
    )
    root = make_site(tmp_path / "site", files).root
    for finding in check(make_site(root, {}), str(day + timedelta(days=14))).findings:
        if finding.severity is Severity.ERROR:  # nobody is told anything while there are any
            (root / finding.path).unlink(missing_ok=True)
    chance = Random(7)  # noqa: S311 (a test, no secret)
    faults = ["", "", "before-500", "before-404", "after-drop", "after-500"]
    write, left = record.write_told, 0

    def fails(path: Path, told: record.SentRecord) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise _PowerCut
        write(path, told)
        if left == 1 and chance.random() < 0.5:
            left = 0
            raise _PowerCut

    for place in (remind, network):
        monkeypatch.setattr(place, "write_told", fails)
    ever: set[str] = set()
    unsettled: set[str] = set()
    server.fault = lambda: chance.choice(faults)
    for number in range(days):
        for hour in HOURS:
            at = f"{day + timedelta(days=number)}T{hour}"
            standings = check(make_site(root, {}), at).standings
            ever |= {piece.key for bulletin in bulletins(standings) for piece in bulletin.pieces}
            left, before = chance.randrange(8), len(server.taken)
            for _ in range(2):
                try:
                    notify(root, at)
                except _PowerCut:
                    continue
            unsettled |= _sending(tmp_path)
            if hour != "12:00":
                assert not [body for _, body in server.taken[before:] if _is_news(body)]
    left, server.fault = 0, lambda: ""
    notify(root, f"{day + timedelta(days=days - 1)}T13:00")
    news = [body for _, body in server.taken if _is_news(body)]
    arrived = Counter(one["key"] for body in news for one in body["matters"])
    assert set(arrived.values()) == {1}
    assert not ever - {*arrived} - unsettled
    assert "示例乙" not in "".join(body["text"] for body in news)
    assert len(arrived) > min(days, 20)


def _sending(folder: Path) -> set[str]:
    """What the record names as sent and not answered for."""
    path = folder / "told.json"
    return set(json.loads(path.read_text("utf-8"))["sending"]) if path.exists() else set()


def _is_news(body: dict[str, object]) -> bool:
    matters = body["matters"]
    return isinstance(matters, list) and any("news" in matter for matter in matters)


@pytest.mark.parametrize(
    ("dark", "time", "is_dark"),
    [
        (Dark("21:00", "07:00"), "06:59", True),
        (Dark("21:00", "07:00"), "07:00", False),
        (Dark("12:00", "13:00"), "12:00", True),
        (Dark("12:00", "13:00"), "11:59", False),
    ],
)
def test_hours_may_go_over_midnight(dark: Dark, time: str, is_dark: bool) -> None:
    assert dark.covers(time) is is_dark
