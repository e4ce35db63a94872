"""The week's changes (本周变化): what went up, was corrected, taken down and answered, by board."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from gongkai.build.kind import Kind
from gongkai.build.kinds.boards import board_digests
from gongkai.domain.model import Board
from gongkai.domain.terms import Channel
from gongkai.domain.terms import Kind as ItemKind
from gongkai.render.artifact import Artifact
from gongkai.status.edition import Edition
from gongkai.status.opinions import Raised
from gongkai.status.standing import Standing

if TYPE_CHECKING:
    from gongkai.build.plan import Plan, Renderer

DAYS = 7
"""A week: today and the six days before."""


class Week(NamedTuple):
    """What changed within a week, the newest first, on one board or (None) on all of them. What
    hangs by itself and what corrects something are told apart."""

    board: Board | None
    up: list[Standing]
    corrected: list[Standing]
    down: list[Standing]
    answered: list[Raised]

    @property
    def is_empty(self) -> bool:
        """Did nothing change?"""
        return not (self.up or self.corrected or self.down or self.answered)

    def told(self) -> set[str]:
        """The ids of what is told."""
        items = (*self.up, *self.corrected, *self.down)
        return {one.item.id for one in items} | {one.opinion.id for one in self.answered}

    def only(self, names: set[str], board: Board | None) -> Week:
        """The part of it that has one of these ids."""
        up, corrected, down = (
            [one for one in part if one.item.id in names]
            for part in (self.up, self.corrected, self.down)
        )
        answered = [one for one in self.answered if one.opinion.id in names]
        return Week(board, up, corrected, down, answered)


def week_of(edition: Edition, board: Board) -> Week:
    """What changed on a board on the web until the edition's instant."""
    today, now = edition.standings.today, edition.now
    since = today - timedelta(days=DAYS - 1)
    here = [
        one for one in edition.published()
        if board.id in one.item.boards and Channel.WEB in one.item.channels
    ]  # fmt: skip
    new = sorted(
        (one for one in here if one.hangs and one.item.first_day >= since),
        key=lambda one: (one.item.publish, one.item.id),
        reverse=True,
    )
    gone = [
        (end, one) for one in here
        if (end := one.item.leaves) and end <= now and end.date() >= since
    ]  # fmt: skip
    answered = [
        one for one in edition.raised_on(board)
        if one.is_answered and one.opinion.replied and one.opinion.replied >= since
    ]  # fmt: skip
    return Week(
        board=board,
        up=[one for one in new if one.item.kind is not ItemKind.CORRECTION],
        corrected=[one for one in new if one.item.kind is ItemKind.CORRECTION],
        down=[one for _, one in sorted(gone, key=lambda two: (two[0], two[1].item.id))][::-1],
        answered=sorted(answered, key=lambda one: one.opinion.id),
    )


def weeks_of(edition: Edition) -> list[Week]:
    """What changed on all boards alike, where there are several, and then on each by itself."""
    weeks = [week_of(edition, board) for board in edition.library.boards]
    if len(weeks) < 2:
        return weeks
    alike = set.intersection(*(one.told() for one in weeks))
    each = [one.only(one.told() - alike, one.board) for one in weeks]
    return [weeks[0].only(alike, None), *each]


def _inputs(plan: Plan, name: str) -> Iterator[Any]:
    yield str(plan.edition.standings.today)
    for week in weeks_of(plan.edition):
        yield [[plan.told(one.item.id) for one in part] for part in week[1:4]], week.answered
    yield from board_digests(plan, name)


def _make(renderer: Renderer, _: str) -> tuple[Artifact, ...]:
    pages = renderer.pages
    title, hint = pages.words.t("changes"), pages.words.t("changes-hint")
    weeks = weeks_of(renderer.edition)
    page = pages.stamp("changes", CHANGES.address, "changes", title, hint, weeks=weeks)
    return (page,)


CHANGES = Kind("changes", "changes/index.html", _make, _inputs, templates=("pages/changes.html",))
