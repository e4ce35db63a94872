"""Why an item is or isn't on a board, and when that changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import structs

from gongkai.changes import instants_of
from gongkai.model import Channel, Library, Value
from gongkai.standing import Freshness, Standing, State, stand


class Reason(Value, frozen=True):
    """A code of interface and the values of its sentence (``why.<code>`` in the message files)."""

    code: str
    values: dict[str, object]

    @property
    def sentence(self) -> str:
        """The key of its sentence: items that never expire have one of their own."""
        return (
            "current-forever"
            if self.code == "current" and "until" not in self.values
            else self.code
        )


class Why(Value, frozen=True):
    """The answer for one item, on one board or on any."""

    item: str
    board: str | None
    visible: bool
    reasons: tuple[Reason, ...]
    changes_at: datetime | None


def why(library: Library, now: datetime, item_id: str, board: str | None, blocked: bool) -> Why:
    """Explain one item. ``blocked`` says that the item's file has errors. KeyError if unknown."""
    if blocked and library.item(item_id) is None:
        return Why(item_id, board, False, (Reason("blocked", {}),), None)
    library = _series_of(library, item_id)
    standing = stand(library, now).by_id[item_id]
    reasons = tuple(_reasons(standing, board, blocked))
    visible = [one.code for one in reasons] == ["current"]
    return Why(item_id, board, visible, reasons, _changes_at(library, now, item_id, board))


def _series_of(library: Library, item_id: str) -> Library:
    """Only what can bear on the item: its category, in which it may be superseded."""
    item = library.item(item_id)
    if item is None:
        raise KeyError(item_id)
    same = tuple(one for one in library.items if one.category == item.category)
    return structs.replace(library, items=same, opinions=())


def _reasons(standing: Standing, board: str | None, blocked: bool) -> Iterator[Reason]:
    item = standing.item
    if blocked:
        yield Reason("blocked", {})
    if board and board not in item.boards:
        yield Reason("other-board", {"board": board, "boards": list(item.boards)})
    if not item.channels & {Channel.WEB, Channel.SCREEN}:
        yield Reason("channel-off", {"channels": sorted(one.value for one in item.channels)})
    if standing.freshness is Freshness.SUPERSEDED or board in standing.left:
        yield Reason("superseded", {"period": str(item.period)})
    elif standing.state is State.CURRENT:
        last = item.last_day
        until = {"until": last} if last else {}
        yield Reason("current", {"since": item.first_day, **until})
    else:
        yield Reason(standing.state.value, _values(standing))


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
    before = _answer(stand(library, now).by_id[item_id], board)
    for instant in sorted(set(instants_of(library))):
        if instant > now and _answer(stand(library, instant).by_id[item_id], board) != before:
            return instant
    return None


def _answer(standing: Standing, board: str | None) -> list[str]:
    return [one.code for one in _reasons(standing, board, blocked=False)]
