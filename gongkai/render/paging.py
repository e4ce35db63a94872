"""Cutting a body into screen pages that can be read from the floor; nothing is lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from math import ceil, inf
from typing import NamedTuple

from msgspec import structs

from gongkai.terms import Orientation
from gongkai.text import SUMS, Node, plain_text, width_of


class Room(NamedTuple):
    """What one page holds: Han characters on a line of text, and lines of text in height."""

    characters: float
    lines: float
    cells: float
    """Han characters across a table."""
    title: float
    """Han characters on a line of the title."""
    gap: float
    """Between the columns of a table, in Han characters."""

    def at(self, scale: float, width: float, height: float) -> Room:
        """The same room when what is in it is that much larger; ``width`` and ``height`` are those
        of what is enlarged, in Han characters and in lines."""
        narrower, lower = width * (1 - 1 / scale), height * (1 - 1 / scale)
        return Room(
            characters=self.characters - narrower,
            lines=self.lines - lower - (_FACTS if scale > 1 else 0),
            cells=self.cells - narrower - (_FACTS if scale > 1 else 0),
            title=self.title - narrower * _TEXT_BY_TITLE,
            gap=self.gap,
        )


_FACTS = 1.1
"""What the days and names above the text take more by then going on over a second line; and what
breaking in other places takes more of a table."""
_TEXT_BY_TITLE = 3.6 / 5.6
_LANDSCAPE = Room(characters=33, lines=10.4, cells=32, title=21, gap=0.75)
_PORTRAIT = Room(characters=26, lines=14.5, cells=24.5, title=17, gap=0.4)
_WIDE, _LONG = (132 / 3.6, 85.6 / 5.4), (108 / 3.6, 108 / 5.4)
"""The part of a screen that is read, across and down, in Han characters and in lines of text."""
_READ_FROM = 4.55
"""Metres from which text of the plain size can be read: 36 of 1080 pixels on 55 inches are 23 mm
high, and a Han character has to be as high as a two-hundredth of the distance."""
SCALES = (1.0, 1.1, 1.2, 1.3)
"""How much larger what is read may be. Any larger, and too little is left on a page: then it takes
a larger screen."""
_HEAD = 0.82
"""The size of a table's head, by that of its cells."""
_ROW = 1.3
"""The height of a table row of one line, in lines of text."""
_TITLE = 1.35
"""The height of a line of the title, in lines of text."""
_WHOLE = (6.2, 5.2, 4.2, 3.2)
_NARROWEST = 2.2
"""Han characters of the narrowest column of a full table."""
_TELLING = 100
"""Rows that tell how wide the columns of a table are."""
_FEWEST = 3.0
"""Lines that must be left on a page for a block to be begun on it."""


def scale_of(distance: float) -> float:
    """How much larger a screen is set that is read from so many metres."""
    return next((one for one in SCALES if distance <= one * _READ_FROM), SCALES[-1])


def room_of(orientation: Orientation, distance: float) -> Room:
    """What a page of a screen holds that is read from so many metres."""
    scale = scale_of(distance)
    if orientation is Orientation.LANDSCAPE:
        return _LANDSCAPE.at(scale, *_WIDE)
    return _PORTRAIT.at(scale, *_LONG)


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
    level = node.level + count if node.level >= 0 else node.level
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
    left = room.cells - room.gap * len(wanted)
    total = sum(wanted) or 1
    if total <= left:
        return [max(1.0, one) for one in wanted]
    whole = whole_of(table, room)
    if not whole:
        return [max(2.0, one * left / total) for one in wanted]
    least = _least(table, whole)
    spare = max(0.0, left - sum(least))
    wishes = [max(0.0, one - low) for one, low in zip(wanted, least, strict=True)]
    return [
        low + spare * wish / (sum(wishes) or 1) for low, wish in zip(least, wishes, strict=True)
    ]


def whole_of(table: Node, room: Room) -> float:
    """Up to how many Han characters wide a cell stays on one line, a name, a day, a number, so that
    the table does not get wider than its room."""
    left = room.cells - room.gap * len(table.children[0].children)
    return next((one for one in _WHOLE if sum(_least(table, one)) <= left), 0)


def _least(table: Node, whole: float) -> list[float]:
    """How wide each column is at least, if cells up to some width stay on one line."""
    rows = [row.children for row in table.children[1:_TELLING]]
    columns = zip(*rows, strict=False) if rows else ((),) * len(table.children[0].children)
    widths = ([width_of(plain_text(cell.children)) for cell in column] for column in columns)
    return [max([_NARROWEST, *(one for one in ones if one <= whole)]) for ones in widths]


def _cell_width(cell: Node, is_head: bool) -> float:
    return width_of(plain_text(cell.children)) * (_HEAD if is_head else 1)


def _row_height(row: Node, widths: list[float]) -> float:
    is_head = row.text == "head"
    cells = zip(row.children, widths, strict=False)
    lines = [ceil(_cell_width(cell, is_head) / width - 0.05) for cell, width in cells]
    return _ROW * max([1, *lines]) * (0.87 if is_head else 1)
