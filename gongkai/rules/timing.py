"""``timing/*``: what is to be public beforehand (事前) is public before it takes effect.

「能在事前公开的不在事后公开」: custom. Of which categories this is asked stands in the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.domain.finding import Finding
from gongkai.domain.model import Category, Item
from gongkai.domain.terms import Kind, Timing
from gongkai.rules.found import about, judged
from gongkai.status.standing import Standings


def check(standings: Standings) -> Iterator[Finding]:
    """Scheduled and current items that go up on or after the day of their effect."""
    for standing in judged(standings):
        item = standing.item
        if is_late(item, standings.library.category(item)):
            values = {"publish": item.first_day, "effective": item.effective}
            yield about(item, "timing/late", "publish", "", **values)


def is_late(item: Item, category: Category) -> bool:
    """Was it to be public before its day of effect, and is not? A correction comes when it must."""
    if item.effective is None or item.kind is Kind.CORRECTION:
        return False
    timing = item.timing or category.timing
    return timing is Timing.BEFORE and item.first_day >= item.effective
