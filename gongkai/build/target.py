"""The folder a site is published to, while one build holds it: what is known of the site that is
up, and the swap that puts the next one in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.build.clock_only import BuildRecord, outcome_of, renew
from gongkai.build.frame_cache import Frames, frames_of
from gongkai.build.request import BuildRequest, Built, Wait
from gongkai.domain.errors import PublishError
from gongkai.domain.model import Site
from gongkai.domain.progress import BuildStep
from gongkai.files.lock import LOCK, locked
from gongkai.files.program_version import fingerprint
from gongkai.files.reading import Seen
from gongkai.files.workers import Means
from gongkai.publish.chain import PublicationKind, last, longer
from gongkai.publish.manifest import MANIFEST, commit_of
from gongkai.publish.recall import POSTED, RECALL_PAPER, present_of
from gongkai.publish.releases import Beside
from gongkai.publish.stage import Stage, check_target
from gongkai.publish.sweep import forget, sweep
from gongkai.source.kept import digest_of
from gongkai.source.looking import digest_of_look, items_among, look_around

if TYPE_CHECKING:
    from gongkai.publish.guard import Guard  # which brings along all that looks into files
    from gongkai.rules.checking import Checked

_SHEETS = "posters/items/"


class Target:
    """Where a request's site goes: how the one that is up ended, and the stage of the next."""

    def __init__(self, request: BuildRequest, held: ExitStack) -> None:
        self.request = request
        site = request.site
        self.stage, self.commit = Stage(request.out), commit_of(site.root)
        self.before = outcome_of(self.stage)
        frames = frames_of(site, request.make_shell, request.means, request.watch)
        self._begin = partial(held.enter_context, frames)
        # Without a site before, all is to be made: MkDocs begins at once.
        self._frames = self._begin() if self.before is None else None
        self._seen = look_around(site.root, site.pages)
        look = digest_of_look(self._seen, self.stage.clock) if site.is_plain else None
        boxes = b"" if site.boxes is None else repr(site.boxes).encode()
        self.inputs = look and digest_of(look + site.digest + boxes + fingerprint())

    @property
    def frames(self) -> Frames:
        """What MkDocs makes, waited for when it is asked for."""
        self._frames = self._frames or self._begin()
        return self._frames

    def take_listing(self) -> dict[str, Seen]:
        """The files of items as they were seen, given away once: of a large site they take much
        room."""
        listing, self._seen = items_among(self._seen, self.request.site), {}
        return listing

    def renewed(self) -> BuildRecord | None:
        """How the site that is up ended, with a new instant stamped on it; None when more than that
        is to be done."""
        site, now, means = self.request.site, self.request.now, self.request.means
        return renew(site, self.stage, self.before, self.inputs, now, means, self.commit)

    def blocked(self, checked: Checked) -> Built:
        """Errors keep the site from going up; the one that is up stays."""
        library = checked.standings.library
        return Built(checked.findings, len(library.items), len(library.boards), 0)

    def publish(self, outcome: BuildRecord) -> Built:
        """Swap what was made for the site that is up, unless it is that very site."""
        stage, watch = self.stage, self.request.watch
        watch.step(BuildStep.PUBLISH)
        if not stage.is_as_before:
            self._tell()
            self._swap(outcome)
        return Built(outcome.findings, outcome.items, outcome.boards, len(stage.next.files))

    def _tell(self) -> None:
        stage, watch = self.stage, self.request.watch
        if stage.beside.was_rewritten:
            watch.note("cli.rewritten")
        if forged := stage.beside.forged:
            watch.note("cli.forged", paths=list(forged))
        is_printed = any(path.startswith(_SHEETS) for path in stage.next.files)
        if self.request.site.url is None and is_printed:
            watch.note("cli.no-address")

    def _swap(self, outcome: BuildRecord) -> None:
        stage, site, now = self.stage, self.request.site, self.request.now
        beside, history = stage.beside, stage.beside.history
        is_renewal = _is_up(history, stage.manifest) or outcome.renews(self.before, stage)
        act = PublicationKind.RENEWAL if is_renewal else PublicationKind.BUILD
        cumulative = beside.aside() if is_renewal and not beside.forged else {}
        cumulative = cumulative or cumulative_of(site, beside, stage.folder, now, stage.guard)
        line = longer(history, act, now, self.commit, stage.manifest, cumulative)
        stage.finish(line, cumulative, site.previous)


def cumulative_of(
    site: Site, beside: Beside, folder: Path, now: datetime, guard: Guard | None = None
) -> Mapping[str, bytes]:
    """What depends on the past, once the site in a folder is up; nothing in it tells of what is
    hidden now."""
    # 52 ms; a renewal needs none of it.
    from gongkai.publish.cumulative import aside_files

    posted = folder / POSTED
    told = posted.read_bytes() if posted.is_file() else b""
    present = present_of((folder / MANIFEST).read_bytes(), told)
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


@contextmanager
def exclusive(request: BuildRequest) -> Iterator[Target]:
    """The target of a request, for nobody else until this is over."""
    site, out, means = request.site, request.out, request.means
    with alone(site, out, means, request.wait), ExitStack() as held:
        if request.afresh:
            forget(means.keep, Beside(out))
        request.watch.step(BuildStep.LOOK)
        yield Target(request, held)


@contextmanager
def alone(site: Site, out: Path, means: Means, wait: Wait | None) -> Iterator[None]:
    """Let nobody else publish to ``out``, nor use what is kept, until this is over; first of all
    tidy up what a run left that was ended in the middle."""
    check_target(out, site)
    beside = Beside(out)
    folders = [path for path in (means.keep, beside.folder) if path]
    try:
        with ExitStack() as held:
            for folder in folders:
                held.enter_context(locked(folder / LOCK, wait, means.name))
                sweep(folder)
            beside.recover(site.previous)
            yield
    except OSError as error:
        raise PublishError("error.publish", why=error.strerror, path=error.filename) from error
