"""A board for a desk or a phone: the newest first, week by week; its sections are to be chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from markupsafe import Markup

from gongkai.domain.model import Board, Value
from gongkai.domain.terms import Channel
from gongkai.render.essential import Essential
from gongkai.render.months import Months, Series
from gongkai.render.shown import WAGES, Shown, show
from gongkai.status.edition import View, section_of
from gongkai.status.standing import Standing

Body = Callable[[Standing], Markup]


class BoardItem(Value, frozen=True):
    """An item on a board: since which day it says what it says, in which section it stands, the
    figure of the board's own workshop with what it was before, and whether it is shown in full at
    once."""

    shown: Shown
    day: date
    section: str
    body: Markup
    figure: Essential | None
    months: Months | None
    is_full: bool


class BoardPeriod(Value, frozen=True):
    """A week, or a month of what is older: ``first`` and ``last`` are its days. What is open or
    urgent and older than this week comes first of all, without days."""

    name: str
    first: date
    last: date
    told: tuple[BoardItem, ...]

    @property
    def has_days(self) -> bool:
        """Is it a week or a month?"""
        return self.first != date.max


class Chip(Value, frozen=True):
    """A section to choose, and how many hang in it."""

    id: str
    name: str
    count: int


class BoardPage(Value, frozen=True):
    """All of it: ``count`` is how many hang and ``open`` how many can be objected to; ``wages`` is
    the id of the latest wages, or empty."""

    parts: tuple[BoardPeriod, ...]
    chips: tuple[Chip, ...]
    count: int
    open: int
    wages: str


def board_page(view: View, series: Series, body: Body) -> BoardPage:
    """What the page of a board tells; ``body`` makes the text of an item, and ``series`` knows key
    figures, in the words of the board."""
    telling = _BoardTelling(view, series, body)
    words = series.words
    told = sorted(telling.told(), key=lambda one: (one.day, one.shown.item.id), reverse=True)
    sections = [(section.id, section.name or words.t("other")) for section in view.sections]
    counts = {name: sum(board_item.section == name for board_item in told) for name, _ in sections}
    wages = [board_item for board_item in told if board_item.shown.item.category == WAGES]
    return BoardPage(
        parts=tuple(telling.parts(told)),
        chips=tuple(Chip(name, title, counts[name]) for name, title in sections if counts[name]),
        count=len(told),
        open=sum(board_item.shown.is_open for board_item in told),
        wages=wages[0].shown.item.id if wages else "",
    )


class _BoardTelling:
    def __init__(self, view: View, series: Series, body: Body) -> None:
        self.edition, self.words, self.series = series.edition, series.words, series
        self.view, self.body = view, body
        self.board: Board = view.board
        self.today = self.edition.standings.today
        self.week = self.today - timedelta(days=self.today.weekday())

    def told(self) -> Iterator[BoardItem]:
        """Every item that hangs, but for corrections of what hangs too, which are told there."""
        folded = self.edition.folded(self.view.entries, Channel.WEB)
        for standing in self.view.entries:
            if standing.item.id not in folded:
                yield self._board_item(standing)

    def _board_item(self, standing: Standing) -> BoardItem:
        item, library = standing.item, self.edition.library
        entry = self.edition.entry(standing)
        shown = show(library, entry, self.board, self.words, Channel.WEB)
        day = entry.told_since(Channel.WEB)
        is_full = day >= self.week or shown.is_open or item.urgent
        figure = self._figure(standing) if is_full or item.category == WAGES else None
        return BoardItem(
            shown=shown,
            day=day,
            section=section_of(library, item.category, self.board),
            body=self.body(standing),
            figure=figure,
            months=self.series.months(item, self.board.workshop, figure) if figure else None,
            is_full=is_full,
        )

    def _figure(self, standing: Standing) -> Essential | None:
        own = self.board.workshop
        found = self.series.figure(standing.item, own) if own else None
        return found if found and found.of == own else None

    def parts(self, told: list[BoardItem]) -> Iterator[BoardPeriod]:
        """This week, the last, and what is older by the month; what is open comes first of all."""
        groups: dict[tuple[str, date, date], list[BoardItem]] = {}
        for board_item in sorted(told, key=lambda one: not one.shown.is_open):
            groups.setdefault(self._part(board_item), []).append(board_item)
        for (name, first, last), ones in sorted(
            groups.items(), key=lambda group: group[0][1], reverse=True
        ):
            yield BoardPeriod(name, first, last, tuple(ones))

    def _part(self, one: BoardItem) -> tuple[str, date, date]:
        before = self.week - timedelta(days=7)
        if one.day >= self.week:
            return self.words.t("this-week"), self.week, self.today
        if one.shown.is_open or one.shown.item.urgent:
            return self.words.t("first-of-all"), date.max, date.max
        if one.day >= before:
            return self.words.t("last-week"), before, self.week - timedelta(days=1)
        first = one.day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return self.words.month(first, self.today), first, min(last, before - timedelta(days=1))
