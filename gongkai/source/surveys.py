"""Surveys of satisfaction: what is planned, and what was counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from gongkai.domain.finding import Finding
from gongkai.domain.labels import CHINESE
from gongkai.domain.model import Count, Question, Survey, Tally
from gongkai.domain.terms import BallotQuestion
from gongkai.source.ledgers import read_ledger
from gongkai.source.problems import Mistake
from gongkai.source.scalars import DAY, LINE, TEXT, WHOLE
from gongkai.source.shapes import Either, Key, ListOf, Record
from gongkai.source.tables import FreeMapping

FOLDER = "content/surveys"
ANSWERS = {"satisfied": "满意", "fairly": "基本满意", "dissatisfied": "不满意"}
"""The three answers, by their keys."""
FIGURES = {"sent": "发放", "returned": "收回", "valid": "有效", **ANSWERS}
"""Everything that is counted."""
DEFAULT = tuple(Question(ballot_question.value) for ballot_question in BallotQuestion)
"""What is asked where a survey says nothing else."""
OF_AN_ITEM = tuple(
    Question(question.value)
    for question in (BallotQuestion.TRUTH, BallotQuestion.PROCEDURE, BallotQuestion.RECTIFICATION)
)
"""What is asked about one item."""
_BY_NAME = {CHINESE[ballot_question]: ballot_question.value for ballot_question in BallotQuestion}

_ANSWERS = [Key(key, chinese, WHOLE) for key, chinese in ANSWERS.items()]
_FIGURES = [Key(key, chinese, WHOLE) for key, chinese in FIGURES.items()]
_QUESTIONS = ListOf(
    Record(
        dict,
        Key("id", "编号", LINE, need=True),
        Key("text", "题目", LINE),
        *_ANSWERS,
    )
)
_COUNT = Record(dict, *_FIGURES, Key("questions", "题目", _QUESTIONS))
_SURVEY = Record(
    dict,
    Key("id", "编号", LINE, need=True),
    Key("title", "标题", LINE, need=True),
    Key("date", "日期", DAY, need=True),
    Key("respondents", "对象", TEXT),
    Key("from", "起", DAY, field="first"),
    Key("to", "止", DAY, field="last"),
    Key("item", "事项", LINE),
    *_FIGURES,
    Key("questions", "题目", _QUESTIONS),
    Key("boards", "分栏", Either(LINE, mapping=FreeMapping(_COUNT, LINE), many=ListOf(LINE))),
)
SURVEYS = Either(ListOf(_SURVEY), mapping=_SURVEY)


def read_surveys(root: Path) -> tuple[list[Survey], list[Finding]]:
    """Every survey of a site, by id. A file may hold one survey or a list of them."""
    return read_ledger(root, FOLDER, SURVEYS, _survey)


def question_of(name: str) -> str:
    """The id that is meant by a name: 真实 is ``truth``."""
    return _BY_NAME.get(name, name)


def _survey(row: dict[str, Any], path: str, line: int) -> Survey:
    """A survey out of its row. Mistake when its counts are not whole, or its days in disorder."""
    figures = {key: row.pop(key) for key in FIGURES if key in row}
    questions, boards = row.pop("questions", ()), row.pop("boards", ())
    first, last = row.setdefault("first", None), row.setdefault("last", None)
    if first and first > (last or row["date"]):
        raise Mistake("dates/order", "span", key=row["id"], first=first, last=last or row["date"])
    by_board = boards if isinstance(boards, dict) else {}
    counted = {name: _part(value) for name, value in by_board.items() if value}
    count = _count(figures, questions, is_of_item="item" in row)
    asked = tuple(
        Question(question_of(question["id"]), question.get("text")) for question in questions
    )
    return Survey(
        path=path,
        line=line,
        sent=figures.get("sent"),
        questions=asked if asked or count else DEFAULT,
        boards=(boards,) if isinstance(boards, str) else tuple(boards),
        count=count,
        by_board=counted,
        **row,
    )


def _count(
    figures: Mapping[str, int], questions: Iterable[Mapping[str, Any]], *, is_of_item: bool
) -> Count | None:
    """What was counted; None where nothing was yet. What is asked of one item has no answer on the
    whole, and nobody was handed a ballot."""
    if not figures.keys() - {"sent"}:
        return None
    needed = ("valid",) if is_of_item else tuple(FIGURES)
    if lacking := next((key for key in needed if key not in figures), None):
        raise Mistake("format/missing", "", key=lacking, chinese=FIGURES[lacking])
    valid = figures["valid"]
    return Count(
        sent=figures.get("sent", valid),
        returned=figures.get("returned", valid),
        valid=valid,
        overall=_tally(figures),
        answers=_answers(questions),
    )


def _part(row: Mapping[str, Any]) -> Count:
    """The ballots of one board: what is left out follows from what is there."""
    overall = _tally(row)
    valid = row.get("valid", overall.answered)
    returned = row.get("returned", valid)
    sent = row.get("sent", returned)
    return Count(sent, returned, valid, overall, _answers(row.get("questions", ())))


def _answers(questions: Iterable[Mapping[str, Any]]) -> dict[str, Tally]:
    counted = (question for question in questions if question.keys() & ANSWERS.keys())
    return {question_of(mapping["id"]): _tally(mapping) for mapping in counted}


def _tally(row: Mapping[str, Any]) -> Tally:
    return Tally(**{key: row.get(key, 0) for key in ANSWERS})
