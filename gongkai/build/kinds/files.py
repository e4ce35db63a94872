"""Files that go up as they lie in the theme, and those of the editing page."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from gongkai.build.kind import Kind
from gongkai.build.kinds.boards import board_digests
from gongkai.render.artifact import Artifact
from gongkai.render.web.forms import FORM_PATHS, forms

if TYPE_CHECKING:
    from gongkai.build.plan import Plan, Renderer


def _theme_names(plan: Plan) -> Collection[str]:
    return plan.theme_files


def _bytes(plan: Plan, name: str) -> Iterator[Any]:
    yield plan.theme_files[name].read_bytes()


def _theme_file(renderer: Renderer, name: str) -> tuple[Artifact, ...]:
    return (Artifact(name, renderer.plan.theme_files[name].read_bytes()),)


def _form_names(plan: Plan) -> Collection[str]:
    return FORM_PATHS if plan.site.forge else ()


def _of_forms(plan: Plan, name: str) -> Iterator[Any]:
    yield name, plan.site.forge
    yield from board_digests(plan, name)


def _forms(renderer: Renderer, name: str) -> tuple[Artifact, ...]:
    return (forms(renderer.edition.library, name),)


THEME_FILE = Kind("theme-file", "{}", _theme_file, _bytes, _theme_names, is_framed=False)
FORMS = Kind(
    "forms", "{}", _forms, _of_forms, _form_names,
    templates=("forms/index.html",), is_framed=False,
)  # fmt: skip
