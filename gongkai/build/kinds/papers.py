"""Everything that is typeset, and what is bound of it. It takes long, so it is kept on the shelf by
all that goes into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from gongkai.build.kind import Draw, PageKind
from gongkai.domain.terms import Channel
from gongkai.render.artifact import Artifact
from gongkai.render.poster.binding import bound
from gongkai.render.tasks import Task

if TYPE_CHECKING:
    from gongkai.build.plan import Plan, Renderer

CATALOGUE = "posters/catalogue.pdf"
"""The list of all sheets, on paper."""


def _sheets(kind: str, plan: Plan) -> Iterator[Task]:
    return (sheet for sheet in plan.sheets if sheet.kind == kind)


def _bundles(kind: str, plan: Plan) -> Iterator[Task]:
    return (bundle for bundle in plan.bundles if bundle.kind == kind)


def _catalogues(plan: Plan) -> Iterator[Task]:
    if plan.papers.printed:
        yield Task("catalogue", "", (CATALOGUE,))


def _of_sheet(plan: Plan, task: Task) -> Iterator[Any]:
    board, _, item = task.name.rpartition("/")
    yield plan.paper, plan.told(item), board
    yield plan.places  # tables are ordered and sheets addressed by what places are called


def _of_cover(plan: Plan, task: Task) -> Iterator[Any]:
    board = plan.boards[task.name]
    yield plan.paper, plan.seen(board, Channel.POSTER), plan.edition.raised_on(board)
    if plan.is_blank(task.name):  # it tells the day on which nothing hangs
        yield str(plan.edition.standings.today)


def _of_heard(plan: Plan, task: Task) -> Iterator[Any]:
    yield plan.paper, plan.edition.raised_on(plan.boards[task.name])
    yield plan.board(task.name), str(plan.edition.standings.today)


def _of_catalogue(plan: Plan, _: Task) -> Iterator[Any]:
    yield plan.paper


def _of_bundle(plan: Plan, task: Task) -> Iterator[Any]:
    yield [plan.own(part) for part in plan.papers.parts(task.kind, task.name)]


def _poster(renderer: Renderer, name: str) -> list[bytes]:
    return renderer.papers.item(renderer.standing(name))


def _sheet(renderer: Renderer, name: str) -> list[bytes]:
    board, _, item = name.partition("/")
    return [renderer.papers.for_board(renderer.standing(item), renderer.pages.boards[board])]


def _cover(renderer: Renderer, name: str) -> list[bytes]:
    return [renderer.papers.cover(renderer.pages.boards[name])]


def _heard(renderer: Renderer, name: str) -> list[bytes]:
    return [renderer.papers.heard(renderer.pages.boards[name])]


def _catalogue(renderer: Renderer, _: str) -> list[bytes]:
    return [renderer.papers.catalogue()]


def _typeset(renderer: Renderer, task: Task) -> tuple[Artifact, ...]:
    return tuple(map(Artifact, task.paths, renderer.drawn(task)))


def _bound(renderer: Renderer, task: Task) -> tuple[Artifact, ...]:
    def bind() -> bytes:
        papers = renderer.plan.papers.parts(task.kind, task.name)
        board = renderer.pages.boards[task.name.rpartition("/")[2]]
        return bound([renderer.drawn(paper)[0] for paper in papers], board.title)

    kept = renderer.shelf.get(renderer.plan.own(task).hex(), bind)
    return (Artifact(task.paths[0], kept),)


def paper(
    name: str,
    address: str,
    draw: Draw,
    inputs: Callable[[Plan, Task], Iterator[Any]],
    listed: Callable[[Plan], Iterator[Task]] | None = None,
    seconds: float = 0.03,
) -> PageKind:
    """A kind of sheet; without ``listed`` the sheets of boards and items that the plan has."""
    return PageKind(
        name, address, _typeset, inputs, listed=listed or partial(_sheets, name), draw=draw,
        is_framed=False, is_slow=True, seconds=seconds,
    )  # fmt: skip


def _bundle(name: str, address: str, seconds: float) -> PageKind:
    return PageKind(
        name, address, _bound, _of_bundle, listed=partial(_bundles, name),
        is_framed=False, is_slow=True, is_bound=True, seconds=seconds,
    )  # fmt: skip


POSTER = paper("poster", "posters/items/{}.pdf", _poster, _of_sheet, seconds=0.05)
SHEET = paper("sheet", "posters/boards/{}.pdf", _sheet, _of_sheet)
COVER = paper("cover", "posters/{}", _cover, _of_cover)
HEARD = paper("heard", "posters/{}", _heard, _of_heard)
CATALOGUE_SHEET = paper("catalogue", CATALOGUE, _catalogue, _of_catalogue, _catalogues)
BUNDLE = _bundle("bundle", "posters/boards/{}.pdf", 0.05)
NEWS = _bundle("news", "posters/new/{}.pdf", 0.02)
STACK = _bundle("stack", "posters/paper/{}.pdf", 0.03)
