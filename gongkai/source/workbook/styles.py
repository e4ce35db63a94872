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
    own = {
        element.get("numFmtId"): element.get("formatCode", "") for element in all_of(tree, "numFmt")
    }
    cells = [element for element in _children(tree, "cellXfs") if name_of(element) == "xf"]
    formats = [element.get("numFmtId", "0") for element in cells]
    fonts = [is_struck(font) for font in _children(tree, "fonts")]
    of_font = {str(number) for number, struck in enumerate(fonts) if struck}
    shows = enumerate(_children(tree, "dxfs"))
    return CellStyles(
        tuple(own[text] if text in own else BUILTIN.get(text, "General") for text in formats),
        frozenset(n for n, element in enumerate(cells) if element.get("fontId", "0") in of_font),
        frozenset(
            str(n)
            for n, element in shows
            if first_of(element, "numFmt") is not None or is_struck(element)
        ),
    )


def is_struck(font: Element) -> bool:
    """Does a font, or what holds one, strike its text out?"""
    return any(element.get("val", "1") in ("1", "true") for element in all_of(font, "strike"))


def changes_what_is_shown(formatting: Element, styles: CellStyles) -> bool:
    """May a conditional format show its cells otherwise than their own styles do, or a bar or a
    sign in place of them?"""
    return any(
        rule.get("dxfId") in styles.conditional for rule in all_of(formatting, "cfRule")
    ) or any(
        element.get("showValue", "1") in ("0", "false")
        for name in ("dataBar", "iconSet")
        for element in all_of(formatting, name)
    )


def _children(tree: Element, name: str) -> list[Element]:
    found = first_of(tree, name)
    return [] if found is None else [*found]
