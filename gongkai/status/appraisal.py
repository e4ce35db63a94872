"""When a half-year is appraised. Days are plain dates in the site's zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from gongkai.domain.calendar import Grain, Period
from gongkai.domain.model import Library
from gongkai.status.duties import since

_DAY = timedelta(days=1)
GRACE = timedelta(days=30)
"""After the end of a half-year, within which it is appraised: our own."""
_TOLD = 3


def periods(library: Library, today: date) -> tuple[Period, ...]:
    """The half-years that are told on a day, the newest first: the running one; the last, and the
    one before that, as far as duties counted by their end."""
    begin = since(library) or today
    found = [Period.containing(today, Grain.HALF_YEAR)]
    while len(found) < _TOLD:
        found.append(Period.containing(found[-1].start - _DAY, Grain.HALF_YEAR))
    return (found[0], *(period for period in found[1:] if period.end >= begin))


def last_due(library: Library, today: date) -> Period | None:
    """The last half-year whose appraisal is due on a day; None before the first whole one."""
    running = Period.containing(today - GRACE, Grain.HALF_YEAR)
    last = Period.containing(running.start - _DAY, Grain.HALF_YEAR)
    begin = since(library)
    return last if begin and begin <= last.start else None


def days_of(library: Library, today: date) -> Iterator[date]:
    """The days on which something of this changes, as far as the next half-year."""
    if library.appraisal.own:
        yield from (score.date for score in library.appraisal.scores if score.date)
        running = Period.containing(today, Grain.HALF_YEAR)
        for period in (running, running.next()):
            yield from (period.start, period.start + GRACE)
