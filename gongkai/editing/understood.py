"""What an office's sheet means: a title over it, lines about it, heads, rows, notes below.

Every cell ends up somewhere; nothing is left out because it was not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from gongkai.editing.heads import heads, is_number, last_head, looks_like_head
from gongkai.editing.sheets import day_of
from gongkai.editing.written import as_typed
from gongkai.model import Value
from gongkai.source.workbook.cells import Cell
from gongkai.source.workbook.reading import Sheet

_ABOUT = re.compile(
    r"^(填报|编制|制表|审核|单位|日期|部门|负责|报表)[^:：]{0,6}[:：]|[:：].*[:：]|^单位[:：]"
)
_LABEL = re.compile(r"[^\d:：][^:：]{0,11}[:：]")
"""How a note begins: 备注：, 制表人：."""
_DEPT = re.compile(
    r"(?:填报|编制)?(?:部门|单位)[:：]\s*([^\s:：]*?(?:部|科|室|处|会|车间))(?=[\s,，;；]|$)"
)
_WHEN = re.compile(r"日期[:：]\s*([^\s]+)")


class Understood(Value, frozen=True):
    """A sheet as it was understood. ``before`` and ``after`` are lines around the table; ``head``
    is counted from 0 in the sheet."""

    title: str | None
    before: tuple[str, ...]
    head: int
    table: tuple[tuple[str, ...], ...]
    after: tuple[str, ...]
    align: str
    """A letter a column: ``r`` where it holds numbers."""
    dept: str | None
    formed: date | None


def understand(sheet: Sheet) -> Understood | None:
    """What a sheet means; None when there is no table in it."""
    rows = sheet.rows
    start = next((n for n, row in enumerate(rows) if _is_first_of_table(row)), None)
    if start is None or not looks_like_head(rows[start]):
        return None
    last = last_head(sheet, start)
    end = _end(rows, last + 1)
    above = [_joined(row) for row in rows[:start] if _filled(row)]
    title = next((one for one in above if not _ABOUT.search(one)), None)
    told = " ".join(above)
    return Understood(
        title=title,
        before=tuple(one for one in above if one is not title),
        head=sheet.row_numbers[start],
        table=(heads(sheet, start, last), *_body(sheet, last + 1, end)),
        after=tuple(_joined(row) for row in rows[end:] if _filled(row)),
        align=_align(rows[last + 1 : end]),
        dept=found[1] if (found := _DEPT.search(told)) else None,
        formed=day_of(found[1]) if (found := _WHEN.search(told)) else None,
    )


def _filled(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if cell.text]


def _is_first_of_table(row: Sequence[Cell]) -> bool:
    """More than one cell, and no line about the sheet."""
    cells = _filled(row)
    return len(cells) >= 2 and not any(_ABOUT.search(cell.text) for cell in cells)


def _end(rows: Sequence[Sequence[Cell]], first: int) -> int:
    """The row behind the table's last: below it are only notes."""
    end = len(rows)
    while end > first and (not _filled(rows[end - 1]) or _is_note(rows[end - 1])):
        end -= 1
    return end


def _is_note(row: Sequence[Cell]) -> bool:
    """A row with a number is none; a text by itself is one, and what begins with a word and a
    colon."""
    cells = _filled(row)
    if any(is_number(cell) for cell in cells):
        return False
    return len(cells) == 1 or _LABEL.match(cells[0].text) is not None


def _body(sheet: Sheet, first: int, end: int) -> Iterator[tuple[str, ...]]:
    """The rows; a text in cells merged over several columns is told in each of them, but for names
    of rows."""
    rows = [[cell.text for cell in row] for row in sheet.rows[first:end]]
    for span in sheet.merged:
        if span.left and first <= span.top < end:
            text = sheet.rows[span.top][span.left].text
            rows[span.top - first][span.left : span.right + 1] = [text] * (
                span.right + 1 - span.left
            )
    return (tuple(row) for row in rows if any(row))


def _align(rows: Sequence[Sequence[Cell]]) -> str:
    """A letter a column: ``r`` where it holds numbers."""
    columns = ([cell for cell in column if cell.text] for column in zip(*rows, strict=True))
    return "".join("r" if column and all(map(is_number, column)) else "-" for column in columns)


def _joined(row: Sequence[Cell]) -> str:
    return "　".join(cell.text for cell in _filled(row))


def paragraphs(understood: Understood, table: str) -> Iterator[str]:
    """The body of an item: what stands over the table, the table, and what stands below it."""
    yield from map(as_typed, understood.before)
    yield table
    yield from map(as_typed, understood.after)
