"""The styles and lists of an .odt file (OpenDocument 1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from gongkai.source.ooxml import name_of
from gongkai.source.word.labels import BULLET, shown_number
from gongkai.source.word.runs import INVISIBLE, WHITE, is_red
from gongkai.source.word.styles import value

_FORMATS = {
    "": "none", "1": "decimal", "0": "decimalZero", "a": "lowerLetter", "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman", "一": "chineseCounting", "壹": "chineseLegalSimplified",
    "①": "decimalEnclosedCircle", "甲": "ideographTraditional", "子": "ideographZodiac",
    "１": "decimalFullWidth", "㈠": "decimal",
}  # fmt: skip
_MOST_LEVELS, _DEEPEST = 10, 20
_SIZE = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)pt")


class OdtStyle(NamedTuple):
    """What a style says of paragraphs or pieces of text; None and empty where it says nothing."""

    align: str | None = None
    size: float | None = None
    is_red: bool | None = None
    is_hidden: bool | None = None
    is_white: bool | None = None
    has_ground: bool | None = None
    is_struck: bool | None = None
    height: str | None = None
    heading: int | None = None
    list_name: str | None = None
    name: str = ""

    def under(self, other: OdtStyle) -> OdtStyle:
        """This one, and of another what this one does not say."""
        pairs = zip(self, other, strict=True)
        return OdtStyle._make(theirs if own is None or own == "" else own for own, theirs in pairs)

    @property
    def is_unseen(self) -> bool:
        """Is text white on white, or too small for anybody to see?"""
        is_white = bool(self.is_white) and not self.has_ground
        return is_white or 0 < (self.size or 0.0) <= INVISIBLE


class Looks:
    """The styles of a file by family and name, each with those it rests upon."""

    def __init__(self, trees: list[Element]) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._known: dict[tuple[str, str], OdtStyle] = {}
        for tree in trees:
            for element in tree.iter():
                if name_of(element) == "style":
                    family, name = value(element, "family") or "", value(element, "name") or ""
                    self._styles[family, name] = element

    def of(self, family: str, name: str | None) -> OdtStyle:
        """The look of a style by its name."""
        key = family, name or ""
        if key not in self._known:
            self._known[key] = self._looked(*key)
        return self._known[key]

    def _looked(self, family: str, name: str) -> OdtStyle:
        look = OdtStyle()
        for _ in range(_DEEPEST):
            style = self._styles.get((family, name))
            if style is None:
                break
            look = look.under(_own(style))
            name = value(style, "parent-style-name") or ""
        return look


def _own(style: Element) -> OdtStyle:
    told: dict[str, str] = {}
    for part in style:
        if name_of(part) in ("paragraph-properties", "text-properties"):
            told |= {key.rpartition("}")[2]: text for key, text in part.attrib.items()}
    size = _SIZE.fullmatch(told.get("font-size", ""))
    colour, strike = told.get("color"), told.get("text-line-through-style")
    ground = told.get("background-color", "").lower()
    level = value(style, "default-outline-level") or ""
    return OdtStyle(
        align={"end": "right", "start": "left"}.get(a := told.get("text-align", ""), a) or None,
        size=float(size[1]) if size else None,
        is_red=is_red(colour.removeprefix("#")) if colour else None,
        is_hidden=told["display"] == "none" if "display" in told else None,
        is_white=colour.removeprefix("#").upper() == WHITE if colour else None,
        has_ground=ground not in ("transparent", "#ffffff") if ground else None,
        is_struck=strike != "none" if strike else None,
        height=_height(told.get("text-position")),
        heading=int(level) if level.isdecimal() else None,
        list_name=value(style, "list-style-name"),
        name=value(style, "name") or "",
    )


def _height(text: str | None) -> str | None:
    if not text:
        return None
    first = text.split()[0]
    if first == "super" or (first[:1].isdigit() and first != "0%"):
        return "superscript"
    return "subscript" if first == "sub" or first.startswith("-") else "none"


class ListLevel(NamedTuple):
    """How one level of a list is numbered; ``shown`` counts the levels in a label."""

    format: str = "decimal"
    before: str = ""
    after: str = ""
    start: int = 1
    shown: int = 1


Levels = Mapping[int, ListLevel]


def list_styles(trees: list[Element]) -> dict[str, Levels]:
    """The levels of lists by the names of their styles; those of headings under an empty name."""
    found: dict[str, Levels] = {}
    for tree in trees:
        for element in tree.iter():
            if name_of(element) in ("list-style", "outline-style"):
                is_outline = name_of(element) == "outline-style"
                found["" if is_outline else value(element, "name") or ""] = dict(_levels(element))
    return found


def _levels(style: Element) -> Iterator[tuple[int, ListLevel]]:
    for element in style:
        kind, at = name_of(element), _whole(value(element, "level"), 1)
        if kind == "list-level-style-bullet":
            yield at, ListLevel("bullet")
        elif kind in ("list-level-style-number", "outline-level-style"):
            format_ = value(element, "num-format") or ""
            yield (
                at,
                ListLevel(
                    format=_FORMATS.get(format_[:1], "decimal"),
                    before=value(element, "num-prefix") or "",
                    after=value(element, "num-suffix") or "",
                    start=_whole(value(element, "start-value"), 1),
                    shown=_whole(value(element, "display-levels"), 1),
                ),
            )


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 else otherwise


class Counter:
    """Counts the items of one list."""

    def __init__(self, levels: Levels) -> None:
        self._levels = levels
        self._counts: dict[int, int] = {}

    def label(self, at: int, start: int | None = None) -> str:
        """The label of the next item on a level, counted from 1."""
        level = self._levels.get(at, ListLevel("bullet" if not self._levels else "none"))
        if level.format == "bullet":
            return BULLET
        count = self._counts.get(at, level.start - 1) + 1 if start is None else start
        self._counts[at] = count
        self._counts = {depth: n for depth, n in self._counts.items() if depth <= at}
        if level.format == "none":
            return level.before + level.after
        upper = range(max(1, at - level.shown + 1), at + 1)
        numbers = (self._number(number) for number in upper)
        return f"{level.before}{'.'.join(filter(None, numbers))}{level.after}"

    def _number(self, at: int) -> str:
        level = self._levels.get(at, ListLevel())
        return shown_number(self._counts.get(at, level.start), level.format)
