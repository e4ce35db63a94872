"""Tables as text: .csv, .tsv, and what was copied out of a spreadsheet into .txt.

Such a file holds what was shown when it was saved. What was lost by that is refused: the digits of
``6.2217E+18`` are gone for ever.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

from gongkai.source.workbook.cells import Cell, Flaw, Kind, Place
from gongkai.source.workbook.errors import Unreadable
from gongkai.source.workbook.reading import Sheet, SheetName
from gongkai.source.workbook.visible import flaw_of

_MARKS = ("\t", ";")
"""What separates cells where no comma does."""
_LOST = re.compile(r"[-+]?\d(?:\.\d+)?E\+\d+", re.IGNORECASE)
_FORCED = re.compile(r'="([^"]*)"')
"""How programs make a spreadsheet keep a text of figures."""
_FIGURE = re.compile(r"[-+]?[¥￥$]?\s?[\d,]+(?:\.\d+)?\s?[%％]?")
_SAMPLE = 200
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
    if _usual(text, "gb2312", 0xB0, 0xD7) < _FEW_USUAL and _is_big5(data):
        raise Unreadable("big5")
    return text


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


def records(text: str, most: int) -> list[list[str]]:
    """The rows of cells, whatever ends the lines and separates the cells. Unreadable when they are
    more than ``most`` that are filled, or quotation marks do not end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    csv.field_size_limit(_LONGEST_FIELD)
    rows: list[list[str]] = []
    filled = 0
    try:
        for row in csv.reader(io.StringIO(lines), delimiter=separator(lines)):
            rows.append([_unforced(cell) for cell in row])
            filled += any(cell.strip() for cell in row)
            if filled > most:
                raise Unreadable("too-large", most=most)
    except csv.Error as error:
        raise Unreadable("content") from error
    return rows


def separator(text: str) -> str:
    """What separates the cells: a comma, unless nearly every line has as many of another sign."""
    lines = [line for line in text.split("\n", _SAMPLE)[:_SAMPLE] if line.strip()]
    comma = _regular(lines, ",")
    return max(_MARKS, key=lambda mark: _regular(lines, mark)) if any(
        _regular(lines, mark) > comma for mark in _MARKS
    ) else ","  # fmt: skip


def _regular(lines: Sequence[str], mark: str) -> int:
    """How often a sign stands in every line of a table; 0 where it does not separate cells. Lines
    above and below the table need not have it."""
    counts = Counter(line.count(mark) for line in lines if mark in line)
    if sum(counts.values()) < 2 or sum(counts.values()) * 2 < len(lines):
        return 0
    count, times = counts.most_common(1)[0]
    return count if times * 5 >= sum(counts.values()) * 4 else 0


def _unforced(cell: str) -> str:
    found = _FORCED.fullmatch(cell.strip())
    return found[1] if found else cell


def read_delimited(data: bytes, name: str, most: int) -> Sheet:
    """A table of text as a reader sees it. Unreadable when it is none."""
    cells: dict[Place, Cell] = {}
    flaws: dict[Place, Flaw] = {}
    for r, row in enumerate(records(decoded(data), most)):
        for c, typed in enumerate(row):
            if text := " ".join(typed.split()):
                cells[r, c] = Cell(text, Kind.NUMBER if _FIGURE.fullmatch(text) else Kind.TEXT)
                if flaw := text_flaw(text):
                    flaws[r, c] = flaw
    columns = tuple(sorted({column for _, column in cells}))
    filled = sorted({row for row, _ in cells})
    numbers = sorted({*filled, *(row + 1 for row in filled[:-1])})
    blank = Cell("", Kind.TEXT)
    return Sheet(
        name=name,
        known=(SheetName(name, is_hidden=False),),
        rows=tuple(tuple(cells.get((r, c), blank) for c in columns) for r in numbers),
        row_numbers=tuple(numbers),
        column_numbers=columns,
        flaws=flaws,
    )


def text_flaw(text: str) -> Flaw | None:
    """Why a cell of text cannot be taken over."""
    return Flaw.ROUNDED if _LOST.fullmatch(text) else flaw_of(text)
