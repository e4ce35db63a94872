"""What one line of text can mean: days, instants, periods, spans, numbers, yes and no."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.domain.calendar import Period, Span, start_of
from gongkai.domain.finding import Both
from gongkai.domain.labels import CHINESE
from gongkai.source.problems import Mistake
from gongkai.source.shapes import Choice, ListOf, Scalar
from gongkai.source.yaml import find_control

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?", re.ASCII)
_TIME_BEHIND = re.compile(r"[\sT]+\d{1,2}[:时]\d\d分?$")
_LOOSE_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_SPAN = re.compile(r"(\d{1,4}) ?(days?|weeks?|months?|years?|天|日|周|个?月|年)", re.ASCII)
_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_ID = re.compile(rf"[a-z0-9{_HAN}][a-z0-9{_HAN}-]*")
LONGEST_ID = 80
LONGEST_TEXT, LONGEST_LINE = 20_000, 200

REPEATS: dict[str, Span | None] = {
    "monthly": Span(months=1),
    "每月": Span(months=1),
    "quarterly": Span(months=3),
    "每季": Span(months=3),
    "half-yearly": Span(months=6),
    "每半年": Span(months=6),
    "yearly": Span(months=12),
    "每年": Span(months=12),
    "never": None,
    "无需": None,
}


FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Between which days may lie."""


def read_day(text: str) -> date:
    """``2026-11-09``, nothing else; the mistake suggests the spelling meant."""
    found = _DAY.fullmatch(text)
    if not found:
        raise Mistake("format/type", "day", found=text[:30], near=_day_meant(text))
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        raise Mistake("format/type", "no-such-day", found=text) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Mistake("format/type", "far-day", found=text, first=FIRST_YEAR, last=LAST_YEAR)
    return day


def _day_meant(text: str) -> str:
    plain = _TIME_BEHIND.sub("", unicodedata.normalize("NFKC", text)).replace(" ", "")
    found = _LOOSE_DAY.fullmatch(plain)
    if not found:
        return ""
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return ""


def _moment_meant(text: str) -> str:
    """``2026-11-01 8:00`` is 2026-11-01 08:00."""
    found = re.fullmatch(
        r"(\S+?)[\sT]+(\d{1,2})[:时](\d\d)分?", unicodedata.normalize("NFKC", text)
    )
    day = _day_meant(found[1]) if found else ""
    return f"{day} {int(found[2]):02}:{found[3]}" if found and day and int(found[2]) < 25 else ""


class Moment:
    """A day or a day with a time, in a zone; an end day counts through its last instant."""

    def __init__(self, zone: ZoneInfo, end: bool = False) -> None:
        self.zone = zone
        self.end = end

    def __call__(self, text: str) -> datetime:
        found = _MOMENT.fullmatch(text)
        if not found:
            if near := _moment_meant(text):
                raise Mistake("format/type", "day", found=text[:30], near=near)
            day = read_day(text)
            return start_of(date.fromordinal(day.toordinal() + 1) if self.end else day, self.zone)
        day = read_day(found[1])
        hour, minute, second = int(found[2]), int(found[3]), int(found[4] or 0)
        if hour > 23 or minute > 59 or second > 59:
            near = self._midnight(day) if (hour, minute, second) == (24, 0, 0) else ""
            raise Mistake("format/type", "no-such-time", found=text, near=near)
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=self.zone)

    def _midnight(self, day: date) -> str:
        """What 24:00 means: an end through that day, or a beginning on the next."""
        return (day if self.end else date.fromordinal(day.toordinal() + 1)).isoformat()


_FOR_EVER = ("永久", "永远", "永久有效", "长期有效", "长久", "无限期", "不限", "forever", "always")


def read_end(zone: ZoneInfo) -> Callable[[str], datetime | str]:
    """An end day, or ``never`` / 长期, returned as the text ``never``."""
    moment = Moment(zone, end=True)

    def read(text: str) -> datetime | str:
        if text in _FOR_EVER:
            near = "长期" if text > "\x7f" else "never"
            raise Mistake("format/type", "day", found=text, near=near)
        if text in ("never", "长期"):
            return "never"
        try:
            return moment(text)
        except Mistake as mistake:
            if mistake.case == "far-day" and text[:4] > str(LAST_YEAR):  # as 9999-12-31 is meant
                mistake.values = {**mistake.values, "near": Both("长期", "never")}
            raise

    return read


