"""How rules say what they found about an item, or an entry of a ledger."""

from __future__ import annotations

from gongkai.domain.finding import RULES, Finding, Severity
from gongkai.domain.model import Inspection, Item, Opinion, Survey
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


def about_entry(
    entry: Inspection | Opinion | Survey, rule: str, case: str = "", /, **values: object
) -> Finding:
    """A finding at the place of an entry, which it names by its number."""
    return Finding(
        rule=rule,
        severity=RULES[rule],
        path=entry.path,
        line=entry.line,
        case=case,
        values={"id": entry.id, **values},
    )


def judged(standings: Standings) -> list[Standing]:
    """The items that are up or will be."""
    return [standing for standing in standings.all() if standing.state in JUDGED]
