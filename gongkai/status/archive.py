"""When a year's archive is handed over. Days are plain dates in the site's zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

_MONTH, _DAY = 6, 30
"""Through the first half of the following year: custom; no text was obtained."""


def archive_due(day: date) -> date:
    """The last day for the archive of the year in which something was made public."""
    return date(day.year + 1, _MONTH, _DAY)


def days_of(today: date) -> Iterator[date]:
    """The days on which an archive may come to be late, as far as the next."""
    yield from (date(year, _MONTH + 1, 1) for year in (today.year, today.year + 1))
