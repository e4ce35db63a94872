"""What an office's sheet means: a title over it, lines about it, heads, rows, notes below.

Every cell ends up somewhere; nothing is left out because it was not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from gongkai.domain.model import Value
from gongkai.source.privacy.persons import is_person
from gongkai.source.workbook.cells import Cell, CellKind, Place
from gongkai.source.workbook.days import day_of
from gongkai.source.workbook.heads import heads, last_head, looks_like_head
from gongkai.source.workbook.reading import Worksheet

_ABOUT = re.compile(
    r"^(填报|编制|制表|审核|单位|日期|部门|负责|报表)[^:：]{0,6}[:：]|[:：].*[:：]|^单位[:：]"
)
_LABEL = re.compile(r"[^\d:：][^:：]{0,10}[^\d:：]?[:：](?!\d)")
"""A word with a colon, and no time of day: 制表人：."""
_NOTE = re.compile(
    r"(?:备注|说明|注|附注|制表|编制|填表|填报|审核|复核|审批|批准|负责人|单位|部门|日期|经办|主管|联系人|签字|盖章)[^:：]{0,6}[:：]"
)
_TOLD = re.compile(r"[:：]\s*\S")
_FIRM = re.compile(r"(?:公司|集团|工厂|厂|委员会|工会|车间|科|部|处)$")
"""How the name of a firm or an office ends, which often stands over the title."""
_PAGE = re.compile(
    r"[第共]\s*\d+\s*页.*|\d+/\d+|附[件表]\s*\d*|[（(]?(?:金额|计量|货币)?单位[:：].*|\d{4}\s*年\s*\d{1,2}\s*月份?"
)
"""The number of a page or an annex, the unit of all figures, a month."""
_MANY = 3
_DEPT = re.compile(
    r"(?:填报|编制)?(?:部门|单位)[:：]\s*([^\s:：]*?(?:部|科|室|处|会|车间))(?=[\s,，;；]|$)"
)
_WHEN = re.compile(r"日期[:：]\s*([^\s]+)")


class UnderstoodSheet(Value, frozen=True):
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
    second: Place | None = None
    """Where the heads of another table begin, whose figures would stand under the wrong names."""


def understand(sheet: Worksheet) -> UnderstoodSheet | None:
    """What a sheet means; None when there is no table in it."""
    rows = sheet.rows
    start = next((n for n, row in enumerate(rows) if _is_first_of_table(rows, n)), None)
    if start is None or not looks_like_head(rows[start]):
        return None
    last = last_head(sheet, start)
    if _is_row(sheet, start, last):
        return None
    end = _end(rows, last + 1)
    above = [_joined(row) for row in rows[:start] if _filled(row)]
    titles = [text for text in above if not _ABOUT.search(text)]
    title = next(
        (title for title in titles if not _FIRM.search(title)), titles[0] if titles else None
    )
    told = " ".join(above)
    return UnderstoodSheet(
        title=title,
        before=tuple(text for text in above if text is not title),
        head=sheet.row_numbers[start],
        table=(heads(sheet, start, last), *_body(sheet, last + 1, end)),
        after=tuple(_joined(row) for row in rows[end:] if _filled(row)),
        align=_align(rows[last + 1 : end]),
        dept=found[1] if (found := _DEPT.search(told)) else None,
        formed=day_of(found[1]) if (found := _WHEN.search(told)) else None,
        second=_beside(sheet, start, last, end) or _second(sheet, last + 1, end),
    )


def _is_row(sheet: Worksheet, start: int, last: int) -> bool:
    """Is the first row of a table of words one like those below, so that it has no heads? Some of
    what it says comes again below it, or a person stands above persons."""
    rows, below = sheet.rows, sheet.rows[last + 1 :]
    over = {n for span in sheet.merged for n in range(span.left, span.right + 1)}
    named = [n for n, cell in enumerate(rows[start]) if cell.text and n not in over]
    if any(row[n].is_number for row in below for n in named):
        return False  # names over numbers
    again = [n for n in named if any(row[n].text == rows[start][n].text for row in below)]
    if again and len(again) < len(named):
        return True
    persons = [n for n in named if is_person(rows[start][n].text, ())]
    return any(_are_persons([row[n].text for row in below if row[n].text]) for n in persons)


def _are_persons(texts: Sequence[str]) -> bool:
    return bool(texts) and sum(is_person(text, ()) for text in texts) >= _MOSTLY * len(texts)


_MOSTLY = 0.6
"""The share of persons in a column of them."""


def _beside(sheet: Worksheet, start: int, last: int, end: int) -> Place | None:
    """The first name of another table right of the first: behind an empty column, or with the same
    heads once more."""
    columns, names = sheet.column_numbers, heads(sheet, start, last)
    body = sheet.rows[last + 1 : end]
    for n in range(2, len(columns) - 1):
        is_again = names[n : 2 * n] == names[:n]
        is_gap = any(
            number not in sheet.hidden_columns for number in range(columns[n - 1] + 1, columns[n])
        )
        is_joined = any(
            merged_cells.left < n <= merged_cells.right and start <= merged_cells.top <= last
            for merged_cells in sheet.merged
        )
        is_apart = is_gap and not is_joined
        both = range(n), range(n, len(columns))
        is_counted = names[n].rpartition("·")[2] == names[0].rpartition("·")[2]  # as by 序号
        if is_again or (is_apart and (is_counted or all(_is_table(body, one) for one in both))):
            return sheet.row_numbers[start], columns[n]
    return None


def _is_table(body: Sequence[Sequence[Cell]], columns: range) -> bool:
    """Do some columns begin with names of rows, and hold numbers?"""
    first = [row[columns[0]] for row in body if row[columns[0]].text]
    has_numbers = any(row[n].is_number for row in body for n in columns)
    return bool(first) and not any(cell.is_number for cell in first) and has_numbers


def _second(sheet: Worksheet, first: int, end: int) -> Place | None:
    """The first name of a row that, behind an empty one, names columns of numbers anew."""
    rows, numbers = sheet.rows, sheet.row_numbers
    for n in range(first + 1, end - 1):
        is_apart = not _filled(rows[n - 1]) or numbers[n] - numbers[n - 1] > 1
        named = [column for column, cell in enumerate(rows[n]) if cell.text]
        if not is_apart or not looks_like_head(rows[n]) or any(rows[n][c].is_number for c in named):
            continue
        has_names = any(rows[n + 1][c].is_number for c in named)
        if has_names and any(row[c].is_number for row in rows[first:n] for c in named):
            return numbers[n], sheet.column_numbers[named[0]]
    return None


def _filled(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if cell.text]


def _is_first_of_table(rows: Sequence[Sequence[Cell]], number: int) -> bool:
    """More than one cell, and no line about the sheet."""
    cells = _filled(rows[number])
    if len(cells) < 2 or _is_line_above(rows, number):
        return False
    return not any(
        _ABOUT.search(cell.text) for cell in cells if len(cells) < _MANY or _TOLD.search(cell.text)
    )


def _is_line_above(rows: Sequence[Sequence[Cell]], number: int) -> bool:
    """Two cells over a wider head, one of them a day, a unit or the number of a page: who made the
    sheet, when, and in what."""
    cells = _filled(rows[number])
    below = _filled(rows[number + 1]) if number + 1 < len(rows) else []
    is_said = any(
        cell.kind is CellKind.DAY or day_of(cell.text) or _PAGE.fullmatch(cell.text)
        for cell in cells
    )
    return len(cells) == 2 and len(below) > 2 and is_said


def _end(rows: Sequence[Sequence[Cell]], first: int) -> int:
    """The row behind the table's last: below it are only notes."""
    end = len(rows)
    while end > first and (not _filled(rows[end - 1]) or _is_note(rows[end - 1])):
        end -= 1
    return end


