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
        months=tuple(
            (window.first, {rate: window.of(rate, None) for rate in TRENDS}) for window in windows
        ),
        heat=tuple(
            (row, tuple(figure_window.kept(row, today) for figure_window in (*windows, present)))
            for row in rows
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
        library, items=tuple(item for item in library.items if not is_in_series(item, library))
    )


def _late(standings: Standings) -> Iterator[Standing]:
    """What hangs though its review day has passed."""
    return (standing for standing in standings.all() if standing.is_late and standing.hangs)


def _amiss(standings: Standings) -> Shortcomings:
    """What is wrong in the whole enterprise."""
    today = standings.today
    late = len(list(_late(standings)))
    opinions = sum(
        opinion.due < today and not opinion.is_closed(today)
        for opinion in standings.library.opinions
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
            opinion
            for opinion in library.opinions
            if opinion.due < today and not opinion.is_closed(today)
        ]
        self.flaws: list[Found] = [
            found
            for found in found_by(library, today)
            if found.flaw.due and found.flaw.due < today and not found.flaw.is_mended(today)
        ]


def _weak(standings: Standings) -> tuple[WeakBoard, ...]:
    """Boards on which something is wrong, the worst first."""
    amiss = _Everything(standings)
    found = (_weak_on(board, amiss) for board in standings.library.boards)
    return tuple(
        sorted((weak_board for weak_board in found if weak_board.total), key=lambda one: -one.total)
    )


def _weak_on(board: Board, amiss: _Everything) -> WeakBoard:
    """What of it is wrong on a board, and why."""
    missing = [duty for duty in amiss.missing if duty.board == board.id]
    late = [standing for standing in amiss.late if board.id in standing.boards]
    opinions = [
        opinion for opinion in amiss.opinions if opinion.dept and opinion.dept == board.workshop
    ]
    flaws = [flaw for flaw in amiss.flaws if flaw.board == board]
    causes = (
        _cause(
            "coverage/missing",
            [amiss.rows[duty.category].called for duty in missing],
            [amiss.rows[duty.category].answered_by(board.workshop) for duty in missing],
        ),
        # By their categories: titles may be for paper alone.
        _cause(
            "fresh/overdue",
            [amiss.library.category(standing.item).called for standing in late],
            [standing.item.owner.dept for standing in late],
        ),
        _cause("opinion/overdue", [opinion.id for opinion in opinions], [board.workshop or ""]),
        _cause(
            "inspection/unmended",
            [flaw.inspection.id for flaw in flaws],
            [flaw.flaw.dept or board.workshop or "" for flaw in flaws],
        ),
    )
    counts = len(missing), len(late), len(opinions), len(flaws)
    return WeakBoard(board, *counts, tuple(cause for cause in causes if cause.count))


def _cause(rule: str, about: Sequence[Both | str], who: Sequence[str]) -> WeakCause:
    named = tuple({str(one): one for one in about}.values())
    return WeakCause(rule, named, len(about), tuple(dict.fromkeys(filter(None, who))))


def _led(standings: Standings, months: Sequence[tuple[date, date]], month: Figures) -> Leads:
    """The leading rates, none of which is empty as long as anything was ever due for it."""
    found = {rate: Led(month[rate], months[-1][0]) for rate in LEADING}
    if all(led.figure.denominator for led in found.values()):
        return found
    library, last = standings.library, months[-1][1]
    begin = min(since(library) or last, months[0][0])
    for first in (months[0][0], begin):
        window = FigureWindow(library, standings, first, last)
        for rate, led in found.items():
            if not led.figure.denominator:
                found[rate] = Led(window.of(rate, None), first)
    return found
