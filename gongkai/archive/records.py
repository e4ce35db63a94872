"""What is filed of a year besides items and ledgers: its appraisal, and its summary."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.domain.calendar import Grain, Period
from gongkai.render.appraisal import AppraisalView, as_csv
from gongkai.render.poster.summary import summary_sheet
from gongkai.render.summary import YearSummary
from gongkai.render.summary_files import as_docx
from gongkai.status.edition import Edition, make_edition
from gongkai.status.standing import stand
from gongkai.supervision.metrics import end_of


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
        # As the year ended, so that it is the same whenever it is filed.
        end = min(standings.now, end_of(library, date(year, 12, 31)))
        summary = YearSummary(make_edition(stand(library, end)), year, lang)
        yield "summary.pdf", summary_sheet(summary)
        yield "summary.docx", as_docx(summary)
