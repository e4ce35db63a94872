"""``content/calendar.yml``: the holidays of years that this program does not know yet, as the State
Council announces them. The notice's own words are enough; they are read here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.source.document import read_document
from gongkai.source.problems import Mistake, Problem
from gongkai.source.scalars import DAY, TEXT
from gongkai.source.shapes import BAD, Key, ListOf, Record, Scalar

PATH = "content/calendar.yml"
_NAMES = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
_ASIDE = re.compile(r"[（(][^（）()]{0,40}[）)]")
_STEP = re.compile(
    r"(?:(?P<y1>20\d\d)年)?(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日"
    r"(?:[至到—-](?:(?P<y2>20\d\d)年)?(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日)?"
    r"|(?P<off>放假)|(?P<work>上班)|共(?P<count>\d{1,2})天|(?P<end>[。；;\n])"
)


def read_year(text: str) -> int:
    """A year of this century or the next."""
    if not text.isascii() or not text.isdigit() or not 2000 <= int(text) <= 2199:
        raise Mistake("format/type", "number", key="workdays", found=text[:20])
    return int(text)


@cache
def calendar_shape() -> Record:
    """The shape of ``content/calendar.yml``."""
    row = Record(
        dict,
        Key("year", "年份", Scalar(read_year), need=True),
        Key("notice", "文号", TEXT, need=True),
        Key("text", "通知", TEXT),
        Key("holidays", "放假", ListOf(DAY)),
        Key("worked", "上班", ListOf(DAY)),
    )
    return Record(dict, Key("years", "放假安排", ListOf(row), need=True))


def read_calendar(root: Path) -> tuple[dict[int, dict[str, Any]], list[Problem]]:
    """The years of a site's own calendar. A year that cannot be read is as if it were not there."""
    path = root / PATH
    if not path.is_symlink() and not path.exists():
        return {}, []
    value, reading = read_document(path, calendar_shape())
    if value is BAD:
        return {}, reading.problems
    years, problems = {}, [*reading.problems]
    for row in value.get("years", ()):
        try:
            years[row["year"]] = _year(row)
        except Mistake as mistake:
            values = {**mistake.values, "key": row["year"]}
            problems.append(Problem(mistake.rule, 1, 1, mistake.case, values))
    return years, [*problems, *misplaced(years)]


def _year(row: Mapping[str, Any]) -> dict[str, Any]:
    off, worked = announced(row["year"], row["text"]) if row.get("text") else ((), ())
    if not off and not row.get("holidays"):
        raise Mistake("format/missing", "holidays", names=list(_NAMES))
    return {
        "notice": row["notice"],
        "holidays": (*off, *row.get("holidays", ())),
        "worked": (*worked, *row.get("worked", ())),
    }


def misplaced(years: Mapping[int, Any]) -> Iterator[Problem]:
    """Days of a year that lie in another year, or are both off and worked."""
    for year, row in years.items():
        days = [*row["holidays"], *row["worked"]]
        for day in sorted({day for day in days if day.year != year or days.count(day) > 1}):
            yield Problem("dates/order", 1, 1, "calendar", {"day": day, "key": year})


def announced(year: int, text: str) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """The days off and the weekend days that are worked, out of a notice's words.

    Mistake where a holiday of the year is not in it, where a stated number of days is not that of
    the days named, or where a working day is no weekend: then something was read wrong.
    """
    if missing := [name for name in _NAMES if name not in text]:
        raise Mistake("format/missing", "holidays", names=missing)
    off: set[date] = set()
    worked: set[date] = set()
    pending: list[date] = []
    latest: list[date] = []
    for found in _STEP.finditer(_ASIDE.sub("", text)):
        if found["m1"]:
            pending += _days(year, found)
        elif found["off"]:
            off, latest, pending = off | {*pending}, pending or latest, []
        elif found["work"]:
            worked, pending = worked | {*pending}, []
        elif found["count"] and latest and len(latest) != int(found["count"]):
            values = {"count": found["count"], "named": len(latest), "day": latest[0]}
            raise Mistake("dates/order", "holiday-count", **values)
        elif found["end"]:
            pending = []
    for day in sorted(worked):
        if day.weekday() < _SATURDAY:
            raise Mistake("dates/order", "worked-weekday", day=day)
    weekdays = (day for day in off if day.weekday() < _SATURDAY and day.year == year)
    return tuple(sorted(weekdays)), tuple(sorted(day for day in worked if day.year == year))


_SATURDAY = 5
_LONGEST = 15
"""Days that no holiday lasts."""


def _days(year: int, found: re.Match[str]) -> list[date]:
    """The days of one span of a notice, both ends included."""
    try:
        first = date(int(found["y1"] or year), int(found["m1"]), int(found["d1"]))
        month = int(found["m2"] or found["m1"])
        last_year = int(found["y2"] or (year if found["m2"] else first.year))
        last = date(last_year, month, int(found["d2"])) if found["d2"] else first
    except ValueError as error:
        raise Mistake("format/type", "no-such-day", found=found[0]) from error
    count = (last - first).days + 1
    if not 1 <= count <= _LONGEST:
        raise Mistake("format/type", "no-such-day", found=found[0])
    return [first + timedelta(n) for n in range(count)]
