"""What was shown and answered before, and what the rules and the duties are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from gongkai.build.kind import PageKind
from gongkai.build.kinds.boards import board_digests
from gongkai.render.artifact import Artifact
from gongkai.render.tasks import Task
from gongkai.render.web import reference
from gongkai.render.web.supervision import AS_TABLE, GATHERED, report

if TYPE_CHECKING:
    from gongkai.build.plan import Plan, Renderer


def _years(plan: Plan) -> Collection[str]:
    return plan.years


def _of_years(plan: Plan, task: Task) -> Iterator[Any]:
    yield {year: len(ones) for year, ones in plan.past.items()}
    yield [plan.year(year) for year in ([task.name] if task.name else plan.past)]


def _of_report(plan: Plan, task: Task) -> Iterator[Any]:
    yield str(plan.edition.standings.today)
    yield [standing.item.source for standing in plan.edition.standings.all()]
    yield plan.library.opinions, plan.library.surveys, plan.library.inspections
    yield from board_digests(plan, task)


def _of_opinions(plan: Plan, _: Task) -> Iterator[Any]:
    yield plan.edition.raised, plan.edition.answers
    yield str(plan.edition.standings.today), plan.library.opinions, plan.library.surveys


def _archive(renderer: Renderer, task: Task) -> tuple[Artifact, ...]:
    return (renderer.pages.archive(task.name),)


def _report(renderer: Renderer, _: Task) -> tuple[Artifact, ...]:
    return report(renderer.pages)


def _opinions(renderer: Renderer, _: Task) -> tuple[Artifact, ...]:
    return (renderer.pages.opinions(),)


def _hung(renderer: Renderer, _: Task) -> tuple[Artifact, ...]:
    return (renderer.pages.hung(),)


def _duties(renderer: Renderer, _: Task) -> tuple[Artifact, ...]:
    return (reference.duties(renderer.pages),)


def _checks(renderer: Renderer, _: Task) -> tuple[Artifact, ...]:
    return (reference.checks(renderer.pages),)


def _check(renderer: Renderer, task: Task) -> tuple[Artifact, ...]:
    return (reference.check(renderer.pages, task.name),)


def _rules(_: Plan) -> Collection[str]:
    return reference.RULES


def _name(_: Plan, task: Task) -> Iterator[Any]:
    yield task.name


_ARCHIVE = ("pages/archive.html",)
ARCHIVE = PageKind("archive", "archive/index.html", _archive, _of_years, templates=_ARCHIVE)
YEAR = PageKind(
    "year", "archive/{}/index.html", _archive, _of_years, _years,
    templates=_ARCHIVE, seconds=0.05,
)  # fmt: skip
REPORT = PageKind(
    "report", "report/index.html", _report, _of_report,
    templates=("pages/report.html",), more=(GATHERED, AS_TABLE),
)  # fmt: skip
OPINIONS = PageKind(
    "opinions", "opinions/index.html", _opinions, _of_opinions, templates=("pages/opinions.html",)
)
HUNG = PageKind("hung", "as-of/index.html", _hung, board_digests, templates=("pages/hung.html",))
DUTIES = PageKind("duties", "duties/index.html", _duties, templates=("pages/duties.html",))
CHECKS = PageKind("checks", "checks/index.html", _checks, templates=("pages/checks.html",))
CHECK = PageKind(
    "check", "checks/{}/index.html", _check, _name, _rules, templates=("pages/check.html",)
)
