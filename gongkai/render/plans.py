"""The year's plan as people and programs read it: rows in words, JSON, CSV, lines of text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from gongkai.domain.finding import Both
from gongkai.domain.model import Category, Library
from gongkai.domain.text import width_of
from gongkai.render.attached import csv_bytes
from gongkai.render.words import Words
from gongkai.status.deadlines import Deadline, Due, title_of
from gongkai.status.standing import Standings
from gongkai.status.year_plan import PlanLine, Planned, YearPlan, workshop_of, year_plan

HEADS = ("due", "who", "what", "where", "done")
_MOST_PLACES = 3
"""Workshops that are named; more are counted."""


class PlanRow(NamedTuple):
    """A line of the plan in words. ``done`` is a day, or how many of how many."""

    due: date
    who: str
    what: str
    where: str
    done: str
    is_done: bool
    is_late: bool

    def cells(self, words: Words) -> tuple[str, ...]:
        """What stands in a table on paper or in a file."""
        return (words.short(self.due), self.who, self.what, self.where, self.done)


class PlanView:
    """A year's plan in one language."""

    def __init__(self, standings: Standings, year: int, lang: str) -> None:
        self.library, self.today = standings.library, standings.today
        self.plan, self.words = year_plan(standings, year), Words(lang)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.words.t("plan-of", year=self.plan.year)

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many duties there are, how many were met, and how many are late."""
        planned, today = self.plan.planned, self.today
        done = sum(one.done is not None for one in planned)
        return len(planned), done, sum(one.done is None and one.due < today for one in planned)

    def months(self) -> list[tuple[date, list[PlanRow]]]:
        """The rows of each month, by its first day."""
        return [(first, [*map(self.row, lines)]) for first, lines in self.plan.months()]

    def rows(self) -> list[PlanRow]:
        """All rows, month by month."""
        return [row for _, rows in self.months() for row in rows]

    def heads(self) -> tuple[str, ...]:
        """What stands above the columns."""
        return tuple(self.words.t(f"plan-{head}") for head in HEADS)

    def row(self, line: PlanLine) -> PlanRow:
        """A line in words."""
        done = self.day(line.done) if line.done else ""
        if not line.done and line.count:
            done = f"{line.count}/{len(line.parts)}"
        return PlanRow(
            due=line.due,
            who=line.owner,
            what=what_of(line, self.library, self.words),
            where=_where(line, self.library, self.words),
            done=done,
            is_done=line.done is not None,
            is_late=line.done is None and line.due < self.today,
        )

    def day(self, day: date) -> str:
        """A day; of the plan's own year without it."""
        return self.words.short(day) if day.year == self.plan.year else self.words.day(day)

    def deadlines(self) -> tuple[Deadline, ...]:
        """Every duty as what is due on a day, for a calendar."""
        return tuple(_deadline(planned, self.library) for planned in self.plan.planned)


def what_of(line: PlanLine, library: Library, words: Words) -> str:
    """The duty with its period, or what an event was."""
    row, item = library.catalogue.categories[line.category], line.parts[0].item
    event = library.item(item) if item else None
    if event:
        return words.either(title_of(event, row))
    name = words.category(row)
    return ("" if words.lang == "zh" else " ").join(filter(None, (words.period(line.period), name)))


def _where(line: PlanLine, library: Library, words: Words) -> str:
    places = [workshop_of(library, part.board) for part in line.parts if part.board]
    if not places:
        return words.t("scope-company")
    if len(places) > _MOST_PLACES:
        return words.t("plan-workshops", count=len(places))
    return words.t("list-comma").join(filter(None, places))


def _deadline(one: Planned, library: Library) -> Deadline:
    row: Category = library.catalogue.categories[one.category]
    title: Both = row.called
    name = "-".join(str(part) for part in (row.id, one.period, one.board, one.item) if part)
    boards = (one.board,) if one.board else ()
    return Deadline(one.due, Due.DISCLOSE, title, one.owner, name, boards, one.period)


def as_json(plan: YearPlan) -> str:
    """As programs read it: a list of duties by their days; ``board`` is null for the company,
    ``period`` for an event, ``done`` until it is made public."""
    told = [
        {
            "category": planned.category,
            "period": str(planned.period) if planned.period else None,
            "board": planned.board,
            "due": str(planned.due),
            "owner": planned.owner,
            "done": str(planned.done) if planned.done else None,
        }
        for planned in plan.planned
    ]
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def as_csv(view: PlanView) -> bytes:
    """As spreadsheets open it, one row a department and day; days as dates that can be sorted."""
    lines = [line for _, ones in view.plan.months() for line in ones]
    rows = [
        (str(row.due), row.who, row.what, row.where, str(line.done) if line.done else row.done)
        for row, line in ((view.row(line), line) for line in lines)
    ]
    return csv_bytes((view.heads(), *rows))


def as_text(view: PlanView) -> str:
    """As people read it in a terminal, month by month."""
    total, done, late = view.counts
    lines = [view.title, view.words.t("plan-counts", total=total, done=done, late=late)]
    for first, rows in view.months():
        lines += ["", view.words.month_of(first), *_lines(rows, view.words)]
    return "\n".join(lines) + "\n"


def _lines(rows: list[PlanRow], words: Words) -> Iterator[str]:
    for row in rows:
        state = row.done or (words.t("plan-late") if row.is_late else "")
        what = words.t("comma").join(filter(None, (row.what, row.where)))
        padding = " " * max(1, 20 - int(2 * width_of(row.who)))
        yield f"  {row.due}  {row.who}{padding}{what}  {state}".rstrip()
