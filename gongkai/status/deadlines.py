"""What falls due in the year to come: disclosures, reviews, outcomes of notices, replies, surveys,
the next session of the congress and the end of its term."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import Enum

from gongkai.domain.calendar import Period
from gongkai.domain.finding import Both
from gongkai.domain.model import Category, Item, Library, Opinion, Value
from gongkai.domain.terms import Channel, State
from gongkai.status.congress import next_session_by
from gongkai.status.standing import Standing, Standings
from gongkai.status.surveys import planned

RESOLUTIONS = "congress-resolution"
"""The row of the catalogue whose department sees to the congress."""
DAYS = 365
"""How far ahead is looked: a year, so that whoever subscribes can plan it."""


class Due(Enum):
    """What has to be done."""

    DISCLOSE = "disclose"
    """Something must be made public by this day."""
    REVIEW = "review"
    """Something that is up must be looked at, or renewed."""
    OUTCOME = "outcome"
    """A notice ends; its outcome must be recorded."""
    REPLY = "reply"
    """An opinion must be answered."""
    SESSION = "session"
    """A session of the workers' congress must be held."""
    TERM = "term"
    """The term of the workers' congress ends; it must be elected anew."""
    SURVEY = "survey"
    """A survey must be held and counted."""


class Deadline(Value, frozen=True):
    """One thing that is due through a day. ``boards`` are those it concerns; none means all.
    ``name`` tells it from every other of its kind."""

    day: date
    due: Due
    title: str | Both
    dept: str
    name: str
    boards: tuple[str, ...] = ()
    period: Period | None = None


def deadlines(standings: Standings) -> tuple[Deadline, ...]:
    """Everything that is due from today on, the soonest first."""
    last = standings.today + timedelta(days=DAYS)
    found = [*_duties(standings, last), *_opinions(standings.library, standings.today, last)]
    planned = _planned(standings)
    found += _congress(standings.library, standings.today, last)
    found += _surveys(standings.library, standings.today, last)
    for standing in standings.all():
        if standing.state is State.CURRENT and standing.boards:
            found += _of_item(standing, standings, last, planned)
    return tuple(sorted(found, key=lambda one: (one.day, one.due.value, one.name)))


def _duties(standings: Standings, last: date) -> Iterator[Deadline]:
    """Duties for which nothing is up or planned."""
    library, duties = standings.library, standings.duties
    for duty in duties.due(standings.today, last):
        if duties.of(duty):
            continue
        row, board = library.catalogue.categories[duty.category], library.board(duty.board or "")
        dept = row.answered_by(board.workshop if board else None)
        name = "-".join(str(one) for one in (row.id, duty.period, duty.board) if one)
        boards = (duty.board,) if duty.board else ()
        yield Deadline(duty.due, Due.DISCLOSE, row.called, dept, name, boards, duty.period)


def _of_item(
    one: Standing, standings: Standings, last: date, planned: _Planned
) -> Iterator[Deadline]:
    item, today = one.item, standings.today
    row = standings.library.category(item)
    where = (title_of(item, row), item.owner.dept, item.id, one.boards)
    is_due = one.review_by is not None and today <= one.review_by <= last
    if (
        one.review_by
        and is_due
        and not one.is_followed
        and not _is_seen_to(one, standings, planned)
    ):
        yield Deadline(one.review_by, Due.REVIEW, *where)
    if item.notice and today <= item.notice.last <= last and item.outcome is None:
        yield Deadline(item.notice.last, Due.OUTCOME, *where)


def _is_seen_to(one: Standing, standings: Standings, planned: _Planned) -> bool:
    """Is what follows an item told of as a duty, or planned, wherever it hangs?"""
    item, duties = one.item, standings.duties
    boards = [name for name in one.boards if name not in one.followed]
    following = duties.follow(item, boards)
    if following and not any(duties.of(duty) for duty in following):
        return True
    if item.period is None:
        return False
    return planned.get((item.category, item.thread, item.period.next()), set()) >= set(boards)


_Planned = Mapping[tuple[str, str | None, Period], set[str]]


def _planned(standings: Standings) -> _Planned:
    """On which boards what is of a category, a matter and a period is up or will be."""
    found: dict[tuple[str, str | None, Period], set[str]] = defaultdict(set)
    for standing in standings.all():
        item = standing.item
        if item.period and standing.state in (State.CURRENT, State.SCHEDULED):
            found[item.category, item.thread, item.period].update(item.boards)
    return found


def title_of(item: Item, row: Category) -> str | Both:
    """What is on paper only is told by its kind: its text is on no file that can be fetched."""
    return item.title if Channel.WEB in item.channels else row.called


def _opinions(library: Library, today: date, last: date) -> Iterator[Deadline]:
    """Opinions without a reply. Their text stays out of calendars, which are passed around."""
    for opinion in library.opinions:
        if today <= opinion.due <= last and not _is_replied(opinion, today):
            yield Deadline(opinion.due, Due.REPLY, opinion.id, opinion.dept or "", opinion.id)


def _congress(library: Library, today: date, last: date) -> Iterator[Deadline]:
    """The next session and the end of the term, where a site records them."""
    by, congress = next_session_by(library, today), library.org.congress
    end = congress.term.last if congress and congress.term else None
    dept = library.catalogue.categories[RESOLUTIONS].dept
    for due, day in ((Due.SESSION, by), (Due.TERM, end)):
        if day and today <= day <= last:
            yield Deadline(day, due, "", dept, due.value)


def _surveys(library: Library, today: date, last: date) -> Iterator[Deadline]:
    """The surveys that are planned, seen to by whoever sees to the congress."""
    dept = library.catalogue.categories[RESOLUTIONS].dept
    for survey in planned(library):
        if today <= survey.date <= last:
            yield Deadline(survey.date, Due.SURVEY, survey.title, dept, survey.id)


def _is_replied(one: Opinion, today: date) -> bool:
    return one.replied is not None and one.replied <= today
