"""Asking git, in three processes however many files and commits there are.

Nothing is written: no lock, no refreshed index. Dates are those of committers.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gongkai.past import Sight

_GIT = ("git", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs")
_RAW = ("--raw", "-z", "--no-abbrev", "-M", "--relative")
_CONTENT = "content"


class Entry(NamedTuple):
    """A file that a commit added, changed or moved: its blobs before and after, empty for none.

    The blob after is empty, too, for what lies changed in the folder and is not committed.
    """

    commit: str
    at: datetime | None
    path: str
    before: str
    after: str
    old_path: str


def sight_of(root: Path) -> Sight:
    """How much of the past a site's folder can show."""
    asked = _ask(root, "rev-parse", "--is-inside-work-tree", "--is-shallow-repository")
    if asked is None or asked.split()[:1] != [b"true"]:
        return Sight.NONE
    return Sight.SHALLOW if asked.split()[1:] == [b"true"] else Sight.WHOLE


def entries_of(root: Path, zone: ZoneInfo) -> Iterator[Entry]:
    """What every commit did to the content, parents before children, then what is uncommitted."""
    order = ("--reverse", "--topo-order", "-c", "--no-show-signature", "--format=%x01%H %ct")
    yield from _entries(_ask(root, "log", *_RAW, *order, "HEAD", "--", _CONTENT) or b"", zone)
    yield from _entries(_ask(root, "diff", *_RAW, "HEAD", "--", _CONTENT) or b"", zone)


def blobs_of(root: Path, names: Iterable[str]) -> Mapping[str, bytes]:
    """The contents of blobs by their names, in one process."""
    with tempfile.TemporaryFile() as wanted:
        wanted.write("".join(f"{name}\n" for name in names).encode())
        wanted.seek(0)
        command = [*_GIT, "-C", str(root), "cat-file", "--batch", "--buffer"]
        done = subprocess.run(command, stdin=wanted, capture_output=True, check=False)
    return dict(_blobs(done.stdout))


def _ask(root: Path, *arguments: str) -> bytes | None:
    """What git says; None when it is not there or cannot tell."""
    command = [*_GIT, "-C", str(root), "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def _entries(told: bytes, zone: ZoneInfo) -> Iterator[Entry]:
    """``\\x01commit seconds``, then for each file ``:modes blobs letter`` and its path or paths."""
    commit, at = "", None
    words = iter(told.split(b"\0"))
    for word in words:
        text = word.strip()
        if text.startswith(b"\x01"):
            name, seconds = text[1:].decode().split()
            commit, at = name, datetime.fromtimestamp(int(seconds), zone)
        elif text.startswith(b":"):
            path = _path(next(words))
            parents = len(text) - len(text.lstrip(b":"))
            parts = text.decode().split()
            blobs, letters = parts[parents + 1 : 2 * parents + 2], parts[-1]
            old_path = path
            if parents == 1 and letters[0] in "RC":
                path = _path(next(words))
            yield Entry(commit, at, path, _name(blobs[0]), _name(blobs[-1]), old_path)


def _path(word: bytes) -> str:
    return word.decode("utf-8", "surrogateescape")


def _name(blob: str) -> str:
    return blob if blob.strip("0") else ""


def _blobs(told: bytes) -> Iterator[tuple[str, bytes]]:
    """``name blob size``, a line end, the content, a line end; ``name missing`` for none."""
    start = 0
    while (end := told.find(b"\n", start)) >= 0:
        head = told[start:end].decode().split()
        start = end + 1
        if len(head) == 3:
            size = int(head[2])
            yield head[0], told[start : start + size]
            start += size + 1
