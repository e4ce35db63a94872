"""The edition: what hangs on each board at an instant, channel by channel, in its order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from gongkai.domain.model import Board, Category, Item, Library, Opinion, Site, Value
from gongkai.domain.terms import Channel, End, Freshness, Kind, State
from gongkai.status.duties import Gap
from gongkai.status.opinions import Raised, raised, raised_about, told_on
from gongkai.status.schedule import UpTime, ahead, coming
from gongkai.status.standing import Standing, Standings, series_of

OTHER = "other"
"""The section for what a board's own list of sections has no place for; nothing is left out."""


LONGEST = 40
"""Items of one matter that are told of together; of more the last ones."""


class Section(Value, frozen=True):
    """One section of a board. An empty one knows what hung in it last."""

    id: str
    name: str
    entries: tuple[Standing, ...]
    last: Standing | None = None


class View(Value, frozen=True):
    """One board in one channel.

    ``notices`` are those open for objection, the one that ends soonest first; ``late`` are what is
    overdue, the longest first. Both are also in their sections. ``is_used`` says that something
    hangs or hung here; a board that was never on paper has nothing to print.
    """

    board: Board
    channel: Channel
    sections: tuple[Section, ...]
    notices: tuple[Standing, ...]
    late: tuple[Standing, ...]
    urgent: tuple[Standing, ...]
    is_used: bool

    @property
    def entries(self) -> tuple[Standing, ...]:
        """Everything on the board, in the order of its sections."""
        return tuple(entry for section in self.sections for entry in section.entries)


class Answers(Value, frozen=True):
    """How many opinions were answered and how many are being handled."""

    closed: int
    open: int


class Entry(Value, frozen=True):
    """One item with everything that is told beside it: what corrects it and what it corrects, what
    has taken its place, the same of the period before and of the next one, and whether objections
    may still be raised. ``thread`` are the items of its matter on the web (plan, progress, result)
    with it among them; none where it is alone. ``opinions`` are those on that matter."""

    standing: Standing
    category: Category
    corrections: tuple[Standing, ...]
    original: Standing | None
    successor: Standing | None
    earlier: Standing | None
    later: Standing | None
    is_open: bool
    thread: tuple[Standing, ...] = ()
    opinions: tuple[Opinion, ...] = ()

    @property
    def item(self) -> Item:
        """The item itself."""
        return self.standing.item

    @property
    def is_gone(self) -> bool:
        """Is nothing left of its text: hidden, or expired where only a tombstone is to be left?"""
        is_over = self.standing.state is State.EXPIRED and self.category.end is End.TOMBSTONE
        return self.standing.is_hidden or is_over

    def corrections_in(self, channel: Channel) -> tuple[Standing, ...]:
        """The corrections that are up in a channel."""
        return tuple(one for one in self.corrections if channel in one.item.channels)

    def told_since(self, channel: Channel) -> date:
        """The day since which it says what it says in a channel: that of its last correction."""
        told = (self.standing, *self.corrections_in(channel))
        return max(one.item.first_day for one in told)


