"""What a check came to, in the reader's words: what every format is made of."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from gongkai.cli.reports.baseline import Compared
from gongkai.domain.finding import Finding, Severity
from gongkai.domain.model import Value
from gongkai.messages import hint, message, say

_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


class ReportedFinding(Value, frozen=True, kw_only=True):
    """A finding put into words. Lines and columns count from 1.

    ``fingerprint`` stays the same from day to day and when lines move: a rule, a file, an item, a
    board, and which of several such it is. No number of a person goes into it.
    """

    rule: str
    severity: Severity
    path: str
    line: int
    column: int
    item: str | None
    board: str | None
    message: str
    hint: str
    fingerprint: str

    @property
    def place(self) -> str:
        """``file:line:col``, as editors and terminals make it clickable."""
        return f"{printable(self.path)}:{self.line}:{self.column}"


class Report(Value, frozen=True, kw_only=True):
    """Everything a format may tell; ``compared`` says what a baseline, if any, had of it."""

    now: datetime
    lang: str
    items: int
    boards: int
    told: tuple[ReportedFinding, ...]
    compared: Compared | None = None

    @classmethod
    def of(
        cls,
        findings: Iterable[Finding],
        now: datetime,
        lang: str,
        items: int,
        boards: int,
        compared: Compared | None = None,
    ) -> Report:
        """A report of findings, in the words of a language."""
        told = tell(findings, lang)
        return cls(now=now, lang=lang, items=items, boards=boards, told=told, compared=compared)

    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity, by its name."""
        count = Counter(reported_finding.severity for reported_finding in self.told)
        return {severity.value: count[severity] for severity in Severity}

    def summary(self) -> str:
        """One line for all of it."""
        line = say(self.lang, "cli.summary", items=self.items, boards=self.boards, **self.counts())
        if self.compared is None:
            return line
        known, gone = self.compared.known, self.compared.gone
        return line + say(self.lang, "cli.baseline", known=known, gone=gone)

    def by_severity(self) -> Mapping[Severity, Sequence[ReportedFinding]]:
        """Findings of each severity in their order, worst first."""
        return {
            severity: [told for told in self.told if told.severity is severity]
            for severity in Severity
        }


def tell(findings: Iterable[Finding], lang: str) -> tuple[ReportedFinding, ...]:
    """Put findings into words."""
    seen: Counter[str] = Counter()
    told = []
    for finding in findings:
        identity = "\0".join([finding.rule, finding.path, finding.item or "", finding.board or ""])
        told.append(_reported(finding, lang, f"{identity}\0{seen[identity]}"))
        seen[identity] += 1
    return tuple(told)


def _reported(finding: Finding, lang: str, identity: str) -> ReportedFinding:
    return ReportedFinding(
        rule=finding.rule,
        severity=finding.severity,
        path=finding.path,
        line=finding.line,
        column=finding.column,
        item=finding.item,
        board=finding.board,
        message=message(finding, lang),
        hint=hint(finding, lang),
        fingerprint=hashlib.sha256(identity.encode()).hexdigest()[:32],
    )


def _named(found: re.Match[str]) -> str:
    """What a character is that nobody sees: controls, and marks that turn the direction of what
    follows."""
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def printable(text: str) -> str:
    """A text without anything that a terminal or a CI's log would obey, or XML refuse."""
    plain = _CONTROL.sub(_named, text)
    return plain.replace("##[", "#\u200b#[")  # a command to GitHub's runner wherever it stands
