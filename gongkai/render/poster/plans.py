"""The year's plan on paper."""

from __future__ import annotations

from gongkai.render.plans import PlanView
from gongkai.render.poster.lists import Lists


def plan_sheet(view: PlanView) -> bytes:
    """Every duty of the year by month and department, with what was done by today."""
    words, library = view.words, view.library
    total, done, late = view.counts
    facts = [
        (words.t("as-of"), words.day(view.today)),
        (words.t("plan"), words.t("plan-counts", total=total, done=done, late=late)),
    ]
    rows = [row.cells(words) for row in view.rows()]
    lists, stamp = Lists(library.site, library.org.name), library.site.start_of(view.today)
    return lists.paper(words, view.title, view.heads(), rows, facts, "plan/", stamp)
