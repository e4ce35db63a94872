"""The sheets of an .xls file, of Excel 5 to 2003."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any, NamedTuple

from gongkai.source.workbook.builtin import BUILTIN
from gongkai.source.workbook.cells import CellFlaw, MergedCells, Place, RawCell, RawSheet
from gongkai.source.workbook.errors import Unreadable

_FORMULAS = (0x0006, 0x0206, 0x0406)
_BEGIN = (0x0809, 0x0409, 0x0209, 0x0009)
_END = 0x000A
_EMPTY_TEXT = b"\x17\x00"
"""The constant "" in a formula, without which hardly any formula comes to an empty text."""


class XlsSheet(NamedTuple):
    """A sheet of a workbook: its name, whether it is hidden, and its number."""

    name: str
    is_hidden: bool
    number: int


class Xls:
    """A workbook that is open. Unreadable when it is none."""

    def __init__(self, data: bytes) -> None:
        # 39 ms, for a kind of file that has become rare.
        import xlrd

        try:
            book: Any = xlrd.open_workbook(
                file_contents=data, formatting_info=True, on_demand=True, logfile=_Silent()
            )
        except Exception as error:  # of a damaged file any may come
            raise Unreadable("content") from error
        self._book = book
        seen = book._sheet_visibility
        self._own = {one.format_key for one in book.format_list}
        names = book.sheet_names()
        self.sheets = tuple(XlsSheet(name, seen[n] != 0, n) for n, name in enumerate(names))

    def read(self, named: XlsSheet, most: int) -> RawSheet:
        """A sheet; Unreadable when more than ``most`` of its visible rows are filled."""
        try:
            sheet = self._book.sheet_by_index(named.number)
        except Exception as error:  # the same
            raise Unreadable("content") from error
        found = RawSheet(
            since_1904=self._book.datemode == 1,
            hides_zeros=not sheet.show_zero_values,
            merged=[MergedCells(top, left, bottom - 1, right - 1)
                    for top, bottom, left, right in sheet.merged_cells],
        )  # fmt: skip
        found.hidden_rows = {
            row for row, value in sheet.rowinfo_map.items() if _is_hidden_row(value)
        }
        found.hidden_columns = [
            (n, n) for n, value in sheet.colinfo_map.items() if value.hidden or value.width == 0
        ]
        filled = 0
        for row in range(sheet.nrows):
            before = len(found.cells)
            found.cells.update(self._row(sheet, row))
            filled += len(found.cells) > before and row not in found.hidden_rows
            if filled > most:
                raise Unreadable("too-large", most=most)
        for place in self._not_worked_out(named.number):
            found.cells[place] = RawCell(flaw=CellFlaw.NO_VALUE)
        return found

    def _row(self, sheet: Any, row: int) -> Iterator[tuple[Place, RawCell]]:
        # 39 ms, for a kind of file that has become rare.
        import xlrd

        for column in range(sheet.row_len(row)):
            kind = sheet.cell_type(row, column)
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            value = sheet.cell_value(row, column)
            if kind == xlrd.XL_CELL_ERROR:
                yield (row, column), RawCell(flaw=CellFlaw.ERROR)
            elif kind == xlrd.XL_CELL_BOOLEAN:
                yield (row, column), RawCell(bool(value))
            elif value != "" and self._is_struck(sheet, row, column):
                yield (row, column), RawCell(flaw=CellFlaw.STRUCK)
            else:
                yield (row, column), RawCell(value, self._format(sheet, row, column))

    def _is_struck(self, sheet: Any, row: int, column: int) -> bool:
        number = sheet.cell_xf_index(row, column)
        if number >= len(self._book.xf_list):
            return False
        font = self._book.xf_list[number].font_index
        return font < len(self._book.font_list) and bool(self._book.font_list[font].struck_out)

    def _format(self, sheet: Any, row: int, column: int) -> str:
        number = sheet.cell_xf_index(row, column)
        if number >= len(self._book.xf_list):
            return "General"  # as of files that a program other than Excel wrote
        key = self._book.xf_list[number].format_key
        if key not in self._own and str(key) in BUILTIN:
            return BUILTIN[str(key)]
        return str(self._book.format_map[key].format_str)

    def _not_worked_out(self, number: int) -> Iterator[Place]:
        """Formulas without a value, which the reader takes for those of an empty text."""
        mem, depth = self._book.mem, 0
        at = self._book._sh_abs_posn[number]
        while at + 4 <= len(mem):
            kind, size = struct.unpack_from("<HH", mem, at)
            if kind in _FORMULAS and size >= 22:
                row, column, _, value = struct.unpack_from("<HHH8s", mem, at + 4)
                is_empty = value[6:] == b"\xff\xff" and value[0] == 3
                if is_empty and _EMPTY_TEXT not in mem[at + 26 : at + 4 + size]:
                    yield row, column
            depth += (kind in _BEGIN) - (kind == _END)
            if not depth:
                return
            at += 4 + size


def _is_hidden_row(row: object) -> bool:
    return bool(getattr(row, "hidden", 0)) or getattr(row, "height", None) == 0


class _Silent:
    """What the reader would print of a damaged file."""

    def write(self, _: str) -> int:
        return 0
