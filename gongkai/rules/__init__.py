"""Rules: pure functions of how things stand at an instant, each yielding findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import structs

from gongkai.domain.finding import PERSONAL, RULES, Finding
from gongkai.domain.model import Library
from gongkai.rules import (
    appraisal,
    archive,
    boards,
    congress,
    coverage,
    dates,
    freshness,
    inspections,
    links,
    needs,
    notice,
    opinions,
    posters,
    privacy,
    procedure,
    references,
    review,
    screens,
    sessions,
    sums,
    surveys,
    tables,
    timing,
)
from gongkai.status.standing import Standings

FAMILIES: tuple[Callable[[Standings], Iterable[Finding]], ...] = (
    references.check,
    dates.check,
    notice.check,
    timing.check,
    congress.check,
    sessions.check,
    needs.check,
    procedure.check,
    coverage.check,
    review.check,
    freshness.check,
    boards.check,
    screens.check,
    tables.check,
    links.check,
    sums.check,
    privacy.check,
    posters.check,
    opinions.check,
    inspections.check,
    appraisal.check,
    surveys.check,
    archive.check,
)


IMPOSSIBLE = ("poster/glyph", "poster/overflow", *PERSONAL)
"""What cannot be printed cannot be accepted either: leave the item off paper, or change it. Nor can
a personal number, but by naming that very one."""


def check(standings: Standings) -> list[Finding]:
    """Every finding of every family, at the severities the rules have of themselves."""
    return [finding for family in FAMILIES for finding in family(standings)]


def settle(findings: Iterable[Finding], standings: Standings) -> list[Finding]:
    """Findings as this site wants them: re-graded, without accepted ones, once each."""
    library = standings.library
    accepted = _accepted(library, standings)
    graded = (
        _graded(finding, library)
        for finding in findings
        if (finding.item, finding.rule) not in accepted
    )
    return list({(finding.order, finding.keys): finding for finding in graded if finding}.values())


def _accepted(library: Library, standings: Standings) -> set[tuple[str | None, str]]:
    return {
        (item.id, ignore.rule)
        for item in library.items
        for ignore in item.ignore
        if standings.today <= ignore.until and ignore.rule not in IMPOSSIBLE
    }


def _graded(finding: Finding, library: Library) -> Finding | None:
    severities = library.catalogue.severities
    is_own = finding.severity is RULES[finding.rule] and finding.rule not in PERSONAL
    if finding.rule not in severities or not is_own:
        return finding  # not the site's choice, or already softened: a draft, or past evidence
    severity = severities[finding.rule]
    return structs.replace(finding, severity=severity) if severity else None
