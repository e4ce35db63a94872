"""Tables as they are read from afar: figures with separators, the reader's own workshop first."""

from __future__ import annotations

import re
from collections.abc import Collection

from msgspec import structs

from gongkai.model import Library
from gongkai.text import SUMS, Node, plain_text

_FIGURE = re.compile(r"([-+\u2212]?[\u00a5\uffe5]?)(\d{4,})(\.\d+)?(%?)", re.ASCII)
_NUMERIC = re.compile(r"[-+\u2212]?[\u00a5\uffe5]?\d[\d,]*(\.\d+)?%?|[-\u2014/]?", re.ASCII)
_NAMING = re.compile(
    r"号|编码|代码|工种|序|电话|手机|内线|房|证|账户|批次|版本|日期|时间|"
    r"\A(?:年|年份|年度|月|月份|日|期|期间|所属期|室)\Z|\b(?:year|no|number|code|phone|tel|room|id|date|time|period)\b",
    re.IGNORECASE,
)
"""What heads a column whose figures name something and count nothing."""
_COUNTED = re.compile(
    r"(?<![\d.,\w])(\d{4,})(\.\d+)?(?=\s?(?:[万亿]?元|[万亿]|人次|人|件|吨|公斤|千克|台|套|项|度|千瓦时|"
    r"平方米|立方米|米|小时|公里|份|kWh|kg))",
    re.ASCII,
)
"""A figure in text with what it counts."""
_ALL = "全公司"
_YEAR = re.compile(r"(19|20)\d\d", re.ASCII)


def places_of(library: Library) -> frozenset[str]:
    """The names of workshops and departments."""
    workshops = (one.workshop for one in library.boards if one.workshop)
    return frozenset([*workshops, *(one.name for one in library.org.departments)])


def for_reading(
    nodes: tuple[Node, ...], own: str | None, places: Collection[str]
) -> tuple[Node, ...]:
    """A body with its tables made ready. ``places`` are those of ``places_of``."""
    return tuple(_ready(one, own, places) for one in nodes)


def _ready(node: Node, own: str | None, places: Collection[str]) -> Node:
    if node.kind == "table":
        return _own_first(_separated(node), own, places)
    if node.kind == "text":
        return structs.replace(node, text=counted(node.text))
    if node.children:
        return structs.replace(node, children=for_reading(node.children, own, places))
    return node


def counted(text: str) -> str:
    """A text with commas in the figures that count something, told by what stands behind them."""
    return _COUNTED.sub(lambda found: f"{int(found[1]):,}{found[2] or ''}", text)


def changed(text: str) -> str:
    """One side of a correction, which often is the figure alone."""
    found = _FIGURE.fullmatch(text.strip())
    is_figure = found is not None and not _YEAR.fullmatch(text.strip())
    return _commas(found) if found and is_figure else counted(text)


def _commas(found: re.Match[str]) -> str:
    sign, whole, part, percent = found.groups()
    return f"{sign}{int(whole):,}{part or ''}{percent}"


def _separated(table: Node) -> Node:
    """A thousand and more with commas, in columns that count something."""
    head, *rows = table.children
    counting = {at for at, cell in enumerate(head.children) if _counts(cell, rows, at)}
    parts = [
        structs.replace(row, children=tuple(map(_cell, row.children, _flags(row, counting))))
        for row in rows
    ]
    return structs.replace(table, children=(head, *parts))


def _counts(head: Node, rows: list[Node], at: int) -> bool:
    if _NAMING.search(plain_text(head.children)):
        return False
    texts = [
        plain_text(row.children[at].children).strip() for row in rows if at < len(row.children)
    ]
    figures = [one for one in texts if one]
    is_years = all(_YEAR.fullmatch(one) for one in figures)
    return bool(figures) and not is_years and all(map(_NUMERIC.fullmatch, figures))


def _flags(row: Node, counting: set[int]) -> list[bool]:
    return [at in counting for at in range(len(row.children))]


def _cell(cell: Node, counts: bool) -> Node:
    if not counts:
        return cell
    children = tuple(map(_with_commas, cell.children))
    return structs.replace(cell, children=children)


def _with_commas(node: Node) -> Node:
    if node.kind in ("strong", "emph"):
        return structs.replace(node, children=tuple(map(_with_commas, node.children)))
    found = _FIGURE.fullmatch(node.text.strip()) if node.kind == "text" else None
    if found is None:
        return node
    return structs.replace(node, text=_commas(found))


def _own_first(table: Node, own: str | None, places: Collection[str]) -> Node:
    """The row of the reader's own workshop before the others, where every row is a workshop or a
    department: any other order means something."""
    head, *rows = table.children
    names = [plain_text(row.children[:1]).strip() for row in rows]
    others = [one for one in names if one not in SUMS and one != _ALL]
    is_by_place = len(others) > 1 and len(set(others)) == len(others) and set(others) <= {*places}
    if not own or names.count(own) != 1 or not is_by_place:
        return table
    at = names.index(own)
    return structs.replace(table, children=(head, rows[at], *rows[:at], *rows[at + 1 :]))
