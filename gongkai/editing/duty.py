"""Which duty and which period a file is for, as said or as guessed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from gongkai.domain.calendar import Period
from gongkai.domain.errors import UsageError
from gongkai.domain.model import Category, Library
from gongkai.editing.asked import ImportRequest, Told
from gongkai.editing.blank import boards_without, category_of, period_wanted
from gongkai.editing.guessing import category_guess
from gongkai.editing.periods import label, names_period, period_in


def refuse_second(library: Library, path: Path, category: Category, period: Period | None) -> None:
    """UsageError where this period is told already and no workshop is left to tell it: whoever has
    a second table decides what it is."""
    if period is None or boards_without(library, category, period):
        return
    for item in library.items:
        if (item.category, item.period) == (category.id, period):
            raise UsageError(
                "error.import-second", category=category.called, period=label(period),
                path=item.path, item=item.id, file=path.name,
            )  # fmt: skip


def for_what(
    library: Library, asked: ImportRequest, said: Sequence[str], today: date, told: Told
) -> tuple[Category, Period | None]:
    """The duty and the period, as said or as guessed."""
    if asked.category:
        category = category_of(library, asked.category)
    else:
        found = next(filter(None, (category_guess(library, text) for text in said)), None)
        if found is None:
            known = [category.called for category in library.catalogue.categories.values()]
            raise UsageError("error.import-category", title=said[0], known=known)
        category = found
    told.append(("import.category", {"name": category.called}))
    period = asked.period
    if period is None and category.grain.months:
        period = _period_of(said, today) or period_wanted(library, category, today)
    if period:
        told.append(("import.period", {"period": label(period)}))
    return category, period


def _period_of(said: Sequence[str], today: date) -> Period | None:
    """The period that the first of some texts speaks of which speaks of any. UsageError where it
    names months and cannot be understood."""
    for text in said:
        if found := period_in(text, today):
            return found
        if names_period(text):
            raise UsageError("error.import-period", title=text)
    return None
