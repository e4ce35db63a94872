"""Tables as text: .csv, .tsv, and what was copied out of a spreadsheet into .txt.

Such a file holds what was shown when it was saved. What was lost by that is refused: the digits of
``6.2217E+18`` are gone for ever.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from gongkai.source.workbook.cells import Cell, CellFlaw, CellKind, Place, is_figure
from gongkai.source.workbook.errors import Unreadable
from gongkai.source.workbook.reading import SheetName, Worksheet
from gongkai.source.workbook.visible import flaw_of

_LOST = re.compile(r"[-+]?\d(?:\.\d+)?E\+\d+", re.IGNORECASE)
_FORCED = re.compile(r'="([^"]*)"')
"""How programs make a spreadsheet keep a text of figures."""
_ERROR = re.compile(r"#(?:REF|DIV/0|VALUE|NAME|N/A|NUM|NULL)[!?]?")
_SAMPLE = 500
_LONGEST_FIELD = 20_000_000
_FEW_USUAL, _MANY_USUAL = 0.6, 0.8
"""Shares of characters that are among the usual ones: fewer, and it is no Chinese of this coding;
more, and it is."""


def decoded(data: bytes) -> str:
    """The text in UTF-8, UTF-16 with its mark, or GB 18030. Unreadable for others."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _by(data, "utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _by(data, "gb18030")
    if _usual(text, "gb2312", 0xB0, 0xD7) < _FEW_USUAL:
        if _is_big5(data):
            raise Unreadable("big5")
        if _is_broken_utf8(data) or _is_japanese(data):
            raise Unreadable("content")
    return text


def _is_broken_utf8(data: bytes) -> bool:
    """UTF-8 with a sign that was cut in two reads as rare signs of GB 18030."""
    text = data.decode("utf-8", "replace")
    return 0 < 20 * text.count("\ufffd") <= len(text) + 20 and not text.isascii()


_KANA = range(0x3041, 0x30FB)
_MANY_KANA = 0.1
"""The share of a Japanese text that is no Han."""


def _is_japanese(data: bytes) -> bool:
    """Shift-JIS reads as rare signs of GB 18030."""
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError:
        return False
    return sum(ord(one) in _KANA for one in text) > _MANY_KANA * len(text)


def _by(data: bytes, coding: str) -> str:
    try:
        return data.decode(coding)
    except UnicodeDecodeError as error:
        raise Unreadable("content") from error


def _is_big5(data: bytes) -> bool:
    try:
        return _usual(data.decode("big5"), "big5", 0xA4, 0xC6) > _MANY_USUAL
    except UnicodeDecodeError:
        return False


def _usual(text: str, coding: str, first: int, last: int) -> float:
    """The share of Han characters that a coding has in its rows for the usual ones."""
    han = [one.encode(coding, "replace")[0] for one in text if one >= "\u3400"]
    return sum(first <= byte <= last for byte in han) / len(han) if han else 1.0


def records(text: str, mark: str, most: int) -> list[list[str]]:
    """The rows of cells, whatever ends the lines. Unreadable when they are more than ``most`` that
    are filled, or quotation marks do not end."""
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        return _bounded(_strict(text, mark), most)
    except Unreadable as bad:
        if mark != "\t" or bad.case != "quotes":
            raise
    plain = csv.reader(io.StringIO(text), delimiter=mark, quoting=csv.QUOTE_NONE)
    return _bounded(plain, most)


def _strict(text: str, mark: str) -> Iterator[list[str]]:
    """Rows whose quotation marks are right. Unreadable with the line on which a row begins that has
    wrong ones, or a cell that is too long."""
    reader = csv.reader(io.StringIO(text), delimiter=mark, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable("quotes", line=line) from error


def _bounded(rows: Iterable[list[str]], most: int) -> list[list[str]]:
    found: list[list[str]] = []
    filled = 0
    for row in rows:
        found.append([_unforced(cell) for cell in row])
        filled += any(cell.strip() for cell in row)
        if filled > most:
            raise Unreadable("too-large", most=most)
    return found


def parted(data: bytes, name: str = "") -> tuple[str, str]:
    """The text with one kind of line ends, and what separates its cells: a comma, unless the name
    or the text says otherwise."""
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    if said := _SAID.match(text):  # what tells a spreadsheet, and is not shown by it
        return text[said.end() :], said[1]
    if name.lower().endswith(".tsv") or (has_tabs(text) and not _has_commas(name, text)):
        return text, "\t"
    lines = [_QUOTED.sub("", line) for line in text.split("\n")[:_SAMPLE]]
    semicolons = [line for line in lines if ";" in line]
    is_semicolon = len(semicolons) > 1 and 5 * sum("," in line for line in semicolons) < len(
        semicolons
    )
    return text, ";" if is_semicolon else ","


def _has_commas(name: str, text: str) -> bool:
    """Is it a .csv with as many commas in every line? Tabs then belong to the cells: platforms put
    them behind long numbers, so that spreadsheets keep all digits."""
    lines = [_QUOTED.sub("", line) for line in text.split("\n")[:_SAMPLE] if line.strip()]
    counts = {line.count(",") for line in lines}
    return name.lower().endswith(".csv") and len(counts) == 1 and counts != {0}


def has_tabs(text: str) -> bool:
    """Are there two lines one after the other with a tab between cells, as a spreadsheet copies
    them?"""
    lines = [_QUOTED.sub("", line.strip()) for line in text.split("\n")[:_SAMPLE]]
    tabs = ["\t" in line for line in lines if line]
    return any(flag and other for flag, other in pairwise(tabs))


_SAID = re.compile(r"sep=([,;\t])\n", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')


def _unforced(cell: str) -> str:
    found = _FORCED.fullmatch(cell.strip())
    return found[1] if found else cell


def read_delimited(data: bytes, name: str, most: int) -> Worksheet:
    """A table of text as a reader sees it. Unreadable when it is none."""
    cells: dict[Place, Cell] = {}
    flaws: dict[Place, CellFlaw] = {}
    text, mark = parted(data, name)
    for r, row in enumerate(records(text, mark, most)):
        for c, typed in enumerate(row):
            if shown := " ".join(typed.split()):
                cells[r, c] = Cell(shown, CellKind.NUMBER if is_figure(shown) else CellKind.TEXT)
                if flaw := text_flaw(shown):
                    flaws[r, c] = flaw
    columns = tuple(sorted({column for _, column in cells}))
    filled = sorted({row for row, _ in cells})
    numbers = sorted({*filled, *(row + 1 for row in filled[:-1])})
    blank = Cell("", CellKind.TEXT)
    return Worksheet(
        name=name,
        known=(SheetName(name, is_hidden=False),),
        rows=tuple(tuple(cells.get((r, c), blank) for c in columns) for r in numbers),
        row_numbers=tuple(numbers),
        column_numbers=columns,
        flaws=flaws,
    )


def text_flaw(text: str) -> CellFlaw | None:
    """Why a cell of text cannot be taken over."""
    if _ERROR.fullmatch(text):
        return CellFlaw.ERROR
    return CellFlaw.ROUNDED if _LOST.fullmatch(text) else flaw_of(text)
