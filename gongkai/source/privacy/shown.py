"""What a reader sees of a body and of YAML, with the place where it stands in the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from gongkai.source.markdown import tree
from gongkai.source.privacy.digits import may_hold_numbers
from gongkai.source.privacy.numbers import LABEL, personal_numbers
from gongkai.source.privacy.rows import numbers_in_row
from gongkai.source.yaml import MappingNode, Node, ScalarNode, SequenceNode, compose, unreadable
from gongkai.text import Body, plain_text, tables_in
from gongkai.text import Node as Part


class Spotted(NamedTuple):
    """A number: the rule it breaks, the case of its sentence, its line and column in the file."""

    rule: str
    case: str
    line: int
    column: int


_SIGNS = ("&", "](", "\\", "<")
"""Entities, links, escapes and tags: what is shown is another text than was typed."""
_CELLS = re.compile(r"[0-9][^\S\n]*\|[^\S\n]*0[0-9]")
"""A cell that begins with 0 behind one that ends in a digit."""


def looks_risky(text: str) -> bool:
    """May a reader see a number that is not in the text as typed?"""
    if any(sign in text for sign in _SIGNS) or may_hold_numbers(text):
        return True
    if "|" not in text:
        return False
    begins_with_0 = "| 0" in text or "|0" in text
    return LABEL.search(text) is not None or (begins_with_0 and _CELLS.search(text) is not None)


def in_body(body: Body, allowed: Collection[str]) -> Iterator[Spotted]:
    """Numbers in the blocks of a body, and over the cells of its tables."""
    nodes = tree(body)
    for pieces in _blocks(nodes):
        text = "".join(piece for piece, _, _ in pieces)
        for one in personal_numbers(text, allowed):
            yield Spotted(one.rule, one.case, *_place(pieces, one.start))
    for table in tables_in(nodes):
        heads = [plain_text((cell,)).strip() for cell in table.children[0].children]
        for row in table.children:
            cells = [plain_text((cell,)).strip() for cell in row.children]
            for one in numbers_in_row(cells, heads, allowed):
                yield Spotted(one.rule, one.case, row.line, row.column)


_Pieces = list[tuple[str, int, int]]
_LINES = ("paragraph", "heading", "cell", "text", "block")


def _blocks(nodes: tuple[Part, ...]) -> Iterator[_Pieces]:
    """The blocks that hold text, each as its pieces with their places."""
    for node in nodes:
        if node.kind in _LINES:
            yield list(_pieces(node))
        else:
            yield from _blocks(node.children)


def _pieces(node: Part) -> Iterator[tuple[str, int, int]]:
    if node.kind in ("text", "code", "block"):
        yield node.text, node.line, node.column
    elif node.kind in ("soft", "hard"):
        yield "\n", node.line, node.column
    for child in node.children:
        yield from _pieces(child)


def _place(pieces: _Pieces, start: int) -> tuple[int, int]:
    """Where a sign of a block stands, as far as its piece is as it was typed."""
    for text, line, column in pieces:
        if start < len(text):
            return line + text.count("\n", 0, start), column + start
        start -= len(text)
    return pieces[-1][1:]


def in_scalars(text: str, allowed: Collection[str]) -> Iterator[Spotted]:
    """Numbers in the values of YAML, as they are after its escapes and folds."""
    if any(unreadable(text)):
        return  # no YAML, which is told elsewhere; as it was typed it has been searched
    first = 2 if text.startswith("---") else 1
    node, _ = compose(text.removeprefix("---").partition("\n---")[0].removeprefix("\n"), first)
    for scalar in _scalars(node) if node is not None else ():
        for one in personal_numbers(scalar.value, allowed):
            mark = scalar.start_mark
            yield Spotted(one.rule, one.case, mark.line + first, mark.column + 1)


def _scalars(node: Node) -> Iterator[ScalarNode]:
    todo = [node]
    while todo:
        one = todo.pop()
        if isinstance(one, ScalarNode):
            yield one
        elif isinstance(one, MappingNode):
            todo += [part for pair in one.value for part in pair]
        elif isinstance(one, SequenceNode):
            todo += one.value
