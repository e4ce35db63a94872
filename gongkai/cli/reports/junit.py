"""``--format junit``: for CI that shows tests. A suite a rule; a rule without findings passed."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from gongkai.cli.reports.report import Report, ReportedFinding, printable
from gongkai.domain.finding import Severity
from gongkai.rulebook import rules


def as_junit(report: Report) -> str:
    """Errors and warnings are failures; what only informs passes, with its words as output."""
    root = Element("testsuites", name="gongkai")
    failures = 0
    for rule in rules():
        told = [finding for finding in report.told if finding.rule == rule]
        failures += _suite(root, rule, told)
    tests = str(len(root.findall("testsuite/testcase")))
    root.attrib |= {"tests": tests, "failures": str(failures)}
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, "unicode")}\n'


def _suite(root: Element, rule: str, told: list[ReportedFinding]) -> int:
    failures = sum(finding.severity is not Severity.INFO for finding in told)
    tests = str(max(1, len(told)))
    suite = SubElement(root, "testsuite", name=rule, tests=tests, failures=str(failures))
    for finding in told:
        _case(suite, finding)
    if not told:
        SubElement(suite, "testcase", classname=rule, name=rule)
    return failures


def _case(suite: Element, one: ReportedFinding) -> None:
    case = SubElement(suite, "testcase", classname=one.rule, name=one.place)
    case.attrib |= {"file": printable(one.path), "line": str(one.line)}
    text = f"{one.place}\n{printable(one.message)}\n{printable(one.hint)}"
    if one.severity is Severity.INFO:
        SubElement(case, "system-out").text = text
        return
    failure = SubElement(case, "failure", type=one.severity.value, message=printable(one.message))
    failure.text = text
