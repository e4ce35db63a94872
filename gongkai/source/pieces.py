"""Front matter read a key at a time, so that what thousands of items have alike is read once.

A mapping at the left margin is the sum of its keys: where a line begins with a key, a text can be
cut, and what each piece means by itself it also means in the whole. That holds only as long as each
piece by itself is a mapping of one key, without any problem; where one is not, or where anything
else is unusual, the whole is read in the ordinary way, which also knows how to say what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from gongkai.source.item_shape import item_shape
from gongkai.source.shapes import Key, Reading, Record, is_empty
from gongkai.source.yaml import MappingNode, ScalarNode, compose, may_be_clever

_CUT = re.compile(r"\n(?=[^\s#-])")
_KNOWN = 4_000
"""Pieces that are remembered."""
_LONG = 600
"""Characters from which on a piece is not remembered: hardly two items share it."""
_OWN = ("title:", "标题:", "id:", "标识:")
"""How pieces begin that hardly two items share either."""


class _Piece(NamedTuple):
    """One key with what stands behind it; ``is_given`` is False for a key left empty."""

    key: Key
    value: Any
    is_given: bool
    line: int
    """Of the key, from 0 within the piece."""


class FrontMatter(NamedTuple):
    """The values of front matter by the names of their fields, and the line of each key, from 0."""

    values: dict[str, Any]
    lines: Mapping[str, int]


def _parts(text: str) -> list[str]:
    """A text cut before each line that begins with a key; what precedes the first goes with it."""
    first, *rest = _CUT.split(text)
    if rest and text[:1] in "#-\n":
        first, *rest = f"{first}\n{rest[0]}", *rest[1:]
    return [*(f"{part}\n" for part in (first, *rest[:-1])), rest[-1]] if rest else [first]


@cache
def pieces_of(zone: ZoneInfo) -> Pieces:
    """What reads items' front matter in a zone."""
    return Pieces(item_shape(zone))


class Pieces:
    """Reads mappings of a shape, and remembers the pieces they are made of."""

    def __init__(self, shape: Record) -> None:
        self.shape = shape
        self.needed = {key.field for key in shape.needed}
        self.known: dict[str, _Piece | None] = {}

    def read(self, text: str) -> FrontMatter | None:
        """Everything, or None where there is anything to say about it, or too much to see."""
        values: dict[str, Any] = {}
        lines: dict[str, int] = {}
        at = 0
        for part in _parts(text):
            piece = self._piece(part)
            if piece is None or piece.key.name in lines:
                return None
            lines[piece.key.name] = at + piece.line
            if piece.is_given:
                values[piece.key.field] = piece.value
            at += part.count("\n")
        return FrontMatter(values, lines) if self.needed <= values.keys() else None

    def _piece(self, text: str) -> _Piece | None:
        known = self.known
        if text in known:
            return known[text]
        if len(text) > _LONG or text.startswith(_OWN):
            return self._read(text)
        if len(known) >= _KNOWN:
            known.clear()
        piece = known[text] = self._read(text)
        return piece

    def _read(self, text: str) -> _Piece | None:
        if may_be_clever(text):
            return None
        node, _ = compose(text)
        if not isinstance(node, MappingNode) or len(node.value) != 1 or node.flow_style:
            return None
        name, value = node.value[0]
        key = self.shape.table.get(name.value) if isinstance(name, ScalarNode) else None
        if key is None or name.start_mark.column:
            return None
        reading, line = Reading(), name.start_mark.line
        if is_empty(value):
            return _Piece(key, None, False, line)
        found = key.shape.read(value, key.name, reading)
        return None if reading.problems else _Piece(key, found, True, line)
