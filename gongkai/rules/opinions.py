"""``opinion/*``: every opinion is answered in time, and every answer is published.

The days come from the province (重庆 art. 11 and 浙江 art. 23: thirty). What an opinion says is in
no message, only its number.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from gongkai.domain.calendar import Period
from gongkai.domain.finding import RULES, Finding
from gongkai.domain.model import Library, Opinion
from gongkai.domain.terms import Kind, State
from gongkai.rules.found import about_entry
from gongkai.source.org import PATH
from gongkai.status.opinion_statistics import returns
from gongkai.status.opinions import numbers_in
from gongkai.status.standing import Standings

REPLIES = "opinion-reply"
"""The row of the catalogue under which replies are published."""


def check(standings: Standings) -> Iterator[Finding]:
    """Opinions that are not answered in time, and answers that nobody can read or that settle
    nothing; kinds that come back; and no reception to come."""
    today = standings.today
    yield from _no_reception(standings)
    for back in returns(standings.library, today):
        values = {"kind": back.opinion.kind, "before": back.before.id, "count": back.count}
        yield _about(back.opinion, "opinion/recurring", "", **values)
    known = [opinion for opinion in standings.library.opinions if opinion.received <= today]
    published = numbers_published(standings) if known else set()
    for opinion in known:
        if opinion.replied and opinion.replied <= today and opinion.result is None:
            yield _about(opinion, "opinion/no-result", "", replied=opinion.replied)
        if not opinion.is_closed(today):
            yield from _overdue(opinion, today)
        elif not is_public(opinion, published) and today > publish_by(opinion, standings.library):
            day = publish_by(opinion, standings.library)
            yield _about(opinion, "opinion/unpublished", "", replied=opinion.replied, due=day)


def _no_reception(standings: Standings) -> Iterator[Finding]:
    """Reception days that are told by date, of which none is to come: the board promises nothing
    any more."""
    dated = [at for channel in standings.library.org.channels for at in channel.dated]
    if dated and max(dated) < standings.now:
        rule, last = "opinion/no-reception", max(dated).date()
        yield Finding(
            rule=rule, severity=RULES[rule], path=PATH, keys=("channels",), values={"last": last}
        )


def _overdue(one: Opinion, today: date) -> Iterator[Finding]:
    if one.due >= today:
        return
    is_answered = one.replied is not None and one.replied <= today
    days = (today - one.due).days
    yield _about(one, "opinion/overdue", "open" if is_answered else "", due=one.due, days=days)


def publish_by(one: Opinion, library: Library) -> date:
    """The day by which the reply to an opinion has to be published: with the other replies of its
    month."""
    row = library.catalogue.categories[REPLIES]
    replied = one.replied or one.due
    if not row.grain.months:
        return replied + timedelta(days=row.lag)
    return Period.containing(replied, row.grain).end + timedelta(days=row.lag)


def is_public(one: Opinion, published: set[str]) -> bool:
    """Was its reply published, or did the asker want it private?"""
    return one.private or one.id in published


def numbers_published(standings: Standings) -> set[str]:
    """Everything that looks like a number in the replies that were ever up."""
    found: set[str] = set()
    for standing in standings.all():
        item = standing.item
        is_reply = item.kind is Kind.REPLY or item.category == REPLIES
        if is_reply and standing.state in (State.CURRENT, State.EXPIRED):
            found |= numbers_in(item)
    return found


def _about(one: Opinion, rule: str, case: str, **values: object) -> Finding:
    return about_entry(one, rule, case, dept=one.dept or "", **values)
