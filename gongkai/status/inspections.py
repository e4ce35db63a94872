"""Inspections at an instant: which the schedule asks for, what they found, and what comes back.

Days are plain dates in the site's zone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from gongkai.domain.calendar import Period
from gongkai.domain.model import Board, Flaw, Inspection, Library, Round, Value
from gongkai.status.duties import since

_DAY, _YEAR = timedelta(days=1), timedelta(days=366)


class Turn(Value, frozen=True):
    """An inspection that the schedule asks for in a period, and the first that was held for it: in
    the period, or to make up for it."""

    round: Round
    period: Period
    held: Inspection | None

    def is_missed(self, today: date) -> bool:
        """Has its period passed without it?"""
        return self.held is None and self.period.end < today


class Found(Value, frozen=True):
    """A flaw, the inspection that found it, and the board it is about, if it is about one."""

    flaw: Flaw
    inspection: Inspection
    board: Board | None

    @property
    def place(self) -> str:
        """Where it was found: a board, a department, or what was inspected."""
        place = self.board.id if self.board else self.flaw.dept or self.inspection.unit
        return place or ""


class Recurrence(Value, frozen=True):
    """What more than one inspection of a year found in one place, the oldest first."""

    times: tuple[Found, ...]

    @property
    def last(self) -> Found:
        """The last time."""
        return self.times[-1]


def held(library: Library, today: date) -> list[Inspection]:
    """The inspections that were held by a day, the oldest first."""
    known = (inspection for inspection in library.inspections if inspection.date <= today)
    return sorted(known, key=lambda one: (one.date, one.id))


def turns(library: Library, year: int, today: date) -> list[Turn]:
    """Every inspection that the schedule asks for in periods that end in a year."""
    known, last = held(library, today), date(year, 12, 31)
    found = [
        Turn(row, period, _held_for(row, period, known))
        for row in library.checklist.schedule
        for period in _periods(row, library, last)
        if period.end.year == year
    ]
    return sorted(found, key=lambda one: one.period.end)


def missed(library: Library, today: date) -> Iterator[Turn]:
    """The inspections that are lacking now: of each row of the schedule the last period that has
    passed, unless one was held in it or since."""
    known = held(library, today)
    for row in library.checklist.schedule:
        for period in _periods(row, library, today - _DAY)[-1:]:
            turn = Turn(row, period, _held_for(row, period, known))
            if turn.held is None and not _held_since(row, period, known):
                yield turn


def _periods(row: Round, library: Library, last: date) -> list[Period]:
    """The whole periods of a row that end by a day."""
    begin = row.first or since(library)
    if begin is None:
        return []
    period, found = Period.containing(begin, row.grain), []
    while period.end <= last:
        if period.start >= begin:
            found.append(period)
        period = period.next()
    return found


def _is_for(row: Round, one: Inspection) -> bool:
    is_way = one.way is row.way and row.timing in (None, one.timing)
    return is_way and row.by in (None, one.by)


def _held_for(row: Round, period: Period, known: list[Inspection]) -> Inspection | None:
    fitting = (inspection for inspection in known if _is_for(row, inspection))
    return next(
        (inspection for inspection in fitting if period.start <= inspection.date <= period.end),
        None,
    )


def _held_since(row: Round, period: Period, known: list[Inspection]) -> bool:
    return any(inspection.date > period.end and _is_for(row, inspection) for inspection in known)


def found_by(library: Library, today: date) -> list[Found]:
    """Everything that was found by a day, the oldest first."""
    return [
        Found(flaw, inspection, board_of(flaw, inspection, library))
        for inspection in held(library, today)
        for flaw in inspection.flaws
    ]


def board_of(flaw: Flaw, inspection: Inspection, library: Library) -> Board | None:
    """The board that a flaw is about: the one it names, else that of the workshop that mends it, or
    that was inspected."""
    if flaw.board:
        return library.board(flaw.board)
    for name in filter(None, (flaw.dept, inspection.unit)):
        board = next((board for board in library.boards if board.workshop == name), None)
        if board:
            return board
    return None


def recurring(library: Library, today: date) -> list[Recurrence]:
    """What several inspections of the year before a day found of one point in one place; without a
    point, in the same words."""
    places: dict[tuple[str, str], dict[str, Found]] = defaultdict(dict)
    for found in found_by(library, today):
        if found.inspection.date > today - _YEAR:
            key = (found.flaw.point or found.flaw.text, found.place)
            places[key].setdefault(found.inspection.id, found)
    return [Recurrence(tuple(ones.values())) for ones in places.values() if len(ones) > 1]


def days_of(library: Library) -> Iterator[date]:
    """The days on which something of this changes."""
    for inspection in library.inspections:
        yield inspection.date
        yield inspection.date + _YEAR
        for flaw in inspection.flaws:
            yield from (day for day in (flaw.mended, flaw.due and flaw.due + _DAY) if day)


def next_days(library: Library, today: date) -> Iterator[date]:
    """The days after a day on which an inspection of the schedule may come to lack."""
    for row in library.checklist.schedule:
        yield Period.containing(today, row.grain).end + _DAY