class Edition(Value, frozen=True):
    """Everything that is to be shown at an instant."""

    standings: Standings
    views: Mapping[tuple[str, Channel], View]
    corrections: Mapping[str, tuple[Standing, ...]]
    heirs: Mapping[Any, tuple[Standing, ...]]
    neighbours: Mapping[str, tuple[Standing | None, Standing | None]]
    current: list[Standing]
    expired: list[Standing]
    past_by_board: Mapping[tuple[str, Channel], Mapping[str, Standing]]
    answers: Answers
    raised: tuple[Raised, ...]
    reception: tuple[datetime, str] | None
    gaps: tuple[Gap, ...]
    coming: Mapping[str, list[Item]]
    threads: Mapping[str, tuple[Standing, ...]]
    heard: Mapping[str, tuple[Opinion, ...]]

    @property
    def library(self) -> Library:
        """What it was made from."""
        return self.standings.library

    @property
    def site(self) -> Site:
        """The site it is for."""
        return self.library.site

    @property
    def now(self) -> datetime:
        """Its instant."""
        return self.standings.now

    def view(self, board: Board, channel: Channel) -> View:
        """One board in one channel."""
        return self.views[board.id, channel]

    def spans(self, board: Board) -> Mapping[str, tuple[UpTime, ...]]:
        """From when to when things will be seen on a board's screen, as far as is known now."""
        return ahead(self.coming[board.id], board, self.library, self.now)

    def gaps_on(self, board: Board) -> tuple[Gap, ...]:
        """What was due on a board, or on all of them, and was never written."""
        return tuple(one for one in self.gaps if one.board in (None, board.id))

    def raised_on(self, board: Board) -> tuple[Raised, ...]:
        """The opinions that a board tells of."""
        return told_on(self.raised, board, self.library)

    def entry(self, standing: Standing) -> Entry:
        """An item with everything that is told beside it."""
        item = standing.item
        earlier, later = self.neighbours.get(item.id, (None, None))
        return Entry(
            standing=standing,
            category=self.library.category(item),
            corrections=self.corrections.get(item.id, ()),
            original=self._corrected_by(item) if item.corrects else None,
            successor=self._successor(standing),
            earlier=earlier,
            later=later,
            is_open=is_open(standing, self.standings.today),
            thread=self.threads.get(item.thread, ()) if item.thread else (),
            opinions=self.heard.get(item.thread, ()) if item.thread else (),
        )

    def folded(self, ones: Iterable[Standing], channel: Channel) -> frozenset[str]:
        """The ids of corrections that are told with what they correct, among what is up."""
        told = (self.entry(one).corrections_in(channel) for one in ones)
        return frozenset(fix.item.id for fixes in told for fix in fixes)

    def _successor(self, standing: Standing) -> Standing | None:
        """What took its place on the web, for a reader who comes by an old QR code."""
        if standing.freshness is not Freshness.SUPERSEDED or standing.item.period is None:
            return None
        key = series_of(standing.item, standing.item.period)
        left = set(standing.left)
        heirs = [one for one in self.heirs.get(key, ()) if left.intersection(one.boards)]
        return max(heirs, key=lambda one: one.item.publish, default=None)

    def _corrected_by(self, item: Item) -> Standing | None:
        """What an item corrects, if whoever sees the one may see the other."""
        other = self.standings.by_id.get(item.corrects or "")
        if other is None or other.state in (State.DRAFT, State.SCHEDULED):
            return None
        return (
            None if other.is_hidden or not set(item.channels) <= set(other.item.channels) else other
        )

    def published(self) -> Iterator[Standing]:
        """Every item that was ever up: neither a draft nor one whose day has not come."""
        for standing in self.standings.all():
            if standing.state not in (State.DRAFT, State.SCHEDULED):
                yield standing

    def past(self) -> Iterator[Standing]:
        """What was shown on the web and is not any more; nothing of what was hidden."""
        for one in self.published():
            if Channel.WEB in one.item.channels and not one.hangs and not one.is_hidden:
                yield one


def make_edition(standings: Standings, before: Edition | None = None) -> Edition:
    """The edition of an instant; ``before`` is an earlier one, if there is one."""
    library = standings.library
    current = [one for one in standings.all() if one.state is State.CURRENT]
    expired = [one for one in standings.all() if one.state is State.EXPIRED]
    is_same = before is not None and before.expired == expired
    past = before.past_by_board if before and is_same else _past_by_board(expired)
    up = _by_board(current)
    return Edition(
        current=current,
        expired=expired,
        past_by_board=past,
        standings=standings,
        views={
            (board.id, channel): _view(
                standings, board, channel, up[board.id, channel], past.get((board.id, channel), {})
            )
            for board in library.boards
            for channel in Channel
        },
        corrections=_corrections(standings),
        heirs=_heirs(standings),
        neighbours=dict(_neighbours(standings)),
        answers=_answers(library, standings.today),
        raised=raised(library, standings.today),
        reception=_reception(library, standings.now),
        gaps=standings.duties.gaps(standings.today),
        coming=coming(standings, Channel.SCREEN),
        threads=(threads := _threads(standings)),
        heard={
            name: raised_about((one.item for one in ones), library.opinions, standings.today)
            for name, ones in threads.items()
        },
    )


