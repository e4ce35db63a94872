"""The board for a screen on the wall: pages that turn, and that know when they stop being true."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from markupsafe import Markup

from gongkai import theme
from gongkai.edition import Edition, Entry, View, is_open
from gongkai.model import Board, Value
from gongkai.render.artifact import Artifact
from gongkai.render.attached import whole_body
from gongkai.render.built import built
from gongkai.render.html import Writer
from gongkai.render.pages import media_path
from gongkai.render.paging import LANDSCAPE, PORTRAIT, pages
from gongkai.render.shown import Shown, show
from gongkai.render.templates import fill
from gongkai.render.words import Words
from gongkai.standing import Standing
from gongkai.terms import Channel, Orientation
from gongkai.text import Node, plain_text

SHORTEST, LONGEST, PER_SECOND = 12, 40, 4
"""Seconds a page stays, and characters read a second."""
NEW_DAYS = 3


class Slide(Value, frozen=True):
    """One page of one item on a screen; ``seconds`` is how long it stays."""

    shown: Shown
    version: str
    section: str
    html: Markup
    number: int
    total: int
    seconds: int


def screen_files(root: Path) -> Iterator[tuple[str, Path]]:
    """The files that all screens share, by their paths in the site."""
    for name, path in theme.files(root, "screen"):
        if path.suffix != ".html":
            yield f"screen/{name}", path


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
        slides=list(_slides(edition, view, words)),
        show=lambda one: show(edition.library, edition.entry(one), board, words, Channel.SCREEN),
    )
    return Artifact.text(f"screen/{board.id}/index.html", html)


def _slides(edition: Edition, view: View, words: Words) -> Iterator[Slide]:
    room = LANDSCAPE if view.board.screen.orientation is Orientation.LANDSCAPE else PORTRAIT
    sections = {one.item.id: section.name for section in view.sections for one in section.entries}
    for standing in _in_turn(edition, view):
        item, entry = standing.item, edition.entry(standing)
        addresses = {one.name: f"../../{media_path(one)}" for one in item.images}
        writer = Writer(lambda name, a=addresses: a.get(name, ""), view.board.workshop)  # type: ignore[misc]
        parts = pages(whole_body(item), room, item.title, _tail(entry))
        shown = show(edition.library, entry, view.board, words, Channel.SCREEN)
        version = standing.version
        for number, part in enumerate(parts, 1):
            yield Slide(
                shown=shown,
                version=version,
                section=sections[item.id] or words.t("other"),
                html=writer.write(part),
                number=number,
                total=len(parts),
                seconds=view.board.screen.dwell or _seconds(item.title, part),
            )


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
