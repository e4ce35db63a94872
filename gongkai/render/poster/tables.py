"""Tables on paper: how wide their columns have to be, and what to do with one that is too wide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from msgspec import structs

from gongkai.domain.model import Value
from gongkai.domain.text import Node, plain_text, width_of
from gongkai.render.poster.whole import pieces

PADDING = 1.0
"""Between the columns of a table, in em."""
RUN = 20
"""Characters without a gap that are kept together; in a longer run a line may break anywhere."""
_SHORT = 4.0
"""Han characters of a cell that should not be broken if it can be helped."""
_NARROWEST = 2.0
"""A column holds at least one Han character and the mark that has to stay with it."""
_RUNS = re.compile(r"[^\s\u2e80-\U0010ffff]+")
_ENDLESS = re.compile(rf"[^\s\u2e80-\U0010ffff]{{{RUN + 1},}}|[^\w\s]{{{RUN + 1},}}")
_HEAD = 0.75
"""The type of heads, by that of the cells below (``theme/poster/engine.typ``)."""
_PICTURE = 8.0
"""The width in em that a column with a picture has."""


class ColumnWidths(Value, frozen=True):
    """What each column needs, in em with its padding: for one line, to keep short cells whole,
    and at the least."""

    natural: tuple[float, ...]
    firm: tuple[float, ...]
    rigid: tuple[float, ...]


def breakable(text: str) -> str:
    """A text in which endless runs, such as addresses, may be broken; nothing else changes."""
    return _ENDLESS.sub(lambda run: "\u200b".join(run[0]), text)


def shape_of(table: Node) -> ColumnWidths:
    """What the columns of a table need."""
    columns = list(zip(*(row.children for row in table.children), strict=False))
    natural, firm, rigid = [], [], []
    for column in columns:
        head, *texts = [plain_text(cell.children) for cell in column]
        picture = _PICTURE if any(map(_has_picture, column)) else 0.0
        least = max([_NARROWEST, picture, _HEAD * _unbroken(head), *map(_unbroken, texts)])
        lines = [width_of(line) for text in texts for line in text.split("\n")]
        most = max([least, _HEAD * width_of(head), *lines])
        natural.append(most + PADDING)
        firm.append(max(least, min(most, _SHORT)) + PADDING)
        rigid.append(least + PADDING)
    return ColumnWidths(tuple(natural), tuple(firm), tuple(rigid))


def _has_picture(cell: Node) -> bool:
    return any(child.kind == "image" or _has_picture(child) for child in cell.children)


def _unbroken(text: str) -> float:
    """The width of the widest part of a text that is not broken."""
    runs = (run for run in _RUNS.findall(text) if len(run) <= RUN)
    return max(map(width_of, [*runs, *pieces(text, is_last=True)]), default=0.0)


def is_too_wide(shape: ColumnWidths, ems: float) -> bool:
    """Can a table not be set in a width without breaking what should stay whole?"""
    return sum(shape.firm) > ems


def split(table: Node, shape: ColumnWidths, ems: float) -> list[Node]:
    """A table cut into parts that each fit a width, the first column at the head of every one."""
    if sum(shape.rigid) <= ems or len(shape.rigid) < 2:
        return [table]
    left = ems - shape.rigid[0]
    groups = _groups(shape.rigid[1:], left)
    for limit in sorted(set(accumulate(shape.rigid[1:]))):  # as even as the same number allows
        if limit >= max(shape.rigid[1:]) and len(_groups(shape.rigid[1:], limit)) == len(groups):
            groups = _groups(shape.rigid[1:], min(limit, left))
            break
    return [_part(table, [0, *(column + 1 for column in group)]) for group in groups]


def _groups(widths: tuple[float, ...], limit: float) -> list[list[int]]:
    """Columns in as few groups as a limit allows, in order; each has at least one."""
    groups: list[list[int]] = []
    used = 0.0
    for column, width in enumerate(widths):
        if not groups or used + width > limit:
            groups.append([])
            used = 0.0
        groups[-1].append(column)
        used += width
    return groups


def _part(table: Node, columns: list[int]) -> Node:
    rows = tuple(_cells(table, columns))
    align = "".join(table.align[column : column + 1] or "-" for column in columns)
    return structs.replace(table, children=rows, align=align)


def _cells(table: Node, columns: list[int]) -> Iterator[Node]:
    for row in table.children:
        cells = tuple(row.children[column] for column in columns)
        yield structs.replace(row, children=cells, level=len(cells))
