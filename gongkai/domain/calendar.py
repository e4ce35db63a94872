"""Days, periods, spans and working days. Pure arithmetic; nothing here asks what time it is."""

from __future__ import annotations

import calendar as months
import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from gongkai.domain.listed import Listed


class Grain(Listed):
    """How long a period is, or why a duty has none."""

    MONTH = "month"
    """One item a month."""
    QUARTER = "quarter"
    """One item a quarter."""
    HALF_YEAR = "half-year"
    """One item every six months."""
    YEAR = "year"
    """One item a year."""
    EVENT = "event"
    """One item whenever the matter arises."""
    STANDING = "standing"
    """Shown as long as it holds."""

    @property
    def months(self) -> int:
        """Length in months; 0 for events and standing matters, which have no periods."""
        return {"month": 1, "quarter": 3, "half-year": 6, "year": 12}.get(self.value, 0)


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a day begins in a zone (00:00 there)."""
    return datetime.combine(day, time.min, zone)


def add_months(day: date, count: int) -> date:
    """The same day some months on, clamped: 31 January plus one month is 28 or 29 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    month += 1
    return date(year, month, min(day.day, months.monthrange(year, month)[1]))


class Span(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A length of time in whole months or days; one of the two is 0."""

    months: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """The day this long after another; months clamp to the month's end."""
        return add_months(day, self.months) + timedelta(days=self.days)


_PERIOD = re.compile(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?")


class Period(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What an item is about: a month, a quarter, half a year or a year. ``index`` counts from 1."""

    year: int
    grain: Grain
    index: int

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2026-10``, ``2026-Q3``, ``2026-H1`` or ``2026``; ValueError for anything else."""
        found = _PERIOD.fullmatch(text)
        if not found or not 1900 <= int(found[1]) <= 2200:
            raise ValueError(text)
        year, month, quarter, half = found.groups()
        if month:
            return cls(int(year), Grain.MONTH, int(month))
        if quarter:
            return cls(int(year), Grain.QUARTER, int(quarter))
        if half:
            return cls(int(year), Grain.HALF_YEAR, int(half))
        return cls(int(year), Grain.YEAR, 1)

    @property
    def order(self) -> int:
        """Periods of one grain sort by this."""
        return self.year * 12 + self.index

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, (self.index - 1) * self.grain.months + 1, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return _end_of(self)

    @property
    def span(self) -> Span:
        """How long it is."""
        return Span(months=self.grain.months)

    def next(self) -> Period:
        """The period that follows."""
        return _after(self)

    @classmethod
    def containing(cls, day: date, grain: Grain) -> Period:
        """The period of a grain in which a day lies."""
        return cls(day.year, grain, (day.month - 1) // grain.months + 1)

    def __str__(self) -> str:
        mark = {"month": "-%02d", "quarter": "-Q%d", "half-year": "-H%d"}.get(self.grain.value)
        return str(self.year) + (mark % self.index if mark else "")


@lru_cache(maxsize=4096)  # thousands of items share a few dozen periods
def _end_of(period: Period) -> date:
    return add_months(period.start, period.grain.months) - timedelta(days=1)


@lru_cache(maxsize=4096)
def _after(period: Period) -> Period:
    return Period.containing(period.end + timedelta(days=1), period.grain)


class WorkCalendar(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Working days with 调休: official holidays, and weekends that are worked in exchange.

    Years without official data count Monday to Friday and are provisional. ``notices`` are the
    numbers of the official notices by year.
    """

    holidays: frozenset[date]
    worked: frozenset[date]
    years: frozenset[int]
    notices: tuple[tuple[int, str], ...] = ()

    def is_workday(self, day: date) -> bool:
        """Is this a working day, as far as is known?"""
        if day in self.worked:
            return True
        return day.weekday() < 5 and day not in self.holidays

    def workdays(self, first: date, last: date) -> int:
        """How many working days there are from ``first`` through ``last``; 0 if it is the other
        way round."""
        span = range((last - first).days + 1)
        return sum(self.is_workday(first + timedelta(days=n)) for n in span)

    def is_provisional(self, first: date, last: date) -> bool:
        """Does the count rest on a year for which no official calendar is known?"""
        return any(year not in self.years for year in range(first.year, last.year + 1))

    def awaited(self, today: date) -> int | None:
        """The year whose official calendar should be looked for: this one, or from November on,
        when it is announced, the next; None if both are known."""
        if today.year not in self.years:
            return today.year
        is_announced = today.month >= _ANNOUNCED and today.year + 1 not in self.years
        return today.year + 1 if is_announced else None


_ANNOUNCED = 11
"""The month in which the State Council tells the holidays of the year after."""
