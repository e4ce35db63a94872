"""What is said of boards: the front page, a page for each, and the print kiosk."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from gongkai.build.kind import PageKind
from gongkai.domain.terms import Channel
from gongkai.publish.recall import POSTED, OnWall, Posted
from gongkai.render.artifact import Artifact
from gongkai.render.tasks import Task
from gongkai.render.web.pages import records_of

if TYPE_CHECKING:
    from gongkai.build.plan import Plan, Renderer
    from gongkai.status.edition import Edition


def board_names(plan: Plan) -> Collection[str]:
    """The ids of all boards."""
    return plan.boards


def board_digests(plan: Plan, _: Task) -> Iterator[Any]:
    """What stands for all boards, of a page that names them."""
    yield [plan.board(board) for board in plan.boards]


def on_wall(edition: Edition) -> list[OnWall]:
    """What was recorded of paper on the walls by the edition's day, of what was ever published."""
    return [
        OnWall(standing.item.id, posting.board, posting.date.isoformat())
        for standing in edition.published()
        for posting in standing.item.posted
    ]


def _of_home(plan: Plan, _: Task) -> Iterator[Any]:
    yield plan.edition.reception, plan.edition.gaps, records_of(plan.library)
    yield [plan.seen(board, channel) for board in plan.boards.values() for channel in Channel]


def _of_board(plan: Plan, task: Task) -> Iterator[Any]:
    board = plan.boards[task.name]
    yield plan.seen(board, Channel.WEB), plan.before(board)
    yield plan.edition.gaps_on(board), plan.edition.raised_on(board)
    yield plan.places  # tables are ordered by what places are called


def _of_kiosk(plan: Plan, _: Task) -> Iterator[Any]:
    yield [plan.seen(board, Channel.POSTER) for board in plan.boards.values()]
    yield [
        (unseen_sheet.item.id, [board.id for board in unseen_sheet.boards])
        for unseen_sheet in plan.papers.unseen
    ]


def _posted_names(plan: Plan) -> Collection[str]:
    return ("",) if on_wall(plan.edition) else ()


def _of_posted(plan: Plan, _: Task) -> Iterator[Any]:
    yield on_wall(plan.edition)


def _posted(renderer: Renderer, _: Task) -> tuple[Artifact, ...]:
    told = Posted(1, tuple(on_wall(renderer.edition)))
    return (Artifact(POSTED, msgspec.json.encode(told) + b"\n"),)


def _home(renderer: Renderer, _: Task) -> tuple[Artifact, ...]:
    return (renderer.pages.home(),)


def _board(renderer: Renderer, task: Task) -> tuple[Artifact, ...]:
    return (renderer.pages.board(renderer.pages.boards[task.name]),)


def _kiosk(renderer: Renderer, _: Task) -> tuple[Artifact, ...]:
    return (renderer.pages.posters(),)


HOME = PageKind(
    "home", "index.html", _home, _of_home, templates=("pages/home.html",), is_timed=True
)
BOARD = PageKind(
    "board", "boards/{}/index.html", _board, _of_board, board_names,
    templates=("pages/board.html",), is_timed=True, seconds=0.008,
)  # fmt: skip
ON_WALL = PageKind("posted", POSTED, _posted, _of_posted, _posted_names, is_framed=False)
POSTERS = PageKind(
    "posters", "posters/index.html", _kiosk, _of_kiosk,
    templates=("pages/posters.html",), is_timed=True,
)  # fmt: skip
