"""``appraisal/*``: the sheet adds up, what is given by hand fits it, and nothing stays unscored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.domain.finding import RULES, Finding
from gongkai.domain.model import Appraisal, Library, Score
from gongkai.source.appraisal import PATH
from gongkai.status.appraisal import last_due
from gongkai.status.standing import Standings

WHOLE = 100
"""Points of a sheet."""


def check(standings: Standings) -> Iterator[Finding]:
    """What is amiss with the appraisal of a site that has one."""
    library, appraisal = standings.library, standings.library.appraisal
    if not appraisal.own:
        return
    total = round(sum(criterion.points for criterion in appraisal.criteria), 3)
    if total != WHOLE:
        yield _about("appraisal/sum", "", 1, total=f"{total:g}", whole=WHOLE)
    for score in appraisal.scores:
        yield from _score(score, appraisal, library)
    yield from _unscored(appraisal, library, standings.today)


def _score(one: Score, appraisal: Appraisal, library: Library) -> Iterator[Finding]:
    values = {"id": one.id, "period": str(one.period)}
    row = next((each for each in appraisal.criteria if each.id == one.id), None)
    if row is None:
        yield _about("appraisal/score", "unknown", one.line, **values)
    elif one.score > row.points:
        more = {"score": f"{one.score:g}", "points": f"{row.points:g}"}
        yield _about("appraisal/score", "", one.line, **values, **more)
    if one.board and not library.board(one.board):
        yield _about("appraisal/score", "board", one.line, **values, board=one.board)


def _unscored(appraisal: Appraisal, library: Library, today: date) -> Iterator[Finding]:
    """What is scored by hand alone, and was not for the whole company."""
    period = last_due(library, today)
    if period is None:
        return
    by_hand = [criterion for criterion in appraisal.criteria if criterion.rate is None]
    lacking = tuple(
        criterion.id
        for criterion in by_hand
        if not appraisal.given(period, criterion.id, None, today)
    )
    if lacking:
        yield _about("appraisal/unscored", "", 1, ids=lacking, period=str(period))


def _about(rule: str, case: str, line: int, **values: object) -> Finding:
    return Finding(
        rule=rule, severity=RULES[rule], path=PATH, line=line, case=case, values=values
    )  # fmt: skip
