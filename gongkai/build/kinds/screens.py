"""What hangs on walls: a screen for each board, and what they are made with."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from gongkai.build.kind import PageKind
from gongkai.build.kinds.boards import board_digests, board_names
from gongkai.domain.terms import Channel
from gongkai.render.artifact import Artifact
from gongkai.render.screen.letters import RARE, rare_style
from gongkai.render.screen.screens import carried, look_of, screen, wall
from gongkai.render.tasks import Task
from gongkai.render.verdict import VERDICT, verdict_words

if TYPE_CHECKING:
    from gongkai.build.plan import Plan, Renderer


def _of_screen(plan: Plan, task: Task) -> Iterator[Any]:
    board = plan.boards[task.name]
    yield plan.edition.reception, look_of(plan.site.root)
    yield [plan.seen(board, channel) for channel in Channel], plan.before(board)
    yield plan.edition.gaps_on(board), plan.edition.raised_on(board)
    yield [(plan.told(standing.item.id), span) for standing, span in carried(plan.edition, board)]
    yield plan.places  # tables are ordered by what places are called


def _screen(renderer: Renderer, task: Task) -> tuple[Artifact, ...]:
    return (screen(renderer.edition, renderer.pages.boards[task.name]),)


def _of_wall(plan: Plan, task: Task) -> Iterator[Any]:
    yield from board_digests(plan, task)
    yield repr(plan.site.boxes)


def _wall(renderer: Renderer, _: Task) -> tuple[Artifact, ...]:
    return (wall(renderer.edition),)


def _letters(renderer: Renderer, _: Task) -> tuple[Artifact, ...]:
    return (Artifact(RARE, rare_style(renderer.plan.rare)),)


def _rare(plan: Plan, _: Task) -> Iterator[Any]:
    yield plan.rare


def _if_letters(plan: Plan) -> Collection[str]:
    return ("",) if plan.site.web_font else ()


def _verdict(renderer: Renderer, _: Task) -> tuple[Artifact, ...]:
    return (Artifact(VERDICT, verdict_words(renderer.words)),)


SCREEN = PageKind(
    "screen", "screen/{}/index.html", _screen, _of_screen, board_names,
    templates=("screen/screen.html",), is_framed=False, is_timed=True, seconds=0.008,
)  # fmt: skip
SCREENS = PageKind(
    "screens", "screen/index.html", _wall, _of_wall,
    templates=("screen/index.html",), is_framed=False,
)  # fmt: skip
LETTERS = PageKind("letters", RARE, _letters, _rare, _if_letters, is_framed=False)
VERDICTS = PageKind("verdict", VERDICT, _verdict, is_framed=False)
