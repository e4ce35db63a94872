"""What an office's sheet means: a title over it, lines about it, heads, rows, notes below.

Every cell ends up somewhere; nothing is left out because it was not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from gongkai.editing.grid import Grid, day_of
from gongkai.model import Value

_ABOUT = re.compile(
    r"^(填报|编制|制表|审核|单位|日期|部门|负责|报表)[^:：]{0,6}[:：]|[:：].*[:：]|^单位[:：]"
)
_NOTE = re.compile(r"^(备注|说明|注|制表|审核|填表|填报|负责人|复核|编制|批准)")
_DEPT = re.compile(
    r"(?:填报|编制)?(?:部门|单位)[:：]\s*([^\s:：]*?(?:部|科|室|处|会|车间))(?=[\s,，;；]|$)"
)
_WHEN = re.compile(r"日期[:：]\s*([^\s]+)")
_NUMBER = re.compile(r"-?[\d,]+(\.\d+)?%?")


class Understood(Value, frozen=True):
    """A sheet as it was understood. ``before`` and ``after`` are lines around the table; ``head``
    is counted from 0 in the sheet."""

    title: str | None
    before: tuple[str, ...]
    head: int
    table: tuple[tuple[str, ...], ...]
    after: tuple[str, ...]
    dept: str | None
    formed: date | None

    @property
    def align(self) -> str:
        """A letter a column: ``r`` where it holds numbers."""
        columns = zip(*self.table[1:], strict=True)
        return "".join("r" if _is_numbers(column) else "-" for column in columns)


def understand(grid: Grid) -> Understood | None:
    """What a sheet means; None when there is no table in it."""
    rows = _trimmed(grid.rows)
    start = next((n for n, row in enumerate(rows) if _looks_like_head(row)), None)
    if start is None:
        return None
    heads, first = _heads(grid, rows, start)
    last = _last_row(rows, first)
    width = max((n + 1 for row in [heads, *rows[first:last]] for n, cell in enumerate(row) if cell),
                default=0)  # fmt: skip
    body = [row[:width] for row in rows[first:last] if any(row)]
    above = [_joined(row) for row in rows[:start] if any(row)]
    title = next((one for one in above if not _ABOUT.search(one)), None)
    before = tuple(one for one in above if one is not title)
    told = " ".join(above)
    return Understood(
        title=title,
        before=before,
        head=start,
        table=(heads[:width], *body),
        after=tuple(_joined(row) for row in rows[last:] if any(row)),
        dept=found[1] if (found := _DEPT.search(told)) else None,
        formed=day_of(found[1]) if (found := _WHEN.search(told)) else None,
    )


def _trimmed(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Rows of one width, without what is empty at the end of the sheet."""
    width = max((len(row) for row in rows), default=0)
    full = [row + ("",) * (width - len(row)) for row in rows]
    while full and not any(full[-1]):
        full.pop()
    return full


def _looks_like_head(row: tuple[str, ...]) -> bool:
    """At least two cells, none of them a number, none of them a line about the sheet."""
    cells = [cell for cell in row if cell]
    return len(cells) >= 2 and not any(_NUMBER.fullmatch(c) or _ABOUT.search(c) for c in cells)


def _heads(grid: Grid, rows: list[tuple[str, ...]], start: int) -> tuple[tuple[str, ...], int]:
    """The names of the columns, and the first row below them. Heads may be in two rows, an upper
    one over several lower ones."""
    upper, spans = rows[start], [one for one in grid.merged if one[0] == start]
    if not spans or start + 1 >= len(rows):
        return upper, start + 1
    wide = list(upper)
    for _, left, right in spans:
        for n in range(left, min(right + 1, len(wide))):
            wide[n] = upper[left]
    lower = rows[start + 1]
    joined = (
        f"{a}·{b}" if a and b and a != b else a or b for a, b in zip(wide, lower, strict=True)
    )
    return tuple(joined), start + 2


def _last_row(rows: list[tuple[str, ...]], first: int) -> int:
    """The row behind the table's last: from there on only notes and blanks follow."""
    last = first
    for n in range(first, len(rows)):
        cells = [cell for cell in rows[n] if cell]
        is_note = bool(cells) and (
            _NOTE.match(cells[0]) is not None or _is_line(cells, rows[first:n])
        )
        if cells and not is_note:
            last = n + 1
        elif is_note and not any(_is_full(row) for row in rows[n:]):
            break
    return last


def _is_line(cells: list[str], above: list[tuple[str, ...]]) -> bool:
    """A single cell after a blank row is a note, and no row of the table."""
    return len(cells) == 1 and bool(above) and not any(above[-1])


def _is_full(row: tuple[str, ...]) -> bool:
    return sum(1 for cell in row if cell) > max(2, len(row) // 2) and not _NOTE.match(row[0])


def _joined(row: tuple[str, ...]) -> str:
    return "　".join(cell for cell in row if cell)


def _is_numbers(column: Sequence[str]) -> bool:
    filled = [cell for cell in column if cell]
    return bool(filled) and all(_NUMBER.fullmatch(cell) for cell in filled)


def paragraphs(understood: Understood, table: str) -> Iterator[str]:
    """The body of an item: what stands over the table, the table, and what stands below it."""
    yield from understood.before
    yield table
    yield from understood.after
