"""The sheets of an .xlsx file (ECMA-376): values, formats, and what is hidden.

The parts are read one element at a time, so that a sheet of a million rows is given up as soon as
it is too long. What a file says about its own size is not believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from xml.etree.ElementTree import Element

from gongkai.source.heights import at_height
from gongkai.source.ooxml import DAMAGED, OfficePackage, all_of, first_of, name_of
from gongkai.source.workbook.cells import CellFlaw, MergedCells, RawCell, RawSheet
from gongkai.source.workbook.errors import Unreadable
from gongkai.source.workbook.styles import CellStyles, changes_what_is_shown, styles_of

_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_AT = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_SPAN = re.compile(r"\$?([A-Za-z]+)\$?(\d+)(?::\$?([A-Za-z]+)\$?(\d+))?")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days have no zone
_BETWEEN = 1462
"""Days between the two days from which spreadsheets count."""
_TRUE = ("1", "true")


class XlsxSheet(NamedTuple):
    """A sheet of a workbook: its name, whether it is hidden, and its part."""

    name: str
    is_hidden: bool
    part: str


class Xlsx:
    """A workbook that is open. Unreadable when it is none."""

    def __init__(self, data: bytes) -> None:
        try:
            self._package = OfficePackage(data)
            self._main = self._package.part_of("", "/officeDocument") or "xl/workbook.xml"
            book = self._package.tree(self._main)
            self._targets = self._package.relations(self._main)
        except DAMAGED as bad:
            raise Unreadable("content") from bad
        properties = first_of(book, "workbookPr")
        self._since_1904 = properties is not None and _is_true(properties, "date1904")
        worked_out = first_of(book, "calcPr")
        self.is_stale = worked_out is not None and (
            _is_true(worked_out, "fullCalcOnLoad") or _is_true(worked_out, "forceFullCalc")
        )
        """Are formulas to be worked out when the file is opened? Programs that cannot do it
        themselves write 0 in their place."""
        self.sheets = tuple(self._named(book))

    def read(self, named: XlsxSheet, most: int) -> RawSheet:
        """A sheet; Unreadable when more than ``most`` of its visible rows are filled."""
        try:
            if named.part not in self._package.parts:
                return RawSheet()
            return _XlsxReading(self, most).sheet(named, since_1904=self._since_1904)
        except DAMAGED as bad:
            raise Unreadable("content") from bad

    def open(self, part: str) -> Iterator[tuple[str, Element]]:
        """The elements of a part, each when it begins and when it is whole."""
        return self._package.open(part)

    def strings(self) -> list[str | None]:
        """The shared texts; None for one that no plain text can show."""
        part = self._package.part_of(self._main, "/sharedStrings")
        if part not in self._package.parts:
            return []
        found: list[str | None] = []
        root: Element | None = None
        for event, element in self.open(part):
            root = element if root is None else root
            if event == "end" and name_of(element) == "si":
                found.append(_text(element))
                root.clear()
        return found

    def drawn(self, part: str, drawing: Element) -> list[str]:
        """The texts of boxes that lie over the cells of a sheet."""
        identity = next((v for key, v in drawing.attrib.items() if key.endswith("}id")), "")
        found = self._package.relations(part).get(identity)
        if found is None or found.part not in self._package.parts:
            return []
        bodies = all_of(self._package.tree(found.part), "txBody")
        texts = (
            "".join(element.text or "" for element in all_of(body, "t")).strip() for body in bodies
        )
        return [text for text in texts if text]

    def styles(self) -> CellStyles:
        """What the styles of cells do to them."""
        part = self._package.part_of(self._main, "/styles")
        return styles_of(self._package.tree(part)) if part in self._package.parts else CellStyles()

    def _named(self, book: Element) -> Iterator[XlsxSheet]:
        for sheet in all_of(book, "sheet"):
            identity = next((v for key, v in sheet.attrib.items() if key.endswith("}id")), "")
            found = self._targets.get(identity)
            kind, part = (found.kind, found.part) if found else ("", "")
            if kind.endswith(("/chartsheet", "/dialogsheet")):
                continue
            yield XlsxSheet(sheet.get("name", ""), sheet.get("state", "visible") != "visible", part)


class _XlsxReading:
    """A sheet that is being read."""

    def __init__(self, book: Xlsx, most: int) -> None:
        self._book, self._most = book, most
        self._styles = book.styles()
        self._sheet = RawSheet()
        self._row = self._column = -1
        self._filled = 0
        self._unsure: list[MergedCells] = []
        self._shared: list[tuple[tuple[int, int], int, str]] = []

    def sheet(self, named: XlsxSheet, *, since_1904: bool) -> RawSheet:
        root: Element | None = None
        self._sheet.since_1904 = since_1904
        for event, element in self._book.open(named.part):
            name = name_of(element)
            if event == "start":
                root = element if root is None else root
                if name == "row":
                    self._start_row(element)
                continue
            if name == "c":
                self._cell(element)
            elif name == "row":
                self._end_row()
                element.clear()
            elif name == "col":
                self._columns(element)
            elif name == "mergeCell":
                self._merged(element)
            elif name == "drawing":
                self._sheet.drawn += self._book.drawn(named.part, element)
            elif name == "conditionalFormatting":
                self._conditional(element)
            elif name == "sheetView" and element.get("showZeros", "1") not in _TRUE:
                self._sheet.hides_zeros = True
        self._resolve()
        for place in self._sheet.cells if self._unsure else ():
            if any(merged_cells.holds(place) for merged_cells in self._unsure):
                self._sheet.cells[place] = RawCell(flaw=CellFlaw.UNSHOWN)
        return self._sheet

    def _start_row(self, row: Element) -> None:
        self._row = int(row.get("r", self._row + 2)) - 1
        self._column = -1
        self._before = len(self._sheet.cells)
        if _is_true(row, "hidden") or row.get("ht") == "0":
            self._sheet.hidden_rows.add(self._row)

    def _end_row(self) -> None:
        is_filled = len(self._sheet.cells) > self._before
        self._filled += is_filled and self._row not in self._sheet.hidden_rows
        if self._filled > self._most:
            raise Unreadable("too-large", most=self._most)

    def _columns(self, element: Element) -> None:
        width = element.get("width")
        if _is_true(element, "hidden") or (width is not None and float(width) == 0):
            first, last = int(element.get("min", "1")), int(element.get("max", "1"))
            self._sheet.hidden_columns.append((first - 1, last - 1))

    def _merged(self, element: Element) -> None:
        if span := _span(element.get("ref", "")):
            self._sheet.merged.append(span)

    def _conditional(self, element: Element) -> None:
        """Whether a condition holds is not worked out: what it may change is not told."""
        if changes_what_is_shown(element, self._styles):
            self._unsure += filter(None, map(_span, element.get("sqref", "").split()))

    def _cell(self, element: Element) -> None:
        place = self._place(element)
        self._column = place[1]
        kind = element.get("t") or "n"
        value = formula = inline = None
        is_told = True
        for child in element:
            name = name_of(child)
            if name == "v":
                value = child.text or ""
            elif name == "f":
                formula = child
            elif name == "is":
                inline = _text(child)
                is_told = inline is not None
        style = element.get("s") or "0"
        number = int(style) if style.isdecimal() else 0
        codes = self._styles.codes
        code = codes[number] if number < len(codes) else "General"
        if number in self._styles.struck and (value or inline):
            self._sheet.cells[place] = RawCell(flaw=CellFlaw.STRUCK)
            return
        if kind == "s":
            if value:
                self._shared.append((place, int(value), code))
                self._sheet.cells[place] = RawCell()
            return
        if "DISPIMG(" in (formula.text or "" if formula is not None else ""):
            self._sheet.cells[place] = RawCell(flaw=CellFlaw.PICTURE)
            return
        raw = self._raw(kind, value if inline is None else inline, code)
        is_empty = value is None or (not value and kind == "n")
        if formula is not None and (is_empty or (self._book.is_stale and value == "0")):
            raw = RawCell(flaw=CellFlaw.NO_VALUE)
        if not is_told:
            raw = RawCell(flaw=CellFlaw.UNSHOWN)
        if raw is not None:
            self._sheet.cells[place] = raw

    def _place(self, element: Element) -> tuple[int, int]:
        found = _AT.fullmatch(element.get("r", ""))
        if not found:
            return self._row, self._column + 1
        return int(found[2]) - 1, _column(found[1])

    def _raw(self, kind: str, value: str | None, code: str) -> RawCell | None:
        if value is None or (not value and kind != "inlineStr"):
            return None
        if kind == "e":
            return RawCell(flaw=CellFlaw.ERROR)
        if kind == "b":
            return RawCell(value.strip() in _TRUE, code)
        if kind in ("str", "inlineStr"):
            return RawCell(_decoded(value), code)
        if kind == "d":
            days = _serial(value) - (_BETWEEN if self._sheet.since_1904 else 0)
            return RawCell(days, code, is_day=True)
        return _number(value, code)

    def _resolve(self) -> None:
        """Put the shared texts in their places, once it is known that the sheet is not too long."""
        texts = self._book.strings() if self._shared else []
        for place, number, code in self._shared:
            if number >= len(texts):
                raise ValueError(number)
            text = texts[number]
            told = RawCell(flaw=CellFlaw.UNSHOWN) if text is None else RawCell(text, code)
            self._sheet.cells[place] = told


def _number(value: str, code: str) -> RawCell:
    try:
        number = float(value)
    except ValueError:
        return RawCell(flaw=CellFlaw.UNSHOWN)
    return RawCell(number, code)


def _serial(value: str) -> float:
    """The number by which a spreadsheet counts a day that is written out."""
    day = datetime.fromisoformat(value.rstrip("Z")).replace(tzinfo=None)
    return (day - _EPOCH).total_seconds() / 86_400


def _span(address: str) -> MergedCells | None:
    """``B2:C4``, or one cell."""
    found = _SPAN.fullmatch(address)
    if found is None:
        return None
    left, top = _column(found[1]), int(found[2]) - 1
    right, bottom = (_column(found[3]), int(found[4]) - 1) if found[3] else (left, top)
    return MergedCells(top, left, bottom, right)


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _text(element: Element) -> str | None:
    """The text of a string, without what is only said about its reading aloud; None where part of
    it is struck out, or raised as no character is."""
    found: list[str] = []
    for child in element:
        name = name_of(child)
        if name == "t":
            found.append(child.text or "")
        elif name == "r":
            run = _run(child)
            if run is None:
                return None
            found.append(run)
    return _decoded("".join(found))


def _run(run: Element) -> str | None:
    """A piece of a text with a look of its own."""
    text = "".join(element.text or "" for element in run if name_of(element) == "t")
    looks = [element for element in run.iter() if name_of(element) in ("vertAlign", "strike")]
    for element in looks if text.strip() else ():
        height = element.get("val", "1")
        if name_of(element) == "strike":
            if height in _TRUE:
                return None
        elif height in ("superscript", "subscript"):
            shown = at_height(text, height)
            if shown is None:
                return None
            text = shown
    return text


def _decoded(text: str) -> str:
    """``_x000D_`` stands for a character that XML does not hold."""
    return _CODED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _is_true(element: Element, name: str) -> bool:
    return element.get(name, "0").lower() in _TRUE
