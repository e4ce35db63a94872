"""Which robot tells workers what: each thing once, and nothing at night."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from gongkai.domain.model import Board, Dark, Library, Robot, Value
from gongkai.messages import say
from gongkai.reminders.digest import Digest
from gongkai.reminders.record import SentRecord
from gongkai.render.news import news_text, week_text
from gongkai.status.news import News, NewsWeek, news_of, week_before
from gongkai.status.standing import Standings

NIGHT = Dark("21:00", "07:00")
"""When a robot for workers is quiet unless its site says otherwise."""


class Piece(Value, frozen=True):
    """A piece of news for one robot, or its week."""

    robot: str
    sort: str
    name: str
    day: str

    @property
    def key(self) -> str:
        """What tells it from every other, and for every other robot."""
        return " ".join(("news", self.robot, self.sort, self.name, self.day))

    @property
    def told(self) -> Mapping[str, str]:
        """What an address that takes JSON is given."""
        return {"key": self.key, "news": self.sort, "name": self.name, "day": self.day}


class Bulletin(Value, frozen=True):
    """Everything that a robot could tell on a day."""

    robot: Robot
    boards: tuple[Board, ...]
    news: tuple[News, ...]
    week: NewsWeek

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What of it is on record once it was told."""
        return (*(self._piece(news) for news in self.news), *self._week())

    def _piece(self, one: News) -> Piece:
        return Piece(self.robot.address, one.sort.value, one.name, str(one.day))

    def _week(self) -> Iterator[Piece]:
        if not self.week.is_quiet:
            yield Piece(self.robot.address, "week", str(self.week.first), str(self.week.last))

    def digests(
        self, library: Library, now: datetime, lang: str, told: SentRecord
    ) -> Iterator[Digest]:
        """What is still to be told, as it is sent: the news, and the week by itself."""
        known, org = told.told | told.sending, library.org.short
        url, place = address_of(library, self.boards), place_of(library, self.boards, lang)
        left = [news for news in self.news if self._piece(news).key not in known]
        if left:
            text = news_text(org, place, left, now.date(), lang, url)
            yield Digest(place, text, tuple(map(self._piece, left)))
        if weeks := tuple(piece for piece in self._week() if piece.key not in known):
            yield Digest(place, week_text(org, place, self.week, lang, url), weeks)


def bulletins(standings: Standings) -> tuple[Bulletin, ...]:
    """What each robot for workers could tell."""
    library = standings.library
    return tuple(_bulletin(worker, standings) for worker in library.org.for_workers)


def _bulletin(robot: Robot, standings: Standings) -> Bulletin:
    known = standings.library.boards
    boards = tuple(board for board in known if not robot.boards or board.id in robot.boards)
    names = {board.id for board in boards}
    return Bulletin(robot, boards, news_of(standings, names), week_before(standings, names))


def is_quiet(robot: Robot, now: datetime) -> bool:
    """Are these hours in which it tells nothing?"""
    return (robot.quiet or NIGHT).covers(f"{now:%H:%M}")


def place_of(library: Library, boards: tuple[Board, ...], lang: str) -> str:
    """What the boards of a robot are called together."""
    if len(boards) == len(library.boards) > 1:
        return say(lang, "news.all")
    return " ".join(board.workshop or board.title for board in boards)


def address_of(library: Library, boards: tuple[Board, ...]) -> str | None:
    """Where it can be read: on the one board, else in front."""
    url = library.site.url
    if not url:
        return None
    return f"{url}boards/{boards[0].id}/" if len(boards) == 1 else url
