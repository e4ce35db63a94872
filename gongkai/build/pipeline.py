"""The whole way of the data, in order. Read this first, and then ``making``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.build.clock_only import outcome_of, renew
from gongkai.build.frame_cache import MakeShell, frames_of
from gongkai.domain.errors import PublishError
from gongkai.domain.finding import Finding
from gongkai.domain.model import Site, Value
from gongkai.domain.progress import NOBODY, Step, Watcher
from gongkai.files.lock import LOCK, locked
from gongkai.files.program_version import fingerprint
from gongkai.files.workers import ALONE, Means
from gongkai.publish.chain import HISTORY, Act, last, longer
from gongkai.publish.manifest import MANIFEST, commit_of, instant_of, withdrawn_in
from gongkai.publish.recall import RECALL_PAPER, read_manifest
from gongkai.publish.releases import ASIDE, Beside
from gongkai.publish.stage import Stage, check_target
from gongkai.publish.sweep import forget, sweep
from gongkai.publish.verify import verify
from gongkai.source.kept import digest_of
from gongkai.source.looking import digest_of_look, items_among, look_around

if TYPE_CHECKING:
    from gongkai.publish.guard import Guard

_SHEETS = "posters/items/"

Wait = Callable[[str], None]
"""Told who holds the lock, before waiting for it."""


class Built(Value, frozen=True):
    """What a build came to; ``files`` is 0 when errors kept it from publishing."""

    findings: tuple[Finding, ...]
    items: int
    boards: int
    files: int


def build(
    site: Site,
    now: datetime,
    out: Path,
    make_shell: MakeShell,
    means: Means = ALONE,
    watch: Watcher = NOBODY,
    wait: Wait | None = None,
    *,
    afresh: bool = False,
) -> Built:
    """Check a site and publish it to ``out``; with an error nothing is published.

    ``make_shell`` has the frame rendered; it is handed in because only the rim knows MkDocs.
    ``wait`` is called before waiting for another build of the same site; without it PublishError.
    ``afresh`` forgets what was kept. The site is the same whatever the ``means``.
    """
    check_target(out, site)
    with _alone(site, out, means, wait), ExitStack() as held:
        if afresh:
            forget(means.keep, Beside(out))
        watch.step(Step.LOOK)
        stage, commit = Stage(out), commit_of(site.root)
        before = outcome_of(stage)
        begin = partial(held.enter_context, frames_of(site, make_shell, means, watch))
        frames = begin() if before is None else None  # all is to be made: MkDocs begins at once
        seen = look_around(site.root, site.pages)
        look = digest_of_look(seen, stage.clock) if site.is_plain else None
        inputs = look and digest_of(look + site.digest + fingerprint())
        outcome = renew(site, stage, before, inputs, now, means, commit)
        listing = items_among(seen, site) if outcome is None else {}
        del seen  # of a large site it takes much room, and nobody needs it any more
        if outcome is None:
            from gongkai.build.making import make

            outcome = make(site, stage, listing, now, frames or begin(), means, watch, commit)
            stage.next.outcome = outcome.encoded(inputs)
        if outcome.is_blocked:
            return Built(outcome.findings, outcome.items, outcome.boards, 0)
        watch.step(Step.PUBLISH)
        if not stage.is_as_before:
            if stage.beside.was_rewritten:
                watch.note("cli.rewritten")
            if forged := stage.beside.forged:
                watch.note("cli.forged", paths=list(forged))
            if site.url is None and any(path.startswith(_SHEETS) for path in stage.next.files):
                watch.note("cli.no-address")
            beside, history = stage.beside, stage.beside.history
            is_renewal = _is_up(history, stage.manifest) or outcome.renews(before, stage)
            act = Act.RENEWAL if is_renewal else Act.BUILD
            aside = beside.aside() if is_renewal and not beside.forged else {}
            aside = aside or _aside(site, beside, stage.folder, now, stage.guard)
            line = longer(history, act, now, commit, stage.manifest, aside)
            stage.finish(line, aside, site.previous)
        return Built(outcome.findings, outcome.items, outcome.boards, len(stage.next.files))


def _aside(
    site: Site, beside: Beside, folder: Path, now: datetime, guard: Guard | None = None
) -> Mapping[str, bytes]:
    """What depends on the past, once the site in a folder is up; nothing in it tells of what is
    hidden now."""
    from gongkai.publish.cumulative import aside_files

    present = read_manifest((folder / MANIFEST).read_bytes())
    before = beside.past
    past = guard.purged(before) if guard else before
    paper = beside.aside().get(RECALL_PAPER, b"") if past == before else b""
    files = aside_files(site, past, present, now.astimezone(site.zone), paper)
    if guard:
        guard.check(files)
    return files


def _is_up(history: bytes, manifest: str) -> bool:
    """Is the site that is up the one of a manifest?"""
    line = last(history)
    return line is not None and line.manifest == manifest


def rollback(
    site: Site,
    now: datetime,
    out: Path,
    means: Means = ALONE,
    watch: Watcher = NOBODY,
    wait: Wait | None = None,
) -> str:
    """Put the site before up again in one swap; the instant it tells (ISO 8601).

    One that is not as it was published is passed over, and ``watch`` is told. PublishError when
    there is none. The next build publishes what the content says then.
    """
    check_target(out, site)
    with _alone(site, out, means, wait):
        beside = Beside(out)
        for folder in beside.sites():
            if all(one.path in (HISTORY, *ASIDE) for one in verify(folder)):  # they come anew
                line = last((folder / HISTORY).read_bytes())
                commit = line.commit if line else None
                aside = _aside(site, beside, folder, now)
                act = Act.ROLLBACK
                history = longer(beside.history, act, now, commit, folder.name, aside)
                if back := withdrawn_in(out) - withdrawn_in(folder):
                    watch.note("cli.back-again", items=sorted(back))
                beside.bring_back(folder, history, aside, site.previous)
                return instant_of(out)
            watch.note("cli.spoiled-site", name=folder.name[:8])
        raise PublishError("error.no-previous", path=str(out))


@contextmanager
def _alone(site: Site, out: Path, means: Means, wait: Wait | None) -> Iterator[None]:
    """Let nobody else publish to ``out``, nor use what is kept, until this is over; first of all
    tidy up what a run left that was ended in the middle."""
    beside = Beside(out)
    folders = [one for one in (means.keep, beside.folder) if one]
    try:
        with ExitStack() as held:
            for folder in folders:
                held.enter_context(locked(folder / LOCK, wait, means.name))
                sweep(folder)
            beside.recover(site.previous)
            yield
    except OSError as error:
        raise PublishError("error.publish", why=error.strerror, path=error.filename) from error
