"""Asking git, in a few processes however many files and commits there are.

Nothing is written: no lock, no refreshed index. No program that the repository names is run. Dates
are those of committers, taken on trust.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gongkai.domain.revisions import HistorySight

_GIT = (
    "git",
    "-c",
    "core.fsmonitor=false",
    "--no-optional-locks",
    "--no-replace-objects",
    "--literal-pathspecs",
)
_RAW = ("--raw", "-z", "--no-abbrev", "--no-renames", "--relative")
_LOG = ("log", "--reverse", "--topo-order", "--no-show-signature", "--format=%x01%H %ct")
_CONTENT = ("--", "content")
_LAST = 4_102_444_800
"""The year 2100, in seconds since 1970."""


class FileChange(NamedTuple):
    """What a commit did to a file: its blobs before and after, empty where there is none.

    What lies changed in the folder and is not committed has no commit, no instant, and ``None``
    for its blob after.
    """

    commit: str
    at: datetime | None
    path: str
    before: str
    after: str | None


def sight_of(root: Path) -> HistorySight:
    """How much of the past a site's folder can show."""
    asked = _ask(root, "rev-parse", "--is-inside-work-tree", "--is-shallow-repository")
    if asked is None or asked.split()[:1] != [b"true"]:
        return HistorySight.NONE
    return HistorySight.SHALLOW if asked.split()[1:] == [b"true"] else HistorySight.WHOLE


def mainline_of(root: Path, zone: ZoneInfo) -> Iterator[FileChange]:
    """What was done to the content on the line of first parents, which is what was published from:
    a merge does what it brings. The oldest first; then what is not committed."""
    line = ("--first-parent", "--diff-merges=first-parent")
    yield from _entries(_ask(root, *_LOG, *line, *_RAW, "HEAD", *_CONTENT) or b"", zone)
    yield from _uncommitted(root)


def merges_of(root: Path) -> list[tuple[str, str]]:
    """The merges of that line, each with one of its further parents."""
    told = _ask(root, "log", "--first-parent", "--merges", "--format=%H %P", "HEAD") or b""
    lines = [line.split() for line in told.decode().splitlines()]
    return [(commit, parent) for commit, _, *parents in lines for parent in parents]


def elsewhere_of(root: Path, zone: ZoneInfo) -> Iterator[FileChange]:
    """What any commit but merges did to the content, the oldest first."""
    every = ("--full-history", "--no-merges")
    yield from _entries(_ask(root, *_LOG, *every, *_RAW, "HEAD", *_CONTENT) or b"", zone)


def against(root: Path, zone: ZoneInfo, pairs: Iterable[tuple[str, str]]) -> Iterator[FileChange]:
    """What each merge has otherwise than one of its further parents."""
    wanted = "".join(f"{commit} {parent}\n" for commit, parent in pairs)
    form = ("--stdin", "-r", "--format=%x01%H %ct")
    yield from _entries(_ask(root, "diff-tree", *form, *_RAW, *_CONTENT, given=wanted) or b"", zone)


def blobs_of(root: Path, names: Iterable[str]) -> Mapping[str, bytes]:
    """The contents of blobs by their names; those that are not there are left out."""
    wanted = "".join(f"{name}\n" for name in names)
    return dict(_blobs(_ask(root, "cat-file", "--batch", "--buffer", given=wanted) or b""))


def _uncommitted(root: Path) -> Iterator[FileChange]:
    """``1 letters sub modes blobs path`` for each file that is not as it was committed. Unlike a
    diff, this looks whether a file that was touched is another one, and writes that nowhere."""
    form = ("--porcelain=v2", "-z", "--untracked-files=no", "--no-renames")
    told = _ask(root, "status", *form, *_CONTENT) or b""
    prefix = (_ask(root, "rev-parse", "--show-prefix") or b"").strip()
    for word in told.split(b"\0"):
        if word.startswith(b"1 "):
            _, _, _, _, _, mode, before, _, path = word.split(b" ", 8)
            after = None if mode.strip(b"0") else ""
            name = path.removeprefix(prefix).decode("utf-8", "surrogateescape")
            yield FileChange("", None, name, _name(before.decode()), after)


def _ask(root: Path, *arguments: str, given: str = "") -> bytes | None:
    """What git says; None when it is not there or cannot tell."""
    command = [*_GIT, "-C", str(root), "-c", "core.quotePath=false", "-c", "log.showRoot=true"]
    command += arguments
    with tempfile.TemporaryFile() as stdin:
        stdin.write(given.encode())
        stdin.seek(0)
        try:
            done = subprocess.run(command, stdin=stdin, capture_output=True, check=False)
        except OSError:
            return None
    return done.stdout if done.returncode == 0 else None


def _entries(told: bytes, zone: ZoneInfo) -> Iterator[FileChange]:
    """``\\x01commit seconds``, then for each file ``:modes blobs letter`` and its path."""
    commit, at = "", None
    words = iter(told.split(b"\0"))
    for word in words:
        text = word.strip()
        if text.startswith(b"\x01"):
            head, _, text = text.partition(b"\n")
            name, seconds = head[1:].decode().split()
            commit, at = name, _instant(int(seconds), zone)
            text = text.strip()
        if text.startswith(b":"):
            _, _, before, after, _ = text.decode().split()
            path = next(words).decode("utf-8", "surrogateescape")
            if before != after:  # not a change of mode alone
                yield FileChange(commit, at, path, _name(before), _name(after))


def _instant(seconds: int, zone: ZoneInfo) -> datetime:
    """When a commit says it was made; git takes years that no calendar has."""
    return datetime.fromtimestamp(min(max(seconds, 0), _LAST), zone)


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
