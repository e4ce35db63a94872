"""Ballots of a survey to hand out, slips with one-time words, and the sheet with its results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from gongkai.domain.model import Library, Survey
from gongkai.render.codes import code_of
from gongkai.render.poster.typesetter import typeset_around
from gongkai.render.surveys import Bar, SurveyView, asked, rate, views, vote_address
from gongkai.render.templates import BALLOT, RESULTS, SLIPS
from gongkai.render.words import Words

ANSWERS = ("satisfied", "fairly", "dissatisfied")


def ballots(library: Library, survey: Survey, at: datetime, lang: str) -> bytes:
    """A sheet of A4 for each board of a survey, with the same A5 ballot twice, to be copied as
    often as it takes: nothing on it tells one ballot from another of its board."""
    words = Words(lang)
    names = {board.id: words.named(board) for board in library.boards}
    data = {
        **_head(library, survey, words),
        "boards": [names.get(board, board) for board in survey.boards] or [""],
        "board-label": words.t("board-label"),
        "how": words.t("ballot-how"),
        "until": words.t("ballot-until", day=survey.last or survey.date),
        "answers": [words.t(f"answer-{answer}") for answer in ANSWERS],
        "questions": [
            words.t("survey-overall"),
            *(asked(question, words) for question in survey.questions),
        ],
        "anonymous": words.t("ballot-anonymous"),
    }
    return typeset_around(library.site, BALLOT, data, {}, at)


def slips(
    library: Library, survey: Survey, drawn: Sequence[str], board: str, at: datetime, lang: str
) -> bytes:
    """Slips of equal size, each with a word for one ballot; the codes on all of them are equal."""
    words, address = Words(lang), vote_address(library, survey)
    place = library.board(board)
    data = {
        **_head(library, survey, words),
        "board": words.named(place) if place else "",
        "drawn": list(drawn),
        "word-label": words.t("slip-word"),
        "how": words.t("slip-how", day=survey.last or survey.date),
        "address": address,
        "code": code_of(address),
        "anonymous": words.t("slip-anonymous"),
    }
    return typeset_around(library.site, SLIPS, data, {}, at)


def results(library: Library, today: date, at: datetime) -> bytes:
    """The surveys of this year and the last, one on a sheet."""
    words = Words(library.site.lang)
    data = {
        "lang": words.lang,
        "org": library.org.name,
        "sheet": words.t("surveys"),
        "answers": [words.t(f"answer-{answer}") for answer in ANSWERS],
        "folded": words.t("survey-folded"),
        "surveys": [_result(view, words) for view in views(library, today, words)],
        "none": words.t("survey-none"),
    }
    return typeset_around(library.site, RESULTS, data, {}, at)


def _head(library: Library, survey: Survey, words: Words) -> dict[str, str]:
    return {
        "lang": words.lang,
        "org": library.org.name,
        "title": survey.title,
        "for": survey.respondents or "",
        "for-label": words.t("survey-for"),
    }


def _result(one: SurveyView, words: Words) -> dict[str, Any]:
    count, overall = one.whole.count, one.whole.bars[0]
    return {
        "title": one.survey.title,
        "facts": [
            {"label": words.t("survey-day"), "value": words.day(one.survey.date)},
            {"label": words.t("survey-for"), "value": one.survey.respondents or "—"},
            {"label": words.t("survey-returned"), "value": _share(count.returned, count.sent)},
            {"label": words.t("survey-valid"), "value": str(count.valid)},
            {"label": words.t("rate-satisfaction"), "value": f"{overall.rate}%"},
        ],
        "told": one.is_told,
        "few": words.t("survey-too-few"),
        "groups": list(_groups(one)) if one.is_told else [],
    }


def _groups(one: SurveyView) -> Iterator[dict[str, Any]]:
    for group in (one.whole, *one.boards):
        yield {"name": group.name, "bars": [*map(_bar, group.bars)]}


def _bar(bar: Bar) -> dict[str, Any]:
    tally = bar.tally
    counts = [tally.satisfied, tally.fairly, tally.dissatisfied] if tally else []
    return {
        "label": bar.label,
        "rate": f"{bar.rate}%" if tally else "—",
        "counts": counts,
        "shares": [float(share) for share in bar.shares],
    }


def _share(of: int, out_of: int) -> str:
    return f"{of}/{out_of} ({rate(of, out_of)}%)"
