"""Duties: what must be disclosed and by when, and whether anything was.

A duty instance is a row of the catalogue, for the company or for one workshop, for one period or
one event. The worst staleness is the item that was never written, and it has no file; so duties
come from the catalogue, not from the items. Days are plain dates in the site's zone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from itertools import chain

from gongkai.domain.calendar import Period
from gongkai.domain.model import Catalogue, Category, Item, Library, Value
from gongkai.domain.terms import Kind, Ownership, Scope

_DAY = timedelta(days=1)
_FOREVER = 9000
"""A year after which nobody counts; days end with 9999."""


class Duty(Value, frozen=True):
    """One thing that must be disclosed through the day ``due``. ``board`` is None for the company,
    ``period`` for events and standing matters; ``item`` is the event's item."""

    category: str
    due: date
    board: str | None = None
    period: Period | None = None
    item: str | None = None


class Gap(Value, frozen=True):
    """What is missing of one row on one board (None for the company): its periods, the oldest
    first, and the day through which the oldest was due."""

    category: Category
    board: str | None
    periods: tuple[Period, ...]
    due: date


Cell = tuple[str, Period | None, str | None]
"""A category, a period, and a workshop's board."""


def applies(category: Category, catalogue: Catalogue) -> bool:
    """Does a duty bind this enterprise? Some bind only state-owned, collective and controlled ones
    (企业民主管理规定), and a site says openly which matter it does not have at all."""
    is_private = catalogue.ownership is Ownership.PRIVATE
    return not category.waived and not (category.state_only and is_private)


def since(library: Library) -> date | None:
    """The day from which duties count: the catalogue's, or the month of the first item. None for a
    site without either, which has no duties yet."""
    if library.catalogue.since:
        return library.catalogue.since
    first = min((item.first_day for item in library.items if not item.draft), default=None)
    return first.replace(day=1) if first else None


