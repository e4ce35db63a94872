"""Which columns of a table are about persons, by what a reader sees of them.

A head says so in any markup, in a second row of heads, or at the start of a row of a turned table.
Where the class of an item makes it matter, the values say so too: mostly two to four Han
characters that begin with a surname.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from gongkai.domain.model import Library
from gongkai.domain.terms import ColumnKind
from gongkai.domain.text import SUMS, UNIT
from gongkai.source.masks import is_surnamed

Rows = tuple[tuple[str, ...], ...]
Settled = tuple[tuple[str, ColumnKind], ...]

_NAMED = re.compile(r"姓名|名字|^[Nn]ames?$")
_CALLED = re.compile(
    r"(?:职工|员工|本人|候选人|拟聘人(?:选|员)?|拟任人选|人选|申请人|受助(?:人|者|职工|对象)|受益人"
    r"|救助对象|帮扶对象|慰问对象|被救助人|困难职工|获奖(?:人|者)|当选人|当事人|受处分人|先进个人|户主"
    r"|患者|学生)"
)
"""Heads whose columns name persons or say what kind of persons: their values decide."""
_NUMBERED = re.compile(
    r"工号|[职员]工编号|人员编号|员工号|证件号|身份证|手机|电话|住址|出生|银行卡|卡号"
)
_OF_MONEY = re.compile(r"费|补贴|补助|金额|人数|元")
_OF_THINGS = re.compile(
    "学校|供应商|供货商|厂家|品牌|设备|机台|食材|菜[名品单]|物[品资]|品名|商品|材料|地点|街道|病种|民族"
)
"""Heads of columns of which no value is a person's name, whatever it looks like."""
_MARKS = re.compile(r"[*_`~\\\s]+|!?\[|\]\([^)]{0,300}\)")
_HAN = re.compile(r"[\u3400-\u9fff]{2,4}(?:·[\u3400-\u9fff]{1,8})*")
_HIDDEN = re.compile(r"[*\u00d7\u25cb\uff0a某]")
_MASK = re.compile(r"(?<=[\u3400-\u9fff])[*\u00d7\u25cb\uff0a]+")
_ASIDE = re.compile(r"^\s*\d+[.、)）]\s*|[(（].*$|[、，,/].*$")
"""A number of a list before a name, and what is said of a person behind it."""
_MOSTLY, _HEADS = 0.6, 3
"""How many of a column's values are names if it names persons; rows that may hold heads."""


class People(NamedTuple):
    """Values about persons: the head they stand under, row and column of the first of them, how far
    they go (a column or a row), and whether the head is for names and nothing else."""

    head: str
    values: tuple[tuple[int, str], ...]
    is_named: bool


@lru_cache(maxsize=1 << 12)
def seen(cell: str) -> str:
    """A cell as it is read: without marks, links, entities, gaps and signs that nobody sees."""
    if cell.isalnum() and not cell.isascii():
        return cell
    text = unicodedata.normalize("NFKC", unescape(_MARKS.sub("", cell)))
    return "".join(one for one in text if unicodedata.category(one) not in ("Cf", "Mn", "Me", "Zs"))


def people(rows: Rows, settled: Settled = ()) -> Iterator[People]:
    """The columns and rows that are about persons by their heads, or because the item says so."""
    kinds = {seen(head): kind for head, kind in settled}
    for number, row in enumerate(rows[:_HEADS]):
        for column, cell in enumerate(row):
            head = UNIT.sub("", seen(cell))
            kind = kinds.get(head, kinds.get(seen(cell)))
            is_named = _NAMED.search(head) is not None or kind is ColumnKind.PERSON
            is_called = _CALLED.fullmatch(head) is not None
            if kind is ColumnKind.OTHER or not (is_named or is_called):
                continue
            below = [(at, line[column]) for at, line in _below(rows, number) if column < len(line)]
            beside = [(number, other) for other in row[1:]] if column == 0 and number else []
            yield People(cell, tuple(below + beside), is_named)
    for number, row in enumerate(rows[_HEADS:], _HEADS):
        head = UNIT.sub("", seen(row[0])) if row else ""
        if _NAMED.search(head) and kinds.get(head) is not ColumnKind.OTHER:
            yield People(row[0], tuple((number, other) for other in row[1:]), True)


