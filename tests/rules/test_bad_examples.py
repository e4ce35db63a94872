"""The example factory's items with one thing wrong each: found by exactly the rule for that.

What the untouched example is told on that day does not count; what the mistake adds must be its
rule and nothing else.
"""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from gongkai.source.site import read_site
from tests.conftest import ROOT
from tests.sites import check

DAY = "2026-11-19"


def told(root: Path, at: str) -> Counter[tuple[str, str | None, str | None]]:
    return Counter(
        (finding.rule, finding.item, finding.board)
        for finding in check(read_site(root), at).findings
    )


@pytest.fixture
def factory(tmp_path: Path) -> Path:
    for name in ("content", "boards"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


CASES = {
    "wages whose grand total is off by one": (
        "11/2026-10-wages-company.md",
        ("| 554000 | 3146800 |", "| 554000 | 3146801 |"),
        "table/total",
    ),
    "wages of a team of three": (
        "11/2026-10-wages-company.md",
        ("| 合计 | 380 |", "| 电工班 | 3 | 0 | 0 | 0 | 0.00 |\n| 合计 | 383 |"),
        "privacy/small-group",
    ),
    "a 公示 of three working days": (
        "11/2026-11-honors.md",
        ("止: 2026-11-24", "止: 2026-11-20"),
        "notice/too-short",
    ),
    "a 公示 that names nobody to tell": (
        "11/2026-11-honors.md",
        (", 渠道: 工会 内线 8001；纪检 内线 8002；食堂门口意见箱}", "}"),
        "notice/no-channel",
    ),
    "a full identity number (the standard's own) on the list of aid": (
        "11/2026-11-aid.md",
        ("| 李* |", "| 李* 11010519491231002X |"),
        "privacy/id-number",
    ),
    "two people of one workshop masked alike": (
        "11/2026-11-aid.md",
        ("| 机加工车间 | 王*五 |", "| 机加工车间 | 李* |"),
        "privacy/mask-collision",
    ),
    "an outcome before the window ends": (
        "11/2026-11-appointment.md",
        ("不影响任职, date: 2026-11-26", "不影响任职, date: 2026-11-19"),
        "dates/order",
    ),
    "38 of 74 present, which is not half of all 80": (
        "07/2026-attendance-rules.md",
        ("agree: 68", "agree: 38"),
        "congress/majority",
    ),
    "insurance put up after its day": (
        "11/2026-10-social-insurance.md",
        ("publish: 2026-11-10", "publish: 2026-11-16"),
        "coverage/late",
    ),
}


@pytest.mark.parametrize(("name", "change", "rule"), CASES.values(), ids=CASES)
def test_a_mistake_is_found_by_exactly_its_rule(
    name: str, change: tuple[str, str], rule: str, factory: Path
) -> None:
    path = factory / "content/items/2026" / name
    before = told(factory, DAY)
    text = path.read_text("utf-8")
    assert text.count(change[0]) == 1
    path.write_text(text.replace(*change), "utf-8")
    added = told(factory, DAY) - before
    assert {row[0] for row in added} == {rule}
    assert all(item == path.stem for _, item, _ in added)


def test_last_quarters_sheet_still_up_is_overdue_and_nothing_else(factory: Path) -> None:
    """A sheet that nobody replaced has not expired; it is stale, and what is due is missing."""
    found = told(factory, DAY)
    stale = {rule for rule, item, _ in found if item == "2026-q2-expense-casting"}
    assert stale == {"fresh/overdue"}
