"""Surveys on a day: which are due, and what of their counts may be told.

A group of fewer than five is told together with others, so that nobody's answer can be worked out,
by subtraction either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from gongkai.domain.calendar import add_months
from gongkai.domain.errors import UsageError
from gongkai.domain.model import Count, Library, Survey, Tally, Value

LEAST = 5
"""Ballots of which a group consists at least where it is told by itself."""
_MONTHS = 12
_DAY = timedelta(days=1)


class SurveyPart(Value, frozen=True):
    """What is told of some boards together: of one, of several that are small, or of ballots that
    name none (an empty id)."""

    boards: tuple[str, ...]
    count: Count


def survey_of(library: Library, name: str | None) -> Survey:
    """The survey of an id; without one the next that is planned. UsageError where there is none."""
    if name is None:
        coming = next(iter(planned(library)), None)
        if coming is None:
            raise UsageError("error.survey-none")
        return coming
    found = next((survey for survey in library.surveys if survey.id == name), None)
    if found is None:
        raise UsageError(
            "error.survey", found=name, known=[survey.id for survey in library.surveys]
        )
    return found


def held(library: Library, today: date) -> list[Survey]:
    """The surveys of the whole factory that were counted by a day, the newest first."""
    known = [
        survey
        for survey in library.surveys
        if survey.count and survey.date <= today and not survey.item
    ]
    return sorted(known, key=lambda one: (one.date, one.id), reverse=True)


def planned(library: Library) -> list[Survey]:
    """The surveys that are not counted yet, the soonest first."""
    known = [survey for survey in library.surveys if survey.count is None]
    return sorted(known, key=lambda one: (one.date, one.id))


def is_open(survey: Survey, day: date) -> bool:
    """Does the inbox take its ballots on a day?"""
    if survey.first is None or survey.count is not None or survey.item is not None:
        return False
    return survey.first <= day <= (survey.last or survey.date)


def next_survey_by(library: Library, today: date) -> tuple[date, Survey] | None:
    """The day by which there should be a survey again, a year after the last, and that one; None
    where there never was one, or where the next is planned."""
    last = next(iter(held(library, today)), None)
    if last is None or planned(library):
        return None
    return add_months(last.date, _MONTHS), last


def survey_days(library: Library, today: date) -> Iterator[date]:
    """The days on which something changes about surveys: one is counted, or is late."""
    for survey in library.surveys:
        yield survey.date
        yield survey.date + _DAY
    following = next_survey_by(library, today)
    if following:
        yield following[0] + _DAY


def appraisals(library: Library, today: date) -> Mapping[str, Count]:
    """What workers say of single items, by the item's id, where there are enough of them."""
    known = sorted(
        (
            survey
            for survey in library.surveys
            if survey.item and survey.count and survey.date <= today
        ),
        key=lambda one: one.date,
    )
    return {
        survey.item: survey.count
        for survey in known
        if survey.count and survey.item and is_told(survey.count)
    }


def is_told(count: Count) -> bool:
    """Are these enough ballots to be told of?"""
    return count.valid >= LEAST


def is_enough(tally: Tally) -> bool:
    """Are these enough answers to one question?"""
    return tally.answered >= LEAST


def parts(survey: Survey) -> tuple[SurveyPart, ...]:
    """What is told by board: each that is large enough, then the small ones together with as many
    others as it takes; nothing where only all of them together are enough."""
    if survey.count is None or not survey.by_board:
        return ()
    counts = dict(survey.by_board)
    rest = _rest(survey.count, counts)
    if rest.valid > 0:
        counts[""] = rest
    small = [name for name, value in counts.items() if 0 < value.valid < LEAST]
    large = sorted(counts.keys() - {*small}, key=lambda name: counts[name].valid, reverse=True)
    while small and sum(counts[name].valid for name in small) < LEAST and large:
        small.append(large.pop())
    alone = [SurveyPart((name,), counts[name]) for name in counts if name in large]
    if small and not alone:
        return ()
    together = [SurveyPart(tuple(small), _sum(counts[name] for name in small))] if small else []
    return (*alone, *together)


def count_on(survey: Survey, board: str) -> Count | None:
    """The count of one board, where it is told by itself."""
    return next((part.count for part in parts(survey) if part.boards == (board,)), None)


def _rest(whole: Count, counts: Mapping[str, Count]) -> Count:
    """The ballots that are of no board; of a question that a board does not tell, nothing."""
    named = _sum(counts.values())
    return Count(
        max(0, whole.sent - named.sent),
        max(0, whole.returned - named.returned),
        max(0, whole.valid - named.valid),
        _less(whole.overall, named.overall),
        {
            key: _less(whole.answers[key], value)
            for key, value in named.answers.items()
            if key in whole.answers
        },
    )


def _less(one: Tally, other: Tally) -> Tally:
    return Tally(
        max(0, one.satisfied - other.satisfied),
        max(0, one.fairly - other.fairly),
        max(0, one.dissatisfied - other.dissatisfied),
    )


def _sum(counts: Iterable[Count]) -> Count:
    known = list(counts)
    keys = [key for key in known[0].answers if all(key in count.answers for count in known)]
    return Count(
        sum(count.sent for count in known),
        sum(count.returned for count in known),
        sum(count.valid for count in known),
        _total(count.overall for count in known),
        {key: _total(count.answers[key] for count in known) for key in keys},
    )


def _total(tallies: Iterable[Tally]) -> Tally:
    known = list(tallies)
    return Tally(
        sum(tally.satisfied for tally in known),
        sum(tally.fairly for tally in known),
        sum(tally.dissatisfied for tally in known),
    )
