"""Cutting a body into screen pages that can be read from the floor; nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from gongkai.render.html import SUMS
from gongkai.text import Node, plain_text


class Room(NamedTuple):
    """What one page holds: Han characters on a line of text, and lines of text in height."""

    characters: float
    lines: float
    cells: float
    """Han characters across a table."""


LANDSCAPE = Room(characters=33, lines=10.5, cells=27)
PORTRAIT = Room(characters=26, lines=19, cells=22)
_ROW = 1.25
"""The height of a table row of one line, in lines of text."""


def pages(nodes: tuple[Node, ...], room: Room) -> list[tuple[Node, ...]]:
    """The blocks of a body page by page; an empty body is one empty page."""
    done: list[tuple[Node, ...]] = []
    page: list[Node] = []
    used = 0.0
    for block in _pieces(nodes, room):
        need = _height(block, room)
        if page and used + need > room.lines:
            done.append(tuple(page))
            page, used = [], 0.0
        page.append(block)
        used += need
    return [*done, tuple(page)] if page or not done else done


def _pieces(nodes: tuple[Node, ...], room: Room) -> Iterator[Node]:
    """Blocks none of which is higher than a page."""
    for node in nodes:
        if _height(node, room) <= room.lines:
            yield node
        elif node.kind == "table":
            yield from _split_table(node, room)
        elif node.kind == "paragraph":
            yield from _split_paragraph(node, room)
        elif node.kind in ("list", "quote"):
            yield from _split_list(node)
        else:
            yield node


def _split_table(table: Node, room: Room) -> Iterator[Node]:
    """Runs of rows, each with the head above it; a sum never stands alone."""
    head, *rows = table.children
    widths = _widths(table, room)
    limit = room.lines - _row_height(head, widths)
    runs: list[list[Node]] = [[]]
    used = 0.0
    for row in rows:
        need = _row_height(row, widths)
        if runs[-1] and used + need > limit:
            runs.append([])
            used = 0.0
        runs[-1].append(row)
        used += need
    if len(runs) > 1 and len(runs[-1]) == 1 and _is_sum(runs[-1][0]) and len(runs[-2]) > 1:
        runs[-1].insert(0, runs[-2].pop())
    for run in runs:
        yield Node("table", "", (head, *run), table.line, table.column, 0, table.align)


def _is_sum(row: Node) -> bool:
    return plain_text(row.children[:1]).strip() in SUMS


def _split_paragraph(paragraph: Node, room: Room) -> Iterator[Node]:
    """Long text by sentences; marks such as bold are kept only in pieces that need no cut."""
    limit = int(room.characters * (room.lines - 1))
    text = plain_text((paragraph,)).strip("\n")
    while text:
        cut = len(text)
        if cut > limit:
            ends = [text.rfind(mark, 0, limit) + 1 for mark in "。;!?\n"]
            cut = max(ends) if max(ends) > limit // 3 else limit
        yield Node("paragraph", "", (Node("text", text[:cut]),), paragraph.line)
        text = text[cut:]


def _split_list(node: Node) -> Iterator[Node]:
    for number, entry in enumerate(node.children):
        level = node.level + number if node.level else 0
        yield Node(node.kind, "", (entry,), entry.line, entry.column, level)


def _height(node: Node, room: Room) -> float:
    """About how high a block is, in lines of text."""
    if node.kind == "table":
        widths = _widths(node, room)
        return sum(_row_height(row, widths) for row in node.children) + 0.3
    if node.kind in ("list", "quote"):
        return sum(_height(child, room) for child in node.children)
    if node.kind == "entry":
        return sum(_height(child, room) for child in node.children)
    if any(child.kind == "image" for child in node.children):
        return room.lines * 0.9
    lines = plain_text((node,)).strip("\n").split("\n")
    return sum(max(1, ceil(width_of(line) / room.characters)) for line in lines) + 0.35


def _widths(table: Node, room: Room) -> list[float]:
    """How many Han characters each column gets, in proportion when they don't all fit."""
    columns = zip(*(row.children for row in table.children), strict=False)
    wanted = [max(width_of(plain_text(cell.children)) for cell in column) for column in columns]
    room_left = room.cells - 0.9 * len(wanted)
    total = sum(wanted) or 1
    if total <= room_left:
        return [max(1.0, one) for one in wanted]
    return [max(2.0, one * room_left / total) for one in wanted]


def _row_height(row: Node, widths: list[float]) -> float:
    cells = zip(row.children, widths, strict=False)
    lines = [ceil(width_of(plain_text(cell.children)) / width - 0.05) for cell, width in cells]
    return _ROW * max([1, *lines])


def width_of(text: str) -> float:
    """The width of a text in Han characters; Latin letters and digits are about half as wide, and
    a narrow space stands where the two meet."""
    narrow = [ord(character) < 0x2E80 for character in text]
    meetings = sum(one != other for one, other in pairwise(narrow))
    return sum(0.56 if one else 1.0 for one in narrow) + meetings * 0.25
