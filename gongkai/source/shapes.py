"""Shapes: what may stand under a key, how it is read, and what to say when it is something else.

A shape reads one node of the YAML tree and returns a value, or BAD after noting every problem in
the ``Reading``. Nothing stops at the first mistake.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Protocol

from gongkai.domain.finding import Both
from gongkai.source.problems import Mistake, Problem
from gongkai.source.yaml import MappingNode, Node, ScalarNode, SequenceNode

Spot = tuple[int, int]
"""Line and column, from 1."""

_WIDE_KEY = re.compile(r"[，；、,;]\s*(\w+)\s*：")

BAD: Any = object()
"""Returned by a shape after it noted why there is no value."""

MOST = 5_000
"""Entries in one list; more is a mistake or an attack."""


class Reading:
    """One file being read: its problems so far, and where each key stands."""

    def __init__(self, first_line: int = 1) -> None:
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.nodes: dict[str, Node] = {}

    @property
    def spots(self) -> dict[str, Spot]:
        """Where each key stands; few files are ever asked."""
        return {trail: self.spot(node) for trail, node in self.nodes.items()}

    def spot(self, node: Node) -> Spot:
        """Where a node begins."""
        mark = node.start_mark
        return mark.line + self.first_line, mark.column + 1

    def wrong(self, node: Node, rule: str, case: str, **values: object) -> Any:
        """Note a problem at a node; returns BAD, so that a shape can return it in turn."""
        self.problems.append(Problem(rule, *self.spot(node), case, values))
        return BAD


class Shape(Protocol):
    """Reads one node; ``trail`` is the dotted path of keys that leads to it."""

    def read(self, node: Node, trail: str, reading: Reading) -> Any:
        """The value, or BAD when problems were noted."""
        ...


class Scalar:
    """One value on one line, read by a function that raises Mistake.

    What a text means depends on the text alone, and thousands of items share a few dozen
    departments and days, so the last answers are remembered.
    """

    def __init__(self, parse: Callable[[str], Any]) -> None:
        self.reads = parse
        self.parse = lru_cache(maxsize=1024)(parse)

    def read(self, node: Node, trail: str, reading: Reading) -> Any:
        if not isinstance(node, ScalarNode):
            return reading.wrong(node, "format/type", "scalar", key=_last(trail))
        try:
            return self.parse(node.value)
        except Mistake as mistake:
            values = {"key": _last(trail), **mistake.values}
            return reading.wrong(node, mistake.rule, mistake.case, **values)


class Choice(Scalar):
    """One of a list of words, in either language."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        super().__init__(self._pick)
        self.words = words

    def _pick(self, text: str) -> Any:
        if text in self.words:
            return self.words[text]
        raise Mistake("format/unknown-value", "choice", **nearest(text, self.words))


