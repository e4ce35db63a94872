"""Opinions as they stand on a day, and which boards tell of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from gongkai.domain.model import Board, Item, Library, Opinion, Value
from gongkai.domain.terms import Handled

_NUMBERS = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
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
    known = (opinion for opinion in library.opinions if opinion.received <= today)
    stands = (raise_one(opinion, today) for opinion in known)
    told = [stand for stand in stands if is_told(stand, today)]
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


def numbers_in(item: Item) -> set[str]:
    """Everything in an item that looks like the number of an opinion."""
    return {number for text in _texts(item) for number in _NUMBERS.findall(text)}


def _texts(item: Item) -> Iterator[str]:
    yield item.title
    yield item.body.text
    yield from (cell for rows in item.attached for row in rows for cell in row)


def raised_about(
    items: Iterable[Item], opinions: Iterable[Opinion], today: date
) -> tuple[Opinion, ...]:
    """The opinions on a matter that were received by a day: those whose number its items name, and
    those that say which item they are about, as the inbox writes it. None that is private."""
    known = [opinion for opinion in opinions if opinion.received <= today and not opinion.private]
    if not known:
        return ()
    items = tuple(items)
    numbers = {number for item in items for number in numbers_in(item)}
    about = tuple(f"关于《{item.title}》" for item in items)
    return tuple(
        opinion for opinion in known if opinion.id in numbers or opinion.text.startswith(about)
    )


def told_on(ones: Iterable[Raised], board: Board, library: Library) -> tuple[Raised, ...]:
    """Those that a board tells of: all but what another workshop handles."""
    others = {one.workshop for one in library.boards if one.workshop} - {board.workshop}
    return tuple(raised for raised in ones if raised.opinion.dept not in others)
