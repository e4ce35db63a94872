"""``congress/*``: what must pass the workers' congress is void without a valid vote.

Quorum two thirds of the delegates; passage by more than half of all delegates, not of those
present; by secret ballot (河南、浙江、上海 texts; 企业民主管理规定, article unverified).
Elections likewise. A joint meeting cannot pass what the congress must pass
(上海市职工代表大会条例第二十五条).
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.domain.finding import Finding
from gongkai.domain.model import Category, Item, Vote
from gongkai.domain.terms import CongressAct, Kind, Timing, VoteResult, VotingMethod
from gongkai.rules.found import about, judged
from gongkai.status.standing import Standings


def check(standings: Standings) -> Iterator[Finding]:
    """Scheduled and current items whose category asks for a vote, and every vote recorded."""
    for standing in judged(standings):
        item = standing.item
        if not is_open_draft(item) and not _has_vote(item, standings.library.category(item)):
            acts = {vote.act for vote in item.congress}
            case = "joint" if CongressAct.JOINT_MEETING in acts else ""
            yield about(item, "congress/missing", "meeting congress category", case)
        for number, vote in enumerate(item.congress):
            if vote.act.is_vote:
                where = f"congress.{number} congress meeting"
                yield from _judge(item, vote, where)


def complies(item: Item, category: Category) -> bool:
    """Is there a valid record of what the congress had to do?"""
    if category.act is None:
        return True
    votes = [vote for vote in item.congress if vote.act.is_vote]
    if any(fault for vote in votes for fault in _judge(item, vote, "congress")):
        return False
    has_record = bool(item.congress) or is_open_draft(item)
    return has_record and (is_open_draft(item) or _has_vote(item, category))


def is_open_draft(item: Item) -> bool:
    """A 公示 before the session, seeking opinions on what will be voted on."""
    return item.kind is Kind.NOTICE and item.notice is not None and item.timing is Timing.BEFORE


def _has_vote(item: Item, category: Category) -> bool:
    acts = {vote.act for vote in item.congress}
    if category.act and category.act.is_vote:
        return category.act in acts
    if category.act is CongressAct.CONSULT:
        return CongressAct.PASS in acts or any(
            vote.act is CongressAct.CONSULT and vote.consultation for vote in item.congress
        )
    return True


def _judge(item: Item, vote: Vote, where: str) -> Iterator[Finding]:
    matter = vote.matter or item.title
    if vote.delegates is None or vote.present is None or vote.agree is None:
        yield about(item, "congress/missing", where, "figures", matter=matter)
        return
    numbers = {"delegates": vote.delegates, "present": vote.present, "agree": vote.agree}
    if vote.present * 3 < vote.delegates * 2 or vote.present > vote.delegates:
        needed = -(-vote.delegates * 2 // 3)
        yield about(item, "congress/quorum", where, "", matter=matter, needed=needed, **numbers)
    if vote.agree * 2 <= vote.delegates and vote.result is not VoteResult.NOT_PASSED:
        needed = vote.delegates // 2 + 1
        yield about(item, "congress/majority", where, "", matter=matter, needed=needed, **numbers)
    if vote.ballot is not VotingMethod.SECRET:
        yield about(item, "congress/ballot", where, "", matter=matter)
