"""Sheets to be signed or handed out."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from gongkai.cli.note import note
from gongkai.cli.planning import FIRST, view_of
from gongkai.domain.calendar import Period
from gongkai.domain.errors import UsageError
from gongkai.domain.model import Site
from gongkai.editing.signing import write_version
from gongkai.operations.handover import handover_sheet, remotes_of
from gongkai.render.appraisal import AppraisalView
from gongkai.render.poster.appraisal import appraisal_sheet
from gongkai.render.poster.approval import approval_sheet
from gongkai.render.poster.plans import plan_sheet
from gongkai.render.poster.rectification import rectification_sheet
from gongkai.render.poster.summary import summary_sheet
from gongkai.render.poster.surveys import ballots
from gongkai.render.summary import YearSummary
from gongkai.render.summary_files import as_docx
from gongkai.source.library import read_library
from gongkai.status.edition import make_edition
from gongkai.status.inspections import held
from gongkai.status.standing import proposed_version, stand
from gongkai.status.surveys import survey_of

_PDF, _ZIP = b"%PDF-", b"PK"
"""How a sheet begins that may be printed anew. Nothing else is overwritten, least of all an item's
own file."""


def printed(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """The sheet that is asked for, as a PDF."""
    return _SHEETS[options.sheet](options, site, now)


def _approval(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """The approval sheet of an item: up, to come, over, or still a draft."""
    library, _ = read_library(site)
    name = options.of
    if name is None:
        raise UsageError("error.print-item")
    item = library.called(name)
    if item is None:
        raise UsageError("error.item", found=name)
    _write(options.out or f"{item.id}-approval.pdf", approval_sheet(library, item, now))
    lang, version = options.lang or site.lang, proposed_version(item)
    signed = item.approval
    if signed and signed.version not in (None, version):
        note(lang, "cli.sign-again", path=item.path, signed=signed.version, version=version)
    elif signed is None and write_version(site.root / item.path, version):
        note(lang, "cli.sign-written", path=item.path, version=version)
    else:
        note(lang, "cli.sign", path=item.path, version=version)
    return 0


def _plan(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """The plan of a year, by default of this one."""
    year = now.year if options.of is None else int(options.of) if options.of.isdecimal() else 0
    view = view_of(site, now, year, options.lang or site.lang)
    _write(options.out or f"plan-{year}.pdf", plan_sheet(view))
    return 0


def _survey(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """The ballots of a survey, by default of the one that comes next."""
    library, _ = read_library(site)
    survey = survey_of(library, options.of)
    lang = options.lang or site.lang
    _write(options.out or "ballots.pdf", ballots(library, survey, now, lang))
    note(lang, "cli.ballots", title=survey.title)
    return 0


def _rectification(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """The sheet that tells departments what an inspection found."""
    library, _ = read_library(site)
    known = [inspection for inspection in held(library, now.date()) if inspection.flaws]
    found = next((inspection for inspection in known if inspection.id == options.of), None)
    if found is None:
        names = [inspection.id for inspection in reversed(known)]
        raise UsageError("error.print-inspection", found=options.of or "", known=names)
    _write(options.out or f"{_plain(found.id)}-rectification.pdf",
           rectification_sheet(library, found, now))  # fmt: skip
    return 0


def _appraisal(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """The appraisal of a half-year, by default of the running one."""
    library, _ = read_library(site)
    if not library.has_appraisal:
        raise UsageError("error.no-appraisal")
    period = _period(options.of) if options.of else None
    view = AppraisalView(stand(library, now), options.lang or site.lang, period)
    name = str(view.appraised[0].period)
    _write(options.out or f"appraisal-{name}.pdf", appraisal_sheet(view))
    return 0


def _summary(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """The summary of a year, by default of this one; a document where the file is to end in
    .docx."""
    year = now.year if options.of is None else int(options.of) if options.of.isdecimal() else 0
    if not FIRST <= year <= now.year:
        raise UsageError("error.summary-year", year=options.of, now=now.year)
    library, _ = read_library(site)
    edition = make_edition(stand(library, now))
    summary = YearSummary(edition, year, options.lang or site.lang)
    out = options.out or f"summary-{year}.pdf"
    if out.lower().endswith(".docx"):
        _write(out, as_docx(summary), _ZIP)
    else:
        _write(out, summary_sheet(summary))
    return 0


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as error:
        raise UsageError("error.period", found=text[:30]) from error


def _plain(name: str) -> str:
    """A number as part of the name of a file."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in name)


def _handover(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """The sheet for whoever takes the site over."""
    library, _ = read_library(site)
    sheet = handover_sheet(stand(library, now), remotes_of(site.root), options.lang or site.lang)
    _write(options.out or "handover.pdf", sheet)
    return 0


def _write(path: str, data: bytes, start: bytes = _PDF) -> None:
    out = Path(path).absolute()
    if out.is_file() and not out.read_bytes().startswith(start):
        raise UsageError("error.no-sheet", path=str(out))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(data)
    print(out)


_SHEETS: Mapping[str, Callable[[argparse.Namespace, Site, datetime], int]] = {
    "approval": _approval,
    "plan": _plan,
    "rectification": _rectification,
    "appraisal": _appraisal,
    "summary": _summary,
    "survey": _survey,
    "handover": _handover,
}
