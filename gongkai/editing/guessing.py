"""Which duty a sheet is for, by its title and what was published before."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gongkai.domain.model import Category, Library
from gongkai.editing.blank import is_model
from gongkai.editing.periods import without_period
from gongkai.source.packs import pack
from gongkai.source.scalars import ID
from gongkai.source.shapes import ListOf, Scalar
from gongkai.source.tables import FreeMapping

_IDLE = re.compile(r"[^\w]|情况|汇总|统计|一览|明细|公布|公开|公司|表|年|月|日|职工")
_LIKELY, _SURE = 0.3, 0.5
"""How like a title has to be, as Dice's coefficient of its pairs of characters, and from when on no
word of it says more."""
TITLES = FreeMapping(ListOf(Scalar(str)), ID)
"""The shape of ``titles.yml``: the telling words of each category."""


def category_guess(library: Library, text: str) -> Category | None:
    """The row of the catalogue whose name, or whose items' titles, are most like a title, or of
    whose papers a word in it tells; None when none is like it."""
    idle = _own_names(library)
    wanted = _pairs(text, idle)
    rated = {
        name: max(_like(wanted, _pairs(one, idle)) for one in ones)
        for name, ones in _names(library).items()
    }
    best = max(rated, key=lambda name: rated[name], default=None)
    if best is None:
        return None
    if rated[best] < _SURE and (told := _told_by_word(library, text)):
        return told
    return library.catalogue.categories[best] if rated[best] >= _LIKELY else None


def _told_by_word(library: Library, text: str) -> Category | None:
    """The row that the longest telling word of a title belongs to; None where two are as long."""
    found: dict[int, set[str]] = {}
    for name, words in pack("titles.yml", TITLES).items():
        for word in words if name in library.catalogue.categories else ():
            if word in text:
                found.setdefault(len(word), set()).add(name)
    names = found[max(found)] if found else set[str]()
    return library.catalogue.categories[names.pop()] if len(names) == 1 else None


def _names(library: Library) -> Mapping[str, set[str]]:
    found = {category.id: {category.name} for category in library.catalogue.categories.values()}
    for item in library.items:
        if is_model(item) and item.category in found:
            found[item.category].add(without_period(item.title))
    return found


def _own_names(library: Library) -> tuple[str, ...]:
    """What the factory and its boards are called: it stands in titles of every kind."""
    org = library.org
    names = {org.name, org.short, library.site.name}
    names |= {name for board in library.boards for name in (board.title, board.workshop) if name}
    return tuple(sorted(names - {""}, key=len, reverse=True))


def _pairs(text: str, idle: tuple[str, ...]) -> set[str]:
    for name in idle:
        text = text.replace(name, "")
    plain = _IDLE.sub("", without_period(text))
    return {plain[n : n + 2] for n in range(len(plain) - 1)}


def _like(wanted: set[str], other: set[str]) -> float:
    both = len(wanted) + len(other)
    return 2 * len(wanted & other) / both if both else 0.0
