"""What a repository remembers of the items: when each first came, and how it was changed since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum

from gongkai.model import Value


class Sight(Enum):
    """How much of the past can be seen."""

    WHOLE = "whole"
    """Every commit is there."""
    SHALLOW = "shallow"
    """Only the newest commits were fetched."""
    NONE = "none"
    """The site is in no repository, or git is not there."""


class Touch(Enum):
    """What a change of an item's file touched."""

    TEXT = "text"
    """What readers are told: title, text, figures, votes, windows, tables and attachments."""
    DATES = "dates"
    """Nothing but days and periods."""
    CHECKS = "checks"
    """Nothing but days, among them that of a confirmation which was there before."""
    OTHER = "other"
    """Something else: records of steps and checks, responsibility, where it hangs."""


class Revision(Value, frozen=True):
    """One change of the file of an item, or of a file beside it.

    ``commit`` is empty for what is not committed yet. ``was_up`` says that by its own dates the
    item had been published when it was changed, ``is_explained`` that the change brought its own
    correction or withdrawal.
    """

    item: str
    at: datetime
    commit: str
    touch: Touch
    was_up: bool
    is_explained: bool = False


class Past(Value, frozen=True):
    """``firsts`` are instants of first commits by path, ``exempt`` the paths of the first commit
    of all that touches content; ``revisions`` are in their order."""

    sight: Sight
    firsts: Mapping[str, datetime] = {}
    exempt: frozenset[str] = frozenset()
    revisions: tuple[Revision, ...] = ()
