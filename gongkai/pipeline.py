"""The whole way of the data, in order. Read this first."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from gongkai import __version__
from gongkai.changes import next_change
from gongkai.edition import Edition, make_edition
from gongkai.errors import PublishError
from gongkai.finding import Finding, Severity
from gongkai.listing import instant
from gongkai.lock import locked
from gongkai.model import Site, Value
from gongkai.progress import NOBODY, Step, Watcher
from gongkai.publish import about, check_target, publish
from gongkai.render.frame import Shell
from gongkai.render.site import Work
from gongkai.rules import check, settle
from gongkai.shells import MakeShell, Shells
from gongkai.source.library import Reader
from gongkai.source.places import place
from gongkai.stage import beside
from gongkai.standing import Standings, stand
from gongkai.work import ALONE, Means


class Checked(Value, frozen=True):
    """A library at an instant, with everything that was found about it."""

    standings: Standings
    findings: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(one.severity is severity for one in self.findings)


class Built(Value, frozen=True):
    """What a build came to; ``files`` is 0 when errors kept it from publishing."""

    checked: Checked
    files: int


def build(
    site: Site,
    now: datetime,
    out: Path,
    make_shell: MakeShell,
    means: Means = ALONE,
    watch: Watcher = NOBODY,
    wait: Callable[[], None] | None = None,
) -> Built:
    """Check a site and publish it to ``out``; with an error nothing is published.

    ``make_shell`` has the frame rendered; it is handed in because only the rim knows MkDocs.
    ``wait`` is called before waiting for another build of the same site; without it PublishError.
    The site is the same whatever the ``means``.
    """
    check_target(out, site)
    with alone(out, means, wait), shell_of(site, make_shell, means, watch) as shell:
        checked = read_and_check(Reader(site, means), now, watch)
        if checked.count(Severity.ERROR):
            return Built(checked, 0)
        edition = make_edition(checked.standings)
        work = Work(edition, shell())
        return Built(checked, publish(out, work, manifest_of(edition), means, watch))


def read_and_check(reader: Reader, now: datetime, watch: Watcher = NOBODY) -> Checked:
    """Read a site and judge it at an instant."""
    watch.step(Step.READ)
    library, findings = reader.read()
    if reader.is_spoiled:
        watch.note("cli.spoiled")
    watch.step(Step.CHECK)
    standings = stand(library, now)
    findings += check(standings)
    placed = place(settle(findings, standings), reader.site)
    return Checked(standings, tuple(sorted(placed, key=lambda one: one.order)))


@contextmanager
def alone(out: Path, means: Means, wait: Callable[[], None] | None) -> Iterator[None]:
    """Let nobody else publish to ``out``, nor use what is kept, until this is over."""
    folders = [one for one in (means.keep, beside(out)) if one]
    try:
        with ExitStack() as held:
            for folder in folders:
                held.enter_context(locked(folder / "lock", wait))
            yield
    except OSError as error:
        raise PublishError("error.publish", why=error.strerror, path=error.filename) from error


@contextmanager
def shell_of(
    site: Site, make: MakeShell, means: Means, watch: Watcher
) -> Iterator[Callable[[], Shell]]:
    """The frame of a site, to be had when it is needed: as it was kept, or made anew in the
    meantime by a process of its own if there may be one."""
    shells = Shells(site, means.keep)
    kept = shells.find()
    if shells.is_spoiled:
        watch.note("cli.spoiled")
    with TemporaryDirectory(prefix="gongkai-") as spare, ExitStack() as held:
        if kept:
            yield lambda: kept
        elif means.workers > 1 and means.may_copy:
            helper = held.enter_context(ProcessPoolExecutor(1, get_context("fork")))
            made: Future[Shell] = helper.submit(shells.make, make, Path(spare))
            yield lambda: _waited(made, watch)
        else:
            yield lambda: shells.make(make, Path(spare))


def _waited(made: Future[Shell], watch: Watcher) -> Shell:
    watch.step(Step.FRAME)
    return made.result()


def manifest_of(edition: Edition) -> dict[str, object]:
    """The manifest of an edition, without what it lists."""
    following = next_change(edition.standings).next
    return about(
        edition,
        __version__,
        str(instant(edition.now)),
        next_change=instant(following),
        commit=_commit(edition.site.root),
    )


def _commit(root: Path) -> str | None:
    """The commit the content is at, or None outside git."""
    command = ["git", "-C", str(root), "rev-parse", "--verify", "-q", "HEAD"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout.strip() or None
