"""Finding and reading files of a folder: no links, nothing outside, nothing too large."""

from __future__ import annotations

import operator
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from gongkai.domain.errors import ConfigurationError

YAML = (".yml", ".yaml")
"""How the names of YAML files end."""


class Seen(NamedTuple):
    """By what a file is known to be the one seen before, without opening it; times in ns."""

    changed: int
    size: int
    number: int
    touched: int

    @classmethod
    def of(cls, found: os.stat_result) -> Seen:
        """What the file system says of a file. ``touched`` cannot be set by any program."""
        return cls(found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns)


def see(path: str) -> Seen | None:
    """How a file looks now; None when it is gone."""
    try:
        return Seen.of(os.lstat(path))
    except OSError:
        return None


_NAME = operator.attrgetter("name")


def walk(folder: Path, endings: tuple[str, ...]) -> Iterator[Path]:
    """Every file below a folder with one of the endings, in a fixed order."""
    return (Path(name) for name, _ in look(str(folder), endings))


def look(folder: str, endings: tuple[str, ...]) -> Iterator[tuple[str, Seen]]:
    """Every file below a folder with one of the endings, in a fixed order, and how it was seen.

    Hidden names and office lock files (``~$…``) are passed over. Symbolic links are yielded so
    that reading them is refused by name; linked folders are never entered.
    """
    found: list[tuple[str, Seen]] = []
    _gather(folder, endings, found)
    return iter(found)


def _gather(folder: str, endings: tuple[str, ...], found: list[tuple[str, Seen]]) -> None:
    try:
        entries = sorted(os.scandir(folder), key=_NAME)
    except OSError as error:
        raise ConfigurationError("error.folder", path=folder, why=error.strerror) from error
    for entry in entries:
        name = entry.name
        if name.startswith((".", "~$")):
            continue
        if entry.is_dir(follow_symlinks=False):
            _gather(entry.path, endings, found)
        elif name.lower().endswith(endings):
            with suppress(FileNotFoundError):  # gone since the folder was listed
                found.append((entry.path, Seen.of(entry.stat(follow_symlinks=False))))


def is_linked_folder(path: str) -> bool:
    """Is this a symbolic link to a folder?"""
    return os.path.islink(path) and os.path.isdir(path)  # noqa: PTH112, PTH114 - there are many


def refuse_linked_folders(folder: Path) -> None:
    """MkDocs would follow them, round and round if they lead back. ConfigurationError by name."""
    for path, _ in look(str(folder), ("",)):
        if is_linked_folder(path):
            raise ConfigurationError("error.linked-folder", path=path)


class Refused(Exception):
    """A file that is not read; ``case`` is its sentence under ``format/syntax``."""

    def __init__(self, case: str, **values: object) -> None:
        super().__init__(case)
        self.case = case
        self.values = values


_READ = os.O_RDONLY
for _name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
    _READ |= getattr(os, _name, 0)
"""Follow no link, never wait for a FIFO to be written, take bytes as they are on Windows."""
_PIECE = 1 << 16


def read_bytes(path: Path | str, most: int) -> bytes:
    """The bytes of a regular file of at most ``most`` bytes; Refused for anything else."""
    try:
        handle = os.open(path, _READ)
    except OSError as error:
        if os.path.islink(path):  # noqa: PTH114 - also for plain names, of which there are many
            raise Refused("link") from error
        raise Refused("unreadable", why=error.strerror or "") from error
    try:
        return _read_open(handle, most)
    finally:
        os.close(handle)


def _read_open(handle: int, most: int) -> bytes:
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):
        raise Refused("not-a-file")
    if found.st_nlink > 1:
        raise Refused("hard-link")  # another of its names may lie anywhere
    if found.st_size > most:
        raise Refused("too-large", most=most)
    data = os.read(handle, found.st_size + 1)
    if len(data) <= found.st_size:  # a regular file gives less than it is asked for at its end only
        return data
    while len(data) <= most and (more := os.read(handle, _PIECE)):
        data += more
    return data
