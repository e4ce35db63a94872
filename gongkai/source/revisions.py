"""The past of a site's items out of its repository: what came when, and what each change touched.

Texts of the past are compared as they stand, key by key; whether they were right is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gongkai.model import Item, Library
from gongkai.past import Past, Revision, Sight, Touch
from gongkai.source.files import LARGEST_TEXT, Refused, read_bytes
from gongkai.source.git import Entry, blobs_of, entries_of, sight_of
from gongkai.source.item_shape import item_shape
from gongkai.source.items import split
from gongkai.source.problems import Mistake
from gongkai.source.scalars import Moment
from gongkai.source.yaml import MappingNode, compose

_TOLD = frozenset(
    "title category kind number period approval congress notice legal_basis tables attachments "
    "body".split()
)
"""Keys whose change a reader of the older text must learn of."""
_EXPLAINS = frozenset(("correction", "withdrawn"))
_DAYS = re.compile(
    r"\d{4}-(?:\d\d(?:-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?)?|[QH]\d)|\bnever\b|长期", re.ASCII
)
_COMMENT = re.compile(r"^\s*#.*$|\s+#.*$", re.MULTILINE)


def read_past(library: Library, now: datetime) -> Past:
    """What git remembers of a library's items; what is not committed happened ``now``."""
    site = library.site
    sight = sight_of(site.root)
    if sight is not Sight.WHOLE:
        return Past(sight)
    owners = _owners(library.items)
    firsts: dict[str, datetime] = {}
    changes: list[Entry] = []
    exempt, first_commit = set(), None
    for entry in entries_of(site.root, site.zone):
        if entry.at and entry.after:
            first_commit = first_commit or entry.commit
            if entry.commit == first_commit:
                exempt.add(entry.path)
            came = firsts.get(entry.old_path, entry.at)
            firsts[entry.path] = min(came, firsts.get(entry.path, entry.at))
        if entry.before and entry.path in owners:
            changes.append(entry)
    if not firsts:
        return Past(Sight.NONE)
    revisions = _revisions(changes, owners, library, now)
    return Past(sight, firsts, frozenset(exempt), revisions)


def _owners(items: Iterable[Item]) -> Mapping[str, Item]:
    """The item that each file belongs to: its own, and those beside it."""
    owners: dict[str, Item] = {}
    for item in items:
        folder = item.path.rpartition("/")[0]
        beside = [file.path for file in (*item.attachments, *item.images)]
        beside += [f"{folder}/{table.file}" for table in item.tables]
        owners |= dict.fromkeys((*beside, item.path), item)
    return owners


def _revisions(
    changes: Iterable[Entry], owners: Mapping[str, Item], library: Library, now: datetime
) -> tuple[Revision, ...]:
    texts = [one for one in changes if owners[one.path].path == one.path]
    names = {name for one in texts for name in (one.before, one.after) if name}
    reader = _Reader(library, blobs_of(library.site.root, names))
    return tuple(reader.revision(one, owners[one.path], one.at or now) for one in changes)


class _Text(NamedTuple):
    """A text of an item's file as it once was: what stands under each key, and its body."""

    keys: Mapping[str, str]
    publish: datetime | None
    is_draft: bool


class _Reader:
    """Compares texts of the past; each is read once."""

    def __init__(self, library: Library, blobs: Mapping[str, bytes]) -> None:
        self.site = library.site
        self.blobs = blobs
        self.text = lru_cache(maxsize=None)(self._text)

    def revision(self, entry: Entry, item: Item, at: datetime) -> Revision:
        """What a change came to."""
        if entry.path != item.path:
            was_up = not item.draft and item.publish <= at
            return Revision(item.id, at, entry.commit[:12], Touch.TEXT, was_up)
        old, new = self.text(entry.before, ""), self.text(entry.after, entry.path)
        changed = {key for key in {*old.keys, *new.keys} if old.keys.get(key) != new.keys.get(key)}
        was_up = not old.is_draft and old.publish is not None and old.publish <= at
        is_explained = bool(changed & _EXPLAINS)
        touch = _touch(changed, old.keys, new.keys)
        return Revision(item.id, at, entry.commit[:12], touch, was_up, is_explained)

    def _text(self, blob: str, path: str) -> _Text:
        """A blob, or a file as it lies in the folder now."""
        if blob:
            data = self.blobs.get(blob, b"")
        else:
            try:
                data = read_bytes(self.site.root / path, LARGEST_TEXT)
            except Refused:
                data = b""
        return _read(data, self.site.zone)


def _touch(changed: set[str], old: Mapping[str, str], new: Mapping[str, str]) -> Touch:
    more = {
        key
        for key in changed
        if key == "body" or _DAYS.sub("", old.get(key, "")) != _DAYS.sub("", new.get(key, ""))
    }
    if changed and not more:
        return Touch.CHECKS if "reviewed" in changed else Touch.DATES
    return Touch.TEXT if more & _TOLD else Touch.OTHER


def _read(data: bytes, zone: ZoneInfo) -> _Text:
    text = data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
    front, body, _, problems = split(text)
    if problems:
        front, body = text, ""
    keys = _keys(front, zone)
    if lines := [line.rstrip() for line in body.split("\n") if line.strip()]:
        keys["body"] = "\n".join(lines)
    is_draft = keys.get("draft") in ("true", "True", "是")
    return _Text(keys, _publish(keys.get("publish", ""), zone), is_draft)


def _keys(front: str, zone: ZoneInfo) -> dict[str, str]:
    """What is written behind each key, by its English name, without comments and blanks."""
    node, _ = compose(front)
    if not isinstance(node, MappingNode):
        return {}
    table = item_shape(zone).table
    keys = {}
    for name, value in node.value:
        key = table.get(name.value)
        if key:
            typed = front[value.start_mark.index : value.end_mark.index]
            keys[key.name] = " ".join(_COMMENT.sub("", typed).split())
    return keys


def _publish(typed: str, zone: ZoneInfo) -> datetime | None:
    try:
        return Moment(zone)(typed.strip("'\""))
    except Mistake:
        return None
