"""Files that are believed only when whole and ours: a mark, a SHA-256, and then the rest."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

_DIGEST = 32


class Spoiled(Exception):
    """A file that was cut off, is of another version, or not ours."""


def unseal(path: Path, mark: bytes) -> memoryview | None:
    """What a file holds; None when there is none that can be read, Spoiled when it is not whole."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    start = len(mark) + _DIGEST
    body = memoryview(data)[start:]
    if not data.startswith(mark) or hashlib.sha256(body).digest() != data[len(mark) : start]:
        raise Spoiled(path)
    return body


def seal(path: Path, mark: bytes, *parts: bytes) -> None:
    """Write a file that can be told from one that is not whole. OSError if that cannot be done."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    replace(path, mark, digest.digest(), *parts)


def replace(path: Path, *parts: bytes, by_way_of: Path | None = None) -> None:
    """Put a file in its place, so that nobody ever sees half of it. OSError when that cannot be
    done.

    What a killed run leaves of it carries the number of its process, and lies in the folder
    ``by_way_of``, of the same file system; without one it lies beside the file.
    """
    half = (by_way_of or path.parent) / f"{path.name}.{os.getpid()}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with half.open("wb") as file:
            file.writelines(parts)
        half.replace(path)
    except OSError:
        half.unlink(missing_ok=True)
        raise
