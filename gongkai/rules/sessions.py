"""``congress/*`` of the congress itself: it meets, is re-elected, is made up as the province asks,
and confirms what was dealt with between its sessions.

A site that says nothing of its congress is told nothing. Articles stand in ``status.congress`` and,
of shares, in the rule pack of provinces.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import structs

from gongkai.domain.finding import RULES, Finding, Severity
from gongkai.domain.model import Congress, Delegates, Item, Library, Meeting, Term
from gongkai.domain.terms import CongressAct
from gongkai.rules.found import about, judged
from gongkai.source.org import PATH
from gongkai.status.congress import (
    TERM_AHEAD,
    DelegateGroup,
    Unconfirmed,
    next_session_by,
    parts_of,
    sessions,
    unconfirmed,
)
from gongkai.status.standing import Standings


def check(standings: Standings) -> Iterator[Finding]:
    """What is amiss with the congress on the day of the standings."""
    library, today = standings.library, standings.today
    yield from _no_session(library, today)
    congress = library.org.congress or Congress()
    if congress.term:
        yield from _term(congress.term, today)
    if congress.delegates:
        yield from _composition(congress.delegates, library)
    yield from map(_unconfirmed, unconfirmed(library, today))
    yield from _in_items(standings)


def _no_session(library: Library, today: date) -> Iterator[Finding]:
    by, last = next_session_by(library, today), next(iter(sessions(library, today)), None)
    if by is None or by >= today:
        return
    if last:
        values = {"session": last.session or last.id, "date": last.date, "by": by}
        yield _of(last, "congress/no-session", "", values)
    else:
        yield _of_org("congress/no-session", "never", "congress.term congress", {"by": by})


def _term(term: Term, today: date) -> Iterator[Finding]:
    if today >= term.last - TERM_AHEAD:
        days = abs((term.last - today).days)
        case, keys = "over" if today > term.last else "", "congress.term.to congress.term congress"
        yield _of_org("congress/term", case, keys, {"last": term.last, "days": days})


def _composition(delegates: Delegates, library: Library) -> Iterator[Finding]:
    for part in parts_of(delegates, library):
        is_odd = part.count > part.total
        if is_odd or part.is_broken:
            keys = f"congress.delegates.{part.name} congress.delegates congress"
            case = f"{part.name}-sum" if is_odd else part.name
            yield _of_org("congress/composition", case, keys, _group_values(part))


def _group_values(part: DelegateGroup) -> dict[str, object]:
    share = part.share
    asked = {"least": share.least, "most": share.most, "basis": share.basis} if share else {}
    return {"count": part.count, "total": part.total, "percent": part.percent, **asked}


def _unconfirmed(one: Unconfirmed) -> Finding:
    """It informs until the next session was held without it."""
    meeting, session = one.meeting, one.session
    values = {"matter": one.matter.matter, "id": meeting.id, "date": meeting.date}
    if session is None:
        found = _of(meeting, "congress/unconfirmed", "next", values)
        return structs.replace(found, severity=Severity.INFO)
    return _of(
        meeting, "congress/unconfirmed", "", {**values, "session": session.session or session.id}
    )


def _in_items(standings: Standings) -> Iterator[Finding]:
    """What items say of a joint meeting that has no record of its own."""
    held = sessions(standings.library, standings.today)
    for standing in judged(standings):
        item = standing.item
        for number, vote in enumerate(item.congress if item.meeting is None else ()):
            if vote.act is CongressAct.JOINT_MEETING and vote.date:
                yield from _of_vote(item, number, vote.date, vote.matter or item.title, held)


def _of_vote(
    item: Item, number: int, day: date, matter: str, held: list[Meeting]
) -> Iterator[Finding]:
    """It is confirmed by a session since, or by a later act of the congress that the item tells."""
    since = [meeting for meeting in held if meeting.date > day]
    told = [
        vote for vote in item.congress
        if vote.date and vote.date > day and vote.act is not CongressAct.JOINT_MEETING
    ]  # fmt: skip
    if told or any(row.matter == matter for meeting in since for row in meeting.agenda):
        return
    values = {"matter": matter, "id": CongressAct.JOINT_MEETING, "date": day}
    if since:
        values["session"] = since[-1].session or since[-1].id
    keys, case = f"congress.{number} congress", "" if since else "next"
    found = about(item, "congress/unconfirmed", keys, case, **values)
    yield found if since else structs.replace(found, severity=Severity.INFO)


def _of(meeting: Meeting, rule: str, case: str, values: Mapping[str, object]) -> Finding:
    """At the record of a meeting."""
    return Finding(
        rule=rule,
        severity=RULES[rule],
        path=meeting.path,
        line=meeting.line,
        case=case,
        values=values,
    )


def _of_org(rule: str, case: str, keys: str, values: Mapping[str, object]) -> Finding:
    """At what org.yml says of the congress."""
    found = tuple(keys.split())
    return Finding(rule=rule, severity=RULES[rule], path=PATH, keys=found, case=case, values=values)
