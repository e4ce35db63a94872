"""What Material's search finds of items: what the web shows, with expired ones marked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any

from gongkai.edition import Edition
from gongkai.model import Item
from gongkai.render.artifact import Artifact
from gongkai.render.frame import Shell
from gongkai.render.shown import is_gone
from gongkai.render.words import Words
from gongkai.standing import Standing
from gongkai.terms import Channel
from gongkai.text import skim

INDEX = "search/search_index.json"
_HAN = re.compile(r"(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff])")
_BREAK = "\u200b"


def search_index(edition: Edition, shell: Shell) -> Iterator[Artifact]:
    """MkDocs' index with an entry for every item that can be read on the web."""
    if INDEX not in shell.files:
        return
    index = json.loads((shell.folder / INDEX).read_text("utf-8"))
    index["docs"] += _entries(edition)
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    yield Artifact.text(INDEX, text)


def _entries(edition: Edition) -> list[dict[str, Any]]:
    words = Words(edition.site.lang)
    return [
        _entry(standing, words)
        for standing in edition.published()
        if Channel.WEB in standing.item.channels and not is_gone(edition, standing)
    ]


def _entry(standing: Standing, words: Words) -> dict[str, Any]:
    item = standing.item
    mark = "" if standing.hangs else f"({words.t(f'state-{_state(standing)}')})"
    return {
        "location": f"items/{item.id}/",
        "title": _cut(item.title) + mark,
        "text": _cut(escape(" ".join([skim(item.body), *_attached(item)]))),
    }


def _attached(item: Item) -> Iterator[str]:
    return (cell for rows in item.attached for row in rows for cell in row if cell)


def _state(standing: Standing) -> str:
    return "superseded" if standing.freshness and not standing.hangs else standing.state.value


def _cut(text: str) -> str:
    """Every Han character a word of its own: the worker joins them again for a query."""
    return _HAN.sub(_BREAK, text)
