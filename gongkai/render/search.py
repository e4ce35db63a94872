"""What Material's search finds of items: what the web shows, with expired ones marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

import msgspec

from gongkai.edition import Entry
from gongkai.model import Item
from gongkai.render.words import Words
from gongkai.standing import Standing
from gongkai.terms import Channel

INDEX = "search/search_index.json"
_BETWEEN = re.compile(r"(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff])")
_BREAK = "\u200b"


def search_entry(entry: Entry, text: str, words: Words) -> bytes:
    """One entry of the index as JSON, with the text of the body; nothing for what cannot be read on
    the web. Material puts both texts into its page as HTML."""
    item = entry.item
    if Channel.WEB not in item.channels or entry.is_gone:
        return b""
    mark = "" if entry.standing.hangs else f"({words.t(f'state-{_state(entry.standing)}')})"
    return msgspec.json.encode(
        {
            "location": f"items/{item.id}/",
            "title": _cut(escape(item.title)) + mark,
            "text": _cut(escape(" ".join([text, *_attached(item)]))),
        }
    )


def search_index(made: bytes, entries: Iterable[bytes]) -> bytes:
    """The index that MkDocs made with the entries of items behind those of its own pages."""
    index = msgspec.json.decode(made)
    docs = [msgspec.json.encode(one) for one in index.pop("docs")]
    docs += [one for one in entries if one]
    docs[0] = msgspec.json.encode(index)[:-1] + b',"docs":[' + docs[0]
    docs[-1] += b"]}"
    return b",".join(docs)


def _attached(item: Item) -> Iterator[str]:
    return (cell for rows in item.attached for row in rows for cell in row if cell)


def _state(standing: Standing) -> str:
    return "superseded" if standing.freshness and not standing.hangs else standing.state.value


def _cut(text: str) -> str:
    """Every Han character a word of its own: the worker joins them again for a query."""
    return _BETWEEN.sub(_BREAK, text)
