"""``procedure/*``: 提出—审查—公开—评议—整改, each recorded, in this order, by different hands.

The five steps are the core of the eight of 山东省厂务公开条例第十一条. Who reviews is neither who
proposes nor who publishes nor who appraises: custom.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import pairwise

from gongkai.domain.finding import Finding
from gongkai.domain.model import Item, Step
from gongkai.domain.terms import State, StepName
from gongkai.rules.found import about
from gongkai.status.standing import Standing, Standings

_ORDER = tuple(StepName)
_APART = (
    (StepName.PROPOSE, StepName.REVIEW),
    (StepName.REVIEW, StepName.DISCLOSE),
    (StepName.REVIEW, StepName.APPRAISE),
    (StepName.PROPOSE, StepName.APPRAISE),
)
"""Steps that the same hand must not take."""


def check(standings: Standings) -> Iterator[Finding]:
    """Items that record their steps, unless they were taken down."""
    for standing in standings.all():
        item = standing.item
        if item.steps and standing.state is not State.WITHDRAWN and not _is_plain(item):
            yield from _missing(standing, standings.today)
            yield from _out_of_order(item)
            yield from _same_hand(item)


def _is_plain(item: Item) -> bool:
    """Are all five there, in order, each by other hands? So it is with nearly every item that
    records them, and the rest takes a closer look."""
    if len(item.steps) != len(_ORDER):
        return False
    propose, review, disclose, appraise, rectify = item.steps
    names = (propose.step, review.step, disclose.step, appraise.step, rectify.step)
    days = [one.date for one in item.steps if one.date]
    if names != _ORDER or len(days) < len(_ORDER) or sorted(days) != days:
        return False
    hands = (propose.by or "", review.by or "", disclose.by or "", appraise.by or "")
    return _are_apart(*hands, item.approval.by if item.approval else "")


@lru_cache(maxsize=4096)  # departments are few
def _are_apart(propose: str, review: str, disclose: str, appraise: str, approval: str) -> bool:
    """Does nobody take two steps that are to be taken by different hands?"""
    pairs = [(propose, review), (review, disclose), (review, appraise), (propose, appraise)]
    pairs += [(propose, approval)]
    return all(_names(one).isdisjoint(_names(other)) for one, other in pairs)


def _missing(standing: Standing, today: date) -> Iterator[Finding]:
    """A step that was skipped: something after it was done, the item is up or even over, or its
    own day has passed. What is only planned is not missing before that day."""
    item = standing.item
    done = {one.step for one in item.steps if one.date}
    planned = {one.step: one.due for one in item.steps if not one.date}
    needed = _needed(done, standing.state)
    for name, due in planned.items():
        if name not in done and due and due < today:
            days = {"due": due, "days": (today - due).days}
            yield about(item, "procedure/missing-step", "steps", "late", step=name, **days)
    skipped = [name for name in needed if name not in done and name not in planned]
    if skipped:
        yield about(item, "procedure/missing-step", "steps", "", steps=skipped)


def _needed(done: set[StepName], state: State) -> tuple[StepName, ...]:
    """The steps that must be recorded by now, of an item that records any."""
    if not done:
        return ()
    last = max(_ORDER.index(name) for name in done)
    if state is State.CURRENT:
        last = max(last, _ORDER.index(StepName.DISCLOSE))
    if state is State.EXPIRED:
        last = len(_ORDER) - 1
    return _ORDER[: last + 1]


def _out_of_order(item: Item) -> Iterator[Finding]:
    dated = [(_ORDER.index(one.step), one.date, one.step) for one in item.steps if one.date]
    dated.sort(key=lambda one: one[:2])
    for (first, earlier, before), (second, later, after) in pairwise(dated):
        if first < second and earlier > later:
            values = {"step": after, "date": later, "before": before, "earlier": earlier}
            yield about(item, "procedure/order", "steps", "", **values)


def _same_hand(item: Item) -> Iterator[Finding]:
    hands = _hands(item.steps)
    for one, other in _APART:
        for name in sorted(hands.get(one, set()) & hands.get(other, set())):
            values = {"name": name, "step": one, "other": other}
            yield about(item, "procedure/same-person", "steps", "", **values)
    if item.approval:
        for name in sorted(hands.get(StepName.PROPOSE, set()) & _names(item.approval.by)):
            values = {"name": name, "step": StepName.PROPOSE}
            yield about(item, "procedure/same-person", "approval", "approval", **values)


def _hands(steps: tuple[Step, ...]) -> Mapping[StepName, set[str]]:
    hands: dict[StepName, set[str]] = defaultdict(set)
    for one in steps:
        hands[one.step] |= _names(one.by or "")
    return hands


def _names(text: str) -> set[str]:
    return {name for name in re.split(r"[、,，;；/\s]+", text) if name}
