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
from pathlib import Path

import msgspec

from gongkai.source import files
from gongkai.source.files import Seen
from gongkai.swap import swap

MANIFEST = "manifest.json"
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
    taken away; ``hidden`` are the ids of hidden items.
    """

    files: dict[str, Filed] = {}
    tasks: dict[str, Known] = {}
    folders: dict[str, int] = {}
    hidden: tuple[str, ...] = ()


_DECODER = msgspec.msgpack.Decoder(Inventory)


def beside(out: Path) -> Path:
    """The folder beside a site in which its spare is kept; on the same file system."""
    return out.parent / f".{out.name}.gongkai"


class Stage:
    """The folder that is being brought up to date.

    ``is_spoiled`` tells that there was an inventory that could not be believed.
    """

    def __init__(self, out: Path) -> None:
        self.out, self.beside, self.folder = out, beside(out), beside(out) / "spare"
        self.is_spoiled = False
        self.live = self._load(out) or Inventory()
        self.spare = self._load(self.folder)
        self.next = Inventory()
        self.touched: set[str] = set()
        self._make_ready()

    def _make_ready(self) -> None:
        """From here on what was known of the folder does not hold, until the turn is over."""
        if self.spare is None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True, exist_ok=True)
            self.spare = Inventory()
        (self.folder / MANIFEST).unlink(missing_ok=True)
        self.spare.files.pop(MANIFEST, None)
        self.next.folders = self.spare.folders
        self._take_out_strangers(self.spare)
        self.touched.add("")

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
        spare = self.spare.files.get(path) if self.spare else None
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

    def reuse_task(self, label: str, key: bytes, paths: Iterable[str]) -> bool:
        """The same for all files of a task that would make what it made before."""
        known = self.live.tasks.get(label)
        if known is None or known.key != key:
            return False
        for path in paths:
            live = self.live.files.get(path)
            if live is None or not self.reuse(path, live.sha256):
                return False
        self.next.tasks[label] = known
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
        """Would the new site be the old one?"""
        live = self.live.files
        return self.next.files.keys() == live.keys() and all(
            live[path].sha256 == filed.sha256 for path, filed in self.next.files.items()
        )

    def finish(self) -> None:
        """Take out what is not wanted, and change places with the site. OSError on failure.

        When something was hidden, no earlier site is kept that could still show it.
        """
        old = self.spare.files if self.spare else {}
        for path in old.keys() - self.next.files.keys():
            self._remove(path)
        self.next.folders |= {name: _time(f"{self.folder}/{name}") for name in self.touched}
        self._save()
        swap(self.folder, self.out, self.beside / "leaving")
        if not set(self.next.hidden) <= set(self.live.hidden):
            shutil.rmtree(self.folder, ignore_errors=True)
        wanted = {self._path(folder) for folder in (self.out, self.folder)}
        for inventory in self.beside.glob("*.inventory"):
            if inventory not in wanted:
                inventory.unlink(missing_ok=True)

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

    def _path(self, folder: Path) -> Path | None:
        """Where the inventory of a folder lies: under the number of its manifest."""
        seen = see(f"{folder}/{MANIFEST}")
        return self.beside / f"{seen.number}.inventory" if seen else None

    def _load(self, folder: Path) -> Inventory | None:
        path = self._path(folder)
        try:
            data = path.read_bytes() if path else b""
        except OSError:
            return None
        digest, body = data[len(_MARK) :][:32], memoryview(data)[len(_MARK) + 32 :]
        if not data.startswith(_MARK) or hashlib.sha256(body).digest() != digest:
            self.is_spoiled = self.is_spoiled or bool(data)
            return None
        found = _DECODER.decode(body)
        known = found.files.get(MANIFEST)
        return found if known and known.seen == see(f"{folder}/{MANIFEST}") else None

    def _save(self) -> None:
        path = self._path(self.folder)
        if path:
            body = msgspec.msgpack.encode(self.next)
            path.write_bytes(_MARK + hashlib.sha256(body).digest() + body)


def see(path: str) -> Seen | None:
    """How a file of the site looks; its inode's own time is left out, since links change it."""
    found = files.see(path)
    return found._replace(touched=0) if found else None


def write(path: str, data: bytes) -> Seen:
    """Write a file that is a link to no other, and say how it looks."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    except FileExistsError:
        os.unlink(path)  # noqa: PTH108 - plain names: there are many
        return write(path, data)
    except FileNotFoundError:
        os.makedirs(path.rpartition("/")[0], exist_ok=True)  # noqa: PTH103 - as above
        return write(path, data)
    try:
        done = os.write(handle, data)
        while done < len(data):
            done += os.write(handle, data[done:])
        return Seen.of(os.fstat(handle))._replace(touched=0)
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
        os.makedirs(target.rpartition("/")[0], exist_ok=True)  # noqa: PTH103 - as above
        return link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return Seen.of(os.lstat(target))._replace(touched=0)


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
