"""What the styles of an .xlsx file do to the cells that have them (ECMA-376, part 1, 18.8)."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element

from gongkai.source.ooxml import all_of, first_of, name_of
from gongkai.source.workbook.builtin import BUILTIN


class CellStyles(NamedTuple):
    """The number format of every style of cells; the styles that strike a text out; and the
    conditional ones that show a cell otherwise than its own style does."""

    codes: tuple[str, ...] = ()
    struck: frozenset[int] = frozenset()
    conditional: frozenset[str] = frozenset()


def styles_of(tree: Element) -> CellStyles:
    """The styles of a workbook."""
    own = {one.get("numFmtId"): one.get("formatCode", "") for one in all_of(tree, "numFmt")}
    cells = [one for one in _children(tree, "cellXfs") if name_of(one) == "xf"]
    formats = [one.get("numFmtId", "0") for one in cells]
    fonts = [is_struck(font) for font in _children(tree, "fonts")]
    of_font = {str(number) for number, struck in enumerate(fonts) if struck}
    shows = enumerate(_children(tree, "dxfs"))
    return CellStyles(
        tuple(own[one] if one in own else BUILTIN.get(one, "General") for one in formats),
        frozenset(n for n, one in enumerate(cells) if one.get("fontId", "0") in of_font),
        frozenset(
            str(n) for n, one in shows if first_of(one, "numFmt") is not None or is_struck(one)
        ),
    )


def is_struck(font: Element) -> bool:
    """Does a font, or what holds one, strike its text out?"""
    return any(one.get("val", "1") in ("1", "true") for one in all_of(font, "strike"))


def changes_what_is_shown(formatting: Element, styles: CellStyles) -> bool:
    """May a conditional format show its cells otherwise than their own styles do, or a bar or a
    sign in place of them?"""
    return any(
        rule.get("dxfId") in styles.conditional for rule in all_of(formatting, "cfRule")
    ) or any(
        one.get("showValue", "1") in ("0", "false")
        for name in ("dataBar", "iconSet")
        for one in all_of(formatting, name)
    )


def _children(tree: Element, name: str) -> list[Element]:
    found = first_of(tree, name)
    return [] if found is None else [*found]
