"""What is asked of a build, and what it came to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from gongkai.build.frame_cache import MakeShell
from gongkai.domain.finding import Finding
from gongkai.domain.model import Site, Value
from gongkai.domain.progress import NOBODY, Watcher
from gongkai.files.workers import ALONE, Means

Wait = Callable[[str], None]
"""Told who holds the lock, before waiting for it."""


class BuildRequest(NamedTuple):
    """A site as it is at an instant, to be published to the folder ``out``.

    ``make_shell`` has the frame rendered; it is handed in because only the rim knows MkDocs.
    ``wait`` is called before waiting for another build of the same site; without it PublishError.
    ``afresh`` forgets what was kept. The site is the same whatever the ``means``.
    """

    site: Site
    now: datetime
    out: Path
    make_shell: MakeShell
    means: Means = ALONE
    watch: Watcher = NOBODY
    wait: Wait | None = None
    afresh: bool = False


class Built(Value, frozen=True):
    """What a build came to; ``files`` is 0 when errors kept it from publishing."""

    findings: tuple[Finding, ...]
    items: int
    boards: int
    files: int
