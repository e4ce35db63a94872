"""A sheet as its reader sees it, put together from what its file has."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence

from gongkai.source.workbook.cells import Cell, CellKind, MergedCells, Place, RawSheet
from gongkai.source.workbook.reading import SheetName, Worksheet
from gongkai.source.workbook.visible import visible

_BLANK = Cell("", CellKind.TEXT)


def seen_sheet(
    name: str, known: tuple[SheetName, ...], raw: RawSheet, *, takes_hidden: bool = False
) -> Worksheet:
    """A sheet of a workbook that has the sheets ``known``."""
    seen = visible(raw, takes_hidden=takes_hidden)
    columns = sorted({column for _, column in seen.cells})
    numbers = _numbers(seen.cells, set() if takes_hidden else raw.hidden_rows)
    merged = (_within(span, numbers, columns) for span in raw.merged)
    return Worksheet(
        name=name,
        known=known,
        rows=tuple(tuple(seen.cells.get((r, c), _BLANK) for c in columns) for r in numbers),
        row_numbers=tuple(numbers),
        column_numbers=tuple(columns),
        merged=tuple(span for span in merged if span),
        flaws=seen.flaws,
        hidden_rows=seen.hidden_rows,
        hidden_columns=seen.hidden_columns,
        hidden_cells=seen.hidden_cells,
        drawn=tuple(raw.drawn),
    )


def _numbers(cells: Mapping[Place, Cell], hidden: Collection[int]) -> list[int]:
    """The rows that are not empty, and a blank one in each gap that is seen."""
    numbers: list[int] = []
    for row in sorted({row for row, _ in cells}):
        gap = range(numbers[-1] + 1, row) if numbers else range(0)
        if blank := next((n for n in gap if n not in hidden), None):
            numbers.append(blank)
        numbers.append(row)
    return numbers


def _within(span: MergedCells, rows: Sequence[int], columns: Sequence[int]) -> MergedCells | None:
    """Merged cells, counted in the rows and columns that are left."""
    top, bottom = bisect_left(rows, span.top), bisect_right(rows, span.bottom) - 1
    left, right = bisect_left(columns, span.left), bisect_right(columns, span.right) - 1
    if top > bottom or left > right or (top == bottom and left == right):
        return None
    return MergedCells(top, left, bottom, right)
