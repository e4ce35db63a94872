"""The past of a site's items out of its repository.

An item is followed by its id, wherever its file lay, along the line of commits that is published
from. Each wording is compared with the last one that was up: what happened in between, in drafts
or in files that were gone for a while, no reader saw. A merge may also drop what was up on another
line; so it is compared with that, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from gongkai.model import Item, Library
from gongkai.past import Past, Revision, Sight, Touch
from gongkai.source.files import LARGEST_TEXT, YAML, Refused, decoded, read_bytes
from gongkai.source.git import (
    Entry,
    against,
    blobs_of,
    elsewhere_of,
    mainline_of,
    merges_of,
    sight_of,
)
from gongkai.source.wordings import Wording, added_checks, touch_of, wording_of

_ITEMS = "content/items/"
_ENDINGS = (".md", *YAML)
_TABLE = ".csv"


def read_past(library: Library, now: datetime) -> Past:
    """What git remembers of a library's items; what is not committed happened ``now``."""
    site = library.site
    sight = sight_of(site.root)
    if sight is not Sight.WHOLE:
        return Past(sight)
    mainline = list(mainline_of(site.root, site.zone))
    if not any(one.commit for one in mainline):
        return Past(Sight.NONE)
    merges = merges_of(site.root)
    dropped = list(against(site.root, site.zone, merges)) if merges else []
    every = list(elsewhere_of(site.root, site.zone)) if merges else mainline
    return _Past(library, now, _Told(mainline, dropped, every)).whole()


class _Told(NamedTuple):
    """What git says: of the line that is published from, of what merges have otherwise than their
    further parents, and of every commit."""

    mainline: list[Entry]
    dropped: list[Entry]
    every: list[Entry]


