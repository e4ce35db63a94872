"""The parts that a file consists of, made from the shape that reads it, and what stands in them.

What is said is plain: a text, a list of texts, pairs, groups by the English names of their keys, or
rows of groups. Both languages and every way to write a value mean the same here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from gongkai.source.scalars import FLAG
from gongkai.source.shapes import Choice, Either, Key, ListOf, Record, Scalar, is_empty
from gongkai.source.tables import FreeMapping
from gongkai.source.yaml import MappingNode, Node, ScalarNode, SequenceNode

BODIES = ("body", "body_en")
"""Keys of texts in Markdown, whose blanks and lines mean something."""
UNKNOWN = "?"
"""What stands before a key that the shape does not know."""
WORD = ""
"""The name under which a group says that a word stands in its place."""
YES = "是"

Said = Any
"""None, a text, a list of texts or of groups, a group or pairs; or Odd."""


class Odd(NamedTuple):
    """What stands where the shape has no place for it; it is left as it is."""

    tree: Any


class ShownText(NamedTuple):
    """One text; ``words`` leads from each word that may be typed to the one that is shown."""

    words: Mapping[str, str] = {}
    is_flag: bool = False
    is_body: bool = False
    shape: Any = None


class WordList(NamedTuple):
    """A list of texts."""

    of: ShownText


class Pairs(NamedTuple):
    """Free names, each with a text."""

    of: ShownText


class KeyGroup(NamedTuple):
    """Keys with their parts. In its place may stand a ``word``; any other text is its first key."""

    keys: tuple[tuple[Key, Any], ...]
    word: ShownText | None = None

    @property
    def table(self) -> Mapping[str, tuple[Key, Part]]:
        """The keys by both of their names."""
        return {word: pair for pair in self.keys for word in (pair[0].name, pair[0].chinese)}


class Rows(NamedTuple):
    """A list of groups."""

    of: KeyGroup


class Rest(NamedTuple):
    """What no form shows, such as free names with more than a text each."""


Part = ShownText | WordList | Pairs | KeyGroup | Rows | Rest


def part_of(shape: Any, name: str = "") -> Part:
    """The part that a shape reads."""
    match shape:
        case Record():
            return KeyGroup(tuple((key, part_of(key.shape, key.name)) for key in shape.keys))
        case Choice():
            return ShownText(_shown(shape), shape=shape)
        case Scalar():
            words = dict.fromkeys(("true", "True", YES), YES) if shape is FLAG else {}
            words |= dict.fromkeys(("false", "False", "否"), "") if shape is FLAG else {}
            return ShownText(words, shape is FLAG, name in BODIES, shape)
        case ListOf():
            inner = part_of(shape.shape)
            if isinstance(inner, KeyGroup):
                return Rows(inner)
            return WordList(inner) if isinstance(inner, ShownText) else Rest()
        case FreeMapping():
            inner = part_of(shape.shape)
            return Pairs(inner) if isinstance(inner, ShownText) else Rest()
        case Either():
            return _either(shape)
    return Rest()


def _either(shape: Either) -> Part:
    """What is written as a word, a mapping or a list is asked for as the fullest of them."""
    parts = [part_of(one) for one in (shape.mapping, shape.scalar, shape.many) if one]
    kinds = (Rows, WordList, KeyGroup, Pairs, ShownText, Rest)
    found = next(part for kind in kinds for part in parts if isinstance(part, kind))
    word = part_of(shape.scalar) if isinstance(shape.scalar, Choice) else None
    if isinstance(found, KeyGroup) and isinstance(word, ShownText):
        return found._replace(word=word)
    return found


def _shown(shape: Choice) -> Mapping[str, str]:
    """Each word of a choice with the Chinese one of its value, or the first there is."""
    shown: list[tuple[Any, str]] = []
    for word, value in shape.words.items():
        at = next((n for n, (one, _) in enumerate(shown) if one == value), None)
        if at is None:
            shown.append((value, word))
        elif shown[at][1].isascii() and not word.isascii():
            shown[at] = (value, word)
    return {word: next(w for v, w in shown if v == value) for word, value in shape.words.items()}


def said(part: Part, node: Node | None) -> Said:
    """What a node says in the terms of a part; None for nothing."""
    if node is None or is_empty(node):
        return None
    match part:
        case ShownText():
            return _text(part, node)
        case WordList():
            nodes = node.value if isinstance(node, SequenceNode) else [node]
            texts = [_text(part.of, one) for one in nodes]
            is_plain = all(isinstance(text, str) and "\n" not in text for text in texts)
            return (texts or None) if is_plain else Odd(_tree(node))
        case Pairs():
            return _pairs(part, node)
        case Rows():
            nodes = node.value if isinstance(node, SequenceNode) else [node]
            rows = [said(part.of, one) for one in nodes]
            if isinstance(node, SequenceNode) and not rows:
                return None
            is_plain = all(isinstance(row, dict) for row in rows)
            return rows if is_plain else Odd(_tree(node))
        case KeyGroup():
            return _group(part, node)
        case Rest():
            return Odd(_tree(node))


def _text(part: ShownText, node: Node) -> Said:
    if not isinstance(node, ScalarNode):
        return Odd(_tree(node))
    if part.is_body:
        return node.value.strip("\n") or None
    text = node.value.strip()
    return part.words.get(text, text) or None


def _pairs(part: Pairs, node: Node) -> Said:
    if not isinstance(node, MappingNode):
        return Odd(_tree(node))
    texts = {getattr(k, "value", None): _text(part.of, v) for k, v in node.value}
    is_plain = all(
        isinstance(k, str) and k.strip() == k and isinstance(v, str) and "\n" not in v
        for k, v in texts.items()
    )
    return (texts or None) if is_plain and len(texts) == len(node.value) else Odd(_tree(node))


def _group(part: KeyGroup, node: Node) -> Said:
    if isinstance(node, ScalarNode):
        text = _text(part.word or ShownText(), node)
        return {WORD if part.word else part.keys[0][0].name: text}
    if not isinstance(node, MappingNode):
        return Odd(_tree(node))
    found: dict[str, Said] = {}
    for name, value in node.value:
        word = name.value if isinstance(name, ScalarNode) else None
        key, inner = part.table.get(word or "", (None, None))
        trail = key.name if key else f"{UNKNOWN}{word}"
        if trail in found or word is None:
            return Odd(_tree(node))
        what = said(inner, value) if inner else Odd(_tree(value))
        found[trail] = what
    return {name: value for name, value in found.items() if value is not None} or None


def _tree(node: Node) -> Any:
    """A node as plain values, to be compared."""
    if isinstance(node, MappingNode):
        return tuple((_tree(name), _tree(value)) for name, value in node.value)
    if isinstance(node, SequenceNode):
        return ("-", *(_tree(one) for one in node.value))
    return str(node.value)
