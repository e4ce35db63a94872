"""Tables as they are read from afar: figures with separators, the reader's own workshop first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from msgspec import structs

from gongkai.domain.model import Library
from gongkai.domain.text import SUMS, Body, Node, plain_text

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
    r"(?=\s?(?:[万亿]?元(?!旦)|[万亿]|人次|人(?![力事民员工大才口社])|件(?!号)|吨|公斤|千克|台(?![州账])|套|"
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


def _separated(table: Node) -> Node:
    """A thousand and more with commas, in columns that count something."""
    head, *rows = table.children
    counting = {at for at, cell in enumerate(head.children) if counts(cell, rows, at)}
    parts = [structs.replace(row, children=tuple(_told(row, counting))) for row in rows]
    return structs.replace(table, children=(head, *parts))


def _told(row: Node, counting: Collection[int]) -> Iterator[Node]:
    """The cells of a row. Where it is named like a telephone or a year, nothing in it counts."""
    names = bool(row.children) and bool(_NAMING.search(plain_text(row.children[:1])))
    for at, cell in enumerate(row.children):
        is_figure_of_all = at in counting and not names
        change = _with_commas if is_figure_of_all else _in_words
        yield structs.replace(cell, children=tuple(map(change, cell.children)))


def _in_words(node: Node) -> Node:
    """A part of a cell in words: what is counted in it is told by what stands behind the figure."""
    if node.kind in ("strong", "emph"):
        return structs.replace(node, children=tuple(map(_in_words, node.children)))
    return structs.replace(node, text=counted(node.text)) if node.kind == "text" else node


def is_figure(text: str) -> bool:
    """Is a cell nothing but a figure?"""
    return bool(_NUMERIC.fullmatch(text))


def counts(head: Node, rows: list[Node], at: int) -> bool:
    """Does a column count something, by its head and by all that stands in it?"""
    if not _heads_a_count(plain_text(head.children)):
        return False
    cells = (
        plain_text(row.children[at].children).strip() for row in rows if at < len(row.children)
    )
    return _all_count([*cells])


def _all_count(cells: list[str]) -> bool:
    """Are the cells of a column figures that are not all years?"""
    figures = [one for one in cells if not _NOTHING.fullmatch(one)]
    is_dated = all(map(_DATED.fullmatch, figures))
    return bool(figures) and not is_dated and all(map(_NUMERIC.fullmatch, figures))


def _with_commas(node: Node) -> Node:
    if node.kind in ("strong", "emph"):
        return structs.replace(node, children=tuple(map(_with_commas, node.children)))
    found = _FIGURE.fullmatch(node.text.strip()) if node.kind == "text" else None
    if found is None:
        return _in_words(node)
    return structs.replace(node, text=_commas(found))


def _own_first(table: Node, own: str | None, places: Collection[str]) -> Node:
    """The row of the reader's own workshop before the others, where every row is a workshop or a
    department: any other order means something."""
    head, *rows = table.children
    names = [plain_text(row.children[:1]).strip() for row in rows]
    if not own or names.count(own) != 1:
        return table
    if not is_by_place(names, places) or _is_ranked(head, rows, names):
        return table
    at = names.index(own)
    return structs.replace(table, children=(head, rows[at], *rows[:at], *rows[at + 1 :]))


def is_by_place(names: Sequence[str], places: Collection[str]) -> bool:
    """Is every row but that of a sum about another workshop or department?"""
    others = [one for one in names if one not in SUMS and one != WHOLE_FIRM]
    return len(others) > 1 and len(set(others)) == len(others) and {*others} <= {*places}


def _is_ranked(head: Node, rows: list[Node], names: list[str]) -> bool:
    """Does a column of ranks or points only fall or only rise?"""
    those = [
        row
        for row, name in zip(rows, names, strict=True)
        if name not in SUMS and name != WHOLE_FIRM
    ]
    ranks = [
        at for at, cell in enumerate(head.children) if _RANKING.search(plain_text(cell.children))
    ]
    return any(_is_sorted([row.children[at] for row in those]) for at in ranks)


def _is_sorted(cells: list[Node]) -> bool:
    texts = [plain_text(cell.children).strip().replace(",", "").rstrip("%") for cell in cells]
    if not all(map(_NUMERIC.fullmatch, texts)):
        return False
    figures = [float(one.lstrip("+\u00a5\uffe5").replace("\u2212", "-")) for one in texts]
    steps = [one - other for one, other in pairwise(figures)]
    return all(one < 0 for one in steps) or all(one > 0 for one in steps)


_LONG = re.compile(r"\d{4}")
_BELOW_HEAD = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_MARKED = re.compile(r"(\*\*|\*|)(.*)\1")


def separated(body: Body) -> Body | None:
    """A body as typed with separators in its figures, as ``for_reading`` puts them into its tree;
    None where only the tree tells how. It is much the quicker way for ordinary bodies."""
    text = body.text
    if not _LONG.search(text):
        return body
    if any(sign in text for sign in "`\\\t"):
        return None
    lines, done, at = text.split("\n"), list[str](), 0
    while at < len(lines):
        if "|" not in lines[at]:
            done.append(counted(lines[at]))
            at += 1
            continue
        end = next((n for n in range(at, len(lines)) if not lines[n].strip()), len(lines))
        rows = lines[at:end]
        if not _is_table(rows):
            return None
        done += [*rows[:2], *_counted_rows(rows)]
        at = end
    return structs.replace(body, text="\n".join(done))


def _is_table(rows: list[str]) -> bool:
    """Is it a table from its first line to its last, with as many cells in each row?"""
    if len(rows) < 2 or not _BELOW_HEAD.fullmatch(rows[1]):
        return False
    return all("|" in row for row in rows) and len({len(_cells(row)) for row in rows}) == 1


def _cells(row: str) -> list[str]:
    return row.strip().removeprefix("|").removesuffix("|").split("|")


def _counted_rows(rows: list[str]) -> list[str]:
    heads, table = _cells(rows[0]), [_cells(row) for row in rows[2:]]
    bare = [[_bare(cell) for cell in row] for row in table]
    counting = {
        at
        for at, head in enumerate(heads)
        if _heads_a_count(_bare(head)) and _all_count([row[at] for row in bare])
    }
    return [f"|{'|'.join(_row_told(row, counting))}|" for row in table]


def _row_told(row: list[str], counting: Collection[int]) -> Iterator[str]:
    names = bool(_NAMING.search(_bare(row[0])))
    for at, cell in enumerate(row):
        yield _with_separators(cell) if at in counting and not names else counted(cell)


def _bare(cell: str) -> str:
    found = _MARKED.fullmatch(cell.strip())
    return found[2].strip() if found else cell.strip()


def _with_separators(cell: str) -> str:
    figure = _bare(cell)
    found = _FIGURE.fullmatch(figure)
    return cell.replace(figure, _commas(found), 1) if found else counted(cell)
