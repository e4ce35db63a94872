"""``table/*``: tables that are not whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from gongkai.domain.finding import Finding
from gongkai.domain.model import Item
from gongkai.domain.text import Body, Node, tables_in
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
            if "｜" in body.text:
                yield from _wide(standing.item, body)


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


_WIDE_BELOW_HEAD = re.compile(r"[\s|｜:：—-]+")


def wide_tables(lines: list[str]) -> Iterator[int]:
    """The numbers of lines, from 0, that would stand below the head of a table if their bars were
    not full-width ones. Code is passed over."""
    is_code = False
    for number, line in enumerate(lines):
        is_code ^= line.lstrip().startswith(("```", "~~~"))
        is_below_head = "｜" in line and ("-" in line or "—" in line)
        if is_below_head and not is_code and _WIDE_BELOW_HEAD.fullmatch(line):
            yield number


def _wide(item: Item, body: Body) -> Iterator[Finding]:
    lines = body.text.split("\n")
    for number in wide_tables(lines):
        finding = about(item, "table/ragged", "body", "wide-bar")
        column = lines[number].index("｜") + 1
        yield structs.replace(finding, keys=(), line=body.line + number, column=column)


def _ragged(item: Item, table: Node) -> Iterator[Finding]:
    head, *rows = table.children
    for row in rows:
        if row.level != head.level:
            values = {"found": row.level, "expected": head.level}
            case = "below" if row.level == 1 else ""  # perhaps it is no row but the next paragraph
            finding = about(item, "table/ragged", "body", case, **values)
            yield structs.replace(finding, keys=(), line=row.line, column=row.column)
