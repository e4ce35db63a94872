"""Tables of documents: the cells of their rows, and those that only put text into its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gongkai.source.word.gathered import Gathered
from gongkai.source.word.model import Block, Paragraph, WordTable
from gongkai.source.workbook.cells import MergedCells


class WordCell(NamedTuple):
    """A cell: its column, how many columns and rows it takes, whether it is a part of the cell
    above it, and what is in it."""

    column: int
    wide: int
    goes_on: bool
    blocks: tuple[Block, ...]
    high: int = 1


Row = list[WordCell]


def grid_of(
    rows: Sequence[Row], number: int, gathered: Gathered, *, is_boxed: bool = False
) -> Iterator[Block]:
    """A table as a grid, or, where it has one column or one row, what it puts into its place;
    pictures come behind it. Of merged cells only the first shows what is in it."""
    if all(len(row) == 1 for row in rows):
        for row in rows:
            yield from row[0].blocks
        return
    if len(rows) == 1:
        yield from _side_by_side(rows[0], is_boxed=is_boxed)
        return
    width = max(cell.column + cell.wide for row in rows for cell in row)
    texts = [[""] * width for _ in rows]
    spans: list[MergedCells] = []
    above: dict[int, int] = {}
    for at, row in enumerate(rows):
        for cell in row:
            text, upper = _text(cell, gathered), above.get(cell.column, -1)
            if cell.goes_on and upper >= 0 and spans[upper].bottom == at - 1:
                spans[upper] = spans[upper]._replace(bottom=at)
                if text:
                    gathered.remark("hidden", text)
                continue
            texts[at][cell.column] = text
            bottom = min(at + cell.high, len(rows)) - 1
            above[cell.column] = len(spans)
            spans.append(MergedCells(at, cell.column, bottom, cell.column + cell.wide - 1))
    merged = tuple(span for span in spans if span.bottom > span.top or span.right > span.left)
    yield WordTable(tuple(map(tuple, texts)), merged, number)
    for row in rows:
        for cell in row:
            yield from (
                block for block in cell.blocks if not isinstance(block, Paragraph | WordTable)
            )


def _side_by_side(row: Row, *, is_boxed: bool) -> Iterator[Block]:
    """The paragraphs of the only row of a table: a line each where they stand side by side."""
    columns = [[block for block in cell.blocks if isinstance(block, Paragraph)] for cell in row]
    filled = [column for column in columns if column]
    if any(len(column) > 1 for column in filled) or len(filled) < 2:
        for cell in row:
            yield from cell.blocks
        return
    first = filled[0][0]
    text = "　".join(column[0].whole for column in filled)
    yield Paragraph(text, first.number, size=first.size, is_red=first.is_red, is_boxed=is_boxed)
    for cell in row:
        yield from (block for block in cell.blocks if not isinstance(block, Paragraph))


def _text(cell: WordCell, gathered: Gathered) -> str:
    """All text of a cell, a line for each paragraph and for each row of a table in it."""
    lines: list[str] = []
    for block in cell.blocks:
        if isinstance(block, Paragraph):
            lines.append(block.whole)
        elif isinstance(block, WordTable):
            rows = ("　".join(filter(None, row)) for row in block.rows)
            lines += [row for row in rows if row]
            gathered.remark("nested", next((cell for cell in block.rows[0] if cell), ""))
    return "\n".join(lines)
