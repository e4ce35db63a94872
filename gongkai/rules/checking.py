"""Source → rules: a site read and judged, which is all that a check needs."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from gongkai.domain.finding import Finding, Severity
from gongkai.domain.model import Library, Site, Value
from gongkai.domain.progress import NOBODY, BuildStep, Watcher
from gongkai.rules import check as found_by_all_rules
from gongkai.rules import settle
from gongkai.rules.past import check as check_past
from gongkai.source.library import Reader
from gongkai.source.places import place
from gongkai.source.revisions import read_past
from gongkai.status.standing import Standings, stand


class Checked(Value, frozen=True):
    """A library at an instant, with everything that was found about it."""

    standings: Standings
    findings: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(finding.severity is severity for finding in self.findings)


class Content(NamedTuple):
    """What was read of a site, and what is wrong with it as it was written."""

    site: Site
    library: Library
    findings: list[Finding]


def read(reader: Reader, watch: Watcher = NOBODY) -> Content:
    """Read a site; what did not change is taken from what was kept."""
    watch.step(BuildStep.READ)
    library, findings = reader.read()
    if reader.is_spoiled:
        watch.note("cli.spoiled")
    return Content(reader.site, library, findings)


def check(
    content: Content,
    now: datetime,
    watch: Watcher = NOBODY,
    before: Standings | None = None,
    *,
    with_past: bool = False,
) -> Checked:
    """Judge what was read at an instant; ``before`` is how it stood, if that is known.

    ``with_past`` also asks the site's repository how it came to be so.
    """
    watch.step(BuildStep.CHECK)
    standings = stand(content.library, now, before)
    findings = [*content.findings, *found_by_all_rules(standings)]
    if with_past:
        findings += check_past(standings, read_past(content.library, now))
    placed = place(settle(findings, standings), content.site)
    return Checked(standings, tuple(sorted(placed, key=lambda one: one.order)))


def read_and_check(
    reader: Reader,
    now: datetime,
    watch: Watcher = NOBODY,
    before: Standings | None = None,
    *,
    with_past: bool = False,
) -> Checked:
    """Read a site and judge it: all that a check needs."""
    return check(read(reader, watch), now, watch, before, with_past=with_past)
