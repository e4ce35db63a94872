"""The front page: what can be objected to, what is new, how each board stands, and what is late."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date, timedelta

from gongkai.domain.model import Board, Item, Value
from gongkai.domain.terms import Channel, Freshness
from gongkai.render.contact import Reached, reached
from gongkai.render.shown import WAGES, Shown, answering, show
from gongkai.render.words import Words
from gongkai.status.duties import Duty
from gongkai.status.edition import Edition, View
from gongkai.status.standing import Standing

MOST_LATE, MOST_FOLDED, MOST_TOLD = 12, 100, 400
"""Lines of what is late: on the front page at once, with those that are folded, and on the report;
beyond that how many there are."""
_MOST_BARS = 80
"""Bars in a row; on a phone more would not be told apart."""


class Open(Value, frozen=True):
    """A notice that is open for objection: for how many days, today included, and whom to tell."""

    shown: Shown
    left: int
    contacts: tuple[Reached, ...]


class New(Value, frozen=True):
    """Something that was hung or corrected this week: on which day, and where it hangs."""

    item: Item
    day: date
    places: str
    shown: Shown
    is_corrected: bool


class BoardRow(Value, frozen=True):
    """One board: a letter for each item and each gap (``o`` open, ``l`` late, ``s`` soon, ``-`` in
    order), how many hang, the days by which something is late, the longest first, and its latest
    wages."""

    board: Board
    bars: str
    count: int
    late: tuple[int, ...]
    wages: str


class TitledItem(Value, frozen=True):
    """An item by its title and its id; one that is not on the web by its category alone."""

    title: str
    id: str = ""


class Late(Value, frozen=True):
    """Something that is missing or overdue: since when, by how many days, who answers for it.
    ``item`` is what is overdue; beside what is ``missing``, what it should have followed."""

    missing: str
    item: TitledItem | None
    due: date
    days: int
    who: str


class FrontPage(Value, frozen=True):
    """All of it. ``hidden`` are open notices that hang on paper alone, which are counted only.
    ``last`` is the first day on which the window of any of them ends."""

    opens: tuple[Open, ...]
    hidden: int
    last: date | None
    new: tuple[New, ...]
    rows: tuple[BoardRow, ...]
    late: tuple[Late, ...]
    total: int


def front(edition: Edition, words: Words) -> FrontPage:
    """What the front page tells."""
    return _FrontTelling(edition, words).front()


def lates(edition: Edition, words: Words) -> list[Late]:
    """What is missing or overdue, on any board or paper, the longest first."""
    return _FrontTelling(edition, words).lates()


class _FrontTelling:
    def __init__(self, edition: Edition, words: Words) -> None:
        self.edition, self.words, self.library = edition, words, edition.library
        self.today = edition.standings.today
        self.week = self.today - timedelta(days=self.today.weekday())
        self.views = [edition.view(board, Channel.WEB) for board in self.library.boards]
        self.up = {standing.item.id: standing for view in self.views for standing in view.entries}
        self.folded = edition.folded(self.up.values(), Channel.WEB)
        shown = [
            edition.view(board, channel) for channel in Channel for board in self.library.boards
        ]
        self.overdue = {standing.item.id: standing for view in shown for standing in view.late}
        self.missing = list(edition.standings.duties.missing(self.today))

    def front(self) -> FrontPage:
        opens = {standing.item.id: standing for view in self.views for standing in view.notices}
        on_paper = {
            standing.item.id: standing
            for board in self.library.boards
            for standing in self.edition.view(board, Channel.POSTER).notices
        }
        ends = [
            standing.item.notice.last
            for standing in (opens | on_paper).values()
            if standing.item.notice
        ]
        return FrontPage(
            opens=tuple(sorted(map(self._open, opens.values()), key=_ends)),
            hidden=len(on_paper.keys() - opens.keys()),
            last=min(ends, default=None),
            new=tuple(sorted(self._new(), key=lambda one: (one.day, one.item.id), reverse=True)),
            rows=tuple(map(self._row, self.views)),
            late=tuple(self.lates()),
            total=len([standing for standing in self.up.values() if not self._is_folded(standing)]),
        )

    def lates(self) -> list[Late]:
        """What is missing or overdue, the longest first."""
        return sorted(self._late(), key=lambda one: (-one.days, one.missing))

    def _show(self, standing: Standing) -> Shown:
        entry = self.edition.entry(standing)
        return show(self.library, entry, None, self.words, Channel.WEB)

    def _is_folded(self, standing: Standing) -> bool:
        """Does it correct what hangs too, and is told with it?"""
        return standing.item.id in self.folded

    def _open(self, standing: Standing) -> Open:
        shown = self._show(standing)
        left = sum(day >= self.today for day in shown.left)
        return Open(shown, left, tuple(map(reached, shown.objection)))

    def _new(self) -> Iterator[New]:
        for standing in self.up.values():
            if self._is_folded(standing):
                continue
            day = self.edition.entry(standing).told_since(Channel.WEB)
            if day >= self.week:
                shown = self._show(standing)
                yield New(
                    standing.item, day, self._places(standing), shown, bool(shown.corrections)
                )

    def _places(self, standing: Standing) -> str:
        boards = [board for board in self.library.boards if board.id in standing.boards]
        if 1 < len(boards) == len(self.library.boards):
            return self.words.t("all-boards")
        return self.words.t("list-comma").join(map(self.words.named, boards))

    def _row(self, view: View) -> BoardRow:
        ones = [standing for standing in view.entries if not self._is_folded(standing)]
        missing = [
            (self.today - duty.due).days for duty in self.missing if duty.board == view.board.id
        ]
        overdue = [standing for standing in view.late if not self._is_missing(standing)]
        late = [
            (self.today - standing.review_by).days for standing in overdue if standing.review_by
        ]
        opened = {standing.item.id for standing in view.notices}
        kinds = [self._kind(standing, opened) for standing in ones] + ["l"] * len(missing)
        bars = "".join(sorted(kinds, key="ols-".index))
        wages = [
            standing.item
            for standing in ones
            if standing.item.category == WAGES and standing.item.period
        ]
        newest = max(wages, key=lambda one: (one.publish, one.id), default=None)
        return BoardRow(
            board=view.board,
            bars=bars[:_MOST_BARS],
            count=len(ones),
            late=tuple(sorted([*missing, *late], reverse=True)),
            wages=newest.id if newest else "",
        )

    def _kind(self, standing: Standing, opened: Container[str]) -> str:
        if standing.item.id in opened:
            return "o"
        if standing.is_late:
            return "-" if self._is_missing(standing) else "l"
        return "s" if standing.freshness is Freshness.DUE else "-"

    def _named(self, item: Item) -> TitledItem:
        if Channel.WEB in item.channels:
            return TitledItem(item.title, item.id)
        return TitledItem(self.words.category(self.library.category(item)))

    def _late(self) -> Iterator[Late]:
        boards, catalogue = (
            {board.id: board for board in self.library.boards},
            self.library.catalogue,
        )
        overdue = dict(self.overdue)
        for duty in self.missing:
            row = catalogue.categories[duty.category]
            workshop = boards[duty.board].workshop if duty.board else None
            parts = (workshop, self.words.period(duty.period), self.words.category(row))
            title = ("" if self.words.lang == "zh" else " ").join(filter(None, parts))
            before = next(
                (standing for standing in overdue.values() if _follows(duty, standing)), None
            )
            if before:
                overdue.pop(before.item.id)
            days, who = (
                (self.today - duty.due).days,
                answering(self.library, row.answered_by(workshop), None),
            )
            yield Late(title, self._named(before.item) if before else None, duty.due, days, who)
        for standing in overdue.values():
            if standing.review_by:
                owner, days = standing.item.owner, (self.today - standing.review_by).days
                who = answering(self.library, owner.dept, owner.post)
                yield Late("", self._named(standing.item), standing.review_by, days, who)

    def _is_missing(self, standing: Standing) -> bool:
        """Is what should have followed it told as missing, so that it is not told twice?"""
        return any(_follows(duty, standing) for duty in self.missing)


def _follows(duty: Duty, standing: Standing) -> bool:
    """Would what is missing have followed this item, which is overdue since then?"""
    item = standing.item
    is_here = duty.board is None or duty.board in item.boards
    return is_here and duty.category == item.category and duty.due == standing.review_by


def _ends(one: Open) -> tuple[date, str]:
    notice = one.shown.item.notice
    return (notice.last if notice else date.max, one.shown.item.id)
