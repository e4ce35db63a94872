"""``inspection/*``: what was looked at is what was drawn, and what was found is mended.

A sample is drawn so that nobody can choose it and anybody can draw it again: of the ids of the
items that were published in a window, those whose SHA-256 behind the seed comes first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

from gongkai.domain.finding import RULES, Finding
from gongkai.domain.model import Draw, Inspection
from gongkai.domain.terms import State
from gongkai.status.standing import Standings


def check(standings: Standings) -> Iterator[Finding]:
    """Samples that were not drawn as they say, and flaws past their day."""
    for one in standings.library.inspections:
        if one.date > standings.today:
            continue
        if one.draw:
            yield from _sample(one, one.draw, standings)
        for flaw in one.flaws:
            is_over = flaw.due is not None and flaw.due < standings.today
            if is_over and (flaw.mended is None or flaw.mended > standings.today):
                yield _about(one, "inspection/unmended", "", due=flaw.due, dept=flaw.dept or one.by)


def _sample(one: Inspection, draw: Draw, standings: Standings) -> Iterator[Finding]:
    if draw.first > draw.last or (draw.board and not standings.library.board(draw.board)):
        yield _about(one, "inspection/sample", "void", first=draw.first, last=draw.last)
        return
    names = drawn(draw, one.date, standings)
    if set(draw.items) != set(names):
        yield _about(one, "inspection/sample", "" if draw.items else "undrawn", names=names)


def drawn(draw: Draw, day: date, standings: Standings) -> tuple[str, ...]:
    """The ids that a sample consists of, in the order in which they were drawn on a day: of what
    was published by then."""
    last = min(draw.last, day)
    there = [
        one.item.id
        for one in standings.all()
        if one.state not in (State.DRAFT, State.SCHEDULED)
        and draw.first <= one.item.first_day <= last
        and one.item.was_up
        and (draw.board is None or draw.board in one.item.boards)
    ]

    def place(name: str) -> str:
        return hashlib.sha256(f"{draw.seed}:{name}".encode()).hexdigest()

    return tuple(sorted(there, key=place)[: draw.count])


def _about(one: Inspection, rule: str, case: str, **values: object) -> Finding:
    return Finding(
        rule=rule,
        severity=RULES[rule],
        path=one.path,
        line=one.line,
        case=case,
        values={"id": one.id, **values},
    )
