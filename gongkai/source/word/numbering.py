"""The lists of a .docx file, whose numbers stand nowhere in it: they are counted like Word counts
them (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from gongkai.source.ooxml import name_of
from gongkai.source.word.labels import BULLET, shown_number
from gongkai.source.word.styles import child, is_on, value

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


class Level(NamedTuple):
    """How one level of a list is numbered. ``restarts`` is the level, from 1, behind which it
    begins anew; 0 for never, None for any above it."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restarts: int | None = None
    is_plain: bool = False
    style: str | None = None


class Numbering:
    """Counts the numbered paragraphs of a file, in their order."""

    def __init__(self, tree: Element | None) -> None:
        self._kinds: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, tuple[str, Mapping[int, Level], Mapping[int, int]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        styled: dict[str, str] = {}
        borrowed: dict[str, str] = {}
        for element in tree if tree is not None else ():
            if name_of(element) == "abstractNum":
                kind = value(element, "abstractNumId") or ""
                self._kinds[kind] = _levels(element)
                styled[value(child(element, "styleLink")) or ""] = kind
                borrowed[kind] = value(child(element, "numStyleLink")) or ""
        for kind, style in borrowed.items():
            if style in styled and style:
                self._kinds[kind] = self._kinds[styled[style]]
        for element in tree if tree is not None else ():
            if name_of(element) == "num":
                self._lists[value(element, "numId") or ""] = self._list(element)

    def _list(self, element: Element) -> tuple[str, Mapping[int, Level], Mapping[int, int]]:
        kind = value(child(element, "abstractNumId")) or ""
        own: dict[int, Level] = {}
        starts: dict[int, int] = {}
        for one in element:
            if name_of(one) == "lvlOverride":
                at = _whole(value(one, "ilvl"))
                own |= _levels(one)
                if (start := value(child(one, "startOverride"))) is not None:
                    starts[at] = _whole(start)
        return kind, {**self._kinds.get(kind, {}), **own}, starts

    def level_of_style(self, number: str, style: str | None) -> str:
        """The level of a list that is meant for a style of paragraphs."""
        _, levels, _ = self._lists.get(number, ("", {}, {}))
        return str(next((at for at, value in levels.items() if style and value.style == style), 0))

    def label(self, number: str, at: int) -> str:
        """The label of the next paragraph on a level of a list; empty when there is no such."""
        if number not in self._lists or not 0 <= at < _LEVELS:
            return ""
        kind, levels, starts = self._lists[number]
        counts = self._counts.setdefault(kind, [None] * _LEVELS)
        level = levels.get(at, Level())
        if at in starts and (number, at) not in self._begun:
            self._begun.add((number, at))
            counts[at] = None
        counts[at] = starts.get(at, level.start) if counts[at] is None else (counts[at] or 0) + 1
        for lower in range(at + 1, _LEVELS):
            restarts = levels.get(lower, Level()).restarts
            if restarts is None or at < restarts:
                counts[lower] = None
        return self._shown(level, levels, counts)

    def _shown(self, level: Level, levels: Mapping[int, Level], counts: list[int | None]) -> str:
        if level.format == "bullet":
            return BULLET if level.text.strip() else ""

        def one(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            of = levels.get(at, Level())
            count = counts[at]
            format_ = "decimal" if level.is_plain else of.format
            return shown_number(of.start if count is None else count, format_)

        return _PLACE.sub(one, level.text)


def _levels(element: Element) -> dict[int, Level]:
    return {
        _whole(value(one, "ilvl")): Level(
            start=_whole(value(child(one, "start")), 1),
            format=_format(one),
            text=value(child(one, "lvlText")) or "",
            restarts=_restart(value(child(one, "lvlRestart"))),
            is_plain=is_on(child(one, "isLgl")),
            style=value(child(one, "pStyle")),
        )
        for one in element
        if name_of(one) == "lvl"
    }


def _format(level: Element) -> str:
    """The format of a level; Word wraps newer ones in an alternative."""
    found = next((element for element in level.iter() if name_of(element) == "numFmt"), None)
    return value(found) or "decimal"


def _restart(text: str | None) -> int | None:
    return None if text is None else _whole(text)


def _whole(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else otherwise
