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
        return tuple(standing for standing in self.corrections if channel in standing.item.channels)

    def told_since(self, channel: Channel) -> date:
        """The day since which it says what it says in a channel: that of its last correction."""
        told = (self.standing, *self.corrections_in(channel))
        return max(standing.item.first_day for standing in told)


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
        return tuple(gap for gap in self.gaps if gap.board in (None, board.id))

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
        told = (self.entry(standing).corrections_in(channel) for standing in ones)
        return frozenset(fix.item.id for fixes in told for fix in fixes)

    def _successor(self, standing: Standing) -> Standing | None:
        """What took its place on the web, for a reader who comes by an old QR code."""
        if standing.freshness is not Freshness.SUPERSEDED or standing.item.period is None:
            return None
        key = series_of(standing.item, standing.item.period)
        left = set(standing.left)
        heirs = [heir for heir in self.heirs.get(key, ()) if left.intersection(heir.boards)]
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
        for standing in self.published():
            if (
                Channel.WEB in standing.item.channels
                and not standing.hangs
                and not standing.is_hidden
            ):
                yield standing


def make_edition(standings: Standings, before: Edition | None = None) -> Edition:
    """The edition of an instant; ``before`` is an earlier one, if there is one."""
    library = standings.library
    current = [standing for standing in standings.all() if standing.state is State.CURRENT]
    expired = [standing for standing in standings.all() if standing.state is State.EXPIRED]
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
            name: raised_about(
                (standing.item for standing in ones), library.opinions, standings.today
            )
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
    for standing in current:
        for board in standing.item.boards:
            for channel in standing.item.channels:
                up[board, channel].append(standing)
    return up


def _past_by_board(expired: list[Standing]) -> Mapping[_Place, Mapping[str, Standing]]:
    """For each board and channel what expired last of each category.

    Nearly everything has expired after some years, so the last is first found among those that hung
    in the same places.
    """
    last: dict[tuple[Any, ...], Standing] = {}
    for standing in expired:
        item = standing.item
        key = (item.category, item.boards, item.channels)
        found = last.get(key)
        if found is None or _end(found) < _end(standing):
            last[key] = standing
    past: dict[_Place, dict[str, Standing]] = defaultdict(dict)
    for (category, boards, channels), standing in last.items():
        for place in ((board, channel) for board in boards for channel in channels):
            found = past[place].get(category)
            if found is None or _end(found) < _end(standing):
                past[place][category] = standing
    return past


def _neighbours(
    standings: Standings,
) -> Iterator[tuple[str, tuple[Standing | None, Standing | None]]]:
    """Of each item with a period that is or was on the web, the same of the period before and of
    the next one that there is: of equal category, thread and grain, on the same boards."""
    series: dict[Any, dict[int, list[Standing]]] = defaultdict(lambda: defaultdict(list))
    for standing in standings.all():
        item, is_up = standing.item, standing.state not in (State.DRAFT, State.SCHEDULED)
        if is_up and item.period and Channel.WEB in item.channels and not standing.is_hidden:
            key = (*series_of(item, item.period), item.boards)
            series[key][item.period.order].append(standing)
    for periods in series.values():
        ones = [min(periods[n], key=lambda one: one.item.id) for n in sorted(periods)]
        around = zip([None, *ones], [*ones[1:], None], sorted(periods), strict=False)
        for earlier, later, number in around:
            yield from ((standing.item.id, (earlier, later)) for standing in periods[number])


def _heirs(standings: Standings) -> Mapping[Any, tuple[Standing, ...]]:
    """For every series what stands on the web."""
    heirs: dict[Any, list[Standing]] = defaultdict(list)
    for standing in standings.all():
        if standing.hangs and standing.item.period and Channel.WEB in standing.item.channels:
            heirs[series_of(standing.item, standing.item.period)].append(standing)
    return {series: tuple(ones) for series, ones in heirs.items()}


def _view(
    standings: Standings,
    board: Board,
    channel: Channel,
    here: list[Standing],
    past: Mapping[str, Standing],
) -> View:
    up = [
        standing.on(board.id) for standing in here if standing.hangs and board.id in standing.boards
    ]
    notices = [standing for standing in up if is_open(standing, standings.today)]
    late = [standing for standing in up if standing.is_late]
    return View(
        board=board,
        channel=channel,
        sections=tuple(_sections(standings, board, up, past)),
        notices=tuple(sorted(notices, key=_window_end)),
        late=tuple(sorted(late, key=lambda one: (one.review_by or date.max, one.item.id))),
        urgent=tuple(standing for standing in up if standing.item.urgent),
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
    for standing in up:
        placed[section_of(library, standing.item.category, board)].append(standing)
    past: dict[str, Standing] = {}
    for category, standing in last.items():
        section = section_of(library, category, board)
        past[section] = max(past.get(section, standing), standing, key=_end)
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
    return {
        **groups,
        **{category.id: category.name if lang == "zh" else category.en for category in rows},
    }


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
        standing.item.id: (
            not standing.item.urgent,
            not is_open(standing, today),
            -standing.item.publish.timestamp(),
            standing.item.id,
        )
        for standing in entries
    }
    originals = [standing for standing in entries if standing.item.corrects not in rank]
    follow: dict[str | None, list[Standing]] = defaultdict(list)
    for standing in sorted(entries, key=lambda one: rank[one.item.id]):
        follow[standing.item.corrects].append(standing)
    ordered: list[Standing] = []
    for standing in sorted(originals, key=lambda one: rank[one.item.id]):
        ordered += [standing, *follow[standing.item.id]]
    placed = {standing.item.id for standing in ordered}
    return ordered + [standing for standing in entries if standing.item.id not in placed]


def _corrections(standings: Standings) -> Mapping[str, tuple[Standing, ...]]:
    """For every item the corrections of it that are up."""
    found: dict[str, tuple[Standing, ...]] = {}
    up = [
        standing
        for standing in standings.all()
        if standing.item.kind is Kind.CORRECTION and standing.hangs
    ]
    if not up:
        return found
    names = {
        n: standing.item.id
        for standing in standings.all()
        for n in (standing.item.id, *standing.item.aliases)
    }
    for standing in up:
        corrects = names.get(standing.item.corrects or "")
        if corrects:
            found[corrects] = (*found.get(corrects, ()), standing)
    return found


def _threads(standings: Standings) -> Mapping[str, tuple[Standing, ...]]:
    """The items of each matter that are or were on the web, where there are several, the oldest
    first; nothing of what was hidden."""
    found: dict[str, list[Standing]] = defaultdict(list)
    for standing in standings.all():
        is_told = standing.state not in (State.DRAFT, State.SCHEDULED) and not standing.is_hidden
        if standing.item.thread and is_told and Channel.WEB in standing.item.channels:
            found[standing.item.thread].append(standing)
    return {
        name: tuple(sorted(ones, key=lambda one: (one.item.publish, one.item.id))[-LONGEST:])
        for name, ones in found.items()
        if len(ones) > 1
    }


def _answers(library: Library, today: date) -> Answers:
    received = [opinion for opinion in library.opinions if opinion.received <= today]
    closed = sum(opinion.is_closed(today) for opinion in received)
    return Answers(closed, len(received) - closed)


def _reception(library: Library, now: datetime) -> tuple[datetime, str] | None:
    """The next reception day and where, as far as dated ones are known."""
    coming = [
        (at, channel.text) for channel in library.org.channels for at in channel.dated if at >= now
    ]
    return min(coming, default=None)
