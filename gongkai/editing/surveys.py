"""The counts of a survey, written into its file; what else stands there stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import structs
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from gongkai.domain.errors import UsageError
from gongkai.domain.labels import CHINESE
from gongkai.domain.model import Count, Survey, Tally
from gongkai.domain.terms import BallotQuestion
from gongkai.editing.ledger_file import dumped, ledger_yaml
from gongkai.source.surveys import ANSWERS, FIGURES, FOLDER
from gongkai.status.surveys import parts

_KEYS = {**FIGURES, "questions": "题目", "boards": "分栏"}
_IDS = {ballot_question.value: CHINESE[ballot_question] for ballot_question in BallotQuestion}


def with_count(
    root: Path, survey: Survey, count: Count, by_board: Mapping[str, Count]
) -> Mapping[Path, str]:
    """The file of a survey as it is with its counts; no file where it has them already. Boards that
    are too small to be told of are not written either. UsageError when it has others."""
    whole = structs.replace(survey, count=count, by_board=by_board)
    told = {part.boards[0]: part.count for part in parts(whole) if part.boards[0] in by_board}
    alone = {name: value for name, value in told.items() if _is_alone(whole, name)}
    if survey.count == count:
        return {}
    if survey.count is not None and survey.item is None:
        raise UsageError("error.survey-counted", found=survey.id, path=survey.path)
    path, yaml = root / survey.path, ledger_yaml()
    book = yaml.load(path.read_text("utf-8")) if path.exists() else CommentedMap(_head(survey))
    entry = _entry(book, survey.id)
    for key, value in _values(survey, count, alone).items():
        entry[next((text for text in (key, _KEYS[key]) if text in entry), _KEYS[key])] = value
    return {path: dumped(yaml, book)}


def new_survey(name: str, **about: Any) -> Survey:
    """A survey that nobody planned, in a file of its own."""
    return Survey(id=name, path=f"{FOLDER}/{name}.yml", first=None, last=None, **about)


def _is_alone(survey: Survey, name: str) -> bool:
    return any(part.boards == (name,) for part in parts(survey))


def _head(survey: Survey) -> dict[str, Any]:
    about = {"编号": survey.id, "标题": survey.title, "日期": survey.date, "事项": survey.item}
    return {key: value for key, value in about.items() if value is not None}


def _entry(book: Any, name: str) -> Any:
    rows = book if isinstance(book, list) else [book]
    return next(row for row in rows if str(row.get("编号", row.get("id"))) == name)


def _values(survey: Survey, count: Count, by_board: Mapping[str, Count]) -> dict[str, Any]:
    made: dict[str, Any] = {"valid": count.valid} if survey.item else dict(_figures(count))
    if survey.questions:
        made["questions"] = CommentedSeq(_questions(survey, count, is_whole=True))
    if by_board:
        made["boards"] = CommentedMap(
            {name: _board(survey, item) for name, item in sorted(by_board.items())}
        )
    return made


def _board(survey: Survey, count: Count) -> CommentedMap:
    made = CommentedMap({FIGURES[key]: value for key, value in _figures(count)})
    if survey.questions:
        made["题目"] = CommentedSeq(_questions(survey, count, is_whole=False))
    return made


def _figures(count: Count) -> Iterator[tuple[str, int]]:
    yield "sent", count.sent
    yield "returned", count.returned
    yield "valid", count.valid
    yield from _answers(count.overall)


def _answers(tally: Tally) -> Iterator[tuple[str, int]]:
    for key in ANSWERS:
        yield key, getattr(tally, key)


def _questions(survey: Survey, count: Count, *, is_whole: bool) -> Iterator[CommentedMap]:
    for question in survey.questions:
        row: dict[str, Any] = {"编号": _IDS.get(question.id, question.id)}
        if question.text and is_whole:
            row["题目"] = question.text
        tally = count.answers.get(question.id, Tally())
        made = CommentedMap({**row, **{ANSWERS[key]: value for key, value in _answers(tally)}})
        made.fa.set_flow_style()
        yield made
