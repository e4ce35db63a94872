"""The board for a screen on the wall: pages that turn, and that know when they stop being true."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from markupsafe import Markup
from msgspec import structs

from gongkai import theme
from gongkai.ahead import Span
from gongkai.edition import Edition, Entry, View, is_open
from gongkai.model import Board, Item, Library, Value
from gongkai.render.artifact import Artifact
from gongkai.render.attached import whole_body
from gongkai.render.built import built
from gongkai.render.codes import code_of
from gongkai.render.html import Writer
from gongkai.render.pages import media_path
from gongkai.render.paging import pages, room_of, scale_of, whole_of
from gongkai.render.shown import Shown, show
from gongkai.render.templates import fill
from gongkai.render.words import Words
from gongkai.standing import Standing
from gongkai.terms import Channel, State
from gongkai.text import Node, plain_text

_LOOP = re.compile(rb'data-loop="(\d+)"')
SHORTEST, LONGEST, PER_SECOND = 12, 40, 4
"""Seconds a page stays, and characters read a second."""
NEW_DAYS = 3
VOICES, VOICE = 4, 24
"""Opinions on a screen's one page of them, and characters of each."""


class Slide(Value, frozen=True):
    """One page of one item on a screen; ``seconds`` is how long it stays."""

    shown: Shown
    span: Span
    version: str
    section: str
    html: Markup
    number: int
    total: int
    seconds: int


class Empty(Value, frozen=True):
    """A section in which nothing hangs from an instant on: what hung there last, through which day,
    and who answers for it."""

    section: str
    since: datetime
    title: str
    day: date
    dept: str
    is_now: bool


def _empties(view: View) -> Iterator[Empty]:
    """Sections that are empty, and those that will be, as far as is known now; a screen that nobody
    reaches has to say so by itself."""
    for section in view.sections:
        hung = section.entries or ((section.last,) if section.last else ())
        ends = [(one.item.leaves, one.item) for one in hung if one.item.leaves]
        if ends and len(ends) == len(hung):
            since, last = max(ends, key=lambda end: end[0])
            day = (since - timedelta(microseconds=1)).date()
            is_now = not section.entries
            yield Empty(section.name, since, last.title, day, last.owner.dept, is_now)


def screen_files(root: Path) -> Iterator[tuple[str, Path]]:
    """The files that all screens share, by their paths in the site."""
    for name, path in theme.files(root, "screen"):
        if path.suffix != ".html":
            yield f"screen/{name}", path


def loop_of(page: bytes) -> bytes:
    """How many seconds a screen takes to go round, by its page."""
    found = _LOOP.search(page)
    return found[1] if found else b"0"


def look_of(root: Path) -> str:
    """What stands for the scripts and styles of screens: a screen that has others begins anew."""
    digest = hashlib.blake2b(digest_size=6)
    for name, path in screen_files(root):
        digest.update(name.encode() + path.read_bytes())
    return digest.hexdigest()


def wall(edition: Edition) -> Artifact:
    """All screens, for whoever sets up a box on a wall."""
    words = Words(edition.site.lang)
    html = fill(
        edition.site.root,
        words.lang,
        "screen/index.html",
        title=words.t("screens"),
        org=edition.library.org.name,
        boards=edition.library.boards,
    )
    return Artifact.text("screen/index.html", html)


