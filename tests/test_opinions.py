"""Every opinion is answered in time, and every answer can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import check, item, make_site

BASE = "编号: Y26-1, 来源: 意见箱, 收到日期: 2026-10-08, 意见: 热水不足, 承办: 后勤部"
LATER = "编号: Y0, 来源: 电话, 收到日期: 2027-01-01, 意见: 以后"
CLOSED = "答复日期: 2026-10-20, 答复: 已修好, 结果: A"


def found(tmp_path: Path, entry: str, at: str, **files: str) -> list[tuple[str, int]]:
    ledger = f"# 台账\n- {{{LATER}}}\n- {{{BASE}, {entry}}}\n"
    replies = {f"content/items/{name}.md": text for name, text in files.items()}
    site = make_site(
        tmp_path,
        {"content/catalogue.yml": "地区: 重庆\n", "content/opinions/2026.yml": ledger, **replies},
    )
    findings = check(site, at).findings
    return [(one.rule, one.line) for one in findings if one.rule.startswith("opinion/")]


@pytest.mark.parametrize(
    ("entry", "at", "rules"),
    [
        ("不公开: 否", "2026-11-07", []),  # thirty days: through 7 November
        ("不公开: 否", "2026-11-08", ["opinion/overdue"]),
        ("期限: 2026-10-15", "2026-10-16", ["opinion/overdue"]),
        ("答复日期: 2026-10-20, 答复: 在修, 结果: B", "2026-11-08", ["opinion/overdue"]),
        ("答复日期: 2026-10-20, 答复: 在修, 结果: B, 承诺日期: 2026-12-31", "2026-11-08", []),
        ("答复日期: 2026-11-20, 答复: 好, 结果: A", "2026-11-19", ["opinion/overdue"]),
        (CLOSED, "2026-11-10", []),  # October's replies are due by 10 November
        (CLOSED, "2026-11-11", ["opinion/unpublished"]),
        (f"{CLOSED}, 不公开: 是", "2026-11-11", []),
    ],
)
def test_the_clock_of_an_opinion(entry: str, at: str, rules: list[str], tmp_path: Path) -> None:
    """重庆市厂务公开条例 11; what B promises needs a day."""
    assert found(tmp_path, entry, at) == [(rule, 3) for rule in rules]


@pytest.mark.parametrize(
    ("text", "keys", "is_there"),
    [
        ("| 编号 | 答复 |\n|---|---|\n| Y26-1 | 已修好 |", {}, True),
        ("意见 Y26-1-2 已答复", {}, False),  # the second round of another
        ("意见 Y26-1已答复", {}, True),
        ("意见 Y26-1 已答复", {"draft": "true"}, False),
        ("意见 Y26-1 已答复", {"expires": "2026-11-05"}, True),  # it was up
        ("意见 Y26-1 已答复", {"category": "canteen-accounts"}, False),  # no reply
        ("意见 Y26-1 已答复", {"publish": "2026-12-01", "expires": "2026-12-31"}, False),
    ],
)
def test_a_reply_is_published_when_an_item_names_its_number(
    text: str, keys: dict[str, str], is_there: bool, tmp_path: Path
) -> None:
    reply = item(**{"category": "意见答复", "body": text, **keys})
    expected = [] if is_there else [("opinion/unpublished", 3)]
    assert found(tmp_path, CLOSED, "2026-11-15", replies=reply) == expected
