"""Items read before, so that a file nobody touched is not read again.

An item is known by its file: as long as the file system says that it is the same, or its bytes
have the same hash, it reads the same. Deleting what is kept changes nothing but the time. Nothing
is kept of a file with a finding, so findings are always found anew, and nothing of a file that is
gone. What was cut off, is of another version or not ours is not believed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import structs
from msgspec.structs import force_setattr

from gongkai.domain.model import Item, Site
from gongkai.files.checked_file import Spoiled, seal, unseal
from gongkai.files.reading import Refused, Seen, read_bytes, see
from gongkai.source.files import LARGEST_TEXT

_MARK = b"gongkai items 1\n"
_GONE = Seen(0, 0, 0, 0)
DOUBT = 2_500_000_000
"""Nanoseconds: a file that changed so shortly before it was kept may have changed once more within
what its file system's clock can tell; it is known by its bytes only."""


class CachedItem(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One item with the file it was read from, and the files beside it that it was made of."""

    seen: Seen
    digest: bytes
    item: Item
    beside: tuple[tuple[str, Seen], ...] = ()


_ENCODER = msgspec.msgpack.Encoder()
_ENTRY = msgspec.msgpack.Decoder(CachedItem)
_ALL = msgspec.msgpack.Decoder(dict[str, CachedItem])
_FEW = 50
"""Changed files for which it does not pay to write everything down anew."""


class ItemCache:
    """What is known of the items of a site, by the path of their file from the site's folder.

    ``key`` stands for everything else that an item is made of; with another one nothing is known.
    ``is_spoiled`` tells that there was a file that could not be believed.
    """

    def __init__(self, site: Site, path: Path | None, key: bytes) -> None:
        self.root, self.zone, self.path, self.key = str(site.root), site.zone, path, key
        self.is_spoiled = self.is_urgent = False
        self.sure_before = 0
        self.entries = self._load(path) if path else {}
        self.changed: set[str] = set()
        self.raw: dict[str, msgspec.Raw] = {}

    def find(self, where: str, seen: Seen) -> Item | None:
        """The item of a file that is as it was, or None."""
        entry = self.entries.get(where)
        if entry is None:
            return None
        if entry.seen == seen and seen.changed < self.sure_before:
            is_same = not entry.beside or self._are_same(entry.beside)
        else:
            is_same = not entry.beside and entry.digest == self._digest(where)
            self.changed.add(where)  # when this has happened to many, they are written down anew
            self.raw.pop(where, None)
            self.entries[where] = structs.replace(entry, seen=seen) if is_same else entry
        return self._in_zone(entry.item) if is_same else None

    def put(self, where: str, encoded: bytes) -> Item:
        """Keep an item that was read; ``encoded`` comes from ``encode``."""
        entry = self.entries[where] = _ENTRY.decode(encoded)
        self.changed.add(where)
        self.raw[where] = msgspec.Raw(encoded)
        return self._in_zone(entry.item)

    def forget(self, where: str) -> None:
        """Keep nothing of a file any more, not even on the disk: it may have been hidden."""
        self.raw.pop(where, None)
        if self.entries.pop(where, None):
            self.is_urgent = True

    def _in_zone(self, item: Item) -> Item:
        """An item with its instants in the site's zone; they are kept without one."""
        if item.publish.tzinfo is not self.zone:
            force_setattr(item, "publish", item.publish.astimezone(self.zone))
            if item.expires:
                force_setattr(item, "expires", item.expires.astimezone(self.zone))
        return item

    def save(self, used: Iterable[str]) -> None:
        """Write down what is known of the files in use, if enough has changed to be worth it."""
        names = set(used)
        for where in self.entries.keys() - names:
            self.forget(where)
        is_worth_it = self.is_urgent or len(self.changed) > min(_FEW, len(names) // 2)
        if self.path is None or not is_worth_it:
            return
        self.changed, self.is_urgent = set(), False
        entries = {**self.entries, **self.raw}  # what is new is encoded already
        body = _ENCODER.encode(entries)
        self.raw.clear()
        try:
            seal(self.path, _MARK, self.key, body)
        except OSError:  # a full or read-only disk only costs time, but nothing hidden may stay
            with suppress(OSError):
                self.path.unlink(missing_ok=True)

    def _load(self, path: Path) -> dict[str, CachedItem]:
        try:
            self.sure_before = path.stat().st_mtime_ns - DOUBT
            found = unseal(path, _MARK)
        except OSError:
            return {}
        except Spoiled:
            self.is_spoiled = self.is_urgent = True
            return {}
        if found is None or found[: len(self.key)] != self.key:
            self.is_urgent = found is not None  # it may hold what has been hidden since
            return {}
        return _ALL.decode(found[len(self.key) :])

    def _digest(self, where: str) -> bytes | None:
        try:
            return digest_of(read_bytes(f"{self.root}/{where}", LARGEST_TEXT))
        except Refused:
            return None

    def _are_same(self, beside: tuple[tuple[str, Seen], ...]) -> bool:
        return all(
            seen.changed < self.sure_before and see(f"{self.root}/{name}") == seen
            for name, seen in beside
        )


def digest_of(data: bytes) -> bytes:
    """By what the bytes of a file are known."""
    return hashlib.blake2b(data, digest_size=16).digest()


def encode(item: Item, seen: Seen, digest: bytes, root: str) -> bytes:
    """An entry as it is kept, and as it travels between processes."""
    names = [file.path for file in (*item.attachments, *item.archived, *item.images, *item.photos)]
    folder = item.path.rpartition("/")[0]
    names += [f"{folder}/{table.file}" for table in item.tables]
    beside = tuple((name, see(f"{root}/{name}") or _GONE) for name in names)
    return _ENCODER.encode(CachedItem(seen, digest, item, beside))