def screen(edition: Edition, board: Board) -> Artifact:
    """The screen of a board."""
    view = edition.view(board, Channel.SCREEN)
    words = Words(board.lang)
    told = list(carried(edition, board))
    slides = list(_slides(edition, view, words, told))
    opinions = edition.raised_on(board)
    html = fill(
        edition.site.root,
        board.lang,
        "screen/screen.html",
        built=built(board.lang),
        look=look_of(edition.site.root),
        today=edition.standings.today,
        zone=edition.site.zone.key,
        org=edition.library.org,
        answers=edition.answers,
        reception=edition.reception,
        view=view,
        slides=slides,
        opinions=opinions[:VOICES],
        more=max(0, len(opinions) - VOICES),
        cut=VOICE,
        form=Markup(code_of(edition.library.org.form(board.id))),  # noqa: S704 (a picture of ours)
        loop=sum(one.seconds for one in slides if not one.span.start) + (20 if opinions else 0),
        letters=edition.site.web_font,
        scale=scale_of(board.screen.distance),
        empties=list(_empties(view)),
        spans={one.item.id: span for one, span in reversed(told)},
        show=lambda one: show(edition.library, edition.entry(one), board, words, Channel.SCREEN),
    )
    return Artifact.text(f"screen/{board.id}/index.html", html)


def carried(edition: Edition, board: Board) -> Iterator[tuple[Standing, Span]]:
    """What a screen is told of, with when it is seen: what is up, in its turn, and behind it what
    comes back or begins while nobody may reach the screen."""
    spans = edition.spans(board)
    up = _in_turn(edition, edition.view(board, Channel.SCREEN))
    names = [one.item.id for one in up]
    later = [(span.start, name) for name, ones in spans.items() for span in ones if span.start]
    yield from ((one, spans[name][0]) for one, name in zip(up, names, strict=True))
    for start, name in sorted(later):
        standing = structs.replace(edition.standings.by_id[name], state=State.CURRENT)
        yield standing, next(one for one in spans[name] if one.start == start)


def _slides(
    edition: Edition, view: View, words: Words, told: Sequence[tuple[Standing, Span]]
) -> Iterator[Slide]:
    board = view.board
    room = room_of(board.screen.orientation, board.screen.distance)
    whole = partial(whole_of, room=room)
    for standing, span in told:
        item, entry = standing.item, edition.entry(standing)
        addresses = {one.name: f"../../{media_path(one)}" for one in item.images}
        writer = Writer(partial(_address, addresses), board.workshop, whole)
        parts = pages(whole_body(item), room, item.title, _tail(entry))
        shown = show(edition.library, entry, board, words, Channel.SCREEN)
        for number, part in enumerate(parts, 1):
            yield Slide(
                shown=shown,
                span=span,
                version=standing.version,
                section=_section(item, view, edition.library) or words.t("other"),
                html=writer.write(part),
                number=number,
                total=len(parts),
                seconds=board.screen.dwell or _seconds(item.title, part),
            )


def _address(addresses: Mapping[str, str], name: str) -> str:
    return addresses.get(name, "")


def _section(item: Item, view: View, library: Library) -> str | None:
    """The section of a board in which an item stands: by its category, or by that one's group."""
    names = {one.id: one.name for one in view.sections}
    return names.get(item.category) or names.get(library.category(item).group)


def _tail(entry: Entry) -> float:
    """The height of what stands below the body on its last page, in lines of text."""
    item = entry.item
    lines = 1.8 * len(entry.corrections_in(Channel.SCREEN))
    if item.correction:
        lines += 1 + len(item.correction.changes) * 0.8
    return lines + (1.4 if entry.is_open else 0)


def _in_turn(edition: Edition, view: View) -> list[Standing]:
    """Urgent ones, open notices by their end, what is new, then the board's own order."""
    today = edition.standings.today
    ends = {one.item.id: number for number, one in enumerate(view.notices)}
    order = {one.item.id: number for number, one in enumerate(view.entries)}

    def rank(one: Standing) -> tuple[bool, int, bool, int]:
        is_new = (today - one.item.first_day).days < NEW_DAYS
        place = order[one.item.id]
        if not is_open(one, today):
            return (not one.item.urgent, len(ends), not is_new, place)
        return (not one.item.urgent, ends[one.item.id], False, place)

    return sorted(view.entries, key=rank)


def _seconds(title: str, nodes: tuple[Node, ...]) -> int:
    characters = len(title) + len(plain_text(nodes))
    return min(LONGEST, max(SHORTEST, characters // PER_SECOND))
