"""``git/*``: what a repository remembers against what the items say of themselves. Custom.

Where the past cannot be seen the rules say so: silence would look like a pass.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from gongkai.domain.finding import RULES, Finding, Severity
from gongkai.domain.model import Correction, Item, Library
from gongkai.domain.revisions import HistorySight, Revision, Revisions, Touch
from gongkai.domain.terms import State
from gongkai.rules.found import about
from gongkai.source.wordings import plain
from gongkai.status.standing import Standings

_RULES = ("git/backdated", "git/silent-edit", "git/date-only")


_LONGEST_CHAIN = 20
"""Changes that one correction may sum up, and corrections that may correct one another."""


class _Explained(NamedTuple):
    """A correction that readers can see, and when it came."""

    came: datetime
    correction: Correction | None


def check(standings: Standings, past: Revisions) -> Iterator[Finding]:
    """Publications dated back, texts changed without a correction, and dates that were bumped."""
    library = standings.library
    if past.sight is not HistorySight.WHOLE:
        yield from _cannot_tell(library, past.sight)
        return
    changes: dict[str, list[Revision]] = defaultdict(list)
    for revision in past.revisions:
        changes[revision.item].append(revision)
    corrections = _corrections(standings, past)
    grace = timedelta(days=library.catalogue.backdating)
    yield from _predated(library, past)
    for standing in standings.all():
        item, ones = standing.item, changes.pop(standing.item.id, [])
        if standing.state not in (State.DRAFT, State.WITHDRAWN):
            yield from _backdated(item, past, grace)
            known = corrections[item.id]
            yield from (_finding_of(item, revision) for revision in _silent(ones, known, grace))
            yield from (_finding_of(item, revision) for revision in _bumped(ones, known, grace))
    for ones in changes.values():
        yield from (_gone(revision) for revision in ones if revision.touch is Touch.GONE)


def _cannot_tell(library: Library, sight: HistorySight) -> Iterator[Finding]:
    """Once, by the first of the rules that the site has not switched off."""
    severities = library.catalogue.severities
    for rule in _RULES:
        if severities.get(rule, Severity.INFO) is not None:
            path = library.site.config.name
            yield Finding(rule=rule, severity=Severity.INFO, path=path, case=sight.value)
            return


def _corrections(standings: Standings, past: Revisions) -> dict[str, list[_Explained]]:
    """The corrections of each item that are or were up, also by way of another correction, and when
    each last told something new; one that is not committed comes now."""
    found: dict[str, list[_Explained]] = defaultdict(list)
    told = {revision.item: revision.at for revision in past.revisions}
    corrects = {standing.item.id: standing.item.corrects for standing in standings.all()}
    for standing in standings.all():
        item = standing.item
        if item.corrects and standing.state in (State.CURRENT, State.EXPIRED):
            came = past.arrivals.get(item.id, standings.now)
            explained = _Explained(max(came, told.get(item.id, came)), item.correction)
            target: str | None = item.corrects
            for _ in range(_LONGEST_CHAIN):
                if target:
                    found[target].append(explained)
                    target = corrects.get(target)
    return found


def _predated(library: Library, past: Revisions) -> Iterator[Finding]:
    """Confirmations of a day that had not come when they were written."""
    for item in library.items:
        came = past.confirmed.get(item.id, {})
        for number, review in enumerate(item.reviewed):
            if review.date in came and review.date > came[review.date].date():
                keys = f"reviewed.{number} reviewed"
                values = {"date": review.date, "came": came[review.date].date()}
                yield about(item, "review/predated", keys, "", **values)


def _backdated(item: Item, past: Revisions, grace: timedelta) -> Iterator[Finding]:
    first = past.firsts.get(item.id)
    if first is None or item.id in past.exempt or first.date() - item.first_day <= grace:
        return
    days = (first.date() - item.first_day).days
    values = {"publish": item.first_day, "first": first.date(), "days": days}
    yield about(item, "git/backdated", "publish", "", **values)


def _silent(
    changes: list[Revision], corrections: list[_Explained], grace: timedelta
) -> list[Revision]:
    """Changes of the text that were not undone at once, and that neither the item nor a correction
    of just that explains."""
    texts = [change for change in changes if change.touch is Touch.TEXT]
    own = [_Explained(text.at, text.own) for text in texts if text.own]
    accounted = {
        number
        for first, revision in enumerate(texts)
        for last, other in enumerate(texts[first : first + _LONGEST_CHAIN], first)
        if revision.old == other.new and other.at <= revision.at + grace  # undone
        for number in range(first, last + 1)
    }
    for told in (*corrections, *own):
        accounted |= _accounted(told, texts, grace)
    return [revision for number, revision in enumerate(texts) if number not in accounted]


def _accounted(told: _Explained, texts: list[Revision], grace: timedelta) -> set[int]:
    """The changes that a correction accounts for, or if it fits none, those that it sums up."""
    numbers = range(len(texts))
    fit = {number for number in numbers if _explains(told, texts[number], texts[number], grace)}
    if fit:
        return fit
    spans = (
        (first, last) for last in numbers for first in numbers[max(0, last - _LONGEST_CHAIN) : last]
    )
    found = (span for span in spans if _explains(told, texts[span[0]], texts[span[1]], grace))
    first, last = next(found, (0, -1))
    return set(range(first, last + 1))


def _explains(told: _Explained, first: Revision, last: Revision, grace: timedelta) -> bool:
    """Does a correction account for what became of a text from one change to another? It comes with
    them or later, or a little before, and what it says was is not there any more, or what it says
    is has come."""
    if told.came < last.at - grace:
        return False
    changes = told.correction.changes if told.correction else ()
    if not changes or not (first.old or last.new):
        return True
    return any(
        _is_more(change.old, first.old, last.new) or _is_more(change.new, last.new, first.old)
        for change in changes
    )


def _is_more(text: str, here: str, there: str) -> bool:
    """Does a text stand more often here than there?"""
    sought = _plain(text)
    return bool(sought) and here.count(sought) > there.count(sought)


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """A text without marks and without the unit behind a figure, as texts of the past are kept."""
    return re.sub(r"(?<=\d)[^\d]{1,2}$", "", plain(text))


def _bumped(
    changes: list[Revision], corrections: list[_Explained], grace: timedelta
) -> list[Revision]:
    """Changes of dates alone that no check or correction since accounts for."""
    checks = [change.at for change in changes if change.is_checked]
    since = [*checks, *(correction.came + grace for correction in corrections)]
    return [
        change
        for change in changes
        if change.touch in (Touch.DATES, Touch.CHECKS) and not any(at >= change.at for at in since)
    ]


def _finding_of(item: Item, change: Revision) -> Finding:
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
