"""``--format gitlab``: GitLab's code quality report, a subset of Code Climate's."""

from __future__ import annotations

from gongkai.cli.reports.report import Report, printable
from gongkai.domain.finding import Severity
from gongkai.status.listing import json_text

_SEVERITIES = {Severity.ERROR: "blocker", Severity.WARNING: "major", Severity.INFO: "info"}


def as_code_quality(report: Report) -> str:
    """A list of issues; GitLab tells new ones from old ones by their fingerprints."""
    return json_text(
        [
            {
                "type": "issue",
                "check_name": one.rule,
                "description": printable(f"{one.message} {one.hint}"),
                "categories": ["Style"],
                "severity": _SEVERITIES[one.severity],
                "fingerprint": one.fingerprint,
                "location": {"path": one.path, "lines": {"begin": one.line, "end": one.line}},
            }
            for one in report.told
        ]
    )