def _is_note(row: Sequence[Cell]) -> bool:
    """A row with a number or a day is none; a text by itself is one, and so is what begins with a
    word for notes and a colon, or has one in every cell."""
    cells = _filled(row)
    if any(cell.is_number or cell.kind is CellKind.DAY for cell in cells):
        return False
    if len(cells) == 1:
        return True
    is_labelled = all(_LABEL.match(cell.text) for cell in cells)
    return is_labelled or _NOTE.match(cells[0].text) is not None


def _body(sheet: Worksheet, first: int, end: int) -> Iterator[tuple[str, ...]]:
    """The rows; a text in cells merged over several columns is told in each of them, but for names
    of rows."""
    rows = [[cell.text for cell in row] for row in sheet.rows[first:end]]
    for span in sheet.merged:
        for number in range(max(span.top, first), min(span.bottom + 1, end)) if span.left else ():
            row = rows[number - first]
            row[span.left : span.right + 1] = [row[span.left]] * (span.right + 1 - span.left)
    return (tuple(row) for row in rows if any(row))


def _align(rows: Sequence[Sequence[Cell]]) -> str:
    """A letter a column: ``r`` where it holds numbers."""
    columns = ([cell for cell in column if cell.text] for column in zip(*rows, strict=True))
    return "".join(
        "r" if column and all(cell.is_number for cell in column) else "-" for column in columns
    )


def _joined(row: Sequence[Cell]) -> str:
    return "　".join(cell.text for cell in _filled(row))
