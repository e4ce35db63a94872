"""The supervision group's figures: sixteen rates, each with what it counts and out of how many.

Formulas of version 2. W is the window from ``first`` through ``last``; everything is told as it was
at the end of ``last``, whatever was written later. A denominator of nothing gives no rate: silence
is not a hundred per cent. Late counts as disclosed and not as timely, so timeliness is never above
disclosure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TypeVar

from msgspec import structs

from gongkai.domain.model import Board, Category, Flaw, Inspection, Item, Library, Opinion, Value
from gongkai.domain.rates import Rate
from gongkai.domain.terms import VOID_WITHOUT, Freshness, Kind, Rating, State, StepName
from gongkai.rules import congress, notice
from gongkai.rules.needs import Requirements, steps_lacking
from gongkai.rules.opinions import is_public, numbers_published
from gongkai.status.duties import Duty
from gongkai.status.standing import Standing, Standings, stand
from gongkai.supervision.figure import Figure
from gongkai.supervision.surveys import satisfaction

FORMULAS = "2"
"""The version of the formulas; figures of different versions are not compared. In the first the
elements counted defaults too, and the procedure only items that record steps."""


Figures = Mapping[Rate, Figure]


class Supervision(Value, frozen=True):
    """The figures of a window, for the company and for each board."""

    first: date
    last: date
    metrics: Figures
    units: Mapping[str, Figures]
    inspections: tuple[Inspection, ...]
    voluntary: int
    """Items published in the window that no duty asks for (我要公开); they are in no rate of
    duties."""


def supervision(
    library: Library, first: date, last: date, present: Standings | None = None
) -> Supervision:
    """Every figure of a window, as things stood at the end of its last day; ``present`` is how they
    stand, if that is known."""
    window = FigureWindow(library, stand(library, end_of(library, last), present), first, last)
    units = {board.id: window.figures(board) for board in library.boards}
    return Supervision(
        first=first,
        last=last,
        metrics=window.figures(None),
        units=units,
        inspections=inspections(library, first, last),
        voluntary=window.voluntary(),
    )


def end_of(library: Library, last: date) -> datetime:
    """The last instant of a day."""
    return library.site.start_of(last + timedelta(days=1)) - timedelta(microseconds=1)


def inspections(library: Library, first: date, last: date) -> tuple[Inspection, ...]:
    """The inspections of a window, with what was mended by its end."""
    found = [inspection for inspection in library.inspections if first <= inspection.date <= last]
    ordered = sorted(found, key=lambda one: (one.date, one.id))
    return tuple(
        structs.replace(inspection, flaws=tuple(_as_of(flaw, last) for flaw in inspection.flaws))
        for inspection in ordered
    )


def _as_of(flaw: Flaw, day: date) -> Flaw:
    is_later = flaw.mended is not None and flaw.mended > day
    return structs.replace(flaw, mended=None) if is_later else flaw


class DutyFulfilment(Value, frozen=True):
    """How a row of the catalogue was kept in a month: how many duties were due, how many of them
    are still ``missing``, and how many days the latest of these is late, or else the latest of all
    (0 for on time)."""

    due: int
    missing: int
    days: int


def is_in_series(item: Item, library: Library) -> bool:
    """Is an item renewed by that of the next period?"""
    return bool(item.period and library.category(item).grain.months)


Happened = list[tuple[Standing, date, date]]
"""Items with the first and the last day on which anything that is counted happened to them."""


def happened_to(standings: Standings) -> Happened:
    """The days of each item, to look at it in the months that it concerns alone."""
    found = []
    for standing in standings.all():
        item = standing.item
        notice = item.notice.last if item.notice else None
        planned = (step.due for step in item.steps)
        days = [item.first_day, item.last_day, _left(item), notice, *planned]
        told = [day for day in days if day]
        found.append((standing, min(told), max(told)))
    return found


class FigureWindow:
    """One window on a library. Where ``standings`` are not those at its end, ``alone`` is what is
    renewed by itself, to be looked at as it stood then."""

    def __init__(
        self,
        library: Library,
        standings: Standings | None,
        first: date,
        last: date,
        alone: Library | None = None,
        happened: Happened | None = None,
    ) -> None:
        self.library, self.first, self.last, self.alone = library, first, last, alone
        self.begins = library.site.start_of(first)
        self.now = standings or stand(library, library.site.start_of(last))
        self.happened = happened_to(self.now) if happened is None else happened
        self.due = self.now.duties.due(first, last)
        self.by: Mapping[Rate, Callable[[Board | None], Figure]] = {
            Rate.DISCLOSURE: self._disclosure,
            Rate.TIMELINESS: self._timeliness,
            Rate.CURRENCY: self._currency,
            Rate.COVERAGE: self._coverage,
            Rate.ELEMENTS: self._elements,
            Rate.PROCEDURE: self._procedure,
            Rate.CONGRESS: self._congress,
            Rate.NOTICES: self._notices,
            Rate.OPINIONS_CLOSED: self._opinions_closed,
            Rate.OPINIONS_ON_TIME: self._opinions_on_time,
            Rate.REPLIES_PUBLISHED: self._replies_published,
            Rate.SATISFACTION: self._satisfaction,
            Rate.OPINION_SATISFACTION: self._opinion_satisfaction,
            Rate.RECTIFIED: self._rectified,
            Rate.ARCHIVED: self._archived,
            Rate.CORRECTED: self._corrected,
        }

    @cached_property
    def published(self) -> set[str]:
        """The numbers of opinions that replies were published to."""
        return numbers_published(self.now)

    @cached_property
    def asked(self) -> Requirements:
        """What items are asked for."""
        return Requirements(self.library)

    @cached_property
    def up(self) -> list[Standing]:
        """What hangs at the end of the window."""
        then = stand(self.alone, end_of(self.alone, self.last)) if self.alone else self.now
        return [standing for standing in then.all() if standing.hangs]

    @cached_property
    def known(self) -> list[Item]:
        """The items to which something that is counted happened in the window."""
        return [
            standing.item
            for standing, begins, ends in self.happened
            if begins <= self.last and ends >= self.first and self._matters(standing)
        ]

    def figures(self, board: Board | None) -> Figures:
        """Every figure of a board, or of the company."""
        return {rate: self.of(rate, board) for rate in Rate}

    def of(self, rate: Rate, board: Board | None) -> Figure:
        """One figure."""
        return self.by[rate](board)

    def voluntary(self) -> int:
        """How many items were published that no duty of this enterprise asks for."""
        rows = self.now.duties.rows
        ours = (item for item in self._items(None) if item.kind is not Kind.CORRECTION)
        return sum(item.category not in rows for item in ours)

    def _has(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def _duties(self, board: Board | None) -> list[Duty]:
        """What was due: for a board, the duties of its workshop."""
        return [duty for duty in self.due if board is None or duty.board == board.id]

    def _first_up(self, duty: Duty) -> date | None:
        """The first day on which something was up for a duty."""
        days = [item.first_day for item in self.now.duties.of(duty) if item.was_up]
        return min(days, default=None)

    def kept(self, row: Category, today: date) -> DutyFulfilment:
        """How a row was kept: by its worst instance."""
        due = [duty for duty in self.due if duty.category == row.id and duty.due < today]
        ups = [(duty.due, self._first_up(duty)) for duty in due]
        missing = [(today - day).days for day, up in ups if up is None or up > today]
        late = [(up - day).days for day, up in ups if up and up <= today]
        return DutyFulfilment(len(due), len(missing), max(0, 0, *(missing or late)))

    def _disclosure(self, board: Board | None) -> Figure:
        return _share(self._duties(board), lambda one: _by(self._first_up(one), self.last))

    def _timeliness(self, board: Board | None) -> Figure:
        return _share(self._duties(board), lambda one: _by(self._first_up(one), one.due))

    def _currency(self, board: Board | None) -> Figure:
        """Series of the catalogue, with those of which nothing was ever up; and what is renewed by
        itself."""
        series = list(self._series(board))
        alone = [
            standing
            for standing in self._up(board)
            if standing.review_by and self._is_alone(standing)
        ]
        renewed = sum(standing.freshness not in _LATE for standing in alone)
        return Figure(sum(series) + renewed, len(series) + len(alone))

    def _series(self, board: Board | None) -> Iterator[bool]:
        """Of each series that should be on a board by now, whether it is current."""
        duties = self.now.duties
        for row in duties.rows.values():
            if not row.grain.months:
                continue
            for unit in duties.boards_of(row):
                if board is None or unit == board.id:
                    last = duties.last_due(row, unit, self.last - timedelta(days=1))
                    if last:
                        yield _by(self._first_up(last), self.last)

    def _is_alone(self, one: Standing) -> bool:
        """Is it renewed by itself? What a correction says is renewed with what it corrects."""
        in_series = is_in_series(one.item, self.library)
        return not in_series and one.item.kind is not Kind.CORRECTION

    def _up(self, board: Board | None) -> list[Standing]:
        """What hangs at the end of the window."""
        return [standing for standing in self.up if board is None or board.id in standing.boards]

    def _coverage(self, board: Board | None) -> Figure:
        boards = [one for one in self.library.boards if board in (None, one)]
        return _share(boards, lambda one: bool(self._up(one)))

    def _items(self, board: Board | None) -> list[Item]:
        """What was published in the window."""
        return [item for item in self._known(board) if self._has(item.first_day)]

    def _known(self, board: Board | None) -> list[Item]:
        return [item for item in self.known if board is None or board.id in item.boards]

    def _matters(self, one: Standing) -> bool:
        """Did anything that is counted happen to an item in the window?"""
        item = one.item
        if one.state in (State.DRAFT, State.SCHEDULED) or not item.was_up:
            return False
        ends = item.expires  # a correction of what is over ends before it begins
        was_over = ends is not None and item.publish < ends <= self.begins  # so it is with most
        days = () if was_over else (item.first_day, item.last_day, _left(item))
        if any(map(self._has, days)) or (item.notice and self._has(item.notice.last)):
            return True
        planned = [step.due for step in item.steps if step.due]
        return any(map(self._has, planned))

    def _elements(self, board: Board | None) -> Figure:
        return _share(self._items(board), _has_elements)

    def _procedure(self, board: Board | None) -> Figure:
        known = [item for item in self._known(board) if self._is_due(item)]
        due = [item for item in known if item.steps or self.asked.needs(item).is_anything]
        return _share(due, self._is_whole)

    def _is_due(self, item: Item) -> bool:
        """Is an item due for all five steps: it is over, or its last step has its day?"""
        days = [step.due for step in item.steps if step.step is StepName.RECTIFY]
        return any(map(self._has, [item.last_day, *days]))

    def _is_whole(self, item: Item) -> bool:
        """Is nothing missing that its category needs, nor any of the five steps where they are
        recorded or needed? ("无需整改" is a step that was taken.)"""
        needs = self.asked.needs(item)
        takes_steps = item.steps or needs.steps
        has_steps = not takes_steps or not steps_lacking(item, tuple(StepName), self.last)
        is_valid = needs.act not in VOID_WITHOUT or congress.complies(
            item, self.library.category(item)
        )
        return has_steps and is_valid and not any(self.asked.lacking(item, self.last))

    def _congress(self, board: Board | None) -> Figure:
        category = self.library.category
        needing = [item for item in self._items(board) if category(item).act]
        return _share(needing, lambda one: congress.complies(one, category(one)))

    def _notices(self, board: Board | None) -> Figure:
        ended = [item for item in self._known(board) if item.notice and self._has(item.notice.last)]
        return _share(ended, self._complies)

    def _complies(self, item: Item) -> bool:
        has_outcome = item.outcome is not None and item.outcome.date <= self.last
        return has_outcome and notice.complies(item, self.library)

    def _opinions(self, board: Board | None) -> list[Opinion]:
        """Opinions due in the window: of a board, those that its workshop handles."""
        ones = [opinion for opinion in self.library.opinions if self._has(opinion.due)]
        return [
            opinion
            for opinion in ones
            if board is None or (opinion.dept and opinion.dept == board.workshop)
        ]

    def _opinions_closed(self, board: Board | None) -> Figure:
        return _share(self._opinions(board), lambda one: one.is_closed(self.last))

    def _opinions_on_time(self, board: Board | None) -> Figure:
        return _share(self._opinions(board), lambda one: one.is_closed(min(one.due, self.last)))

    def _replies_published(self, board: Board | None) -> Figure:
        closed = [opinion for opinion in self._opinions(board) if opinion.is_closed(self.last)]
        return _share(closed, lambda one: is_public(one, self.published))

    def _satisfaction(self, board: Board | None) -> Figure:
        return satisfaction(self.library, self.first, self.last, board)

    def _opinion_satisfaction(self, board: Board | None) -> Figure:
        rated = [
            opinion
            for opinion in self._opinions(board)
            if opinion.rating and opinion.is_closed(self.last)
        ]
        return _share(rated, lambda one: one.rating is not Rating.DISSATISFIED)

    def _rectified(self, board: Board | None) -> Figure:
        steps = [
            step
            for item in self._known(board)
            for step in item.steps
            if step.step is StepName.RECTIFY and self._has(step.due)
        ]
        return _share(steps, lambda one: _by(one.date, self.last))

    def _archived(self, board: Board | None) -> Figure:
        left = [item for item in self._known(board) if self._has(_left(item))]
        return _share(left, lambda one: one.archive is not None)

    def _corrected(self, board: Board | None) -> Figure:
        items = self._items(board)
        corrected = {item.corrects for item in items if item.kind is Kind.CORRECTION}
        return Figure(len(corrected), sum(item.kind is not Kind.CORRECTION for item in items))


_LATE = (Freshness.OVERDUE, Freshness.LONG_OVERDUE)


_T = TypeVar("_T")


def _share(ones: Iterable[_T], is_counted: Callable[[_T], bool]) -> Figure:
    known = list(ones)
    return Figure(sum(map(is_counted, known)), len(known))


def _by(day: date | None, last: date) -> bool:
    """Did something happen by a day?"""
    return day is not None and day <= last


def _has_elements(item: Item) -> bool:
    """Content, form, scope, time and owner (内容、形式、范围、时间、责任), each of them typed and
    not by default: the form by its channels or its paper, the scope by its boards. No item can be
    read without its days and its owner."""
    has_content = bool(item.body.text.strip() or item.attached)
    has_form = "channels" in item.typed or "paper" in item.typed
    return has_content and has_form and "boards" in item.typed


def _left(item: Item) -> date | None:
    """The last day on which it was up."""
    end: datetime | None = item.leaves
    return (end - timedelta(microseconds=1)).date() if end else None


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of the month before a day's."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def periods_before(day: date, count: int) -> list[tuple[date, date]]:
    """The months before a day's, the oldest first."""
    found = []
    for _ in range(count):
        first, last = month_of(day)
        found.append((first, last))
        day = first
    return found[::-1]
