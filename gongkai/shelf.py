"""A shelf of things that took long to make, by the hash of everything they were made from.

Deleting it changes nothing but the time. What a build did not use is taken off, so it stays as
small as the site and keeps nothing of what was withdrawn. An entry carries its own hash: one that
was cut off or is not ours is made anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

_MARK = b"gongkai shelf 1\n"


class Shelf:
    """Entries of one folder; without a folder nothing is kept.

    ``spoiled`` counts the entries that could not be believed.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.spoiled = 0

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """What stands under a key, or else what ``make`` gives, which is then kept."""
        if self.folder is None:
            return make()
        kept = self.find(key)
        if kept is None:
            kept = make()
            _write(self.folder / key, kept)
        return kept

    def find(self, key: str) -> bytes | None:
        """What stands under a key, if anything does."""
        return self._read(self.folder / key) if self.folder else None

    def has(self, key: str) -> bool:
        """Does anything stand under a key?"""
        return self.folder is not None and (self.folder / key).exists()

    def keep_only(self, used: Iterable[str]) -> None:
        """Take off everything that was not used."""
        if self.folder and self.folder.is_dir():
            wanted = set(used)
            for path in self.folder.iterdir():
                if path.name not in wanted:
                    path.unlink(missing_ok=True)

    def _read(self, path: Path) -> bytes | None:
        try:
            data = path.read_bytes()
        except OSError:
            return None
        mark, digest, body = data[: len(_MARK)], data[len(_MARK) :][:32], data[len(_MARK) + 32 :]
        if mark == _MARK and hashlib.sha256(body).digest() == digest:
            return body
        self.spoiled += 1
        return None


def shelf_in(keep: Path | None) -> Shelf:
    """The shelf of a site that keeps things in a folder."""
    return Shelf(keep / "shelf" if keep else None)


def _write(path: Path, data: bytes) -> None:
    """Keep an entry if that can be done; a full or read-only disk only costs time."""
    half = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(_MARK + hashlib.sha256(data).digest() + data)
        half.replace(path)
    except OSError:
        half.unlink(missing_ok=True)
