"""Bodies: what was written, without saying how it will look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import msgspec


class Node(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One node of a body. ``kind`` is one of paragraph, heading, quote, list, entry, table, row,
    cell, block (of code), rule, text, code, emph, strong, link, image, soft, hard.

    ``text`` is the literal of leaves, the address of links and the file name of images;
    ``level`` the level of headings, the first number of ordered lists (-1 for bullets), the number
    of cells typed in a row; ``align`` a letter a column: l, c, r or ``-``.
    """

    kind: str
    text: str = ""
    children: tuple[Node, ...] = ()
    line: int = 1
    column: int = 1
    level: int = 0
    align: str = ""


SUMS = ("合计", "总计", "共计")
"""What a row or column is called that adds up others."""
UNIT = re.compile(r"[(\uff08\[【]([^)\uff09\]】]*)[)\uff09\]】]")
"""The unit in a head, in brackets."""


class Body(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The text of a body as typed, and the line of the file on which it begins.

    It becomes a tree when somebody asks for one (``source.markdown.tree``); most are never asked.
    ``is_even`` says that it was looked at and has no tables with rows of different lengths.
    """

    text: str
    line: int = 1
    is_even: bool = False


_BEGINNING = re.compile(
    r"\n(?:(?=(?:[^\S\n]|:)*+-)(?:[^\S\n]|[:-])*+(?=\n|\Z)"
    r"|[^\S\n]*+(?:#{1,6} |> ?|[-+] |\d++[.)] ))"
)
_LINK = re.compile(r"!?\[|\]\([^)]{0,300}\)")
"""What begins a line, behind the end of the line before, which is found fast; and links. They never
go back over what they have seen, or not far: a text may be made to have them do just that."""


def skim(body: Body) -> str:
    """About what a reader reads, on one line and without making a tree: for summaries and search.

    Marks are left out by their look alone, so an asterisk of a masked name may go with them.
    """
    text = body.text
    for mark in "|*`\\":
        text = text.replace(mark, " ")
    if "](" in text:
        text = _LINK.sub(" ", text)
    return " ".join(_BEGINNING.sub("\n", "\n" + text).split())


def beginning(body: Body, most: int) -> str:
    """The first characters of what a reader reads, as far as the first part of a body has them; a
    body with links, which may be long, is looked through as a whole."""
    text = body.text
    return skim(body if "](" in text else Body(text[: 2 * most]))[:most]


_BLOCKS = {"paragraph", "heading", "quote", "list", "entry", "table", "row"}


def tables_in(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Every table of a body, in order."""
    for node in nodes:
        if node.kind == "table":
            yield node
        else:
            yield from tables_in(node.children)


class TableGrid(NamedTuple):
    """A table as texts: its heads and its rows."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def names(self) -> list[str]:
        """What its rows are called."""
        return [row[0] if row else "" for row in self.rows]


def grid_of(table: Node) -> TableGrid:
    """The texts of a table's cells."""
    heads, *rows = (
        tuple(plain_text((cell,)).strip() for cell in row.children) for row in table.children
    )
    return TableGrid(heads, tuple(rows))


def plain_text(nodes: tuple[Node, ...]) -> str:
    """What a reader reads, without marks: a line a block, cells separated by tabs."""
    parts = []
    for node in nodes:
        if node.kind in ("text", "code", "block"):
            parts.append(node.text)
        elif node.kind in ("soft", "hard"):
            parts.append("\n")
        else:
            inner = plain_text(node.children)
            end = {"cell": "\t"}.get(node.kind, "\n" if node.kind in _BLOCKS else "")
            parts.append(inner.rstrip("\n") + end)
    return "".join(parts)


def width_of(text: str) -> float:
    """The width of a text in Han characters; Latin letters and digits are about half as wide, and
    a narrow space stands where the two meet."""
    if text.isascii():
        return 0.56 * len(text)
    if min(text) >= _WIDE:
        return float(len(text))
    narrow = [character < _WIDE for character in text]
    meetings = sum(flag != other for flag, other in pairwise(narrow))
    count = sum(narrow)
    return count * 0.56 + (len(text) - count) + meetings * 0.25


_WIDE = "\u2e80"
"""The first character that is as wide as a Han character."""
