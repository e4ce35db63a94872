"""``board/*``: a board whose content nobody changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from gongkai.domain.finding import RULES, Finding
from gongkai.domain.model import Board
from gongkai.domain.terms import State
from gongkai.status.standing import Standings


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
    together: dict[tuple[str, ...], datetime] = {}  # most hang in the same places as many others
    for standing in standings.all():
        if standing.state not in (State.DRAFT, State.SCHEDULED):
            item = standing.item
            found = together.get(item.boards)
            if found is None or found < item.publish:
                together[item.boards] = item.publish
    newest: dict[str, date] = {}
    for boards, publish in together.items():
        for board in boards:
            newest[board] = max(publish.date(), newest.get(board, date.min))
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
