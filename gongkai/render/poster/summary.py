"""The year's summary on paper."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.domain.terms import Paper
from gongkai.domain.text import Node
from gongkai.render.attached import table_of
from gongkai.render.poster.lists import Lists
from gongkai.render.poster.typesetter import typeset
from gongkai.render.summary import YearSummary


def summary_sheet(summary: YearSummary) -> bytes:
    """Every section, one behind the other, on A3."""
    library, words = summary.library, summary.words
    lists, stamp = Lists(library.site, library.org.name), library.site.start_of(summary.today)
    facts = [(words.t("as-of"), words.day(summary.today))]
    body = tuple(_nodes(summary))
    sheet = lists.sheet(words, summary.title, body, Paper.A3, facts, "summary/")
    firm = library.org.name
    return typeset(library.site, summary.title, firm, [], words.lang, sheet, stamp, {})


def _nodes(summary: YearSummary) -> Iterator[Node]:
    for part in summary.sections():
        yield Node("heading", "", (Node("text", part.title),), level=2)
        for line in part.lines:
            yield Node("paragraph", "", (Node("text", line),))
        if part.table:
            yield table_of(part.table)
