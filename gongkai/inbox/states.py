"""The states an opinion passes at the desk, what may be done in each, and who does it next."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.domain.listed import Listed


class Stage(Listed):
    """Where an opinion stands at the desk."""

    RECEIVED = "received"
    """收到: it has arrived; nobody has looked at it."""
    ACCEPTED = "accepted"
    """受理: the office deals with it."""
    HANDED_ON = "handed-on"
    """转办: a department has been asked to answer."""
    UNDER_WAY = "under-way"
    """办理中: the department is at work on it."""
    ANSWERED = "answered"
    """已答复: there is a reply, which the asker may rate."""
    RATED = "rated"
    """已评价: the asker has rated the reply."""
    REOPENED = "reopened"
    """再办理: the asker was dissatisfied; it is dealt with a second time."""


class Role(Listed):
    """What somebody may do at the desk."""

    RECEIVE = "receive"
    """受理: accept opinions and hand them on."""
    ANSWER = "answer"
    """答复: work on opinions and answer them."""
    PUBLISH = "publish"
    """公开: let an opinion into the ledger, as it stands."""


class Step(Listed):
    """What is done with an opinion at the desk."""

    ACCEPT = "accept"
    """受理: the office takes it up."""
    HAND_ON = "hand-on"
    """转办: a department is asked."""
    BEGIN = "begin"
    """开始办理: the department is at work."""
    ANSWER = "answer"
    """答复: the reply is written."""
    CLEAR = "clear"
    """入台账: what stands now may go into the ledger."""


_OPEN = (Stage.RECEIVED, Stage.ACCEPTED, Stage.HANDED_ON, Stage.UNDER_WAY, Stage.REOPENED)
FROM: Mapping[Step, tuple[Stage, ...]] = {
    Step.ACCEPT: (Stage.RECEIVED, Stage.REOPENED),
    Step.HAND_ON: (Stage.RECEIVED, Stage.ACCEPTED, Stage.HANDED_ON, Stage.REOPENED),
    Step.BEGIN: (Stage.ACCEPTED, Stage.HANDED_ON, Stage.REOPENED),
    Step.ANSWER: (Stage.ACCEPTED, Stage.HANDED_ON, Stage.UNDER_WAY, Stage.REOPENED),
    Step.CLEAR: tuple(one for one in Stage if one is not Stage.RECEIVED),
}
"""From which stages a step may be taken."""
TO: Mapping[Step, Stage] = {
    Step.ACCEPT: Stage.ACCEPTED,
    Step.HAND_ON: Stage.HANDED_ON,
    Step.BEGIN: Stage.UNDER_WAY,
    Step.ANSWER: Stage.ANSWERED,
}
"""Where a step leads; clearing leaves an opinion where it is."""
BY: Mapping[Step, Role] = {
    Step.ACCEPT: Role.RECEIVE,
    Step.HAND_ON: Role.RECEIVE,
    Step.BEGIN: Role.ANSWER,
    Step.ANSWER: Role.ANSWER,
    Step.CLEAR: Role.PUBLISH,
}
"""Who may take a step."""


def steps_from(stage: Stage, roles: frozenset[Role]) -> tuple[Step, ...]:
    """The steps that somebody with these roles may take now."""
    return tuple(one for one in Step if stage in FROM[one] and BY[one] in roles)


def is_open(stage: Stage) -> bool:
    """Does its clock run?"""
    return stage in _OPEN


def next_role(stage: Stage) -> Role | None:
    """Who has to act; None when nobody at the desk has."""
    if stage in (Stage.RECEIVED, Stage.REOPENED):
        return Role.RECEIVE
    return Role.ANSWER if is_open(stage) else None
