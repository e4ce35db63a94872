"""What lies in a site and what it was made from, so that nothing is done twice.

An inventory belongs to the folder whose manifest it knows, so after a crash none can be taken for
another's; a folder without one is never believed. Of the chain nothing is known here.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from gongkai.files.checked_file import Spoiled, seal, unseal
from gongkai.files.disk import link, see_published
from gongkai.files.reading import Seen
from gongkai.publish.manifest import MANIFEST

_MARK = b"gongkai inventory 3\n"


class KnownTask(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What came of a task: its key, and its record, such as an item's line in the manifest."""

    key: bytes
    record: bytes = b""


class InventoryFile(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file of the site: the SHA-256 of its bytes in hex, and how it was seen."""

    sha256: str
    seen: Seen


class Inventory(msgspec.Struct, array_like=True):
    """What lies in a folder and what it was made from.

    ``folders`` are the times (ns) of its folders, which tell whether anything was put there or
    taken away; ``hidden`` are the ids of hidden items, and ``proved`` stands for what was looked
    for of them; ``outcome`` is for whom it concerns.
    """

    files: dict[str, InventoryFile] = {}
    folders: dict[str, int] = {}
    hidden: tuple[str, ...] = ()
    proved: bytes = b""
    outcome: bytes = b""


class Inventories:
    """The inventories of a site and of the sites before it, in one folder.

    ``is_spoiled`` tells that there was one that could not be believed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_spoiled = False

    def find(self, site: Path) -> Inventory | None:
        """What lies in a folder, if that is known."""
        data = self._read(self._path(site, _FILES))
        found = _INVENTORY.decode(data) if data else Inventory()
        known = found.files.get(MANIFEST)
        return found if known and known.seen == see_published(f"{site}/{MANIFEST}") else None

    def tasks(self, site: Path) -> dict[str, KnownTask]:
        """What came of the tasks that made a folder."""
        data = self._read(self._path(site, _TASKS))
        return _KNOWN.decode(data) if data else {}

    def save(self, site: Path, inventory: Inventory, tasks: dict[str, KnownTask] | Path) -> None:
        """Keep what is known of a folder; ``tasks`` may be the folder of which they are the same.
        OSError on failure."""
        files, known = self._path(site, _FILES), self._path(site, _TASKS)
        if files is None or known is None:
            return
        before = self._path(tasks, _TASKS) if isinstance(tasks, Path) else None
        if before and before.exists():
            link(str(before), str(known))
        elif not isinstance(tasks, Path):
            seal(known, _MARK, msgspec.msgpack.encode(tasks))
        seal(files, _MARK, msgspec.msgpack.encode(inventory))

    def keep_only(self, sites: Iterable[Path]) -> None:
        """Take away the inventories of other folders than these."""
        kept = {str(seen.number) for site in sites if (seen := see_published(f"{site}/{MANIFEST}"))}
        for path in self.folder.glob("*.*"):
            if path.suffix in (_FILES, _TASKS) and path.stem not in kept:
                path.unlink(missing_ok=True)

    def _path(self, site: Path, kind: str) -> Path | None:
        """Where what is known of a folder lies: under the number of its manifest."""
        seen = see_published(f"{site}/{MANIFEST}")
        return self.folder / f"{seen.number}{kind}" if seen else None

    def _read(self, path: Path | None) -> memoryview | None:
        try:
            return unseal(path, _MARK) if path else None
        except Spoiled:
            self.is_spoiled = True
            return None


_INVENTORY = msgspec.msgpack.Decoder(Inventory)
_KNOWN = msgspec.msgpack.Decoder(dict[str, KnownTask])
_FILES, _TASKS = ".inventory", ".tasks"
