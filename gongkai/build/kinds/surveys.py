"""What surveys found, and those to come: a page where a site records any, and a sheet."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from gongkai.build.kind import PageKind
from gongkai.build.kinds.papers import paper
from gongkai.render.artifact import Artifact
from gongkai.render.surveys import coming, views, vote_address
from gongkai.render.tasks import Task

if TYPE_CHECKING:
    from gongkai.build.plan import Plan, Renderer

SHEET = "posters/surveys.pdf"


def _if_recorded(plan: Plan) -> Collection[str]:
    return ("",) if plan.library.surveys else ()


def _inputs(plan: Plan, _: Task) -> Iterator[Any]:
    yield str(plan.edition.standings.today), plan.places, bool(plan.papers.printed)
    yield plan.library.surveys, plan.library.org.form("x")


def _of_sheet(plan: Plan, task: Task) -> Iterator[Any]:
    yield plan.paper
    yield from _inputs(plan, task)


def _make(renderer: Renderer, _: Task) -> tuple[Artifact, ...]:
    pages, library = renderer.pages, renderer.plan.library
    words, today = pages.words, renderer.edition.standings.today
    page = pages.stamp(
        "surveys", SURVEYS.address, "surveys", words.t("surveys"), words.t("surveys-hint"),
        views=views(library, today, words), coming=coming(library, today),
        vote=lambda one: vote_address(library, one),
        is_printed=bool(renderer.plan.papers.printed),
    )  # fmt: skip
    return (page,)


def _sheet(renderer: Renderer, _: str) -> list[bytes]:
    # 265 ms; most runs draw no paper.
    from gongkai.render.poster.surveys import results

    standings = renderer.edition.standings
    day = standings.library.site.start_of(standings.today)
    return [results(standings.library, standings.today, day)]


def _if_printed(plan: Plan) -> Iterator[Task]:
    if plan.papers.printed and plan.library.surveys:
        yield Task("surveys-sheet", "", (SHEET,))


SURVEYS = PageKind(
    "surveys", "surveys/index.html", _make, _inputs, _if_recorded, templates=("pages/surveys.html",)
)
SURVEYS_SHEET = paper("surveys-sheet", SHEET, _sheet, _of_sheet, _if_printed)
