"""``coverage/*``: what was due and never written, and what came late.

Due days are the catalogue's: the period's end plus its lag, or the event plus it. "本期无" is an
item like any other and counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.domain.finding import RULES, Finding
from gongkai.domain.model import Item
from gongkai.rules.found import about, judged
from gongkai.status.duties import Duties, Duty
from gongkai.status.standing import Standings


def check(standings: Standings) -> Iterator[Finding]:
    """Duties without an item, and items after their due day."""
    duties = standings.duties
    for duty in duties.missing(standings.today):
        begun = duties.begun(duty, standings.today)
        yield _missing(duty, standings, begun.path if begun else _path_of(duty))
    for standing in judged(standings):
        if _is_late(standing.item, duties):
            yield _late(standing.item)


def _missing(duty: Duty, standings: Standings, path: str) -> Finding:
    library = standings.library
    row = library.catalogue.categories[duty.category]
    board = library.board(duty.board) if duty.board else None
    authority, basis = row.strongest()
    cell = [board.title if board else "", str(duty.period or "")]
    return Finding(
        rule="coverage/missing",
        severity=RULES["coverage/missing"],
        path=path,
        board=duty.board,
        case=authority.value,
        values={
            "name": row.called,
            "cell": " ".join(filter(None, cell)),
            "due": duty.due,
            "days": (standings.today - duty.due).days,
            "dept": row.answered_by(board.workshop if board else None),
            "basis": basis,
        },
    )


def _path_of(duty: Duty) -> str:
    """Where an item for it would be written."""
    parts = [str(duty.period or "").lower(), duty.category, duty.board or ""]
    return f"content/items/{duty.due:%Y/%m}/{'-'.join(filter(None, parts))}.md"


def _is_late(item: Item, duties: Duties) -> bool:
    """Was it put up after its due day, with nothing there in time for the same duty?"""
    cells = duties.cells(item)
    if not cells or item.due is None or item.first_day <= item.due:
        return False
    if item.period and duties.since and item.period.end < duties.since:
        return False
    there = [one for cell in cells if cell[1] for one in duties.shown[cell]]
    return not any(one.first_day <= item.due for one in there)


def _late(item: Item) -> Finding:
    if item.due is None:
        raise ValueError(item.id)
    values = {"title": item.title, "due": item.due, "days": (item.first_day - item.due).days}
    return about(item, "coverage/late", "publish", "", **values)
