"""From the inbox into the ledger: what was let in, under its number, without names or contacts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from msgspec import structs

from gongkai.domain.labels import CHINESE
from gongkai.domain.model import Library, Value
from gongkai.editing.ledger import Merged, merged
from gongkai.inbox.entry import InboxEntry
from gongkai.source.privacy.leaks import phones_of
from gongkai.source.privacy.numbers import personal_numbers

HEADS = (
    "编号", "来源", "收到日期", "意见", "类别", "承办", "期限", "答复日期", "答复", "结果",
    "承诺日期", "评价", "前次",
)  # fmt: skip
"""The keys of the ledger that the inbox fills in."""
SOURCE = "网上意见箱"


class Synced(Value, frozen=True):
    """Ledgers as they would be, and the numbers that stay out because of personal numbers."""

    merged: Merged
    stopped: tuple[str, ...]


def row(entry: InboxEntry, kind: str = "") -> tuple[str, ...]:
    """An opinion as a row under ``HEADS``; its kind is that of the item it is about."""
    text = f"关于《{entry.title}》：{entry.text}" if entry.title else entry.text
    return (
        entry.number,
        SOURCE,
        entry.received.isoformat(),
        text,
        kind,
        entry.dept,
        entry.due.isoformat(),
        _day(entry.replied),
        entry.reply,
        entry.result.value if entry.result else "",
        _day(entry.promised),
        CHINESE[entry.rating] if entry.rating else "",
        entry.follows,
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def synced(library: Library, entries: Iterable[InboxEntry]) -> Synced:
    """What was let in, merged into the site's ledgers by number, as ``import --as opinions``
    does."""
    phones = phones_of(library.org)
    hidden = {item.id for item in library.items if item.withdrawn and item.withdrawn.hide}
    rows, stopped = [], []
    kinds = {
        item.id: library.category(item).name for item in library.items if item.id not in hidden
    }
    for entry in entries:
        if entry.item in hidden:  # nothing of its text is left anywhere, its title neither
            entry = structs.replace(entry, title="")
        cells = row(entry, kinds.get(entry.item, ""))
        if next(personal_numbers("\n".join(cells[3:]), phones), None):
            stopped.append(entry.number)
        elif entry.cleared:
            rows.append(cells)
    folder: Path = library.site.root / "content/opinions"
    return Synced(merged(folder, (HEADS, *sorted(rows))), tuple(stopped))
