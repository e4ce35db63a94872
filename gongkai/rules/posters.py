"""``poster/*``: what cannot be put on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec import structs

from gongkai.domain.finding import RULES, Finding
from gongkai.domain.glyphs import undrawable
from gongkai.domain.model import Board, Category, Item, Library
from gongkai.domain.sheets import Furniture, room_left, sheet_of
from gongkai.domain.terms import Channel
from gongkai.domain.text import plain_text
from gongkai.rules.found import about, judged
from gongkai.source.markdown import tree
from gongkai.status.opinions import is_told, raise_one
from gongkai.status.standing import Standings

_JSON = msgspec.json.Encoder(enc_hook=str)
_NOT_PRINTED = {"path", "source", "images", "ignore", "archive", "reviewed", "posted", "body"}


def check(standings: Standings) -> Iterator[Finding]:
    """What cannot be drawn or has no room, in items that hang on paper or will."""
    yield from _around(standings.library)
    yield from _opinions(standings)
    boards = {board.id: board for board in standings.library.boards}
    firm = standings.library.org.name
    for standing in judged(standings):
        if {Channel.POSTER, Channel.SCREEN} & set(standing.item.channels):
            yield from _glyphs(standing.item)
        if Channel.POSTER in standing.item.channels:
            yield from _too_large(standing.item)
            yield from _overflow(
                standing.item,
                [boards[board] for board in standing.item.boards if board in boards],
                firm,
            )


def _around(library: Library) -> Iterator[Finding]:
    """What stands on sheets and screens beside the items: the firm, its boards, the catalogue."""
    org, site = library.org, library.site
    of_org = {name: getattr(org, name) for name in ("name", "short", "channels", "departments")}
    if org.name == site.name:  # as it is where nobody typed another
        del of_org["name"], of_org["short"]
    yield from _of_file("content/org.yml", of_org)
    yield from _of_file(site.config.name, {"site_name": site.name})
    rows = library.catalogue.categories.values()
    yield from _of_file(
        "content/catalogue.yml",
        {"categories": {category.id: _words(category) for category in rows}},
    )
    for board in library.boards:
        yield from _of_file(board.path, structs.asdict(board), board.id)


def _opinions(standings: Standings) -> Iterator[Finding]:
    """What workers said and were answered, which stands on a sheet of its board: what is told of
    today, and what will be."""
    library, today = standings.library, standings.today
    for opinion in library.opinions:
        if opinion.received > today or is_told(raise_one(opinion, today), today):
            said = "" if opinion.private else f"{opinion.text}{opinion.reply or ''}"
            for sign in undrawable(f"{opinion.id}{opinion.dept or ''}{said}")[:_MOST_SIGNS]:
                found = _undrawable(sign, opinion.path, ())
                yield structs.replace(found, line=opinion.line)


_MOST_SIGNS = 8
"""Characters that are told of one text."""


def _undrawable(sign: str, path: str, keys: tuple[str, ...], board: str | None = None) -> Finding:
    return Finding(
        rule="poster/glyph",
        severity=RULES["poster/glyph"],
        path=path,
        keys=keys,
        sign=sign,
        board=board,
        values={"characters": _code(sign)},
    )


def _words(row: Category) -> dict[str, object]:
    sources = [{"text": source.text} for source in row.sources]
    return {"name": row.name, "en": row.en, "dept": row.dept, "sources": sources}


def _of_file(path: str, value: Any, board: str | None = None) -> Iterator[Finding]:
    for trail, text in _strings(value):
        for sign in undrawable(text)[:_MOST_SIGNS]:
            yield _undrawable(sign, path, _from(trail), board)


def _from(trail: str) -> tuple[str, ...]:
    """A dotted path of keys, and the paths that lead to it, the longest first."""
    steps = trail.split(".")
    return tuple(".".join(steps[:count]) for count in range(len(steps), 0, -1))


def _code(sign: str) -> str:
    return f"{sign} (U+{ord(sign):04X})"


def _glyphs(item: Item) -> Iterator[Finding]:
    """Also of characters that are written as entities; screens bring the letters of the sheets."""
    # Nearly no item has any; where each text stands is asked for only then.
    if "&" not in item.body.text and not undrawable(_JSON.encode(item).decode()):
        return
    texts = [*_texts(item), *_behind_entities(item)]
    missing = dict.fromkeys((trail, sign) for trail, text in texts for sign in undrawable(text))
    for trail, sign in list(missing)[:_MOST_SIGNS]:
        values = {"characters": _code(sign)}
        if trail.startswith("attached."):
            yield _in_table(item, int(trail.split(".")[1]), sign, values)
        else:
            found = about(item, "poster/glyph", " ".join(_from(trail)), **values)
            found = structs.replace(found, sign=sign)
            if trail == "body" and item.path.endswith(".md"):
                found = structs.replace(found, keys=(), line=item.body.line)
            yield found


def _in_table(item: Item, number: int, sign: str, values: dict[str, str]) -> Finding:
    table = item.tables[number]
    values |= {"file": table.file, "sheet": table.sheet or ""}
    found = about(item, "poster/glyph", f"tables.{number} tables", "table", **values)
    return structs.replace(found, sign=sign)


def _behind_entities(item: Item) -> Iterator[tuple[str, str]]:
    if "&" in item.body.text:
        yield "body", plain_text(tree(item.body))


MOST_CELLS = 25_000
"""Cells of an item's tables: forty columns of six hundred rows, some eighty sheets."""

