"""The steps between a look at the disk and a stage that can go up."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai import __version__
from gongkai.build.clock_only import BuildRecord
from gongkai.build.incremental import fill
from gongkai.build.plan import Work
from gongkai.build.target import Target
from gongkai.domain.finding import Finding
from gongkai.domain.terms import State
from gongkai.publish.manifest import about
from gongkai.render.frame import Shell
from gongkai.rules.checking import Content, check
from gongkai.rules.checking import read as read_content
from gongkai.source.library import Reader
from gongkai.status.edition import Edition, make_edition
from gongkai.status.next_change import holds_until, next_change
from gongkai.status.standing import stand
from gongkai.status.translated import in_english

__all__ = ["check", "english_work", "make_edition", "manifest_of", "read", "render"]


def read(target: Target) -> Content:
    """What the editors wrote, and what is wrong with it as it was written."""
    request, listing = target.request, target.take_listing()
    content = read_content(Reader(request.site, request.means, listing), request.watch)
    listing.clear()
    return content


def render(edition: Edition, findings: Sequence[Finding], target: Target) -> BuildRecord:
    """Bring the stage up to date with an edition: what did not change is not made again."""
    request, frames = target.request, target.frames
    work = Work(edition, frames.shell(), english_work(edition, frames.english()))
    manifest = manifest_of(edition, target.commit)
    timed = fill(target.stage, work, manifest, request.means, request.watch)
    up = sum(standing.state not in _UNSEEN for standing in edition.standings.all())
    boards, until = len(edition.library.boards), holds_until(edition.standings)
    outcome = BuildRecord(request.now, until, tuple(findings), up, boards, timed)
    target.stage.next.outcome = outcome.encoded(target.inputs)
    return outcome


_UNSEEN = (State.DRAFT, State.SCHEDULED)


def english_work(edition: Edition, shell: Shell | None) -> Work | None:
    """What has to be there for the site in English, if there is to be one."""
    site = edition.site.english
    if site is None or shell is None:
        return None
    return Work(make_edition(stand(in_english(edition.library, site), edition.now)), shell)


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
