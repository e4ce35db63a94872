"""The instants at which something may change: the one list that every other look ahead asks.

``next_change`` and ``why`` try those of items, opinions and duties for the first at which something
does change; the shortcut for builds at which only the clock has moved on ends at the first of all;
screens are told those at which an item comes or goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from gongkai.domain.model import Item, Library
from gongkai.domain.terms import Channel
from gongkai.status import appraisal, archive, inspections
from gongkai.status.congress import days_of
from gongkai.status.duties import Duties
from gongkai.status.opinions import SETTLED
from gongkai.status.surveys import survey_days

_DAY, _MOMENT = timedelta(days=1), timedelta(microseconds=1)


def hanging_instants(item: Item, library: Library) -> Iterator[datetime]:
    """When an item may come to hang, or go: by its days, by being taken down, by the end of its
    window, or when a later period may take its place."""
    start_of, least = library.site.start_of, library.catalogue.region.least
    yield item.publish
    yield start_of(item.first_day + timedelta(days=least))
    if item.leaves:
        yield item.leaves
    if item.notice:
        yield start_of(item.notice.last + _DAY)


def instants_of(library: Library, now: datetime) -> list[datetime]:
    """Every instant after ``now`` at which something may change, in order; more than do."""
    days, instants = set[date](), set[datetime]()
    for item in library.items:
        if not item.draft:
            is_over = item.expires is not None and item.expires <= now
            if not is_over:
                instants.update(hanging_instants(item, library))
                if item.expires:
                    instants.add(item.expires)
                days.update(_review_days(item, library))
            days.update(_days(item))
    for opinion in library.opinions:
        over = opinion.promised and opinion.promised + _DAY
        gone = opinion.replied and opinion.replied + SETTLED + _DAY
        found = (opinion.received, opinion.replied, opinion.due + _DAY, over, gone)
        days.update(day for day in found if day)
    days.update(days_of(library))
    days.update(inspections.days_of(library))
    days.update(inspections.next_days(library, now.date()))
    days.update(archive.days_of(now.date()))
    days.update(appraisal.days_of(library, now.date()))
    days.update(survey_days(library, now.date()))
    instants.update(library.site.start_of(day) for day in days if day > now.date())
    return sorted(instant for instant in instants if instant > now)


def failures_of(duties: Duties, library: Library, now: datetime) -> set[datetime]:
    """Every instant after ``now`` at which a duty may become missing, as far as is planned."""
    days = duties.next_failures(now.date())
    return {library.site.start_of(day) for day in days if day > now.date()}


def shown_instants(library: Library, now: datetime) -> Iterator[datetime]:
    """The instants after ``now`` at which nothing changes but what is shown: a new day, a reception
    that is over, an item of which a screen is told from then on."""
    yield library.site.start_of(now.date() + _DAY)
    for outlet in library.org.channels:
        yield from (at + _MOMENT for at in outlet.dated if at >= now)
    horizons = {board.id: timedelta(hours=board.screen.horizon) for board in library.boards}
    for item in library.items:
        if not item.draft and item.publish > now and Channel.SCREEN in item.channels:
            told = (item.publish - horizons[board] for board in item.boards if board in horizons)
            yield from (at for at in told if at > now)


def _days(item: Item) -> Iterator[date]:
    """The days of what is recorded in an item, which count even when its own time is over."""
    yield from (review.date for review in item.reviewed)
    yield from (step.date for step in item.steps if step.date)
    yield from (vote.date for vote in item.congress if vote.date)
    if item.approval and item.approval.date:
        yield item.approval.date
    yield from (posting.date for posting in item.posted)
    if item.withdrawn:
        yield item.withdrawn.date
    if item.outcome:
        yield item.outcome.date
    if item.notice:
        yield item.notice.first
        yield item.notice.last + _DAY


def _review_days(item: Item, library: Library) -> Iterator[date]:
    """When it becomes due, overdue and long overdue, after each of its confirmations."""
    if item.refresh is None:
        return
    if item.period:
        lag = timedelta(days=library.category(item).lag)
        ends = [item.period.next().end + lag]
        span = item.period.span
    else:
        bases = [item.first_day, *(review.date for review in item.reviewed)]
        ends = [item.refresh.after(base) for base in bases]
        span = item.refresh
    for end in ends:
        yield end - timedelta(days=library.catalogue.lead)
        yield end + _DAY
        yield span.after(end) + _DAY
