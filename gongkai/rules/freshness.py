"""``fresh/*``: items whose review day is near or has passed."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.domain.finding import Finding
from gongkai.domain.terms import Freshness
from gongkai.rules.found import about
from gongkai.status.standing import Standing, Standings

_KEYS = "period reviewed publish"
_RULES = {
    Freshness.DUE: "fresh/due",
    Freshness.OVERDUE: "fresh/overdue",
    Freshness.LONG_OVERDUE: "fresh/long-overdue",
}


def check(standings: Standings) -> Iterator[Finding]:
    """Current items that are due, overdue or long overdue."""
    for standing in standings.all():
        if standing.freshness in _RULES and standing.review_by:
            yield _finding(standing, standings)


def _finding(standing: Standing, standings: Standings) -> Finding:
    item, review_by = standing.item, standing.review_by
    if review_by is None or standing.freshness is None:
        raise ValueError(item.id)
    values = {
        "title": item.title,
        "review_by": review_by,
        "days": abs((standings.today - review_by).days),
        "dept": item.owner.dept,
        "period": str(item.period.next()) if item.period else "",
    }
    case = "period" if item.period else ""
    return about(item, _RULES[standing.freshness], _KEYS, case, **values)
