"""``git/*``: what a repository remembers against what the items say of themselves. Custom.

Where the past cannot be seen the rules say so: silence would look like a pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from gongkai.finding import RULES, Finding, Severity
from gongkai.model import Correction, Item, Library
from gongkai.past import Past, Revision, Sight, Touch
from gongkai.rules.found import about
from gongkai.standing import Standings
from gongkai.terms import State

_RULES = ("git/backdated", "git/silent-edit", "git/date-only")


class _Explained(NamedTuple):
    """A correction that readers can see, and when it came."""

    came: datetime
    correction: Correction | None


def check(standings: Standings, past: Past) -> Iterator[Finding]:
    """Publications dated back, texts changed without a correction, and dates that were bumped."""
    library = standings.library
    if past.sight is not Sight.WHOLE:
        yield from _cannot_tell(library, past.sight)
        return
    changes: dict[str, list[Revision]] = defaultdict(list)
    for one in past.revisions:
        changes[one.item].append(one)
    corrections = _corrections(standings, past)
    grace = timedelta(days=library.catalogue.backdating)
    for standing in standings.all():
        item, ones = standing.item, changes.pop(standing.item.id, [])
        if standing.state not in (State.DRAFT, State.WITHDRAWN):
            yield from _backdated(item, past, grace)
            known = corrections[item.id]
            yield from (_told(item, one) for one in _silent(ones, known, grace))
            yield from (_told(item, one) for one in _bumped(ones, known, grace))
    for ones in changes.values():
        yield from (_gone(one) for one in ones if one.touch is Touch.GONE)


def _cannot_tell(library: Library, sight: Sight) -> Iterator[Finding]:
    """Once, by the first of the rules that the site has not switched off."""
    severities = library.catalogue.severities
    for rule in _RULES:
        if severities.get(rule, Severity.INFO) is not None:
            path = library.site.config.name
            yield Finding(rule=rule, severity=Severity.INFO, path=path, case=sight.value)
            return


def _corrections(standings: Standings, past: Past) -> dict[str, list[_Explained]]:
    """The corrections of each item that are or were up; one that is not committed comes now."""
    found: dict[str, list[_Explained]] = defaultdict(list)
    for one in standings.all():
        item = one.item
        if item.corrects and one.state in (State.CURRENT, State.EXPIRED):
            came = past.arrivals.get(item.id, standings.now)
            found[item.corrects].append(_Explained(came, item.correction))
    return found


def _backdated(item: Item, past: Past, grace: timedelta) -> Iterator[Finding]:
    first = past.firsts.get(item.id)
    if first is None or item.id in past.exempt or first.date() - item.first_day <= grace:
        return
    days = (first.date() - item.first_day).days
    values = {"publish": item.first_day, "first": first.date(), "days": days}
    yield about(item, "git/backdated", "publish", "", **values)


def _silent(
    changes: list[Revision], corrections: list[_Explained], grace: timedelta
) -> list[Revision]:
    """Changes of the text that neither the item nor a correction of just that explains."""
    return [
        one
        for one in changes
        if one.touch is Touch.TEXT
        and not one.is_explained
        and not any(_explains(each, one, grace) for each in corrections)
    ]


def _explains(told: _Explained, change: Revision, grace: timedelta) -> bool:
    """Does a correction account for a change? It comes with it or later, or a little before, and
    what it says was and is stands in the older and the newer text."""
    if told.came < change.at - grace:
        return False
    changes = told.correction.changes if told.correction else ()
    if not changes or not (change.old or change.new):
        return True
    old, new = _plain(change.old), _plain(change.new)
    return any(_plain(one.old) in old and _plain(one.new) in new for one in changes)


def _plain(text: str) -> str:
    """A text without what figures are set off with."""
    return "".join(sign for sign in text if sign not in ",，| " and not sign.isspace())


def _bumped(
    changes: list[Revision], corrections: list[_Explained], grace: timedelta
) -> list[Revision]:
    """Changes of dates alone that no check or correction since accounts for."""
    checks = [one.at for one in changes if one.is_checked]
    since = [*checks, *(one.came + grace for one in corrections)]
    return [
        one
        for one in changes
        if one.touch in (Touch.DATES, Touch.CHECKS) and not any(at >= one.at for at in since)
    ]


def _told(item: Item, change: Revision) -> Finding:
    rule = "git/silent-edit" if change.touch is Touch.TEXT else "git/date-only"
    case = "" if change.commit else "uncommitted"
    values = {"title": item.title, "date": change.at.date(), "commit": change.commit}
    return about(item, rule, "title", case, **values)


def _gone(change: Revision) -> Finding:
    return Finding(
        rule="git/silent-edit",
        severity=RULES["git/silent-edit"],
        path=change.path,
        item=change.item,
        case="deleted",
        values={"item": change.item, "date": change.at.date(), "commit": change.commit},
    )
