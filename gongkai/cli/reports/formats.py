"""Every format of ``check``, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gongkai.cli.reports.github import as_commands
from gongkai.cli.reports.gitlab import as_code_quality
from gongkai.cli.reports.junit import as_junit
from gongkai.cli.reports.plain import as_text
from gongkai.cli.reports.records import as_json
from gongkai.cli.reports.report import Report
from gongkai.cli.reports.sarif import as_sarif

FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_commands,
    "gitlab": as_code_quality,
    "sarif": as_sarif,
    "junit": as_junit,
}
"""What ``check --format`` may be."""
