"""What a record lacks before it can be filed: the complaint was 「档案规范欠佳」."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum

from gongkai.domain.model import Item, Library, Opinion, Value
from gongkai.domain.terms import StepName
from gongkai.rules import congress


class Lack(Enum):
    """One thing that a record should have and has not."""

    CLASS = "class"
    """No class or no retention period to file it under, as the firm's own table has them
    (国家档案局令第10号)."""
    APPROVAL = "approval"
    """Nobody is recorded as having approved it."""
    STEPS = "steps"
    """Steps are recorded, and not all five are done."""
    CONGRESS = "congress"
    """The congress had to act on it, and there is no valid record."""
    OUTCOME = "outcome"
    """It is a notice whose window is over, and no outcome is recorded."""
    REPLY = "reply"
    """An opinion that was received and is not closed."""


class Missing(Value, frozen=True):
    """What one item or opinion lacks, by its id."""

    name: str
    title: str
    lack: Lack


def missing_in(
    items: Iterable[Item], opinions: Iterable[Opinion], library: Library, today: date
) -> tuple[Missing, ...]:
    """Everything that is missing, in the order of what it is missing from."""
    found = [
        Missing(item.id, item.title, lack)
        for item in items
        for lack in _lacks(item, library, today)
    ]
    open_ones = (one for one in opinions if not one.is_closed(today))
    return (
        *found,
        *(Missing(one.id, "" if one.private else one.text, Lack.REPLY) for one in open_ones),
    )


def _lacks(item: Item, library: Library, today: date) -> Iterator[Lack]:
    if item.archive is None or not item.archive.retention:
        yield Lack.CLASS
    if item.approval is None:
        yield Lack.APPROVAL
    done = {one.step for one in item.steps if one.date and one.date <= today}
    if item.steps and done != set(StepName):
        yield Lack.STEPS
    if not congress.complies(item, library.category(item)):
        yield Lack.CONGRESS
    if item.notice and item.notice.last < today and item.outcome is None:
        yield Lack.OUTCOME
