"""Who subscribes is told what falls due and what is new, and nothing that is not public."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import icalendar
import pytest

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.mkdocs_plugin.plugin import render_shell
from tests.sites import instant, item, make_site

ATOM = "{http://www.w3.org/2005/Atom}"
LEDGER = """\
- {编号: Y1, 来源: 意见箱, 收到日期: 2026-11-01, 意见: 热水不足, 承办: 后勤部, 期限: 2026-12-01}
- {编号: Y2, 来源: 意见箱, 收到日期: 2026-10-01, 意见: 已答, 期限: 2026-12-02, 答复日期: 2026-11-02, 答复: 好, 结果: A}
"""  # noqa: E501 - a ledger's entry is one line
FILES = {
    "content/catalogue.yml": "所有制: 民营\n起始: 2026-11\n",
    "content/org.yml": "名称: 厂\n部门: [{名称: 后勤部}, {名称: 工会}]\n",
    "content/opinions/2026.yml": LEDGER,
    "boards/machining.yml": "title: 机加工\nworkshop: 机加工车间\n",
    "boards/casting.yml": "title: 铸造\nworkshop: 铸造车间\n",
    "content/items/notice.md": item(
        title="评选公示", category="评先评优", kind="notice", owner="{dept: 工会}",
        publish="2026-11-20", expires="2026-12-20", boards="[machining]",
        notice="{from: 2026-11-20, to: 2026-11-30, channel: 工会 8001}",
    ),
    "content/items/paper.md": item(
        title="秘密标题", category="困难职工帮扶", kind="notice", owner="{dept: 工会}",
        publish="2026-11-20", expires="2026-12-20", channels="[poster]",
        notice="{from: 2026-11-20, to: 2026-12-01, channel: 工会 8001}",
    ),
    "content/items/later.md": item(title="以后的", publish="2026-12-01", expires="2026-12-30"),
    "content/items/rules.md": item(
        title="考勤办法", category="常设信息", expires="never", publish="2026-06-10",
        owner="{dept: 工会}",
    ),
}  # fmt: skip

MONTHS = [(2026, 11), (2026, 12), *((2027, month) for month in range(1, 11))]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_site(tmp_path_factory.mktemp("site"), FILES)
    assert build(BuildRequest(made, instant(made, "2026-11-22"), made.out, render_shell)).files
    return made.out


def events(path: Path) -> dict[str, date]:
    """What a calendar says, and when."""
    read: Any = icalendar.Calendar.from_ical(path.read_bytes())
    return {str(one["summary"]): one["dtstart"].dt for one in read.walk("VEVENT")}


def test_the_calendar_of_the_factory(site: Path) -> None:
    """Duties, replies, reviews and ends of notices, for a year; what is answered, planned or on
    paper only is not told by name."""
    found = events(site / "deadlines.ics")
    assert found["应答复意见：Y1（后勤部）"] == date(2026, 12, 1)
    assert found["公示到期，记录结果：评选公示（工会）"] == date(2026, 11, 30)
    assert found["公示到期，记录结果：困难职工帮扶（工会）"] == date(2026, 12, 1)
    assert found["应核对或更新：考勤办法（工会）"] == date(2026, 12, 10)
    assert found["应公开：2026年11月食堂账目（后勤部）"] == date(2026, 12, 10)
    assert not [text for text in found if "Y2" in text]
    text = (site / "deadlines.ics").read_text("utf-8")
    assert "秘密标题" not in text.replace("\r\n ", "")
    assert found["应公开：2027年9月食堂账目（后勤部）"] == date(2027, 10, 10)
    assert all(date(2026, 11, 22) <= day <= date(2027, 11, 22) for day in found.values())


def test_each_department_and_board_has_its_own(site: Path) -> None:
    canteen = [f"应公开：{year}年{month}月食堂账目（后勤部）" for year, month in MONTHS]
    assert set(events(site / "deadlines/后勤部.ics")) == {"应答复意见：Y1（后勤部）", *canteen}
    machining, casting = (
        events(site / f"boards/{n}/deadlines.ics") for n in ("machining", "casting")
    )
    assert "公示到期，记录结果：评选公示（工会）" in machining
    assert "公示到期，记录结果：评选公示（工会）" not in casting


def test_the_feed_tells_what_is_up_on_the_web(site: Path) -> None:
    for path, titles in (
        ("feed.xml", ["评选公示", "考勤办法"]),
        ("boards/casting/feed.xml", ["考勤办法"]),
    ):
        root = ElementTree.parse(site / path).getroot()  # noqa: S314 - our own file
        entries = root.findall(f"{ATOM}entry")
        assert [element.findtext(f"{ATOM}title") for element in entries] == titles


def test_they_change_when_a_day_is_over_and_not_with_each_build(site: Path) -> None:
    made = make_site(site.parent, {})
    before = {path: path.read_bytes() for path in (site / "deadlines.ics", site / "feed.xml")}
    build(BuildRequest(made, instant(made, "2026-11-22 15:00"), site, render_shell))
    assert all(path.read_bytes() == data for path, data in before.items())
    build(BuildRequest(made, instant(made, "2026-12-03"), site, render_shell))
    assert "以后的" in (site / "feed.xml").read_text("utf-8")


def test_the_feed_tells_a_text_as_it_is_read(tmp_path: Path) -> None:
    """Marks within a word do not part it, and signs that were typed stay."""
    body = "第**三**季度完成 1500\\*800，见[全文](https://a.example/)。"
    site = make_site(tmp_path, {"content/items/a.md": item(body=body)})
    build(BuildRequest(site, instant(site, "2026-11-10"), site.out, render_shell))
    feed = ElementTree.parse(site.out / "feed.xml")  # noqa: S314 - our own
    assert [element.text for element in feed.iter(f"{ATOM}summary")] == [
        "第三季度完成 1500*800，见全文。"
    ]
