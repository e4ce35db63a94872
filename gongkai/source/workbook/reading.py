"""Reading one sheet of a spreadsheet, in a process of its own.

Run as a program, this file reads a spreadsheet from standard input and writes as JSON what a reader
sees of one of its sheets.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from gongkai.source.bounded import asked, bound
from gongkai.source.workbook.cells import Cell, CellFlaw, CellKind, MergedCells, Place, RawSheet
from gongkai.source.workbook.errors import Unreadable

MEMORY, SECONDS = 1 << 30, 30
"""Bytes and seconds (of the processor) for one spreadsheet; nearly all need a thousandth of it."""


class SheetName(NamedTuple):
    """A sheet of a workbook by its name."""

    name: str
    is_hidden: bool


class Worksheet(NamedTuple):
    """A sheet as a reader sees it: columns and rows that hold something, and one blank row where
    there are any. ``row_numbers`` and ``column_numbers`` say where they stand in the file, from 0;
    ``merged`` counts in ``rows``."""

    name: str
    known: tuple[SheetName, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_numbers: tuple[int, ...]
    column_numbers: tuple[int, ...]
    merged: tuple[MergedCells, ...] = ()
    flaws: Mapping[Place, CellFlaw] = {}
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    hidden_cells: tuple[Place, ...] = ()
    drawn: tuple[str, ...] = ()

    def placed(self) -> Iterator[tuple[Place, Cell]]:
        """Every cell with its place in the file."""
        for row, cells in zip(self.row_numbers, self.rows, strict=True):
            for column, cell in zip(self.column_numbers, cells, strict=True):
                yield (row, column), cell


def read_sheet(
    data: bytes, sheet: str | None, most: int, *, takes_hidden: bool = False
) -> Worksheet:
    """A sheet by name, or the first that is seen and not empty. Unreadable when it is no
    spreadsheet, has no such sheet, or has more than ``most`` filled rows."""
    answer = asked(
        "gongkai.source.workbook.reading",
        data,
        sheet or "",
        str(most),
        "all" if takes_hidden else "",
    )
    if answer is None:
        raise Unreadable("bomb")
    if "rows" not in answer:
        raise Unreadable(str(answer.pop("case")), **answer)
    return Worksheet(
        name=answer["name"],
        known=tuple(SheetName(*one) for one in answer["known"]),
        rows=tuple(tuple(_cell(*cell) for cell in row) for row in answer["rows"]),
        row_numbers=tuple(answer["row_numbers"]),
        column_numbers=tuple(answer["column_numbers"]),
        merged=tuple(MergedCells(*one) for one in answer["merged"]),
        flaws={(row, column): CellFlaw(flaw) for row, column, flaw in answer["flaws"]},
        hidden_rows=tuple(answer["hidden_rows"]),
        hidden_columns=tuple(answer["hidden_columns"]),
        hidden_cells=tuple((row, column) for row, column in answer["hidden_cells"]),
        drawn=tuple(answer["drawn"]),
    )


def _cell(text: str, kind: str, is_shortened: bool) -> Cell:
    return Cell(text, CellKind(kind), is_shortened)


def cell_name(row: int, column: int) -> str:
    """``C4``, for the third column of the fourth row, both counted from 0."""
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """``C``, for the third column."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _answer(data: bytes, wanted: str, most: int, *, takes_hidden: bool) -> dict[str, Any]:
    # Only in the process that reads (16 ms), as are the readers below.
    from gongkai.source.workbook.seen import seen_sheet

    try:
        book = _opened(data)
        known = tuple(SheetName(sheet.name, sheet.is_hidden) for sheet in book.sheets)
        found = _chosen(book, wanted, most, takes_hidden=takes_hidden)
        if found is None:
            names = [name[:80] for name, _ in known[:20]]
            return {"case": "sheet", "found": wanted[:80], "known": names}
    except Unreadable as bad:
        return {"case": bad.case, **bad.values}
    name, raw = found
    return _as_data(seen_sheet(name, known, raw, takes_hidden=takes_hidden))


def _as_data(sheet: Worksheet) -> dict[str, Any]:
    cells = [
        [(cell.text, cell.kind.value, cell.is_shortened) for cell in row] for row in sheet.rows
    ]
    flaws = [(*place, flaw.value) for place, flaw in sorted(sheet.flaws.items())]
    return {**sheet._asdict(), "rows": cells, "flaws": flaws}


def _opened(data: bytes) -> Any:
    """A workbook of whatever kind: its ``sheets``, and ``read`` for one of them."""
    if not data.startswith(b"PK"):
        from gongkai.source.workbook.xls import Xls

        return Xls(data)
    if _has_part(data, "content.xml"):
        from gongkai.source.workbook.ods import Ods

        return Ods(data)
    from gongkai.source.workbook.xlsx import Xlsx

    return Xlsx(data)


def _has_part(data: bytes, name: str) -> bool:
    try:
        return name in zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _chosen(
    book: Any, wanted: str, most: int, *, takes_hidden: bool
) -> tuple[str, RawSheet] | None:
    """A sheet by name, whether it is hidden or not; without a name the first that is seen and not
    empty, or the first."""
    if wanted:
        named = next((sheet for sheet in book.sheets if sheet.name == wanted), None)
        return (named.name, book.read(named, most)) if named else None
    first: tuple[str, RawSheet] | None = None
    for named in sorted(book.sheets, key=lambda one: one.is_hidden):
        if takes_hidden or not named.is_hidden:
            raw = book.read(named, most)
            if raw.cells:
                return named.name, raw
            first = first or (named.name, raw)
    return first


if __name__ == "__main__":
    bound(MEMORY, SECONDS)
    takes_all = sys.argv[4] == "all"
    given = _answer(sys.stdin.buffer.read(), sys.argv[2], int(sys.argv[3]), takes_hidden=takes_all)
    sys.stdout.write(json.dumps(given))
