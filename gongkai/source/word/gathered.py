"""What is gathered while a document is read: how many paragraphs there were, what keeps it from
being taken over, and what is to be told."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.source.word.model import Block, Objection, Paragraph, Remark, WordTable, quote

_MOST = 20
"""Objections and texts of one kind; more help nobody."""


class Gathered:
    """Notes of a reader. ``accepts`` takes a document as it is with all changes accepted and
    without comments; ``takes_hidden`` takes texts that nobody sees."""

    def __init__(self, *, accepts: bool = False, takes_hidden: bool = False) -> None:
        self.accepts, self.takes_hidden = accepts, takes_hidden
        self.number = 0
        self._objections: dict[str, list[Objection]] = {}
        self._remarks: dict[str, list[str]] = {}

    def next(self) -> int:
        """The number of the next filled paragraph."""
        self.number += 1
        return self.number

    def object(self, key: str, number: int, text: str = "") -> None:
        """Something at a paragraph keeps the document from being taken over."""
        found = self._objections.setdefault(key, [])
        if len(found) < _MOST:
            found.append(Objection(key, number, quote(text)))

    def remark(self, key: str, text: str = "") -> None:
        """Something is to be told; an empty text adds only that there was something."""
        found = self._remarks.setdefault(key, [])
        plain = " ".join(text.split())
        if plain and len(found) < _MOST and plain not in found:
            found.append(plain)

    def change(self, kind: str, number: int, text: str) -> None:
        """Somebody's change or comment: refused, or told where it was accepted."""
        if self.accepts:
            self.remark(f"accepted-{kind}", text)
        else:
            self.object(kind, number, text)

    @property
    def objections(self) -> tuple[Objection, ...]:
        """In the order of their paragraphs."""
        every: Iterable[Objection] = (
            objection for some in self._objections.values() for objection in some
        )
        return tuple(sorted(every, key=lambda one: one.number))

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """In the order in which they were first made."""
        return tuple(Remark(key, tuple(texts)) for key, texts in self._remarks.items())


def note_text(blocks: Iterable[Block], gathered: Gathered) -> str:
    """What a note says, a line for each paragraph and for each row of a table."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.whole)
        elif isinstance(block, WordTable):
            lines += ["\u3000".join(filter(None, row)) for row in block.rows]
        else:
            gathered.remark("note-picture")
    return "\n".join(line for text in lines for line in text.split("\n") if line)
