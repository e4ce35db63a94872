"""What the forms know of a site, and where they write."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from gongkai.domain.errors import UsageError
from gongkai.domain.finding import Finding
from gongkai.domain.model import Item, Library
from gongkai.editing.filed import ITEM, FileKind, kinds_of, revised, said_in
from gongkai.editing.parts import KeyGroup, Rows, Said
from gongkai.files.reading import Refused, look, read_bytes
from gongkai.preview.pages import Preview
from gongkai.source.files import LARGEST_TEXT
from gongkai.status.standing import Standing

_ENDINGS = (".md", ".yml", ".yaml")
NEW, COUNTED = "+", "#"
"""What stands for a row that is not there yet, and before the place of one without a number."""


class FormPlace(NamedTuple):
    """What a form is about: a file of a kind, and of a ledger one row of it."""

    kind: FileKind
    path: str
    row: str = ""

    @property
    def group(self) -> KeyGroup:
        """The parts of what the form shows."""
        return self.kind.part.of if isinstance(self.kind.part, Rows) else self.kind.part

    def of(self, said: Said) -> Said:
        """What is said of it in what its file says."""
        if not isinstance(self.kind.part, Rows):
            return said
        at = self._at(said)
        return None if at is None else said[at]

    def within(self, said: Said, new: Said) -> Said:
        """What the file says with something new said of this."""
        if not isinstance(self.kind.part, Rows):
            return new
        rows, at = list(said or []), self._at(said)
        if at is None:
            return [*rows, new]
        return [*rows[:at], new, *rows[at + 1 :]]

    def _at(self, said: Said) -> int | None:
        """Where the row stands now: by its number, the first key."""
        if self.row == NEW or not isinstance(said, list):
            return None
        if self.row.startswith(COUNTED):
            n = int(self.row[1:]) if self.row[1:].isdecimal() else len(said)
            return n if n < len(said) else None
        name = self.group.keys[0][0].name
        return next((n for n, one in enumerate(said) if str(one.get(name)) == self.row), None)


class FormDesk:
    """A site that is shown, at the moment of a request."""

    def __init__(self, preview: Preview) -> None:
        if preview.checked is None or preview.site is None:
            raise UsageError("error.form-site")
        self.preview = preview
        self.standings = preview.checked.standings
        self.findings: tuple[Finding, ...] = preview.checked.findings
        self.library: Library = self.standings.library
        self.site = self.library.site
        self.root: Path = self.site.root
        self.now: datetime = preview.clock(preview.site)
        self.kinds: Mapping[str, FileKind] = kinds_of(self.library)

    def place(self, kind: str, path: str, row: str) -> FormPlace:
        """What is asked for. UsageError for a file that is none of the site's."""
        if not path:
            found = self.kinds.get(kind)
            if found is None:
                raise UsageError("error.form-path", path=kind[:40])
            return FormPlace(found, found.folder if found.is_single else "", row)
        owner = next((file_kind for file_kind in self.kinds.values() if file_kind.owns(path)), None)
        is_plain = not re.search(r"(^|/)\.|\\|\0|//|^/", path)
        if owner is None or not is_plain or self._is_linked(path):
            raise UsageError("error.form-path", path=path[:80])
        return FormPlace(owner, path, row)

    def _is_linked(self, path: str) -> bool:
        """Does a link lead to it, perhaps out of the site?"""
        inner = (self.root / path).relative_to(self.root)
        return any((self.root / one).is_symlink() for one in (inner, *inner.parents[:-1]))

    def text(self, path: str) -> str:
        """A file as it is now, with its own ends of lines; empty when there is none. UsageError for
        one that cannot be read."""
        if not path or not (self.root / path).exists():
            return ""
        try:
            return read_bytes(self.root / path, LARGEST_TEXT).decode("utf-8")
        except (Refused, UnicodeDecodeError) as error:
            raise UsageError("error.form-unread", path=path) from error

    def said(self, place: FormPlace, text: str) -> Said:
        """What a file says of a place."""
        return place.of(said_in(place.kind, place.path, text))

    def rows(self, kind: FileKind, path: str) -> list[Said]:
        """The rows of a ledger."""
        said = said_in(kind, path, self.text(path))
        return said if isinstance(said, list) else []

    def with_said(self, place: FormPlace, text: str, new: Said) -> str:
        """The file with something new said of a place."""
        said = said_in(place.kind, place.path, text)
        return revised(place.kind, place.path, text, place.within(said, new))

    def files(self, kind: FileKind) -> Iterator[str]:
        """The files of a kind, by their paths from the site's folder."""
        top = self.root / kind.folder
        if kind.is_single:
            yield kind.folder
        elif top.is_dir():
            for name, _ in look(str(top), _ENDINGS):
                path = Path(name).relative_to(self.root).as_posix()
                if kind.owns(path):
                    yield path

    def item(self, path: str) -> Item | None:
        """The item of a file, if it can be read."""
        return next((item for item in self.library.items if item.path == path), None)

    def standing(self, path: str) -> Standing | None:
        """How the item of a file stands."""
        item = self.item(path)
        return self.standings.by_id.get(item.id) if item else None

    def look_again(self) -> None:
        """Show what was written."""
        self.preview.build(self.preview.root)


def packed(text: str) -> str:
    """A text to be carried in a form, which changes ends of lines."""
    return base64.b64encode(zlib.compress(text.encode())).decode()


def unpacked(text: str) -> str:
    """The reverse. UsageError for what is none."""
    try:
        opener = zlib.decompressobj()
        data = opener.decompress(base64.b64decode(text, validate=True), LARGEST_TEXT)
        return data.decode()
    except (ValueError, zlib.error) as error:
        raise UsageError("error.form-path", path="") from error


def is_item(place: FormPlace) -> bool:
    """Is it about an item?"""
    return place.kind.name == ITEM
