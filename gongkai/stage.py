"""Two folders that take turns: readers see one, the other is brought up to date, then they change
places.

Beside a site ``out`` lies ``.out.gongkai`` with the site before it (the spare), and for each of
the two an inventory: what lies in it and what it was made from. A file that did not change is not
made, written or read again; between the folders it is a hard link. An inventory belongs to the
folder whose manifest it knows, so after a crash none can be taken for another's; a folder without
one is never believed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import msgspec

from gongkai.errors import PublishError
from gongkai.manifest import MANIFEST, is_ours
from gongkai.model import Site
from gongkai.sealed import Spoiled, seal, unseal
from gongkai.source.files import Seen
from gongkai.swap import swap

_MARK = b"gongkai inventory 1\n"


class Known(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What came of a task: its key, and an item's lines in the manifest and the search index."""

    key: bytes
    record: bytes = b""
    entry: bytes = b""


class Filed(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file of the site: the SHA-256 of its bytes in hex, and how it was seen."""

    sha256: str
    seen: Seen


class Inventory(msgspec.Struct, array_like=True):
    """What lies in a folder and what it was made from.

    ``folders`` are the times (ns) of its folders, which tell whether anything was put there or
    taken away; ``hidden`` are the ids of hidden items; ``outcome`` is for whom it concerns.
    """

    files: dict[str, Filed] = {}
    folders: dict[str, int] = {}
    hidden: tuple[str, ...] = ()
    outcome: bytes = b""


_INVENTORY = msgspec.msgpack.Decoder(Inventory)
_TASKS = msgspec.msgpack.Decoder(dict[str, Known])


def beside(out: Path) -> Path:
    """The folder beside a site in which its spare is kept; on the same file system."""
    return out.parent / f".{out.name}.gongkai"


def check_target(out: Path, site: Site) -> None:
    """Never replace a folder that is not a site of ours, nor publish into the content."""
    inside = [site.root / name for name in ("content", "boards", "theme")] + [site.pages]
    if any(out.is_relative_to(one) for one in inside) or site.root.is_relative_to(out):
        raise PublishError("error.inside", path=str(out))
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise PublishError("error.not-a-site", path=str(out))
    if out.is_dir() and any(out.iterdir()) and not is_ours(out):
        raise PublishError("error.not-a-site", path=str(out))


class Stage:
    """The folder that is being brought up to date.

    ``keeps_tasks`` says that what came of the tasks is as before; ``is_spoiled`` that there was an
    inventory that could not be believed.
    """

    def __init__(self, out: Path) -> None:
        self.out, self.beside, self.folder = out, beside(out), beside(out) / "spare"
        self.is_spoiled = False
        self.live = self._load(out) or Inventory()
        self.spare = Inventory()
        self.next = Inventory()
        self.tasks: dict[str, Known] = {}
        self.keeps_tasks = False
        self.touched: set[str] = set()

    @property
    def clock(self) -> int:
        """The time (ns) by the clock of the file system."""
        self.beside.mkdir(parents=True, exist_ok=True)
        hand = self.beside / "lock"
        hand.touch()
        return hand.stat().st_mtime_ns

    @cached_property
    def known(self) -> dict[str, Known]:
        """What came of the tasks of the site as it is."""
        data = self._read(self._path(self.out, "tasks")) if self.live.files else None
        return _TASKS.decode(data) if data else {}

    def begin(self) -> None:
        """Make the folder ready; from here on what was known of it does not hold."""
        found = self._load(self.folder)
        if found is None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True, exist_ok=True)
        self.spare, self.next = found or Inventory(), Inventory()
        (self.folder / MANIFEST).unlink(missing_ok=True)
        self.spare.files.pop(MANIFEST, None)
        self.next.folders = self.spare.folders
        self._take_out_strangers(self.spare)
        self.touched = {""}

    def _take_out_strangers(self, spare: Inventory) -> None:
        """What somebody put into the folder by hand does not come back with its next turn."""
        expected: set[str] | None = None
        for name, time in spare.folders.items():
            folder = f"{self.folder}/{name}"
            if name and _time(folder) != time:
                expected = expected or {*spare.files, *spare.folders}
                for entry in os.scandir(folder) if os.path.isdir(folder) else ():  # noqa: PTH112
                    if f"{name}/{entry.name}" not in expected:
                        _discard(entry)
                self.touched.add(name)

    def reuse(self, path: str, sha256: str) -> bool:
        """See to it that a file of these bytes is in its place, if there is one to be had."""
        spare = self.spare.files.get(path)
        if spare and spare.sha256 == sha256 and see(f"{self.folder}/{path}") == spare.seen:
            self.next.files[path] = spare
            return True
        live = self.live.files.get(path)
        if live is None or live.sha256 != sha256 or see(f"{self.out}/{path}") != live.seen:
            return False
        self._touch(path)
        seen = link(f"{self.out}/{path}", f"{self.folder}/{path}")
        self.next.files[path] = Filed(sha256, seen)
        return True

    def reuse_all(self, paths: Iterable[str]) -> bool:
        """The same for all files of a task that would make what it made before."""
        for path in paths:
            live = self.live.files.get(path)
            if live is None or not self.reuse(path, live.sha256):
                return False
        return True

    def add(self, written: Mapping[str, Filed]) -> None:
        """Take note of files that were written."""
        self.next.files.update(written)
        for path in written:
            self._touch(path)

    def write(self, path: str, data: bytes) -> None:
        """Write a file, unless one of the same bytes is there."""
        sha256 = hashlib.sha256(data).hexdigest()
        if not self.reuse(path, sha256):
            self.add({path: Filed(sha256, write(f"{self.folder}/{path}", data))})

    @property
    def is_as_before(self) -> bool:
        """Would the new site be the old one, and is that as it was published?"""
        live, new = self.live.files, self.next.files
        if live.keys() != new.keys():
            return False
        if any(live[path].sha256 != filed.sha256 for path, filed in new.items()):
            return False
        return all(see(f"{self.out}/{path}") == filed.seen for path, filed in live.items())

    def finish(self) -> None:
        """Take out what is not wanted, and change places with the site. OSError on failure.

        When something was hidden, no earlier site is kept that could still show it.
        """
        for path in self.spare.files.keys() - self.next.files.keys():
            self._remove(path)
        self.next.folders |= {name: _time(f"{self.folder}/{name}") for name in self.touched}
        self._save()
        swap(self.folder, self.out, self.beside / "leaving")
        if not set(self.next.hidden) <= set(self.live.hidden):
            shutil.rmtree(self.folder, ignore_errors=True)
        kept = {see(f"{folder}/{MANIFEST}") for folder in (self.out, self.folder)}
        numbers = {str(seen.number) for seen in kept if seen}
        for left in self.beside.glob("*.*"):
            if left.suffix in (".inventory", ".tasks") and left.stem not in numbers:
                left.unlink(missing_ok=True)

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
            os.unlink(f"{self.folder}/{path}")  # noqa: PTH108 - plain names: there are many
        self._touch(path)
        with suppress(OSError):
            while path := path.rpartition("/")[0]:
                os.rmdir(f"{self.folder}/{path}")  # noqa: PTH106 - as above
                self.touched.discard(path)
                self.next.folders.pop(path, None)

    def _path(self, folder: Path, kind: str) -> Path | None:
        """Where what is known of a folder lies: under the number of its manifest."""
        seen = see(f"{folder}/{MANIFEST}")
        return self.beside / f"{seen.number}.{kind}" if seen else None

    def _load(self, folder: Path) -> Inventory | None:
        data = self._read(self._path(folder, "inventory"))
        found = _INVENTORY.decode(data) if data else Inventory()
        known = found.files.get(MANIFEST)
        return found if known and known.seen == see(f"{folder}/{MANIFEST}") else None

    def _read(self, path: Path | None) -> memoryview | None:
        try:
            return unseal(path, _MARK) if path else None
        except Spoiled:
            self.is_spoiled = True
            return None

    def _save(self) -> None:
        inventory, tasks = self._path(self.folder, "inventory"), self._path(self.folder, "tasks")
        if inventory is None or tasks is None:
            return
        before = self._path(self.out, "tasks") if self.keeps_tasks else None
        if before:
            link(str(before), str(tasks))
        else:
            seal(tasks, _MARK, msgspec.msgpack.encode(self.tasks))
        seal(inventory, _MARK, msgspec.msgpack.encode(self.next))


def see(path: str) -> Seen | None:
    """How a file of the site looks; its inode's own time is left out, since links change it."""
    try:
        return _seen(os.lstat(path))
    except OSError:
        return None


def _seen(found: os.stat_result) -> Seen:
    return Seen(found.st_mtime_ns, found.st_size, found.st_ino, 0)


def write(path: str, data: bytes) -> Seen:
    """Write a file that is a link to no other, and say how it looks."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    except FileExistsError:
        os.unlink(path)  # noqa: PTH108 - plain names: there are many
        return write(path, data)
    except FileNotFoundError:
        _make_folder(path.rpartition("/")[0])
        return write(path, data)
    try:
        done = os.write(handle, data)
        while done < len(data):
            done += os.write(handle, data[done:])
        return _seen(os.fstat(handle))
    finally:
        os.close(handle)


def link(source: str, target: str) -> Seen:
    """Put a file in a second place: as a hard link, or as a copy where there are none."""
    try:
        os.link(source, target)
    except FileExistsError:
        os.unlink(target)  # noqa: PTH108 - plain names: there are many
        return link(source, target)
    except FileNotFoundError:
        _make_folder(target.rpartition("/")[0])
        return link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return _seen(os.lstat(target))


def _make_folder(path: str) -> None:
    """Make a folder; nearly always the one above it is there."""
    try:
        os.mkdir(path)  # noqa: PTH102 - plain names: there are many
    except FileNotFoundError:
        os.makedirs(path, exist_ok=True)  # noqa: PTH103 - as above
    except FileExistsError:
        pass  # another process was quicker


_BINARY = getattr(os, "O_BINARY", 0)


def _time(folder: str) -> int:
    try:
        return os.lstat(folder).st_mtime_ns
    except OSError:
        return 0


def _discard(entry: os.DirEntry[str]) -> None:
    if entry.is_dir(follow_symlinks=False):
        shutil.rmtree(entry.path, ignore_errors=True)
    else:
        os.unlink(entry.path)  # noqa: PTH108 - plain names: there are many
