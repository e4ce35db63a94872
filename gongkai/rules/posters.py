"""``poster/*``: what cannot be put on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from gongkai.finding import Finding
from gongkai.glyphs import undrawable
from gongkai.model import Item
from gongkai.rules.found import about, judged
from gongkai.standing import Standings
from gongkai.terms import Channel

_NOT_PRINTED = {"path", "source", "images", "ignore", "archive", "reviewed"}


def check(standings: Standings) -> Iterator[Finding]:
    """Characters that no available font can draw, in items that hang on paper or will."""
    for standing in judged(standings):
        if Channel.POSTER in standing.item.channels:
            yield from _glyphs(standing.item)


def _glyphs(item: Item) -> Iterator[Finding]:
    missing = undrawable(" ".join(_texts(item)))
    if missing:
        codes = [f"{one} (U+{ord(one):04X})" for one in missing[:8]]
        where = next((k for k in ("title", "number") if undrawable(getattr(item, k) or "")), "body")
        yield about(item, "poster/glyph", where, "", characters=codes)


def _texts(item: Item) -> Iterator[str]:
    """Every text of an item that may be printed."""
    for name in type(item).__struct_fields__:
        if name not in _NOT_PRINTED:
            yield from _strings(msgspec.to_builtins(getattr(item, name)))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _strings(one)
