"""Attached tables as trees, so that page, screen and poster draw them like any other table."""

from __future__ import annotations

import re

from gongkai.model import Item
from gongkai.source.markdown import tree
from gongkai.text import Node

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


def table_of(rows: tuple[tuple[str, ...], ...]) -> Node:
    """Rows of text, heads first, as a tree; columns of numbers stand to the right."""
    head, *body = rows
    align = "".join("r" if _is_numeric(body, column) else "-" for column in range(len(head)))
    return Node("table", "", tuple(_row(row, row is head) for row in rows), align=align)


def _row(row: tuple[str, ...], is_head: bool) -> Node:
    cells = tuple(Node("cell", "", (Node("text", cell),) if cell else ()) for cell in row)
    return Node("row", "head" if is_head else "", cells, level=len(row))


def _is_numeric(rows: list[tuple[str, ...]], column: int) -> bool:
    cells = [row[column] for row in rows if row[column]]
    return bool(cells) and all(_NUMBER.fullmatch(cell) for cell in cells)
