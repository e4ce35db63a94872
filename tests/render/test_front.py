"""The front page: its counts are those of what it lists, and of the report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongkai.render.web.front import FrontPage, front, lates
from gongkai.render.words import Words
from gongkai.status.edition import make_edition
from tests.sites import check, item, make_site

BOARDS = {
    "boards/machining.yml": "title: 机加工\nworkshop: 机加工车间\n",
    "boards/casting.yml": "title: 铸造\nworkshop: 铸造车间\n",
}


def told(folder: Path, at: str = "2026-11-10", **items: str) -> FrontPage:
    files = {f"content/items/{name}.md": text for name, text in items.items()}
    site = make_site(folder, {**BOARDS, **files})
    edition = make_edition(check(site, at).standings)
    found = front(edition, Words("zh"))
    assert list(found.late) == lates(edition, Words("zh")), "the report says the same"
    return found


WINDOW = "{from: 2026-11-09, to: 2026-11-13, unit: workday, channel: 工会 内线 8001}"


def test_what_hangs_on_paper_alone_is_counted_and_not_named(tmp_path: Path) -> None:
    notice = {"category": "bidding-procurement", "notice": WINDOW, "publish": "2026-11-09"}
    found = told(
        tmp_path,
        open=item(title="看得见", **notice),
        paper=item(title="只在纸上", channels="[poster]", **notice),
    )
    assert [one.shown.title for one in found.opens] == ["看得见"]
    assert found.hidden == 1
    assert str(found.last) == "2026-11-13"


def test_a_correction_is_told_with_what_it_corrects(tmp_path: Path) -> None:
    fix = item(
        title="更正", kind="correction", corrects="a", publish="2026-11-10",
        correction="{reason: 写错, changes: [{where: 合计, old: '1', new: '2'}]}",
    )  # fmt: skip
    found = told(tmp_path, a=item(title="账目", publish="2026-10-01"), b=fix)
    assert [(new.item.title, str(new.day), new.is_corrected) for new in found.new] == [
        ("账目", "2026-11-10", True)
    ]
    assert found.total == 1


@pytest.mark.parametrize(("day", "count"), [("2026-11-09", 1), ("2026-11-08", 0)])
def test_new_is_what_was_hung_since_monday(day: str, count: int, tmp_path: Path) -> None:
    """10 November 2026 is a Tuesday."""
    assert len(told(tmp_path, a=item(publish=day)).new) == count


def test_each_bar_is_an_item_or_a_gap(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        at="2026-11-20",
        a=item(title="平常", category="常设信息", refresh="never"),
        b=item(title="逾期", category="常设信息", refresh="7 days", boards="[machining]"),
        c=item(title="将到期", category="常设信息", refresh="3 weeks", boards="[machining]"),
    )
    rows = {row.board.id: row for row in found.rows}
    hung = re.sub("l", "", rows["machining"].bars)
    assert rows["machining"].count == 3
    assert rows["machining"].bars.count("s") == 1
    assert hung == "s-"
    assert rows["casting"].count == 1


def test_what_is_overdue_and_what_should_have_followed_it_are_told_once(tmp_path: Path) -> None:
    """October's report is missing since 10 November; September's is overdue since the same day."""
    found = told(
        tmp_path,
        at="2026-11-20",
        a=item(
            title="九月安全", category="安全生产和隐患治理", period="2026-09",
            publish="2026-10-09", expires="2027-01-31", boards="[machining]",
        ),
    )  # fmt: skip
    both = [late for late in found.late if late.item and late.item.title == "九月安全"]
    assert [(late.missing, late.days) for late in both] == [
        ("机加工车间2026年10月安全生产和隐患治理", 10)
    ]
