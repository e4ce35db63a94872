"""Making a site: source → rules → edition → render, each step by name."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai import __version__
from gongkai.build.clock_only import Outcome
from gongkai.build.frame_cache import Frames
from gongkai.build.incremental import fill
from gongkai.build.plan import Work
from gongkai.domain.finding import Severity
from gongkai.domain.model import Site
from gongkai.domain.progress import Watcher
from gongkai.domain.terms import State
from gongkai.files.reading import Seen
from gongkai.files.workers import Means
from gongkai.publish.manifest import about
from gongkai.publish.stage import Stage
from gongkai.render.frame import Shell
from gongkai.rules.checking import read_and_check
from gongkai.source.library import Reader
from gongkai.status.edition import Edition, make_edition
from gongkai.status.next_change import next_change, next_instants
from gongkai.status.standing import stand
from gongkai.status.translated import in_english


def make(
    site: Site,
    stage: Stage,
    listing: dict[str, Seen],
    now: datetime,
    frames: Frames,
    means: Means,
    watch: Watcher,
    commit: str | None,
) -> Outcome:
    """Read a site, judge it, and bring a stage up to date with it unless there are errors.

    ``listing`` are the items' files as they were seen; it is emptied when they have been read.
    ``frames`` are asked for what MkDocs makes.
    """
    checked = read_and_check(Reader(site, means, listing), now, watch)
    listing.clear()
    library, findings = checked.standings.library, checked.findings
    counts = len(library.items), len(library.boards)
    if checked.count(Severity.ERROR):
        return Outcome(now, now, findings, *counts)
    edition = make_edition(checked.standings)
    work = Work(edition, frames.shell(), english_work(edition, frames.english()))
    manifest = manifest_of(edition, commit)
    timed = fill(stage, work, manifest, means, watch)
    published = sum(one.state not in _UNSEEN for one in checked.standings.all())
    return Outcome(now, holds_until(edition), findings, published, len(library.boards), timed)


_UNSEEN = (State.DRAFT, State.SCHEDULED)


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
