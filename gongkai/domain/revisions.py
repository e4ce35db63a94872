"""What a repository remembers of the items: when each first came, and how it was changed since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum

from gongkai.domain.model import Correction, Value


class HistorySight(Enum):
    """How much of the past can be seen."""

    WHOLE = "whole"
    """Every commit is there, with everything that was in it."""
    SHALLOW = "shallow"
    """Only the newest commits were fetched, or not all that was in them."""
    NONE = "none"
    """The site is in no repository, or git is not there."""


class Touch(Enum):
    """What a change touched, compared with what was up before it."""

    TEXT = "text"
    """What readers are told: title, text, figures, votes, windows, tables and attachments."""
    DATES = "dates"
    """Of what readers are told, nothing but days and periods."""
    CHECKS = "checks"
    """Nothing but days, among them that of a confirmation which was there before."""
    GONE = "gone"
    """The file was deleted, and there is no item of that id any more."""
    OTHER = "other"
    """Something else: new records of steps and checks, responsibility, where it hangs."""


class Revision(Value, frozen=True):
    """One change of an item that was up, or of a file beside it.

    ``at`` is when it reached the line of commits that is published from, ``commit`` is empty for
    what is not committed yet. ``old`` and ``new`` are what readers were told before and after,
    without blanks and marks. ``own`` is what the item itself tells of a correction since this
    change, ``is_checked`` says that a confirmation of these days was added.
    """

    item: str
    path: str
    at: datetime
    commit: str
    touch: Touch
    old: str = ""
    new: str = ""
    own: Correction | None = None
    is_checked: bool = False


class Revisions(Value, frozen=True):
    """``firsts`` are the instants at which items were first committed to be shown, on any branch;
    ``arrivals`` those at which they reached the line that is published from; both by id.
    ``exempt`` are the ids of the first commit of all that touches content. ``confirmed`` are the
    instants at which the confirmations of each day came, by id."""

    sight: HistorySight
    firsts: Mapping[str, datetime] = {}
    arrivals: Mapping[str, datetime] = {}
    exempt: frozenset[str] = frozenset()
    revisions: tuple[Revision, ...] = ()
    confirmed: Mapping[str, Mapping[date, datetime]] = {}
