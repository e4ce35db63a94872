"""The five steps on an item's page, with what is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.domain.terms import Channel
from gongkai.render.shown import Taken, show
from gongkai.render.words import Words
from gongkai.status.edition import make_edition
from tests.sites import check, item, make_site


def line(root: Path, **keys: str) -> list[Taken]:
    """The steps of the item x as its page tells them."""
    checked = check(make_site(root, {"content/items/x.md": item(**keys)}), "2026-11-22")
    edition = make_edition(checked.standings)
    entry = edition.entry(checked.standings.by_id["x"])
    return list(show(edition.library, entry, None, Words("zh"), Channel.WEB).steps)


def test_what_is_taken_planned_and_open_stands_in_the_order_of_the_five(tmp_path: Path) -> None:
    steps = (
        "[{step: rectify, by: 食堂, due: 2026-11-30},"
        " {step: review, by: 工会, date: 2026-10-30, result: 属实},"
        " {step: propose, by: 后勤部, date: 2026-10-29}, {step: review, by: 财务部}]"
    )
    told = line(tmp_path, steps=steps)
    assert [(taken.label, taken.is_done) for taken in told] == [
        ("提出", True), ("审查", True), ("公开", False), ("评议", False), ("整改", False),
    ]  # fmt: skip
    assert told[1].value == "工会，10月30日，属实；财务部"
    assert told[2].value == "未记"
    assert "11月30日" in told[4].value


@pytest.mark.parametrize(
    ("category", "count"), [("wages-bonus", 5), ("canteen-accounts", 0)], ids=["needed", "not"]
)
def test_they_are_all_open_where_the_category_needs_them(
    category: str, count: int, tmp_path: Path
) -> None:
    told = line(tmp_path, category=category)
    assert [taken.value for taken in told] == ["未记"] * count
