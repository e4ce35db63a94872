"""What surveys of satisfaction found: 满意率 and 回收率 of a window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.domain.model import Board, Count, Library
from gongkai.status.surveys import count_on, held
from gongkai.supervision.figure import Figure


def satisfaction(library: Library, first: date, last: date, board: Board | None = None) -> Figure:
    """Satisfied and fairly satisfied of the valid ballots of the surveys from ``first`` through
    ``last``: of the whole factory, or of a board where enough of its workers were asked."""
    counts = [*_counts(library, first, last, board)]
    return Figure(
        sum(count.overall.content for count in counts), sum(count.valid for count in counts)
    )


def turnout(library: Library, first: date, last: date, board: Board | None = None) -> Figure:
    """Ballots that came back, of those handed out."""
    counts = [*_counts(library, first, last, board)]
    return Figure(sum(count.returned for count in counts), sum(count.sent for count in counts))


def _counts(library: Library, first: date, last: date, board: Board | None) -> Iterator[Count]:
    for survey in held(library, last):
        count = count_on(survey, board.id) if board else survey.count
        if survey.date >= first and count:
            yield count
