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
                "check_name": finding.rule,
                "description": printable(f"{finding.message} {finding.hint}"),
                "categories": ["Style"],
                "severity": _SEVERITIES[finding.severity],
                "fingerprint": finding.fingerprint,
                "location": {
                    "path": finding.path,
                    "lines": {"begin": finding.line, "end": finding.line},
                },
            }
            for finding in report.told
        ]
    )
