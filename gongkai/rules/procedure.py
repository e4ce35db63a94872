"""``procedure/*``: 提出—审查—公开—评议—整改, each recorded, in this order, by different hands.

The five steps are the core of the eight of 山东省厂务公开条例第十一条. Who reviews is neither who
proposes nor who publishes nor who appraises, and who supervises neither proposes nor approves:
custom. A group is its members of the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from gongkai.domain.finding import Finding
from gongkai.domain.model import Item
from gongkai.domain.terms import State, StepName
from gongkai.rules.found import about
from gongkai.rules.roles import Roles, names_in
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
    """Items that record their steps or their approval, unless they were taken down."""
    roles = Roles(standings.library.org)
    for standing in standings.all():
        item = standing.item
        if standing.state is State.WITHDRAWN:
            continue
        if item.steps and not _is_plain(item):
            yield from _missing(standing, standings.today)
            yield from _out_of_order(item)
        if item.steps or item.approval:
            yield from _same_hand(item, roles)


def _is_plain(item: Item) -> bool:
    """Are all five there, in order? So it is with nearly every item that records them, and the rest
    takes a closer look."""
    days = [step.date for step in item.steps if step.date]
    is_whole = tuple(step.step for step in item.steps) == _ORDER and len(days) == len(_ORDER)
    return is_whole and sorted(days) == days


def _missing(standing: Standing, today: date) -> Iterator[Finding]:
    """A step that was skipped: something after it was done, the item is up or even over, or its
    own day has passed. What is only planned is not missing before that day."""
    item = standing.item
    done = {step.step for step in item.steps if step.date}
    planned = {step.step: step.due for step in item.steps if not step.date}
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
    dated = [(_ORDER.index(step.step), step.date, step.step) for step in item.steps if step.date]
    dated.sort(key=lambda one: one[:2])
    for (first, earlier, before), (second, later, after) in pairwise(dated):
        if first < second and earlier > later:
            values = {"step": after, "date": later, "before": before, "earlier": earlier}
            yield about(item, "procedure/order", "steps", "", **values)


def _same_hand(item: Item, roles: Roles) -> Iterator[Finding]:
    """Two steps that were to be taken by different hands and were not, by name or by the members of
    a group; a proposal that was approved by whoever made it; and what supervisors had a hand in."""
    if item.steps:
        hands = _hands(item, roles)
        for step_name, other in _APART:
            for name in _names_to_tell(
                hands.get(step_name, _NOBODY) & hands.get(other, _NOBODY), item
            ):
                values = {"name": name, "step": step_name, "other": other}
                yield about(item, "procedure/same-person", "steps", "", **values)
    if item.steps and item.approval:
        # A member may put up what his whole group then approves.
        for name in sorted(_proposing(item) & names_in(item.approval.by)):
            values = {"name": name, "step": StepName.PROPOSE}
            yield about(item, "procedure/same-person", "approval", "approval", **values)
    yield from _supervising(item, roles)


def _supervising(item: Item, roles: Roles) -> Iterator[Finding]:
    """Somebody of the supervision group who proposed, reviewed or approved what it supervises."""
    for step in item.steps:
        if step.step in (StepName.PROPOSE, StepName.REVIEW):
            day = step.date or item.first_day
            for name in _names_to_tell(roles.hands(step.by, day) & roles.supervisors(day), item):
                values = {"name": name, "step": step.step}
                yield about(item, "procedure/same-person", "steps", "supervisor", **values)
    if item.approval:
        day = item.approval.date or item.first_day
        for name in _names_to_tell(
            roles.hands(item.approval.by, day) & roles.supervisors(day), item
        ):
            yield about(item, "procedure/same-person", "approval", "approver", name=name)


_NOBODY: frozenset[str] = frozenset()


def _names_to_tell(shared: frozenset[str], item: Item) -> list[str]:
    """The names to tell: those that stand in the item's file, else those of a group's members."""
    if not shared:
        return []
    texts = [step.by for step in item.steps] + [item.approval.by if item.approval else None]
    return sorted(shared & _NOBODY.union(*map(names_in, texts)) or shared)


def _hands(item: Item, roles: Roles) -> dict[StepName, frozenset[str]]:
    """Who took each step: those named, and the members of groups on the day it was taken."""
    hands: dict[StepName, frozenset[str]] = {}
    for step in item.steps:
        taken = roles.hands(step.by, step.date or item.first_day)
        hands[step.step] = hands.get(step.step, _NOBODY) | taken
    return hands


def _proposing(item: Item) -> frozenset[str]:
    texts = (step.by for step in item.steps if step.step is StepName.PROPOSE)
    return _NOBODY.union(*map(names_in, texts))
