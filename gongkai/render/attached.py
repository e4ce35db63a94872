"""Attached tables as trees, so that posters draw them like any other table, and as files to be
taken away."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from gongkai.domain.model import Item
from gongkai.domain.text import Node
from gongkai.source.markdown import tree

_NUMBER = re.compile(r"[-+−]?[\d,,]+(\.\d+)?%?")


def whole_body(item: Item) -> tuple[Node, ...]:
    """The body of an item with its attached tables behind it, each under its caption."""
    nodes = list(tree(item.body))
    for table, rows in zip(item.tables, item.attached, strict=True):
        if table.caption:
            caption = Node("strong", "", (Node("text", table.caption),))
            nodes.append(Node("paragraph", "", (caption,)))
        if rows:
            nodes.append(table_of(rows))
    return tuple(nodes)


_FORMULA = re.compile(r"[=@\t\r]|[-+](?![\d.,]+%?$)")
"""How a cell begins that a spreadsheet would work out instead of showing."""


def csv_files(item: Item) -> Iterator[tuple[str, bytes]]:
    """Each attached table as a file that any spreadsheet opens, by a name of its own."""
    names = {file.name for file in item.attachments}
    for table, rows in zip(item.tables, item.attached, strict=True):
        stem = PurePosixPath(table.file).stem
        name = f"{stem}.csv" if f"{stem}.csv" not in names else f"{stem}-{len(names) + 1}.csv"
        names.add(name)
        yield name, csv_bytes(rows)


def csv_bytes(rows: Iterable[tuple[str, ...]]) -> bytes:
    """Rows as a file that spreadsheets open as UTF-8, and take no cell of for a formula."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(map(_harmless, row) for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def table_of(rows: tuple[tuple[str, ...], ...]) -> Node:
    """Rows of text, heads first, as a tree; columns of numbers stand to the right."""
    head, *_ = rows
    return Node("table", "", tuple(_row(row, row is head) for row in rows), align=aligns_of(rows))


def aligns_of(rows: tuple[tuple[str, ...], ...]) -> str:
    """A letter a column: r for numbers, else ``-``."""
    head, *body = rows
    return "".join("r" if _is_numeric(body, column) else "-" for column in range(len(head)))


def _row(row: tuple[str, ...], is_head: bool) -> Node:
    cells = tuple(Node("cell", "", (Node("text", cell),) if cell else ()) for cell in row)
    return Node("row", "head" if is_head else "", cells, level=len(row))


def _is_numeric(rows: list[tuple[str, ...]], column: int) -> bool:
    cells = [row[column] for row in rows if row[column]]
    return bool(cells) and all(_NUMBER.fullmatch(cell) for cell in cells)
