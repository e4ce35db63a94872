"""The whole way of the data, in order. Read this first."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from gongkai.build.request import BuildRequest, Built, Wait
from gongkai.build.target import alone, cumulative_of, exclusive
from gongkai.domain.errors import PublishError
from gongkai.domain.finding import Severity
from gongkai.domain.model import Site
from gongkai.domain.progress import NOBODY, Watcher
from gongkai.files.workers import ALONE, Means
from gongkai.publish.chain import HISTORY, PublicationKind, last, longer
from gongkai.publish.manifest import instant_of, withdrawn_in
from gongkai.publish.releases import ASIDE, Beside
from gongkai.publish.verify import verify


def build(request: BuildRequest) -> Built:
    """Check a site and publish it; with an error nothing is published."""
    with exclusive(request) as target:
        if renewed := target.renewed():
            return target.publish(renewed)
        # 255 ms: these load everything that reads and renders, and a renewal needs none of it.
        from gongkai.build.steps import check, make_edition, read, render

        content = read(target)
        checked = check(content, request.now, request.watch)
        if checked.count(Severity.ERROR):
            return target.blocked(checked)
        edition = make_edition(checked.standings)
        rendered = render(edition, checked.findings, target)
        return target.publish(rendered)


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
    with alone(site, out, means, wait):
        beside = Beside(out)
        for folder in beside.sites():
            if all(fault.path in (HISTORY, *ASIDE) for fault in verify(folder)):  # they come anew
                line = last((folder / HISTORY).read_bytes())
                commit = line.commit if line else None
                cumulative = cumulative_of(site, beside, folder, now)
                act = PublicationKind.ROLLBACK
                history = longer(beside.history, act, now, commit, folder.name, cumulative)
                if back := withdrawn_in(out) - withdrawn_in(folder):
                    watch.note("cli.back-again", items=sorted(back))
                beside.bring_back(folder, history, cumulative, site.previous)
                return instant_of(out)
            watch.note("cli.spoiled-site", name=folder.name[:8])
        raise PublishError("error.no-previous", path=str(out))
