"""Doing jobs, in this process or in several, and writing what comes of them.

A worker is given the edition once and then only the names of jobs; it writes files itself and gives
back their hashes, so that no page travels between processes. The bytes are the same either way.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from gongkai.edition import Edition
from gongkai.errors import PublishError
from gongkai.render import typesetter
from gongkai.render.frame import Shell
from gongkai.render.site import Job, Renderer, jobs_of
from gongkai.shelf import Shelf

CHUNK = 50
"""Pages handed over at a time; what is slow is handed over one by one."""
_SERIAL = 0.6
_COST = {"board-poster": 0.2, "poster": 0.03, "screen": 0.01, "board": 0.01}
_CHEAP = 0.0005
"""Seconds, about: work that takes less altogether is not worth starting processes for."""

Hashes = dict[str, str]
Done = tuple[Hashes, set[str]]
"""Files with their hashes, and what was used of the shelf."""


class Means(NamedTuple):
    """With what to work: how many processes, and where slow results are kept (or None)."""

    workers: int = 1
    shelf: Path | None = None


ALONE = Means()
"""One process, nothing kept."""


def do_all(edition: Edition, shell: Shell, folder: Path, means: Means) -> Hashes:
    """Render an edition into a folder; the SHA-256 of every file by its path."""
    jobs = jobs_of(edition)
    given = (edition, shell, folder, means.shelf)
    hashes: Hashes = {}
    used: set[str] = set()
    for some_hashes, some_used in _results(jobs, given, means.workers):
        hashes |= some_hashes
        used |= some_used
    Shelf(means.shelf).keep_only(used)
    return hashes


def _results(jobs: list[Job], given: tuple[Any, ...], workers: int) -> Iterator[Done]:
    if workers < 2 or sum(_COST.get(job.kind, _CHEAP) for job in jobs) < _SERIAL:
        _begin(*given)
        yield _do(jobs)
        return
    with ProcessPoolExecutor(workers, _context(), _begin, given) as pool:
        yield from pool.map(_do, _chunks(jobs))


def _context() -> multiprocessing.context.BaseContext:
    """Copies of this process where that is safe and quick, else fresh ones.

    The typesetter starts threads, which do not live on in a copy.
    """
    quick = sys.platform.startswith("linux") and not typesetter.has_started()
    return multiprocessing.get_context("fork" if quick else "spawn")


def _chunks(jobs: Sequence[Job]) -> Iterator[Sequence[Job]]:
    """Slow jobs one by one, the others in bundles."""
    slow = [job for job in jobs if job.kind in _COST]
    quick = [job for job in jobs if job.kind not in _COST]
    yield from ([job] for job in slow)
    yield from (quick[n : n + CHUNK] for n in range(0, len(quick), CHUNK))


class _State:
    """What a worker was given at its start."""

    renderer: Renderer
    folder: Path


def _begin(edition: Edition, shell: Shell, folder: Path, shelf: Path | None) -> None:
    _State.renderer = Renderer(edition, shell, Shelf(shelf))
    _State.folder = folder


def _do(jobs: Sequence[Job]) -> Done:
    hashes: Hashes = {}
    for job in jobs:
        for artifact in _State.renderer.do(job):
            if not artifact.is_confined():
                raise PublishError("error.path", path=artifact.path)
            target = _State.folder / artifact.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(artifact.data)
            hashes[artifact.path] = hashlib.sha256(artifact.data).hexdigest()
    return hashes, _State.renderer.shelf.used
