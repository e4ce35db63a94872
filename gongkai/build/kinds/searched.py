"""What the search of a site looks through, if the site has one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from gongkai.build.kind import PageKind
from gongkai.render.artifact import Artifact
from gongkai.render.tasks import Task
from gongkai.render.web.pieces import FOLDER
from gongkai.render.web.search import ABOUT, INDEX, WHOLE

if TYPE_CHECKING:
    from gongkai.build.plan import Plan, Renderer


def _single(path: str, kind: str, plan: Plan) -> Iterator[Task]:
    if plan.search:
        yield Task(kind, "", (path,))


def _pieces(plan: Plan) -> Iterator[Task]:
    if plan.search and plan.search.layout:
        yield Task("pieces", "", tuple(plan.search.layout.paths()))


def _months(plan: Plan) -> Iterator[Task]:
    for month in plan.search.months if plan.search else ():
        yield Task("month", month, (f"{FOLDER}/past/{month}.json",))


def _inputs(plan: Plan, task: Task) -> Iterator[Any]:
    if plan.search:
        yield [*plan.search.months], plan.shell.files[INDEX], plan.search.layout
        yield plan.search.heard if task.kind in ("whole", "pieces") else []
        yield plan.search.speak, plan.search.called, plan.library.catalogue.categories
        yield [plan.told(entry.item.id) for entry in plan.search.among(task.kind, task.name)]


def _make(renderer: Renderer, task: Task) -> tuple[Artifact, ...]:
    search = renderer.plan.search
    return tuple(search.files(task.kind, task.name, task.paths[0])) if search else ()


def _kind(name: str, address: str, listed: Callable[[Plan], Iterator[Task]]) -> PageKind:
    return PageKind(
        name, address, _make, _inputs, listed=listed, is_framed=False, is_translated=True
    )


SEARCH_INDEX = _kind("index", INDEX, partial(_single, INDEX, "index"))
SEARCH_WHOLE = _kind("whole", WHOLE, partial(_single, WHOLE, "whole"))
SEARCH_ABOUT = _kind("about", ABOUT, partial(_single, ABOUT, "about"))
SEARCH_PIECES = _kind("pieces", f"{FOLDER}/{{}}", _pieces)
SEARCH_MONTH = _kind("month", f"{FOLDER}/past/{{}}.json", _months)
