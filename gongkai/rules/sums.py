"""``table/total``: a sum row or column that does not add up.

Rows whose first cell says exactly 合计, 总计 or 共计, and columns headed so, over their left
neighbours of the same unit. Shares, rates and averages add up to nothing and are left alone; so are
columns in which something cannot be read as a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from msgspec import structs

from gongkai.domain.finding import Finding
from gongkai.domain.model import Item
from gongkai.domain.text import SUMS, UNIT, Node, plain_text, tables_in
from gongkai.rules.found import about, judged
from gongkai.rules.tables import skimmed
from gongkai.source.markdown import tree
from gongkai.status.standing import Standings

_PART = re.compile(r"小计|其中")
_RATE = re.compile(r"率|比|均|占|%|\uff05|单价|序号|编号|年|月|日期")
_EMPTY = ("", "-", "—", "——", "/", "无")


class Wrong(NamedTuple):
    """A sum that does not: its row and column from 0, as it was typed, and as it adds up."""

    row: int
    column: int
    found: Decimal
    expected: Decimal


def check(standings: Standings) -> Iterator[Finding]:
    """Every sum that does not add up, in bodies and attached tables of what is up or will be; what
    was up is evidence, and mended by a correction."""
    for standing in judged(standings):
        item = standing.item
        for body in item.bodies:
            if _may_be_wrong(body.text):
                for table in tables_in(tree(body)):
                    yield from _in_body(item, table)
        for number, rows in enumerate(item.attached):
            for wrong in wrong_sums(rows):
                yield _finding(item, rows, wrong, f"tables.{number}")


@lru_cache(maxsize=1 << 14)  # a preview asks again after every save, of texts that did not change
def _may_be_wrong(text: str) -> bool:
    """A quick look at the lines of a body, without a tree: is there a sum that may not add up?"""
    if not any(one in text for one in SUMS):
        return False
    return any(wrong_sums(rows) or "*" in str(rows) or "\\|" in text for _, rows in skimmed(text))


def _in_body(item: Item, table: Node) -> Iterator[Finding]:
    rows = tuple(
        tuple(plain_text((cell,)).strip() for cell in row.children) for row in table.children
    )
    for wrong in wrong_sums(rows):
        row = table.children[wrong.row]
        finding = _finding(item, rows, wrong, "body")
        yield structs.replace(finding, keys=(), line=row.line, column=row.column)


def _finding(item: Item, rows: tuple[tuple[str, ...], ...], wrong: Wrong, keys: str) -> Finding:
    label, head = rows[wrong.row][0], rows[0][wrong.column]
    values = {"label": label, "head": head, "found": wrong.found, "expected": wrong.expected}
    return about(item, "table/total", keys, "", **values)


def wrong_sums(rows: tuple[tuple[str, ...], ...]) -> tuple[Wrong, ...]:
    """The sums of a table that do not add up; rows of other lengths are another rule's matter."""
    if len(rows) < 3 or any(len(row) != len(rows[0]) for row in rows):
        return ()
    return (*_wrong_rows(rows), *_wrong_columns(rows))


def _wrong_rows(rows: tuple[tuple[str, ...], ...]) -> Iterator[Wrong]:
    since = 1
    for number, row in enumerate(rows[1:], 1):
        if row[0] not in SUMS:
            continue
        above = [row for row in rows[since:number] if not _PART.match(row[0])]
        for column in range(1, len(row)):
            if above and not _RATE.search(UNIT.sub("", rows[0][column])):
                expected = _total(pair[column] for pair in above)
                found = number_of(row[column])
                if expected is not None and found is not None and expected != found:
                    yield Wrong(number, column, found, expected)
        since = number + 1


def _wrong_columns(rows: tuple[tuple[str, ...], ...]) -> Iterator[Wrong]:
    head = rows[0]
    for column, name in enumerate(head):
        if UNIT.sub("", name).strip() not in SUMS:
            continue
        parts = _neighbours(head, column)
        for number, row in enumerate(rows[1:], 1):
            expected = _total(row[part] for part in parts) if len(parts) > 1 else None
            found = number_of(row[column])
            if expected is not None and found is not None and expected != found:
                yield Wrong(number, column, found, expected)


def _neighbours(head: tuple[str, ...], column: int) -> list[int]:
    """The columns to the left of a sum that have its unit and are amounts, up to another sum."""
    unit = _unit_of(head[column])
    found: list[int] = []
    for number in range(column - 1, 0, -1):
        name = UNIT.sub("", head[number])
        if name.strip() in SUMS or _unit_of(head[number]) != unit:
            break
        if not _RATE.search(name) and not _PART.match(name):
            found.append(number)
    return found


def _unit_of(name: str) -> str:
    found = UNIT.search(name)
    if found:
        return found[1].strip()
    return "人" if "人数" in name else ""


def _total(cells: Iterator[str]) -> Decimal | None:
    """The sum of some cells; None when one of them is neither a number nor plainly empty."""
    total, seen = Decimal(0), 0
    for cell in cells:
        if cell.strip() in _EMPTY:
            continue
        value = number_of(cell)
        if value is None:
            return None
        total, seen = total + value, seen + 1
    return total if seen else None


def number_of(cell: str) -> Decimal | None:
    """An amount as people write it, with separators of thousands; None for anything else."""
    text = cell.translate(_WIDE).strip().removesuffix("元").removesuffix("人")
    text = text.removeprefix("\u00a5").removeprefix("\uffe5").replace(" ", "")
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


_WIDE = {0xFF10 + n: str(n) for n in range(10)} | {
    0xFF0C: ",",
    0xFF0E: ".",
    0x2212: "-",
    0x2013: "-",
}
_NUMBER = re.compile(r"-?\d{1,15}(?:,\d{3,4})*(?:\.\d{1,8})?")
