"""Sheets to be signed or handed out."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from gongkai.cli.note import note
from gongkai.cli.planning import view_of
from gongkai.domain.errors import UsageError
from gongkai.domain.model import Site
from gongkai.operations.handover import handover_sheet, remotes_of
from gongkai.render.poster.approval import approval_sheet
from gongkai.render.poster.plans import plan_sheet
from gongkai.source.library import read_library
from gongkai.status.standing import proposed_version, stand

_PDF = b"%PDF-"
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
    note(lang, "cli.sign", path=item.path, version=version)
    return 0


def _plan(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """The plan of a year, by default of this one."""
    year = now.year if options.of is None else int(options.of) if options.of.isdecimal() else 0
    view = view_of(site, now, year, options.lang or site.lang)
    _write(options.out or f"plan-{year}.pdf", plan_sheet(view))
    return 0


def _handover(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """The sheet for whoever takes the site over."""
    library, _ = read_library(site)
    sheet = handover_sheet(stand(library, now), remotes_of(site.root), options.lang or site.lang)
    _write(options.out or "handover.pdf", sheet)
    return 0


def _write(path: str, data: bytes) -> None:
    out = Path(path).absolute()
    if out.is_file() and not out.read_bytes().startswith(_PDF):
        raise UsageError("error.no-sheet", path=str(out))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(data)
    print(out)


_SHEETS: Mapping[str, Callable[[argparse.Namespace, Site, datetime], int]] = {
    "approval": _approval,
    "plan": _plan,
    "handover": _handover,
}
