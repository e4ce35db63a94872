"""The past of a site's items out of its repository.

An item is followed by its id, wherever its file lay, along the line of commits that is published
from. Each wording is compared with the last one that was up: what happened in between, in drafts
or in files that were gone for a while, no reader saw. A merge may also drop what was up on another
line; so it is compared with that, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from gongkai.domain.model import Correction, Item, Library
from gongkai.domain.revisions import HistorySight, Revision, Revisions, Touch
from gongkai.files.reading import Refused, read_bytes
from gongkai.source.files import LARGEST_TEXT, decoded
from gongkai.source.git import (
    FileChange,
    against,
    blobs_of,
    elsewhere_of,
    mainline_of,
    merges_of,
    sight_of,
)
from gongkai.source.items import stem
from gongkai.source.looking import ENDINGS
from gongkai.source.wordings import Wording, added_checks, plain, touch_of, wording_of

_ITEMS = "content/items/"
_TABLE = ".csv"


def read_past(library: Library, now: datetime) -> Revisions:
    """What git remembers of a library's items; what is not committed happened ``now``."""
    site = library.site
    sight = sight_of(site.root)
    if sight is not HistorySight.WHOLE:
        return Revisions(sight)
    mainline = list(mainline_of(site.root, site.zone))
    if not any(file_change.commit for file_change in mainline):
        return Revisions(HistorySight.NONE)
    merges = merges_of(site.root)
    dropped = list(against(site.root, site.zone, merges)) if merges else []
    every = list(elsewhere_of(site.root, site.zone)) if merges else mainline
    return _Past(library, now, _Told(mainline, dropped, every)).whole()


class _Told(NamedTuple):
    """What git says: of the line that is published from, of what merges have otherwise than their
    further parents, and of every commit."""

    mainline: list[FileChange]
    dropped: list[FileChange]
    every: list[FileChange]


class _Event(NamedTuple):
    """What a commit did to an item: its new wording in a file, or that it is not there any more."""

    commit: str
    at: datetime | None
    path: str
    wording: Wording | None


