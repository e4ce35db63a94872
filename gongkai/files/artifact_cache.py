"""A shelf of things that took long to make, by the hash of everything they were made from.

Deleting it changes nothing but the time. What a build did not use is taken off, so it stays as
small as the site and keeps nothing of what was withdrawn. An entry carries its own hash: one that
was cut off or is not ours is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from gongkai.files.checked_file import Spoiled, seal, unseal

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
            self.put(key, kept)
        return kept

    def put(self, key: str, data: bytes) -> None:
        """Keep what was made elsewhere."""
        if self.folder is not None:
            with suppress(OSError):  # a full or read-only disk only costs time
                seal(self.folder / key, _MARK, data)

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
            found = unseal(path, _MARK)
        except Spoiled:
            self.spoiled += 1
            return None
        return None if found is None else bytes(found)


class Basket(Shelf):
    """A shelf that is carried: what was made in a portion of work, for a shelf elsewhere."""

    def __init__(self) -> None:
        super().__init__(None)
        self.made: dict[str, bytes] = {}

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """What ``make`` gives, which is carried along."""
        self.made[key] = made = make()
        return made

    def emptied(self) -> dict[str, bytes]:
        """What was made since it was emptied last."""
        found, self.made = self.made, {}
        return found


def shelf_in(keep: Path | None) -> Shelf:
    """The shelf of a site that keeps things in a folder."""
    return Shelf(keep / "shelf" if keep else None)
