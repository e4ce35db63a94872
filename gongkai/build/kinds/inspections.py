"""Inspections (检查): a page, where a site records any or has a schedule of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from gongkai.build.kind import PageKind
from gongkai.render.artifact import Artifact
from gongkai.render.inspections import inspections_view
from gongkai.render.tasks import Task
from gongkai.render.words import Words

if TYPE_CHECKING:
    from gongkai.build.plan import Plan, Renderer


def _if_recorded(plan: Plan) -> Collection[str]:
    return ("",) if plan.library.has_inspections else ()


def _inputs(plan: Plan, _: Task) -> Iterator[Any]:
    yield str(plan.edition.standings.today), plan.library.checklist
    yield inspections_view(plan.edition, Words(plan.site.lang))


def _make(renderer: Renderer, _: Task) -> tuple[Artifact, ...]:
    pages, edition = renderer.pages, renderer.edition
    words = pages.words
    page = pages.stamp(
        "inspections", INSPECTIONS.address, "inspections", words.t("inspections"),
        words.t("inspections-hint"), view=inspections_view(edition, words),
        checklist=edition.library.checklist, today=edition.standings.today,
    )  # fmt: skip
    return (page,)


INSPECTIONS = PageKind(
    "inspections", "inspections/index.html", _make, _inputs, _if_recorded,
    templates=("pages/inspections.html",),
)  # fmt: skip