class _Past:
    """Works out a past from what commits did to files."""

    def __init__(self, library: Library, now: datetime, told: _Told) -> None:
        self.library, self.now, self.told = library, now, told
        self.root, self.zone = library.site.root, library.site.zone
        self.here = {item.path: item for item in library.items}
        self.items = {item.id: item for item in library.items}
        self.beside = _beside(library.items)
        self.names = {name: item.id for item in library.items for name in (item.id, *item.aliases)}
        self.categories = {row.name: row.id for row in library.catalogue.categories.values()}
        self.categories |= {name: name for name in library.catalogue.categories}
        self.wording = lru_cache(maxsize=None)(self._wording)
        entries = [*told.mainline, *told.every, *told.dropped]
        self.often = {
            entry.path for entry in entries if entry.before or entry.path not in self.here
        }
        self.blobs: dict[str, bytes] = {}
        self.is_whole = True
        self._fetch(entries)
        self.lines = self._lines(told.mainline)
        moved = {event.path for ones in self.lines.values() if len(ones) > 1 for event in ones}
        if moved - self.often:  # an item that lay elsewhere before, too
            self.often |= moved
            self._fetch(entries)
            self.lines = self._lines(told.mainline)

    def _fetch(self, entries: Iterable[FileChange]) -> None:
        """Get the texts that are compared: an item that was never touched again is as it is."""
        wanted = {
            name
            for entry in entries
            if (_is_item(entry.path) and entry.path in self.often)
            or _is_table(entry.path, self.beside)
            for name in (entry.before, entry.after)
            if name and name not in self.blobs
        }
        self.blobs.update(blobs_of(self.root, wanted) if wanted else {})
        self.is_whole = self.is_whole and wanted <= self.blobs.keys()

    def whole(self) -> Revisions:
        """All of it; what is not there of it says that nobody can tell."""
        if not self.is_whole:
            return Revisions(HistorySight.SHALLOW)
        lines = self.lines
        is_line = self.told.every is self.told.mainline
        every = lines if is_line else self._lines([*self.told.every, *self.told.mainline])
        first = next(file_change.commit for file_change in self.told.mainline if file_change.commit)
        start = {name for name, ones in lines.items() for event in ones if event.commit == first}
        revisions = [
            revision for name, ones in lines.items() for revision in self._of_item(name, ones)
        ]
        revisions += [*self._of_merges(), *self._of_files()]
        return Revisions(
            HistorySight.WHOLE,
            _firsts(every),
            _firsts(lines),
            frozenset(start),
            tuple(sorted(revisions, key=lambda one: (one.at, one.item))),
            {name: dict(self._confirmed(name, ones)) for name, ones in lines.items()},
        )

    def _confirmed(self, name: str, events: list[_Event]) -> Iterator[tuple[date, datetime]]:
        """When each day's confirmation came: with the only commit of an item, or with the first
        that has it. What no commit has comes now."""
        item = self.items.get(name)
        for day in {review.date for review in item.reviewed} if item else ():
            has = (event for event in events if len(events) == 1 or self._confirms(event, day))
            yield day, next((event.at for event in has if event.at), self.now)

    def _confirms(self, event: _Event, day: date) -> bool:
        reviews = event.wording.values.get("reviewed") if event.wording else None
        return any(review.date == day for review in reviews or ())

    def _lines(self, entries: Iterable[FileChange]) -> dict[str, list[_Event]]:
        """What was done to each item, by its id, in the order of the commits. A file whose item got
        another id is gone for the one and there for the other."""
        lines: dict[str, list[_Event]] = defaultdict(list)
        for entry in entries:
            if not _is_item(entry.path):
                continue
            new = self._said(entry.path, entry.after)
            name = self._name(entry.path, new) if new else None
            old = self._said(entry.path, entry.before) if entry.path in self.often else None
            if old and (before := self._name(entry.path, old)) != name:
                lines[before].append(_Event(entry.commit, entry.at, entry.path, None))
            if new and name:
                lines[name].append(_Event(entry.commit, entry.at, entry.path, new))
        return lines

    def _said(self, path: str, blob: str | None) -> Wording | None:
        """A wording out of the past, or as the file is now; None where there is none."""
        if blob == "":
            return None
        if blob is None or blob in self.blobs:
            return self.wording(blob or "", path)
        item = self.here.get(path)  # never touched again, so it is as it was
        if item is None:
            return None
        return Wording({"id": item.id, "draft": item.draft, "publish": item.publish}, ())

    def _name(self, path: str, wording: Wording) -> str:
        """The id of an item as it is now, by the one it had."""
        if wording.is_readable:
            name = str(wording.values.get("id") or stem(path))
        else:
            name = self.here[path].id if path in self.here else stem(path)
        return self.names.get(name, name)

    def _of_item(self, name: str, events: list[_Event]) -> Iterator[Revision]:
        """What became of an item along the line that is published from."""
        there: dict[str, Wording] = {}
        shown: tuple[Wording, str] | None = None
        at, commit = self.now, ""
        for _, together in groupby(events if len(events) > 1 else (), key=lambda one: one.commit):
            changes = list(together)
            at, commit = changes[0].at or self.now, changes[0].commit
            up = [(item, path) for path, item in there.items() if item.is_up(at)]
            shown = up[0] if len(up) == 1 else shown
            for change in changes:
                there.pop(change.path, None)
            for change in changes:
                if change.wording and change.wording.is_readable:
                    there[change.path] = change.wording
                elif change.wording and shown:
                    there[change.path] = shown[0]  # broken for a while; nobody could publish it
            if len(there) != 1:
                continue  # gone for now, or twice: nothing is published until one is left
            ((path, new),) = there.items()
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
        checks = [check for check in added_checks(old, new) if abs(check.date - at.date()) <= grace]
        is_text = touch is Touch.TEXT
        yield Revision(
            item=name,
            path=path,
            at=at,
            commit=commit[:12],
            touch=touch,
            old=old.told if is_text else "",
            new=new.told if is_text else "",
            own=self._own(name, old),
            is_checked=bool(checks),
        )

    def _own(self, name: str, old: Wording) -> Correction | None:
        """What an item tells of a correction that it did not tell before."""
        item = self.items.get(name)
        return item.correction if item and item.correction != old.values.get("correction") else None

    def _of_merges(self) -> Iterator[Revision]:
        """What was up on another line and is not what a merge has, though that line was not just
        behind: what it says had never been said on the line that is published from."""
        for file_change in self.told.dropped:
            old = (
                self._said(file_change.path, file_change.before)
                if _is_item(file_change.path)
                else None
            )
            if old is None or file_change.at is None or not old.is_up(file_change.at):
                continue
            name = self._name(file_change.path, old)
            said = {each.wording.told for each in self.lines.get(name, ()) if each.wording}
            if old.told in said:
                continue
            new = self._said(file_change.path, file_change.after)
            if new and new.is_readable:
                yield from self._between(
                    name, file_change.path, old, new, file_change.at, file_change.commit
                )
            elif name not in self.names:
                yield Revision(
                    name,
                    file_change.path,
                    file_change.at,
                    file_change.commit[:12],
                    Touch.GONE,
                    old.told,
                )

    def _of_files(self) -> Iterator[Revision]:
        """What became of tables, pictures and attachments of items that are up: wherever they lay,
        and though they were gone for a while."""
        last: dict[tuple[str, str], tuple[str, str]] = {}
        for file_change in self.told.mainline:
            at = file_change.at or self.now
            for item in self.beside.get(file_change.path, ()):
                key = (item.id, file_change.path.rpartition("/")[2])
                before, rows = last.get(key, ("", ""))
                if file_change.after == "":
                    continue
                blob, new = (
                    file_change.after or "",
                    self._rows(file_change.after or "", file_change.path),
                )
                last[key] = (blob or "?", new)
                is_other = bool(before) and before != blob and (rows != new or not new)
                if is_other and not item.draft and item.publish <= at:
                    commit, own = file_change.commit[:12], item.correction
                    yield Revision(
                        item.id, file_change.path, at, commit, Touch.TEXT, rows, new, own
                    )

    def _rows(self, blob: str, path: str) -> str:
        """What a table says, without blanks; nothing of what is no text."""
        if not path.endswith(_TABLE):
            return ""
        data = self._data(blob, path)
        text, problems = decoded(data)
        return plain(data.decode("gb18030", "replace") if problems else text)

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


def _firsts(lines: Mapping[str, list[_Event]]) -> dict[str, datetime]:
    """When each item was first there to be shown."""
    firsts: dict[str, datetime] = {}
    for name, ones in lines.items():
        for event in ones:
            if event.at and event.wording and not event.wording.is_draft:
                firsts[name] = min(event.at, firsts.get(name, event.at))
    return firsts


def _is_table(path: str, beside: Mapping[str, list[Item]]) -> bool:
    return path in beside and path.endswith(_TABLE)


def _is_item(path: str) -> bool:
    return path.startswith(_ITEMS) and path.lower().endswith(ENDINGS)


def _beside(items: Iterable[Item]) -> Mapping[str, list[Item]]:
    """The items that each file beside them belongs to."""
    owners: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        folder = item.path.rpartition("/")[0]
        names = [file.path for file in (*item.attachments, *item.images)]
        for name in (*names, *(f"{folder}/{table.file}" for table in item.tables)):
            owners[name].append(item)
    return owners
