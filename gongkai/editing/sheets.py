"""Days as people write them, and what in a sheet cannot be trusted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

from gongkai.model import Value
from gongkai.source.privacy.numbers import personal_numbers
from gongkai.source.workbook.delimited import read_delimited
from gongkai.source.workbook.reading import Sheet, cell_name, read_sheet

MOST_ROWS = 5_000
_TEXTS = (".csv", ".tsv", ".txt")
_ERROR = re.compile(r"#(REF|DIV/0|VALUE|NAME|N/A|NUM|NULL)[!?]?")
_HAN = {**{one: n for n, one in enumerate("零一二三四五六七八九")}, "〇": 0, "○": 0, "0": 0}
_HAN_DAY = re.compile(
    r"([〇○零0一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_DAY = re.compile(r"(20\d\d|19\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_FIRST, _SERIALS = date(1899, 12, 30), range(20_000, 80_000)
"""What a spreadsheet counts days from, and how large such numbers are (1954 to 2119)."""


class Trouble(Value, frozen=True):
    """Why a file is not taken over: the key of a sentence under ``import`` and the cell."""

    key: str
    cell: str


def sheet_of(data: bytes, name: str, sheet: str | None, *, takes_hidden: bool = False) -> Sheet:
    """A table of text, or one sheet of a workbook. Unreadable when it is neither."""
    if name.lower().endswith(_TEXTS):
        return read_delimited(data, name, MOST_ROWS)
    return read_sheet(data, sheet, MOST_ROWS, takes_hidden=takes_hidden)


def troubles(sheet: Sheet) -> Iterator[Trouble]:
    """What keeps a sheet from being taken over, cell by cell."""
    found = {place: f"import.{flaw.value}" for place, flaw in sheet.flaws.items()}
    for row, cells in zip(sheet.row_numbers, sheet.rows, strict=True):
        for column, cell in zip(sheet.column_numbers, cells, strict=True):
            if next(personal_numbers(cell.text), None):
                found[row, column] = "import.personal"
            elif _ERROR.fullmatch(cell.text):
                found.setdefault((row, column), "import.formula-error")
    for place, key in sorted(found.items()):
        yield Trouble(key, cell_name(*place))


def day_of(text: str) -> date | None:
    """A day as people and spreadsheets write it: 2026-10-20, 2026.10.20, 2026年11月19日,
    二〇二六年一月十日, or the number by which a spreadsheet counts it."""
    plain = unicodedata.normalize("NFKC", text).strip()
    try:
        if found := _DAY.fullmatch(plain):
            return date(*map(int, found.groups()))
        if found := _HAN_DAY.fullmatch(text.strip()):
            year = int("".join(str(_HAN[one]) for one in found[1]))
            return date(year, _number(found[2]), _number(found[3]))
        if plain.isdigit() and int(plain) in _SERIALS:
            return _FIRST + timedelta(days=int(plain))
    except ValueError:
        return None
    return None


def _number(text: str) -> int:
    """``十一`` is 11, ``三十`` is 30."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return _HAN[text]
    return (_HAN[tens] if tens else 1) * 10 + (_HAN[ones] if ones else 0)
