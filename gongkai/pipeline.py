"""The whole way of the data, in order. Read this first."""

from __future__ import annotations

from datetime import datetime

from gongkai.finding import Finding, Severity
from gongkai.model import Site, Value
from gongkai.rules import check, settle
from gongkai.source.library import read_library
from gongkai.standing import Standings, stand


class Checked(Value):
    """A library at an instant, with everything that was found about it."""

    standings: Standings
    findings: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(one.severity is severity for one in self.findings)


def read_and_check(site: Site, now: datetime) -> Checked:
    """Read a site and judge it at an instant."""
    library, findings = read_library(site)
    standings = stand(library, now)
    findings += check(standings)
    return Checked(standings, tuple(settle(findings, standings)))
