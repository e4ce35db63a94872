"""``board/*``: a board whose content nobody changes."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.finding import RULES, Finding
from gongkai.model import Board
from gongkai.standing import Standings, State


def check(standings: Standings) -> Iterator[Finding]:
    """Boards on which nothing new was put up for longer than their limit."""
    for board in standings.library.boards:
        days = [
            one.item.first_day
            for one in standings.all()
            if board.id in one.item.boards and one.state not in (State.DRAFT, State.SCHEDULED)
        ]
        if not days:
            yield _still(board, "never")
        elif (standings.today - max(days)).days > board.still:
            since = max(days)
            gone = (standings.today - since).days
            yield _still(board, "", since=since, days=gone)


def _still(board: Board, case: str, **values: object) -> Finding:
    return Finding(
        rule="board/still",
        severity=RULES["board/still"],
        path=board.path,
        board=board.id,
        case=case,
        values={"title": board.title, "limit": board.still, **values},
    )
