"""What is done with one press: a short form with what is needed and what can be known filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from gongkai.domain.model import Item
from gongkai.domain.terms import Kind, State
from gongkai.editing.parts import Said
from gongkai.status.standing import Standing, proposed_version

Known = Mapping[str, str]
"""What is filled in beforehand, by the names of fields."""


class Action(NamedTuple):
    """An action: its name, the kind of file it is for, which keys it asks for, and what it knows;
    ``adds`` is a list that gets one more row. Without keys it is a page of its own."""

    name: str
    kind: str
    keys: tuple[str, ...]
    knows: Callable[[Said, Item | None, date], Known]
    states: tuple[State, ...] = ()
    adds: bool = False

    def suits(self, standing: Standing) -> bool:
        """Is there any sense in it for an item as it stands?"""
        if self.name == "outcome" and standing.item.notice is None:
            return False
        if self.name == "correct" and standing.item.kind is Kind.CORRECTION:
            return False
        return standing.state in self.states


def _dept(said: Said) -> str:
    owner = said.get("owner") if isinstance(said, dict) else None
    return str(owner.get("dept", "")) if isinstance(owner, dict) else ""


def _withdraw(said: Said, _item: Item | None, today: date) -> Known:
    return {"withdrawn.date": str(today), "withdrawn.by": _dept(said)}


def _confirm(said: Said, _item: Item | None, today: date) -> Known:
    number = len(said.get("reviewed") or ())
    return {f"reviewed.{number}.date": str(today), f"reviewed.{number}.by": _dept(said)}


def _approve(_said: Said, item: Item | None, today: date) -> Known:
    version = proposed_version(item) if item else ""
    return {"approval.date": str(today), "approval.version": version}


def _outcome(_said: Said, _item: Item | None, today: date) -> Known:
    return {"outcome.date": str(today), "outcome.objections": "0"}


def _reply(_said: Said, _item: Item | None, today: date) -> Known:
    return {"replied": str(today)}


def _nothing(_said: Said, _item: Item | None, _today: date) -> Known:
    return {}


_UP = (State.CURRENT,)
_TO_COME = (State.CURRENT, State.SCHEDULED, State.DRAFT)
ACTIONS = (
    Action("correct", "item", (), _nothing, _UP),
    Action("confirm", "item", ("reviewed",), _confirm, _UP, adds=True),
    Action("extend", "item", ("expires",), _nothing, (State.CURRENT, State.EXPIRED)),
    Action("outcome", "item", ("outcome",), _outcome, _UP),
    Action("approve", "item", ("approval", "attachments"), _approve, _TO_COME),
    Action("withdraw", "item", ("withdrawn",), _withdraw, _UP),
    Action("reply", "opinions", ("replied", "reply", "result", "promised", "rating"), _reply),
)


def action(name: str) -> Action | None:
    """An action by its name."""
    return next((action for action in ACTIONS if action.name == name), None)
