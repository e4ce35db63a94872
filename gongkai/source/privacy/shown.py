"""What a reader sees of a body and of YAML, with the place where it stands in the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from gongkai.domain.text import Body, plain_text, tables_in
from gongkai.domain.text import Node as Part
from gongkai.source.blocks import blocks
from gongkai.source.markdown import html_of, tree
from gongkai.source.privacy.digits import BLANKS, MARKS, UNSEEN, may_hold_numbers
from gongkai.source.privacy.numbers import LABEL, TURNING, personal_numbers
from gongkai.source.privacy.rows import BOXES, numbers_in_row, numbers_in_table
from gongkai.source.yaml import MappingNode, Node, ScalarNode, SequenceNode, compose, unreadable


class Spotted(NamedTuple):
    """A number: the rule it breaks, the case of its sentence, its line and column in the file."""

    rule: str
    case: str
    line: int
    column: int


_SIGNS = ("&", "](", "][", "]:", "\\", "<")
"""Entities, links, escapes and tags: what is shown is another text than was typed."""
_GAP = rf"[{BLANKS}{UNSEEN}{MARKS}*~]*+"
_CELLS = re.compile(rf"\|{_GAP}0[{MARKS}*~]*+[0-9]")
"""A cell that begins with 0 and another digit."""
_BOXES = re.compile(rf"(?:\|{_GAP}\d{_GAP}){{{BOXES - 2}}}")
"""So many cells of a digit each that they could be those of one number."""


def looks_risky(text: str) -> bool:
    """May a reader see a number that is not in the text as typed?"""
    if any(sign in text for sign in _SIGNS) or may_hold_numbers(text):
        return True
    if "|" not in text:
        return False
    return any(pattern.search(text) is not None for pattern in (LABEL, _CELLS, _BOXES))


_ALT = re.compile(r'<img [^>]*?alt="([^"]*)"[^>]*>')
_QUOTED = re.compile(r'<a href="[^"]*%')
_WITHIN = re.compile(r"</?(?:em|strong|code|a)\b[^>]*>")
_CELL = re.compile(r"<t[dh]\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


_TABLE, _ROW = (re.compile(rf"<{name}>(.*?)</{name}>", re.DOTALL) for name in ("table", "tr"))


def _tables(html: str) -> Iterator[list[list[str]]]:
    """The cells of each table as a reader sees them."""
    for table in _TABLE.findall(html):
        rows = [_CELL.split(row)[1:] for row in _ROW.findall(table)]
        yield [[unescape(_TAG.sub("", cell)).strip() for cell in row] for row in rows]


def _may_show_numbers(text: str) -> bool:
    """A quick look at what a reader sees of a body, without a tree: a cell behind a bar, a block on
    a line of its own. It sees a number sooner than those who look closely."""
    made = html_of(text)
    html = _WITHIN.sub("", _ALT.sub(r"\1", made))
    if _QUOTED.search(made) or any(any(numbers_in_table(rows)) for rows in _tables(html)):
        return True
    seen = unescape(_TAG.sub("\n", _CELL.sub("|", html).replace("</td>", "").replace("</th>", "")))
    if may_hold_numbers(seen) or LABEL.search(seen) or TURNING.search(seen):
        return True
    return "|" in seen and any(pattern.search(seen) is not None for pattern in (_CELLS, _BOXES))


def in_body(body: Body, allowed: Collection[str]) -> Iterator[Spotted]:
    """Numbers in the blocks of a body, and over the cells of its tables."""
    if _may_show_numbers(body.text):
        yield from looked_closely(body, allowed)


def looked_closely(body: Body, allowed: Collection[str]) -> Iterator[Spotted]:
    """The same by the tree of a body, which takes ten times as long as the look before it."""
    nodes = tree(body)
    for block in blocks(nodes):
        text = block.text
        for number in personal_numbers(text, allowed):
            yield Spotted(number.rule, number.case, *block.place(number.start))
    for link in _links(nodes):
        for number in personal_numbers(unquote(link.text), allowed):
            yield Spotted(number.rule, number.case, link.line, link.column)
    for entries in _lists(nodes):
        cells = [plain_text((entry,)).strip() for entry in entries]
        for personal in numbers_in_row(cells, (), allowed):
            first = entries[personal.start]
            yield Spotted(personal.rule, personal.case, first.line, first.column)
    for table in tables_in(nodes):
        heads = [plain_text((cell,)).strip() for cell in table.children[0].children]
        rows: list[list[str]] = []
        for row in table.children:
            cells = [plain_text((cell,)).strip() for cell in row.children]
            for personal in numbers_in_row(cells, heads, allowed):
                yield Spotted(personal.rule, personal.case, row.line, row.column)
            rows.append(cells)
        for personal in numbers_in_table(rows, allowed):
            yield Spotted(personal.rule, personal.case, table.line, table.column)


def _links(nodes: tuple[Part, ...]) -> Iterator[Part]:
    """Links whose address is another one for a browser than it looks."""
    for node in nodes:
        if node.kind == "link" and "%" in node.text:
            yield node
        yield from _links(node.children)


def _lists(nodes: tuple[Part, ...]) -> Iterator[tuple[Part, ...]]:
    """The entries of each list, and paragraphs one below another."""
    yield tuple(node for node in nodes if node.kind in ("paragraph", "entry"))
    for node in nodes:
        if node.kind in ("list", "quote", "entry"):
            yield from _lists(node.children)


def folds(text: str) -> bool:
    """May a value of YAML be another than it was typed: by escapes, or by lines left out?"""
    return "\\" in text or "\n\n" in text.partition("\n---")[0]


def in_scalars(text: str, allowed: Collection[str]) -> Iterator[Spotted]:
    """Numbers in the values of YAML, as they are after its escapes and folds."""
    if any(unreadable(text)):
        return  # no YAML, which is told elsewhere; as it was typed it has been searched
    first = 2 if text.startswith("---") else 1
    node, _ = compose(text.removeprefix("---").partition("\n---")[0].removeprefix("\n"), first)
    for scalar in _scalars(node) if node is not None else ():
        for number in personal_numbers(scalar.value, allowed):
            mark = scalar.start_mark
            yield Spotted(number.rule, number.case, mark.line + first, mark.column + 1)


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
