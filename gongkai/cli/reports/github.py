"""``--format github``: workflow commands, which GitHub and Gitea show beside the lines.

GitHub shows ten annotations of each level a step. When there are more, the tenth says how many are
left, and those follow in a folded group of the log.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.cli.reports.report import Report, ReportedFinding, printable
from gongkai.domain.finding import Severity
from gongkai.messages import say

SHOWN = 10
"""Annotations of one level that GitHub shows for a step."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def as_commands(report: Report) -> str:
    """One command a finding, as far as they are shown; a summary at the end."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    left: list[ReportedFinding] = []
    for severity, all_ in report.by_severity().items():
        first = len(all_) if len(all_) <= SHOWN else SHOWN - 1
        yield from (_annotation(finding) for finding in all_[:first])
        if rest := all_[first:]:
            more = say(report.lang, "report.more", count=len(rest), severity=severity.value)
            yield f"::{_LEVELS[severity]} title=gongkai::{_data(more)}"
            left += rest
    if left:
        yield f"::group::{_data(say(report.lang, 'report.rest', count=len(left)))}"
        yield from (
            f"{rest.place}: {rest.severity.value} {rest.rule}: {printable(rest.message)}"
            for rest in left
        )
        yield "::endgroup::"
    yield report.summary()


def _annotation(one: ReportedFinding) -> str:
    place = f"file={_property(printable(one.path))},line={one.line},col={one.column}"
    text = f"{printable(one.message)}\n{printable(one.hint)}"
    return f"::{_LEVELS[one.severity]} {place},title={_property(one.rule)}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
