"""The appraisal (质量考评): a page, a table and a sheet, where a site has one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from gongkai.build.kind import PageKind
from gongkai.build.kinds.boards import board_digests
from gongkai.build.kinds.papers import paper
from gongkai.render.appraisal import AppraisalView, as_csv
from gongkai.render.artifact import Artifact
from gongkai.render.tasks import Task

if TYPE_CHECKING:
    from gongkai.build.plan import Plan, Renderer

SHEET = "posters/appraisal.pdf"
_TABLE = "appraisal/scores.csv"


def _if_appraised(plan: Plan) -> Collection[str]:
    return ("",) if plan.library.has_appraisal else ()


def _if_printed(plan: Plan) -> Iterator[Task]:
    if plan.library.has_appraisal and plan.papers.printed:
        yield Task("appraisal-sheet", "", (SHEET,))


def _inputs(plan: Plan, task: Task) -> Iterator[Any]:
    """Scores come of figures, which come of everything."""
    yield str(plan.edition.standings.today), plan.library.appraisal, bool(plan.papers.printed)
    yield [standing.item.source for standing in plan.edition.standings.all()]
    yield plan.library.opinions, plan.library.surveys
    yield from board_digests(plan, task)


def _of_sheet(plan: Plan, task: Task) -> Iterator[Any]:
    yield plan.paper
    yield from _inputs(plan, task)


def _view(plan: Plan) -> AppraisalView:
    return AppraisalView(plan.edition.standings, plan.site.lang)


def _make(renderer: Renderer, _: Task) -> tuple[Artifact, ...]:
    pages, view = renderer.pages, _view(renderer.plan)
    words, appraisal = pages.words, view.library.appraisal
    page = pages.stamp(
        "appraisal", APPRAISAL.address, "appraisal", words.t("appraisal"),
        words.t("appraisal-hint"), view=view, sheet_title=appraisal.title,
        totals=list(zip(view.heads(), view.totals(), strict=True)), is_ours=appraisal.built_in,
        is_printed=bool(renderer.plan.papers.printed),
    )  # fmt: skip
    return (page, Artifact(_TABLE, as_csv(view)))


def _sheet(renderer: Renderer, _: str) -> list[bytes]:
    # 265 ms; most runs draw no paper.
    from gongkai.render.poster.appraisal import appraisal_sheet

    return [appraisal_sheet(_view(renderer.plan))]


APPRAISAL = PageKind(
    "appraisal", "appraisal/index.html", _make, _inputs, _if_appraised,
    templates=("pages/appraisal.html",), more=(_TABLE,),
)  # fmt: skip
APPRAISAL_SHEET = paper("appraisal-sheet", SHEET, _sheet, _of_sheet, _if_printed)
