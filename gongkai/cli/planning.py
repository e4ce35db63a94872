"""The verb that draws up the year's plan."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from datetime import datetime

from gongkai.cli.reports.report import printable
from gongkai.domain.errors import UsageError
from gongkai.domain.model import Site
from gongkai.render.plans import PlanView, as_csv, as_json, as_text
from gongkai.render.subscriptions import calendar_of
from gongkai.source.library import read_library
from gongkai.status.standing import stand

FINE = 0
FIRST, LAST = 1949, 2200


def plan(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """Every duty of a year with its due day, who answers, and what was done by now."""
    year = now.year if options.year is None else options.year
    view = view_of(site, now, year, options.lang or site.lang)
    if options.format == "text":
        print(*map(printable, as_text(view).splitlines()), sep="\n")
        return FINE
    sys.stdout.flush()
    sys.stdout.buffer.write(_FORMATS[options.format](view))
    sys.stdout.buffer.flush()
    return FINE


def view_of(site: Site, now: datetime, year: int, lang: str) -> PlanView:
    """The plan of a year as it stands. UsageError for a year that nobody plans."""
    if not FIRST <= year <= LAST:
        raise UsageError("error.plan-year", year=year)
    library, _ = read_library(site)
    return PlanView(stand(library, now), year, lang)


def _json(view: PlanView) -> bytes:
    return as_json(view.plan).encode()


def _calendar(view: PlanView) -> bytes:
    stamp = view.library.site.start_of(view.today)
    return calendar_of(view.title, view.deadlines(), stamp, view.words.lang)


def _pdf(view: PlanView) -> bytes:
    # 265 ms; the other formats draw no paper.
    from gongkai.render.poster.plans import plan_sheet

    return plan_sheet(view)


_FORMATS: Mapping[str, Callable[[PlanView], bytes]] = {
    "json": _json,
    "csv": as_csv,
    "pdf": _pdf,
    "ics": _calendar,
}
