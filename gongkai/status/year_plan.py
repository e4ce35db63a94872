"""The year's plan (年度计划): every duty of a year, by when, who answers, and what was done.

A plan is drawn up from the catalogue (执行明细表), so it is there before the first item is. Events
and standing matters have no days beforehand; they are in it once they were made public, since
nothing may be told of an item before, and the rows they come from are listed by themselves. Days
are plain dates in the site's zone.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from msgspec import structs

from gongkai.domain.calendar import Period
from gongkai.domain.model import Category, Library, Value
from gongkai.status.duties import Duties, Duty
from gongkai.status.standing import Standings


class Planned(Value, frozen=True):
    """One duty of the plan. ``board`` is None for the company, ``period`` for an event, which has
    an ``item``; ``done`` is the day on which it was made public, None until then."""

    category: str
    period: Period | None
    board: str | None
    due: date
    owner: str
    done: date | None
    item: str | None = None


class PlanLine(Value, frozen=True):
    """What one department does by one day: one duty, or the same for several workshops."""

    category: str
    period: Period | None
    due: date
    owner: str
    parts: tuple[Planned, ...]

    @property
    def done(self) -> date | None:
        """The day on which the last part of it was made public; None while any is missing."""
        days = [part.done for part in self.parts if part.done]
        return max(days) if len(days) == len(self.parts) else None

    @property
    def count(self) -> int:
        """How many parts of it were made public."""
        return sum(part.done is not None for part in self.parts)


class YearPlan(Value, frozen=True):
    """A year's plan. ``by_event`` are the rows of the catalogue that have no day beforehand."""

    year: int
    planned: tuple[Planned, ...]
    by_event: tuple[Category, ...]

    def months(self) -> list[tuple[date, list[PlanLine]]]:
        """The lines of each month by its first day; of a month by department and day."""
        months: dict[date, list[PlanLine]] = defaultdict(list)
        for line in lines_of(self.planned):
            months[line.due.replace(day=1)].append(line)
        return sorted(months.items())


def lines_of(planned: tuple[Planned, ...]) -> list[PlanLine]:
    """Duties with those that are the same but for the workshop in one line, by department."""
    found: dict[tuple[str, date, str, str], list[Planned]] = defaultdict(list)
    for one in planned:
        found[one.owner, one.due, one.category, f"{one.period or ''}/{one.item or ''}"].append(one)
    return [
        PlanLine(category, ones[0].period, due, owner, tuple(ones))
        for (owner, due, category, _), ones in sorted(found.items())
    ]


def year_plan(standings: Standings, year: int) -> YearPlan:
    """The plan of a year, with what was done by the instant of the standings."""
    duties, today = _duties(standings, year), standings.today
    due = duties.due(date(year, 1, 1), date(year, 12, 31))
    planned = (_planned(duty, duties, today) for duty in due)
    return YearPlan(
        year=year,
        planned=tuple(one for one in planned if one.done or not one.item),
        by_event=tuple(row for row in duties.rows.values() if not row.grain.months),
    )


def _duties(standings: Standings, year: int) -> Duties:
    """The duties; of a site that has nothing yet, from the beginning of the year."""
    if standings.duties.since:
        return standings.duties
    library = standings.library
    catalogue = structs.replace(library.catalogue, since=date(year, 1, 1))
    return Duties(structs.replace(library, catalogue=catalogue))


def _planned(duty: Duty, duties: Duties, today: date) -> Planned:
    met = [item.first_day for item in duties.meeting(duty, today)]
    return Planned(
        category=duty.category,
        period=duty.period,
        board=duty.board,
        due=duty.due,
        owner=duties.rows[duty.category].answered_by(workshop_of(duties.library, duty.board)),
        done=min(met, default=None),
        item=duty.item,
    )


def workshop_of(library: Library, board: str | None) -> str | None:
    """The workshop whose board it is."""
    found = library.board(board) if board else None
    return found.workshop if found else None
