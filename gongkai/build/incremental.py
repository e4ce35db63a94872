"""Publish: bring a folder up to date and swap at once. Readers see the old site or the new."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from gongkai.build.kind import CHEAP
from gongkai.build.kinds import KINDS
from gongkai.build.kinds.items import ITEM
from gongkai.build.plan import Made, Plan, Renderer, Work
from gongkai.domain.errors import PublishError
from gongkai.domain.progress import BuildStep, Watcher
from gongkai.files.artifact_cache import Basket, Shelf, shelf_in
from gongkai.files.disk import make_room, write
from gongkai.files.remote_workers import share_out_afar
from gongkai.files.workers import Means, in_portions, share_out
from gongkai.publish.fence import Fence
from gongkai.publish.guard import Guard
from gongkai.publish.inventory import InventoryFile, KnownTask
from gongkai.publish.leak_scan import Proof
from gongkai.publish.manifest import MANIFEST, manifest_bytes
from gongkai.publish.stage import Stage
from gongkai.render.frame import Shell
from gongkai.render.tasks import Task
from gongkai.source.site import ENGLISH

PORTION, PAGES = 40, 200
"""Things handed over at a time, and pages of items; what is slow is handed over one by one."""
_COST = {kind.name: kind.seconds for kind in KINDS.values() if kind.seconds > CHEAP}
_LOOK, _LOOK_PDF, _GLANCE = 0.0004, 0.01, 0.0001
"""Seconds that a task takes, or a look at a file, about; the last for numbers alone."""

_Done = list[tuple[str, KnownTask, dict[str, InventoryFile]]]
_ENCODER = msgspec.msgpack.Encoder()
_DONE = msgspec.msgpack.Decoder(_Done)
"""What came of a portion travels packed: it takes less time than Python's own way."""


def fill(
    stage: Stage, work: Work, manifest: Mapping[str, Any], means: Means, watch: Watcher
) -> dict[str, str]:
    """Bring a stage up to date; the pages that tell the instant of the build, by their keys on the
    shelf."""
    watch.step(BuildStep.PLAN)
    stage.begin()
    plan = Plan(work)
    tasks = plan.tasks()
    todo = [task for task in tasks if not _is_done(task, plan, stage)]
    spoiled = _render(todo, plan, stage, means, watch)
    shelved = {task: plan.own(task).hex() for task in tasks if KINDS[task.kind].is_shelved}
    shelf_in(means.keep).keep_only(shelved.values())
    if spoiled or stage.is_spoiled:
        watch.note("cli.spoiled")
    watch.step(BuildStep.COLLECT)
    _collect(tasks, work, stage, manifest)
    stage.guard = Guard(Proof(work.edition, work.shell), Fence(work.edition.library, work.shell))
    _prove(stage, stage.guard, means, watch)
    return {task.paths[0]: key for task, key in shelved.items() if task.is_timed}


def _is_done(task: Task, plan: Plan, stage: Stage) -> bool:
    """Is what a task would make there already?"""
    label = task.label
    known = stage.known.get(label)
    if known is None or known.key != plan.key(task) or not stage.reuse_all(task.paths):
        return False
    stage.tasks[label] = known
    return True


def _is_shelved(task: Task, plan: Plan, shelf: Shelf) -> bool:
    """Does what takes long of a task stand on the shelf?"""
    return KINDS[task.kind].is_shelved and shelf.has(plan.own(task).hex())


def _render(todo: list[Task], plan: Plan, stage: Stage, means: Means, watch: Watcher) -> int:
    """Do what has to be done anew; how many things on the shelf could not be believed. What is
    bound of other things comes when they are there."""
    watch.step(BuildStep.RENDER, len(todo))
    first = [task for task in todo if not KINDS[task.kind].is_bound]
    bound = [task for task in todo if KINDS[task.kind].is_bound]
    spoiled = _do(first, plan, stage, means, watch)
    return spoiled + _do(bound, plan, stage, means._replace(afar=None), watch)


def _do(todo: list[Task], plan: Plan, stage: Stage, means: Means, watch: Watcher) -> int:
    shelf = shelf_in(means.keep)
    slow = [task for task in todo if task.kind in _COST and not _is_shelved(task, plan, shelf)]
    them = set(slow)
    others = [task for task in todo if task not in them and task.kind != ITEM.name]
    pages = [task for task in todo if task.kind == ITEM.name]
    portions = [
        *([task] for task in slow),
        *in_portions(others, PORTION),
        *in_portions(pages, PAGES),
    ]
    seconds = sum(_COST[task.kind] for task in slow) + CHEAP * (len(todo) - len(slow))
    if means.afar:
        _render_afar(portions, plan, shelf, stage, means.afar, watch)
        return 0
    given = (plan, shelf, str(stage.folder))
    spoiled = 0
    for encoded, doubtful in share_out(_begin, given, portions, seconds, means):
        done = _DONE.decode(encoded)
        for label, known, files in done:
            stage.tasks[label] = known
            stage.add(files)
        spoiled += doubtful
        watch.advance(len(done))
    return spoiled


