"""What workers ask again and again (热点): opinions of one kind within a year, and whether anything
was disclosed about it since.

An opinion is about a category when it says a word of its name, or one that people say for it
(``words`` of the catalogue). Nothing else is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from gongkai.domain.model import Category, Item, Library, Opinion, Value

_YEAR = timedelta(days=366)
MANY = 3
"""Opinions of one kind within a year that make a topic: our own."""


class Topic(Value, frozen=True):
    """A category that workers ask about, the opinions of a year, the oldest first, how many of them
    were asked once more, and the first thing of its kind that was put up since the first."""

    category: Category
    opinions: tuple[Opinion, ...]
    again: int
    shown: Item | None


def topics(library: Library, today: date) -> list[Topic]:
    """The topics of the year before a day, what is asked most first."""
    known = [opinion for opinion in library.opinions if today - _YEAR < opinion.received <= today]
    if len(known) < MANY:
        return []
    found = []
    for category, terms in _terms(library).values():
        ours = sorted(
            (opinion for opinion in known if any(term in opinion.text for term in terms)),
            key=lambda one: (one.received, one.id),
        )
        if len(ours) >= MANY:
            again = sum(opinion.follows is not None for opinion in ours)
            shown = _shown(category, ours[0].received, library, today)
            found.append(Topic(category, tuple(ours), again, shown))
    return sorted(found, key=lambda one: (-len(one.opinions), one.category.id))


def _terms(library: Library) -> Mapping[str, tuple[Category, frozenset[str]]]:
    """The words that stand for each category."""
    catalogue = library.catalogue
    found = {}
    for row in catalogue.categories.values():
        said = {row.name}
        for word, called in catalogue.called.items():
            fitting = {text for text in called if text in row.name}
            if fitting:
                said |= {word, *fitting}
        found[row.id] = row, frozenset(said)
    return found


def _shown(category: Category, since: date, library: Library, today: date) -> Item | None:
    items = (
        item
        for item in library.items
        if item.category == category.id
        and not item.draft
        and since <= item.first_day <= today
        and item.was_up
    )
    return min(items, key=lambda one: (one.first_day, one.id), default=None)
