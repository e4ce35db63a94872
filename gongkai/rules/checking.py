"""Source → rules: a site read and judged, which is all that a check needs."""

from __future__ import annotations

from datetime import datetime

from gongkai.domain.finding import Finding, Severity
from gongkai.domain.model import Value
from gongkai.domain.progress import NOBODY, Step, Watcher
from gongkai.rules import check, settle
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
        return sum(one.severity is severity for one in self.findings)


def read_and_check(
    reader: Reader,
    now: datetime,
    watch: Watcher = NOBODY,
    before: Standings | None = None,
    *,
    with_past: bool = False,
) -> Checked:
    """Read a site and judge it at an instant; ``before`` is how it stood, if that is known.

    ``with_past`` also asks its repository how it came to be so.
    """
    watch.step(Step.READ)
    library, findings = reader.read()
    if reader.is_spoiled:
        watch.note("cli.spoiled")
    watch.step(Step.CHECK)
    standings = stand(library, now, before)
    findings += check(standings)
    if with_past:
        findings += check_past(standings, read_past(library, now))
    placed = place(settle(findings, standings), reader.site)
    return Checked(standings, tuple(sorted(placed, key=lambda one: one.order)))
