"""The year's summary as a document for word processors."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.render import docx
from gongkai.render.summary import YearSummary

_TO_WRITE = ("well", "badly", "next")
"""What nobody but people can say."""


def as_docx(summary: YearSummary) -> bytes:
    """Everything that the records say, and headings for what is to be written."""
    return docx.document(f"{summary.library.org.name}{_gap(summary)}{summary.title}",
                         _blocks(summary))  # fmt: skip


def _gap(summary: YearSummary) -> str:
    return "" if summary.words.lang == "zh" else ": "


def _blocks(summary: YearSummary) -> Iterator[str]:
    words = summary.words
    yield docx.paragraph(summary.stamp, "Small")
    for part in summary.sections():
        yield docx.heading(part.title)
        yield from map(docx.paragraph, part.lines)
        if part.table:
            yield docx.table(part.table)
    for name in _TO_WRITE:
        yield docx.heading(words.t(f"summary-{name}"))
        yield docx.paragraph(words.t("summary-to-write"))
