"""From when to when things will hang on a board, as far as is known now.

A screen may not be reached for weeks, so it is told beforehand when each of its items goes, by its
end, by being taken down, or because a later period takes its place; and when one comes back because
what stood in its place has gone. With a horizon it is also told what begins within it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from gongkai.domain.model import Board, Item, Library, Value
from gongkai.domain.terms import Channel, State
from gongkai.status.instants import hanging_instants
from gongkai.status.standing import Standings, series_of, state_of, superseded

_DAY = timedelta(days=1)


class UpTime(Value, frozen=True):
    """From an instant, or None where it is up already, until the first at which it is gone; None
    for never."""

    start: datetime | None
    end: datetime | None


def coming(standings: Standings, channel: Channel) -> Mapping[str, list[Item]]:
    """What is up in a channel, or begins within a board's horizon, by board.

    What is up but gave its place to a later period is among it: it may come back.
    """
    now = standings.now
    untils = {
        board.id: now + timedelta(hours=board.screen.horizon) for board in standings.library.boards
    }
    found: dict[str, list[Item]] = {name: [] for name in untils}
    for standing in standings.all():
        item = standing.item
        if standing.state in _NEAR and channel in item.channels:
            for name in item.boards:
                if standing.state is State.CURRENT or item.publish <= untils[name]:
                    found[name].append(item)
    return found


_NEAR = (State.CURRENT, State.SCHEDULED)


def ahead(
    items: Sequence[Item], board: Board, library: Library, now: datetime
) -> Mapping[str, tuple[UpTime, ...]]:
    """When items that are coming to a board are seen on it, by id."""
    found: dict[str, tuple[UpTime, ...]] = {}
    for group in _series(items):
        spans = _alone(group[0], now) if len(group) == 1 else _in_turn(group, board, library, now)
        found |= {name: ones for name, ones in spans.items() if ones}
    return found


def _series(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Items that may take each other's place, together."""
    groups: dict[Any, list[Item]] = {}
    for item in items:
        key = series_of(item, item.period) if item.period else item.id
        groups.setdefault(key, []).append(item)
    yield from groups.values()


def _alone(item: Item, now: datetime) -> dict[str, tuple[UpTime, ...]]:
    return {item.id: (UpTime(item.publish if item.publish > now else None, item.leaves),)}


def _in_turn(
    group: Sequence[Item], board: Board, library: Library, now: datetime
) -> dict[str, tuple[UpTime, ...]]:
    """A series, looked at at every instant at which it may be another."""
    possible = {instant for item in group for instant in hanging_instants(item, library)}
    instants = [now, *sorted(instant for instant in possible if instant > now)]
    seen: dict[str, list[UpTime]] = {item.id: [] for item in group}
    for at, following in zip(instants, [*instants[1:], None], strict=True):
        current = [item for item in group if state_of(item, at, library.site) is State.CURRENT]
        left = superseded(current, library, at.date())
        for item in current:
            if board.id not in left.get(item.id, ()):
                spans = seen[item.id]
                if spans and spans[-1].end == at:
                    spans[-1] = UpTime(spans[-1].start, following)
                else:
                    spans.append(UpTime(at if at > now else None, following))
    return {name: tuple(spans) for name, spans in seen.items()}
