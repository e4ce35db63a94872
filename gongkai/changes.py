"""The next instant at which anything changes, so that a site is rebuilt then and not before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from gongkai.model import Item, Library, Opinion, Value
from gongkai.standing import Standing, Standings, stand

_DAY = timedelta(days=1)


class Change(Value, frozen=True):
    """One thing that is different after an instant; ``what`` names the aspect."""

    what: str
    before: Any
    after: Any
    item: str | None = None
    opinion: str | None = None


class Next(Value, frozen=True):
    """The next instant at which something changes, and what; both empty when nothing ever will."""

    at: datetime
    next: datetime | None
    changes: tuple[Change, ...]


def next_change(standings: Standings) -> Next:
    """The first instant after ``standings.now`` at which an item or an opinion changes."""
    library, now = standings.library, standings.now
    before = _snapshot(standings)
    for instant in sorted(set(instants_of(library))):
        if instant > now:
            changes = tuple(_differences(before, _snapshot(stand(library, instant))))
            if changes:
                return Next(at=now, next=instant, changes=changes)
    return Next(at=now, next=None, changes=())


def _snapshot(standings: Standings) -> Mapping[tuple[str, str], Mapping[str, Any]]:
    today = standings.today
    seen = {("item", one.item.id): _item_aspects(one, today) for one in standings.all()}
    opinions = standings.library.opinions
    return seen | {("opinion", one.id): _opinion_aspects(one, today) for one in opinions}


def _item_aspects(standing: Standing, today: date) -> Mapping[str, Any]:
    item, window = standing.item, standing.item.notice
    phase = None
    if window:
        phase = "open" if window.is_open(today) else "before" if today < window.first else "over"
    records = len(item.steps) + len(item.reviewed) + bool(item.outcome)
    return {
        "state": standing.state.value,
        "freshness": standing.freshness.value if standing.freshness else None,
        "boards": list(standing.boards),
        "notice": phase,
        "records": records,
    }


def _opinion_aspects(opinion: Opinion, today: date) -> Mapping[str, Any]:
    if opinion.received > today:
        return {"opinion": None}
    if opinion.is_closed(today):
        return {"opinion": "closed"}
    return {"opinion": "open" if today <= opinion.due else "overdue"}


def _differences(
    before: Mapping[tuple[str, str], Mapping[str, Any]],
    after: Mapping[tuple[str, str], Mapping[str, Any]],
) -> Iterator[Change]:
    for key, aspects in before.items():
        for what, value in aspects.items():
            if after[key][what] != value:
                kind, name = key
                yield Change(
                    what=what,
                    before=value,
                    after=after[key][what],
                    item=name if kind == "item" else None,
                    opinion=name if kind == "opinion" else None,
                )


def instants_of(library: Library) -> Iterator[datetime]:
    """Every instant at which something may change; more than do."""
    for item in library.items:
        if not item.draft:
            yield item.publish
            if item.expires:
                yield item.expires
            for day in _days(item, library):
                yield library.site.start_of(day)
    for opinion in library.opinions:
        days = (opinion.received, opinion.replied, opinion.due + _DAY)
        yield from (library.site.start_of(day) for day in days if day)


def _days(item: Item, library: Library) -> Iterator[date]:
    yield item.first_day + timedelta(days=library.catalogue.region.minimum or 0)
    yield from (review.date for review in item.reviewed)
    yield from (step.date for step in item.steps if step.date)
    if item.withdrawn:
        yield item.withdrawn.date
    if item.outcome:
        yield item.outcome.date
    if item.notice:
        yield item.notice.first
        yield item.notice.last + _DAY
    yield from _review_days(item, library)


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
