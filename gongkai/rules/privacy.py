"""``privacy/class``, ``privacy/mask-collision``, ``privacy/small-group``: what may be told of
persons, and where (PIPL art. 6, 25, 28; 社会救助暂行办法 art. 61).

Personal numbers are found while reading, in every state; here the items are judged that are up or
will be.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from msgspec import structs

from gongkai.domain.finding import Finding
from gongkai.domain.model import Item
from gongkai.domain.terms import Channel, PrivacyClass
from gongkai.domain.text import SUMS, UNIT, Body
from gongkai.rules.found import about, judged
from gongkai.rules.sums import number_of
from gongkai.rules.tables import barred, skimmed
from gongkai.source.markdown import tree
from gongkai.source.privacy.lists import lists_of_persons
from gongkai.source.privacy.persons import (
    Rows,
    Settled,
    full_name,
    is_person,
    people,
    seen,
    told_by_content,
    told_by_head,
    words_of,
)
from gongkai.status.standing import Standings

FEWEST = 5
"""People over whom a sum may be told; of fewer, one who knows the others knows the last."""
_ALLOWED = {
    PrivacyClass.PERSONNEL: {Channel.WEB, Channel.POSTER},
}
_NAMELESS = (PrivacyClass.NONE, PrivacyClass.AGGREGATE, PrivacyClass.ANONYMOUS)
_NAME = re.compile(r"姓名|名字|[Nn]ame")
_APART = re.compile(r"工\s*号|编号|车间|班组|单位")
"""Columns that tell people of one name apart."""
_HEADCOUNT = re.compile(r"(?:在岗|职工|员工|发放|参加|平均)?人数")
_MONEY = re.compile(r"元|工资|奖金|金额|合计|津贴|补助")
_MASKED = re.compile(r"[*\u00d7\u25cb\uff0a某]")


class Doubt(NamedTuple):
    """Something about a table: the rule, its case, the row counted from its head, and values."""

    rule: str
    case: str
    row: int
    values: tuple[tuple[str, object], ...] = ()


def check(standings: Standings) -> Iterator[Finding]:
    """Channels and columns that a class does not allow, and lists that tell more than they say."""
    words = words_of(standings.library)
    for standing in judged(standings):
        item = standing.item
        yield from _channels(item, words)
        for body in item.bodies:
            yield from _in_text(item, body, words)
        for number, table in enumerate(item.attached):
            for doubt in doubts(table, item.privacy.klass, item.privacy.columns, words):
                yield _found(item, doubt, f"tables.{number}")


def _in_text(item: Item, body: Body, words: frozenset[str]) -> Iterator[Finding]:
    for line, rows in skimmed(body.text):
        for doubt in doubts(rows, item.privacy.klass, item.privacy.columns, words):
            at = (
                body.line + line + (doubt.row + 1 if doubt.row else 0)
            )  # below the line of the head
            yield structs.replace(_found(item, doubt, "body"), keys=(), line=at, column=1)


def _channels(item: Item, words: frozenset[str]) -> Iterator[Finding]:
    klass, columns = item.privacy.klass, item.privacy.columns
    allowed = _ALLOWED.get(klass)
    beyond = [channel for channel in item.channels if channel is not Channel.POSTER]
    if klass is PrivacyClass.SENSITIVE and beyond:
        tables = [rows for body in item.bodies for _, rows in barred(body.text)]
        tables += item.attached
        if any(told_by_head(rows, columns) for rows in tables):
            allowed = {Channel.POSTER}
        else:
            heads = (told_by_content(rows, columns, words) for rows in tables if rows)
            for head in [head for head in heads if head is not None][:1]:
                values = {"head": seen(head), "klass": klass}
                yield about(item, "privacy/class", "channels privacy category", "doubt", **values)
            yield from _lists(item, words)
    wrong = [channel for channel in item.channels if allowed and channel not in allowed]
    if wrong:
        values = {"klass": klass, "channels": wrong, "allowed": sorted(allowed or (), key=str)}
        yield about(item, "privacy/class", "channels privacy category", "channel", **values)


def _lists(item: Item, words: frozenset[str]) -> Iterator[Finding]:
    """The first list without columns that seems to name persons, unless the item says of each name
    that it is none."""
    allowed = [allowed.text for allowed in item.privacy.allow if allowed.text]
    for body in item.bodies:
        for line, names in lists_of_persons(tree(body), words):
            if not all(any(one in text for one in name for text in allowed) for name in names):
                finding = about(item, "privacy/class", "body", "list", klass=PrivacyClass.SENSITIVE)
                yield structs.replace(finding, keys=(), line=line, column=1)
                return


@lru_cache(maxsize=1 << 13)  # a preview asks again after every save, of tables that did not change
def doubts(
    rows: Rows, klass: PrivacyClass, columns: Settled, words: frozenset[str]
) -> tuple[Doubt, ...]:
    """What is doubtful about one table of a list of a class."""
    return (*_names(rows, klass, columns, words), *_collisions(rows), *_small_groups(rows, klass))


def _names(
    rows: Rows, klass: PrivacyClass, columns: Settled, words: frozenset[str]
) -> Iterator[Doubt]:
    """A name in full where the class allows none; under heads such as 职工 only what looks like
    one."""
    for group in people(rows, columns) if klass in _NAMELESS else ():
        for number, cell in group.values:
            if full_name(cell) and (group.is_named or is_person(cell, words)):
                yield Doubt("privacy/class", "name", number, (("klass", klass),))
                return


def _collisions(rows: Rows) -> Iterator[Doubt]:
    """Two people masked to the same text; a staff number beside them tells them apart."""
    column = _column(rows[0], _NAME) if rows else None
    if column is None:
        return
    beside = [number for number, head in enumerate(rows[0]) if _APART.search(head)]
    told = [tuple(row[n] for n in (column, *beside) if n < len(row)) for row in rows]
    count = Counter(told)
    for number, row in enumerate(rows[1:], 1):
        name = row[column] if column < len(row) else ""
        if _MASKED.search(name) and count[told[number]] > 1:
            yield Doubt("privacy/mask-collision", "", number, (("name", name),))
            return


def _small_groups(rows: Rows, klass: PrivacyClass) -> Iterator[Doubt]:
    if not rows or klass is not PrivacyClass.AGGREGATE:
        return
    column = _column(rows[0], _HEADCOUNT)
    if column is None or not any(_MONEY.search(head) for head in rows[0]):
        return
    for number, row in enumerate(rows[1:], 1):
        count = number_of(row[column]) if column < len(row) else None
        if count is not None and 0 < count < FEWEST and row[0] not in SUMS:
            yield Doubt("privacy/small-group", "", number, (("label", row[0]), ("count", count)))


def _column(head: tuple[str, ...], name: re.Pattern[str]) -> int | None:
    """The first column whose head says just this, besides a unit."""
    for number, text in enumerate(head):
        if name.fullmatch(UNIT.sub("", seen(text))):
            return number
    return None


def _found(item: Item, doubt: Doubt, keys: str) -> Finding:
    return about(item, doubt.rule, keys, doubt.case, **dict(doubt.values))
