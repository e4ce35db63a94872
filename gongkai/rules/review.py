"""``review/*``: a confirmation must say what was looked at, and be a look at one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from gongkai.domain.finding import Finding
from gongkai.domain.model import Item
from gongkai.domain.terms import State
from gongkai.rules.found import about
from gongkai.status.standing import Standings

MANY = 10
"""Items that one office can look at on one day, if it looks: from here on it is said. Custom."""


def check(standings: Standings) -> Iterator[Finding]:
    """Confirmations without evidence, and those of many items on one day."""
    confirmed: dict[date, list[Item]] = defaultdict(list)
    for standing in standings.all():
        item = standing.item
        for number, review in enumerate(item.reviewed):
            if not review.checked:
                where = f"reviewed.{number} reviewed"
                yield about(item, "review/no-evidence", where, "", date=review.date)
        if item.reviewed and standing.state is State.CURRENT:
            confirmed[max(review.date for review in item.reviewed)].append(item)
    for day, items in confirmed.items():
        if len(items) >= MANY:
            first = min(items, key=lambda one: one.path)
            yield about(first, "review/mass", "reviewed", "", date=day, count=len(items))
