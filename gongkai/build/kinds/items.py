"""The page of an item; what stands for one is worked out by the plan, of which there are many."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from gongkai.build.kind import Kind
from gongkai.render.artifact import Artifact

if TYPE_CHECKING:
    from gongkai.build.plan import Plan, Renderer


def _make(renderer: Renderer, name: str) -> tuple[Artifact, ...]:
    return renderer.item(name).files


def _none(_: Plan) -> Collection[str]:
    """They lie at their former addresses too, so the plan has tasks of its own for them."""
    return ()


ITEM = Kind(
    "item", "items/{}/index.html", _make, names=_none,
    templates=("pages/item.html", "pages/sheet.html"),
)  # fmt: skip
