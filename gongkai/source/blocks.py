"""The blocks of a body as a reader sees them, with the place of every sign in the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gongkai.domain.text import Node

_LINES = ("paragraph", "heading", "cell", "text", "block")


class TextPiece(NamedTuple):
    """Text between two marks, and the line and column where it begins."""

    text: str
    line: int
    column: int


class TextBlock(NamedTuple):
    """A paragraph, a heading, a cell or code, in pieces."""

    pieces: tuple[TextPiece, ...]

    @property
    def text(self) -> str:
        """What a reader reads."""
        return "".join(piece.text for piece in self.pieces)

    def place(self, start: int) -> tuple[int, int]:
        """Line and column of a sign, as far as its piece is as it was typed."""
        for text, line, column in self.pieces:
            if start < len(text):
                return line + text.count("\n", 0, start), column + start
            start -= len(text)
        return self.pieces[-1][1:] if self.pieces else (1, 1)


def blocks(nodes: tuple[Node, ...]) -> Iterator[TextBlock]:
    """Every block that holds text, in order."""
    for node in nodes:
        if node.kind in _LINES:
            yield TextBlock(tuple(_pieces(node)))
        else:
            yield from blocks(node.children)


def _pieces(node: Node) -> Iterator[TextPiece]:
    if node.kind in ("text", "code", "block"):
        yield TextPiece(node.text, node.line, node.column)
    elif node.kind in ("soft", "hard"):
        yield TextPiece("\n", node.line, node.column)
    for child in node.children:
        yield from _pieces(child)
