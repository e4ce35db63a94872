"""Withdrawn means gone: looking for a hidden item's own words in everything that is published.

Pages are made so that a hidden item's text cannot be in them; this looks at what was made, without
relying on how. Its distinctive phrases are searched for in every file, in PDFs too. A phrase that
something else that is up says in its own right is not distinctive.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any

import msgspec

from gongkai import rulebook
from gongkai.domain.errors import PublishError
from gongkai.domain.model import Item
from gongkai.domain.text import plain_text
from gongkai.files import theme
from gongkai.messages import sentences
from gongkai.render.frame import Shell
from gongkai.source.markdown import tree
from gongkai.status.edition import Edition

_MANY = 300
LONG, STEP, SHORT = 8, 4, 6
"""Characters of a phrase and from one to the next, so that whoever repeats eleven characters of a
hidden text is found; a text shorter than the last says too little to be anybody's own."""
_COMMON = re.compile(r"[\x00-\x7f年月日时分第期元，。、：；（）]+")
_TELLING = 3
"""A day or an amount is nobody's own; besides such signs a phrase has at least so many others."""
_NOTHING = re.compile(r"[\s\u200b\u00ad]+")
_INLINE = re.compile(r"</?(?:strong|em|a|code|td|th|br)(?:\s[^>]*)?>")
_MARKUP = re.compile(r"<[^>]*>")
"""Words on both sides of inline marks and of cells belong together, those of other elements do not:
a label and a value beside it are nobody's sentence."""
_KEYS = (
    "id path category boards lost_boards aliases body body_en attached withdrawn posted"
).split()
"""What is not text of an item, is told otherwise, or stays on its tombstone."""
_TEXTS = (".html", ".json", ".xml", ".ics", ".txt", ".csv", ".js", ".css", ".svg", ".jsonl")


class Proof:
    """Looks for what must not be there. ``shell`` is what MkDocs made: it speaks for itself."""

    def __init__(self, edition: Edition, shell: Shell) -> None:
        self.edition, self.shell = edition, shell
        self.items = [standing.item for standing in edition.published() if standing.is_hidden]

    @property
    def hidden(self) -> tuple[str, ...]:
        """The ids of the hidden items."""
        return tuple(item.id for item in self.items)

    @property
    def key(self) -> bytes:
        """What stands for everything that is looked for; empty when nothing is hidden."""
        told = b"".join(item.source for item in self.items)
        return hashlib.blake2b(told, digest_size=16).digest() if self.items else b""

    @cached_property
    def files(self) -> dict[str, str]:
        """The hidden items by the hashes of the files that went with them."""
        return {file.sha256: item.id for item in self.items for file in _files(item)}

    @cached_property
    def phrases(self) -> dict[str, str]:
        """The hidden items by their phrases."""
        return {text: item.id for item in self.items for text in sorted(phrases_of(item))}

    def look(self, folder: Path, files: Iterable[tuple[str, str]]) -> None:
        """Look at files of a folder, given with the hashes of their bytes. PublishError for the
        first that still holds something of a hidden item."""
        for path, sha256 in files:
            item = self._leak(folder / path, sha256)
            if item:
                raise PublishError("error.leak", path=path, item=item)

    def _leak(self, path: Path, sha256: str) -> str | None:
        """The hidden item of which something is in a file."""
        if sha256 in self.files and sha256 not in self._shown:
            return self.files[sha256]
        texts = _texts_of(path) if self.phrases else ()
        return next(filter(None, map(self._told_in, texts)), None)

    def _told_in(self, text: str) -> str | None:
        """The hidden item of which something is said in a text."""
        for phrase in self._in(text):
            if not any(phrase in other for other in self._elsewhere):
                return self.phrases[phrase]
            del self.phrases[phrase]  # not only the item's own
        return None

    def check(self, path: str, text: str) -> None:
        """Look at the text of a file that is not written yet. PublishError if it tells."""
        for one in _readings(text) if self.phrases else ():
            if item := self._told_in(one):
                raise PublishError("error.leak", path=path, item=item)

    def owner(self, item: str, title: str | None) -> str | None:
        """The hidden item of which a title, published before under some id, tells, if of any."""
        names = {name: one.id for one in self.items for name in (one.id, *one.aliases)}
        if item in names or title is None:
            return names.get(item)
        plain = squeezed(title)
        titles = {squeezed(one.title): one.id for one in self.items}
        if plain in titles and not any(plain in text for text in self._elsewhere):
            return titles[plain]
        return self._told_in(plain)

    def _in(self, text: str) -> list[str]:
        """The phrases in a text. Many are looked for all at once, few one by one."""
        if len(self.phrases) < _MANY:
            return [phrase for phrase in self.phrases if phrase in text]
        found = {
            text[at : at + size]
            for size in range(SHORT, LONG + 1)
            for at in range(len(text) - size + 1)
        }
        return list(found & self.phrases.keys())

    @cached_property
    def _elsewhere(self) -> list[str]:
        """What is said by others in their own right. What belongs to the same matter as a hidden
        item is no such other: it must not tell what was hidden."""
        library, ours = self.edition.library, {item.id for item in self.items}
        threads = {item.thread for item in self.items} - {None}
        others = (standing.item for standing in self.edition.published() if not standing.is_hidden)
        told = [library.org, library.catalogue, library.boards, library.opinions, library.surveys]
        told += [library.inspections, library.meetings]
        told += [
            item for item in others if item.corrects not in ours and item.thread not in threads
        ]
        said = ["\0".join(map(squeezed, texts_of(one))) for one in told]
        return [*said, *ours, *map(squeezed, self._own())]

    def _own(self) -> Iterator[str]:
        """What the site says of itself: in its templates, its messages and its ordinary pages."""
        for folder in theme.folders(self.edition.site.root):
            yield from (path.read_text("utf-8", "replace") for path in folder.rglob("*.*"))
        yield from (text for lang in ("zh", "en") for text in sentences(lang))
        yield from rulebook.texts()
        for name in self.shell.files:
            yield from _texts_of(self.shell.folder / name)

    @cached_property
    def _shown(self) -> set[str]:
        """The hashes of files that others show."""
        others = (standing.item for standing in self.edition.published() if not standing.is_hidden)
        return {file.sha256 for item in others for file in _files(item)}


