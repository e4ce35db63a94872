"""The inbox as a table that spreadsheets open, without names and contacts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from gongkai.inbox.entry import InboxEntry
from gongkai.inbox.sync import HEADS, row

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(entries: Iterable[InboxEntry]) -> bytes:
    """Every opinion as a row of the ledger. A cell that a spreadsheet would take for a formula
    begins with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADS)
    for entry in sorted(entries, key=lambda one: (one.received, one.number)):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row(entry)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()