MOST_ROWS = 2_000
"""Rows of an item's tables: some ninety sheets of A3, and five seconds to set them."""

MOST_LINES = 5_000
"""Lines of a body: a hundred sheets of A4."""


def _too_large(item: Item) -> Iterator[Finding]:
    """Texts that would take more sheets than anybody hangs, and more memory than there is."""
    lines = item.body.text.count("\n")
    if lines > MOST_LINES:
        yield about(item, "poster/overflow", "body", "lines", lines=lines, most=MOST_LINES)
    rows = sum("|" in line for line in item.body.text.split("\n")) + sum(map(len, item.attached))
    if rows > MOST_ROWS:
        yield about(item, "poster/overflow", _tables(item), "rows", rows=rows, most=MOST_ROWS)
    cells = item.body.text.count("|") + sum(len(row) for table in item.attached for row in table)
    if cells > MOST_CELLS:
        values = {"cells": cells, "most": MOST_CELLS}
        yield about(item, "poster/overflow", _tables(item), "cells", **values)


def _tables(item: Item) -> str:
    """The key that the tables of an item stand under."""
    return "tables" if item.attached else "body"


_VERSION = " 版本 01234567 扫码看本张是否仍然有效"
_FEW = 120
"""Characters that find a place on any sheet, whatever it is."""


def _overflow(item: Item, boards: list[Board], firm: str) -> Iterator[Finding]:
    """Firm, workshop, number and signature stand on every sheet; the text gets what they leave."""
    longest = max((len(board.workshop or "") for board in boards), default=0)
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


def _texts(item: Item) -> Iterator[tuple[str, str]]:
    """Every text of an item that may be printed, with the keys that lead to it."""
    yield from _strings(item.body.text, "body")
    for name in type(item).__struct_fields__:
        if name not in _NOT_PRINTED:
            yield from _strings(getattr(item, name), name)


def _strings(value: Any, trail: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a value, with the dotted path of keys that leads to it."""
    if isinstance(value, str):
        yield trail, value
    elif isinstance(value, msgspec.Struct):
        yield from _strings(structs.asdict(value), trail)
    else:
        within: Iterable[tuple[object, Any]] = ()
        if isinstance(value, dict):
            within = value.items()
        elif isinstance(value, (list, tuple)):
            within = enumerate(value)
        for key, one in within:
            yield from _strings(one, f"{trail}.{key}" if trail else str(key))
