"""The week's changes (本周变化): what went up, was corrected, taken down and answered, by board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from gongkai.build.kind import PageKind
from gongkai.build.kinds.boards import board_digests
from gongkai.domain.model import Board
from gongkai.domain.terms import Channel, State
from gongkai.domain.terms import Kind as ItemKind
from gongkai.render.artifact import Artifact
from gongkai.render.tasks import Task
from gongkai.status.edition import Edition
from gongkai.status.opinions import Raised
from gongkai.status.standing import Standing

if TYPE_CHECKING:
    from gongkai.build.plan import Plan, Renderer

DAYS = 7
"""A week: today and the six days before."""


class Gone(NamedTuple):
    """What came down: when, and whether it was taken down."""

    standing: Standing
    day: date
    is_taken: bool


class ChangedWeek(NamedTuple):
    """What changed within a week, the newest first, on one board or (None) on all of them alike.
    What hangs by itself and what corrects something are told apart; what came and went within the
    week is told of in both places."""

    board: Board | None
    up: list[Standing]
    corrected: list[Standing]
    down: list[Gone]
    answered: list[Raised]

    @property
    def is_empty(self) -> bool:
        """Did nothing change?"""
        return not (self.up or self.corrected or self.down or self.answered)

    def told(self) -> set[tuple[str, str]]:
        """What is told, by its part and its id."""
        parts = {"up": self.up, "corrected": self.corrected}
        items = {(part, standing.item.id) for part, ones in parts.items() for standing in ones}
        down = {("down", gone.standing.item.id) for gone in self.down}
        return items | down | {("answered", raised.opinion.id) for raised in self.answered}

    def only(self, told: set[tuple[str, str]], board: Board | None) -> ChangedWeek:
        """A part of it."""
        return ChangedWeek(
            board,
            [standing for standing in self.up if ("up", standing.item.id) in told],
            [standing for standing in self.corrected if ("corrected", standing.item.id) in told],
            [gone for gone in self.down if ("down", gone.standing.item.id) in told],
            [raised for raised in self.answered if ("answered", raised.opinion.id) in told],
        )


def first_day(edition: Edition) -> date:
    """The first day of the week."""
    return edition.standings.today - timedelta(days=DAYS - 1)


def _recent(edition: Edition) -> list[Standing]:
    """What may have come or gone within the week on the web: few of thousands."""
    since = first_day(edition)
    return [
        standing for standing in edition.published()
        if Channel.WEB in standing.item.channels
        and (standing.item.first_day >= since or standing.left or _ended_since(standing, since))
    ]  # fmt: skip


def _ended_since(one: Standing, since: date) -> bool:
    """Did it end, or was it taken down, on a day or later?"""
    leaves, withdrawn = one.item.leaves, one.item.withdrawn
    is_over = one.state is State.EXPIRED and leaves is not None and leaves.date() >= since
    return is_over or (withdrawn is not None and withdrawn.date >= since)


def week_of(edition: Edition, board: Board, recent: Iterable[Standing]) -> ChangedWeek:
    """What changed on a board on the web until the edition's instant, of what is ``recent``."""
    since = first_day(edition)
    here = [standing for standing in recent if board.id in standing.item.boards]
    new = sorted(
        (
            standing
            for standing in here
            if standing.item.first_day >= since and not standing.is_hidden
        ),
        key=lambda one: (one.item.publish, one.item.id),
        reverse=True,
    )
    gone = [
        found
        for standing in here
        if (found := _gone(edition, standing, board)) and found.day >= since
    ]
    answered = [
        raised for raised in edition.raised_on(board)
        if raised.is_answered and raised.opinion.replied and raised.opinion.replied >= since
    ]  # fmt: skip
    return ChangedWeek(
        board=board,
        up=[standing for standing in new if standing.item.kind is not ItemKind.CORRECTION],
        corrected=[standing for standing in new if standing.item.kind is ItemKind.CORRECTION],
        down=sorted(gone, key=lambda one: (one.day, one.standing.item.id), reverse=True),
        answered=sorted(answered, key=lambda one: one.opinion.id),
    )


def _gone(edition: Edition, one: Standing, board: Board) -> Gone | None:
    """When an item came down from a board, if it did: taken down, at its end, or when a later
    period took its place."""
    item = one.item
    if one.state is State.WITHDRAWN and item.withdrawn:
        return Gone(one, item.withdrawn.date, is_taken=True)
    if one.state is State.EXPIRED and item.leaves:
        return Gone(one, item.leaves.date(), is_taken=False)
    if board.id in one.left and (successor := edition.entry(one).successor):
        return Gone(one, successor.item.first_day, is_taken=False)
    return None


def weeks_of(edition: Edition) -> list[ChangedWeek]:
    """What changed on all boards alike, where there are several, and then on each by itself; of a
    board on which nothing changed nothing."""
    recent = _recent(edition)
    weeks = [week_of(edition, board, recent) for board in edition.library.boards]
    if len(weeks) > 1:
        alike = set.intersection(*(week.told() for week in weeks))
        each = [week.only(week.told() - alike, week.board) for week in weeks]
        weeks = [weeks[0].only(alike, None), *each]
    return [week for week in weeks if not week.is_empty]


def _inputs(plan: Plan, task: Task) -> Iterator[Any]:
    yield str(plan.edition.standings.today)
    for week in weeks_of(plan.edition):
        yield (
            [plan.told(standing.item.id) for standing in (*week.up, *week.corrected)],
            week.answered,
        )
        yield [(plan.told(gone.standing.item.id), str(gone.day)) for gone in week.down]
    yield from board_digests(plan, task)


def _make(renderer: Renderer, _: Task) -> tuple[Artifact, ...]:
    pages = renderer.pages
    title, hint = pages.words.t("changes"), pages.words.t("changes-hint")
    weeks, today = weeks_of(renderer.edition), renderer.edition.standings.today
    page = pages.stamp(
        "changes", CHANGES.address, "changes", title, hint,
        weeks=weeks, first=first_day(renderer.edition), last=today,
    )  # fmt: skip
    return (page,)


CHANGES = PageKind(
    "changes", "changes/index.html", _make, _inputs, templates=("pages/changes.html",)
)
