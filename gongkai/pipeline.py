"""The whole way of the data, in order. Read this first, and then ``making``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from gongkai.errors import PublishError
from gongkai.finding import Finding
from gongkai.fingerprint import fingerprint
from gongkai.lock import locked
from gongkai.manifest import commit_of
from gongkai.model import Site, Value
from gongkai.progress import NOBODY, Step, Watcher
from gongkai.renew import renew
from gongkai.shells import MakeShell
from gongkai.source.kept import digest_of
from gongkai.source.looking import digest_of_look, items_among, look_around
from gongkai.stage import Stage, beside, check_target
from gongkai.work import ALONE, Means


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
    wait: Callable[[], None] | None = None,
) -> Built:
    """Check a site and publish it to ``out``; with an error nothing is published.

    ``make_shell`` has the frame rendered; it is handed in because only the rim knows MkDocs.
    ``wait`` is called before waiting for another build of the same site; without it PublishError.
    The site is the same whatever the ``means``.
    """
    check_target(out, site)
    with _alone(out, means, wait):
        watch.step(Step.LOOK)
        stage, commit = Stage(out), commit_of(site.root)
        seen = look_around(site.root, site.pages)
        look = digest_of_look(seen, stage.clock) if site.is_plain else None
        inputs = look and digest_of(look + site.digest + fingerprint())
        outcome = renew(site, stage, inputs, now, means, commit)
        listing = items_among(seen, site) if outcome is None else {}
        del seen  # of a large site it takes much room, and nobody needs it any more
        if outcome is None:
            from gongkai.making import make  # only now: it loads everything that reads and renders

            outcome = make(site, stage, listing, now, make_shell, means, watch, commit)
            stage.next.outcome = outcome.encoded(inputs)
        if outcome.is_blocked:
            return Built(outcome.findings, outcome.items, outcome.boards, 0)
        watch.step(Step.PUBLISH)
        if not stage.is_as_before:
            stage.finish()
        return Built(outcome.findings, outcome.items, outcome.boards, len(stage.next.files))


@contextmanager
def _alone(out: Path, means: Means, wait: Callable[[], None] | None) -> Iterator[None]:
    """Let nobody else publish to ``out``, nor use what is kept, until this is over."""
    folders = [one for one in (means.keep, beside(out)) if one]
    try:
        with ExitStack() as held:
            for folder in folders:
                held.enter_context(locked(folder / "lock", wait))
            yield
    except OSError as error:
        raise PublishError("error.publish", why=error.strerror, path=error.filename) from error
