"""A key figure over its last twelve periods: what it was, month by month, in a still picture."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice

from gongkai.domain.calendar import Period
from gongkai.domain.model import Item, Value
from gongkai.domain.terms import Channel, End, State
from gongkai.render.essential import Essential, essential, is_as_corrected
from gongkai.render.html import first_table
from gongkai.render.reading import places_of
from gongkai.render.words import Words
from gongkai.status.edition import Edition, Entry
from gongkai.status.standing import Standing, series_of

MOST, FEWEST = 12, 3
"""Periods that are shown, and how many there have to be."""
_UPPER, _LOWER = 4.0, 36.0
"""Between which heights of the picture, of forty, the line runs; the least and the greatest touch
them, so the axis does not begin at nothing, and both are written out."""


class MonthPoint(Value, frozen=True):
    """One period: what it is called, its figure as it is read, where it lies in the picture, and
    whether it is the least or the greatest."""

    name: str
    value: str
    x: float
    y: float
    is_least: bool
    is_greatest: bool


class Months(Value, frozen=True):
    """A figure over time, the oldest first."""

    label: str
    points: tuple[MonthPoint, ...]

    @property
    def line(self) -> str:
        """The points of the line, ten wide each."""
        return " ".join(f"{point.x:g},{point.y:g}" for point in self.points)

    @property
    def width(self) -> int:
        """The width of the picture."""
        return 10 * len(self.points)


def is_told_by_months(entry: Entry) -> bool:
    """May the page of an item show its figure over time? It hangs, and has a table and a period."""
    item = entry.item
    has_table = bool(item.attached) or "|" in item.body.text
    return entry.standing.hangs and item.period is not None and has_table


class Series:
    """The key figures of an edition, and what they were before, as a channel may tell them."""

    def __init__(self, edition: Edition, words: Words, channel: Channel) -> None:
        self.edition, self.words, self.library = edition, words, edition.library
        self.channel = channel
        self.places = places_of(edition.library)
        self._figures: dict[tuple[str, str | None], Essential | None] = {}

    @cached_property
    def _by_series(self) -> Mapping[tuple[object, str], list[Item]]:
        """What is or was up in the channel and is about a period, by its series and each of its
        boards, the newest period first."""
        found: dict[tuple[object, str], list[Item]] = defaultdict(list)
        for standing in self.edition.standings.all():
            if standing.item.period and self._may_be_told(standing):
                for board in standing.item.boards:
                    found[series_of(standing.item, standing.item.period), board].append(
                        standing.item
                    )
        for items in found.values():
            items.sort(key=_newest)
        return found

    def before(self, item: Item) -> Iterator[Item]:
        """Items of earlier periods of its series, the newest first, as many as are told of."""
        if not (item.period and item.boards):
            return
        items = self._by_series.get((series_of(item, item.period), item.boards[0]), [])
        earlier = items[bisect_right(items, _newest(item), key=_newest) :]
        yield from islice((one for one in earlier if {*one.boards} >= {*item.boards}), MOST - 1)

    def _may_be_told(self, standing: Standing) -> bool:
        """May its figure still be told? Not of what hung elsewhere only, nor of what leaves nothing
        but a tombstone when it has expired."""
        item = standing.item
        if self.channel not in item.channels or item.corrects:
            return False
        if standing.state is State.EXPIRED:
            return self.library.category(item).end is End.KEEP
        return standing.state is State.CURRENT

    def figure(self, item: Item, own: str | None) -> Essential | None:
        """The key figure of an item for a workshop, or for all."""
        key = item.id, own
        if key not in self._figures:
            self._figures[key] = self._figure(item, own)
        return self._figures[key]

    def _figure(self, item: Item, own: str | None) -> Essential | None:
        category = self.library.catalogue.categories[item.category]
        found = essential(first_table(item, own, self.places), item, category, own, self.places)
        fixes = [standing.item for standing in self.edition.corrections.get(item.id, ())]
        return found if found and is_as_corrected(found, fixes) else None

    def months(self, item: Item, own: str | None, found: Essential) -> Months | None:
        """Its figure over the periods up to its own; None where there are few."""
        if item.period is None:
            return None
        told = sorted([(item.period, found), *self._before(item, own, found)], key=_in_time)
        if len(told) < FEWEST:
            return None
        values = [_number(essential.value) for _, essential in told]
        low, high = min(values), max(values)
        spread = (high - low) or 1.0
        points = [
            MonthPoint(
                name=self.words.brief(period),
                value=essential.value,
                x=10 * at + 5,
                y=round(_LOWER - (value - low) / spread * (_LOWER - _UPPER), 1),
                is_least=values.index(low) == at,
                is_greatest=values.index(high) == at,
            )
            for at, ((period, essential), value) in enumerate(zip(told, values, strict=True))
        ]
        return Months(found.label, tuple(points))

    def _before(
        self, item: Item, own: str | None, found: Essential
    ) -> Iterator[tuple[Period, Essential]]:
        """Earlier periods of its series that tell the same figure, the newest first."""
        for one in self.before(item):
            figure = self.figure(one, own)
            if one.period and figure and (figure.of, figure.name) == (found.of, found.name):
                yield one.period, figure


def _newest(item: Item) -> int:
    return -item.period.order if item.period else 0


def _in_time(told: tuple[Period, Essential]) -> int:
    return told[0].order


def _number(text: str) -> float:
    return float(text.replace(",", "").lstrip("+¥￥").replace("\u2212", "-").rstrip("%"))
