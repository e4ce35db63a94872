"""The appraisal on paper."""

from __future__ import annotations

from gongkai.render.appraisal import HEADS, AppraisalView
from gongkai.render.poster.lists import Lists


def appraisal_sheet(view: AppraisalView) -> bytes:
    """The company's sheet of the newest period, with the scores of the one before."""
    words, library = view.words, view.library
    facts = [
        (head, words.t("comma").join((total, out_of)))
        for head, (total, out_of, _) in zip(view.heads()[:2], view.totals()[:2], strict=True)
    ]
    heads = [words.t(f"appraisal-{head}") for head in HEADS]
    before = view.heads()[1:2]
    rows = [
        (row.part, row.text, row.points, row.scores[0], row.basis, *row.scores[1:2])
        for row in view.rows()
    ]
    lists, stamp = Lists(library.site, library.org.name), library.site.start_of(view.today)
    return lists.paper(words, view.title, (*heads, *before), rows, facts, "appraisal/", stamp)
