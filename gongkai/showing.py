"""One edition shown without being published: every page is made when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import msgspec

from gongkai.listing import public_record
from gongkai.manifest import MANIFEST, manifest_bytes
from gongkai.render.screens import screen_files
from gongkai.render.search import INDEX, search_index
from gongkai.render.site import Plan, Renderer, Task, Work
from gongkai.shelf import Shelf
from gongkai.terms import Channel

_SINGLE = {
    "index.html": "home",
    "archive/index.html": "archive",
    "posters/index.html": "posters",
}
_MANY = {
    ("items", "/index.html"): "item",
    ("boards", "/index.html"): "board",
    ("screen", "/index.html"): "screen",
    ("archive", "/index.html"): "year",
    ("posters/items", ".pdf"): "poster",
    ("posters/boards", ".pdf"): "board-poster",
}


class Showing:
    """The files of a site by their paths, each made when it is asked for."""

    def __init__(self, work: Work, about: Callable[[], Mapping[str, Any]]) -> None:
        self.work, self.about = work, about
        self.plan = Plan(work)
        self.renderer = Renderer(self.plan, Shelf(None))

    def find(self, path: str) -> bytes | None:
        """The bytes of a file of the site, or None where there is none."""
        if path == MANIFEST:
            return self.manifest
        if path == INDEX:
            return self.index
        if task := self._task(path):
            made = self.renderer.make(task).files
            return next((one.data for one in made if one.path == path), None)
        shell = self.work.shell
        return (shell.folder / path).read_bytes() if path in shell.files else None

    def _task(self, path: str) -> Task | None:
        """What would make a path, if the site has it."""
        if path in _SINGLE:
            return Task(_SINGLE[path], "", (path,))
        if path in self.plan.files:
            return Task("file", self.plan.files[path].path, (path,))
        if path in dict(screen_files(self.work.edition.site.root)):
            return Task("screen-file", path, (path,))
        for (folder, end), kind in _MANY.items():
            name = path.removeprefix(f"{folder}/").removesuffix(end)
            if path == f"{folder}/{name}{end}" and self._has(kind, name):
                return Task(kind, self.names.get(name, name), (path,))
        return None

    def _has(self, kind: str, name: str) -> bool:
        """Is there such a page?"""
        if kind == "item":
            return name in self.names
        if kind == "poster":
            entry = self.plan.entries.get(name)
            return bool(entry and entry.standing.hangs and Channel.POSTER in entry.item.channels)
        return name in (self.renderer.pages.years if kind == "year" else self.renderer.pages.boards)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Every present and former id of what has a page, and the id it leads to."""
        items = [one.item for one in self.work.edition.published() if one.item.has_page]
        return {name: one.id for one in items for name in (one.id, *one.aliases)}

    @cached_property
    def manifest(self) -> bytes:
        """The manifest; it lists no files, because there are none."""
        published = self.work.edition.published()
        records = [msgspec.json.encode(public_record(one, one.version)) for one in published]
        return manifest_bytes(self.about(), records, {})

    @cached_property
    def index(self) -> bytes | None:
        """The search index, if the site has a search."""
        shell = self.work.shell
        if INDEX not in shell.files:
            return None
        entries = [self.renderer.search_entry(one) for one in self.plan.entries.values()]
        return search_index((shell.folder / INDEX).read_bytes(), entries)