def is_open(standing: Standing, day: date) -> bool:
    """Is it a notice on which objections may be raised on this day?"""
    window = standing.item.notice
    return standing.hangs and window is not None and window.is_open(day)


_Place = tuple[str, Channel]


def _by_board(current: Iterable[Standing]) -> Mapping[_Place, list[Standing]]:
    """What hangs on each board in each channel, or would if nothing newer had taken its place."""
    up: dict[_Place, list[Standing]] = defaultdict(list)
    for one in current:
        for board in one.item.boards:
            for channel in one.item.channels:
                up[board, channel].append(one)
    return up


def _past_by_board(expired: list[Standing]) -> Mapping[_Place, Mapping[str, Standing]]:
    """For each board and channel what expired last of each category.

    Nearly everything has expired after some years, so the last is first found among those that hung
    in the same places.
    """
    last: dict[tuple[Any, ...], Standing] = {}
    for one in expired:
        item = one.item
        key = (item.category, item.boards, item.channels)
        found = last.get(key)
        if found is None or _end(found) < _end(one):
            last[key] = one
    past: dict[_Place, dict[str, Standing]] = defaultdict(dict)
    for (category, boards, channels), one in last.items():
        for place in ((board, channel) for board in boards for channel in channels):
            found = past[place].get(category)
            if found is None or _end(found) < _end(one):
                past[place][category] = one
    return past


def _neighbours(
    standings: Standings,
) -> Iterator[tuple[str, tuple[Standing | None, Standing | None]]]:
    """Of each item with a period that is or was on the web, the same of the period before and of
    the next one that there is: of equal category, thread and grain, on the same boards."""
    series: dict[Any, dict[int, list[Standing]]] = defaultdict(lambda: defaultdict(list))
    for one in standings.all():
        item, is_up = one.item, one.state not in (State.DRAFT, State.SCHEDULED)
        if is_up and item.period and Channel.WEB in item.channels and not one.is_hidden:
            key = (*series_of(item, item.period), item.boards)
            series[key][item.period.order].append(one)
    for periods in series.values():
        ones = [min(periods[n], key=lambda one: one.item.id) for n in sorted(periods)]
        around = zip([None, *ones], [*ones[1:], None], sorted(periods), strict=False)
        for earlier, later, number in around:
            yield from ((one.item.id, (earlier, later)) for one in periods[number])


def _heirs(standings: Standings) -> Mapping[Any, tuple[Standing, ...]]:
    """For every series what stands on the web."""
    heirs: dict[Any, list[Standing]] = defaultdict(list)
    for one in standings.all():
        if one.hangs and one.item.period and Channel.WEB in one.item.channels:
            heirs[series_of(one.item, one.item.period)].append(one)
    return {series: tuple(ones) for series, ones in heirs.items()}


def _view(
    standings: Standings,
    board: Board,
    channel: Channel,
    here: list[Standing],
    past: Mapping[str, Standing],
) -> View:
    up = [one.on(board.id) for one in here if one.hangs and board.id in one.boards]
    notices = [one for one in up if is_open(one, standings.today)]
    late = [one for one in up if one.is_late]
    return View(
        board=board,
        channel=channel,
        sections=tuple(_sections(standings, board, up, past)),
        notices=tuple(sorted(notices, key=_window_end)),
        late=tuple(sorted(late, key=lambda one: (one.review_by or date.max, one.item.id))),
        urgent=tuple(one for one in up if one.item.urgent),
        is_used=bool(here or past),
    )


def _window_end(standing: Standing) -> tuple[date, str]:
    window = standing.item.notice
    return (window.last if window else date.max, standing.item.id)


