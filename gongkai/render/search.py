"""What is found: by Material's search what hangs, and on the archive's page what hung before.

While everything together is small, it is all in Material's index. Of more, a browser would have to
fetch megabytes before the first hit; then what is past lies in a file a month, the newest of which
the archive's page looks through first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import NamedTuple

import msgspec

from gongkai.edition import Entry
from gongkai.model import Item
from gongkai.render.words import Words
from gongkai.standing import Standing
from gongkai.terms import Channel, State

INDEX = "search/search_index.json"
MONTHS = "search/past/months.json"
"""The months of what is past, the newest first (none while the one index has everything), and the
words that offer to look there."""
LARGEST = 250_000
"""Bytes of an index that has everything, as it is fetched before the first hit."""
_BETWEEN = re.compile(r"(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff])")
_BREAK = "\u200b"
_Found = tuple[str, str, str, str]
"""Id, title, text and what is said of it."""


class Line(NamedTuple):
    """An item as it is found: ``month`` is that of its first day, ``mark`` is empty for what hangs.

    Kept as JSON among what came of the item.
    """

    id: str
    month: str
    mark: str
    title: str
    text: str


_LINE = msgspec.json.Decoder(Line)


def search_entry(entry: Entry, text: str, words: Words) -> bytes:
    """The line of an item, with the text of its body; nothing for what the web does not show."""
    item = entry.item
    is_taken = entry.standing.state is State.WITHDRAWN
    if Channel.WEB not in item.channels or entry.is_gone or is_taken:
        return b""
    mark = "" if entry.standing.hangs else words.t(f"state-{_state(entry.standing)}")
    whole = " ".join([text, *_attached(item)])
    line = Line(item.id, f"{item.first_day:%Y-%m}", mark, item.title, whole)
    return msgspec.json.encode(line)


def search_files(made: bytes, entries: Iterable[bytes], words: Words) -> Mapping[str, bytes]:
    """The files of the search, by path: the index that MkDocs made with our lines behind those of
    its own pages, and what is past by the month."""
    given = [one for one in entries if one]
    newest = sorted(map(_LINE.decode, given), key=_month, reverse=True)
    lines = sorted(newest, key=_is_past)
    if sum(map(len, given)) <= LARGEST:  # a line grows where it goes into an index
        whole = _index(made, lines)
        if len(whole) <= LARGEST:
            return {INDEX: whole, MONTHS: _months([], words)}
    files = {INDEX: _index(made, [one for one in lines if not one.mark])}
    months: dict[str, list[_Found]] = {}
    for one in lines:
        if one.mark:
            months.setdefault(one.month, []).append((one.id, one.title, one.text, one.mark))
    for month, found in months.items():
        files[f"search/past/{month}.json"] = msgspec.json.encode(found) + b"\n"
    return {**files, MONTHS: _months(sorted(months, reverse=True), words)}


def _month(one: Line) -> str:
    return one.month


def _is_past(one: Line) -> bool:
    return one.mark != ""


def _months(names: list[str], words: Words) -> bytes:
    told = {"months": names, "offer": words.t("past-find-word", word="{word}")}
    return msgspec.json.encode(told) + b"\n"


def _index(made: bytes, lines: Iterable[Line]) -> bytes:
    index = msgspec.json.decode(made)
    docs = [msgspec.json.encode(one) for one in index.pop("docs")]
    docs += map(_document, lines)
    docs[0] = msgspec.json.encode(index)[:-1] + b',"docs":[' + docs[0]
    docs[-1] += b"]}"
    return b",".join(docs)


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
