"""The year's summary (年度总结): a page, a document to go on writing from, and a sheet.

A site has them where it records more than what it discloses."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from gongkai.build.kind import PageKind
from gongkai.build.kinds.boards import board_digests
from gongkai.build.kinds.papers import paper
from gongkai.render.artifact import Artifact
from gongkai.render.summary import YearSummary, years
from gongkai.render.summary_files import as_docx
from gongkai.render.tasks import Task

if TYPE_CHECKING:
    from gongkai.build.plan import Plan, Renderer

SHEET = "posters/summary.pdf"


def _names(plan: Plan) -> Collection[str]:
    return ("",) if plan.library.has_records else ()


def _past(plan: Plan) -> Collection[str]:
    return [str(year) for year in years(plan.edition)[1:]] if plan.library.has_records else ()


def _all(plan: Plan) -> Collection[str]:
    return [str(year) for year in years(plan.edition)] if plan.library.has_records else ()


def _if_printed(plan: Plan) -> Iterator[Task]:
    if plan.library.has_records and plan.papers.printed:
        yield Task("summary-sheet", "", (SHEET,))


def _inputs(plan: Plan, task: Task) -> Iterator[Any]:
    """It tells a little of everything."""
    library = plan.library
    yield str(plan.edition.standings.today), task.name, bool(plan.papers.printed)
    yield [(standing.item.source, standing.state) for standing in plan.edition.standings.all()]
    yield library.opinions, library.surveys, library.inspections, library.meetings
    yield library.appraisal, library.checklist
    yield from board_digests(plan, task)


def _of_sheet(plan: Plan, task: Task) -> Iterator[Any]:
    yield plan.paper
    yield from _inputs(plan, task)


def _of(plan: Plan, name: str) -> YearSummary:
    year = int(name) if name else plan.edition.standings.today.year
    return YearSummary(plan.edition, year, plan.site.lang)


def _make(renderer: Renderer, task: Task) -> tuple[Artifact, ...]:
    pages, summary = renderer.pages, _of(renderer.plan, task.name)
    words, path = pages.words, task.paths[0]
    others = [year for year in years(renderer.edition) if year != summary.year]
    page = pages.stamp(
        task.kind, path, "summary", summary.title if task.name else words.t("summary"),
        words.t("summary-hint"), year=summary.year, stamp=summary.stamp,
        heading=summary.title, sections=summary.sections(),
        up="../../" if task.name else "../", is_past=bool(task.name), others=others,
        is_printed=bool(renderer.plan.papers.printed) and not task.name,
    )  # fmt: skip
    return (page,)


def _word(renderer: Renderer, task: Task) -> tuple[Artifact, ...]:
    return (Artifact(task.paths[0], as_docx(_of(renderer.plan, task.name))),)


def _sheet(renderer: Renderer, _: str) -> list[bytes]:
    # 265 ms; most runs draw no paper.
    from gongkai.render.poster.summary import summary_sheet

    return [summary_sheet(_of(renderer.plan, ""))]


SUMMARY = PageKind(
    "summary", "summary/index.html", _make, _inputs, _names,
    templates=("pages/summary.html",),
)  # fmt: skip
PAST_SUMMARY = PageKind(
    "past-summary", "summary/{}/index.html", _make, _inputs, _past,
    templates=("pages/summary.html",),
)  # fmt: skip
SUMMARY_WORD = PageKind(
    "summary-word", "summary/{}.docx", _word, _inputs, _all, is_framed=False, is_translated=True
)
SUMMARY_SHEET = paper("summary-sheet", SHEET, _sheet, _of_sheet, _if_printed)
