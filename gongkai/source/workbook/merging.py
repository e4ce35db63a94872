"""Merged cells: what is shown in them, and to which rows it belongs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gongkai.source.workbook.cells import Cell, MergedCells, Place, RawCell, RawSheet


def seen_cells(sheet: RawSheet, *, takes_hidden: bool) -> tuple[dict[Place, RawCell], list[Place]]:
    """The cells as merged ranges show them, and the places that those cover. A range shows its
    first cell, at the first of its rows and columns that is not hidden."""
    cells = dict(sheet.cells)
    covered: list[Place] = []
    for span, filled in _filled(sheet.merged, sheet.cells):
        first = cells.pop((span.top, span.left), None)
        for place in filled:
            if place != (span.top, span.left) and cells.pop(place, RawCell()).value is not None:
                covered.append(place)
        if first is not None:
            cells[_shown_at(span, sheet, takes_hidden=takes_hidden)] = first
    return cells, covered


def _shown_at(span: MergedCells, sheet: RawSheet, *, takes_hidden: bool) -> Place:
    first = (span.top, span.left)
    if takes_hidden:
        return first
    row = next((n for n in _rows(span) if n not in sheet.hidden_rows), span.top)
    column = next((n for n in _columns(span) if not sheet.is_hidden_column(n)), span.left)
    return row, column


_COUNTED = re.compile(r"[\d,.]+\s?(?:人次?|名|位|分|天|日|次|件|个|台|套|吨|公斤|小时|工时|项|份)")
"""A number with what it counts."""


def numbers_of_several(
    spans: Sequence[MergedCells], cells: Mapping[Place, Cell]
) -> Iterator[Place]:
    """Numbers in cells merged over rows or columns that hold something of their own: whose they are
    cannot be told, and repeated they would be counted again."""
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    for span, ((row, column), *_) in _filled(spans, cells):
        cell = cells[row, column]
        if span.top == span.bottom and _is_year_over_names(span, cell, cells):
            continue
        if (cell.is_number or _COUNTED.fullmatch(cell.text)) and (
            _any_other(row, _rows(span), rows) or _any_other(column, _columns(span), columns)
        ):
            yield row, column


_YEAR = re.compile(r"(?:19|20)\d\d")


def _is_year_over_names(span: MergedCells, cell: Cell, cells: Mapping[Place, Cell]) -> bool:
    """Is it a year over several columns, each with a name of its own below?"""
    below = [cells.get((span.bottom + 1, column)) for column in _columns(span)]
    has_names = all(row is not None and not row.is_number for row in below)
    return has_names and _YEAR.fullmatch(cell.text) is not None


def _any_other(number: int, span: range, filled: set[int]) -> bool:
    others = filled if len(filled) < len(span) else span
    return any(n in filled and n in span and n != number for n in others)


def spread(spans: Sequence[MergedCells], cells: dict[Place, Cell]) -> None:
    """Repeat a label for every row that its merged cells cover, if anything else is in that row."""
    rows = sorted({row for row, _ in cells})
    for span, ((row, column), *_) in list(_filled(spans, cells)):
        if not cells[row, column].is_number:
            for other in rows[bisect_left(rows, span.top) : bisect_right(rows, span.bottom)]:
                cells[other, column] = cells[row, column]


def _filled(
    spans: Sequence[MergedCells], places: Iterable[Place]
) -> Iterator[tuple[MergedCells, list[Place]]]:
    """Spans of more than one cell with the filled places in them, from the top left; spans without
    any are left out."""
    by_row: dict[int, list[int]] = defaultdict(list)
    for row, column in sorted(places):
        by_row[row].append(column)
    for span in spans:
        if span.top == span.bottom and span.left == span.right:
            continue
        rows: Iterable[int] = sorted(by_row) if len(_rows(span)) > len(by_row) else _rows(span)
        filled = [
            (row, column)
            for row in rows
            if span.top <= row <= span.bottom
            for column in by_row.get(row, ())
            if span.left <= column <= span.right
        ]
        if filled:
            yield span, filled


def _rows(span: MergedCells) -> range:
    return range(span.top, span.bottom + 1)


def _columns(span: MergedCells) -> range:
    return range(span.left, span.right + 1)
