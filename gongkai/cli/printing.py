"""Sheets to be signed."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from gongkai.domain.errors import UsageError
from gongkai.domain.model import Site
from gongkai.messages import say
from gongkai.render.poster.approval import approval_sheet
from gongkai.reports.report import printable
from gongkai.source.library import read_library
from gongkai.source.privacy.numbers import veiled
from gongkai.status.standing import proposed_version


def approval(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """The approval sheet of an item: up, to come, over, or still a draft."""
    library, _ = read_library(site)
    name = options.item
    item = next((one for one in library.items if name in (one.id, *one.aliases)), None)
    if item is None:
        raise UsageError("error.item", found=name)
    out = Path(options.out or f"{item.id}-approval.pdf").absolute()
    data = approval_sheet(library, item, now)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(data)
    print(out)
    lang, version = options.lang or site.lang, proposed_version(item)
    told = say(lang, "cli.sign", path=item.path, version=version)
    print(f"gongkai: {printable(veiled(told))}", file=sys.stderr)
    return 0
