"""What was told: a file that is written before anything is sent, and after.

A matter stands in it as ``sending`` from before its digest leaves until the answer is known. Found
so later, it may have arrived or not: it is not sent again by itself, it is named.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from gongkai.errors import UsageError

RECORD = "told.json"


class Told(msgspec.Struct, frozen=True):
    """Keys of matters: those that were taken by a robot, and those of which nobody knows."""

    schema: int = 1
    told: frozenset[str] = frozenset()
    sending: frozenset[str] = frozenset()

    def before(self, keys: Iterable[str]) -> Told:
        """As it is while something is on its way."""
        return Told(1, self.told, self.sending | {*keys})

    def taken(self, keys: Iterable[str]) -> Told:
        """As it is when it was taken."""
        return Told(1, self.told | {*keys}, self.sending - {*keys})

    def refused(self, keys: Iterable[str]) -> Told:
        """As it is when it surely was not."""
        return Told(1, self.told, self.sending - {*keys})

    def among(self, keys: Iterable[str]) -> Told:
        """Without what is settled since, so that it does not grow for ever."""
        standing = {*keys}
        return Told(1, self.told & standing, self.sending & standing)


def read_told(path: Path) -> Told:
    """The record; nothing told where there is none yet. UsageError if it is not one: without it
    everything would be sent again."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Told()
    try:
        return msgspec.json.decode(data, type=Told)
    except msgspec.DecodeError as error:
        raise UsageError("error.told", path=str(path)) from error


def write_told(path: Path, told: Told) -> None:
    """Put the record down so that it is whole, and on the disk, before anything else is done."""
    ordered = {"schema": 1, "told": sorted(told.told), "sending": sorted(told.sending)}
    path.parent.mkdir(parents=True, exist_ok=True)
    spare = path.with_name(f"{path.name}.new")
    with spare.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(ordered), indent=1) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    spare.replace(path)
