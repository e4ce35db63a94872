"""``--format text``: for a person at a terminal. Findings stand together by file."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from gongkai.cli.reports.report import Report, ReportedFinding, printable
from gongkai.domain.finding import Severity
from gongkai.messages import say

if TYPE_CHECKING:
    from rich.text import Text

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}

Span = tuple[str, str]
"""A piece of text and its style, in rich's words; empty for none."""


def as_text(report: Report) -> str:
    """Findings and their count, without colours."""
    return "".join(text for text, _ in _spans(report))


def in_colour(report: Report) -> Text:
    """The same for a terminal; whether it shows colours is its own and its user's business."""
    # 45 ms; only terminals need it.
    from rich.text import Text

    return Text.assemble(*_spans(report))


def _spans(report: Report) -> list[Span]:
    mend = say(report.lang, "cli.mend")
    spans: list[Span] = []
    for _, of_file in groupby(report.told, key=lambda one: one.path):
        for finding in of_file:
            spans += _finding(finding, mend)
        spans.append(("\n", ""))
    return [*spans, (f"{report.summary()}\n", "bold")]


def _finding(one: ReportedFinding, mend: str) -> list[Span]:
    return [
        (f"{one.place}:", "bold"),
        (f" {one.severity.value} ", _STYLES[one.severity]),
        (f"{one.rule}: ", "dim"),
        (f"{printable(one.message)}\n", ""),
        (f"    {mend} {printable(one.hint)}\n", "dim"),
    ]
