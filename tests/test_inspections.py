"""Inspections: what was looked at was drawn, what was found is mended, and both are counted."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.command import run
from tests.sites import check, item, make_site

NAMES = ["a", "b", "c", "d", "e"]
DRAW = "{起: 2026-11-01, 止: 2026-11-30, 数量: 2, 种子: 掷得 3 5 1%s}"


def site_with(tmp_path: Path, entry: str) -> Path:
    """Five items of November, one of October, one that is a draft, and an inspection."""
    files = {f"content/items/{name}.md": item(title=name) for name in NAMES}
    files["content/items/old.md"] = item(publish="2026-10-31")
    files["content/items/draft.md"] = item(draft="true")
    ledger = f"- {{编号: J1, 日期: 2026-11-20, 方式: 抽查, 检查人: 厂务公开监督小组, {entry}}}\n"
    make_site(tmp_path, {**files, "content/inspections/2026.yml": ledger})
    return tmp_path


def by_hand(seed: str, count: int) -> list[str]:
    """The same draw as anybody can do it, with sha256sum and sort."""
    marks = {hashlib.sha256(f"{seed}:{name}".encode()).hexdigest(): name for name in NAMES}
    return [marks[mark] for mark in sorted(marks)][:count]


def found(root: Path, at: str = "2026-11-22") -> list[tuple[str, str]]:
    from gongkai.source.site import read_site

    findings = check(read_site(root), at).findings
    return [(one.rule, one.case) for one in findings if one.rule.startswith("inspection/")]


@pytest.mark.parametrize(
    ("items", "case"),
    [
        ("", [("inspection/sample", "undrawn")]),
        (", 抽中: [{drawn}]", []),
        (", 抽中: [a, b, c]", [("inspection/sample", "")]),
    ],
)
def test_a_sample_is_what_the_seed_draws(
    items: str, case: list[tuple[str, str]], tmp_path: Path
) -> None:
    chosen = items.format(drawn=", ".join(by_hand("掷得 3 5 1", 2)))
    assert found(site_with(tmp_path, f"抽样: {DRAW % chosen}")) == case


def test_what_is_published_later_changes_no_draw(tmp_path: Path) -> None:
    chosen = f", 抽中: [{', '.join(by_hand('掷得 3 5 1', 2))}]"
    root = site_with(tmp_path, f"抽样: {DRAW % chosen}")
    for number in range(9):
        later = item(publish="2026-11-21", title=f"{number}")
        (root / f"content/items/later{number}.md").write_text(later, "utf-8")
    assert found(root, "2026-11-29") == []


@pytest.mark.parametrize(
    "draw",
    [
        "{起: 2026-11-30, 止: 2026-11-01, 数量: 2, 种子: 一}",
        "{起: 2026-11-01, 止: 2026-11-30, 数量: 2, 种子: 一, 公开栏: 无}",
    ],
)
def test_a_sample_of_nothing_is_told(draw: str, tmp_path: Path) -> None:
    assert found(site_with(tmp_path, f"抽样: {draw}")) == [("inspection/sample", "void")]


def test_check_tells_what_was_drawn(tmp_path: Path) -> None:
    done = run(site_with(tmp_path, f"抽样: {DRAW % ''}"), "check", "--at", "2026-11-22")
    assert "、".join(by_hand("掷得 3 5 1", 2)) in done.stdout


@pytest.mark.parametrize(
    ("flaw", "at", "rules"),
    [
        ("期限: 2026-11-30", "2026-11-30", []),
        ("期限: 2026-11-30", "2026-12-01", [("inspection/unmended", "")]),
        ("期限: 2026-11-30, 整改日期: 2026-11-28", "2026-12-01", []),
        ("期限: 2026-11-30, 整改日期: 2026-12-05", "2026-12-01", [("inspection/unmended", "")]),
    ],
)
def test_what_was_found_is_mended_by_its_day(
    flaw: str, at: str, rules: list[tuple[str, str]], tmp_path: Path
) -> None:
    assert found(site_with(tmp_path, f"发现: [{{问题: 灯坏了, {flaw}}}]"), at) == rules


def test_a_report_counts_them_as_they_were_at_its_end(tmp_path: Path) -> None:
    flaws = "发现: [{问题: 灯坏了, 整改日期: 2026-11-25}, {问题: 缺台账, 整改日期: 2026-12-02}]"
    root = site_with(tmp_path, flaws)
    window = ("--from", "2026-11-01", "--to", "2026-11-30")
    told = json.loads(run(root, "report", *window, "--format", "json").stdout)["inspections"]
    assert [(one["id"], one["flaws"], one["mended"]) for one in told] == [("J1", 2, 1)]
    assert "发现 2 个问题，已整改 1 个" in run(root, "report", *window).stdout


def test_the_supervision_page_shows_them(tmp_path: Path) -> None:
    root = site_with(tmp_path, "发现: [{问题: 灯坏了, 整改部门: 车间, 期限: 2026-12-30}]")
    assert run(root, "build", "--at", "2026-11-22").returncode == 0
    page = (root / "site/report/index.html").read_text("utf-8")
    assert "抽查" in page
    assert "灯坏了" in page