def read_period(text: str) -> Period:
    """``2026-10``, ``2026-Q3``, ``2026-H1`` or ``2026``."""
    try:
        return Period.parse(text)
    except ValueError:
        plain = unicodedata.normalize("NFKC", text)
        loose = re.fullmatch(r"(\d{4})[-./年](\d{1,2})月?", plain)
        near = f"{loose[1]}-{int(loose[2]):02}" if loose and 1 <= int(loose[2]) <= 12 else ""
        raise Mistake("format/type", "period", found=text[:30], near=near) from None


def read_refresh(text: str) -> Span | str:
    """A span, a rhythm in words, or ``never``, returned as the text ``never``."""
    if text in REPEATS:
        return REPEATS[text] or "never"
    found = _SPAN.fullmatch(text)
    if not found or int(found[1]) == 0:
        raise Mistake("format/unknown-value", "refresh", found=text[:30])
    count, unit = int(found[1]), found[2]
    if count > 999:
        raise Mistake("format/unknown-value", "refresh", found=text[:30])
    if unit.startswith("week") or unit == "周":
        return Span(days=count * 7)
    if unit.startswith("day") or unit in ("天", "日"):
        return Span(days=count)
    return Span(months=count * (12 if unit.startswith("year") or unit == "年" else 1))


def read_whole(text: str) -> int:
    """A count: digits, with thousands separators if need be."""
    if not re.fullmatch(r"\d{1,9}|\d{1,3}(,\d{3}){1,3}", text, re.ASCII):
        raise Mistake("format/type", "number", found=text[:30])
    return int(text.replace(",", ""))


def whole(most: int) -> Scalar:
    """A count up to a bound, such as days that a calendar can hold."""

    def read(text: str) -> int:
        count = read_whole(text)
        if count > most:
            raise Mistake("format/type", "too-much", found=text[:30], most=most)
        return count

    return Scalar(read)


def read_decimal(text: str) -> float:
    """A positive number with or without a fraction, such as a distance in metres."""
    if not re.fullmatch(r"\d{1,6}(\.\d{1,3})?", text, re.ASCII):
        raise Mistake("format/type", "number", found=text[:30])
    return float(text)


def read_flag(text: str) -> bool:
    """``true`` or ``false``, 是 or 否."""
    if text in ("true", "True", "是"):
        return True
    if text in ("false", "False", "否"):
        return False
    raise Mistake("format/type", "flag", found=text[:30])


def read_id(text: str) -> str:
    """An id: lower-case letters, digits, ``-`` and Chinese characters; never a path."""
    if len(text) > LONGEST_ID or not _ID.fullmatch(text):
        raise Mistake("format/type", "id", found=text[:30])
    return text


_VERSION = re.compile(r"[0-9a-f]{8}")


def read_version(text: str) -> str:
    """The version of an item as its sheets print it: 8 hex digits, in either case."""
    if not _VERSION.fullmatch(text.lower()):
        raise Mistake("format/type", "version", found=text[:30])
    return text.lower()


def read_text(text: str) -> str:
    """Any text that is not empty, without the blanks around it."""
    plain = text.strip()
    if not plain:
        raise Mistake("format/type", "empty")
    if find_control(plain):
        raise Mistake("format/type", "control")
    if len(plain) > LONGEST_TEXT:
        raise Mistake("format/type", "too-long", most=LONGEST_TEXT)
    return plain


_LINE_END = re.compile(r"\s*\n\s*")


def read_line(text: str) -> str:
    """A title, a name or the like: a text that has to fit over or beside others, on one line."""
    plain = _LINE_END.sub(" ", read_text(text))
    if len(plain) > LONGEST_LINE:
        raise Mistake("format/type", "too-long", most=LONGEST_LINE)
    return plain


def read_body(text: str) -> str:
    """A body in a YAML file: as typed, but for characters that nobody can see."""
    if find_control(text):
        raise Mistake("format/type", "control")
    return text


def words_of(values: Iterable[Enum]) -> Mapping[str, Any]:
    """Every value under both of its names."""
    return {word: value for value in values for word in (value.value, CHINESE[value])}


def choice(kind: type[Enum]) -> Choice:
    """One value of an enum, in either language."""
    return Choice(words_of(kind))


TEXT = Scalar(read_text)
LINE = Scalar(read_line)
TEXTS = ListOf(TEXT)
DAY = Scalar(read_day)
WHOLE = Scalar(read_whole)
DAYS = whole(3_660)
DECIMAL = Scalar(read_decimal)
FLAG = Scalar(read_flag)
ID = Scalar(read_id)
PERIOD = Scalar(read_period)
REFRESH = Scalar(read_refresh)
