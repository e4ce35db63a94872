"""What is found: everything in one index while that is small, else what hangs, and what is past by
the month, so that nobody fetches megabytes before the first hit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gongkai.mkdocs_plugin import render_shell
from gongkai.pipeline import build
from gongkai.render import search
from tests.sites import instant, item, make_site

GONE = "{date: 2026-11-15, by: 办公室, reason: 内容有误}"
FILES = {
    "content/items/now.md": item(title="现在的"),
    "content/items/old.md": item(title="三月的", publish="2026-03-02", expires="2026-03-31"),
    "content/items/older.md": item(title="去年的", publish="2025-03-02", expires="2025-03-31"),
    "content/items/taken.md": item(title="撤下的", withdrawn=GONE),
    "content/items/paper.md": item(title="只在纸上", channels="[poster]"),
    "content/items/aid.md": item(
        title="慰问某人", category="aid-hardship", publish="2026-03-02", expires="2026-03-31",
        notice="{from: 2026-03-02, to: 2026-03-20, channel: 工会}",
    ),
}  # fmt: skip


def built(tmp_path: Path) -> Path:
    site = make_site(tmp_path, FILES)
    assert build(site, instant(site, "2026-11-22"), site.out, render_shell).files
    return site.out


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def titles(out: Path) -> list[str]:
    """The items of the one index: what hangs first, the newest before the older."""
    docs = [one for one in read(out / search.INDEX)["docs"] if one["location"].startswith("items/")]
    return [one["title"].replace("\u200b", "") for one in docs]


def test_of_little_everything_is_in_one_index_and_the_past_is_marked(tmp_path: Path) -> None:
    out = built(tmp_path)
    assert [one for one in titles(out) if "的" in one] == [
        "现在的",
        "三月的(已到期)",
        "去年的(已到期)",
    ]
    assert read(out / search.MONTHS)["months"] == []
    assert [one.name for one in (out / "search/past").iterdir()] == ["months.json"]


def test_of_much_what_is_past_lies_by_the_month(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "LARGEST", 100)
    out = built(tmp_path)
    assert titles(out) == ["现在的"]
    months = read(out / search.MONTHS)["months"]
    assert months == sorted(months, reverse=True)
    assert {"2026-03", "2025-03"} <= set(months)
    (line,) = read(out / "search/past/2025-03.json")
    assert line == ["older", "去年的", "正文。", "已到期"]


@pytest.mark.parametrize("largest", [100, 10**6])
def test_what_is_on_paper_only_or_leaves_a_tombstone_is_found_nowhere(
    largest: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "LARGEST", largest)
    texts = "".join(one.read_text("utf-8") for one in (built(tmp_path) / "search").rglob("*.json"))
    told = texts.replace("\u200b", "")
    assert "现在的" in told
    assert "撤下的" not in told
    assert "只在纸上" not in told
    assert "慰问某人" not in told


def test_an_index_of_its_size_is_kept_from_build_to_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A month of the past is the same file after a change that does not concern it."""
    monkeypatch.setattr(search, "LARGEST", 100)
    out = built(tmp_path)
    before = (out / "search/past/2025-03.json").stat()
    (tmp_path / "content/items/now.md").write_text(item(title="改过的"), "utf-8")
    built_again = make_site(tmp_path, {})
    build(built_again, instant(built_again, "2026-11-22"), out, render_shell)
    after = (out / "search/past/2025-03.json").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
