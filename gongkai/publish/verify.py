"""Does a published site match its manifest, and does its chain hold?"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path

import msgspec

from gongkai.domain.model import Value
from gongkai.publish.chain import HISTORY, ChainLine, PublicationKind, breaks, last
from gongkai.publish.manifest import MANIFEST, commit_told, instant_of

_ASIDE = (MANIFEST, HISTORY)
"""Files that depend on the past, or on themselves; the manifest does not list them. There are
others, and the chain does."""


class Difference(Enum):
    """In what a site is not what its manifest says."""

    MISSING = "missing"
    """A file that should be there is not."""
    CHANGED = "changed"
    """A file has other bytes."""
    EXTRA = "extra"
    """A file is there that should not be."""
    FOREIGN = "foreign"
    """A link, a device or the like: never part of a site."""
    MANIFEST = "manifest"
    """The manifest is missing, cut off or not one."""
    CHAIN = "chain"
    """A line of the chain does not fit to the line before it."""
    HEAD = "head"
    """The chain does not end with this site."""


class Fault(Value, frozen=True):
    """One difference: the file it is about, by its path in the site, and of a chain the line."""

    difference: Difference
    path: str
    line: int = 0


class _Manifest(msgspec.Struct):
    files: dict[str, str]


def verify(folder: Path) -> tuple[Fault, ...]:
    """Every difference between a site and its manifest, by path. Nothing is changed or followed."""
    try:
        data = (folder / MANIFEST).read_bytes()
        files = {**_aside(folder), **msgspec.json.decode(data, type=_Manifest).files}
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return (Fault(Difference.MANIFEST, MANIFEST),)
    found = dict(_walk(folder))
    faults = [*_compared(folder, files, found), *_chain(folder, hashlib.sha256(data).hexdigest())]
    return tuple(sorted(faults, key=lambda one: (one.path, one.line)))


def _aside(folder: Path) -> Mapping[str, str]:
    """The files that the last line of the chain vouches for."""
    try:
        head = last((folder / HISTORY).read_bytes())
    except OSError:
        return {}
    return head.aside if head else {}


def _compared(folder: Path, files: dict[str, str], found: dict[str, bool]) -> Iterator[Fault]:
    for path in _ASIDE:
        if path in found and not found[path]:
            yield Fault(Difference.FOREIGN, path)
    for path in found.keys() - files.keys() - set(_ASIDE):
        yield Fault(Difference.EXTRA if found[path] else Difference.FOREIGN, path)
    for path, sha256 in files.items():
        if path not in found:
            yield Fault(Difference.MISSING, path)
        elif not found[path]:
            yield Fault(Difference.FOREIGN, path)
        elif _hash(folder / path) != sha256:
            yield Fault(Difference.CHANGED, path)


def _chain(folder: Path, manifest: str) -> Iterator[Fault]:
    try:
        history = (folder / HISTORY).read_bytes()
    except OSError:
        yield Fault(Difference.MISSING, HISTORY)
        return
    yield from (Fault(Difference.CHAIN, HISTORY, line) for line in breaks(history))
    head = last(history)
    is_own = head is not None and (
        head.act is PublicationKind.ROLLBACK or _tells(folder) == _instant_and_commit(head)
    )
    if head is None or head.manifest != manifest or not is_own:
        yield Fault(Difference.HEAD, HISTORY, history.count(b"\n"))


def _tells(folder: Path) -> tuple[str, str | None] | None:
    """The instant and the commit that the manifest tells; None if it tells none."""
    try:
        return instant_of(folder), commit_told(folder)
    except (ValueError, KeyError):
        return None


def _instant_and_commit(line: ChainLine) -> tuple[str, str | None]:
    return line.at, line.commit


def _walk(folder: Path, below: str = "") -> Iterator[tuple[str, bool]]:
    """Everything in a site that is not a folder, and whether it is an ordinary file."""
    for entry in os.scandir(folder):
        path = f"{below}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), f"{path}/")
        else:
            yield path, stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
