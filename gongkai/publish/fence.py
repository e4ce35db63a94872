"""The last look before a site goes up: no file of it holds a personal number.

Content was searched when it was read. This looks at what was made of it, and at what nobody reads
as content: templates, menus, addresses, what depends on the past. It relies on nothing before it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from gongkai import rulebook
from gongkai.domain.errors import PublishError
from gongkai.domain.model import Library
from gongkai.render.frame import Shell
from gongkai.source.privacy.digits import may_hold_numbers
from gongkai.source.privacy.leaks import phones_of
from gongkai.source.privacy.numbers import personal_numbers, squeezed, veiled
from gongkai.source.privacy.webpages import as_shown
from gongkai.source.site import ENGLISH

TEXTS = (".html", ".json", ".xml", ".ics", ".txt", ".csv", ".js", ".css", ".svg", ".jsonl", ".md")
"""Attached office files and PDFs were opened when they were read, and our own sheets are made from
texts that were searched."""
_NOUGHTS = bytes(
    48 if 48 <= byte <= 57 else 45 if byte in b" .-\n" else byte for byte in range(256)
)
_SHAPE = re.compile(rb"000(?:0{8}|-0000-?0000|000-0{8})")
"""A part of every number, when each digit is a nought and each gap a hyphen. What has no such shape
is passed over at the speed of the memory: the expression begins with letters that are looked for as
such."""
_CANDIDATE = re.compile(rb"[0-9](?:[ .\n-]?[0-9]){10,}")
_LONG = 1_000
"""Bytes from which on it pays to look for a piece of the frame in a page."""
_BEGINNING = 48
"""Bytes by which a piece is looked for; the rest is compared, which takes a tenth of the time."""
_TOLD = re.compile(rb"(?:data-item=\"|items/|\[\"(?!items/))([^\"/]{1,300})[\"/]")
"""How pages and the search say of which item something is told."""
_MARK = "\ue000"
"""Stands before and behind a candidate."""
_AROUND = 80
"""Bytes on both sides of a candidate that tell what it is."""


class Fence:
    """Looks for personal numbers in files that are about to go up."""

    def __init__(self, library: Library, shell: Shell) -> None:
        self.frames, self.library = shell.frames, library
        self.allowed = phones_of(library.org) | {
            squeezed(allowed.text)
            for item in library.items
            for allowed in item.privacy.allow
            if allowed.text
        }

    @property
    def key(self) -> bytes:
        """What stands for everything that may be there."""
        return hashlib.blake2b("\0".join(sorted(self.allowed)).encode(), digest_size=16).digest()

    @cached_property
    def _passed(self) -> frozenset[str]:
        """What may be there, and the examples on the rules' own pages, which are the standard's."""
        told = (number.number for text in rulebook.texts() for number in personal_numbers(text))
        return frozenset((*self.allowed, *told))

    @cached_property
    def _repeated(self) -> Mapping[str, tuple[bytes, ...]]:
        """What MkDocs' frame repeats on every page of an item and of a board, by their folders,
        and what holds nothing like a number: three quarters of a page, to be passed over."""
        return {
            folder: tuple(
                piece
                for piece in self.frames[kind].between
                if len(piece) > _LONG and not _has_shape(piece)
            )
            for folder, kind in (("items", "item"), ("boards", "board"))
            if kind in self.frames
        }

    def look(self, folder: Path, paths: Iterable[str]) -> None:
        """Look at files of a folder. PublishError for the first that holds a number."""
        for path in paths:
            if path.endswith(TEXTS):
                self.check(path, (folder / path).read_bytes())

    def check(self, path: str, data: bytes) -> None:
        """Look at one file and its name. PublishError when there is a number in it."""
        data = _without(data, self._repeated.get(path.partition("/")[0], ()))
        if _has_shape(data):
            for found in _CANDIDATE.finditer(data):
                start, end = max(0, found.start() - _AROUND), found.end() + _AROUND
                while data[end : end + 1].isalnum():
                    end += 1  # a number or a hash that is cut short may look like another
                while start and data[start - 1 : start].isalnum():
                    start -= 1
                parts = data[start : found.start()], found[0], data[found.end() : end]
                told = (part.decode("utf-8", "ignore").replace(_MARK, "") for part in parts)
                text = _MARK.join(told)
                self._judge(path, text.replace(" ", "|"), data, found.start())
                if path.endswith(".html"):
                    self._judge(path, as_shown(_TORN.sub("", text)), data, found.start())
        if may_hold_numbers(path):
            self._judge(path, path)

    def _judge(self, path: str, text: str, data: bytes = b"", start: int = 0) -> None:
        """Stop what is a number, of those that the marks in a text are around: of others part of
        what tells what they are may be cut off."""
        before, *rest = text.split(_MARK)
        first, behind = (len(before), len(before) + len(rest[0])) if rest else (0, len(text))
        is_of_rules = "checks/" in path or "search/" in path
        allowed = self._passed if is_of_rules else self.allowed
        for number in personal_numbers("".join((before, *rest)), allowed):
            if number.start >= behind or number.end <= first:
                continue
            kind = number.rule.rpartition("/")[2]
            source = self._source_of(path, data[:start])
            key = "error.personal-in" if source else "error.personal"
            raise PublishError(key, path=veiled(path), source=veiled(source), kind=kind)

    def _source_of(self, path: str, before: bytes) -> str:
        """The file that an editor knows, of which a place in the site was made; ``before`` is what
        stands before it. Empty where it is none of theirs, or nobody can tell."""
        library = self.library
        first, _, rest = path.removeprefix(ENGLISH).partition("/")
        name = rest.partition("/")[0] if first != "posters" else Path(path).stem
        boards = {board.id: board.path for board in library.boards}
        if first in ("boards", "screen", "posters") and name in boards:
            return boards[name]
        items = {item.id: item.path for item in library.items}
        if first in ("items", "posters") and name in items:
            return items[name]
        if page := self._page_of(path.removeprefix(ENGLISH)):
            return page
        told = [one.decode("utf-8", "ignore") for one in _TOLD.findall(before)]
        return next((items[one] for one in reversed(told) if one in items), "")

    def _page_of(self, path: str) -> str:
        """The ordinary page that became an address, or the file that lies beside it."""
        site = self.library.site
        address = path.removesuffix("index.html").removesuffix("/") or "index"
        names = (f"{address}.md", f"{address}/index.md", f"{address}/README.md", path)
        found = next((name for name in names if (site.pages / name).is_file()), "")
        whole = site.pages / found
        if not found or not whole.is_relative_to(site.root):
            return found
        return whole.relative_to(site.root).as_posix()


def _has_shape(data: bytes) -> bool:
    return _SHAPE.search(data.translate(_NOUGHTS)) is not None


def _without(data: bytes, pieces: Iterable[bytes]) -> bytes:
    """A page without pieces of its frame, which come in this order; whole if one is not there."""
    kept, at = [], 0
    for piece in pieces:
        found = data.find(piece[:_BEGINNING], at)
        if found < 0 or not data.startswith(piece, found):
            return data
        kept.append(data[at:found])
        at = found + len(piece)
    return b"\n".join((*kept, data[at:])) if at else data


_TORN = re.compile(r"^[^<>]*>|<[^<>]*$")
"""What is left of tags on which a piece of a page begins or ends. Blanks join groups of digits only
where people read them as such: in paths of pictures and in rows of the search they do not."""
