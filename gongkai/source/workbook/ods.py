"""The sheets of an .ods file (OpenDocument 1.2): it says itself what is shown in every cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from gongkai.source.workbook.cells import CellFlaw, MergedCells, RawCell, RawSheet
from gongkai.source.workbook.errors import Unreadable

_NUMBERS = ("float", "percentage", "currency")
_DAYS = ("date", "time")
_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14
_UNSEEN = ("annotation", "shapes", "frame", "custom-shape", "ruby-text")


class OdsSheet(NamedTuple):
    """A sheet of a workbook: its name, whether it is hidden, and its table."""

    name: str
    is_hidden: bool
    table: Element


class Ods:
    """A workbook that is open. Unreadable when it is none."""

    def __init__(self, data: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                tree = ElementTree.fromstring(packed.read("content.xml"))  # noqa: S314 - bounded process
        except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, OSError, ValueError) as bad:
            raise Unreadable("content") from bad
        hidden = {
            _get(style, "name")
            for style in tree.iter()
            if _name(style) == "style"
            and any(
                _get(element, "display") == "false"
                for element in style
                if _name(element) == "table-properties"
            )
        }
        self.sheets = tuple(
            OdsSheet(_get(table, "name"), _get(table, "style-name") in hidden, table)
            for table in tree.iter()
            if _name(table) == "table"
        )

    def read(self, named: OdsSheet, most: int) -> RawSheet:
        """A sheet; Unreadable when more than ``most`` of its visible rows are filled."""
        try:
            return _OdsReading(most).sheet(named.table)
        except ValueError as bad:
            raise Unreadable("content") from bad


class _OdsReading:
    """A sheet that is being read."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._sheet = RawSheet()
        self._row = self._column = self._filled = 0

    def sheet(self, table: Element) -> RawSheet:
        for element in _within(table):
            if _name(element) == "table-column":
                self._columns(element)
            else:
                self._rows(element)
        return self._sheet

    def _columns(self, element: Element) -> None:
        count = int(_get(element, "number-columns-repeated") or 1)
        if _get(element, "visibility") in ("collapse", "filter"):
            self._sheet.hidden_columns.append((self._column, self._column + count - 1))
        self._column += count

    def _rows(self, element: Element) -> None:
        count = int(_get(element, "number-rows-repeated") or 1)
        cells = list(_cells(element))
        is_hidden = _get(element, "visibility") in ("collapse", "filter")
        if cells:
            for row in range(self._row, min(self._row + count, _LAST_ROW)):
                self._fill(row, cells, is_hidden=is_hidden)
        self._row += count

    def _fill(
        self, row: int, cells: list[tuple[int, RawCell, int, int]], *, is_hidden: bool
    ) -> None:
        if is_hidden:
            self._sheet.hidden_rows.add(row)
        self._filled += not is_hidden
        if self._filled > self._most:
            raise Unreadable("too-large", most=self._most)
        for column, cell, down, across in cells:
            self._sheet.cells[row, column] = cell
            if down > 1 or across > 1:
                self._sheet.merged.append(
                    MergedCells(row, column, row + down - 1, column + across - 1)
                )


def _within(table: Element) -> Iterator[Element]:
    """Columns and rows, also those in groups and heads."""
    for element in table:
        name = _name(element)
        if name in ("table-column", "table-row"):
            yield element
        elif name not in ("table", "shapes"):
            yield from _within(element)


def _cells(row: Element) -> Iterator[tuple[int, RawCell, int, int]]:
    """The filled cells of a row, with their column and how many rows and columns they span."""
    column = 0
    for element in row:
        if _name(element) not in ("table-cell", "covered-table-cell"):
            continue
        count = int(_get(element, "number-columns-repeated") or 1)
        cell = _cell(element) if _name(element) == "table-cell" else None
        if cell is not None:
            down = int(_get(element, "number-rows-spanned") or 1)
            across = int(_get(element, "number-columns-spanned") or 1)
            for at in range(column, min(column + count, _LAST_COLUMN)):
                yield at, cell, down, across
        column += count


def _cell(element: Element) -> RawCell | None:
    kind = _get(element, "value-type")
    paragraphs = [_text(one) for one in element if _name(one) == "p"]
    shown = " ".join(paragraphs) if paragraphs else None
    if kind == "error" or element.get(_CALC_TYPE) == "error" or _is_error(shown):
        return RawCell(flaw=CellFlaw.ERROR)
    if not kind:
        if _get(element, "formula") and shown is None:  # an empty text was worked out
            return RawCell(flaw=CellFlaw.NO_VALUE)
        return RawCell(shown, shown=shown) if shown else None
    if kind in _NUMBERS:
        number = float(_get(element, "value"))
        bare = kind == "float" or shown is not None
        return RawCell(number, shown=shown) if bare else RawCell(flaw=CellFlaw.UNSHOWN)
    if kind in _DAYS:
        value = _get(element, "date-value") or _get(element, "time-value")
        if shown is None and kind == "time":
            return RawCell(flaw=CellFlaw.UNSHOWN)
        return RawCell(value, shown=value if shown is None else shown, is_day=True)
    if kind == "boolean":
        return RawCell(_get(element, "boolean-value") == "true", shown=shown)
    text = _get(element, "string-value") if shown is None else shown
    return RawCell(text, shown=text) if text or _get(element, "string-value") else None


_CALC_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"


def _is_error(shown: str | None) -> bool:
    if not shown:
        return False
    return (shown.startswith("#") and shown.endswith(("!", "?", "/A"))) or (
        shown.startswith("Err:") and shown[4:].isdigit()
    )


def _text(element: Element) -> str:
    """A paragraph as it is shown, without remarks."""
    found = [element.text or ""]
    for child in element:
        name = _name(child)
        if name in ("s", "tab", "line-break"):
            found.append(" ")
        elif name not in _UNSEEN:
            found.append(_text(child))
        found.append(child.tail or "")
    return "".join(found)


def _get(element: Element, name: str) -> str:
    """An attribute, in whatever namespace."""
    return next((v for key, v in element.attrib.items() if key.rpartition("}")[2] == name
                 and "calcext" not in key), "")  # fmt: skip


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
