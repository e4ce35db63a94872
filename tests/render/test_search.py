"""What is found: everything in one index while that is small, else what hangs in pieces and what is
past by the month, so that nobody fetches megabytes before the first hit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.render.web import search
from gongkai.render.web.folded import folded, pairs
from gongkai.render.web.pieces import LENGTH, OVERLAP, SearchLine, lay_out, piece_files
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
    assert build(BuildRequest(site, instant(site, "2026-11-22"), site.out, render_shell)).files
    return site.out


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def titles(out: Path) -> list[tuple[str, str]]:
    """What is fetched at once, with what is said of the past: what hangs first, the newest before
    the older."""
    rows = read(out / search.WHOLE)
    return [(title, mark) for address, title, _, mark in rows if address.startswith("items/")]


def test_of_little_everything_is_in_one_index_and_the_past_is_marked(tmp_path: Path) -> None:
    out = built(tmp_path)
    assert [title for title in titles(out) if "的" in title[0]] == [
        ("现在的", ""),
        ("三月的", "已到期"),
        ("去年的", "已到期"),
    ]
    assert read(out / search.ABOUT)["months"] == []
    assert read(out / search.ABOUT)["far"] is None
    assert not (out / "search/past").exists()


def test_of_much_what_is_past_lies_by_the_month(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "LARGEST", 100)
    out = built(tmp_path)
    assert titles(out) == []
    assert [one[:2] for one in read(out / "search/texts/0.json")] == [["now", "现在的"]]
    months = read(out / search.ABOUT)["months"]
    assert months == sorted(months, reverse=True)
    assert {"2026-03", "2025-03"} <= set(months)
    (line,) = read(out / "search/past/2025-03.json")
    assert (line[:2], line[2].split(" · ")[0], line[3]) == (["older", "去年的"], "正文。", "已到期")


def test_a_month_with_much_that_is_past_lies_in_several_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "LARGEST", 100)
    monkeypatch.setattr(search, "OF_MONTH", 1_000)
    text = item(publish="2025-03-01", expires="2025-03-31", body="长" * 400)
    make_site(tmp_path, {f"content/items/old{n}.md": text for n in range(5)})
    out = built(tmp_path)
    months = [one for one in read(out / search.ABOUT)["months"] if one.startswith("2025-03")]
    assert months == ["2025-03", "2025-03-2", "2025-03-3"]
    found = [line[0] for month in months for line in read(out / f"search/past/{month}.json")]
    assert {f"old{n}" for n in range(5)} < {*found}
    assert len(found) == len({*found})


@pytest.mark.parametrize("largest", [100, 10**6])
def test_what_is_on_paper_only_or_leaves_a_tombstone_is_found_nowhere(
    largest: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "LARGEST", largest)
    texts = "".join(
        path.read_text("utf-8") for path in (built(tmp_path) / "search").rglob("*.json")
    )
    assert "现在的" in texts
    assert "撤下的" not in texts
    assert "只在纸上" not in texts
    assert "慰问某人" not in texts


def test_an_index_of_its_size_is_kept_from_build_to_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A month of the past is the same file after a change that does not concern it."""
    monkeypatch.setattr(search, "LARGEST", 100)
    out = built(tmp_path)
    before = (out / "search/past/2025-03.json").stat()
    (tmp_path / "content/items/now.md").write_text(item(title="改过的"), "utf-8")
    built_again = make_site(tmp_path, {})
    build(BuildRequest(built_again, instant(built_again, "2026-11-22"), out, render_shell))
    after = (out / "search/past/2025-03.json").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("公司决定，高温津贴照发；", "公司决定 高温津贴照发"),
        ("恒川厂公开〔2026〕118号", "恒川厂公开 2026 118号"),
        ("共55,400.00元", "共55400.00元"),
        ("一车间，1,2,3班", "一车间 1 2 3班"),
        ("ＩＳＯ９００１", "iso9001"),
        ("示\u200b例\ufe0f甲", "示例甲"),
        ("𬭎合金—𰻝", "𬭎合金 𰻝"),
        ("版本3.5。共14.29%", "版本3.5 共14.29"),
        ("snake_case", "snake case"),
    ],
)
def test_what_is_typed_and_what_is_written_are_compared_without_signs(
    typed: str, compared: str
) -> None:
    assert folded(typed) == compared


def test_pairs_tell_which_texts_have_them_and_whether_in_the_title() -> None:
    (shard,) = pairs([("工资", "工资表"), ("表", "工资"), ("别的", "食堂")], 1)
    assert shard["工"] == {"资": [1, 1]}  # 1: the title of text 0; 1 + 1: the body of text 1
    assert shard["资"] == {" ": [1, 1], "表": [0]}
    assert shard["表"] == {" ": [0, 3]}


@pytest.mark.parametrize(
    "lengths", [[0], [LENGTH], [LENGTH + 1], [5 * LENGTH, 3, 0, 3], [LENGTH // 2 + 1] * 7]
)
def test_pieces_hold_every_text_whole_and_no_file_is_long(lengths: list[int]) -> None:
    texts = ["".join(chr(0x4E00 + at % 20000) for at in range(length)) for length in lengths]
    lines = [SearchLine(str(at), "", text) for at, text in enumerate(texts)]
    layout = lay_out(lengths)
    made = {file.path: json.loads(file.data) for file in piece_files(lines, lengths)}
    assert list(made) == [*layout.paths()]
    files = [made[f"search/texts/{number}.json"] for number in range(len(layout.starts))]
    assert all(sum(len(text) for *_, text in rows) <= LENGTH + OVERLAP for rows in files)
    found = dict.fromkeys(map(str, range(len(lengths))), "")
    for name, _, text in (row for rows in files for row in rows):
        found[name] += text[OVERLAP if found[name] else 0 :]
    assert list(found.values()) == texts
