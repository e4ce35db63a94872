"""``review/*``: a confirmation must say what was looked at."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.finding import Finding
from gongkai.rules.found import about
from gongkai.standing import Standings


def check(standings: Standings) -> Iterator[Finding]:
    """Confirmations without evidence."""
    for standing in standings.all():
        for number, review in enumerate(standing.item.reviewed):
            if not review.checked:
                where = f"reviewed.{number} reviewed"
                yield about(standing.item, "review/no-evidence", where, "", date=review.date)
