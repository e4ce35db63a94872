"""The cells of a sheet as text, as exactly as the file has them, and what cannot be trusted."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from gongkai.model import Value
from gongkai.source.privacy.numbers import personal_numbers
from gongkai.source.spreadsheet import read_book

MOST_ROWS = 5_000
_LOSES = 10**15
"""From here on a spreadsheet keeps only the first fifteen digits of a number."""
_NOISE = 4
"""Decimals beyond which a number was worked out and not typed."""
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


class Grid(Value, frozen=True):
    """A sheet: its name, the names of all, its cells as text, and spans of merged cells as row,
    first and last column. ``rounded`` names cells of which fewer decimals were taken over."""

    sheet: str
    known: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[tuple[int, int, int], ...]
    rounded: tuple[str, ...]
    troubles: tuple[Trouble, ...]


def place(row: int, column: int) -> str:
    """``C4``, for the third column of the fourth row, both counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def grid_of(data: bytes, name: str, sheet: str | None) -> Grid:
    """The cells of a .csv, or of one sheet of a workbook. Unreadable when it is neither."""
    if name.lower().endswith(".csv"):
        text = _decoded(data)
        rows = [list(row) for row in csv.reader(io.StringIO(text))]
        return _grid({"name": name, "known": [name], "rows": rows, "merged": []})
    return _grid(read_book(data, sheet, MOST_ROWS))


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-16", "replace")


def _grid(book: Mapping[str, Any]) -> Grid:
    decimals = {(row, column): count for row, column, count in book.get("decimals", ())}
    rounded: list[str] = []
    rows = []
    for r, row in enumerate(book["rows"]):
        cells = []
        for c, value in enumerate(row):
            text, is_rounded = _text(value, decimals.get((r, c)))
            rounded += [place(r, c)] if is_rounded else []
            cells.append(text)
        rows.append(tuple(cells))
    spans = [(a[0], a[1], b[1]) for a, b in book["merged"] if a[0] == b[0]]
    troubles = [Trouble("import.no-value", place(*at)) for at in book.get("formulas", ())]
    troubles += [Trouble("import.formula-error", place(*at)) for at in book.get("errors", ())]
    troubles += _troubles(book["rows"], rows)
    return Grid(
        sheet=book["name"],
        known=tuple(book["known"]),
        rows=tuple(rows),
        merged=tuple(spans),
        rounded=tuple(rounded),
        troubles=tuple(troubles),
    )


def _text(value: Any, decimals: int | None) -> tuple[str, bool]:
    """A cell as text, and whether decimals were left out that nobody was shown."""
    if isinstance(value, dict):
        return str(value["day"]), False
    if isinstance(value, bool):
        return ("是" if value else "否"), False
    if not isinstance(value, (int, float)):
        return " ".join(str(value).split()) if value is not None else "", False
    exact = Decimal(repr(value))
    if exact == exact.to_integral():
        return f"{exact:.0f}" if not decimals else f"{exact:.{decimals}f}", False
    digits = -int(exact.as_tuple().exponent)
    if digits <= _NOISE:
        return f"{exact:.{max(digits, decimals or 0)}f}", False
    if decimals is None:
        return f"{exact:f}", False
    return f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}", True


def _troubles(values: list[list[Any]], rows: list[tuple[str, ...]]) -> Iterator[Trouble]:
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            value = values[r][c]
            is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
            if is_number and abs(value) >= _LOSES:
                yield Trouble("import.rounded", place(r, c))
            elif next(personal_numbers(text), None):
                yield Trouble("import.personal", place(r, c))
            elif _ERROR.fullmatch(text):
                yield Trouble("import.formula-error", place(r, c))


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
