"""Formulas of Word on one line, where a line can say them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from gongkai.source.heights import at_height
from gongkai.source.ooxml import name_of
from gongkai.source.word.styles import child, value


class Formula(NamedTuple):
    """A formula as a line of text; ``is_sure`` says that it means the same."""

    text: str
    is_sure: bool = True


_BARE = ("r", "oMath", "e", "num", "den", "sup", "sub", "box", "sdt", "sdtContent")


def formula(element: Element) -> Formula:
    """A formula on one line; not sure when it has a shape that no line has."""
    name = name_of(element)
    if name == "t":
        return Formula(element.text or "")
    if name in _SHAPES:
        return _SHAPES[name](element)
    if name.endswith("Pr"):
        return Formula("")
    parts = [formula(one) for one in element]
    is_known = name in (*_BARE, "oMathPara")
    return Formula("".join(part.text for part in parts), is_known and all(p.is_sure for p in parts))


def _part(element: Element, name: str) -> Formula:
    found = child(element, name)
    return Formula("") if found is None else formula(found)


def _fraction(element: Element) -> Formula:
    over, under = _part(element, "num"), _part(element, "den")
    text = f"{_closed(over.text)}/{_closed(under.text)}"
    return Formula(text, over.is_sure and under.is_sure)


def _closed(text: str) -> str:
    return text if text.isalnum() or text.replace(".", "").isdigit() else f"({text})"


def _bracketed(element: Element) -> Formula:
    properties = child(element, "dPr")
    begin = value(child(properties, "begChr")) if child(properties, "begChr") is not None else "("
    end = value(child(properties, "endChr")) if child(properties, "endChr") is not None else ")"
    inner = [formula(one) for one in element if name_of(one) == "e"]
    text = f"{begin or ''}{','.join(formula.text for formula in inner)}{end or ''}"
    return Formula(text, all(formula.is_sure for formula in inner))


def _script(name: str, height: str) -> Callable[[Element], Formula]:
    def shown(element: Element) -> Formula:
        base, script = _part(element, "e"), _part(element, name)
        text = at_height(script.text, height)
        is_sure = base.is_sure and script.is_sure and text is not None
        return Formula(base.text + (script.text if text is None else text), is_sure)

    return shown


_SHAPES: Mapping[str, Callable[[Element], Formula]] = {
    "f": _fraction,
    "d": _bracketed,
    "sSup": _script("sup", "superscript"),
    "sSub": _script("sub", "subscript"),
}
