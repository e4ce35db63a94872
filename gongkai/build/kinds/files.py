"""Files that go up as they lie in the theme, and those of the editing page."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from gongkai.build.kind import PageKind
from gongkai.build.kinds.boards import board_digests
from gongkai.render.artifact import Artifact
from gongkai.render.tasks import Task
from gongkai.render.web.forms import FORM_PATHS, forms

if TYPE_CHECKING:
    from gongkai.build.plan import Plan, Renderer


def _theme_names(plan: Plan) -> Collection[str]:
    return plan.theme_files


def _bytes(plan: Plan, task: Task) -> Iterator[Any]:
    yield plan.theme_files[task.name].read_bytes()


def _theme_file(renderer: Renderer, task: Task) -> tuple[Artifact, ...]:
    return (Artifact(task.name, renderer.plan.theme_files[task.name].read_bytes()),)


def _form_names(plan: Plan) -> Collection[str]:
    return FORM_PATHS if plan.site.forge else ()


def _of_forms(plan: Plan, task: Task) -> Iterator[Any]:
    yield (
        task.name,
        plan.site.forge,
        [(meeting.id, meeting.session) for meeting in plan.library.meetings],
    )
    yield from board_digests(plan, task)


def _forms(renderer: Renderer, task: Task) -> tuple[Artifact, ...]:
    return (forms(renderer.edition.library, task.name),)


THEME_FILE = PageKind("theme-file", "{}", _theme_file, _bytes, _theme_names, is_framed=False)
FORMS = PageKind(
    "forms", "{}", _forms, _of_forms, _form_names,
    templates=("forms/index.html",), is_framed=False,
)  # fmt: skip
