"""事前公开: what is to be public beforehand is public before it takes effect."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import check, item, make_site

AT = "2026-11-20"
RULES = {"category": "leave-holiday", "publish": "2026-11-16", "expires": "2026-12-31"}


def late(root: Path, catalogue: str = "{}\n", **keys: str) -> list[tuple[str, int]]:
    files = {
        "content/items/a.md": item(**{**RULES, **keys}),
        "content/catalogue.yml": catalogue,
    }
    found = check(make_site(root, files), AT).findings
    return [(finding.path, finding.line) for finding in found if finding.rule == "timing/late"]


@pytest.mark.parametrize(
    ("effective", "is_late"), [("2026-11-15", True), ("2026-11-16", True), ("2026-11-17", False)]
)
def test_on_the_day_of_its_effect_it_is_too_late(
    effective: str, is_late: bool, tmp_path: Path
) -> None:
    """B25 「能在事前公开的不在事后公开」."""
    found = late(tmp_path, timing="before", effective=effective)
    assert found == ([("content/items/a.md", 4)] if is_late else [])


def test_only_what_says_before_has_to_be(tmp_path: Path) -> None:
    assert not late(tmp_path, timing="after", effective="2026-11-15")
    assert not late(tmp_path, effective="2026-11-15")


def test_a_category_may_say_it_for_all_its_items(tmp_path: Path) -> None:
    catalogue = "类别: {leave-holiday: {时机: 事前}}\n"
    assert late(tmp_path, catalogue, effective="2026-11-15")
    assert not late(tmp_path, catalogue, timing="during", effective="2026-11-15")


def test_a_version_tells_the_day_of_effect_only_where_there_is_one(tmp_path: Path) -> None:
    versions = []
    for number, keys in enumerate(({}, {"effective": "2026-12-01"}, {"effective": "2026-12-02"})):
        site = make_site(tmp_path / str(number), {"content/items/a.md": item(**RULES, **keys)})
        versions.append(check(site, AT).standings.by_id["a"].version)
    assert len(set(versions)) == 3