def _sections(
    standings: Standings, board: Board, up: list[Standing], last: Mapping[str, Standing]
) -> Iterator[Section]:
    library = standings.library
    names = {**section_names(library, board.lang), OTHER: ""}
    placed: dict[str, list[Standing]] = {section: [] for section in (*board.sections, OTHER)}
    for one in up:
        placed[section_of(library, one.item.category, board)].append(one)
    past: dict[str, Standing] = {}
    for category, one in last.items():
        section = section_of(library, category, board)
        past[section] = max(past.get(section, one), one, key=_end)
    for section, entries in placed.items():
        if entries or section != OTHER:
            ordered = tuple(in_order(entries, standings))
            yield Section(section, names[section], ordered, past.get(section))


def _end(standing: Standing) -> tuple[datetime, str]:
    """What ended last is the greatest; of two at once the one whose id comes last."""
    expires = standing.item.expires
    return expires or datetime.max.replace(tzinfo=UTC), standing.item.id


def section_names(library: Library, lang: str) -> Mapping[str, str]:
    """The name of every group and category, in a language."""
    catalogue = library.catalogue
    groups = catalogue.groups if lang == "zh" else catalogue.groups_en
    rows = catalogue.categories.values()
    return {**groups, **{one.id: one.name if lang == "zh" else one.en for one in rows}}


def section_of(library: Library, category: str, board: Board) -> str:
    """The section of a board in which a category stands: its own, or that of its group."""
    if category in board.sections:
        return category
    group = library.catalogue.categories[category].group
    return group if group in board.sections else OTHER


def in_order(entries: list[Standing], standings: Standings) -> list[Standing]:
    """Urgent ones, open notices, then the newest; a correction right behind what it corrects."""
    today = standings.today
    rank = {
        one.item.id: (
            not one.item.urgent,
            not is_open(one, today),
            -one.item.publish.timestamp(),
            one.item.id,
        )
        for one in entries
    }
    originals = [one for one in entries if one.item.corrects not in rank]
    follow: dict[str | None, list[Standing]] = defaultdict(list)
    for one in sorted(entries, key=lambda one: rank[one.item.id]):
        follow[one.item.corrects].append(one)
    ordered: list[Standing] = []
    for one in sorted(originals, key=lambda one: rank[one.item.id]):
        ordered += [one, *follow[one.item.id]]
    placed = {one.item.id for one in ordered}
    return ordered + [one for one in entries if one.item.id not in placed]


def _corrections(standings: Standings) -> Mapping[str, tuple[Standing, ...]]:
    """For every item the corrections of it that are up."""
    found: dict[str, tuple[Standing, ...]] = {}
    up = [one for one in standings.all() if one.item.kind is Kind.CORRECTION and one.hangs]
    if not up:
        return found
    names = {n: one.item.id for one in standings.all() for n in (one.item.id, *one.item.aliases)}
    for one in up:
        corrects = names.get(one.item.corrects or "")
        if corrects:
            found[corrects] = (*found.get(corrects, ()), one)
    return found


def _threads(standings: Standings) -> Mapping[str, tuple[Standing, ...]]:
    """The items of each matter that are or were on the web, where there are several, the oldest
    first; nothing of what was hidden."""
    found: dict[str, list[Standing]] = defaultdict(list)
    for one in standings.all():
        is_told = one.state not in (State.DRAFT, State.SCHEDULED) and not one.is_hidden
        if one.item.thread and is_told and Channel.WEB in one.item.channels:
            found[one.item.thread].append(one)
    return {
        name: tuple(sorted(ones, key=lambda one: (one.item.publish, one.item.id))[-LONGEST:])
        for name, ones in found.items()
        if len(ones) > 1
    }


def _answers(library: Library, today: date) -> Answers:
    received = [one for one in library.opinions if one.received <= today]
    closed = sum(one.is_closed(today) for one in received)
    return Answers(closed, len(received) - closed)


def _reception(library: Library, now: datetime) -> tuple[datetime, str] | None:
    """The next reception day and where, as far as dated ones are known."""
    coming = [(at, one.text) for one in library.org.channels for at in one.dated if at >= now]
    return min(coming, default=None)
