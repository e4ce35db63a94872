"""Windows in which something may be objected to, and the states in which they are judged."""

from __future__ import annotations

from gongkai.domain.calendar import WorkCalendar
from gongkai.domain.model import Window
from gongkai.domain.terms import DayUnit, State

JUDGED = (State.SCHEDULED, State.CURRENT)
"""States in which dates, notices, votes and privacy classes are judged; the past is evidence."""


def count_days(window: Window, unit: DayUnit, work: WorkCalendar) -> tuple[int, int]:
    """How many days a window has: with its first day, and without it."""
    if window.last < window.first:
        return 0, 0
    if unit is DayUnit.DAY:
        days = (window.last - window.first).days + 1
        return days, days - 1
    days = work.workdays(window.first, window.last)
    return days, days - work.is_workday(window.first)
