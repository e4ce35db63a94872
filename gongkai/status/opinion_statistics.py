"""Opinions counted: by their kind, by who handles them, by where they came from; and the kinds that
come back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from gongkai.domain.model import Library, Opinion, Value
from gongkai.domain.terms import Handling

YEAR = timedelta(days=365)


class StatisticsRow(Value, frozen=True):
    """Opinions that have something in common: how many were received and closed, how many are past
    their day without being closed, and how many came back after one of their kind was solved."""

    name: str
    received: int
    closed: int
    late: int
    returned: int


class Statistics(Value, frozen=True):
    """Opinions of a window, the most frequent first. An empty name stands for what says none."""

    kinds: tuple[StatisticsRow, ...]
    depts: tuple[StatisticsRow, ...]
    sources: tuple[StatisticsRow, ...]


class Return(Value, frozen=True):
    """An opinion that came after another of its kind had been answered as solved."""

    opinion: Opinion
    before: Opinion
    count: int


def statistics(library: Library, first: date, last: date) -> Statistics:
    """The opinions received from ``first`` through ``last``, as they stood at the end of it."""
    known = [opinion for opinion in library.opinions if first <= opinion.received <= last]
    back = {one.opinion.id for one in returns(library, last)}

    def rows(of: Callable[[Opinion], str | None]) -> tuple[StatisticsRow, ...]:
        groups: dict[str, list[Opinion]] = defaultdict(list)
        for opinion in known:
            groups[of(opinion) or ""].append(opinion)
        made = [_row(name, ones, last, back) for name, ones in groups.items()]
        return tuple(sorted(made, key=lambda one: (not one.name, -one.received, one.name)))

    return Statistics(
        rows(lambda one: one.kind), rows(lambda one: one.dept), rows(lambda one: one.source)
    )


def _row(name: str, ones: list[Opinion], last: date, back: set[str]) -> StatisticsRow:
    closed = sum(opinion.is_closed(last) for opinion in ones)
    late = sum(opinion.due < last and not opinion.is_closed(last) for opinion in ones)
    return StatisticsRow(name, len(ones), closed, late, sum(opinion.id in back for opinion in ones))


def returns(library: Library, today: date) -> Iterator[Return]:
    """The opinions of the year before a day that came back: of the same kind and for the same
    department one had been solved within a year before. A second round of the same opinion is
    told by its rating."""
    groups: dict[tuple[str, str], list[Opinion]] = defaultdict(list)
    for opinion in sorted(library.opinions, key=lambda one: (one.received, one.id)):
        if opinion.kind and opinion.received <= today and not opinion.follows:
            groups[opinion.kind, opinion.dept or ""].append(opinion)
    for ones in groups.values():
        for number, opinion in enumerate(ones):
            before = [other for other in ones[:number] if _was_solved(other, opinion)]
            if before and today - opinion.received < YEAR:
                yield Return(opinion, before[-1], len(before) + 1)


def _was_solved(other: Opinion, one: Opinion) -> bool:
    """Was another opinion solved when this one came, and not long ago?"""
    if other.result is not Handling.SOLVED or other.replied is None:
        return False
    return other.replied < one.received and one.received - other.replied < YEAR
