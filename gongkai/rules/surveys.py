"""``survey/*``: a survey that is due is held, its counts are possible, and workers take part.

A site that never recorded a survey is told nothing. That one is held every year, and that half of
the ballots come back, is custom.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from gongkai.domain.finding import Both, Finding
from gongkai.domain.model import Count, Library, Survey
from gongkai.rules.found import about_entry
from gongkai.status.standing import Standings
from gongkai.status.surveys import held, next_survey_by, planned

_Wrong = tuple[str, Mapping[str, object]]
_NAMES = {
    "sent": Both("发放", "sent"),
    "returned": Both("收回", "returned"),
    "valid": Both("有效", "valid"),
}


def check(standings: Standings) -> Iterator[Finding]:
    """Surveys that are due and not held, counts that cannot be, and few ballots that came back."""
    library, today = standings.library, standings.today
    yield from _due(library, today)
    yield from _few_returned(library, today)
    for survey in library.surveys:
        yield from _boards(survey, library)
        if survey.item and library.called(survey.item) is None:
            yield _about(survey, "survey/counts", "item", {"found": survey.item})
        if survey.count and survey.date <= today:
            yield from (_about(survey, "survey/counts", *wrong) for wrong in _impossible(survey))


def _due(library: Library, today: date) -> Iterator[Finding]:
    for survey in planned(library):
        if survey.date < today:
            days = (today - survey.date).days
            yield _about(survey, "survey/due", "", {"date": survey.date, "days": days})
    following = next_survey_by(library, today)
    if following and following[0] < today:
        by, last = following
        yield _about(last, "survey/due", "yearly", {"date": last.date, "by": by})


def _few_returned(library: Library, today: date) -> Iterator[Finding]:
    """Of the latest survey: those before it cannot be mended any more."""
    for survey in held(library, today)[:1]:
        if survey.count and survey.count.returned * 2 < survey.count.sent:
            values = {"returned": survey.count.returned, "sent": survey.count.sent}
            yield _about(survey, "survey/few-returned", "", values)


def _boards(one: Survey, library: Library) -> Iterator[Finding]:
    known = [board.id for board in library.boards]
    for name in one.boards:
        if name not in known:
            near = get_close_matches(name, known, 1, 0.5)
            values = {"found": name, "near": near[0] if near else "", "known": known}
            yield _about(one, "ref/board", "", values)


def _impossible(one: Survey) -> Iterator[_Wrong]:
    """What in the counts of a survey cannot be: of the whole and of each board."""
    if one.count is None:
        return
    yield from _count(one.count, "")
    for name, count in one.by_board.items():
        yield from _count(count, name)
    for key, called in _NAMES.items():
        total = sum(getattr(count, key) for count in one.by_board.values())
        if total > getattr(one.count, key):
            yield "boards", {"key": called, "total": total, "whole": getattr(one.count, key)}


def _count(count: Count, board: str) -> Iterator[_Wrong]:
    place = f" ({board})" if board else ""
    if count.returned > count.sent:
        yield "returned", {"place": place, "returned": count.returned, "sent": count.sent}
    if count.valid > count.returned:
        yield "valid", {"place": place, "valid": count.valid, "returned": count.returned}
    for name, tally in (("", count.overall), *count.answers.items()):
        if tally.answered > count.valid:
            where = f" ({board} {name})" if board and name else f" ({name})" if name else place
            values = {"place": where, "answered": tally.answered, "valid": count.valid}
            yield "answers", values


def _about(one: Survey, rule: str, case: str, values: Mapping[str, object]) -> Finding:
    return about_entry(one, rule, case, title=one.title, **values)
