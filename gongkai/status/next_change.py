"""The next instant at which anything changes, so that a site is rebuilt then and not before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from msgspec import structs

from gongkai.domain.model import Library, Opinion, Value
from gongkai.domain.terms import Handled, State
from gongkai.status.duties import Duties, Duty
from gongkai.status.instants import failures_of, instants_of, shown_instants
from gongkai.status.opinions import is_told, raise_one
from gongkai.status.standing import Standing, Standings, stand


class StatusChange(Value, frozen=True):
    """One thing that is different after an instant; ``what`` names the aspect."""

    what: str
    before: Any
    after: Any
    item: str | None = None
    opinion: str | None = None
    duty: str | None = None


class Next(Value, frozen=True):
    """The next instant at which something changes, and what; both empty when nothing ever will."""

    at: datetime
    next: datetime | None
    changes: tuple[StatusChange, ...]


def next_change(standings: Standings) -> Next:
    """The first instant after ``standings.now`` at which an item, a duty or an opinion changes."""
    library, now = _moving(standings), standings.now
    duties = standings.duties
    before, missing = stand(library, now), duties.missing(now.date())
    for instant in _instants(library, duties, now):
        changes = tuple(_differences(before, stand(library, instant)))
        changes += tuple(_duties_changed(missing, duties.missing(instant.date())))
        if changes:
            return Next(at=now, next=instant, changes=changes)
    return Next(at=now, next=None, changes=())


def holds_until(standings: Standings) -> datetime:
    """The first instant at which anything that is shown or found could be another than now."""
    library, now = standings.library, standings.now
    changing = _instants(_moving(standings), standings.duties, now)
    return min((*changing, *shown_instants(library, now)))


def _instants(library: Library, duties: Duties, now: datetime) -> list[datetime]:
    return sorted({*instants_of(library, now), *failures_of(duties, library, now)})


def _duties_changed(before: list[Duty], after: list[Duty]) -> Iterator[StatusChange]:
    for one in sorted({*before} ^ {*after}, key=lambda duty: (duty.category, duty.due)):
        cell = " ".join(filter(None, [one.category, str(one.period or ""), one.board]))
        is_missing = one in after
        yield StatusChange("duty", *_DUTY[is_missing], duty=cell)


_DUTY = (("missing", "met"), ("pending", "missing"))
"""What becomes of a duty: it is met late, or its day passes."""


def _moving(standings: Standings) -> Library:
    """The library without what is over for good: expired, with nothing dated still to come. That
    is nearly all of it after some years, and bears on nothing else."""
    items = tuple(
        item
        for item, standing in zip(standings.library.items, standings.all(), strict=True)
        if standing.state is not State.EXPIRED
        or item.withdrawn
        or item.notice
        or not standing.is_whole
    )
    return structs.replace(standings.library, items=items)


def _item_aspects(standing: Standing, today: date) -> Mapping[str, Any]:
    item, window = standing.item, standing.item.notice
    phase = None
    if window:
        phase = "open" if window.is_open(today) else "before" if today < window.first else "over"
    done = sum(1 + (step.date is not None) for step in item.steps)
    decided = len(item.congress) + bool(item.approval)
    records = done + len(item.reviewed) + decided + bool(item.outcome) + len(item.posted)
    return {
        "state": standing.state.value,
        "freshness": standing.freshness.value if standing.freshness else None,
        "boards": list(standing.boards),
        "notice": phase,
        "records": records,
    }


def _opinion_aspects(opinion: Opinion, today: date) -> Mapping[str, Any]:
    if opinion.received > today:
        return {"opinion": None, "answered": False, "told": False}
    one = raise_one(opinion, today)
    names = {Handled.OPEN: "open", Handled.LATE: "overdue", Handled.PUT_OFF: "put-off"}
    told = {"answered": one.is_answered, "told": is_told(one, today)}
    return {"opinion": names.get(one.handled, "closed"), **told}


def _differences(before: Standings, after: Standings) -> Iterator[StatusChange]:
    days = before.today, after.today
    for standing, other in zip(before.all(), after.all(), strict=True):
        if standing.item.notice or not _is_as_it_was(standing, other):
            aspects = _item_aspects(standing, days[0]), _item_aspects(other, days[1])
            yield from _changed(*aspects, item=standing.item.id)
    for opinion in before.library.opinions:
        aspects = _opinion_aspects(opinion, days[0]), _opinion_aspects(opinion, days[1])
        yield from _changed(*aspects, opinion=opinion.id)


def _is_as_it_was(one: Standing, other: Standing) -> bool:
    """Is an item without a window plainly the same at both instants? Nearly all are."""
    is_same = one.state is other.state and one.freshness is other.freshness
    return is_same and one.item is other.item and one.boards == other.boards


def _changed(
    before: Mapping[str, Any], after: Mapping[str, Any], **of_what: str
) -> Iterator[StatusChange]:
    for what, value in before.items():
        if after[what] != value:
            yield StatusChange(what=what, before=value, after=after[what], **of_what)
