"""``inspection/*``: inspections are held as scheduled, by others, of what was drawn and by the
checklist; what they find is mended and does not come back.

A sample is drawn so that nobody can choose it and anybody can draw it again: of the ids of the
items that were published in a window, those whose SHA-256 behind the seed comes first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

from gongkai.domain.finding import RULES, Finding
from gongkai.domain.model import Draw, Inspection, Library
from gongkai.domain.terms import State, Way
from gongkai.rules.found import about_entry
from gongkai.source.checklist import PATH
from gongkai.status.inspections import Recurrence, Turn, held, missed, recurring
from gongkai.status.standing import Standings


def check(standings: Standings) -> Iterator[Finding]:
    """What is amiss with the inspections that were held, and those that were not."""
    library, today = standings.library, standings.today
    for inspection in held(library, today):
        if inspection.draw:
            yield from _sample(inspection, inspection.draw, standings)
        yield from _own(inspection)
        yield from _by_checklist(inspection, library)
        for flaw in inspection.flaws:
            if flaw.due and flaw.due < today and not flaw.is_mended(today):
                yield about_entry(
                    inspection,
                    "inspection/unmended",
                    "",
                    due=flaw.due,
                    dept=flaw.dept or inspection.by,
                )
    yield from map(_missed, missed(library, today))
    for again in recurring(library, today):
        if not again.last.flaw.is_mended(today):
            yield _recurring(again)


def _sample(one: Inspection, draw: Draw, standings: Standings) -> Iterator[Finding]:
    if draw.first > draw.last or (draw.board and not standings.library.board(draw.board)):
        yield about_entry(one, "inspection/sample", "void", first=draw.first, last=draw.last)
        return
    names = drawn(draw, one.date, standings)
    if set(draw.items) != set(names):
        yield about_entry(one, "inspection/sample", "" if draw.items else "undrawn", names=names)


def drawn(draw: Draw, day: date, standings: Standings) -> tuple[str, ...]:
    """The ids that a sample consists of, in the order in which they were drawn on a day: of what
    was published by then."""
    last = min(draw.last, day)
    there = [
        standing.item.id
        for standing in standings.all()
        if standing.state not in (State.DRAFT, State.SCHEDULED)
        and draw.first <= standing.item.first_day <= last
        and standing.item.was_up
        and (draw.board is None or draw.board in standing.item.boards)
    ]

    def place(name: str) -> str:
        return hashlib.sha256(f"{draw.seed}:{name}".encode()).hexdigest()

    return tuple(sorted(there, key=place)[: draw.count])


def _own(one: Inspection) -> Iterator[Finding]:
    """Only a 自查 is of a unit by itself."""
    if one.way is not Way.OWN and one.by == one.unit:
        yield about_entry(one, "inspection/own", "", way=one.way, unit=one.unit)


def _by_checklist(one: Inspection, library: Library) -> Iterator[Finding]:
    """Points that no list has, that were not looked at, boards that are not there."""
    known = {point.id for point in library.checklist.points}
    unknown = [name for name in (*one.checked, *one.failed) if name not in known]
    if unknown:
        yield about_entry(one, "inspection/checklist", "", points=tuple(dict.fromkeys(unknown)))
    elif one.checked and not set(one.failed) <= set(one.checked):
        extra = tuple(name for name in one.failed if name not in one.checked)
        yield about_entry(one, "inspection/checklist", "unlooked", points=extra)
    for flaw in one.flaws:
        if flaw.board and not library.board(flaw.board):
            yield about_entry(one, "inspection/checklist", "board", board=flaw.board)


def _missed(turn: Turn) -> Finding:
    row, period = turn.round, turn.period
    values = {"way": row.way, "by": row.by or "", "period": str(period), "last": period.end}
    case = "" if row.by else "anybody"
    keys = ("schedule",)
    rule = "inspection/due"
    return Finding(rule=rule, severity=RULES[rule], path=PATH, keys=keys, case=case, values=values)


def _recurring(again: Recurrence) -> Finding:
    last, before = again.last, again.times[:-1]
    values = {
        "text": last.flaw.text,
        "before": tuple(found.inspection.id for found in before),
        "dept": last.flaw.dept or last.inspection.unit or last.inspection.by,
    }
    return about_entry(last.inspection, "inspection/recurring", "", **values)
