"""``--baseline FILE``: an office that starts with a backlog sees what is new.

The file is what ``check --format json`` printed. Only warnings and infos can be put aside: an
error blocks publishing, so that hiding it would help nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from gongkai.domain.errors import UsageError
from gongkai.domain.finding import Finding, Severity
from gongkai.domain.model import Value

Identity = tuple[str, str, str | None, str | None]
"""Rule, path, item and board: what stays when days pass and lines move."""


class _Record(msgspec.Struct):
    rule: str
    path: str
    item: str | None = None
    board: str | None = None


class _Printed(msgspec.Struct):
    findings: list[_Record]


class Compared(Value, frozen=True):
    """Findings that a baseline does not have, how many it has, and how many of it are gone."""

    new: tuple[Finding, ...]
    known: int
    gone: int


def read_baseline(path: Path) -> Counter[Identity]:
    """How often a baseline has each finding. UsageError if it is no output of ``check``."""
    try:
        printed = msgspec.json.decode(path.read_bytes(), type=_Printed)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError("error.baseline", path=str(path)) from error
    return Counter(
        (finding.rule, finding.path, finding.item, finding.board) for finding in printed.findings
    )


def compare(findings: Sequence[Finding], baseline: Counter[Identity]) -> Compared:
    """Put aside what was there before: as many of a kind in a file as there were, no more."""
    left = Counter(baseline)
    new = []
    for finding in findings:
        identity = (finding.rule, finding.path, finding.item, finding.board)
        is_known = left[identity] > 0
        left[identity] -= is_known
        if not is_known or finding.severity is Severity.ERROR:
            new.append(finding)
    return Compared(tuple(new), len(findings) - len(new), left.total())
