"""Pages of items and the files beside them, of which there are thousands: the plan lists them, and
works out by itself what stands for an item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gongkai.build.kind import Kind
from gongkai.render.artifact import Artifact
from gongkai.render.attached import csv_files
from gongkai.render.tasks import Task
from gongkai.render.web.files import published_bytes
from gongkai.render.web.item_page import has_tables
from gongkai.status.edition import Entry

if TYPE_CHECKING:
    from gongkai.build.plan import Plan, Renderer


def addresses(entry: Entry) -> tuple[str, ...]:
    """Where an item's page lies, what leads to it from its former addresses, and its tables."""
    item = entry.item
    if not item.has_page:
        pages: tuple[str, ...] = ()
    elif not item.aliases:
        pages = (f"items/{item.id}/index.html",)
    else:
        pages = tuple(f"items/{one}/index.html" for one in (item.id, *item.aliases))
    if not has_tables(entry):
        return pages
    return (*pages, *(f"items/{item.id}/{name}" for name, _ in csv_files(item)))


def _items(plan: Plan) -> Iterator[Task]:
    return (Task("item", name, addresses(entry)) for name, entry in plan.entries.items())


def _item(renderer: Renderer, task: Task) -> tuple[Artifact, ...]:
    return renderer.item(task.name).files


def _files(plan: Plan) -> Iterator[Task]:
    return (Task("file", file.path, (path,)) for path, file in plan.files.items())


def _sha256(plan: Plan, task: Task) -> Iterator[Any]:
    yield plan.files[task.paths[0]].sha256


def _file(renderer: Renderer, task: Task) -> tuple[Artifact, ...]:
    path = task.paths[0]
    data = published_bytes(renderer.edition.site.root, renderer.plan.files[path])
    return (Artifact(path, data),)


ITEM = Kind(
    "item", "items/{}/index.html", _item, listed=_items,
    templates=("pages/item.html", "pages/sheet.html"),
)  # fmt: skip
FILE = Kind("file", "{}", _file, _sha256, listed=_files, is_framed=False)