def _render_afar(
    portions: Sequence[Sequence[Task]],
    plan: Plan,
    shelf: Shelf,
    stage: Stage,
    address: str,
    watch: Watcher,
) -> None:
    """The same by the workers of other machines; what they make travels, and is written here."""
    given, ready = (plan.work,), set[str]()
    for done, kept in share_out_afar(_begin_afar, given, portions, address):
        for task, made in done:
            stage.tasks[task.label] = KnownTask(plan.key(task), made.record)
            stage.add(written(made, str(stage.folder), ready))
        for key, data in kept.items():
            shelf.put(key, data)
        watch.advance(len(done))


_Sent = tuple[list[tuple[Task, Made]], Mapping[str, bytes]]


def _begin_afar(work: Work) -> Callable[[Sequence[Task]], _Sent]:
    """Does portions of tasks and hands over what comes of them."""
    plan, own = Plan(work), threading.local()  # a worker may have several threads

    def do(tasks: Sequence[Task]) -> _Sent:
        if not hasattr(own, "renderer"):
            own.basket = Basket()
            own.renderer = Renderer(plan, own.basket)
        done = [(task, own.renderer.make(task)) for task in tasks]
        return done, own.basket.emptied()

    return do


def _begin(plan: Plan, shelf: Shelf, folder: str) -> Callable[[Sequence[Task]], tuple[bytes, int]]:
    """Does portions of tasks and writes what comes of them, so that no page travels."""
    renderer, ready = Renderer(plan, shelf), set[str]()

    def do(tasks: Sequence[Task]) -> tuple[bytes, int]:
        before = renderer.shelf.spoiled
        done: _Done = []
        for task in tasks:
            made = renderer.make(task)
            files = written(made, folder, ready)
            done.append((task.label, KnownTask(plan.key(task), made.record), files))
        return _ENCODER.encode(done), renderer.shelf.spoiled - before

    return do


def _prove(stage: Stage, guard: Guard, means: Means, watch: Watcher) -> None:
    """See to it that nothing of a hidden item and no personal number is in any file. PublishError
    otherwise."""
    hidden = guard.proof.hidden
    stage.next.hidden, stage.next.proved = hidden, guard.key
    files = list(stage.unproved(guard.key).items())
    if not files:
        return
    watch.step(BuildStep.PROVE, len(files))
    costs = (_LOOK_PDF, _LOOK) if hidden else (0, _GLANCE)
    seconds = sum(costs[not path.endswith(".pdf")] for path, _ in files)
    for count in share_out(
        _looking, (guard, stage.folder), in_portions(files, PAGES), seconds, means
    ):
        watch.advance(count)


def _looking(guard: Guard, folder: Path) -> Callable[[Sequence[tuple[str, str]]], int]:
    def look(files: Sequence[tuple[str, str]]) -> int:
        guard.look(folder, files)
        return len(files)

    return look


def written(made: Made, folder: str, ready: set[str]) -> dict[str, InventoryFile]:
    """Write the files of a task into a folder, none of them outside it. ``ready`` are the folders
    in it that are known to be there."""
    files = {}
    for artifact in made.files:
        if not artifact.is_confined():
            raise PublishError("error.path", path=artifact.path)
        make_room(folder, artifact.path, ready)
        seen = write(f"{folder}/{artifact.path}", artifact.data)
        files[artifact.path] = InventoryFile(hashlib.sha256(artifact.data).hexdigest(), seen)
    return files


def _collect(tasks: Iterable[Task], work: Work, stage: Stage, manifest: Mapping[str, Any]) -> None:
    """What is put together from all that was made: MkDocs' files, manifest."""
    for part, below in ((work, ""), (work.english, ENGLISH)):
        if part:
            _around(part.shell, below, stage)
    items = [task for task in tasks if task.kind == ITEM.name and not task.below]
    records = [stage.tasks[item.label].record for item in items]
    hashes = {path: filed.sha256 for path, filed in sorted(stage.next.files.items())}
    stage.write(MANIFEST, manifest_bytes(manifest, records, hashes))


def _around(shell: Shell, below: str, stage: Stage) -> None:
    """MkDocs' files of a site. Ours win over MkDocs'."""
    for path, sha256 in shell.files.items():
        name = below + path
        if name not in stage.next.files and not stage.reuse(name, sha256):
            stage.write(name, (shell.folder / path).read_bytes())
