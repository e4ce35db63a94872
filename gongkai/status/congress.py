"""The workers' congress at an instant: its sessions, its term, what it has still to confirm.

A session is held at least once a year (浙江省企业民主管理条例第十五条,
河南省企业职工民主权利保障条例第十九条); what a joint meeting dealt with between two sessions is
confirmed at the next one (the same of 河南, 第二十一条; 上海市职工代表大会条例第二十五条).
Days are plain dates in the site's zone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from gongkai.domain.calendar import add_months
from gongkai.domain.model import AgendaMatter, Delegates, Item, Library, Meeting, Share, Value
from gongkai.domain.terms import MeetingKind, VoteResult
from gongkai.status.standing import Standings

_MONTHS = 12
TERM_AHEAD = timedelta(days=90)
"""How long before a term ends its re-election is to be prepared: custom."""
Row = tuple[str, str]
"""A meeting and a matter of its agenda."""
PARTS = ("frontline", "managers", "women")


class Unconfirmed(Value, frozen=True):
    """A matter of a joint meeting that no session has confirmed; ``session`` is the first that
    could have."""

    meeting: Meeting
    matter: AgendaMatter
    session: Meeting | None


class DelegateGroup(Value, frozen=True):
    """A group of the delegates, how many they are, and what the province asks for."""

    name: str
    count: int
    total: int
    share: Share | None

    @property
    def percent(self) -> str:
        """Its share in percents with one decimal."""
        return f"{self.count * 100 / self.total:.1f}" if self.total else "—"

    @property
    def is_broken(self) -> bool:
        """Is it more or less than the province allows?"""
        if self.share is None:
            return False
        least, most = self.share.least, self.share.most
        is_few = least is not None and self.count * 100 < least * self.total
        return is_few or (most is not None and self.count * 100 > most * self.total)


def held(library: Library, today: date) -> list[Meeting]:
    """The meetings that were held by a day, the newest first."""
    known = (meeting for meeting in library.meetings if meeting.date <= today)
    return sorted(known, key=lambda one: (one.date, one.id), reverse=True)


def sessions(library: Library, today: date) -> list[Meeting]:
    """The sessions of the congress that were held by a day, the newest first."""
    return [meeting for meeting in held(library, today) if meeting.kind is MeetingKind.CONGRESS]


def next_session_by(library: Library, today: date) -> date | None:
    """The last day for the next session: twelve months after the last one, or after the term began.
    None where neither is known."""
    last = next(iter(sessions(library, today)), None)
    congress = library.org.congress
    if last:
        return add_months(last.date, _MONTHS)
    return add_months(congress.term.first, _MONTHS) if congress and congress.term else None


def unconfirmed(library: Library, today: date) -> Iterator[Unconfirmed]:
    """What joint meetings dealt with and no session has confirmed by a day, the oldest first."""
    known = list(reversed(held(library, today)))
    for joint in known:
        if joint.kind is not MeetingKind.JOINT:
            continue
        later = [
            meeting
            for meeting in known
            if meeting.kind is MeetingKind.CONGRESS and meeting.date > joint.date
        ]
        confirmed = {row.matter for meeting in later for row in meeting.agenda}
        for row in joint.agenda:
            # What it turned down leaves nothing to confirm.
            is_open = row.result is not VoteResult.NOT_PASSED
            if is_open and row.matter not in confirmed:
                yield Unconfirmed(joint, row, next(iter(later), None))


def parts_of(delegates: Delegates, library: Library) -> list[DelegateGroup]:
    """The groups of the delegates whose numbers are known."""
    shares = {share.part: share for share in library.catalogue.region.shares}
    counts = {name: getattr(delegates, name) for name in PARTS}
    return [
        DelegateGroup(name, count, delegates.total, shares.get(name))
        for name, count in counts.items()
        if count is not None
    ]


def row_of(item: Item, meetings: Mapping[str, Meeting]) -> Row | None:
    """The matter that proves the vote of an item."""
    ref = item.meeting
    row = meetings[ref.id].row(ref.matter, item.title) if ref and ref.id in meetings else None
    return (ref.id, row.matter) if ref and row else None


def hidden_matters(standings: Standings) -> frozenset[str]:
    """What was hidden, by its title and by its name in the record of a meeting."""
    meetings = {meeting.id: meeting for meeting in standings.library.meetings}
    items = [standing.item for standing in standings.all() if standing.is_hidden]
    rows = filter(None, (row_of(item, meetings) for item in items))
    return frozenset([*(item.title for item in items), *(matter for _, matter in rows)])


def days_of(library: Library) -> Iterator[date]:
    """The days on which something of this changes."""
    for meeting in library.meetings:
        yield meeting.date
        if meeting.kind is MeetingKind.CONGRESS:
            yield add_months(meeting.date, _MONTHS) + timedelta(days=1)
    congress = library.org.congress
    if congress and congress.term:
        yield add_months(congress.term.first, _MONTHS) + timedelta(days=1)
        yield congress.term.last - TERM_AHEAD
        yield congress.term.last + timedelta(days=1)
