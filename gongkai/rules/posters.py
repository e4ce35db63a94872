"""``poster/*``: what cannot be put on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec import structs

from gongkai.finding import RULES, Finding
from gongkai.glyphs import undrawable
from gongkai.model import Board, Category, Item, Library
from gongkai.rules.found import about, judged
from gongkai.sheets import Furniture, room_left, sheet_of
from gongkai.source.blocks import blocks
from gongkai.source.markdown import tree
from gongkai.standing import Standings
from gongkai.terms import Channel
from gongkai.text import plain_text

_NOT_PRINTED = {"path", "source", "images", "ignore", "archive", "reviewed"}


def check(standings: Standings) -> Iterator[Finding]:
    """What cannot be drawn or has no room, in items that hang on paper or will."""
    yield from _around(standings.library)
    boards = {one.id: one for one in standings.library.boards}
    firm = standings.library.org.name
    for standing in judged(standings):
        if {Channel.POSTER, Channel.SCREEN} & set(standing.item.channels):
            yield from _glyphs(standing.item)
        if Channel.POSTER in standing.item.channels:
            yield from _too_large(standing.item)
            yield from _overflow(
                standing.item, [boards[one] for one in standing.item.boards if one in boards], firm
            )


def _around(library: Library) -> Iterator[Finding]:
    """What stands on sheets and screens beside the items: the firm, its boards, the catalogue."""
    org, site = library.org, library.site
    names = [org.name, org.short, *(one.text for one in org.channels)]
    yield from _of_file("content/org.yml", [*names, *(one.name for one in org.departments)])
    yield from _of_file(site.config.name, [site.name])
    rows = [*library.catalogue.categories.values()]
    yield from _of_file("content/catalogue.yml", [text for row in rows for text in _words(row)])
    for board in library.boards:
        yield from _of_file(board.path, [*_strings(msgspec.to_builtins(board))], board.id)


def _words(row: Category) -> tuple[str, ...]:
    return row.name, row.en, row.dept, *(one.text for one in row.sources)


def _of_file(path: str, texts: Iterable[str], board: str | None = None) -> Iterator[Finding]:
    if missing := undrawable(" ".join(texts)):
        rule, values = "poster/glyph", {"characters": _codes(missing)}
        yield Finding(rule=rule, severity=RULES[rule], path=path, board=board, values=values)


def _codes(missing: list[str]) -> list[str]:
    return [f"{one} (U+{ord(one):04X})" for one in missing[:8]]


def _glyphs(item: Item) -> Iterator[Finding]:
    """Also of characters that are written as entities; screens bring the letters of the sheets."""
    missing = undrawable(" ".join([*_texts(item), *_behind_entities(item)]))
    if missing:
        where = next((k for k in ("title", "number") if undrawable(getattr(item, k) or "")), "")
        line, column = (1, 1) if where else _place(item)
        found = about(item, "poster/glyph", where or "body", "", characters=_codes(missing))
        yield (
            found
            if where or line == 1
            else structs.replace(found, line=line, column=column, keys=())
        )


def _behind_entities(item: Item) -> Iterator[str]:
    if "&" in item.body.text:
        yield plain_text(tree(item.body))


def _place(item: Item) -> tuple[int, int]:
    """Line and column of the first such character in the body; 1 and 1 if it stands elsewhere."""
    for block in blocks(tree(item.body)):
        if missing := undrawable(block.text):
            return block.place(block.text.index(missing[0]))
    return 1, 1


MOST_CELLS = 25_000
"""Cells of an item's tables: forty columns of six hundred rows, some eighty sheets."""

MOST_LINES = 5_000
"""Lines of a body: a hundred sheets of A4."""


def _too_large(item: Item) -> Iterator[Finding]:
    """Texts that would take more sheets than anybody hangs, and more memory than there is."""
    lines = item.body.text.count("\n")
    if lines > MOST_LINES:
        yield about(item, "poster/overflow", "body", "lines", lines=lines, most=MOST_LINES)
    cells = item.body.text.count("|") + sum(len(row) for table in item.attached for row in table)
    if cells > MOST_CELLS:
        key = "tables" if item.attached else "body"
        values = {"cells": cells, "most": MOST_CELLS}
        yield about(item, "poster/overflow", key, "cells", **values)


_VERSION = " 版本 01234567 扫码看本张是否仍然有效"
_FEW = 120
"""Characters that find a place on any sheet, whatever it is."""


def _overflow(item: Item, boards: list[Board], firm: str) -> Iterator[Finding]:
    """Firm, workshop, number and signature stand on every sheet; the text gets what they leave."""
    longest = max((len(one.workshop or "") for one in boards), default=0)
    if len(firm) + longest + len(item.number or "") + len(item.owner.dept) + len(item.id) < _FEW:
        return
    for board in boards:
        sheet = sheet_of(item.paper or board.paper)
        around = Furniture(
            f"{firm} {board.workshop or ''}", item.number or "", item.owner.dept, item.id + _VERSION
        )
        left, least = room_left(sheet, around)
        if left < least:
            key = "number" if len(item.number or "") > len(item.owner.dept) else "owner"
            values = {"paper": sheet.name, "left": max(0, round(left)), "least": round(least)}
            yield about(item, "poster/overflow", key, "around", **values)
            return


def _texts(item: Item) -> Iterator[str]:
    """Every text of an item that may be printed."""
    for name in type(item).__struct_fields__:
        if name not in _NOT_PRINTED:
            yield from _strings(msgspec.to_builtins(getattr(item, name)))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _strings(one)
