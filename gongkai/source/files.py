"""Finding and reading files inside a site: no links, nothing outside, nothing too large."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from gongkai.errors import ConfigurationError
from gongkai.source.problems import Problem
from gongkai.source.yaml import LONGEST, unreadable


def walk(folder: Path, endings: tuple[str, ...]) -> Iterator[Path]:
    """Every file below a folder with one of the endings, in a fixed order.

    Hidden names and office lock files (``~$…``) are passed over. Symbolic links are yielded so
    that reading them is refused by name; linked folders are never entered.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise ConfigurationError("error.folder", path=str(folder), why=error.strerror) from error
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from walk(Path(entry.path), endings)
        elif entry.name.lower().endswith(endings):
            yield Path(entry.path)


def read_text(path: Path) -> tuple[str, list[Problem]]:
    """The text of a file, or an empty text with what is wrong with it."""
    try:
        data = read_bytes(path, LONGEST * 4)
    except Refused as refused:
        return "", [Problem("format/syntax", 1, 1, refused.case, refused.values)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", [Problem("format/syntax", line, 1, "not-utf8")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, list(unreadable(text))


class Refused(Exception):
    """A file that is not read; ``case`` is its sentence under ``format/syntax``."""

    def __init__(self, case: str, **values: object) -> None:
        super().__init__(case)
        self.case = case
        self.values = values


def read_bytes(path: Path, most: int) -> bytes:
    """The bytes of a regular file of at most ``most`` bytes; Refused for anything else."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | os_flags())
    except OSError as error:
        if path.is_symlink():
            raise Refused("link") from error
        raise Refused("unreadable", why=error.strerror or "") from error
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise Refused("not-a-file")
        if found.st_size > most:
            raise Refused("too-large", most=most)
        return file.read(most + 1)


def os_flags() -> int:
    """Never wait for a FIFO to be written; bytes as they are on Windows."""
    return getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
