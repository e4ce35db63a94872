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
    found = next((one for one in library.surveys if one.id == name), None)
    if found is None:
        raise UsageError("error.survey", found=name, known=[one.id for one in library.surveys])
    return found


def held(library: Library, today: date) -> list[Survey]:
    """The surveys of the whole factory that were counted by a day, the newest first."""
    known = [one for one in library.surveys if one.count and one.date <= today and not one.item]
    return sorted(known, key=lambda one: (one.date, one.id), reverse=True)


def planned(library: Library) -> list[Survey]:
    """The surveys that are not counted yet, the soonest first."""
    known = [one for one in library.surveys if one.count is None]
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
    for one in library.surveys:
        yield one.date
        yield one.date + _DAY
    following = next_survey_by(library, today)
    if following:
        yield following[0] + _DAY


def appraisals(library: Library, today: date) -> Mapping[str, Count]:
    """What workers say of single items, by the item's id, where there are enough of them."""
    known = sorted(
        (one for one in library.surveys if one.item and one.count and one.date <= today),
        key=lambda one: one.date,
    )
    return {one.item: one.count for one in known if one.count and one.item and is_told(one.count)}


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
    small = [name for name, one in counts.items() if 0 < one.valid < LEAST]
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
    return next((one.count for one in parts(survey) if one.boards == (board,)), None)


def _rest(whole: Count, counts: Mapping[str, Count]) -> Count:
    """The ballots that are of no board; of a question that a board does not tell, nothing."""
    named = _sum(counts.values())
    return Count(
        max(0, whole.sent - named.sent),
        max(0, whole.returned - named.returned),
        max(0, whole.valid - named.valid),
        _less(whole.overall, named.overall),
        {
            key: _less(whole.answers[key], one)
            for key, one in named.answers.items()
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
    keys = [key for key in known[0].answers if all(key in one.answers for one in known)]
    return Count(
        sum(one.sent for one in known),
        sum(one.returned for one in known),
        sum(one.valid for one in known),
        _total(one.overall for one in known),
        {key: _total(one.answers[key] for one in known) for key in keys},
    )


def _total(tallies: Iterable[Tally]) -> Tally:
    known = list(tallies)
    return Tally(
        sum(one.satisfied for one in known),
        sum(one.fairly for one in known),
        sum(one.dissatisfied for one in known),
    )
