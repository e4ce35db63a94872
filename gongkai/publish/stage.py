"""The folder that is brought up to date while readers see the other.

A file that did not change is not made, written or read again; between the folders it is a hard
link. What came of a run is compared with what was planned before the folders change places.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.domain.errors import PublishError
from gongkai.domain.model import Site
from gongkai.files.disk import discard, is_as_seen, link, make_room, time_of, write
from gongkai.publish.chain import HISTORY
from gongkai.publish.inventory import Inventory, InventoryFile, KnownTask
from gongkai.publish.manifest import MANIFEST, is_ours
from gongkai.publish.releases import Beside

if TYPE_CHECKING:
    from gongkai.publish.guard import Guard


def check_target(out: Path, site: Site) -> None:
    """Never replace a folder that is not a site of ours, nor publish into the content."""
    inside = [site.root / name for name in ("content", "boards", "theme")] + [site.pages]
    if any(out.is_relative_to(path) for path in inside) or site.root.is_relative_to(out):
        raise PublishError("error.inside", path=str(out))
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise PublishError("error.not-a-site", path=str(out))
    if out.is_dir() and not is_ours(out) and any(path.name != HISTORY for path in out.iterdir()):
        raise PublishError("error.not-a-site", path=str(out))
    if out.is_dir() and os.path.ismount(out):
        raise PublishError("error.mount", path=str(out), parent=str(out.parent))


class Stage:
    """The folder that is being brought up to date.

    ``keeps_tasks`` says that what came of the tasks is as before; ``guard`` is who looked at the
    files, once there is one.
    """

    def __init__(self, out: Path) -> None:
        self.out, self.beside = out, Beside(out)
        self.folder = self.beside.stage
        self._up, self._staged = f"{out}/", f"{self.folder}/"  # plain text: there are many
        self.inventories = self.beside.inventories
        self.live = self.inventories.find(out) or Inventory()
        self.spare = Inventory()
        self.next = Inventory()
        self.tasks: dict[str, KnownTask] = {}
        self.keeps_tasks = False
        self.guard: Guard | None = None
        self.touched: set[str] = set()
        self.ready: set[str] = set()
        self._written: dict[str, InventoryFile] = {}

    @property
    def clock(self) -> int:
        """The time (ns) by the clock of the file system."""
        hand = self.beside.folder / "clock"
        hand.touch()
        return hand.stat().st_mtime_ns

    @property
    def is_spoiled(self) -> bool:
        """Was there something kept that could not be believed?"""
        return self.inventories.is_spoiled

    @cached_property
    def known(self) -> dict[str, KnownTask]:
        """What came of the tasks of the site as it is."""
        return self.inventories.tasks(self.out) if self.live.files else {}

    def begin(self) -> None:
        """Make the folder ready; from here on what was known of it does not hold."""
        found = self.inventories.find(self.folder)
        if found is None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True, exist_ok=True)
        self.spare, self.next = found or Inventory(), Inventory()
        (self.folder / MANIFEST).unlink(missing_ok=True)
        self.spare.files.pop(MANIFEST, None)
        self.next.folders = self.spare.folders
        self._take_out_strangers(self.spare)
        self.touched = {""}
        self.ready = {"", *self.spare.folders}

    def _take_out_strangers(self, spare: Inventory) -> None:
        """What somebody put into the folder by hand does not come back with its next turn."""
        expected = {*spare.files, *spare.folders}
        for name, time in {"": 0, **spare.folders}.items():
            folder = self._staged + name
            if time_of(folder) != time:
                for entry in os.scandir(folder) if os.path.isdir(folder) else ():  # noqa: PTH112
                    if f"{name}/{entry.name}".lstrip("/") not in expected:
                        discard(entry.path)
                self.touched.add(name)

    def reuse(self, path: str, sha256: str) -> bool:
        """See to it that a file of these bytes is in its place, if there is one to be had."""
        spare = self.spare.files.get(path)
        if spare and spare.sha256 == sha256 and is_as_seen(self._staged + path, spare.seen):
            self.next.files[path] = spare
            return True
        live = self.live.files.get(path)
        if live is None or live.sha256 != sha256 or not is_as_seen(self._up + path, live.seen):
            return False
        self._touch(path)
        make_room(str(self.folder), path, self.ready)
        copied = link(self._up + path, self._staged + path)
        self.next.files[path] = InventoryFile(sha256, copied or live.seen)
        return True

    def reuse_all(self, paths: Iterable[str]) -> bool:
        """The same for all files of a task that would make what it made before."""
        live = self.live.files
        for path in paths:
            if path not in live or not self.reuse(path, live[path].sha256):
                return False
        return True

    def add(self, written: Mapping[str, InventoryFile]) -> None:
        """Take note of files that were written."""
        self.next.files.update(written)
        self._written.update(written)
        for path in written:
            self._touch(path)

    def write(self, path: str, data: bytes) -> None:
        """Write a file, unless one of the same bytes is there."""
        sha256 = hashlib.sha256(data).hexdigest()
        if not self.reuse(path, sha256):
            self.add({path: InventoryFile(sha256, write(self._staged + path, data))})

    @property
    def is_as_before(self) -> bool:
        """Would the new site be the old one, and is that as it was published?"""
        if self.beside.was_rewritten or self.differs():
            return False
        return all(
            is_as_seen(self._up + path, filed.seen) for path, filed in self.live.files.items()
        )

    def differs(self, besides: Iterable[str] = ()) -> bool:
        """Is anything of the new site another than in the old one, besides some files?"""
        live, new, passed = self.live.files, self.next.files, frozenset(besides)
        if (live.keys() ^ new.keys()) - passed:
            return True
        shared = (path for path in new if path not in passed)
        return any(live[path].sha256 != new[path].sha256 for path in shared)

    def unproved(self, key: bytes) -> dict[str, str]:
        """The files, with their hashes, that were not looked at when the site as it is was made;
        all of them if something else was looked for then."""
        names = self._written if key == self.live.proved else self.next.files
        return {path: self.next.files[path].sha256 for path in names if path in self.next.files}

    @property
    def manifest(self) -> str:
        """The hash of the new manifest."""
        return self.next.files[MANIFEST].sha256

    def finish(self, history: bytes, aside: Mapping[str, bytes], count: int) -> None:
        """Take out what is not wanted, look once more at what was written, and change places with
        the site. OSError or PublishError on failure, and then the old site is up as before.

        At most ``count`` earlier sites are kept, and none when something was hidden.
        """
        for path in self.spare.files.keys() - self.next.files.keys():
            self._remove(path)
        self._prove()
        self.next.folders |= {name: time_of(self._staged + name) for name in self.touched}
        self.next.folders.pop("", None)
        self.inventories.save(self.folder, self.next, self.out if self.keeps_tasks else self.tasks)
        is_hiding = not set(self.next.hidden) <= set(self.live.hidden)
        self.beside.turn(history, aside, count, purge=is_hiding)

    def _prove(self) -> None:
        """Is everything as it was written or linked? Somebody may have tidied up meanwhile."""
        for path, filed in self.next.files.items():
            if not is_as_seen(self._staged + path, filed.seen):
                raise PublishError("error.changed", path=path)

    def _touch(self, path: str) -> None:
        """Remember that the folders of a path change."""
        while path:
            path = path.rpartition("/")[0]
            if path in self.touched:
                return
            self.touched.add(path)

    def _remove(self, path: str) -> None:
        """Take a file out, and the folders that it leaves empty."""
        with suppress(FileNotFoundError):
            os.unlink(self._staged + path)  # noqa: PTH108 - plain names: there are many
        self._touch(path)
        with suppress(OSError):
            while path := path.rpartition("/")[0]:
                os.rmdir(self._staged + path)  # noqa: PTH106 - as above
                self.touched.discard(path)
                self.next.folders.pop(path, None)
