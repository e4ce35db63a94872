"""A finding: where, which rule, how bad, and what to say about it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

import msgspec


class Severity(Enum):
    """How much a finding matters."""

    ERROR = "error"
    """Blocks publishing."""
    WARNING = "warning"
    """Must be acted on; does not block."""
    INFO = "info"
    """Good to know."""

    @property
    def rank(self) -> int:
        """0 for the worst, so that findings sort with errors first."""
        return ("error", "warning", "info").index(self.value)


class Both(msgspec.Struct, frozen=True, gc=False):
    """A name in Chinese and in English; the message is in one of them."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh


class Finding(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing to mend or to know, as a value; its words live in the message files.

    ``path`` is relative to the site's folder, with forward slashes; lines and columns count from 1.
    A rule that judges values does not know where they stand: it names ``keys``, dotted, the first
    of which that was typed gives the line (``source.places``), and the first ``sign`` from there on
    the very place, however it was typed.
    ``case`` picks the sentence among those of a rule, ``values`` fills it.
    """

    rule: str
    severity: Severity
    path: str
    line: int = 1
    column: int = 1
    keys: tuple[str, ...] = ()
    sign: str = ""
    item: str | None = None
    board: str | None = None
    case: str = ""
    values: Mapping[str, object] = {}

    @property
    def order(self) -> tuple[str, int, int, int, str, str, str]:
        """Where it stands in a list: by file and line, worst first within a place."""
        return (
            self.path,
            self.line,
            self.column,
            self.severity.rank,
            self.rule,
            self.case,
            str(self.values),
        )


PERSONAL = ("privacy/id-number", "privacy/phone", "privacy/bank-card")
"""Rules of personal numbers, which no site can switch off."""

RULES: Mapping[str, Severity] = {
    **dict.fromkeys(
        (
            "format/syntax",
            "format/unknown-key",
            "format/unknown-value",
            "format/missing",
            "format/type",
            "format/duplicate-key",
            "format/duplicate-id",
            "format/link",
            "ref/category",
            "ref/board",
            "ref/attachment",
            "ref/corrects",
            "ref/meeting",
            "dates/order",
            "dates/too-short",
            "notice/no-window",
            "notice/too-short",
            "notice/no-channel",
            "notice/outlived",
            "congress/missing",
            "congress/quorum",
            "congress/majority",
            "congress/ballot",
            "review/no-evidence",
            "privacy/id-number",
            "privacy/phone",
            "privacy/bank-card",
            "privacy/class",
            "table/ragged",
            "poster/glyph",
            "poster/overflow",
        ),
        Severity.ERROR,
    ),
    **dict.fromkeys(
        (
            "ref/owner",
            "fresh/overdue",
            "fresh/long-overdue",
            "board/still",
            "board/round",
            "coverage/missing",
            "notice/no-outcome",
            "procedure/missing",
            "timing/late",
            "congress/unconfirmed",
            "congress/composition",
            "congress/term",
            "congress/no-session",
            "procedure/missing-step",
            "procedure/order",
            "procedure/same-person",
            "review/mass",
            "review/predated",
            "git/backdated",
            "git/silent-edit",
            "git/date-only",
            "privacy/small-group",
            "privacy/unread",
            "privacy/mask-collision",
            "table/total",
            "opinion/overdue",
            "opinion/unpublished",
            "opinion/no-result",
            "opinion/no-reception",
            "inspection/sample",
            "inspection/unmended",
            "inspection/due",
            "inspection/checklist",
            "inspection/own",
            "inspection/recurring",
            "appraisal/sum",
            "appraisal/score",
            "appraisal/unscored",
            "survey/due",
            "survey/counts",
            "archive/lacking",
        ),
        Severity.WARNING,
    ),
    **dict.fromkeys(
        (
            "fresh/due",
            "coverage/late",
            "calendar/provisional",
            "opinion/recurring",
            "survey/few-returned",
        ),
        Severity.INFO,
    ),
}
"""Every rule with the severity it has unless the site's catalogue re-grades it."""
