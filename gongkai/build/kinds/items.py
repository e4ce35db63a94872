"""Pages of items and the files beside them. There are thousands, so one of them is found by its
path without listing the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from gongkai.build.kind import PageKind
from gongkai.domain.model import File
from gongkai.render.artifact import Artifact
from gongkai.render.attached import csv_files
from gongkai.render.tasks import Task
from gongkai.render.web.files import published_bytes
from gongkai.render.web.item_page import has_tables
from gongkai.status.edition import Entry
from gongkai.status.listing import public_record

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
        pages = tuple(f"items/{text}/index.html" for text in (item.id, *item.aliases))
    if not has_tables(entry):
        return pages
    return (*pages, *(f"items/{item.id}/{name}" for name, _ in csv_files(item)))


def _items(plan: Plan) -> Iterator[Task]:
    return (Task("item", name, addresses(entry)) for name, entry in plan.entries.items())


def _find_item(plan: Plan, path: str) -> Task | None:
    """What makes a page of an item, under a former id too, or one of its tables."""
    folder, _, rest = path.partition("/")
    one = plan.published(rest.partition("/")[0]) if folder == "items" else None
    if one is None or path not in (paths := addresses(plan.edition.entry(one))):
        return None
    return Task("item", one.item.id, paths)


def _of_item(plan: Plan, task: Task) -> Iterator[Any]:
    entry = plan.entries[task.name]
    yield plan.told(task.name)
    yield plan.hung(task.name)
    yield plan.earlier(entry)
    yield [
        standing and (standing.item.id, standing.item.period)
        for standing in (entry.earlier, entry.later)
    ]
    if task.name in plan.appraised:
        yield plan.appraised[task.name]


def _item(renderer: Renderer, task: Task) -> tuple[Artifact, ...]:
    """The page of an item and its tables."""
    entry = renderer.edition.entry(renderer.standing(task.name))
    version = renderer.plan.version(entry.standing)
    return tuple(renderer.pages.item(entry, version)) if entry.item.has_page else ()


def _record(renderer: Renderer, task: Task) -> bytes:
    """The line of an item in the manifest."""
    standing = renderer.standing(task.name)
    return msgspec.json.encode(public_record(standing, renderer.plan.version(standing)))


def _files(plan: Plan) -> Iterator[Task]:
    return (_of_file(file, path) for path, file in plan.files.items())


def _find_file(plan: Plan, path: str) -> Task | None:
    return next((_of_file(file, path) for name, file in plan.beside() if name == path), None)


def _of_file(file: File, path: str) -> Task:
    return Task("file", file.path, (path,))


def _sha256(plan: Plan, task: Task) -> Iterator[Any]:
    yield plan.files[task.paths[0]].sha256


def _file(renderer: Renderer, task: Task) -> tuple[Artifact, ...]:
    path = task.paths[0]
    data = published_bytes(renderer.edition.site.root, renderer.plan.files[path])
    return (Artifact(path, data),)


ITEM = PageKind(
    "item", "items/{}/index.html", _item, _of_item, listed=_items, found=_find_item, record=_record,
    templates=("pages/item.html", "pages/sheet.html", "pages/months.html"),
)  # fmt: skip
FILE = PageKind("file", "{}", _file, _sha256, listed=_files, found=_find_file, is_framed=False)
