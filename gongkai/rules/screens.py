"""``board/round``: a screen on which what everybody should see takes longer than anybody waits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.domain.finding import RULES, Finding
from gongkai.domain.model import Board, Item
from gongkai.domain.terms import Channel, Kind
from gongkai.status.standing import Standing, Standings

LONGEST = 240
"""Seconds that may be taken by what a screen shows in every round."""
_OVERVIEW, _BEGIN, _PER_SECOND, _PAGE = 25, 5, 8, 360
"""Seconds of the overview, and of a page before it is read; units read a second, and on a page, as
``theme/screen/compose.js`` reckons them: a Chinese character once, a figure twice."""
_WEEK = 7
_HAN = re.compile(r"[\u3400-\u9fff]")
_FIGURE = re.compile(r"\d[\d,.:]*", re.ASCII)
_WORD = re.compile(r"[A-Za-z]+")


def check(standings: Standings) -> Iterator[Finding]:
    """Boards whose notices, news and corrections take longer than one round has for them."""
    always = [standing for standing in standings.all() if _is_always(standing, standings)]
    for board in standings.library.boards:
        seconds = _OVERVIEW + sum(
            _seconds(standing.item) for standing in always if board.id in standing.boards
        )
        if seconds > LONGEST:
            yield _finding(board, round(seconds))


def _is_always(one: Standing, standings: Standings) -> bool:
    """Is it shown in every round: open for objection, or new this week, as a correction is?"""
    item = one.item
    if not one.hangs or Channel.SCREEN not in item.channels:
        return False
    is_new = (standings.today - item.first_day).days < _WEEK
    return is_new or bool(item.notice and item.notice.is_open(standings.today))


def _seconds(item: Item) -> float:
    cells = (cell for rows in item.attached for row in rows for cell in row)
    text = " ".join((item.title, item.body.text, *cells))
    units = len(_HAN.findall(text)) + 2 * len(_FIGURE.findall(text)) + len(_WORD.findall(text))
    pages = 0 if item.kind is Kind.CORRECTION else -(-units // _PAGE)
    return pages * _BEGIN + units / _PER_SECOND


def _finding(board: Board, seconds: int) -> Finding:
    return Finding(
        rule="board/round",
        severity=RULES["board/round"],
        path=board.path,
        board=board.id,
        values={"title": board.title, "seconds": seconds, "most": LONGEST},
    )