class Duties:
    """The duties of a library, and what was put up for them. Worked out when it is asked for, and
    once: several rules and pages ask."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._missing: dict[date, list[Duty]] = {}

    @cached_property
    def rows(self) -> Mapping[str, Category]:
        """The rows that bind this enterprise, by id."""
        catalogue = self.library.catalogue
        rows = catalogue.categories.values()
        return {category.id: category for category in rows if applies(category, catalogue)}

    @cached_property
    def workshops(self) -> list[str]:
        """The boards of workshops, by id."""
        return [board.id for board in self.library.boards if board.workshop]

    @cached_property
    def since(self) -> date | None:
        """The day from which duties count."""
        return since(self.library)

    @cached_property
    def shown(self) -> Mapping[Cell, list[Item]]:
        """What is or will be up, by the duties it meets."""
        found: dict[Cell, list[Item]] = defaultdict(list)
        since = self.since
        for item in self.library.items:
            if item.period and since and item.period.end < since:
                continue  # from before duties count, which is nearly everything after some years
            for cell in self.cells(item):
                found[cell].append(item)
        return found

    @cached_property
    def drafts(self) -> list[Item]:
        """Items that are not to be shown yet."""
        return [item for item in self.library.items if item.draft]

    def due(self, first: date, last: date) -> list[Duty]:
        """Every duty instance whose due day lies from ``first`` through ``last``, by that day."""
        found = [duty for row in self.rows.values() for duty in self._of(row, first, last)]
        return sorted(found, key=lambda one: (one.due, one.category, one.board or ""))

    def missing(self, today: date) -> list[Duty]:
        """The duties whose day has passed without anything being up for them by today. An event is
        known only by its item, so it can be late and not missing."""
        if today not in self._missing:
            duties = self.due(date.min, today - _DAY)
            unmet = [duty for duty in duties if not duty.item and not self.is_met(duty, today)]
            self._missing[today] = unmet
        return self._missing[today]

    def gaps(self, today: date) -> tuple[Gap, ...]:
        """What is missing, row by row; what has been due longest comes first."""
        found: dict[tuple[str, str | None], list[Duty]] = defaultdict(list)
        for duty in self.missing(today):
            found[duty.category, duty.board].append(duty)
        return tuple(
            Gap(
                self.rows[name],
                board,
                tuple(duty.period for duty in ones if duty.period),
                ones[0].due,
            )
            for (name, board), ones in found.items()
        )

    def begun(self, duty: Duty, today: date) -> Item | None:
        """An item for a duty that is not up yet: scheduled, or a draft."""
        drafts = (item for item in self.drafts if _is_for(item, duty))
        coming = (item for item in self.of(duty) if item.first_day > today)
        return next(chain(drafts, coming), None)

    def is_met(self, duty: Duty, today: date) -> bool:
        """Was anything put up for a duty by a day, late or not?"""
        return any(self.meeting(duty, today))

    def meeting(self, duty: Duty, today: date) -> Iterator[Item]:
        """What was put up for a duty by a day. What was taken down before its time does not count:
        it must be put right."""
        for item in self.of(duty):
            if item.first_day <= today and not (item.withdrawn and item.withdrawn.date <= today):
                yield item

    def follow(self, item: Item, boards: Iterable[str]) -> list[Duty]:
        """The duties that what follows an item meets on its boards; none where duties do not count
        yet, or where what follows it on a board is no duty."""
        row, begin = self.rows.get(item.category), self.since
        if row is None or begin is None or item.period is None or item.period.grain != row.grain:
            return []
        following = item.period.next()
        if following.order < Period.containing(begin, row.grain).order:
            return []
        is_workshops = row.scope is Scope.WORKSHOP
        if is_workshops and not set(boards) <= set(self.workshops):
            return []
        due = following.end + timedelta(days=row.lag)
        places = boards if is_workshops else (None,)
        return [Duty(row.id, due, board, following) for board in places]

    def cells(self, item: Item) -> list[Cell]:
        """The duties an item meets; none for what no duty asks for, and for corrections."""
        row = self.rows.get(item.category)
        if row is None or item.draft or item.kind is Kind.CORRECTION:
            return []
        period = item.period if row.grain.months else None
        is_workshop = row.scope is Scope.WORKSHOP and row.grain.months
        boards = item.boards if is_workshop else (None,) if item.boards else ()
        return [(row.id, period, board) for board in boards]

    def of(self, duty: Duty) -> list[Item]:
        """What is or will be up for a duty."""
        found = self.shown.get((duty.category, duty.period, duty.board), [])
        return [item for item in found if item.id == duty.item] if duty.item else found

    def next_failures(self, today: date) -> set[date]:
        """The next days on which a duty may become missing: for each row and workshop up to the
        first instance for which nothing is planned."""
        found: set[date] = set()
        for row in self.rows.values():
            for board in self.boards_of(row):
                for duty in self._from(row, board, today):
                    found.add(duty.due + _DAY)
                    if not self.of(duty):
                        break
        return found

    def _of(self, row: Category, first: date, last: date) -> Iterator[Duty]:
        if not row.grain.months:
            yield from self._events(row, first, last)
            return
        for board in self.boards_of(row):
            for duty in self._from(row, board, first):
                if duty.due > last:
                    break
                yield duty

    def last_due(self, row: Category, board: str | None, day: date) -> Duty | None:
        """The last instance of a periodic row that was due by a day."""
        last = None
        for duty in self._from(row, board, date.min):
            if duty.due > day:
                break
            last = duty
        return last

    def boards_of(self, row: Category) -> Iterable[str | None]:
        """For what a row is due: each workshop's board, or None for the company."""
        return self.workshops if row.scope is Scope.WORKSHOP else (None,)

    def _events(self, row: Category, first: date, last: date) -> Iterator[Duty]:
        """Events and standing matters are known only by their items; what nobody wrote down cannot
        be missed."""
        for item in self.shown.get((row.id, None, None), ()):
            if item.formed and item.due and first <= item.due <= last:
                yield Duty(row.id, item.due, None, None, item.id)

    def _from(self, row: Category, board: str | None, first: date) -> Iterator[Duty]:
        """The instances of a row from the one that is due on or after a day, without end."""
        begin, lag = self.since, timedelta(days=row.lag)
        if begin is None or not row.grain.months:
            return
        period = Period.containing(max(begin, first - lag if first > begin else begin), row.grain)
        while period.year < _FOREVER:
            due = period.end + lag
            if due >= first:
                yield Duty(row.id, due, board, period)
            period = period.next()


def _is_for(item: Item, duty: Duty) -> bool:
    is_of_row = item.category == duty.category and item.period == duty.period
    return is_of_row and (duty.board is None or duty.board in item.boards)
