"""What a page tells of the congress and of meetings: sessions with attendance and votes, what is
still to be confirmed, delegates in numbers, trainings. No names: a record has none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from gongkai.domain.model import AgendaMatter, Meeting, Share
from gongkai.domain.terms import Channel, MeetingKind
from gongkai.render.words import Words
from gongkai.status.congress import (
    DelegateGroup,
    Row,
    Unconfirmed,
    held,
    hidden_matters,
    next_session_by,
    parts_of,
    row_of,
    unconfirmed,
)
from gongkai.status.edition import Edition

_DECIDING = (MeetingKind.CONGRESS, MeetingKind.JOINT)
_YEARS = 2
"""Years of which other meetings than those that decide are listed: this one and that before."""


class ToldMatter(NamedTuple):
    """A matter with what came of it; ``items`` are the ids of what was published of it."""

    text: str
    act: str
    votes: str
    ballot: str
    result: str
    items: tuple[str, ...]


class ToldMeeting(NamedTuple):
    """A meeting with its attendance. ``untold`` counts the matters that are not told here."""

    meeting: Meeting
    kind: str
    attendance: str
    matters: tuple[ToldMatter, ...]
    untold: int


class CongressView(NamedTuple):
    """Everything the page tells."""

    next_by: date | None
    is_late: bool
    parts: tuple[tuple[DelegateGroup, str], ...]
    deciding: tuple[ToldMeeting, ...]
    others: tuple[ToldMeeting, ...]
    trainings: tuple[int, int]
    open: tuple[Unconfirmed, ...]

    @property
    def is_empty(self) -> bool:
        """Is there nothing to tell?"""
        return not (self.next_by or self.parts or self.deciding or self.others)


def congress_view(edition: Edition, words: Words) -> CongressView:
    """The congress and the meetings until the edition's instant."""
    library, today = edition.library, edition.standings.today
    known = _Known(edition, words)
    meetings = held(library, today)
    recent = [meeting for meeting in meetings if meeting.date.year > today.year - _YEARS]
    trainings = [
        meeting
        for meeting in recent
        if meeting.kind is MeetingKind.TRAINING and meeting.date.year == today.year
    ]
    by, congress = next_session_by(library, today), library.org.congress
    parts = parts_of(congress.delegates, library) if congress and congress.delegates else []
    return CongressView(
        next_by=by,
        is_late=by is not None and by < today,
        parts=tuple((part, _asked(part.share, words)) for part in parts),
        deciding=tuple(known.told(meeting) for meeting in meetings if meeting.kind in _DECIDING),
        others=tuple(known.told(meeting) for meeting in recent if meeting.kind not in _DECIDING),
        trainings=(len(trainings), sum(meeting.present or 0 for meeting in trainings)),
        open=tuple(
            one for one in unconfirmed(library, today) if known.may_tell(one.meeting, one.matter)
        ),
    )


class _Known:
    """Which items tell of which matters, and of which of them nothing may be told, yet or any more.

    A matter that proves the vote of an item is told with that item: not while it is a draft or
    still to come, nor ever on a page where it is on paper alone. Of what was hidden nothing is told
    under its title either."""

    def __init__(self, edition: Edition, words: Words) -> None:
        self.words = words
        self.items: Mapping[Row, list[str]] = defaultdict(list)
        self.untold: set[Row] = set()
        self.hidden = hidden_matters(edition.standings)
        meetings = {meeting.id: meeting for meeting in edition.library.meetings}
        published = {standing.item.id for standing in edition.published()}
        for standing in edition.standings.all():
            item = standing.item
            row = row_of(item, meetings)
            if row and item.id in published and Channel.WEB in item.channels:
                self.items[row].append(item.id)
            elif row:
                self.untold.add(row)

    def told(self, meeting: Meeting) -> ToldMeeting:
        """A meeting in words."""
        words = self.words
        there = {"delegates": meeting.delegates, "present": meeting.present}
        is_counted = None not in there.values()
        told = [matter for matter in meeting.agenda if self.may_tell(meeting, matter)]
        return ToldMeeting(
            meeting=meeting,
            kind=words.name(meeting.kind),
            attendance=words.t("meeting-present", **there) if is_counted else "",
            matters=tuple(self._matter(meeting, matter) for matter in told),
            untold=len(meeting.agenda) - len(told),
        )

    def may_tell(self, meeting: Meeting, one: AgendaMatter) -> bool:
        """May it be told on a page?"""
        row = (meeting.id, one.matter)
        return one.matter not in self.hidden and (row in self.items or row not in self.untold)

    def _matter(self, meeting: Meeting, one: AgendaMatter) -> ToldMatter:
        words, votes = self.words, ""
        if one.agree is not None:
            against, abstain = one.against or 0, one.abstain or 0
            votes = words.t("meeting-count", agree=one.agree, against=against, abstain=abstain)
        return ToldMatter(
            text=one.matter,
            act=words.name(one.act) if one.act else "",
            votes=votes,
            ballot=words.name(one.ballot) if one.ballot else "",
            result=words.name(one.result) if one.result else "",
            items=tuple(self.items.get((meeting.id, one.matter), ())),
        )


def _asked(share: Share | None, words: Words) -> str:
    """What the province asks for, with the article; that nobody has read its text otherwise."""
    if share is None:
        return words.t("share-unverified")
    bounds = [
        words.t(f"share-{name}", percent=percent)
        for name, percent in (("least", share.least), ("most", share.most))
        if percent is not None
    ]
    basis = words.t("share-basis", basis=share.basis, seen=share.seen)
    return words.t("comma").join([*bounds, basis])
