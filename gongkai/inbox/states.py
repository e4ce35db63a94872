"""The states an opinion passes at the desk, what may be done in each, and who does it next."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.domain.listed import Listed


class DeskStage(Listed):
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


class DeskStep(Listed):
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


_OPEN = (
    DeskStage.RECEIVED,
    DeskStage.ACCEPTED,
    DeskStage.HANDED_ON,
    DeskStage.UNDER_WAY,
    DeskStage.REOPENED,
)
FROM: Mapping[DeskStep, tuple[DeskStage, ...]] = {
    DeskStep.ACCEPT: (DeskStage.RECEIVED, DeskStage.REOPENED),
    DeskStep.HAND_ON: (
        DeskStage.RECEIVED,
        DeskStage.ACCEPTED,
        DeskStage.HANDED_ON,
        DeskStage.REOPENED,
    ),
    DeskStep.BEGIN: (DeskStage.ACCEPTED, DeskStage.HANDED_ON, DeskStage.REOPENED),
    DeskStep.ANSWER: (
        DeskStage.ACCEPTED,
        DeskStage.HANDED_ON,
        DeskStage.UNDER_WAY,
        DeskStage.REOPENED,
    ),
    DeskStep.CLEAR: tuple(
        desk_stage for desk_stage in DeskStage if desk_stage is not DeskStage.RECEIVED
    ),
}
"""From which stages a step may be taken."""
TO: Mapping[DeskStep, DeskStage] = {
    DeskStep.ACCEPT: DeskStage.ACCEPTED,
    DeskStep.HAND_ON: DeskStage.HANDED_ON,
    DeskStep.BEGIN: DeskStage.UNDER_WAY,
    DeskStep.ANSWER: DeskStage.ANSWERED,
}
"""Where a step leads; clearing leaves an opinion where it is."""
BY: Mapping[DeskStep, Role] = {
    DeskStep.ACCEPT: Role.RECEIVE,
    DeskStep.HAND_ON: Role.RECEIVE,
    DeskStep.BEGIN: Role.ANSWER,
    DeskStep.ANSWER: Role.ANSWER,
    DeskStep.CLEAR: Role.PUBLISH,
}
"""Who may take a step."""


def steps_from(stage: DeskStage, roles: frozenset[Role]) -> tuple[DeskStep, ...]:
    """The steps that somebody with these roles may take now."""
    return tuple(
        desk_step for desk_step in DeskStep if stage in FROM[desk_step] and BY[desk_step] in roles
    )


def is_open(stage: DeskStage) -> bool:
    """Does its clock run?"""
    return stage in _OPEN


def next_role(stage: DeskStage) -> Role | None:
    """Who has to act; None when nobody at the desk has."""
    if stage in (DeskStage.RECEIVED, DeskStage.REOPENED):
        return Role.RECEIVE
    return Role.ANSWER if is_open(stage) else None
