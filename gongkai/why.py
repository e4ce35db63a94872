"""Why an item is or isn't on a board, and when that changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import structs

from gongkai.changes import instants_of
from gongkai.model import Library, Value
from gongkai.rules.notice import count_days
from gongkai.standing import Standing, stand
from gongkai.terms import Channel, Freshness, State


class Reason(Value, frozen=True):
    """A code of interface and the values of its sentence (``why.<code>`` in the message files)."""

    code: str
    values: dict[str, object]

    @property
    def sentences(self) -> list[str]:
        """The keys of its sentences: one for the reason, one for the days of an open window."""
        is_forever = self.code == "current" and "until" not in self.values
        first = "current-forever" if is_forever else self.code
        return [first, "notice"] if "counted" in self.values else [first]


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
    visible = [one.code for one in reasons] == ["current"]
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
    elif standing.state is State.CURRENT:
        last = item.last_day
        until = {"until": last} if last else {}
        days = _window_days(standing, library)
        yield Reason("current", {"since": item.first_day, **until, **days})
    else:
        yield Reason(standing.state.value, _values(standing))


def _window_days(standing: Standing, library: Library) -> dict[str, object]:
    """The days of a notice's window, counted with its first day and without it."""
    window, category = standing.item.notice, library.category(standing.item)
    if window is None:
        return {}
    unit = window.unit or category.unit
    counted, strict = count_days(window, unit, library.catalogue.work)
    ends = {"first": window.first, "last": window.last}
    return {**ends, "counted": counted, "strict": strict, "unit": unit}


def _values(standing: Standing) -> dict[str, object]:
    item = standing.item
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
    return [one.code for one in _reasons(standing, board, blocked=False, library=library)]