def _below(rows: Rows, head: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    yield from enumerate(rows[head + 1 :], head + 1)


_TITLE = re.compile(
    r"(?<=[\u3400-\u9fff*某]{2})(?:同志|先生|女士|师傅|老师|等(?:[\d一二三四五六七八九十]+[人名位])?)$"
)
"""What is said behind a name."""


def is_name(cell: str, words: Collection[str] = ()) -> bool:
    """Does a cell look like the name of a person, in full or masked?"""
    text = _TITLE.sub("", seen(_ASIDE.sub("", _MASK.sub("某", cell))))
    return bool(_HAN.fullmatch(text)) and is_surnamed(text) and text not in words


_THING = re.compile(
    "[奖费款贴助品券卡室部科处区岗组队站厂会表证单法量率额期类项物具间库线机器员长病办课店]$|工程$|[大中小]学$|[高初]中$"
    "|住院|门诊|单亲|在岗|满意|公司|单位"
)
"""With what words end that look like names and are none: 安全奖, 高温补贴, 班组长."""


def is_person(cell: str, words: Collection[str]) -> bool:
    """Does a cell look like a name, and not like a thing, a post or a department?"""
    return is_name(cell, words) and not _THING.search(seen(cell))


def full_name(cell: str) -> bool:
    """Is a cell a name that nothing masks, if it is one at all?"""
    text = seen(cell)
    return bool(re.fullmatch(r"[\u3400-\u9fff]{2,}(?:·[\u3400-\u9fff]+)*", text)) and not (
        _HIDDEN.search(text) or text in SUMS
    )


def told_by_head(rows: Rows, settled: Settled = ()) -> bool:
    """Is there a column of names, or of persons' numbers, by its head?"""
    kinds = {seen(head): kind for head, kind in settled}
    if any(person.is_named for person in people(rows, settled)):
        return True
    heads = {seen(cell) for cell in (rows[0] if rows else ())}
    numbered = (head for head in heads if _NUMBERED.search(head) and not _OF_MONEY.search(head))
    return any(kinds.get(text) is not ColumnKind.OTHER for text in numbered)


def told_by_content(rows: Rows, settled: Settled, words: Collection[str]) -> str | None:
    """The head of a column, or the label of a row, that says what kind of persons, or whose values
    look like their names."""
    for person in people(rows, settled):
        if not person.is_named and any(seen(text) for _, text in person.values):
            return person.head
    kinds = {seen(head): kind for head, kind in settled}
    width = max(map(len, rows), default=0)
    columns = [
        (rows[0][at] if at < len(rows[0]) else "", [row[at] for row in rows[1:] if at < len(row)])
        for at in range(width)
    ]
    for head, values in columns + [(row[0], list(row[1:])) for row in rows if row]:
        filled = [text for text in map(seen, values) if text and text not in SUMS]
        names = [text for text in filled if is_person(text, words)]
        is_open = kinds.get(seen(head)) is not ColumnKind.OTHER and not _OF_THINGS.search(
            seen(head)
        )
        if is_open and len(set(names)) >= 2 and len(names) >= _MOSTLY * len(filled):
            return head
    return None


def words_of(library: Library) -> frozenset[str]:
    """What may look like a name and is none: posts, departments, boards, the catalogue's rows."""
    org = library.org
    found = {department.name for department in org.departments}
    found |= {post for department in org.departments for post in department.posts}
    found |= {member.post for group in org.groups for member in group.members if member.post}
    found |= {text for board in library.boards for text in (board.title, board.workshop) if text}
    found |= {category.name for category in library.catalogue.categories.values()}
    return frozenset(found)
