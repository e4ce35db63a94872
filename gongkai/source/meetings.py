"""The records of meetings, and what they prove of items that name them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from gongkai.domain.finding import Finding
from gongkai.domain.model import AgendaMatter, Catalogue, Hearing, Item, Meeting, Vote
from gongkai.domain.terms import CongressAct, MeetingKind, VoteResult, VotingMethod
from gongkai.source.beside import find_beside
from gongkai.source.kept import digest_of
from gongkai.source.ledgers import read_ledger
from gongkai.source.problems import Mistake
from gongkai.source.scalars import DAY, WHOLE, choice, read_line, read_text
from gongkai.source.shapes import Either, Key, ListOf, Record, Scalar

FOLDER = "content/meetings"
_DECIDING = (MeetingKind.CONGRESS, MeetingKind.JOINT)
_TURNING = re.compile("[\u202b\u202d\u202e\u2067]")
"""Characters behind which a text is read in another order than it is written in."""


def _straight(read: Callable[[str], str]) -> Scalar:
    def parse(text: str) -> str:
        if found := _TURNING.search(text):
            raise Mistake("format/type", "turned", code=f"U+{ord(found[0]):04X}")
        return read(text)

    return Scalar(parse)


_LINE, _TEXT = _straight(read_line), _straight(read_text)
_MATTER = Record(
    AgendaMatter,
    Key("matter", "事项", _LINE, need=True),
    Key("act", "方式", choice(CongressAct)),
    Key("agree", "赞成", WHOLE),
    Key("against", "反对", WHOLE),
    Key("abstain", "弃权", WHOLE),
    Key("ballot", "表决", choice(VotingMethod)),
    Key("result", "结果", choice(VoteResult)),
)
_MEETING = Record(
    dict,
    Key("id", "编号", _LINE, need=True),
    Key("kind", "种类", choice(MeetingKind), need=True),
    Key("session", "届次", _LINE),
    Key("date", "日期", DAY, need=True),
    Key("delegates", "应到", WHOLE),
    Key("present", "实到", WHOLE),
    Key("minutes", "纪要", _LINE),
    Key("agenda", "议程", ListOf(_MATTER)),
    Key("note", "说明", _TEXT),
)
MEETINGS = Either(ListOf(_MEETING), mapping=_MEETING)
_ENCODER = msgspec.msgpack.Encoder(order="deterministic")


def read_meetings(root: Path) -> tuple[list[Meeting], list[Finding]]:
    """Every meeting of a site, by number. A file may hold one or a list of them."""
    return read_ledger(root, FOLDER, MEETINGS, partial(_meeting, root))


def _meeting(root: Path, row: dict[str, Any], path: str, line: int) -> Meeting:
    minutes = row.pop("minutes", None)
    file = find_beside(root / path, minutes, root) if minutes else None
    meeting = Meeting(path=path, line=line, minutes=file, **row)
    _refuse_too_many(meeting)
    return meeting


def _refuse_too_many(meeting: Meeting) -> None:
    """Mistake where more delegates were present than there are, or more voted than were present.
    Who comes to another meeting is nobody's delegate."""
    if meeting.kind not in _DECIDING or meeting.present is None:
        return
    if meeting.delegates is not None and meeting.present > meeting.delegates:
        values = {"present": meeting.present, "delegates": meeting.delegates}
        raise Mistake("format/type", "more-present", at="present", **values)
    for number, agenda_matter in enumerate(meeting.agenda):
        cast = sum(
            each or 0
            for each in (agenda_matter.agree, agenda_matter.against, agenda_matter.abstain)
        )
        if cast > meeting.present:
            values = {"cast": cast, "present": meeting.present}
            raise Mistake("format/type", "more-votes", at=f"agenda.{number}", **values)


def proved(item: Item, meetings: Mapping[str, Meeting], catalogue: Catalogue) -> Item:
    """An item with the vote that a meeting's record proves; itself where it names none that has
    one. The figures are the record's, whatever was typed; what only the item says stays."""
    meeting = meetings.get(item.meeting.id) if item.meeting else None
    row = meeting.row(item.meeting.matter, item.title) if meeting and item.meeting else None
    if meeting is None or row is None:
        return item
    vote = _vote(meeting, row, item.title, catalogue.categories[item.category].act)
    source = digest_of(item.source + _ENCODER.encode((meeting.kind, vote)))
    if meeting.kind not in _DECIDING:
        hearing = Hearing(meeting.kind, vote)
        return structs.replace(item, hearing=hearing, source=source)
    return structs.replace(item, congress=_with(item.congress, vote), source=source)


def _vote(meeting: Meeting, row: AgendaMatter, title: str, act: CongressAct | None) -> Vote:
    """What a row of an agenda says."""
    return Vote(
        act=_act(meeting.kind, row.act, act),
        matter=None if row.matter == title else row.matter,
        result=row.result,
        session=meeting.session,
        date=meeting.date,
        delegates=meeting.delegates,
        present=meeting.present,
        agree=row.agree,
        against=row.against,
        abstain=row.abstain,
        ballot=row.ballot,
    )


def _act(kind: MeetingKind, said: CongressAct | None, asked: CongressAct | None) -> CongressAct:
    """What was done: what the record says, else what the category asks for."""
    if kind is MeetingKind.CONGRESS:
        return said or asked or CongressAct.REPORT
    return CongressAct.JOINT_MEETING if kind is MeetingKind.JOINT else CongressAct.CONSULT


def _with(typed: tuple[Vote, ...], vote: Vote) -> tuple[Vote, ...]:
    """The votes of an item with one from a record in the place of the one it is of, or last."""
    for number, one in enumerate(typed):
        if one.act is vote.act and (len(typed) == 1 or one.matter == vote.matter):
            said = structs.replace(vote, consultation=one.consultation, note=one.note)
            return (*typed[:number], said, *typed[number + 1 :])
    return (*typed, vote)
