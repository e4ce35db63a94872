"""The chain of what was published: ``history.jsonl``, a line each time.

A line carries the hash of the manifest and of the line before it, so that a past that was changed
afterwards no longer fits together. It depends on the past, so it is not in the manifest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import Enum
from typing import Annotated

import msgspec

HISTORY = "history.jsonl"


class PublicationKind(Enum):
    """By what a site came to be up."""

    BUILD = "build"
    """Something of it was new."""
    RENEWAL = "renewal"
    """Only the instant of the build was new."""
    ROLLBACK = "rollback"
    """An earlier site was put up again."""


Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class ChainLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line: the instant (ISO 8601 with offset), the commit of the content or None, and SHA-256
    in hex of the manifest and of the line before (None for the first), its end not included.

    ``aside`` are the hashes of the other files that depend on the past, by their paths.
    """

    at: str
    act: PublicationKind
    commit: str | None
    manifest: Sha256
    previous: Sha256 | None
    aside: dict[str, Sha256] = {}


_LINE = msgspec.json.Decoder(ChainLine)


def longer(
    history: bytes,
    act: PublicationKind,
    at: datetime,
    commit: str | None,
    manifest: str,
    aside: Mapping[str, bytes] | None = None,
) -> bytes:
    """A history with one line more. What cannot be read of it is kept, and breaks the chain.

    ``aside`` are the other files that depend on the past.
    """
    lines = history.splitlines()
    previous = _hash(lines[-1]) if lines else None
    hashes = {path: _hash(data) for path, data in (aside or {}).items()}
    line = msgspec.json.encode(ChainLine(at.isoformat(), act, commit, manifest, previous, hashes))
    return b"".join((history, b"" if history.endswith(b"\n") or not lines else b"\n", line, b"\n"))


def past(history: bytes) -> Iterator[str]:
    """The manifests of the sites before the one that is up, the latest first.

    A renewal stands for the site it renewed; what was rolled back is no longer among them.
    """
    skipping: str | None = None
    standing = ""
    is_first = True
    for text in reversed(history.splitlines()):
        line = _read(text)
        if line is None:
            return
        if skipping and line.manifest != skipping:
            continue
        skipping = None
        if not standing:
            if not is_first:
                yield line.manifest
            standing, is_first = line.manifest, False
        if line.act is PublicationKind.BUILD:
            standing = ""
        elif line.act is PublicationKind.ROLLBACK:
            skipping = line.manifest


def breaks(history: bytes) -> Iterator[int]:
    """The numbers of the lines, from 1, that do not fit to the line before them."""
    previous: str | None = None
    for number, text in enumerate(history.splitlines(), 1):
        line = _read(text)
        if line is None or line.previous != previous:
            yield number
        previous = _hash(text)


def last(history: bytes) -> ChainLine | None:
    """The latest line, if it can be read."""
    lines = history.splitlines()
    return _read(lines[-1]) if lines else None


def _read(text: bytes) -> ChainLine | None:
    try:
        return _LINE.decode(text)
    except (ValueError, RecursionError):  # not JSON, not even text, or a trap
        return None


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
