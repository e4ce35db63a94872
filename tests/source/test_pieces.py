"""Reading by pieces gives what reading the whole gives, or nothing at all."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.source.item_shape import item_shape
from gongkai.source.pieces import FrontMatter, Pieces
from gongkai.source.shapes import Reading
from gongkai.source.yaml import compose

ZONE = ZoneInfo("Asia/Shanghai")
NEEDED = """\
title: 十月工资
category: wages-bonus
publish: 2026-11-09
expires: never
owner: {dept: 财务科}
"""
LINES = [
    "title: 十月工资", "标题: 十月工资", "title: 'a", "number: b'", "title: |", "  一行", "",
    "   ", "thread: |+", "thread: >-", "number: [1,", "thread: 2]", "number: 甲 # 注", "# 注",
    "---", "...", "%YAML 1.1", "owner:", "  dept: 财务科", "  post: 出纳", "steps:",
    "- step: propose", "  by: 甲", "  - {step: review, by: 乙}", "boards: [a, b]", "boards: all",
    "{title: x}", "number: {a: b", "}", "? title", ": x", "title: &a x", "thread: *a",
    "period: 2026-10", "draft: 是", "draft: perhaps", "没有: 这个", "reviewed: []", "body: |",
    "    深", "title:十月", "title： 十月", "\ttitle: x", "number: a\u2028thread: b",
    'number: "a', 'b"', "thread: a:", "refresh:", "refresh: ~", "!!str a: b",
]  # fmt: skip


def whole(text: str) -> FrontMatter | None:
    """The same by one tree; None where there is anything to say."""
    node, problems = compose(text)
    reading = Reading()
    values = item_shape(ZONE).read(node, "", reading) if node else {}
    if problems or reading.problems:
        return None
    return FrontMatter(
        values, {key: reading.spot(value)[0] - 1 for key, value in reading.nodes.items()}
    )


def top(lines: FrontMatter) -> dict[str, int]:
    """The lines of the keys at the margin."""
    return {key: line for key, line in lines.lines.items() if "." not in key}


@settings(max_examples=1_500, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=8), st.sampled_from(("", "\n")))
def test_what_is_read_by_pieces_is_what_the_whole_says(lines: list[str], end: str) -> None:
    text = NEEDED + "\n".join(lines) + end
    found, expected = Pieces(item_shape(ZONE)).read(text), whole(text)
    if found is not None:
        assert expected is not None
        assert (found.values, dict(found.lines)) == (expected.values, top(expected))


@pytest.mark.parametrize("extra", ["", "# 注\n", "boards:\n- a\n- b\n", "body: |\n  一\n\n  二\n"])
def test_what_is_plainly_written_is_read_by_pieces(extra: str) -> None:
    found, expected = Pieces(item_shape(ZONE)).read(NEEDED + extra), whole(NEEDED + extra)
    assert found
    assert expected
    assert (found.values, dict(found.lines)) == (expected.values, top(expected))


def test_what_two_items_have_alike_is_read_once() -> None:
    pieces = Pieces(item_shape(ZONE))
    pieces.read(NEEDED)
    known = dict(pieces.known)
    other = pieces.read(NEEDED.replace("十月", "九月"))
    assert other and "九月" in other.values["title"]
    assert pieces.known == known  # a title is an item's own, and takes no room from what is shared
    pieces.read(NEEDED.replace("财务科", "后勤部"))
    assert len(pieces.known) == len(known) + 1
