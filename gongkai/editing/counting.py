"""Ballots, counted: of all workers, and of each board."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from gongkai.domain.model import Count, Survey, Tally, Value
from gongkai.domain.terms import Rating

OVERALL = "overall"
"""What a ballot asks first: without an answer to it, it is not valid."""


class FilledBallot(Value, frozen=True):
    """What one ballot says: the answer to each question that has exactly one."""

    board: str
    answers: Mapping[str, Rating]


class Marks(Value, frozen=True):
    """What the ballots of one board say together; how many came back, and how many of them have an
    answer on the whole. Answers count on valid ballots alone."""

    returned: int
    valid: int
    answers: Mapping[tuple[str, Rating], int]


def marks_of(ballots: Iterable[FilledBallot]) -> Mapping[str, Marks]:
    """What ballots say, by board."""
    by_board: dict[str, list[FilledBallot]] = {}
    for ballot in ballots:
        by_board.setdefault(ballot.board, []).append(ballot)
    return {board: _marks(ones) for board, ones in by_board.items()}


def _marks(ballots: Sequence[FilledBallot]) -> Marks:
    valid = [ballot for ballot in ballots if OVERALL in ballot.answers]
    answers = Counter(answer for filled_ballot in valid for answer in filled_ballot.answers.items())
    return Marks(len(ballots), len(valid), answers)


def counted(
    survey: Survey, marks: Mapping[str, Marks], sent: int, sent_by: Mapping[str, int]
) -> tuple[Count, Mapping[str, Count]]:
    """The count of all ballots, of which so many were handed out, and that of each board; where
    nobody knows how many were handed out there, as many as came back."""
    by_board = {
        board: _count(survey, value, sent_by.get(board, value.returned))
        for board, value in marks.items()
    }
    total: Counter[tuple[str, Rating]] = Counter()
    for mark in marks.values():
        total.update(mark.answers)
    returned = sum(mark.returned for mark in marks.values())
    valid = sum(mark.valid for mark in marks.values())
    whole = _count(survey, Marks(returned, valid, total), sent)
    return whole, {board: value for board, value in by_board.items() if board}


def _count(survey: Survey, marks: Marks, sent: int) -> Count:
    return Count(
        sent=sent,
        returned=marks.returned,
        valid=marks.valid,
        overall=_tally(marks, OVERALL),
        answers={question.id: _tally(marks, question.id) for question in survey.questions},
    )


def _tally(marks: Marks, question: str) -> Tally:
    found = (marks.answers.get((question, rating), 0) for rating in Rating)
    return Tally(*found)
