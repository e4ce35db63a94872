"""Many texts in pieces, of which a browser fetches only those that may have what was typed.

Which they are is told by the pairs of characters that each piece has. A long text lies in several
pieces, each of which begins with the end of the one before, so that no word is torn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from gongkai.render.artifact import Artifact
from gongkai.render.web.folded import pairs

FOLDER = "search"
LENGTH = 8_000
"""Characters of a piece, and of a file of texts, at the most: about 24 KB."""
OVERLAP = 40
"""Characters at the end of a piece that stand in the next one too."""
SHARD = 4_000
"""Characters of texts for each file of pairs, which is then about 10 KB; of figures twice that."""


class SearchLine(NamedTuple):
    """An item as it is found; ``mark`` is what is said of what is past."""

    id: str
    title: str
    text: str
    mark: str = ""


class Layout(msgspec.Struct, frozen=True):
    """Where the pieces lie: the number of files of ``pairs``, the first piece of each file of
    texts, and the pieces that go on with the text before."""

    pairs: int
    starts: list[int]
    more: list[int]

    def paths(self) -> Iterator[str]:
        """All files that there are."""
        yield from (f"{FOLDER}/texts/{number}.json" for number in range(len(self.starts)))
        yield from (f"{FOLDER}/pairs/{number}.json" for number in range(self.pairs))


def lay_out(lengths: Sequence[int]) -> Layout:
    """How texts of such lengths, in characters, are laid out."""
    starts, more, room, at = list[int](), list[int](), 0, 0
    for length in lengths:
        for part in range(_parts(length)):
            size = max(1, min(length, LENGTH))
            if size > room:
                starts.append(at)
                room = LENGTH
            room -= size
            more += [at] if part else []
            at += 1
    return Layout(1 + sum(lengths) // SHARD, starts, more)


def piece_files(lines: Sequence[SearchLine], lengths: Sequence[int]) -> Iterator[Artifact]:
    """The files of a layout."""
    layout = lay_out(lengths)
    pieces = [
        piece for line, length in zip(lines, lengths, strict=True) for piece in _cut(line, length)
    ]
    ends = [*layout.starts[1:], len(pieces)]
    made = [
        msgspec.json.encode([piece[:3] for piece in pieces[start:end]])
        for start, end in zip(layout.starts, ends, strict=True)
    ]
    made += map(
        msgspec.json.encode, pairs(((piece.title, piece.text) for piece in pieces), layout.pairs)
    )
    for path, data in zip(layout.paths(), made, strict=True):
        yield Artifact(path, data + b"\n")


def _parts(length: int) -> int:
    return max(1, -(-length // LENGTH))


def _cut(line: SearchLine, length: int) -> Iterator[SearchLine]:
    """A text in as many pieces as its layout has."""
    step = -(-len(line.text) // _parts(length))
    for part in range(_parts(length)):
        start = max(0, part * step - OVERLAP)
        yield SearchLine(line.id, line.title, line.text[start : (part + 1) * step])
