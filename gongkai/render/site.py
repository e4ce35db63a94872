"""Everything of a site that is made for an edition, as tasks that can be done in any order.

A task says by its key what it would make: with an equal key it makes equal bytes, so it need not
be done again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import Any, NamedTuple

import msgspec

from gongkai import theme
from gongkai.edition import Edition, Entry
from gongkai.fingerprint import fingerprint
from gongkai.listing import public_record
from gongkai.model import Board, Value
from gongkai.render.artifact import Artifact
from gongkai.render.built import stamped
from gongkai.render.files import files_of
from gongkai.render.frame import Shell
from gongkai.render.pages import ARCHIVE, Pages
from gongkai.render.posters import Posters
from gongkai.render.screens import screen, screen_files
from gongkai.render.search import search_entry
from gongkai.render.templates import sources
from gongkai.render.words import Words
from gongkai.shelf import Shelf
from gongkai.standing import Standing
from gongkai.terms import Channel

_ENCODER = msgspec.msgpack.Encoder(order="deterministic", enc_hook=str)
_TEMPLATES: Mapping[str, tuple[str, ...]] = {
    "home": ("pages/home.html",),
    "board": ("pages/board.html",),
    "item": ("pages/item.html", "pages/sheet.html"),
    "archive": ("pages/archive.html",),
    "year": ("pages/archive.html",),
    "posters": ("pages/posters.html",),
    "screen": ("screen/screen.html",),
}
_SHELVED = ("poster", "board-poster", "screen", "board", "home")
"""Kinds that take long, or tell the instant of the build and nothing else that is new."""


class Task(NamedTuple):
    """One thing to make: what kind, of which board, item or file, and the paths it will have.

    ``own`` stands for all that goes into it but the instant of the build, ``key`` for that too.
    """

    kind: str
    name: str
    paths: tuple[str, ...]
    own: bytes
    key: bytes

    @property
    def label(self) -> str:
        """A name that no other task of the site has."""
        return f"{self.kind}:{self.name}"

    @property
    def is_shelved(self) -> bool:
        """Is what it makes kept besides being published?"""
        return self.kind in _SHELVED


class Made(NamedTuple):
    """What came of a task: files, and of an item its lines in the manifest and the search index."""

    files: tuple[Artifact, ...]
    record: bytes = b""
    entry: bytes = b""


class Work(Value, frozen=True):
    """What has to be there to do any task."""

    edition: Edition
    shell: Shell


class Plan:
    """The tasks of an edition."""

    def __init__(self, work: Work) -> None:
        self.edition, self.shell = work.edition, work.shell
        self.library, self.site = work.edition.library, work.edition.site
        self.entries = {one.item.id: self.edition.entry(one) for one in self.edition.published()}
        self.told = {name: _digest(entry) for name, entry in self.entries.items()}
        self.boards = {board.id: _digest(board) for board in self.library.boards}
        self.moment = self.edition.now.isoformat()

    def tasks(self) -> list[Task]:
        """Everything there is to make, the slow things first so that workers finish together."""
        boards = self.library.boards
        tasks = [*self._posters()]
        for board in boards:
            path = f"screen/{board.id}/index.html"
            seen = self._seen(board, Channel.SCREEN)
            tasks.append(self._timed("screen", board.id, path, seen, self.edition.reception))
        for board in boards:
            path = f"boards/{board.id}/index.html"
            tasks.append(self._timed("board", board.id, path, self._seen(board, Channel.WEB)))
        return [*tasks, *self._single(), *self._archive(), *self._items()]

    def _posters(self) -> Iterator[Task]:
        for board in self.library.boards:
            if self.edition.view(board, Channel.POSTER).is_used:
                seen = self._seen(board, Channel.POSTER)
                day = "" if any(seen[-1]) else str(self.edition.standings.today)
                path = f"posters/boards/{board.id}.pdf"
                yield self._task("board-poster", board.id, (path,), seen, day)
        for entry in self.entries.values():
            if entry.standing.hangs and Channel.POSTER in entry.item.channels:
                told, first = self.told[entry.item.id], self.boards[entry.standing.boards[0]]
                path = f"posters/items/{entry.item.id}.pdf"
                yield self._task("poster", entry.item.id, (path,), told, first)

    def _single(self) -> Iterator[Task]:
        on_web = [self._seen(board, Channel.WEB) for board in self.library.boards]
        yield self._timed("home", "", "index.html", on_web, self.edition.reception)
        printed = [self._seen(board, Channel.POSTER) for board in self.library.boards]
        yield self._task("posters", "", ("posters/index.html",), printed)
        for path, source in screen_files(self.site.root):
            yield self._task("screen-file", path, (path,), source.read_bytes())

    def _archive(self) -> Iterator[Task]:
        years: dict[str, list[bytes]] = {}
        for one in self.edition.past():
            year = str(one.item.first_day.year)
            years.setdefault(year, []).append(self.told[one.item.id])
        yield self._task("archive", "", ("archive/index.html",), years)
        if sum(map(len, years.values())) > ARCHIVE:
            counts = {year: len(told) for year, told in years.items()}
            for year, told in years.items():
                yield self._task("year", year, (f"archive/{year}/index.html",), counts, told)

    def _items(self) -> Iterator[Task]:
        for name, entry in self.entries.items():
            names = (name, *entry.item.aliases) if entry.item.has_page else ()
            paths = tuple(f"items/{one}/index.html" for one in names)
            boards = [self.boards.get(board) for board in entry.standing.boards]
            yield self._task("item", name, paths, self.told[name], boards)
        yield from self._files()

    def _files(self) -> Iterator[Task]:
        """Files beside items; what two items share is one task."""
        found = {path: file for entry in self.entries.values() for path, file in files_of(entry)}
        for path, file in found.items():
            yield self._task("file", file.path, (path,), file.sha256)

    def _seen(self, board: Board, channel: Channel) -> list[Any]:
        """Everything that is shown of a board in a channel, in its order; at the end the items."""
        view = self.edition.view(board, channel)
        sections = [
            (one.id, one.name, one.last and self.told[one.last.item.id]) for one in view.sections
        ]
        entries = [[self.told[one.item.id] for one in section.entries] for section in view.sections]
        first = [[one.item.id for one in ones] for ones in (view.notices, view.late, view.urgent)]
        about = (self.boards[board.id], self.edition.view(board, Channel.POSTER).is_used)
        return [about, sections, first, self.edition.answers, entries]

    def _timed(self, kind: str, name: str, path: str, *parts: Any) -> Task:
        """A task whose page tells the instant of the build, and depends on the day."""
        task = self._task(kind, name, (path,), str(self.edition.standings.today), *parts)
        return task._replace(key=_digest([task.own, self.moment]))

    def _task(self, kind: str, name: str, paths: tuple[str, ...], *parts: Any) -> Task:
        own = _digest([self._style(kind), *parts])
        return Task(kind, name, paths, own, own)

    @cached_property
    def _common(self) -> bytes:
        """What every page may tell or depend on, whatever it is about."""
        site, catalogue = self.site, self.library.catalogue
        about = (site.lang, site.name, site.url, site.zone.key, self.library.org, catalogue.work)
        return _digest([fingerprint(), *about])

    @cache  # noqa: B019 - a plan lives as long as one build
    def _style(self, kind: str) -> bytes:
        """How a kind of thing looks: its templates and its frame."""
        root = self.site.root
        texts: list[Any] = [sources(root, name) for name in _TEMPLATES.get(kind, ())]
        if kind in ("poster", "board-poster"):
            texts.append(theme.find(root, "poster/poster.typ").read_bytes())
        return _digest([kind, self._common, self.shell.frames.get(kind), *texts])


def _digest(value: Any) -> bytes:
    """A digest of a value and of everything in it."""
    return hashlib.blake2b(_ENCODER.encode(value), digest_size=16).digest()


class Renderer:
    """Does tasks of one edition."""

    def __init__(self, work: Work, shelf: Shelf) -> None:
        self.edition, self.shell, self.shelf = work.edition, work.shell, shelf
        self.pages, self.papers = Pages(work.edition, work.shell), Posters(work.edition)
        self.words = Words(work.edition.site.lang)

    def make(self, task: Task) -> Made:
        """What comes of a task."""
        if task.kind == "item":
            return self._item(self._entry(task.name))
        if task.is_shelved:
            data = self.shelf.get(task.own.hex(), lambda: self._make(task).data)
            if task.kind in ("screen", "board", "home"):
                data = stamped(data, self.edition.now)
            return Made((Artifact(task.paths[0], data),))
        return Made((self._make(task),))

    def _item(self, entry: Entry) -> Made:
        version = entry.standing.version
        pages = tuple(self.pages.item(entry, version)) if entry.item.has_page else ()
        record = msgspec.json.encode(public_record(entry.standing, version))
        return Made(pages, record, search_entry(entry, self.words))

    def _make(self, task: Task) -> Artifact:
        pages, name = self.pages, task.name
        match task.kind:
            case "poster":
                return self.papers.item(self._standing(name))
            case "board-poster":
                return self.papers.board(pages.boards[name])
            case "screen":
                return screen(self.edition, pages.boards[name])
            case "board":
                return pages.board(pages.boards[name])
            case "home":
                return pages.home()
            case "archive" | "year":
                return pages.archive(name)
            case "posters":
                return pages.posters()
            case "screen-file":
                return Artifact(name, dict(screen_files(self.edition.site.root))[name].read_bytes())
            case _:
                return Artifact(task.paths[0], (self.edition.site.root / name).read_bytes())

    def _standing(self, name: str) -> Standing:
        return self.edition.standings.by_id[name]

    def _entry(self, name: str) -> Entry:
        return self.edition.entry(self._standing(name))
