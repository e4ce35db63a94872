"""``--format sarif``: SARIF 2.1.0 (OASIS standard of 2020-03-27), one run."""

from __future__ import annotations

from urllib.parse import quote

from gongkai import __version__
from gongkai.cli.reports.report import Report, ReportedFinding, printable
from gongkai.domain.finding import RULES, Severity
from gongkai.rulebook import Page, page, rules
from gongkai.status.listing import json_text

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(report: Report) -> str:
    """Every rule with its page, every finding with its place, worst first.

    Readers that take only so many results (GitHub: 5,000) leave out the least of them.
    """
    driver = {
        "name": "gongkai",
        "version": __version__,
        "rules": [_rule(page(rule, report.lang)) for rule in rules()],
    }
    told = [finding for all_ in report.by_severity().values() for finding in all_]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding) for finding in told],
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(page: Page) -> dict[str, object]:
    return {
        "id": page.rule,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.what},
        "help": {"text": page.as_text(), "markdown": page.as_markdown()},
        "defaultConfiguration": {"level": _LEVELS[RULES[page.rule]]},
    }


def _result(one: ReportedFinding) -> dict[str, object]:
    region = {"startLine": one.line, "startColumn": one.column}
    place = {"artifactLocation": {"uri": quote(one.path)}, "region": region}
    return {
        "ruleId": one.rule,
        "ruleIndex": rules().index(one.rule),
        "level": _LEVELS[one.severity],
        "message": {"text": printable(f"{one.message} {one.hint}")},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"gongkai/v1": one.fingerprint},
    }
