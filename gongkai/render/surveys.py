"""Surveys as readers see them: rates, and a bar for each question, of all and of each board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from gongkai.domain.model import Board, Count, Library, Question, Survey, Tally, Value
from gongkai.domain.terms import BallotQuestion
from gongkai.render.words import Words
from gongkai.status.surveys import SurveyPart, held, is_enough, is_open, is_told, parts, planned
from gongkai.supervision.figure import Figure

YEARS = 2
"""Surveys of this year and so many before, less one, are told."""
_DEFAULT = {ballot_question.value for ballot_question in BallotQuestion}


class Bar(NamedTuple):
    """The answers to one question. ``shares`` are percents of the length of a bar, of those who
    are satisfied, fairly so, dissatisfied; empty where too few answered."""

    label: str
    tally: Tally | None
    rate: str
    shares: tuple[str, ...]


class AnswerGroup(Value, frozen=True):
    """What some workers say: all of them, or those of a board."""

    name: str
    count: Count
    returned: str
    bars: tuple[Bar, ...]


class SurveyView(NamedTuple):
    """A survey that was counted."""

    survey: Survey
    whole: AnswerGroup
    boards: tuple[AnswerGroup, ...]
    is_told: bool


class Coming(NamedTuple):
    """A survey that is planned: until when, and whether that day has passed."""

    survey: Survey
    last: date
    is_open: bool
    is_late: bool


def rate(of: int, out_of: int) -> str:
    """A rate in percents with two decimals."""
    return str(Figure(of, out_of).percent or "—")


def asked(question: Question, words: Words) -> str:
    """What a question says."""
    if question.text is None and question.id in _DEFAULT:
        return words.t(f"survey-q-{question.id}")
    return question.text or question.id


def vote_address(library: Library, survey: Survey) -> str:
    """Where a ballot is filled in: in the inbox that the site's own form belongs to, if it does."""
    form = library.org.form("x")
    base, middle, _ = form.partition("/say/")
    return f"{base}/say/vote/{survey.id}" if middle else ""


def views(library: Library, today: date, words: Words) -> tuple[SurveyView, ...]:
    """The surveys of this year and the last, the newest first."""
    recent = [survey for survey in held(library, today) if survey.date.year > today.year - YEARS]
    return tuple(_view(survey, survey.count, library, words) for survey in recent if survey.count)


def coming(library: Library, today: date) -> tuple[Coming, ...]:
    """The surveys that are not counted yet, the soonest first."""
    return tuple(
        Coming(survey, survey.last or survey.date, is_open(survey, today), survey.date < today)
        for survey in planned(library)
    )


def appraisal_of(count: Count, words: Words) -> str:
    """What workers say of an item, in a sentence: of each question how many are satisfied."""
    told = [
        words.t(
            "appraised-question",
            name=words.name(BallotQuestion(key)) if key in _DEFAULT else key,
            content=tally.content,
            answered=tally.answered,
        )
        for key, tally in count.answers.items()
        if is_enough(tally)
    ]
    return words.t("appraised", count=count.valid, answers=words.t("list-comma").join(told))


def _view(survey: Survey, count: Count, library: Library, words: Words) -> SurveyView:
    names = {board.id: board for board in library.boards}
    is_enough_for_all = is_told(count)
    return SurveyView(
        survey=survey,
        whole=_group("", survey, count, words),
        boards=tuple(
            _group(_called(part, names, words), survey, part.count, words)
            for part in (parts(survey) if is_enough_for_all else ())
        ),
        is_told=is_enough_for_all,
    )


def _called(part: SurveyPart, names: dict[str, Board], words: Words) -> str:
    called = [
        words.named(names[board]) if board in names else words.t("survey-no-board")
        for board in part.boards
    ]
    return words.t("list-comma").join(called)


def _group(name: str, survey: Survey, count: Count, words: Words) -> AnswerGroup:
    return AnswerGroup(
        name, count, rate(count.returned, count.sent), tuple(_bars(survey, count, words))
    )


def _bars(survey: Survey, count: Count, words: Words) -> Iterator[Bar]:
    overall = count.overall
    share = rate(overall.content, count.valid)
    yield Bar(words.t("survey-overall"), overall, share, _shares(overall, count.valid))
    for question in survey.questions:
        tally = count.answers.get(question.id)
        if tally is None:
            continue
        label = asked(question, words)
        if is_enough(tally):
            share = rate(tally.content, tally.answered)
            yield Bar(label, tally, share, _shares(tally, tally.answered))
        else:
            yield Bar(label, None, "—", ())


def _shares(tally: Tally, out_of: int) -> tuple[str, ...]:
    counts: Iterable[int] = (tally.satisfied, tally.fairly, tally.dissatisfied)
    return tuple(f"{count * 100 / out_of:.2f}" for count in counts) if out_of else ()
