"""Text without any looks: its lines, and what blanks before them say."""

from __future__ import annotations

from gongkai.source.word.gathered import Gathered
from gongkai.source.word.model import Document, Paragraph
from gongkai.source.workbook.delimited import decoded

_FAR = 16
"""Blanks of half a Han character before a line that stands at the right."""


def read_plain(data: bytes, gathered: Gathered) -> Document:
    """The text in the bytes of a file. Unreadable when it is in no coding that offices use."""
    lines = decoded(data).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    blocks = tuple(_paragraph(line, gathered.next()) for line in lines if line.strip())
    return Document(blocks)


def _paragraph(line: str, number: int) -> Paragraph:
    text = line.strip()
    before = line[: len(line) - len(line.lstrip())]
    far = sum(2 if sign == "\u3000" else 4 if sign == "\t" else 1 for sign in before)
    return Paragraph(text, number, align="right" if far >= _FAR else "")
