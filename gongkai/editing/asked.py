"""What is asked of an import, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import Path

from gongkai.domain.calendar import Period
from gongkai.domain.model import Value
from gongkai.editing.sheets import Trouble


class ImportTarget(Enum):
    """What becomes of a file."""

    ITEM = "item"
    """An item, with its table in the text."""
    TABLE = "table"
    """An item, with its table in a file beside it."""
    OPINIONS = "opinions"
    """Entries of the ledger of opinions."""
    SURVEY = "survey"
    """The counts of a survey, out of its ballots."""


class ImportRequest(Value, frozen=True):
    """What somebody said about a file; the rest is guessed. ``accepts`` takes a document as if all
    changes in it were accepted, and without its comments."""

    form: ImportTarget | None = None
    category: str | None = None
    period: Period | None = None
    sheet: str | None = None
    takes_hidden: bool = False
    accepts: bool = False
    publish: date | None = None


class Import(Value, frozen=True):
    """What is to be written, by path, and how the file was understood: keys of sentences under
    ``import`` with their values. With ``troubles`` nothing is written. ``along`` are files
    that come along with it, where they lay."""

    files: Mapping[Path, bytes]
    told: tuple[tuple[str, Mapping[str, object]], ...]
    todo: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    may_replace: bool = False
    along: tuple[Path, ...] = ()


Told = list[tuple[str, Mapping[str, object]]]
"""Keys of sentences with their values, in the order in which they are told."""
