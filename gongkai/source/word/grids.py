"""Tables of documents, seen with the same eye as those of spreadsheets; and lines that are put
into columns by tabs or blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.source.word.model import Block, Paragraph, WordTable
from gongkai.source.workbook.cells import RawCell, RawSheet, is_figure
from gongkai.source.workbook.reading import Worksheet
from gongkai.source.workbook.seen import seen_sheet
from gongkai.source.workbook.understood import UnderstoodSheet, understand

_TABS, _BLANKS = re.compile(r"\t+[ \u3000]*"), re.compile(r"[ \u3000]{2,}|\u3000")
_LEAST_TABBED, _LEAST_BLANK = 2, 3
"""Rows, and columns of what is put into columns by blanks alone."""


def sheet_of_grid(grid: WordTable) -> Worksheet:
    """A table as a sheet."""
    cells = {
        (r, c): RawCell(text) for r, row in enumerate(grid.rows) for c, text in enumerate(row)
        if text
    }  # fmt: skip
    return seen_sheet("", (), RawSheet(cells=cells, merged=list(grid.spans)))


def understood_grid(sheet: Worksheet) -> UnderstoodSheet | None:
    """What a table means; None where its first row are no heads, as of a form to be filled in."""
    found = understand(sheet)
    return None if found is None or found.second else found


def with_tables(blocks: Sequence[Block]) -> Iterator[Block]:
    """The same with tables in place of lines that are put into columns."""
    at = 0
    while at < len(blocks):
        end = at + 1
        for pattern, least in ((_TABS, _LEAST_TABBED), (_BLANKS, _LEAST_BLANK)):
            rows = _rows(blocks, at, pattern)
            if len(rows) < least:
                continue
            end = at + len(rows)
            first, grid = _grid(rows, blocks[at:end], least)
            yield from blocks[at : at + first]
            if grid is not None:
                yield grid
            break
        else:
            yield blocks[at]
        at = end


def _rows(blocks: Sequence[Block], at: int, pattern: re.Pattern[str]) -> list[tuple[str, ...]]:
    """The cells of the lines from a place on that have more than one."""
    rows: list[tuple[str, ...]] = []
    for block in map(blocks.__getitem__, range(at, len(blocks))):
        if not isinstance(block, Paragraph) or block.label or block.heading:
            break
        cells = tuple(one.strip() for one in pattern.split(block.text.strip()))
        if len(cells) < 2:
            break
        rows.append(cells)
    return rows


def _grid(
    rows: list[tuple[str, ...]], blocks: Sequence[Block], least: int
) -> tuple[int, WordTable | None]:
    """How many of the rows stand above a table, and the table: heads, and a figure in each row
    below, all of one length. Without a table all rows are plain."""
    first = next(n for n in range(len(rows)) if len({len(row) for row in rows[n:]}) == 1)
    table = rows[first:]
    is_wide = least == _LEAST_TABBED or len(table[0]) >= least
    if first > _MOST_ABOVE or len(table) < least or not is_wide or any(map(is_figure, table[0])):
        return len(rows), None
    if not all(any(map(is_figure, row)) for row in table[1:]):
        return len(rows), None
    grid = WordTable(tuple(table), (), getattr(blocks[first], "number", 0))
    is_table = understood_grid(sheet_of_grid(grid)) is not None
    return (first, grid) if is_table else (len(rows), None)


_MOST_ABOVE = 2
"""Lines with columns of their own above a table."""
