"""Cutting a body into screen pages that can be read from the floor; nothing is lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from math import ceil, inf
from typing import NamedTuple

from msgspec import structs

from gongkai.text import SUMS, Node, plain_text, width_of


class Room(NamedTuple):
    """What one page holds: Han characters on a line of text, and lines of text in height."""

    characters: float
    lines: float
    cells: float
    """Han characters across a table."""
    title: float
    """Han characters on a line of the title."""


LANDSCAPE = Room(characters=33, lines=10.4, cells=32, title=21)
PORTRAIT = Room(characters=26, lines=14.5, cells=24.5, title=17)
_HEAD = 0.82
"""The size of a table's head, by that of its cells."""
_PADDING = 0.75
"""Between the columns of a table, in Han characters."""
_ROW = 1.3
"""The height of a table row of one line, in lines of text."""
_TITLE = 1.35
"""The height of a line of the title, in lines of text."""
_TELLING = 100
"""Rows that tell how wide the columns of a table are."""
_FEWEST = 3.0
"""Lines that must be left on a page for a block to be begun on it."""


def pages(nodes: tuple[Node, ...], room: Room, title: str, tail: float) -> list[tuple[Node, ...]]:
    """The blocks of a body page by page; an empty body is one empty page.

    ``tail`` is the height, in lines, of what follows the body on its last page.
    """
    lines = room.lines - _TITLE * (ceil(width_of(title) / room.title) - 1)
    done: list[tuple[Node, ...]] = []
    page: list[Node] = []
    used = 0.0
    waiting = deque(nodes)
    while waiting:
        block = waiting.popleft()
        left = lines - used
        if _height(block, room, left) > left:
            begun, rest = _cut(block, room, left if left >= _FEWEST else 0)
            waiting.extendleft(reversed(rest))
            if begun is None:
                if page:
                    done.append(tuple(page))
                    page, used = [], 0.0
                    continue
                begun = waiting.popleft()  # higher than a page and not to be cut: it stands alone
            block = begun
        page.append(block)
        used += _height(block, room)
    if used + tail > lines and page:
        done.append(tuple(page))
        page = []
    return [*done, tuple(page)]


def _cut(block: Node, room: Room, limit: float) -> tuple[Node | None, list[Node]]:
    """What of a block fits into some lines, and the rest of it; nothing fits if it can't be cut."""
    if limit and block.kind == "table":
        return _cut_table(block, room, limit)
    if limit and block.kind == "paragraph":
        return _cut_paragraph(block, room, limit)
    if limit and block.kind in ("list", "quote") and len(block.children) > 1:
        return _cut_list(block, room, limit)
    return None, [block]


def _cut_table(table: Node, room: Room, limit: float) -> tuple[Node | None, list[Node]]:
    """Rows with the head above them, and the other rows under the same head; neither a sum nor, if
    it can be helped, any other row stands alone."""
    head, *rows = table.children
    widths = _widths(table, room)
    used, count = _row_height(head, widths), 0
    for row in rows:
        used += _row_height(row, widths)
        if used > limit:
            break
        count += 1
    if count == len(rows) - 1 and (count > 2 or _is_sum(rows[-1])):
        count -= 1
    if count < 1 or count == len(rows):
        return None, [table]
    parts = [
        structs.replace(table, children=(head, *some)) for some in (rows[:count], rows[count:])
    ]
    return parts[0], [parts[1]]


def _is_sum(row: Node) -> bool:
    return plain_text(row.children[:1]).strip() in SUMS


def _cut_paragraph(node: Node, room: Room, limit: float) -> tuple[Node | None, list[Node]]:
    """Long text at the end of a sentence; marks such as bold stay only in what needs no cut."""
    most = int(room.characters * (limit - 0.5))
    text = plain_text((node,)).strip("\n")
    if any(child.kind == "image" for child in node.children) or len(text) <= most:
        return None, [node]
    ends = [text.rfind(mark, 0, most) + 1 for mark in "。；！？\n"]
    cut = max(ends) if max(ends) > most // 3 else most
    parts = [
        structs.replace(node, children=(Node("text", some),)) for some in (text[:cut], text[cut:])
    ]
    return parts[0], [parts[1]]


def _cut_list(node: Node, room: Room, limit: float) -> tuple[Node | None, list[Node]]:
    used, count = 0.0, 0
    for child in node.children:
        used += _height(child, room)
        if used > limit:
            break
        count += 1
    if not count:
        return None, [node]
    level = node.level + count if node.level else 0
    first = structs.replace(node, children=node.children[:count])
    return first, [structs.replace(node, children=node.children[count:], level=level)]


def _height(node: Node, room: Room, enough: float = inf) -> float:
    """About how high a block is, in lines of text; once it is higher than ``enough``, it does not
    matter by how much."""
    if node.kind == "table":
        widths = _widths(node, room)
        return _sum((_row_height(row, widths) for row in node.children), enough) + 0.3
    if node.kind in ("list", "quote", "entry"):
        return _sum((_height(child, room, enough) for child in node.children), enough)
    if any(child.kind == "image" for child in node.children):
        return room.lines * 0.9
    text = plain_text((node,)).strip("\n")
    if enough < inf:  # no letter is narrower than a quarter of a Han character
        text = text[: int(4 * room.characters * (enough + 1))]
    heights = (max(1, ceil(width_of(one) / room.characters)) for one in text.split("\n"))
    return _sum(heights, enough) + 0.35


def _sum(heights: Iterable[float], enough: float) -> float:
    total = 0.0
    for one in heights:
        total += one
        if total > enough:
            break
    return total


def _widths(table: Node, room: Room) -> list[float]:
    """How many Han characters each column gets, in proportion when they don't all fit."""
    rows = table.children[:_TELLING]
    columns = zip(*(row.children for row in rows), strict=False)
    wanted = [max(_cell_width(cell, not n) for n, cell in enumerate(column)) for column in columns]
    left = room.cells - _PADDING * len(wanted)
    total = sum(wanted) or 1
    if total <= left:
        return [max(1.0, one) for one in wanted]
    return [max(2.0, one * left / total) for one in wanted]


def _cell_width(cell: Node, is_head: bool) -> float:
    return width_of(plain_text(cell.children)) * (_HEAD if is_head else 1)


def _row_height(row: Node, widths: list[float]) -> float:
    is_head = row.text == "head"
    cells = zip(row.children, widths, strict=False)
    lines = [ceil(_cell_width(cell, is_head) / width - 0.05) for cell, width in cells]
    return _ROW * max([1, *lines]) * (0.87 if is_head else 1)