def phrases_of(item: Item) -> set[str]:
    """What only this item is likely to say, a few characters each."""
    phrases = set()
    for text in map(squeezed, texts_of(item)):
        for start in range(0, max(len(text) - LONG, 0) + STEP, STEP):
            piece = text[start : start + LONG]
            if len(piece) < LONG:  # the end of a text, as long as the others if it can be
                piece = text[-LONG:]
            if len(piece) >= SHORT and len(_COMMON.sub("", piece)) >= _TELLING:
                phrases.add(piece)
    return phrases


def texts_of(value: Any) -> Iterator[str]:
    """Every text in a value; of an item its body's blocks and rows as a reader reads them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Item):
        yield from _texts_of_item(value)
    elif isinstance(value, Mapping):
        yield from texts_of(tuple(value.values()))
    elif isinstance(value, msgspec.Struct):
        yield from texts_of(tuple(msgspec.structs.asdict(value).values()))
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from texts_of(one)


def _texts_of_item(item: Item) -> Iterator[str]:
    for body in item.bodies:
        yield from plain_text(tree(body)).split("\n")
    yield from ("".join(row) for table in item.attached for row in table)
    keys = msgspec.structs.asdict(item)
    yield from texts_of([value for key, value in keys.items() if key not in _KEYS])
    yield item.withdrawn.reason if item.withdrawn else ""


def squeezed(text: str) -> str:
    """A text without anything that a line's end or a browser could add or take away."""
    return _NOTHING.sub("", text)


def _files(item: Item) -> Iterator[Any]:
    yield from item.attachments
    yield from item.archived
    yield from item.images
    yield from item.photos


def _texts_of(path: Path) -> Iterator[str]:
    """The text of a file, in the forms in which somebody could find a phrase in it."""
    if path.suffix == ".pdf":
        yield "\0".join(_text_of_pdf(path).split())  # what stands apart is no sentence
    elif path.suffix in _TEXTS:
        text = path.read_text("utf-8", errors="replace")
        if "\\u" in text and path.suffix == ".json":
            text = json.dumps(json.loads(text), ensure_ascii=False)
        yield from _readings(text)


def _readings(text: str) -> Iterator[str]:
    """A text as it was written and as a browser shows it, for comparing."""
    yield squeezed(unescape(text))
    yield squeezed(unescape(_MARKUP.sub("\0", _INLINE.sub("", text))))


def _text_of_pdf(path: Path) -> str:
    # 96 ms, only where something is hidden.
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:  # it only has the name of one, and nobody can open it
        return path.read_bytes().decode("utf-8", errors="replace")
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return "".join(pages)
