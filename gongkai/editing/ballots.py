"""An office's sheet of ballots, a row each, counted into the survey that they are of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import structs

from gongkai.domain.errors import UsageError
from gongkai.domain.labels import CHINESE
from gongkai.domain.model import Library, Question, Survey, Value
from gongkai.domain.terms import Rating
from gongkai.editing.asked import Import, Told
from gongkai.editing.counting import OVERALL, FilledBallot, counted, marks_of
from gongkai.editing.surveys import new_survey, with_count
from gongkai.render.surveys import asked
from gongkai.render.words import Words
from gongkai.source.surveys import DEFAULT, question_of
from gongkai.source.workbook.understood import UnderstoodSheet
from gongkai.status.surveys import planned

_OVERALL = (OVERALL, "总体", "总的评价", "总体评价", "总的来说", "满意度")
_BOARD = ("公开栏", "board", "分栏", "车间", "单位", "部门")
_SENT = re.compile(r"发放(?:份数|票数)?[:：]?\s*(\d{1,6})\s*份?")
_WORDS = {word: rating for rating in Rating for word in (rating.value, CHINESE[rating])}
_NO_ID = re.compile(r"[^\w\u4e00-\u9fff-]+")


class _Columns(Value, frozen=True):
    """What the columns of a sheet hold, by their place; heads that mean nothing are left."""

    board: int | None
    questions: Mapping[int, str]
    left: tuple[str, ...]


def import_ballots(
    library: Library, stem: str, sheet: UnderstoodSheet, today: date, told: Told
) -> Import:
    """The counts of a survey, as its ballots give them. UsageError for a sheet that has no answers
    on the whole, or a board that is none."""
    survey = _survey(library, stem, sheet, today)
    columns = _columns(sheet.table[0], survey)
    if OVERALL not in columns.questions.values():
        raise UsageError("error.ballots-overall", heads=list(sheet.table[0]))
    survey = _with_questions(survey, columns)
    ballots = [*_ballots(library, sheet.table[1:], columns)]
    sent = _sent(sheet) or survey.sent
    whole, by_board = counted(survey, marks_of(ballots), sent or len(ballots), {})
    told.append(("import.ballots", {"title": survey.title, "id": survey.id, "count": len(ballots)}))
    told.append(("import.ballots-valid", {"valid": whole.valid}))
    if sent is None:
        told.append(("import.ballots-sent", {"sent": whole.sent}))
    if columns.left:
        told.append(("import.ballots-left", {"heads": list(columns.left)}))
    files = with_count(library.site.root, survey, whole, by_board)
    written = {path: text.encode() for path, text in files.items()}
    return Import(written, tuple(told), (), (), may_replace=True)


def _survey(library: Library, stem: str, sheet: UnderstoodSheet, today: date) -> Survey:
    """The survey that is named by the sheet's title or its file, else the next that is planned,
    else a new one."""
    for survey in library.surveys:
        if survey.item is None and (
            survey.title == sheet.title or survey.id in (sheet.title, stem)
        ):
            return survey
    for survey in planned(library):
        return survey
    name = _NO_ID.sub("-", stem).strip("-").lower() or "survey"
    return new_survey(name, title=sheet.title or stem, date=today)


def _columns(heads: tuple[str, ...], survey: Survey) -> _Columns:
    names = _names(survey)
    plain = ["".join(head.split()) for head in heads]
    board = next((at for at, head in enumerate(plain) if head.lower() in _BOARD), None)
    found: dict[int, str] = {}
    for at, head in enumerate(plain):
        meant = OVERALL if head.lower() in _OVERALL else names.get(head)
        if meant and meant not in found.values():
            found[at] = meant
    left = [heads[at] for at in range(len(heads)) if at not in found and at != board and heads[at]]
    return _Columns(board, found, tuple(left))


def _names(survey: Survey) -> dict[str, str]:
    """The questions of a survey by everything that a head may call them."""
    names: dict[str, str] = {}
    for question in survey.questions or DEFAULT:
        for lang in ("zh", "en"):
            names["".join(asked(question, Words(lang)).split())] = question.id
        names[question.id] = question.id
    for word in ("真实", "程序", "整改", "过程", "质量", "效果"):
        if question_of(word) in names:
            names[word] = question_of(word)
    overall = "".join(Words("zh").t("survey-overall").split())
    return {**names, overall: OVERALL}


def _with_questions(survey: Survey, columns: _Columns) -> Survey:
    """A survey that asks by default, with those questions that its ballots have."""
    asked_for = columns.questions.values()
    if survey.questions and survey.questions != DEFAULT:
        return survey
    return structs.replace(
        survey,
        questions=tuple(Question(question.id) for question in DEFAULT if question.id in asked_for),
    )


def _ballots(
    library: Library, rows: tuple[tuple[str, ...], ...], columns: _Columns
) -> Iterator[FilledBallot]:
    boards = {
        name: board.id
        for board in library.boards
        for name in (board.id, board.title, board.workshop or "")
    }
    for number, row in enumerate(rows, 1):
        place = row[columns.board].strip() if columns.board is not None else ""
        if place and place not in boards:
            raise UsageError("error.ballot-board", row=number, found=place[:40], known=[*boards])
        answers = {
            question: _WORDS[row[at].strip()]
            for at, question in columns.questions.items()
            if row[at].strip() in _WORDS
        }
        yield FilledBallot(boards[place] if place else "", answers)


def _sent(sheet: UnderstoodSheet) -> int | None:
    """How many were handed out, as a line over or under the table says."""
    found = (_SENT.search(text) for text in (*sheet.before, *sheet.after, sheet.title or ""))
    return next((int(one[1]) for one in found if one), None)
