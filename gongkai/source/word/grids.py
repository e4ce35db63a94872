"""Tables of documents, seen with the same eye as those of spreadsheets; and lines that are put
into columns by tabs or blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.source.word.model import Block, Grid, Paragraph
from gongkai.source.workbook.cells import RawCell, RawSheet, is_figure
from gongkai.source.workbook.reading import Sheet
from gongkai.source.workbook.seen import seen_sheet
from gongkai.source.workbook.understood import Understood, understand

_TABS, _BLANKS = re.compile(r"\t+[ \u3000]*"), re.compile(r"[ \u3000]{2,}|\u3000")
_LEAST_TABBED, _LEAST_BLANK = 2, 3
"""Rows, and columns of what is put into columns by blanks alone."""


def sheet_of_grid(grid: Grid) -> Sheet:
    """A table as a sheet."""
    cells = {
        (r, c): RawCell(text) for r, row in enumerate(grid.rows) for c, text in enumerate(row)
        if text
    }  # fmt: skip
    return seen_sheet("", (), RawSheet(cells=cells, merged=list(grid.spans)))


def understood_grid(sheet: Sheet) -> Understood | None:
    """What a table means; None where its first row are no heads, as of a form to be filled in."""
    found = understand(sheet)
    return None if found is None or found.second else found


def with_tables(blocks: Sequence[Block]) -> Iterator[Block]:
    """The same with tables in place of lines that are put into columns."""
    at = 0
    while at < len(blocks):
        for pattern, least in ((_TABS, _LEAST_TABBED), (_BLANKS, _LEAST_BLANK)):
            rows = _rows(blocks[at:], pattern)
            grid = _grid(rows, blocks[at], least)
            if grid is not None:
                yield grid
                at += len(rows)
                break
        else:
            yield blocks[at]
            at += 1


def _rows(blocks: Sequence[Block], pattern: re.Pattern[str]) -> list[tuple[str, ...]]:
    """The cells of the lines at the beginning that have as many as the first."""
    rows: list[tuple[str, ...]] = []
    for block in blocks:
        if not isinstance(block, Paragraph) or block.label or block.heading:
            break
        cells = tuple(one.strip() for one in pattern.split(block.text.strip()))
        if len(cells) < 2 or (rows and len(cells) != len(rows[0])):
            break
        rows.append(cells)
    return rows


def _grid(rows: list[tuple[str, ...]], first: Block, least: int) -> Grid | None:
    """Rows as a table if they are one: heads, and a figure in every row below."""
    if len(rows) < least or (least == _LEAST_BLANK and len(rows[0]) < least):
        return None
    if any(map(is_figure, rows[0])) or not all(any(map(is_figure, row)) for row in rows[1:]):
        return None
    grid = Grid(tuple(rows), (), getattr(first, "number", 0))
    return grid if understood_grid(sheet_of_grid(grid)) is not None else None
