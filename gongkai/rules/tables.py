"""``table/*``: tables that are not whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from gongkai.domain.finding import Finding
from gongkai.domain.model import Item
from gongkai.domain.text import Node, tables_in
from gongkai.rules.found import about
from gongkai.source.markdown import tree
from gongkai.status.standing import Standings


def check(standings: Standings) -> Iterator[Finding]:
    """Rows of another length than their head: a cell was lost, or one too many typed."""
    for standing in standings.all():
        for body in standing.item.bodies:
            if not body.is_even:
                for table in tables_in(tree(body)):
                    yield from _ragged(standing.item, table)


def skimmed(text: str) -> Iterator[tuple[int, tuple[tuple[str, ...], ...]]]:
    """About the tables of a body, without making a tree: each with the line of its head, from 0.
    Cells hold their marks, so whoever finds something looks closely before saying so."""
    rows: list[tuple[str, ...]] = []
    for number, line in enumerate((*text.split("\n"), "")) if "|" in text else ():
        if "|" in line:
            rows.append(tuple(cell.strip(" \t") for cell in line.strip().strip("|").split("|")))
        elif rows:
            yield number - len(rows), tuple(rows[:1] + rows[2:])
            rows = []


def barred(text: str) -> Iterator[tuple[int, tuple[tuple[str, ...], ...]]]:
    """The same of whatever looks like a table, with a line of hyphens below its head or without."""
    for line, rows in skimmed(text):
        typed = text.split("\n")[line : line + 2]
        if len(typed) == 2 and "|" in typed[1] and not _BELOW_HEAD.fullmatch(typed[1]):
            row = tuple(cell.strip(" \t") for cell in typed[1].strip().strip("|").split("|"))
            rows = (rows[0], row, *rows[1:])
        yield line, rows


_BELOW_HEAD = re.compile(r"[\s|:-]+")


def _ragged(item: Item, table: Node) -> Iterator[Finding]:
    head, *rows = table.children
    for row in rows:
        if row.level != head.level:
            values = {"found": row.level, "expected": head.level}
            case = "below" if row.level == 1 else ""  # perhaps it is no row but the next paragraph
            finding = about(item, "table/ragged", "body", case, **values)
            yield structs.replace(finding, keys=(), line=row.line, column=row.column)
