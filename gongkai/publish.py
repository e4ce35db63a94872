"""Publish: bring a folder up to date and swap at once. Readers see the old site or the new."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from gongkai.edition import Edition
from gongkai.errors import PublishError
from gongkai.listing import instant
from gongkai.model import Site
from gongkai.progress import Step, Watcher
from gongkai.render.search import INDEX, search_index
from gongkai.render.site import Made, Plan, Renderer, Task, Work
from gongkai.shelf import Shelf
from gongkai.stage import MANIFEST, Filed, Known, Stage, write
from gongkai.work import Means, in_portions, share_out

SCHEMA = 1
PORTION = 40
"""Pages handed over at a time; what is slow is handed over one by one."""
_COST = {"board-poster": 0.2, "poster": 0.03, "screen": 0.008, "board": 0.008, "year": 0.05}
_CHEAP = 0.00015
"""Seconds that a task takes, about."""

_Done = tuple[list[tuple[str, Known, dict[str, Filed]]], int]


def publish(
    out: Path, work: Work, manifest: Mapping[str, Any], means: Means, watch: Watcher
) -> int:
    """Make ``out`` the new site; how many files it has. An error leaves the old one as it was."""
    watch.step(Step.PLAN)
    tasks = Plan(work).tasks()
    stage = Stage(out)
    todo = [one for one in tasks if not stage.reuse_task(one.label, one.key, one.paths)]
    spoiled = _render(todo, work, stage, means, watch)
    Shelf(_shelf(means)).keep_only(one.own.hex() for one in tasks if one.is_shelved)
    watch.step(Step.COLLECT)
    _collect(tasks, work, stage, manifest)
    watch.step(Step.PUBLISH)
    if spoiled or stage.is_spoiled:
        watch.note("cli.spoiled")
    if not stage.is_as_before:
        stage.next.hidden = tuple(one.item.id for one in work.edition.published() if one.is_hidden)
        stage.finish()
    return len(stage.next.files)


def _shelf(means: Means) -> Path | None:
    return means.keep / "shelf" if means.keep else None


def _render(todo: list[Task], work: Work, stage: Stage, means: Means, watch: Watcher) -> int:
    """Do what has to be done anew; how many things on the shelf could not be believed."""
    watch.step(Step.RENDER, len(todo))
    slow = [[one] for one in todo if one.kind in _COST]
    quick = in_portions([one for one in todo if one.kind not in _COST], PORTION)
    seconds = sum(_COST.get(one.kind, _CHEAP) for one in todo)
    given = (work, _shelf(means), str(stage.folder))
    spoiled = 0
    for done, doubtful in share_out(_begin, given, [*slow, *quick], seconds, means):
        for label, known, files in done:
            stage.next.tasks[label] = known
            stage.add(files)
        spoiled += doubtful
        watch.advance(len(done))
    return spoiled


def _begin(work: Work, shelf: Path | None, folder: str) -> Callable[[Sequence[Task]], _Done]:
    """Does portions of tasks and writes what comes of them, so that no page travels."""
    renderer = Renderer(work, Shelf(shelf))

    def do(tasks: Sequence[Task]) -> _Done:
        before = renderer.shelf.spoiled
        done = []
        for task in tasks:
            made = renderer.make(task)
            files = written(made, folder)
            done.append((task.label, Known(task.key, made.record, made.entry), files))
        return done, renderer.shelf.spoiled - before

    return do


def written(made: Made, folder: str) -> dict[str, Filed]:
    """Write the files of a task into a folder, none of them outside it."""
    files = {}
    for artifact in made.files:
        if not artifact.is_confined():
            raise PublishError("error.path", path=artifact.path)
        seen = write(f"{folder}/{artifact.path}", artifact.data)
        files[artifact.path] = Filed(hashlib.sha256(artifact.data).hexdigest(), seen)
    return files


def _collect(tasks: Iterable[Task], work: Work, stage: Stage, manifest: Mapping[str, Any]) -> None:
    """What is put together from all that was made: MkDocs' files, search index, manifest.

    Ours win over MkDocs'.
    """
    shell, items = work.shell, [stage.next.tasks[one.label] for one in tasks if one.kind == "item"]
    if INDEX in shell.files:
        made = (shell.folder / INDEX).read_bytes()
        stage.write(INDEX, search_index(made, (one.entry for one in items)))
    for name, sha256 in shell.files.items():
        if name not in stage.next.files and not stage.reuse(name, sha256):
            stage.write(name, (shell.folder / name).read_bytes())
    hashes = {path: filed.sha256 for path, filed in sorted(stage.next.files.items())}
    stage.write(MANIFEST, manifest_bytes(manifest, [one.record for one in items], hashes))


def manifest_bytes(
    about: Mapping[str, Any], records: Sequence[bytes], files: Mapping[str, str]
) -> bytes:
    """The manifest as JSON, a line an item and a line a file, so that two can be compared."""
    head = msgspec.json.format(msgspec.json.encode(about), indent=1)[:-2]
    items = b",\n".join(b"  " + one for one in records)
    paths = msgspec.json.format(msgspec.json.encode(files), indent=1).replace(b"\n", b"\n ")
    return head + b',\n "items": [\n' + items + b'\n ],\n "files": ' + paths + b"\n}\n"


def check_target(out: Path, site: Site) -> None:
    """Never replace a folder that is not a site of ours, nor publish into the content."""
    inside = [site.root / name for name in ("content", "boards", "theme")] + [site.pages]
    if any(out.is_relative_to(one) for one in inside) or site.root.is_relative_to(out):
        raise PublishError("error.inside", path=str(out))
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise PublishError("error.not-a-site", path=str(out))
    if out.is_dir() and any(out.iterdir()) and not is_ours(out):
        raise PublishError("error.not-a-site", path=str(out))


def is_ours(folder: Path) -> bool:
    """Did this product make the site in a folder? Only the plugin writes the manifest."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        return str(manifest["generator"]).startswith("gongkai")
    except (OSError, ValueError, KeyError, TypeError):
        return False


def about(edition: Edition, version: str, built_at: str, **rest: Any) -> dict[str, Any]:
    """The manifest without what it lists."""
    return {
        "schema": SCHEMA,
        "generator": f"gongkai {version}",
        "built_at": built_at,
        "at": instant(edition.now),
        **rest,
        "boards": [
            {"id": one.id, "title": one.title, "workshop": one.workshop, "url": f"boards/{one.id}/"}
            for one in edition.library.boards
        ],
    }
