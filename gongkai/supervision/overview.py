"""What the supervision group looks at on a day: rates and trends, how each row was kept, what is
overdue, which boards are weak and why, what workers ask again and again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import structs

from gongkai.domain.finding import Both
from gongkai.domain.model import Board, Category, Inspection, Library, Opinion, Value
from gongkai.domain.rates import Rate
from gongkai.status.duties import Duty, Gap, since
from gongkai.status.inspections import Found, found_by
from gongkai.status.standing import Standing, Standings
from gongkai.status.topics import Topic, topics
from gongkai.supervision.figure import Figure
from gongkai.supervision.metrics import (
    DutyFulfilment,
    Figures,
    FigureWindow,
    Supervision,
    happened_to,
    inspections,
    is_in_series,
    periods_before,
    supervision,
)

LEADING = (
    Rate.DISCLOSURE,
    Rate.TIMELINESS,
    Rate.CURRENCY,
    Rate.NOTICES,
    Rate.OPINIONS_ON_TIME,
)
"""The figures that are told large."""
TRENDS = LEADING
"""Figures of which there is a year. All but the third are told by what was written and not by how
things stood; for that one only what is renewed by itself has to be looked at as it stood."""
MONTHS = 12


class Shortcomings(Value, frozen=True):
    """What is wrong on a day: duties without an item, items past their day, opinions past
    theirs."""

    missing: int
    late: int
    opinions: int


class WeakCause(Value, frozen=True):
    """Why a board is weak: the rule that shows it, what it is about, each thing once, and who is to
    do something about it."""

    rule: str
    about: tuple[Both | str, ...]
    count: int
    who: tuple[str, ...]


class WeakBoard(Value, frozen=True):
    """What is wrong on a board: duties without an item, items past their day, opinions past theirs,
    what inspections found and is past its day; with the causes of each."""

    board: Board
    missing: int
    late: int
    opinions: int
    flaws: int = 0
    causes: tuple[WeakCause, ...] = ()

    @property
    def total(self) -> int:
        """How much it is."""
        return self.missing + self.late + self.opinions + self.flaws


class Led(Value, frozen=True):
    """A leading rate of the last month; where nothing was due in it, of the twelve months through
    its end, else of all the time since duties count. ``first`` is the first day of the window."""

    figure: Figure
    first: date


Leads = Mapping[Rate, Led]


class Overview(Value, frozen=True):
    """What the supervision group looks at: last month's figures, a year of trends, how each row was
    kept, what is overdue, and where."""

    month: Supervision
    months: tuple[tuple[date, Figures], ...]
    heat: tuple[tuple[Category, tuple[DutyFulfilment, ...]], ...]
    gaps: tuple[Gap, ...]
    late: tuple[Standing, ...]
    weak: tuple[WeakBoard, ...]
    amiss: Shortcomings
    inspections: tuple[Inspection, ...]
    leads: Leads
    topics: tuple[Topic, ...]


def overview(standings: Standings) -> Overview:
    """Everything at the instant of the standings; months are those before its own."""
    library, today = standings.library, standings.today
    months = periods_before(today, MONTHS)
    alone, happened = _alone(library), happened_to(standings)
    windows = [FigureWindow(library, standings, *month, alone, happened) for month in months]
    present = FigureWindow(library, standings, today.replace(day=1), today)
    rows = [row for row in standings.duties.rows.values() if row.grain.months]
    month = supervision(library, *months[-1], standings)
    return Overview(
        month=month,
        months=tuple((one.first, {rate: one.of(rate, None) for rate in TRENDS}) for one in windows),
        heat=tuple(
            (row, tuple(one.kept(row, today) for one in (*windows, present))) for row in rows
        ),
        gaps=standings.duties.gaps(today),
        late=tuple(sorted(_late(standings), key=lambda one: (one.review_by or today, one.item.id))),
        weak=_weak(standings),
        amiss=_amiss(standings),
        inspections=inspections(library, months[0][0], today),
        leads=_led(standings, months, month.metrics),
        topics=tuple(topics(library, today)),
    )


def _alone(library: Library) -> Library:
    """The same with what is renewed by itself alone."""
    return structs.replace(
        library, items=tuple(one for one in library.items if not is_in_series(one, library))
    )


def _late(standings: Standings) -> Iterator[Standing]:
    """What hangs though its review day has passed."""
    return (one for one in standings.all() if one.is_late and one.hangs)


def _amiss(standings: Standings) -> Shortcomings:
    """What is wrong in the whole enterprise."""
    today = standings.today
    late = len(list(_late(standings)))
    opinions = sum(
        one.due < today and not one.is_closed(today) for one in standings.library.opinions
    )
    return Shortcomings(len(standings.duties.missing(today)), late, opinions)


class _Everything:
    """What is wrong anywhere on a day."""

    def __init__(self, standings: Standings) -> None:
        library, today = standings.library, standings.today
        self.library, self.rows = library, standings.duties.rows
        self.missing: list[Duty] = standings.duties.missing(today)
        self.late: list[Standing] = list(_late(standings))
        self.opinions: list[Opinion] = [
            one for one in library.opinions if one.due < today and not one.is_closed(today)
        ]
        self.flaws: list[Found] = [
            one
            for one in found_by(library, today)
            if one.flaw.due and one.flaw.due < today and not one.flaw.is_mended(today)
        ]


def _weak(standings: Standings) -> tuple[WeakBoard, ...]:
    """Boards on which something is wrong, the worst first."""
    amiss = _Everything(standings)
    found = (_weak_on(board, amiss) for board in standings.library.boards)
    return tuple(sorted((one for one in found if one.total), key=lambda one: -one.total))


def _weak_on(board: Board, amiss: _Everything) -> WeakBoard:
    """What of it is wrong on a board, and why."""
    missing = [one for one in amiss.missing if one.board == board.id]
    late = [one for one in amiss.late if board.id in one.boards]
    opinions = [one for one in amiss.opinions if one.dept and one.dept == board.workshop]
    flaws = [one for one in amiss.flaws if one.board == board]
    causes = (
        _cause(
            "coverage/missing",
            [amiss.rows[one.category].called for one in missing],
            [amiss.rows[one.category].answered_by(board.workshop) for one in missing],
        ),
        # By their categories: titles may be for paper alone.
        _cause(
            "fresh/overdue",
            [amiss.library.category(one.item).called for one in late],
            [one.item.owner.dept for one in late],
        ),
        _cause("opinion/overdue", [one.id for one in opinions], [board.workshop or ""]),
        _cause(
            "inspection/unmended",
            [one.inspection.id for one in flaws],
            [one.flaw.dept or board.workshop or "" for one in flaws],
        ),
    )
    counts = len(missing), len(late), len(opinions), len(flaws)
    return WeakBoard(board, *counts, tuple(one for one in causes if one.count))


def _cause(rule: str, about: Sequence[Both | str], who: Sequence[str]) -> WeakCause:
    named = tuple({str(one): one for one in about}.values())
    return WeakCause(rule, named, len(about), tuple(dict.fromkeys(filter(None, who))))


def _led(standings: Standings, months: Sequence[tuple[date, date]], month: Figures) -> Leads:
    """The leading rates, none of which is empty as long as anything was ever due for it."""
    found = {rate: Led(month[rate], months[-1][0]) for rate in LEADING}
    if all(one.figure.denominator for one in found.values()):
        return found
    library, last = standings.library, months[-1][1]
    begin = min(since(library) or last, months[0][0])
    for first in (months[0][0], begin):
        window = FigureWindow(library, standings, first, last)
        for rate, led in found.items():
            if not led.figure.denominator:
                found[rate] = Led(window.of(rate, None), first)
    return found