class ListOf:
    """A list, every entry of one shape."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def read(self, node: Node, trail: str, reading: Reading) -> Any:
        if not isinstance(node, SequenceNode):
            near = self.shape.written() if isinstance(self.shape, Record) else ""
            return reading.wrong(node, "format/type", "list", key=_last(trail), near=near)
        if len(node.value) > MOST:
            return reading.wrong(node, "format/type", "too-many", key=_last(trail), most=MOST)
        values = []
        for number, entry in enumerate(node.value):
            here = f"{trail}.{number}"
            reading.nodes[here] = entry
            values.append(self.shape.read(entry, here, reading))
        return BAD if BAD in values else tuple(values)


class Either:
    """A word or list read by one shape, a mapping read by another; ``many`` allows a list of it."""

    def __init__(self, scalar: Shape, mapping: Shape | None = None, many: Shape | None = None):
        self.scalar, self.mapping, self.many = scalar, mapping, many

    def read(self, node: Node, trail: str, reading: Reading) -> Any:
        if isinstance(node, MappingNode) and self.mapping:
            return self.mapping.read(node, trail, reading)
        if isinstance(node, SequenceNode) and self.many:
            return self.many.read(node, trail, reading)
        return self.scalar.read(node, trail, reading)


class Key:
    """One key of a mapping: its English and Chinese names, its shape, whether it must be there."""

    def __init__(self, name: str, chinese: str, shape: Shape, field: str = "", need: bool = False):
        self.name, self.chinese, self.shape, self.need = name, chinese, shape, need
        self.field = field or name


class Record:
    """A mapping with known keys, built into a value by ``build``.

    A lenient one builds what it can from the keys that are right, so that what depends on them can
    still be judged; the reading's problems tell that it isn't whole.
    """

    def __init__(self, build: Callable[..., Any], *keys: Key, lenient: bool = False) -> None:
        self.build = build
        self.lenient = lenient
        self.keys = keys
        self.table = {word: key for key in keys for word in (key.name, key.chinese)}
        self.needed = [key for key in keys if key.need]

    def read(self, node: Node, trail: str, reading: Reading) -> Any:
        if not isinstance(node, MappingNode):
            values = {"key": _last(trail), "near": self.written()}
            return reading.wrong(node, "format/type", "mapping", **values)
        found = self._pairs(node, trail, reading)
        for key in self.needed:
            if key.field not in found:
                at = self.place_of(node, key)
                reading.wrong(at, "format/missing", "", key=key.name, chinese=key.chinese)
                found[key.field] = BAD
        if BAD in found.values():
            if not self.lenient:
                return BAD
            found = {name: value for name, value in found.items() if value is not BAD}
        return self.build(**found)

    def written(self) -> Both:
        """How it is typed: the keys that must be there, or the first few."""
        keys = self.needed or self.keys[:3]
        shown = [
            ", ".join(f"{word}: …" for word in words)
            for words in ([key.chinese for key in keys], [key.name for key in keys])
        ]
        return Both(f"{{{shown[0]}}}", f"{{{shown[1]}}}")

    def _pairs(self, node: MappingNode, trail: str, reading: Reading) -> dict[str, Any]:
        """Known keys, by the names of their fields, with their values; a key left empty counts as
        not given."""
        found: dict[str, Any] = {}
        seen: dict[str, str] = {}
        start = f"{trail}." if trail else ""
        for name_node, value_node in node.value:
            word = name_node.value if isinstance(name_node, ScalarNode) else None
            key = self.table.get(word) if word is not None else None
            if key is None:
                found[f"\0{len(found)}"] = self._unknown(name_node, word, reading)
            elif key.name in seen:
                first = seen[key.name]
                reading.wrong(name_node, "format/duplicate-key", "", key=word, first=first)
                found[key.field] = BAD
            else:
                seen[key.name] = str(word)
                here = start + key.name
                reading.nodes[here] = name_node
                if node.flow_style and self._holds_key(value_node):
                    found[key.field] = reading.wrong(value_node, "format/syntax", "wide-colon")
                elif not is_empty(value_node):
                    found[key.field] = key.shape.read(value_node, here, reading)
        return found

    def _holds_key(self, node: Node) -> bool:
        """Does the next key stand in a value, since comma and colon before it are full-width?"""
        is_plain = isinstance(node, ScalarNode) and not node.style
        parts = _WIDE_KEY.findall(node.value) if is_plain and "：" in node.value else ()
        return any(word in self.table for word in parts)

    def _unknown(self, node: Node, word: str | None, reading: Reading) -> Any:
        if word is None:
            return reading.wrong(node, "format/syntax", "complex-key")
        wide = word.split("：")[0].strip()
        if "：" in word and wide in self.table:
            return reading.wrong(node, "format/syntax", "wide-colon")
        values = nearest(word, self.table)
        return reading.wrong(node, "format/unknown-key", "", **values)

    def place_of(self, node: MappingNode, key: Key) -> Node:
        """Where a key would stand: the empty key itself when it was typed, else the mapping."""
        names = (key.name, key.chinese)
        return next((k for k, _ in node.value if getattr(k, "value", None) in names), node)


_NOTHING = ("", "~", "null")


def is_empty(node: Node) -> bool:
    """A key with nothing behind it (or ``~``): not given."""
    return node.value in _NOTHING and isinstance(node, ScalarNode) and not node.style


def nearest(word: str, words: Iterable[str]) -> dict[str, object]:
    """The word as found, and the known one most like it (or an empty text)."""
    known = list(words)
    shown = word if len(word) <= 40 else word[:40] + "…"
    plain = unicodedata.normalize("NFKC", word).lower()
    close = get_close_matches(plain, known, 1, 0.5) if len(word) <= 60 else []
    return {"found": shown, "near": close[0] if close else "", "known": known}


def _last(trail: str) -> str:
    return next((part for part in reversed(trail.split(".")) if not part.isdigit()), trail)
