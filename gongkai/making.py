"""Making a site: source → rules → edition → render, each step by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from gongkai import __version__
from gongkai.changes import next_change, next_instants
from gongkai.checking import read_and_check
from gongkai.edition import Edition, make_edition
from gongkai.finding import Severity
from gongkai.manifest import about
from gongkai.model import Site
from gongkai.progress import Step, Watcher
from gongkai.publish import fill
from gongkai.render.frame import Shell
from gongkai.render.site import Work
from gongkai.renew import Outcome
from gongkai.shells import MakeShell, Shells
from gongkai.source.files import Seen
from gongkai.source.library import Reader
from gongkai.stage import Stage
from gongkai.standing import stand
from gongkai.translated import in_english
from gongkai.work import Means, set_to_work


def make(
    site: Site,
    stage: Stage,
    listing: dict[str, Seen],
    now: datetime,
    make_shell: MakeShell,
    means: Means,
    watch: Watcher,
    commit: str | None,
) -> Outcome:
    """Read a site, judge it, and bring a stage up to date with it unless there are errors.

    ``listing`` are the items' files as they were seen; it is emptied when they have been read.
    """
    with (
        shell_of(site, make_shell, means, watch) as shell,
        _english_shell(site, make_shell, means, watch) as english,
    ):
        checked = read_and_check(Reader(site, means, listing), now, watch)
        listing.clear()
        library, findings = checked.standings.library, checked.findings
        counts = len(library.items), len(library.boards)
        if checked.count(Severity.ERROR):
            return Outcome(now, now, findings, *counts)
        edition = make_edition(checked.standings)
        work = Work(edition, shell(), english_work(edition, english()))
        manifest = manifest_of(edition, commit)
        timed = fill(stage, work, manifest, means, watch)
        return Outcome(now, holds_until(edition), findings, *counts, timed)


def english_work(edition: Edition, shell: Shell | None) -> Work | None:
    """What has to be there for the site in English, if there is to be one."""
    site = edition.site.english
    if site is None or shell is None:
        return None
    return Work(make_edition(stand(in_english(edition.library, site), edition.now)), shell)


def holds_until(edition: Edition) -> datetime:
    """The first instant at which anything that is shown or found could be another than now."""
    site, standings = edition.site, edition.standings
    ends = [site.start_of(standings.today + timedelta(days=1)), *next_instants(standings)]
    if edition.reception:
        ends.append(edition.reception[0] + timedelta(microseconds=1))
    return min(ends)


@contextmanager
def shell_of(
    site: Site, make: MakeShell, means: Means, watch: Watcher, name: str = "shell"
) -> Iterator[Callable[[], Shell]]:
    """The frame of a site, to be had when it is needed: as it was kept, or made anew in the
    meantime by a process of its own if there may be one."""
    shells = Shells(site, means.keep, name)
    kept = shells.find()
    if shells.is_spoiled:
        watch.note("cli.spoiled")
    with TemporaryDirectory(prefix="gongkai-") as spare:
        make_it = partial(shells.make, make, Path(spare))
        if kept:
            yield lambda: kept
        elif means.workers > 1 and means.may_copy:
            with set_to_work(make_it, means) as made:
                yield partial(_waited, made, watch)
        else:
            yield make_it


@contextmanager
def _english_shell(
    site: Site, make: MakeShell, means: Means, watch: Watcher
) -> Iterator[Callable[[], Shell | None]]:
    """The frame of the site in English, if there is to be one."""
    if site.english is None:
        yield lambda: None
        return
    alone = means._replace(may_copy=False)
    with shell_of(site.english, make, alone, watch, "shell-en") as shell:
        yield shell


def _waited(made: Callable[[], Shell], watch: Watcher) -> Shell:
    watch.step(Step.FRAME)
    return made()


def manifest_of(edition: Edition, commit: str | None) -> dict[str, object]:
    """The manifest of an edition, without what it lists."""
    following = next_change(edition.standings).next
    return about(
        edition.library.boards,
        __version__,
        edition.now,
        next_change=following.isoformat() if following else None,
        commit=commit,
    )
