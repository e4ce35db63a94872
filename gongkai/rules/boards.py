"""``board/*``: a board whose content nobody changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from gongkai.finding import RULES, Finding
from gongkai.model import Board
from gongkai.standing import Standings
from gongkai.terms import State


def check(standings: Standings) -> Iterator[Finding]:
    """Boards on which nothing new was put up for longer than their limit."""
    newest = _newest(standings)
    for board in standings.library.boards:
        if board.id not in newest:
            yield _still(board, "never")
        elif (gone := (standings.today - newest[board.id]).days) > board.still:
            yield _still(board, "", since=newest[board.id], days=gone)


def _newest(standings: Standings) -> Mapping[str, date]:
    """For every board the last day on which something was put up."""
    newest: dict[str, date] = {}
    for one in standings.all():
        if one.state not in (State.DRAFT, State.SCHEDULED):
            day = one.item.first_day
            for board in one.item.boards:
                if board not in newest or newest[board] < day:
                    newest[board] = day
    return newest


def _still(board: Board, case: str, **values: object) -> Finding:
    return Finding(
        rule="board/still",
        severity=RULES["board/still"],
        path=board.path,
        board=board.id,
        case=case,
        values={"title": board.title, "limit": board.still, **values},
    )
