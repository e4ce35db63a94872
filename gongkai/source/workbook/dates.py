"""Days and times as spreadsheets show them, counted in days from 1900 or 1904."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

from gongkai.source.workbook.errors import Unshown
from gongkai.source.workbook.numerals import by_digit, ordinal

if TYPE_CHECKING:
    from gongkai.source.workbook.formats import FormatSection, FormatToken

_ZERO, _ZERO_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LEAP = 60
"""The 29th of February 1900, which there never was: days up to it are counted one too high."""
_LAST = 2_958_465
"""The last day of the year 9999."""
_DAY = 86_400
_WEEKDAYS = "一二三四五六日"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_ENGLISH = ("", "409", "809", "1009", "en-us", "en-gb")
_CHINESE = ("804", "zh-cn", "2052")


class _Moment(NamedTuple):
    """A value taken apart. ``seconds`` count from its midnight and may have decimals."""

    serial: int
    day: date | None
    seconds: Decimal
    whole: Decimal
    """All its seconds, for hours beyond a day."""


def show_date(number: Decimal, section: FormatSection, *, since_1904: bool) -> str:
    """A day, a time or a length of time through the letters of a section."""
    if number < 0:
        raise Unshown  # the program shows ####
    tokens = list(_with_minutes(section.tokens))
    decimals = _decimals(tokens)
    moment = _moment(number, decimals, since_1904=since_1904)
    is_half = any(token.kind == "half" for token in tokens)
    made: list[str] = []
    n = 0
    while n < len(tokens):
        token = tokens[n]
        if token == ("plain", ".") and n + 1 < len(tokens) and tokens[n + 1].kind == "digit":
            made.append(_part_of_second(moment, decimals))
            n += 1 + decimals
            continue
        made.append(_piece(token, moment, section, is_half=is_half))
        n += 1
    return "".join(made)


def _with_minutes(tokens: tuple[FormatToken, ...]) -> Iterator[FormatToken]:
    """The tokens, with ``m`` told apart: a minute stands behind an hour or before a second."""
    letters = [n for n, token in enumerate(tokens) if token.kind in ("date", "elapsed")]
    for n, token in enumerate(tokens):
        kind, text = token.kind, token.text.lower()
        if kind == "date" and text[0] == "m" and len(text) <= 2:
            at = letters.index(n)
            before = tokens[letters[at - 1]].text[:1].lower() if at else ""
            after = tokens[letters[at + 1]].text[:1].lower() if at + 1 < len(letters) else ""
            if before == "h" or after == "s":
                text = text.replace("m", "n")
        yield token._replace(text=text if kind in ("date", "elapsed") else token.text)


def _decimals(tokens: list[FormatToken]) -> int:
    """How many digits of a second are shown."""
    count = 0
    for n, token in enumerate(tokens):
        if token.kind == "digit":
            if token.text != "0" or (not count and tokens[n - 1] != ("plain", ".")):
                raise Unshown
            count += 1
    return count


def _moment(number: Decimal, decimals: int, *, since_1904: bool) -> _Moment:
    whole = (number * _DAY).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    serial = int(whole // _DAY)
    if serial > _LAST:
        raise Unshown
    if since_1904:
        day: date | None = _ZERO_1904 + timedelta(days=serial)
    elif serial > _LEAP:
        day = _ZERO + timedelta(days=serial)
    else:
        day = _ZERO + timedelta(days=serial + 1) if 0 < serial < _LEAP else None
    return _Moment(serial, day, whole - serial * _DAY, whole)


def _part_of_second(moment: _Moment, decimals: int) -> str:
    return "." + f"{moment.seconds % 1:.{decimals}f}"[2:]


def _piece(token: FormatToken, moment: _Moment, section: FormatSection, *, is_half: bool) -> str:
    if token.kind in ("literal", "plain"):
        return token.text
    if token.kind == "half":
        return _half(token.text, moment)
    if token.kind == "elapsed":
        return _elapsed(token.text, moment)
    if token.kind != "date":
        raise Unshown
    letter = token.text[0]
    if letter in "hns":
        return _of_clock(token.text, moment, section, is_half=is_half)
    if moment.day is None:
        raise Unshown
    return _of_day(token.text, moment.day, section)


def _half(text: str, moment: _Moment) -> str:
    is_late = moment.seconds >= _DAY // 2
    return text.split("/")[is_late]


def _elapsed(text: str, moment: _Moment) -> str:
    unit = {"h": 3600, "m": 60, "s": 1}[text[0]]
    return f"{int(moment.whole // unit):0{len(text)}d}"


def _of_clock(text: str, moment: _Moment, section: FormatSection, *, is_half: bool) -> str:
    seconds = int(moment.seconds.to_integral(ROUND_DOWN))
    value = {"h": seconds // 3600, "n": seconds // 60 % 60, "s": seconds % 60}[text[0]]
    if text[0] == "h" and is_half:
        value = value % 12 or 12
    return _figure(value, text, section)


def _of_day(text: str, day: date, section: FormatSection) -> str:
    letter, length = text[0], len(text)
    if letter in "ye":
        year = f"{day.year:04d}" if length > 2 or letter == "e" else f"{day.year % 100:02d}"
        return by_digit(year, section.numerals) if section.numerals else year
    if letter == "a":
        return ("星期" if length > 3 else "") + _WEEKDAYS[day.weekday()]
    if letter == "m" and length > 2:
        return _month_name(day.month, length, section)
    if letter == "d" and length > 2:
        return _day_name(day.weekday(), length, section)
    if letter in "md":
        return _figure(day.month if letter == "m" else day.day, text, section)
    raise Unshown  # years of emperors


def _month_name(month: int, length: int, section: FormatSection) -> str:
    if section.locale in _CHINESE and length == 4:
        return f"{ordinal(month, 'dbnum1')}月"
    if section.locale not in _ENGLISH:
        raise Unshown
    name = _MONTHS[month - 1]
    return {3: name[:3], 4: name, 5: name[0]}.get(length, name)


def _day_name(weekday: int, length: int, section: FormatSection) -> str:
    if section.locale in _CHINESE:
        return ("周" if length == 3 else "星期") + _WEEKDAYS[weekday]
    if section.locale not in _ENGLISH:
        raise Unshown
    return _DAYS[weekday][:3] if length == 3 else _DAYS[weekday]


def _figure(value: int, text: str, section: FormatSection) -> str:
    if section.numerals:
        return ordinal(value, section.numerals)
    return f"{value:0{min(len(text), 2)}d}"
