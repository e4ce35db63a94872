"""What is new for workers on some boards: what was put up, what is open, what was answered.

No name of a list is among it: what is about persons is told by its kind, an opinion by its number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from enum import Enum

from gongkai.domain.finding import Both
from gongkai.domain.model import Item, Library, Value
from gongkai.domain.terms import Channel, Handled, PrivacyClass
from gongkai.status.opinions import raise_one, told_on
from gongkai.status.standing import Standing, Standings

RECENT = timedelta(days=14)
"""How long something is news: so long may a robot fail before anything is lost."""
_OF_PERSONS = (PrivacyClass.PERSONNEL, PrivacyClass.HONOR, PrivacyClass.SENSITIVE)


class Sort(Enum):
    """What sort of news it is; what is open comes first."""

    OPEN = "open"
    """Objections may be raised until a day."""
    NEW = "new"
    """It was put up on a day."""
    ANSWERED = "answered"
    """An opinion was answered on a day."""


class News(Value, frozen=True):
    """One thing that workers are told. ``name`` is the id of the item or the opinion."""

    sort: Sort
    name: str
    title: str | Both
    day: date
    handled: Handled | None = None


class NewsWeek(Value, frozen=True):
    """A week from Monday through Sunday: how much was put up and answered in it; and how much is
    open on the day of asking, and until when the first of it."""

    first: date
    last: date
    new: int
    answered: int
    open: int
    until: date | None
    missing: int

    @property
    def is_quiet(self) -> bool:
        """Is there nothing to tell?"""
        return not (self.new or self.answered or self.open or self.missing)


def news_of(
    standings: Standings, boards: Collection[str], recent: timedelta = RECENT
) -> tuple[News, ...]:
    """The news of some boards by the day of the standings, by its sort, the latest first."""
    since = standings.today - recent
    found = [*_items(standings, boards, since), *_answers(standings, boards, since)]
    ranks = list(Sort)
    return tuple(
        sorted(found, key=lambda one: (ranks.index(one.sort), -one.day.toordinal(), one.name))
    )


def week_before(standings: Standings, boards: Collection[str]) -> NewsWeek:
    """The week before that of the day of the standings."""
    today = standings.today
    first = today - timedelta(days=today.weekday() + 7)
    last = first + timedelta(days=6)
    known = news_of(standings, boards, today - first + timedelta(days=1))
    within = [news.sort for news in known if first <= news.day <= last]
    ends = [news.day for news in known if news.sort is Sort.OPEN]
    missing = standings.duties.missing(today)
    return NewsWeek(
        first=first,
        last=last,
        new=within.count(Sort.NEW),
        answered=within.count(Sort.ANSWERED),
        open=len(ends),
        until=min(ends, default=None),
        missing=sum(duty.board is None or duty.board in boards for duty in missing),
    )


def _items(standings: Standings, boards: Collection[str], since: date) -> Iterator[News]:
    for standing in standings.all():
        item, today = standing.item, standings.today
        # What is open for objection is told as that, once, and not as new when it no longer is.
        is_told = item.notice.is_open(today) if item.notice else since < item.first_day <= today
        if not is_told:
            continue
        if not standing.hangs or not any(name in boards for name in standing.boards):
            continue
        title = _title(standing, standings.library)
        if item.notice:
            yield News(Sort.OPEN, item.id, title, item.notice.last)
        else:
            yield News(Sort.NEW, item.id, title, item.first_day)


def _title(one: Standing, library: Library) -> str | Both:
    item: Item = one.item
    is_of_persons = item.privacy.klass in _OF_PERSONS
    is_on_web = Channel.WEB in item.channels
    return item.title if is_on_web and not is_of_persons else library.category(item).called


def _answers(standings: Standings, boards: Collection[str], since: date) -> Iterator[News]:
    library, today = standings.library, standings.today
    stands = [
        raise_one(opinion, today)
        for opinion in library.opinions
        if opinion.replied and since < opinion.replied <= today and not opinion.private
    ]
    ours = [board for board in library.boards if board.id in boards]
    told = {
        raised.opinion.id: raised for board in ours for raised in told_on(stands, board, library)
    }
    for name, value in told.items():
        yield News(Sort.ANSWERED, name, name, value.opinion.replied or today, value.handled)
