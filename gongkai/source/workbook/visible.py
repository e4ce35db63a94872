"""What a reader sees of a sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from gongkai.source.workbook.cells import Cell, CellFlaw, CellKind, Place, RawCell, RawSheet
from gongkai.source.workbook.errors import Unshown
from gongkai.source.workbook.formats import ShownValue, show_text, show_value
from gongkai.source.workbook.merging import numbers_of_several, seen_cells, spread

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_LOSES = 10**15
"""From here on a spreadsheet keeps only the first fifteen digits of a number."""


class Visible(NamedTuple):
    """What a reader sees of a sheet, by place, and what it leaves out."""

    cells: Mapping[Place, Cell]
    flaws: Mapping[Place, CellFlaw]
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[int, ...]
    hidden_cells: tuple[Place, ...]


def visible(sheet: RawSheet, *, takes_hidden: bool) -> Visible:
    """Every filled cell that is seen; with ``takes_hidden`` also those that are not."""
    cells: dict[Place, Cell] = {}
    flaws: dict[Place, CellFlaw] = {}
    seen, gone = seen_cells(sheet, takes_hidden=takes_hidden)
    rows: set[int] = set()
    columns: set[int] = set()
    for place, raw in seen.items():
        if not takes_hidden and _is_hidden(sheet, place, rows, columns):
            continue
        try:
            shown = _shown(raw, sheet)
        except Unshown:
            flaws[place] = CellFlaw.UNSHOWN
            continue
        if isinstance(shown, CellFlaw):
            flaws[place] = shown
        elif shown.is_hidden and not takes_hidden:
            gone.append(place)
        elif text := _squeezed(shown.text if not shown.is_hidden else _plain(raw)):
            if flaw := flaw_of(text):
                flaws[place] = flaw
            cells[place] = Cell(text, _kind(raw, shown), _is_shortened(raw, shown))
    flaws |= dict.fromkeys(numbers_of_several(sheet.merged, cells), CellFlaw.MERGED)
    spread(sheet.merged, cells)
    return Visible(cells, flaws, tuple(sorted(rows)), tuple(sorted(columns)), tuple(sorted(gone)))


def _is_hidden(sheet: RawSheet, place: Place, rows: set[int], columns: set[int]) -> bool:
    """Is a cell in a hidden row or column? If so, it is noted which."""
    row, column = place
    if row in sheet.hidden_rows:
        rows.add(row)
        return True
    if sheet.is_hidden_column(column):
        columns.add(column)
        return True
    return False


def _shown(raw: RawCell, sheet: RawSheet) -> ShownValue | CellFlaw:
    if raw.flaw:
        return raw.flaw
    number = raw.number
    if number is not None and abs(number) >= _LOSES:
        return CellFlaw.ROUNDED
    if raw.shown is not None:
        is_empty = raw.value is None or not str(raw.value).strip()
        return ShownValue(raw.shown, is_date=raw.is_day, is_hidden=not (is_empty or raw.shown))
    if raw.value is None or (number == 0 and sheet.hides_zeros):
        return ShownValue("")
    if number is not None:
        return show_value(number, raw.format, since_1904=sheet.since_1904)
    if isinstance(raw.value, bool):
        return ShownValue("TRUE" if raw.value else "FALSE")
    return show_text(str(raw.value), raw.format)


def _plain(raw: RawCell) -> str:
    """What is in a cell whose format shows nothing of it."""
    return str(raw.value) if raw.number is None else show_value(raw.number, "General").text


def _squeezed(text: str) -> str:
    return " ".join(text.split())


_LONGEST = 4_000
"""Characters of a cell."""


_TOO_NARROW = re.compile("#{3,}")
"""What a program shows of a number for which its column is too narrow."""


def flaw_of(text: str) -> CellFlaw | None:
    """Why a text cannot be taken over, wherever it comes from."""
    if _CONTROL.search(text):
        return CellFlaw.CONTROL
    if _TOO_NARROW.fullmatch(text):
        return CellFlaw.UNSHOWN
    return CellFlaw.LONG if len(text) > _LONGEST else None


def _kind(raw: RawCell, shown: ShownValue) -> CellKind:
    if shown.is_date:
        return CellKind.DAY
    return CellKind.TEXT if raw.number is None else CellKind.NUMBER


def _is_shortened(raw: RawCell, shown: ShownValue) -> bool:
    """Does a number without a format of its own have more decimals than are shown?"""
    if raw.number is None or raw.format != "General" or raw.shown is not None:
        return False
    return shown.text != f"{raw.number:.15g}" and "." in shown.text
