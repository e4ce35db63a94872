"""A body as the typesetter takes it: turned, split and measured so that all of it finds a place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from msgspec import structs

from gongkai.domain.glyphs import INVISIBLE
from gongkai.domain.model import Value
from gongkai.domain.sheets import POINT, Sheet, sheet_of
from gongkai.domain.terms import Paper
from gongkai.domain.text import Node, plain_text, tables_in, width_of
from gongkai.render.pictures import Picture
from gongkai.render.poster.tables import ColumnWidths, breakable, is_too_wide, shape_of, split
from gongkai.render.poster.whole import marked

_WIDEST, _HIGHEST, _ALONE, _IN_CELL = 0.92, 0.42, 0.63, 26.0
"""How much of the width and of the height of a sheet a picture takes at most, of the height where
there is nothing but pictures, and the mm (on A4) of one within a table."""


_ENDING = ("paragraph", "heading", "cell")
"""Kinds whose last line is not left with a single character."""


class Setting(Value, frozen=True):
    """A body on a sheet. ``ems`` is the length of what is no table, ``parts`` in how many
    paragraphs it comes."""

    sheet: Sheet
    nodes: tuple[Any, ...]
    ems: float
    parts: int


def set_body(
    body: tuple[Node, ...],
    paper: Paper,
    pictures: Mapping[str, Picture],
    part: str,
    own: str | None = None,
) -> Setting:
    """A body for a paper, which is turned when a table is too wide for it. The rows of the workshop
    ``own`` are set apart.

    ``pictures`` are known by the name they have in the body; ``part`` is the sentence above the
    parts of a table that had to be split, with {n} and {total}.
    """
    sheet = sheet_of(paper)
    shapes = {id(table): shape_of(table) for table in tables_in(body)}
    widest = sheet.across / (sheet.body * POINT)
    if any(is_too_wide(shape, widest) for shape in shapes.values()):
        sheet = sheet_of(paper, landscape=True)
    # a sentence may stand first
    is_alone = len(body) > 0 and all(map(_is_picture, body[1:] or body))
    highest = _ALONE if is_alone else _HIGHEST
    setter = _Setter(sheet, shapes, pictures, part, own, highest)
    nodes = tuple(one for node in signed(body) for one in setter.set(node))
    lines = [line for node in body if node.kind != "table" for line in _lines(node)]
    return Setting(sheet, nodes, sum(map(width_of, lines)), len(lines))


SIGNED = "signed"
"""How a paragraph is aligned that is the signature (落款): who, and the day in full."""
_SIGNATURE, _MOST = 22.0, 3
"""Han characters of its longest line, and how many it has."""
_DAY = re.compile(
    r"(?:\d{4}|[二〇零○一三四五六七八九]{4})年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日"
)
_SENTENCE = re.compile("[，。；：！？]")


def signed(body: tuple[Node, ...]) -> tuple[Node, ...]:
    """A body whose last paragraphs stand to the right if they are who says it and on which day."""
    if not body or not _is_name(body[-1]) or not _DAY.fullmatch(_lines_of(body[-1])[-1]):
        return body
    is_day_alone = len(_lines_of(body[-1])) == 1
    count = 2 if is_day_alone and len(body) > 1 and _is_name(body[-2]) else 1
    return (*body[:-count], *(structs.replace(node, align=SIGNED) for node in body[-count:]))


def _lines_of(node: Node) -> list[str]:
    return [text.strip() for text in plain_text((node,)).strip().split("\n")]


def _is_name(node: Node) -> bool:
    """May it be a signature: a paragraph of up to three short lines that are no sentences?"""
    lines = _lines_of(node)
    is_short = all(0 < width_of(line) <= _SIGNATURE for line in lines)
    return (
        node.kind == "paragraph"
        and len(lines) <= _MOST
        and is_short
        and not any(map(_SENTENCE.search, lines))
    )


def _lines(node: Node) -> Iterator[str]:
    yield from filter(None, plain_text((node,)).split("\n"))


def told(setting: Setting, beside: Sequence[str]) -> dict[str, Any]:
    """Paper and body as data, and how much text there is with what stands ``beside`` the body: for
    a first guess at its size."""
    sheet = setting.sheet
    return {
        "paper": {name: getattr(sheet, name) for name in sheet.__struct_fields__},
        "body": setting.nodes,
        "weight": {
            "ems": setting.ems + sum(map(width_of, beside)),
            "parts": setting.parts + len(beside),
        },
    }


_AGAIN = 36
"""Ems of a title that are repeated on the sheets that follow the first."""


def cut(title: str) -> str:
    """A title for the sheets that follow; all of it stands on the first."""
    if width_of(title) <= _AGAIN:
        return title
    while width_of(title) > _AGAIN:
        title = title[:-1]
    return title.rstrip() + "…"


def _is_picture(node: Node) -> bool:
    """Is a paragraph nothing but a picture, as of a page that was scanned?"""
    return node.kind == "paragraph" and [child.kind for child in node.children] == ["image"]


class _Setter:
    """Makes nodes into plain data; ``depth`` is how far in they stand."""

    def __init__(
        self,
        sheet: Sheet,
        shapes: Mapping[int, ColumnWidths],
        pictures: Mapping[str, Picture],
        part: str,
        own: str | None,
        highest: float,
    ) -> None:
        self.sheet, self.shapes, self.pictures = sheet, shapes, pictures
        self.part, self.own, self.highest = part, own, highest

    def set(self, node: Node, depth: int = 0) -> list[Any]:
        """One node; a table that is too wide even now, as several."""
        if node.kind == "table":
            return list(self._table(node, depth))
        if node.kind == "cards":
            return [["cards", "", [self._row(row) for row in node.children], 0, ""]]
        return [self._plain(node, depth)]

    def _table(self, table: Node, depth: int) -> Iterator[Any]:
        room = self.sheet.across / POINT - 2.2 * self.sheet.body * depth
        parts = split(table, self.shapes[id(table)], room / self.sheet.body)
        for number, node in zip(count(1), parts, strict=False):
            if len(parts) > 1:
                yield ["part", self.part.format(n=number, total=len(parts)), [], 0, ""]
            shape = shape_of(node) if len(parts) > 1 else self.shapes[id(table)]
            needs = {"natural": shape.natural, "firm": shape.firm, "rigid": shape.rigid}
            children = [self._row(row) for row in node.children]
            yield ["table", "", children, node.level, node.align, needs]

    def _row(self, row: Node) -> list[Any]:
        """A row, marked if it is about the workshop that the sheet hangs in."""
        plain = self._plain(row, 0, is_cell=True)
        is_own = self.own and plain_text(row.children[:1]).strip() == self.own
        return [plain[0], "own", *plain[2:]] if is_own else plain

    def _plain(
        self, node: Node, depth: int, *, is_cell: bool = False, is_last: bool = False
    ) -> list[Any]:
        if node.kind == "image":
            return self._picture(node, is_cell=is_cell)
        inner = depth + (node.kind in ("list", "quote"))
        last = node.children[-1] if node.kind in _ENDING and node.children else None
        children = [
            row
            for child in node.children
            for row in (
                [self._plain(child, 0, is_cell=True, is_last=child is last)]
                if is_cell or child.kind == "text"
                else self.set(child, inner)
            )
        ]
        text = breakable(INVISIBLE.sub("", node.text)) if node.text else ""
        if node.kind == "text" and "\u200b" not in text:
            text = marked(text, is_last=is_last)
        return [node.kind, text, children, node.level, node.align]

    def _picture(self, node: Node, *, is_cell: bool) -> list[Any]:
        """A picture with its width in mm: as wide as it may be without getting too high."""
        picture = self.pictures[node.text]
        sheet = self.sheet
        wide, high = sheet.across * _WIDEST, sheet.height * self.highest
        if is_cell:
            wide = high = _IN_CELL * sheet.scale
        width = min(wide, high * picture.ratio)
        children = [self._plain(child, 0) for child in node.children]
        return ["image", picture.name, children, round(width, 1), ""]
