"""``git/*``: what a repository remembers against what the items say of themselves. Custom.

Where the past cannot be seen the rules say so: silence would look like a pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from gongkai.finding import Finding, Severity
from gongkai.model import Item, Library
from gongkai.past import Past, Revision, Sight, Touch
from gongkai.rules.found import about
from gongkai.standing import Standings

_RULES = ("git/backdated", "git/silent-edit", "git/date-only")


def check(standings: Standings, past: Past) -> Iterator[Finding]:
    """Publications dated back, texts changed without a correction, and dates that were bumped."""
    library = standings.library
    if past.sight is not Sight.WHOLE:
        yield from _cannot_tell(library, past.sight)
        return
    changes: dict[str, list[Revision]] = defaultdict(list)
    for one in past.revisions:
        if one.was_up:
            changes[one.item].append(one)
    corrected = _corrected(library, past, standings.now)
    for item in library.items:
        if item.draft:
            continue
        yield from _backdated(item, past, library.catalogue.backdating)
        if item.id in changes:
            grace = timedelta(days=library.catalogue.backdating)
            yield from _silent(item, changes[item.id], corrected.get(item.id), grace)
            yield from _bumped(item, changes[item.id], corrected.get(item.id), grace)


def _cannot_tell(library: Library, sight: Sight) -> Iterator[Finding]:
    """Once, by the first of the rules that the site has not switched off."""
    severities = library.catalogue.severities
    for rule in _RULES:
        if severities.get(rule, Severity.INFO) is not None:
            path = library.site.config.name
            yield Finding(rule=rule, severity=Severity.INFO, path=path, case=sight.value)
            return


def _corrected(library: Library, past: Past, now: datetime) -> dict[str, datetime]:
    """When the newest correction of each item came; one that is not committed comes now."""
    newest: dict[str, datetime] = {}
    for item in library.items:
        if item.corrects and not item.draft:
            came = past.firsts.get(item.path, now)
            newest[item.corrects] = max(came, newest.get(item.corrects, came))
    return newest


def _backdated(item: Item, past: Past, tolerance: int) -> Iterator[Finding]:
    first = past.firsts.get(item.path)
    if first is None or item.path in past.exempt:
        return
    days = (first.date() - item.first_day).days
    if days > tolerance:
        values = {"publish": item.first_day, "first": first.date(), "days": days}
        yield about(item, "git/backdated", "publish", "", **values)


def _silent(
    item: Item, changes: list[Revision], corrected: datetime | None, grace: timedelta
) -> Iterator[Finding]:
    """Changes of the text after the newest explanation; one may also come a little earlier."""
    explained = [one.at for one in changes if one.is_explained]
    newest = max([*explained, *([corrected] if corrected else [])], default=None)
    edits = [
        one
        for one in changes
        if one.touch is Touch.TEXT and (newest is None or one.at > newest + grace)
    ]
    if edits:
        yield _about_last(item, "git/silent-edit", edits)


def _bumped(
    item: Item, changes: list[Revision], corrected: datetime | None, grace: timedelta
) -> Iterator[Finding]:
    """Changes of dates alone that no check, correction or withdrawal since accounts for."""
    checked = max((one.date for one in item.reviewed), default=date.min)
    edits = [
        one
        for one in changes
        if (one.touch is Touch.DATES and checked < one.at.date())
        or (one.touch is Touch.CHECKS and checked <= one.at.date() + grace)
    ]
    edits = [one for one in edits if corrected is None or one.at > corrected + grace]
    if edits and not item.withdrawn:
        yield _about_last(item, "git/date-only", edits)


def _about_last(item: Item, rule: str, edits: list[Revision]) -> Finding:
    last = edits[-1]
    case = "" if last.commit else "uncommitted"
    values = {"title": item.title, "date": last.at.date(), "commit": last.commit}
    return about(item, rule, "title", case, **values, count=len(edits))
