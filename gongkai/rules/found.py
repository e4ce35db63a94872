"""How rules say what they found about an item."""

from __future__ import annotations

from gongkai.domain.finding import RULES, Finding, Severity
from gongkai.domain.model import Item
from gongkai.status.standing import Standing, Standings
from gongkai.status.windows import JUDGED


def about(item: Item, rule: str, keys: str, case: str = "", /, **values: object) -> Finding:
    """A finding at the first of some keys (separated by blanks) that was typed in the item's file.

    A draft's findings inform.
    """
    return Finding(
        rule=rule,
        severity=Severity.INFO if item.draft else RULES[rule],
        path=item.path,
        keys=tuple(keys.split()),
        item=item.id,
        case=case,
        values=values,
    )


def judged(standings: Standings) -> list[Standing]:
    """The items that are up or will be."""
    return [standing for standing in standings.all() if standing.state in JUDGED]
