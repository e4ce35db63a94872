"""What was told: a file that is written before anything is sent, and after.

A matter stands in it as ``sending`` from before its digest leaves until the answer is known. Found
so later, it may have arrived or not: it is not sent again by itself, it is named.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import msgspec

from gongkai.domain.errors import UsageError

RECORD = "told.json"


class SentRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Keys of matters: those that were taken by a robot, and those of which nobody knows; and the
    last day (ISO 8601) on which anybody was told."""

    schema: int
    day: str
    told: frozenset[str]
    sending: frozenset[str]

    def before(self, keys: Iterable[str]) -> SentRecord:
        """As it is while something is on its way."""
        return SentRecord(1, self.day, self.told, self.sending | {*keys})

    def taken(self, keys: Iterable[str]) -> SentRecord:
        """As it is when it was taken."""
        return SentRecord(1, self.day, self.told | {*keys}, self.sending - {*keys})

    def refused(self, keys: Iterable[str]) -> SentRecord:
        """As it is when it surely was not."""
        return SentRecord(1, self.day, self.told, self.sending - {*keys})

    def among(self, keys: Iterable[str], day: date) -> SentRecord:
        """Without what is settled by a day, so that it does not grow for ever. UsageError for a day
        before the last: what was told since then would be told again."""
        if str(day) < self.day:
            raise UsageError("error.told-later", day=self.day)
        standing = {*keys}
        return SentRecord(1, str(day), self.told & standing, self.sending & standing)


NOTHING = SentRecord(1, "", frozenset(), frozenset())


def read_told(path: Path) -> SentRecord:
    """The record; nothing told where there is none yet. UsageError if it is not one: without it
    everything would be sent again."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return NOTHING
    try:
        found = msgspec.json.decode(data, type=SentRecord)
    except (ValueError, RecursionError) as error:
        raise UsageError("error.told", path=str(path)) from error
    if found.schema != 1:
        raise UsageError("error.told", path=str(path))
    return found


def write_told(path: Path, told: SentRecord) -> None:
    """Put the record down so that it is whole, and on the disk, before anything else is done."""
    ordered = {
        "schema": 1,
        "day": told.day,
        "told": sorted(told.told),
        "sending": sorted(told.sending),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    spare = path.with_name(f"{path.name}.new")
    with spare.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(ordered), indent=1) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    spare.replace(path)
    if sys.platform != "win32":  # there a folder cannot be opened
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
