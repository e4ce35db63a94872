"""What departments are reminded of: what is near its day, past it, open for objection, unanswered.

A matter is told once for each stage it comes to. Its key holds the day it is about, so what is
mended and later overdue again is another matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import Enum

from gongkai.domain.calendar import Period
from gongkai.domain.finding import Both
from gongkai.domain.model import Value
from gongkai.domain.terms import Freshness, Handled, State
from gongkai.status.deadlines import RESOLUTIONS, Due, deadlines, title_of
from gongkai.status.opinions import raise_one
from gongkai.status.standing import Standing, Standings
from gongkai.status.surveys import planned


class ReminderStage(Enum):
    """How far a matter has come."""

    LONG_OVERDUE = "long-overdue"
    """Past its day by a whole span more."""
    OVERDUE = "overdue"
    """Past its day."""
    OPEN = "open"
    """Objections may be raised."""
    DUE = "due"
    """Near its day. Told beside something else; nobody is written to because of it alone."""


class Reminder(Value, frozen=True):
    """One thing that a department is reminded of. ``day`` is the last on which it is in time, or on
    which objections may be raised."""

    stage: ReminderStage
    due: Due
    title: str | Both
    dept: str
    name: str
    day: date
    period: Period | None = None
    place: str | None = None
    """The workshop, of a duty that each has."""
    deputies: tuple[str, ...] = ()
    """The posts that act for who answers for it."""

    @property
    def key(self) -> str:
        """What tells it from every other, and from itself at another stage."""
        return " ".join(
            (self.stage.value, self.due.value, self.name, str(self.day), self.dept or "-")
        )

    @property
    def told(self) -> Mapping[str, str]:
        """What an address that takes JSON is given."""
        return {
            "key": self.key,
            "stage": self.stage.value,
            "due": self.due.value,
            "name": self.name,
            "day": str(self.day),
        }


def matters(standings: Standings) -> tuple[Reminder, ...]:
    """Everything that departments are reminded of on the day of the standings, the worst first."""
    found = [*_due(standings), *_missing(standings), *_unanswered(standings)]
    found += _surveys(standings)
    for standing in standings.all():
        if standing.state is State.CURRENT and standing.boards:
            found += _of_item(standing, standings)
    ranks = list(ReminderStage)
    return tuple(sorted(found, key=lambda one: (ranks.index(one.stage), one.day, one.name)))


def _due(standings: Standings) -> Iterator[Reminder]:
    lead = timedelta(days=standings.library.catalogue.lead)
    for deadline in deadlines(standings):
        if deadline.day - standings.today <= lead and deadline.due is not Due.OUTCOME:
            yield Reminder(
                ReminderStage.DUE,
                deadline.due,
                deadline.title,
                deadline.dept,
                deadline.name,
                deadline.day,
                deadline.period,
            )


def _missing(standings: Standings) -> Iterator[Reminder]:
    library = standings.library
    for duty in standings.duties.missing(standings.today):
        row, board = library.catalogue.categories[duty.category], library.board(duty.board or "")
        place = board.workshop if board else None
        dept = row.answered_by(place)
        name = "-".join(str(part) for part in (row.id, duty.period, duty.board) if part)
        yield Reminder(
            ReminderStage.OVERDUE,
            Due.DISCLOSE,
            row.called,
            dept,
            name,
            duty.due,
            duty.period,
            place,
        )


def _of_item(one: Standing, standings: Standings) -> Iterator[Reminder]:
    """What is on paper only is told by its kind: a chat is no place for its text."""
    item, today = one.item, standings.today
    row = standings.library.category(item)
    title = title_of(item, row)
    stage = _LATE.get(one.freshness) if one.freshness else None
    if stage and one.review_by and not _is_missing(one, standings):
        yield Reminder(stage, Due.REVIEW, title, item.owner.dept, item.id, one.review_by)
    if item.notice and item.notice.is_open(today):
        yield Reminder(
            ReminderStage.OPEN, Due.OUTCOME, title, item.owner.dept, item.id, item.notice.last
        )
    elif item.notice and item.notice.last < today and item.outcome is None:
        yield Reminder(
            ReminderStage.OVERDUE, Due.OUTCOME, title, item.owner.dept, item.id, item.notice.last
        )


def _is_missing(one: Standing, standings: Standings) -> bool:
    """Is what follows an item missed wherever it hangs, and told of as that?"""
    duties, boards = standings.duties, [name for name in one.boards if name not in one.followed]
    following = duties.follow(one.item, boards)
    return bool(following) and not any(duties.is_met(duty, standings.today) for duty in following)


_LATE = {
    Freshness.OVERDUE: ReminderStage.OVERDUE,
    Freshness.LONG_OVERDUE: ReminderStage.LONG_OVERDUE,
}


def _surveys(standings: Standings) -> Iterator[Reminder]:
    """Surveys that were not held."""
    dept = standings.library.catalogue.categories[RESOLUTIONS].dept
    for survey in planned(standings.library):
        if survey.date < standings.today:
            yield Reminder(
                ReminderStage.OVERDUE, Due.SURVEY, survey.title, dept, survey.id, survey.date
            )


def _unanswered(standings: Standings) -> Iterator[Reminder]:
    """Opinions past their day. Their text stays out of chats."""
    for opinion in standings.library.opinions:
        if opinion.received > standings.today:
            continue
        handled = raise_one(opinion, standings.today).handled
        if handled in (Handled.LATE, Handled.PUT_OFF):
            day = (opinion.promised if handled is Handled.PUT_OFF else None) or opinion.due
            yield Reminder(
                ReminderStage.OVERDUE, Due.REPLY, opinion.id, opinion.dept or "", opinion.id, day
            )
