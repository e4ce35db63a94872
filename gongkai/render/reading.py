"""Tables as they are read from afar: figures with separators, the reader's own workshop first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from msgspec import structs

from gongkai.domain.model import Library
from gongkai.domain.text import SUMS, Node, TableGrid, grid_of

_FIGURE = re.compile(r"([-+\u2212]?[\u00a5\uffe5]?)([1-9]\d{3,})(\.\d+)?(%?)", re.ASCII)
_NUMERIC = re.compile(r"[-+\u2212]?[\u00a5\uffe5]?\d[\d,]*(\.\d+)?%?", re.ASCII)
_NOTHING = re.compile(r"[-\u2014\u2013/无]*")
_DATED = re.compile(r"(19|20)\d\d([.-]?(0?[1-9]|1[0-2])([.-]?\d\d)?)?", re.ASCII)
"""A year, a year and a month, or a day."""
_NAMING = re.compile(
    r"号|编码|代码|邮编|工种|序|电话|手机|内线|分机|座机|传真|热线|咨询|联系|房|室|门牌|宿舍|机台|型|机床|证|账户|单据|凭证|文件|批次|版本|年份|"
    r"日期|时间|年月|月份|年份|\A(?:年|年度|月|日|期|期间|所属期)\Z|"
    r"\b(?:year|no|number(?! of)|code|phone|mobile|tel|fax|room|id|zip)\b|\A(?:date|time|period)\b",
    re.IGNORECASE,
)
"""What heads a column whose figures name something and count nothing."""
_COUNTING = re.compile(
    r"元|万|额|数|量|费|款|金|薪|资|奖|补|价|成本|收入|支出|收支|结余|余额|节约|节超|合计|小计|总计|共计|累计|"
    r"人均|平均|目标|完成|预算|决算|实际|计划|应|实|率|"
    r"[(（](?:天|日|人|人次|件|百件|台|套|个|项|份|吨|公斤|千克|度|小时|米|平方米|公里|次|户)"
    r"[)）]|"
    r"\b(?:yuan|amount|total|sum|count|average|budget|cost|price|pay|bonus|wages|people|days|hours)\b",
    re.IGNORECASE,
)
"""What heads a column whose figures count something; where neither is said, they stay as typed."""
_COUNTED = re.compile(
    r"(?<![\d.,\w第№/\u2013\u2014-])([1-9]\d{3,})(\.\d+)?"
    r"(?=[^\S\n]?(?:[万亿]?元(?!旦)|[万亿]|人次|人(?![力事民员工大才口社])|件(?!号)|吨|公斤|千克|台(?![州账])|套|"
    r"千瓦时|平方米|立方米|米|小时|公里|份|kWh|kg))",
    re.ASCII,
)
"""A figure in text with what it counts; of what may be a year only money and measures count."""
_MEASURED = re.compile(r"[万亿]?元|[万亿]|吨|公斤|千克|千瓦时|平方米|立方米|kWh|kg")
_RANKING = re.compile(
    r"名次|排名|位次|得分|评分|分数|成绩|\b(?:rank|points?|score)\b", re.IGNORECASE
)
WHOLE_FIRM = "全公司"
"""What a row about the whole enterprise is called, if not a sum."""


def places_of(library: Library) -> frozenset[str]:
    """The names of workshops and departments."""
    workshops = (board.workshop for board in library.boards if board.workshop)
    return frozenset([*workshops, *(department.name for department in library.org.departments)])


def for_reading(
    nodes: tuple[Node, ...], own: str | None, places: Collection[str]
) -> tuple[Node, ...]:
    """A body with its tables made ready. ``places`` are those of ``places_of``."""
    return tuple(_ready(node, own, places) for node in nodes)


def _ready(node: Node, own: str | None, places: Collection[str]) -> Node:
    if node.kind == "table":
        return _ready_table(node, own, places)
    if node.kind == "text":
        return structs.replace(node, text=counted(node.text))
    if node.children:
        return structs.replace(node, children=for_reading(node.children, own, places))
    return node


def _ready_table(table: Node, own: str | None, places: Collection[str]) -> Node:
    grid = grid_of(table)
    columns, order = counting(grid), in_order(grid, own, places)
    head, *rows = table.children
    told = [
        structs.replace(row, children=tuple(_cells_of(row, columns_of(name, columns))))
        for row, name in zip(rows, grid.names, strict=True)
    ]
    return structs.replace(table, children=(head, *(told[at] for at in order)))


def counted(text: str) -> str:
    """A text with commas in the figures that count something, told by what stands behind them."""
    return _COUNTED.sub(_counted, text)


def _counted(found: re.Match[str]) -> str:
    behind = found.string[found.end() :].lstrip()
    if _DATED.fullmatch(found[0]) and not _MEASURED.match(behind):
        return found[0]
    return f"{int(found[1]):,}{found[2] or ''}"


def heads_a_name(head: str) -> bool:
    """Does a head, or what a row is called, tell that its figures name something?"""
    return bool(_NAMING.search(head))


def changed(text: str, where: str) -> str:
    """One side of a correction, which often is the figure alone; ``where`` says of what."""
    found = _FIGURE.fullmatch(text.strip())
    return _commas(found) if found and _heads_a_count(where) else counted(text)


def _commas(found: re.Match[str]) -> str:
    sign, whole, part, percent = found.groups()
    return f"{sign}{int(whole):,}{part or ''}{percent}"


def _heads_a_count(head: str) -> bool:
    return bool(_COUNTING.search(head)) and not _NAMING.search(head)


def counting(grid: TableGrid) -> frozenset[int]:
    """The columns whose figures count something: there a thousand and more has commas."""
    return frozenset(at for at in range(len(grid.heads)) if counts(grid, at))


def columns_of(name: str, columns: frozenset[int]) -> frozenset[int]:
    """Those of them that count in a row: none where it is named like a telephone or a year."""
    return frozenset() if _NAMING.search(name) else columns


def _cells_of(row: Node, columns: frozenset[int]) -> Iterator[Node]:
    for at, cell in enumerate(row.children):
        change = _with_commas if at in columns else _in_words
        yield structs.replace(cell, children=tuple(map(change, cell.children)))


_AROUND = ("strong", "emph", "link")


def _in_words(node: Node) -> Node:
    """A part of a cell in words: what is counted in it is told by what stands behind the figure."""
    if node.kind in _AROUND:
        return structs.replace(node, children=tuple(map(_in_words, node.children)))
    return structs.replace(node, text=counted(node.text)) if node.kind == "text" else node


def is_figure(text: str) -> bool:
    """Is a cell nothing but a figure?"""
    return bool(_NUMERIC.fullmatch(text))


def counts(grid: TableGrid, at: int) -> bool:
    """Does a column count something, by its head and by all that stands in it?"""
    if not _heads_a_count(grid.heads[at]):
        return False
    return _all_count([row[at] for row in grid.rows if at < len(row)])


def _all_count(cells: list[str]) -> bool:
    """Are the cells of a column figures that are not all years?"""
    figures = [cell for cell in cells if not _NOTHING.fullmatch(cell)]
    is_dated = all(map(_DATED.fullmatch, figures))
    return bool(figures) and not is_dated and all(map(_NUMERIC.fullmatch, figures))


def _with_commas(node: Node) -> Node:
    if node.kind in _AROUND:
        return structs.replace(node, children=tuple(map(_with_commas, node.children)))
    return structs.replace(node, text=figure(node.text)) if node.kind == "text" else node


def figure(text: str) -> str:
    """What stands in a column that counts, with commas."""
    found = _FIGURE.fullmatch(text.strip())
    return _commas(found) if found else counted(text)


def in_order(grid: TableGrid, own: str | None, places: Collection[str]) -> Sequence[int]:
    """The rows with that of the reader's own workshop before the others, where every row is a
    workshop or a department: any other order means something."""
    names, order = grid.names, range(len(grid.rows))
    if not own or names.count(own) != 1 or not is_by_place(names, places) or _is_ranked(grid):
        return order
    at = names.index(own)
    return [at, *order[:at], *order[at + 1 :]]


def is_by_place(names: Sequence[str], places: Collection[str]) -> bool:
    """Is every row but that of a sum about another workshop or department?"""
    others = [name for name in names if name not in SUMS and name != WHOLE_FIRM]
    return len(others) > 1 and len(set(others)) == len(others) and {*others} <= {*places}


def _is_ranked(grid: TableGrid) -> bool:
    """Does a column of ranks or points only fall or only rise?"""
    those = [row for row in grid.rows if row[:1] and row[0] not in (*SUMS, WHOLE_FIRM)]
    ranks = [at for at, head in enumerate(grid.heads) if _RANKING.search(head)]
    return any(_is_sorted([row[at] for row in those]) for at in ranks)


def _is_sorted(cells: list[str]) -> bool:
    texts = [cell.replace(",", "").rstrip("%") for cell in cells]
    if not all(map(_NUMERIC.fullmatch, texts)):
        return False
    figures = [float(text.lstrip("+\u00a5\uffe5").replace("\u2212", "-")) for text in texts]
    steps = [value - other for value, other in pairwise(figures)]
    return all(step < 0 for step in steps) or all(step > 0 for step in steps)
