"""Opinions as they stand on a day, and which boards tell of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from gongkai.domain.model import Board, Library, Opinion, Value
from gongkai.domain.terms import Handled

SETTLED = timedelta(days=62)
"""How long an answer is told beside what is open: past the day on which its month's replies are
due, so that nothing leaves before it was published."""


class Raised(Value, frozen=True):
    """An opinion, and where it stands."""

    opinion: Opinion
    handled: Handled
    is_answered: bool


def raised(library: Library, today: date) -> tuple[Raised, ...]:
    """What is open, and what was answered not long ago; the longest overdue first, answers last."""
    known = (one for one in library.opinions if one.received <= today)
    stands = (raise_one(one, today) for one in known)
    told = [one for one in stands if is_told(one, today)]
    return tuple(sorted(told, key=_order))


def raise_one(one: Opinion, today: date) -> Raised:
    """An opinion with where it stands on a day."""
    return Raised(one, one.stands(today), one.replied is not None and one.replied <= today)


def is_told(one: Raised, today: date) -> bool:
    """Is it told of on a day: open, or settled not long ago?"""
    replied = one.opinion.replied
    return not one.handled.is_settled or replied is None or today - replied <= SETTLED


def _order(one: Raised) -> tuple[int, date, str]:
    opinion = one.opinion
    day = opinion.promised if one.handled in _PROMISED else opinion.due
    return _RANK[one.handled], day or opinion.due, opinion.id


_PROMISED = (Handled.UNDER_WAY, Handled.PUT_OFF)
_RANK = {
    Handled.LATE: 0,
    Handled.PUT_OFF: 0,
    Handled.OPEN: 1,
    Handled.UNDER_WAY: 2,
    Handled.PLANNED: 3,
    Handled.IMPOSSIBLE: 3,
    Handled.SOLVED: 4,
}


def told_on(ones: Iterable[Raised], board: Board, library: Library) -> tuple[Raised, ...]:
    """Those that a board tells of: all but what another workshop handles."""
    others = {one.workshop for one in library.boards if one.workshop} - {board.workshop}
    return tuple(one for one in ones if one.opinion.dept not in others)