class _Past:
    """Works out a past from what commits did to files."""

    def __init__(self, library: Library, now: datetime, told: _Told) -> None:
        self.library, self.now, self.told = library, now, told
        self.root, self.zone = library.site.root, library.site.zone
        self.here = {item.path: item for item in library.items}
        self.beside = _beside(library.items)
        self.names = {name: one.id for one in library.items for name in (one.id, *one.aliases)}
        self.categories = {row.name: row.id for row in library.catalogue.categories.values()}
        self.wording = lru_cache(maxsize=None)(self._wording)
        self.wanted: set[str] = set()
        self.blobs: dict[str, bytes] = {}
        self.ids = self._ids()
        self.lines = self._lines()
        self._fetch(name for one in self._compared() for name in (one.before, one.after) if name)

    def _fetch(self, names: Iterable[str]) -> None:
        missing = set(names) - self.wanted
        self.wanted |= missing
        self.blobs.update(blobs_of(self.root, missing) if missing else {})

    def _ids(self) -> dict[str, str]:
        """The id of the item in each file; of one that is gone by what it last said."""
        ids, last = {}, dict[str, str]()
        for one in (*self.told.dropped, *self.told.every, *self.told.mainline):
            if one.path in self.here:
                ids[one.path] = self.here[one.path].id
            elif _is_item(one.path):
                last[one.path] = one.after or one.before
        self._fetch(last.values())
        for path, blob in last.items():
            typed = self.wording(blob, path).values.get("id")
            ids[path] = str(typed or path.rpartition("/")[2].rpartition(".")[0])
        return ids

    def _lines(self) -> dict[str, list[Entry]]:
        """What was done to each item on the line that is published from, by id."""
        lines: dict[str, list[Entry]] = defaultdict(list)
        for one in self.told.mainline:
            if one.path in self.ids:
                lines[self.ids[one.path]].append(one)
        return lines

    def _compared(self) -> Iterator[Entry]:
        """The entries whose texts are needed. An item that was never touched again is as it is."""
        often = {one.path for one in self.told.every if one.before or one.path not in self.here}
        moved = {name for name, ones in self.lines.items() if len(ones) > 1}
        for one in (*self.told.mainline, *self.told.every):
            if one.path in often or self.ids.get(one.path) in moved:
                yield one
        yield from (one for one in self.told.dropped if one.path in self.ids)
        yield from (one for one in self.told.mainline if _is_table(one.path, self.beside))

    def whole(self) -> Past:
        """All of it; what is not there of it says that nobody can tell."""
        if self.wanted - self.blobs.keys():
            return Past(Sight.SHALLOW)
        commits = {one.at: one.commit for one in reversed(self.told.every) if one.at}
        first = commits[min(commits)]
        start = [one for one in self.told.every if one.commit == first]
        revisions = [*self._of_items(), *self._of_merges(), *self._of_files()]
        return Past(
            Sight.WHOLE,
            self._firsts(self.told.every),
            self._firsts(self.told.mainline),
            frozenset(self.ids[one.path] for one in start if one.path in self.ids),
            tuple(sorted(revisions, key=lambda one: (one.at, one.item))),
        )

    def _firsts(self, entries: Iterable[Entry]) -> dict[str, datetime]:
        """When each item was first there to be shown."""
        firsts: dict[str, datetime] = {}
        for one in entries:
            name = self.ids.get(one.path)
            if name and one.at and one.after and not self._is_draft(one):
                firsts[name] = min(one.at, firsts.get(name, one.at))
        return firsts

    def _is_draft(self, entry: Entry) -> bool:
        if entry.after in self.blobs:
            return self.wording(entry.after or "", entry.path).is_draft
        return self.here[entry.path].draft

    def _of_items(self) -> Iterator[Revision]:
        for name, entries in self.lines.items():
            if len(entries) > 1:
                yield from self._of_item(name, entries)

    def _of_item(self, name: str, entries: list[Entry]) -> Iterator[Revision]:
        there: dict[str, Wording] = {}
        shown: tuple[Wording, str] | None = None
        for _, together in groupby(entries, key=lambda one: one.commit):
            changes = list(together)
            at, commit = changes[0].at or self.now, changes[0].commit
            up = [(one, path) for path, one in there.items() if one.is_up(at)]
            shown = up[0] if up else shown
            for one in changes:
                there.pop(one.path, None)
                if one.after != "":
                    there[one.path] = self.wording(one.after or "", one.path)
            for path, new in there.items():
                if shown and not new.is_draft:
                    yield from self._between(name, path, shown[0], new, at, commit)
                    shown = new, path
        if shown and not there and name not in self.names:
            yield Revision(name, shown[1], at, commit[:12], Touch.GONE, shown[0].told)

    def _between(
        self, name: str, path: str, old: Wording, new: Wording, at: datetime, commit: str
    ) -> Iterator[Revision]:
        touch = touch_of(old, new)
        if touch is None:
            return
        grace = timedelta(days=self.library.catalogue.backdating)
        checks = [one for one in added_checks(old, new) if abs(one.date - at.date()) <= grace]
        says = new.values.get("correction")
        yield Revision(
            item=name,
            path=path,
            at=at,
            commit=commit[:12],
            touch=touch,
            old=old.told if touch is Touch.TEXT else "",
            new=new.told if touch is Touch.TEXT else "",
            is_explained=says is not None and says != old.values.get("correction"),
            is_checked=bool(checks),
        )

    def _of_merges(self) -> Iterator[Revision]:
        """What was up on another line and is not what a merge has, though that line was not just
        behind: what it had never stood on the line that is published from."""
        known = {blob for one in self.told.mainline for blob in (one.before, one.after)} | {""}
        for one in self.told.dropped:
            if one.path not in self.ids or one.before in known or one.at is None:
                continue
            old, name = self.wording(one.before, one.path), self.ids[one.path]
            if not old.is_up(one.at):
                continue
            if one.after:
                new = self.wording(one.after, one.path)
                yield from self._between(name, one.path, old, new, one.at, one.commit)
            elif name not in self.names:
                yield Revision(name, one.path, one.at, one.commit[:12], Touch.GONE, old.told)

    def _of_files(self) -> Iterator[Revision]:
        """What became of tables, pictures and attachments of items that were up."""
        for one in self.told.mainline:
            at = one.at or self.now
            if one.before and one.after != "" and one.path in self.beside:
                old, new = self._rows(one.before, ""), self._rows(one.after or "", one.path)
                for item in self.beside[one.path]:
                    if not item.draft and item.publish <= at and (old != new or not old):
                        commit = one.commit[:12]
                        yield Revision(item.id, one.path, at, commit, Touch.TEXT, old, new)

    def _rows(self, blob: str, path: str) -> str:
        """What a table says, without blanks; nothing of what is no text."""
        if blob not in self.blobs and not path.endswith(_TABLE):
            return ""
        text, _ = decoded(self._data(blob, path))
        return "".join(text.split())

    def _wording(self, blob: str, path: str) -> Wording:
        data = self._data(blob, path)
        return wording_of(data, self.zone, self.categories)

    def _data(self, blob: str, path: str) -> bytes:
        """A blob, or without its name a file as it lies in the folder now."""
        if blob:
            return self.blobs.get(blob, b"")
        try:
            return read_bytes(self.root / path, LARGEST_TEXT)
        except Refused:
            return b""


def _is_table(path: str, beside: Mapping[str, list[Item]]) -> bool:
    return path in beside and path.endswith(_TABLE)


def _is_item(path: str) -> bool:
    return path.startswith(_ITEMS) and path.lower().endswith(_ENDINGS)


def _beside(items: Iterable[Item]) -> Mapping[str, list[Item]]:
    """The items that each file beside them belongs to."""
    owners: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        folder = item.path.rpartition("/")[0]
        names = [file.path for file in (*item.attachments, *item.images)]
        for name in (*names, *(f"{folder}/{table.file}" for table in item.tables)):
            owners[name].append(item)
    return owners
