"""What an .rtf file says while it is read: of characters, of paragraphs, of tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.source.word.cells import Row, WordCell, grid_of
from gongkai.source.word.gathered import Gathered
from gongkai.source.word.model import Block


@dataclass(frozen=True)
class RtfGroup:
    """What holds in a group until its end."""

    place: str = "body"
    font: int = 0
    size: float = 12.0
    colour: int = 0
    is_hidden: bool = False
    has_ground: bool = False
    is_struck: bool = False
    is_gone: bool = False
    is_new: bool = False
    height: str = ""
    skips: int = 1
    may_be_unknown: bool = False


@dataclass
class RtfParagraph:
    """The paragraph that is being read."""

    pieces: list[str] = field(default_factory=list)
    label: list[str] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    reds: list[bool] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    changes: list[tuple[str, str]] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    is_gone: bool | None = None
    """Was the last piece one that somebody took out, or put in? None if neither."""

    def change(self, text: str, *, is_gone: bool) -> None:
        """A piece that somebody changed; pieces that follow each other are one change."""
        if self.is_gone is is_gone:
            text = self.changes.pop()[1] + text
        self.changes.append(("changed", text))
        self.is_gone = is_gone


@dataclass
class ParagraphFormat:
    """What holds for paragraphs until it is said otherwise."""

    align: str = ""
    style: int = 0
    outline: int | None = None
    depth: int = 0
    table: int = 0
    has_ground: bool = False


@dataclass
class RtfTable:
    """A table that is being read: the edges of its cells as they are announced, and its rows."""

    edges: list[tuple[int, str]] = field(default_factory=list)
    merge: str = ""
    cell: list[Block] = field(default_factory=list)
    row: list[tuple[Block, ...]] = field(default_factory=list)
    rows: list[tuple[list[tuple[int, str]], list[tuple[Block, ...]]]] = field(default_factory=list)


class RtfStory:
    """A stream of paragraphs of its own: the body, a note, a header, a box."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.blocks: list[Block] = []
        self.line, self.look = RtfParagraph(), ParagraphFormat()
        self.tables: list[RtfTable] = []

    def table(self, depth: int, gathered: Gathered) -> RtfTable:
        """The table at a depth of tables in tables; deeper ones have ended."""
        self.end_tables(depth, gathered)
        while len(self.tables) < depth:
            self.tables.append(RtfTable())
        return self.tables[-1]

    def end_tables(self, depth: int, gathered: Gathered) -> None:
        """End the tables that lie deeper."""
        while len(self.tables) > depth:
            table = self.tables.pop()
            blocks = [*_grid(table, gathered), *table.cell]
            if self.tables:
                self.tables[-1].cell.extend(blocks)
            else:
                self.blocks += blocks


def _grid(table: RtfTable, gathered: Gathered) -> Iterator[Block]:
    edges = sorted({edge for row, _ in table.rows for edge, _ in row})
    rows = [row for row in (_cells(*row, edges) for row in table.rows) if row]
    first = next((block.number for row in rows for c in row for block in c.blocks), 0)
    if rows:
        yield from grid_of(rows, first, gathered)


def _cells(edges: list[tuple[int, str]], cells: list[tuple[Block, ...]], columns: list[int]) -> Row:
    """The cells of a row by the edges of the table's columns."""
    found: Row = []
    column = 0
    at = {edge: n + 1 for n, edge in enumerate(columns)}
    for n, blocks in enumerate(cells):
        edge, merge = edges[n] if n < len(edges) else (0, "")
        end = max(at.get(edge, column + 1), column + 1)
        if "clmrg" in merge.split() and found:
            last = found.pop()
            found.append(last._replace(wide=end - last.column, blocks=last.blocks + blocks))
        else:
            found.append(WordCell(column, end - column, "clvmrg" in merge.split(), blocks))
        column = end
    return found
