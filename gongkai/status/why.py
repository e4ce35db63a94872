"""Why an item is or isn't on a board, and when that changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import structs

from gongkai.domain.calendar import Span, WorkCalendar
from gongkai.domain.model import Category, Item, Library, Value, Window
from gongkai.domain.terms import Channel, DayUnit, Freshness, State
from gongkai.status.instants import instants_of
from gongkai.status.standing import Standing, stand
from gongkai.status.windows import JUDGED, count_days


class Reason(Value, frozen=True):
    """A code of interface, the values of its sentence, and the keys of further sentences on how
    its days were counted (all under ``why`` in the message files)."""

    code: str
    values: dict[str, object]
    further: tuple[str, ...] = ()

    @property
    def sentences(self) -> list[str]:
        """The keys of its sentences: the reason, then the arithmetic."""
        is_forever = self.code == "current" and "until" not in self.values
        return ["current-forever" if is_forever else self.code, *self.further]


class Why(Value, frozen=True):
    """The answer for one item, on one board or on any."""

    item: str
    board: str | None
    visible: bool
    reasons: tuple[Reason, ...]
    changes_at: datetime | None


def why(library: Library, now: datetime, item_id: str, board: str | None, blocked: bool) -> Why:
    """Explain one item. ``blocked`` says that the item's file has errors. KeyError if unknown."""
    if library.item(item_id) is None:
        is_draft = any(stub.id == item_id for stub in library.stubs)
        if not blocked and not is_draft:
            raise KeyError(item_id)
        code = "draft" if is_draft else "blocked"
        return Why(item_id, board, False, (Reason(code, {}),), None)
    library = _series_of(library, item_id)
    standing = stand(library, now).by_id[item_id]
    reasons = tuple(_reasons(standing, board, blocked, library))
    visible = [reason.code for reason in reasons] == ["current"]
    return Why(item_id, board, visible, reasons, _changes_at(library, now, item_id, board))


def _series_of(library: Library, item_id: str) -> Library:
    """Only what can bear on the item: its category, in which it may be superseded."""
    item = library.item(item_id)
    if item is None:
        raise KeyError(item_id)
    same = tuple(one for one in library.items if one.category == item.category)
    return structs.replace(library, items=same, opinions=())


def _reasons(
    standing: Standing, board: str | None, blocked: bool, library: Library
) -> Iterator[Reason]:
    item = standing.item
    if blocked:
        yield Reason("blocked", {})
    if (board and board not in item.boards) or not item.boards:
        yield Reason("other-board", {"board": board, "boards": list(item.boards)})
    if Channel.WEB not in item.channels and Channel.SCREEN not in item.channels:
        yield Reason("channel-off", {"channels": list(item.channels)})
    if standing.freshness is Freshness.SUPERSEDED or board in standing.left:
        yield Reason("superseded", {"period": str(item.period)})
    elif standing.state in JUDGED:
        yield _reason(standing, library)
    else:
        yield Reason(standing.state.value, _values(standing))


def _reason(standing: Standing, library: Library) -> Reason:
    """That it is up, or will be, and how each of its days was counted."""
    item, values = standing.item, _values(standing)
    further: list[str] = []
    least = library.catalogue.region.minimum
    if least and item.last_day:
        shown = (item.last_day - item.first_day).days + 1
        values |= {"shown": shown, "minimum": least.days, "basis": least.basis}
        further.append("minimum")
    if item.notice:
        values |= _window_days(item.notice, library.category(item), library.catalogue.work)
        further.append("notice-workday" if values["unit"] is DayUnit.WORKDAY else "notice")
        further += ["provisional"] if values["provisional"] else []
    if standing.review_by and item.refresh:
        values["review_by"] = standing.review_by
        values |= _review_days(item, item.refresh, library.category(item).lag)
        further.append("next-period" if item.period else "next-review")
    return Reason(standing.state.value, values, tuple(further))


def _window_days(window: Window, category: Category, work: WorkCalendar) -> dict[str, object]:
    """The days of a notice's window, with its first day and without it, and how many are off."""
    unit = window.unit or category.unit
    counted, strict = count_days(window, unit, work)
    total, _ = count_days(window, DayUnit.DAY, work)
    days = [window.first + timedelta(days=n) for n in range(total)]
    return {
        "first": window.first,
        "last": window.last,
        "counted": counted,
        "strict": strict,
        "unit": unit,
        "total": total,
        "off": sum(not work.is_workday(day) for day in days),
        "worked": sum(day in work.worked for day in days),
        "provisional": unit is DayUnit.WORKDAY and work.is_provisional(window.first, window.last),
    }


def _review_days(item: Item, span: Span, lag: int) -> dict[str, object]:
    """What the review day is counted from."""
    if item.period:
        following = item.period.next()
        return {"following": str(following), "end": following.end, "lag": lag}
    checked = max([item.first_day, *(review.date for review in item.reviewed)])
    unit = "months" if span.months else "days"
    return {"checked": checked, "count": span.months or span.days, "span": unit}


def _values(standing: Standing) -> dict[str, object]:
    item = standing.item
    if standing.state is State.CURRENT:
        return {"since": item.first_day, **({"until": item.last_day} if item.last_day else {})}
    if standing.state is State.WITHDRAWN and item.withdrawn:
        return {"day": item.withdrawn.date, "by": item.withdrawn.by}
    if standing.state is State.EXPIRED and item.last_day:
        return {"day": item.last_day}
    return {"day": item.first_day}


def _changes_at(
    library: Library, now: datetime, item_id: str, board: str | None
) -> datetime | None:
    """The next instant at which this answer becomes another one."""
    before = _answer(library, now, item_id, board)
    for instant in instants_of(library, now):
        if _answer(library, instant, item_id, board) != before:
            return instant
    return None


def _answer(library: Library, now: datetime, item_id: str, board: str | None) -> list[str]:
    standing = stand(library, now).by_id[item_id]
    return [reason.code for reason in _reasons(standing, board, blocked=False, library=library)]
