"""``--format json``: the shape of interface §5; also what a baseline is read from."""

from __future__ import annotations

from gongkai.cli.reports.report import Report, ReportedFinding
from gongkai.status.listing import json_text


def as_json(report: Report) -> str:
    """Findings as records; with a baseline, also how many of it were known and are gone."""
    record: dict[str, object] = {
        "at": report.now.isoformat(),
        "summary": report.counts(),
        "findings": [_record(finding) for finding in report.told],
    }
    if report.compared:
        record["baseline"] = {"known": report.compared.known, "gone": report.compared.gone}
    return json_text(record)


def _record(one: ReportedFinding) -> dict[str, object]:
    return {
        "rule": one.rule,
        "severity": one.severity.value,
        "path": one.path,
        "line": one.line,
        "column": one.column,
        "item": one.item,
        "board": one.board,
        "message": one.message,
        "hint": one.hint,
    }
