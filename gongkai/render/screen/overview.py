"""The overview of a screen: every title that hangs on a board, section by section, and what is due
there and missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from gongkai.domain.model import Board, Item, Library, Value
from gongkai.domain.terms import Channel, PrivacyClass
from gongkai.render.shown import days_left
from gongkai.render.words import Words
from gongkai.status.duties import Duty
from gongkai.status.edition import Edition, Section, View, section_of
from gongkai.status.schedule import UpTime
from gongkai.status.standing import Standing

STANDING = ("standing", "standing-info")
"""What always hangs, of which a full overview tells only how many there are."""
PERIODS = 3
"""Missing periods of one duty that have a line each; of more the oldest tells of all."""


class TitleLine(Value, frozen=True):
    """A title on a screen's overview; a soft one has no full text on the screen."""

    item: Item
    span: UpTime | None
    days: tuple[date, ...]
    review: date | None
    is_soft: bool


class MissingDuty(Value, frozen=True):
    """A line for what was due and does not hang."""

    title: str
    due: date


class Empty(Value, frozen=True):
    """A section in which nothing hangs from an instant on: what hung there last, through which day,
    and who answers for it."""

    since: datetime
    title: str
    day: date
    dept: str
    is_now: bool


class OverviewSection(Value, frozen=True):
    """One section of a screen's overview."""

    name: str
    gaps: tuple[MissingDuty, ...]
    lines: tuple[TitleLine, ...]
    empty: Empty | None
    is_standing: bool


def _empty(section: Section) -> Empty | None:
    """A section that is empty, or will be, as far as is known now; a screen that nobody reaches has
    to say so by itself."""
    hung = section.entries or ((section.last,) if section.last else ())
    ends = [(standing.item.leaves, standing.item) for standing in hung if standing.item.leaves]
    if not ends or len(ends) < len(hung):
        return None
    since, last = max(ends, key=lambda end: end[0])
    day = (since - timedelta(microseconds=1)).date()
    return Empty(since, last.title, day, last.owner.dept, not section.entries)


def listed(
    edition: Edition, view: View, words: Words, told: Sequence[tuple[Standing, UpTime]]
) -> Iterator[OverviewSection]:
    """The sections: what is missing, what hangs, and what has only its title here."""
    board, library = view.board, edition.library
    beside = {
        section.id: [entry for entry in section.entries if _is_told_beside(entry, library)]
        for section in edition.view(board, Channel.WEB).sections
    }
    for section in view.sections:

        def is_here(item: Item, section: Section = section) -> bool:
            return section_of(library, item.category, board) == section.id

        lines = [
            _line(edition, standing, span) for standing, span in told if is_here(standing.item)
        ]
        lines += [
            _line(edition, standing, None, is_soft=True) for standing in beside.get(section.id, ())
        ]
        gaps = tuple(_missing(edition, view, section.id, words))
        empty = _empty(section)
        if lines or gaps or empty:
            name = section.name or words.t("other")
            yield OverviewSection(name, gaps, tuple(lines), empty, section.id in STANDING)


def _line(
    edition: Edition, one: Standing, span: UpTime | None, *, is_soft: bool = False
) -> TitleLine:
    days = days_left(edition.library, edition.entry(one))
    is_judged = one.hangs and not one.is_followed and not one.item.period
    return TitleLine(one.item, span, tuple(days), one.review_by if is_judged else None, is_soft)


def _is_told_beside(one: Standing, library: Library) -> bool:
    """Has it its title on a screen, being on the web and not on screens? Not if it is about persons
    that a board does not name."""
    is_private = library.category(one.item).privacy is PrivacyClass.SENSITIVE
    return Channel.SCREEN not in one.item.channels and not is_private


def on_paper_only(edition: Edition, board: Board) -> int:
    """How many items hang on a board on paper alone."""
    up = edition.view(board, Channel.POSTER).entries
    return sum(standing.item.channels == (Channel.POSTER,) for standing in up)


def untold(edition: Edition, board: Board) -> int:
    """How many hang on the web of which a screen does not tell the title, being about persons."""
    up = edition.view(board, Channel.WEB).entries
    hidden = (standing for standing in up if Channel.SCREEN not in standing.item.channels)
    return sum(not _is_told_beside(standing, edition.library) for standing in hidden)


def _missing(edition: Edition, view: View, section: str, words: Words) -> Iterator[MissingDuty]:
    """What was due here and does not hang, by the periods that are missing."""
    standings, library = edition.standings, edition.library
    found: dict[str, list[Duty]] = defaultdict(list)
    for duty in standings.duties.missing(standings.today):
        is_here = duty.board in (None, view.board.id)
        if is_here and section_of(library, duty.category, view.board) == section:
            found[duty.category].append(duty)
    for name, duties in found.items():
        row = words.category(library.catalogue.categories[name])
        if len(duties) > PERIODS:
            more = words.t("gap-more", count=len(duties))
            yield MissingDuty(f"{words.period(duties[0].period)}{more}{row}", duties[0].due)
            continue
        for duty in duties:
            yield MissingDuty(f"{words.period(duty.period)}{row}", duty.due)
