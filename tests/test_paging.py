"""How much of a body goes on a page of a screen."""

from __future__ import annotations

import pytest

from gongkai.render.paging import pages, room_of, scale_of, whole_of
from gongkai.source.markdown import tree
from gongkai.terms import Orientation
from gongkai.text import Body, Node


@pytest.mark.parametrize(
    ("metres", "scale"),
    [(1, 1.0), (4, 1.0), (4.6, 1.1), (5, 1.1), (5.2, 1.2), (5.9, 1.3), (9, 1.3)],
)
def test_what_is_read_from_farther_away_is_larger(metres: float, scale: float) -> None:
    """Of 55 inches, a plain character of 36 pixels is 23 mm high: enough for 4.55 m."""
    assert scale_of(metres) == scale


@pytest.mark.parametrize("orientation", list(Orientation))
def test_then_less_goes_on_a_page_and_nothing_is_lost(orientation: Orientation) -> None:
    text = "\n\n".join(f"第{n}段，" + "字" * 70 + "。" for n in range(12))
    nodes = tree(Body(text))
    near, far = (pages(nodes, room_of(orientation, metres), "题目", 0) for metres in (4, 6))
    assert len(far) > len(near)
    assert [node for page in near for node in page] == list(nodes)


def table(*rows: str) -> Node:
    head = "|".join("abcdefghi"[: rows[0].count("|") + 1])
    (node,) = tree(Body(f"{head}\n{'|'.join('-' * len(head.split('|')))}\n" + "\n".join(rows)))
    return node


@pytest.mark.parametrize(
    ("row", "whole"),
    [
        ("热处理车间|34|234600|55400|290000|8529.41", 6.2),
        ("Y26-103|二维码|铸造车间通风|设备部|10-13|11-12|11-06|B 正在解决，12月底完工|基本满意", 0),
    ],
)
def test_a_name_a_day_or_a_number_stays_on_one_line_if_there_is_room(
    row: str, whole: float
) -> None:
    assert whole_of(table(row, row), room_of(Orientation.PORTRAIT, 3)) == whole
