"""The year's plan (年度计划): a page by month and department, and the same as a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gongkai.build.kind import PageKind
from gongkai.build.kinds.papers import paper
from gongkai.render.artifact import Artifact
from gongkai.render.plans import PlanView
from gongkai.render.tasks import Task
from gongkai.render.web.reference import when

if TYPE_CHECKING:
    from gongkai.build.plan import Plan, Renderer

SHEET = "posters/plan.pdf"


def _view(plan: Plan) -> PlanView:
    standings = plan.edition.standings
    return PlanView(standings, standings.today.year, plan.site.lang)


def _inputs(plan: Plan, _: Task) -> Iterator[Any]:
    yield str(plan.edition.standings.today), plan.places, bool(plan.papers.printed)
    yield _view(plan).plan.planned


def _of_sheet(plan: Plan, task: Task) -> Iterator[Any]:
    yield plan.paper
    yield from _inputs(plan, task)


def _make(renderer: Renderer, _: Task) -> tuple[Artifact, ...]:
    pages, view = renderer.pages, _view(renderer.plan)
    words = pages.words
    page = pages.stamp(
        "plan", PLAN.address, "plan", words.t("plan"), words.t("plan-hint"),
        heading=view.title, is_printed=bool(renderer.plan.papers.printed),
        months=view.months(), counts=view.counts, month_of=words.month_of,
        by_event=[
            (words.category(category), when(category, words), category.dept)
            for category in view.plan.by_event
        ],
    )  # fmt: skip
    return (page,)


def _sheet(renderer: Renderer, _: str) -> list[bytes]:
    # 265 ms; most runs draw no paper.
    from gongkai.render.poster.plans import plan_sheet

    return [plan_sheet(_view(renderer.plan))]


def _if_printed(plan: Plan) -> Iterator[Task]:
    if plan.papers.printed:
        yield Task("plan-sheet", "", (SHEET,))


PLAN = PageKind("plan", "plan/index.html", _make, _inputs, templates=("pages/plan.html",))
PLAN_SHEET = paper("plan-sheet", SHEET, _sheet, _of_sheet, _if_printed)
