"""A site of which only the clock moved on is stamped anew, whatever was found in it."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from gongkai.build.clock_only import BuildRecord
from gongkai.domain.finding import Finding, Severity
from gongkai.domain.terms import CongressAct, PrivacyClass

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)


def test_findings_that_name_listed_values_come_back_as_they_were() -> None:
    found = Finding(
        rule="procedure/missing",
        severity=Severity.WARNING,
        path="content/items/a.md",
        case="act",
        values={"what": [CongressAct.SUPERVISE], "klass": PrivacyClass.SENSITIVE},
    )
    kept = BuildRecord(NOON, NOON, (found,), items=1, boards=1).encoded(b"inputs")
    assert msgspec.msgpack.decode(kept, type=BuildRecord).inputs == b"inputs"
