"""What is filed of a year besides items and ledgers: its appraisal, and its summary."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.domain.calendar import Grain, Period
from gongkai.render.appraisal import AppraisalView, as_csv
from gongkai.render.poster.summary import summary_sheet
from gongkai.render.summary import YearSummary
from gongkai.render.summary_files import as_docx
from gongkai.status.edition import Edition


def records(edition: Edition, year: int) -> Iterator[tuple[str, bytes]]:
    """The files, where a site records anything that they tell."""
    library, standings, lang = edition.library, edition.standings, edition.site.lang
    if library.has_appraisal:
        for index in (1, 2):
            period = Period(year, Grain.HALF_YEAR, index)
            if period.start <= standings.today:
                data = as_csv(AppraisalView(standings, lang, period))
                yield f"appraisal-{period}.csv", data
    if library.has_records:
        summary = YearSummary(edition, year, lang)
        yield "summary.pdf", summary_sheet(summary)
        yield "summary.docx", as_docx(summary)
