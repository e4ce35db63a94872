"""The records of meetings, and what they prove of items that name them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from gongkai.domain.finding import Finding
from gongkai.domain.model import Catalogue, Item, Matter, Meeting, Vote
from gongkai.domain.terms import Act, Ballot, MeetingKind, VoteResult
from gongkai.source.beside import find_beside
from gongkai.source.kept import digest_of
from gongkai.source.ledgers import read_ledger
from gongkai.source.scalars import DAY, LINE, TEXT, WHOLE, choice
from gongkai.source.shapes import Either, Key, ListOf, Record

FOLDER = "content/meetings"
_MATTER = Record(
    Matter,
    Key("matter", "事项", LINE, need=True),
    Key("act", "方式", choice(Act)),
    Key("agree", "赞成", WHOLE),
    Key("against", "反对", WHOLE),
    Key("abstain", "弃权", WHOLE),
    Key("ballot", "表决", choice(Ballot)),
    Key("result", "结果", choice(VoteResult)),
)
_MEETING = Record(
    dict,
    Key("id", "编号", LINE, need=True),
    Key("kind", "种类", choice(MeetingKind), need=True),
    Key("session", "届次", LINE),
    Key("date", "日期", DAY, need=True),
    Key("delegates", "应到", WHOLE),
    Key("present", "实到", WHOLE),
    Key("minutes", "纪要", LINE),
    Key("agenda", "议程", ListOf(_MATTER)),
    Key("note", "说明", TEXT),
)
MEETINGS = Either(ListOf(_MEETING), mapping=_MEETING)
_ENCODER = msgspec.msgpack.Encoder(order="deterministic")


def read_meetings(root: Path) -> tuple[list[Meeting], list[Finding]]:
    """Every meeting of a site, by number. A file may hold one or a list of them."""
    return read_ledger(root, FOLDER, MEETINGS, partial(_meeting, root))


def _meeting(root: Path, row: dict[str, Any], path: str, line: int) -> Meeting:
    minutes = row.pop("minutes", None)
    file = find_beside(root / path, minutes, root) if minutes else None
    return Meeting(path=path, line=line, minutes=file, **row)


def proved(item: Item, meetings: Mapping[str, Meeting], catalogue: Catalogue) -> Item:
    """An item with the vote that a meeting's record proves; itself where it names none that has
    one. The figures are the record's, whatever was typed; what only the item says stays."""
    meeting = meetings.get(item.meeting.id) if item.meeting else None
    row = meeting.row(item.meeting.matter, item.title) if meeting and item.meeting else None
    if meeting is None or row is None:
        return item
    act = catalogue.categories[item.category].act
    votes = _with(item.congress, _vote(meeting, row, item.title, act))
    source = digest_of(item.source + _ENCODER.encode(votes))
    return structs.replace(item, congress=votes, source=source)


def _vote(meeting: Meeting, row: Matter, title: str, act: Act | None) -> Vote:
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


def _act(kind: MeetingKind, said: Act | None, asked: Act | None) -> Act:
    """What was done: what the record says, else what the category asks for. What any other meeting
    than the congress did is no act of the congress, whatever its record calls it: no vote, and no
    report to it either."""
    if kind is MeetingKind.CONGRESS:
        return said or asked or Act.REPORT
    if kind is MeetingKind.JOINT:
        return Act.JOINT_MEETING
    return Act.CONSULT


def _with(typed: tuple[Vote, ...], vote: Vote) -> tuple[Vote, ...]:
    """The votes of an item with one from a record in the place of the one it is of, or last."""
    for number, one in enumerate(typed):
        if one.act is vote.act and (len(typed) == 1 or one.matter == vote.matter):
            said = structs.replace(vote, consultation=one.consultation, note=one.note)
            return (*typed[:number], said, *typed[number + 1 :])
    return (*typed, vote)
