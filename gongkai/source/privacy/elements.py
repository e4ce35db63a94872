"""The texts of a part of an office file, which is XML."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from xml.etree import ElementTree

from gongkai.source.privacy.texts import TableRow, Text, UnreadError

_JOINED = frozenset(
    "r t span s tab a line-break rPr pPr rFonts sz b i u color lang hint vertAlign rPh phoneticPr "
    "proofErr bookmarkStart bookmarkEnd noBreakHyphen softHyphen smartTag ins del moveFrom moveTo "
    "hyperlink sdt sdtContent sdtPr fldSimple fld instrText br cr lastRenderedPageBreak delText "
    "sym dir bdo oMath ruby rubyPr rubyBase ruby-base rt ruby-text".split()
)
"""Elements whose text goes on in that of their neighbours, in Office's and OpenDocument's files."""
_UNSHOWN = ("delText", "instrText", "rt")
"""What was struck out, codes of fields, and how a sign is spoken, in small letters above it: a
number is read with them and without."""
_ABOVE = ("rt", "ruby-text")
_SHEETS_EDGE = re.compile("(?:odd|even|first)(?:Header|Footer)")
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|[A-Z])')
"""What sets the letters of a sheet's header, within its text."""
_DIGITS = re.compile(r"(?:[0-9]\W?){9}")


def texts_of_part(data: bytes) -> Iterator[Text]:
    """The texts of an XML part, a line for each paragraph or cell, and its attributes."""
    table = _Cells()
    try:
        # expat bounds what entities become, and the process is bounded
        parts = ElementTree.iterparse(io.BytesIO(data), ("start", "end"))  # noqa: S314
        for event, element in parts:
            name = _name(element)
            if event == "start":
                table.begin(name)
                yield from (one for one in element.attrib.values() if _DIGITS.search(one))
                continue
            if name == "sym":
                element.text = _sign(element)
            if name not in _JOINED:
                inner = [*_inner(element)]
                told = _whole("".join(text for _, text in inner))
                yield _CODE.sub("", told) if _SHEETS_EDGE.fullmatch(name) else told
                yield from table.end(name, told)
                if any(part in _UNSHOWN for part, _ in inner):
                    yield "".join(text for part, text in inner if part not in _UNSHOWN)
            if name in ("br", "cr", "line-break", "tab"):
                element.tail = f" {element.tail or ''}"
    except ElementTree.ParseError as error:
        raise UnreadError("damaged") from error


class _Cells:
    """Puts together the rows of tables of a text from the texts of their cells."""

    def __init__(self) -> None:
        self.heads: tuple[str, ...] = ()
        self.row: list[str] = []
        self.cell: list[str] | None = None

    def begin(self, name: str) -> None:
        if name in ("tbl", "table"):
            self.heads = ()
        elif name in ("tr", "table-row"):
            self.row = []
        elif name in ("tc", "table-cell"):
            self.cell = []

    def end(self, name: str, told: str) -> Iterator[TableRow]:
        if self.cell is not None:
            self.cell.append(told)
        if name in ("tc", "table-cell") and self.cell is not None:
            self.row.append("".join(self.cell).strip())
            self.cell = None
        elif name in ("tr", "table-row") and self.row:
            self.heads = self.heads or tuple(self.row)
            yield TableRow(tuple(self.row), self.heads)


def _name(element: Any) -> str:
    name: str = element.tag
    return name.rpartition("}")[2]


def _sign(element: Any) -> str:
    """A sign that is told by its number in a font."""
    code = next((text for key, text in element.attrib.items() if key.endswith("char")), "")
    with suppress(ValueError):
        return chr(int(code, 16) & 0xFF)  # fonts of signs begin at F000
    return ""


def _inner(element: Any) -> Iterator[tuple[str, str]]:
    """The text of an element and those in it, with the name of each; taken out, so that it is told
    once."""
    above = {part for one in element.iter() if _name(one) in _ABOVE for part in one.iter()}
    for child in element.iter():
        yield (_ABOVE[0] if child in above else _name(child)), child.text or ""
        child.text = None
        if child is not element:
            yield "", child.tail or ""
            child.tail = None


_FLOAT = re.compile(r"-?\d(?:\.\d+)?[eE]\+?\d{1,2}")


def _whole(text: str) -> str:
    """A number of a spreadsheet as it is shown, also where it is kept with an exponent."""
    if _FLOAT.fullmatch(text.strip()):
        return f"{float(text):.0f}"
    return text
