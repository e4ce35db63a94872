"""What is found: by Material's search what hangs, and on the archive's page what hung before.

While everything together is small, it is all in Material's index. Of more, a browser would have to
fetch megabytes before the first hit; then what is past lies in a file a month, the newest of which
the archive's page looks through first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

import msgspec

from gongkai.edition import Entry
from gongkai.model import Item
from gongkai.render.words import Words
from gongkai.standing import Standing
from gongkai.terms import Channel, State
from gongkai.text import skim

INDEX = "search/search_index.json"
MONTHS = "search/past/months.json"
"""The months of what is past, the newest first (none while the one index has everything), and the
words that offer to look there."""
LARGEST = 250_000
"""Bytes of an index that has everything, as it is fetched before the first hit."""
_BETWEEN = re.compile(r"(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff])")
_BREAK = "\u200b"


class Line(NamedTuple):
    """An item as it is found; ``mark`` is what is said of what is past."""

    id: str
    title: str
    text: str
    mark: str


class Search:
    """What a site's search is made of: everything in the one index while that is small; of more
    what hangs, and what is past by the month.

    ``made`` is the index that MkDocs made of its own pages, ``entries`` what is or was up, by id.
    """

    def __init__(self, made: bytes, entries: Iterable[Entry], words: Words) -> None:
        self.made, self.words = made, words
        self.indexed: list[Entry] = []
        self.months: dict[str, list[Entry]] = {}
        past: dict[tuple[int, int], list[Entry]] = {}
        for one in filter(_is_found, entries):
            (past.setdefault(_month(one), []) if _is_past(one) else self.indexed).append(one)
        self.indexed.sort(key=_month, reverse=True)
        newest = sorted(past, reverse=True)
        hanging, self.indexed = self.indexed, [*self.indexed, *(e for m in newest for e in past[m])]
        if not self._is_small:
            self.indexed = hanging
            self.months = {f"{year:04}-{month:02}": past[year, month] for year, month in newest}

    @property
    def _is_small(self) -> bool:
        """Does one index have room for everything? It is only made whole where that is likely."""
        if len(self.indexed) * _LEAST > LARGEST:
            return False
        size = 0
        for one in self.indexed:  # a line grows where it goes into an index
            size += len(msgspec.json.encode(self._line(one)))
            if size > LARGEST:
                return False
        return len(self.index()) <= LARGEST

    def among(self, kind: str, month: str) -> list[Entry]:
        """What a file of the search is made of: ``index``, ``month`` or ``months``."""
        return {"index": self.indexed, "month": self.months.get(month, [])}.get(kind, [])

    def file(self, kind: str, month: str) -> bytes:
        """The file."""
        match kind:
            case "index":
                return self.index()
            case "month":
                return self.month(month)
            case _:
                return self.names()

    def index(self) -> bytes:
        """The index: what MkDocs made, with our lines behind those of its own pages."""
        index = msgspec.json.decode(self.made)
        docs = [msgspec.json.encode(one) for one in index.pop("docs")]
        docs += (_document(self._line(one)) for one in self.indexed)
        docs[0] = msgspec.json.encode(index)[:-1] + b',"docs":[' + docs[0]
        docs[-1] += b"]}"
        return b",".join(docs)

    def month(self, name: str) -> bytes:
        """What is past of a month."""
        return msgspec.json.encode([self._line(one) for one in self.months[name]]) + b"\n"

    def names(self) -> bytes:
        """The months of what is past, the newest first, and the words that offer to look there."""
        told = {"months": [*self.months], "offer": self.words.t("past-find-word", word="{word}")}
        return msgspec.json.encode(told) + b"\n"

    def _line(self, entry: Entry) -> Line:
        """An item as it is found, with the text of its body."""
        item = entry.item
        mark = self.words.t(f"state-{_state(entry.standing)}") if _is_past(entry) else ""
        whole = " ".join([skim(item.body), *_attached(item)])
        return Line(item.id, item.title, whole, mark)


def _is_found(entry: Entry) -> bool:
    """Does the web show anything of it?"""
    is_taken = entry.standing.state is State.WITHDRAWN
    return Channel.WEB in entry.item.channels and not entry.is_gone and not is_taken


def _month(entry: Entry) -> tuple[int, int]:
    publish = entry.item.publish
    return publish.year, publish.month


def _is_past(entry: Entry) -> bool:
    return not entry.standing.hangs


def _document(one: Line) -> bytes:
    """A line as Material's index has it. Both texts go into its page as HTML."""
    mark = f"({one.mark})" if one.mark else ""
    return msgspec.json.encode(
        {
            "location": f"items/{one.id}/",
            "title": _cut(escape(one.title)) + mark,
            "text": _cut(escape(one.text)),
        }
    )


def _attached(item: Item) -> Iterator[str]:
    return (cell for rows in item.attached for row in rows for cell in row if cell)


def _state(standing: Standing) -> str:
    return "superseded" if standing.freshness and not standing.hangs else standing.state.value


def _cut(text: str) -> str:
    """Every Han character a word of its own: the worker joins them again for a query."""
    return _BETWEEN.sub(_BREAK, text)


_LEAST = len(_document(Line("", "", "", "")))
"""Bytes that an item takes in an index at the least."""
