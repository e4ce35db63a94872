"""``notice/*``: a 公示 seeks opinions, so it needs a window, a channel, and an outcome.

公示 in the sense of 劳动合同法第四条 only makes known (``made-known``); it has no window.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from gongkai.domain.calendar import WorkCalendar
from gongkai.domain.finding import Finding
from gongkai.domain.model import Category, Item, Library, Window
from gongkai.domain.terms import DayUnit, Kind, State
from gongkai.rules.found import about, judged
from gongkai.status.standing import Standings
from gongkai.status.windows import count_days


def check(standings: Standings) -> Iterator[Finding]:
    """Scheduled and current items that are a 公示, or have an objection window."""
    library = standings.library
    for standing in judged(standings):
        item, window = standing.item, standing.item.notice
        if window is None:
            if item.kind is Kind.NOTICE and not item.made_known:
                yield about(item, "notice/no-window", "kind notice title")
            continue
        yield from _too_short(item, window, library.category(item), library.catalogue.work)
        yield from _channel_and_end(item, window)
        yield from _provisional(item, window, library.category(item), library.catalogue.work)
        is_over = standings.today > window.last and standing.state is State.CURRENT
        if is_over and item.outcome is None:
            yield about(item, "notice/no-outcome", "notice", last=window.last)


def complies(item: Item, library: Library) -> bool:
    """Was a notice as it has to be: long enough, with a channel, not taken down before its end?"""
    window = item.notice
    if window is None:
        return item.made_known
    category = library.category(item)
    faults = [*_too_short(item, window, category, library.catalogue.work)]
    return not faults and not any(_channel_and_end(item, window))


def _too_short(
    item: Item, window: Window, category: Category, work: WorkCalendar
) -> Iterator[Finding]:
    own = window.unit or category.unit
    limits = {(window.days, own), (category.window, category.unit)}
    for least, unit in sorted(limits, key=str):
        counted, strict = count_days(window, unit, work)
        reached = strict if category.strict else counted
        if least is not None and reached < least:
            values = {"counted": counted, "strict": strict, "least": least, "unit": unit}
            case = "strict" if category.strict else ""
            yield about(item, "notice/too-short", "notice.to notice", case, **values)
            return


def _provisional(
    item: Item, window: Window, category: Category, work: WorkCalendar
) -> Iterator[Finding]:
    """Working days of a year for which the State Council has announced nothing yet, or of which
    nothing is known here, are counted Monday to Friday."""
    counts_workdays = DayUnit.WORKDAY in (window.unit or category.unit, category.unit)
    if counts_workdays and work.is_provisional(window.first, window.last):
        years = range(window.first.year, min(window.last.year, window.first.year + 9) + 1)
        unknown = [
            year for year in years if work.is_provisional(date(year, 1, 1), date(year, 1, 1))
        ]
        yield about(item, "calendar/provisional", "notice.to notice", "", years=unknown)


def _channel_and_end(item: Item, window: Window) -> Iterator[Finding]:
    if not window.channel:
        yield about(item, "notice/no-channel", "notice")
    window_end = datetime.combine(window.last, time.min, item.publish.tzinfo) + timedelta(days=1)
    if item.expires and item.expires < window_end:
        values = {"expires": item.last_day, "last": window.last}
        yield about(item, "notice/outlived", "expires", "", **values)
