"""归档文件目录: the list of what is filed, as a spreadsheet and on paper."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from gongkai.archive.lacking import LackingRecord, told
from gongkai.domain.model import Item, Site, Value
from gongkai.domain.terms import Paper
from gongkai.render.poster.lists import Lists
from gongkai.render.words import Words

HEADS = ("number", "owner", "document", "title", "day", "pages", "class", "retention", "remark")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_CHANGED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_FORMULA = ("=", "+", "-", "@")


class ListedItem(Value, frozen=True):
    """One item as it is listed; ``pages`` of its PDF."""

    item: Item
    pages: int


def rows(
    filed: Iterable[ListedItem], missing: Iterable[LackingRecord], words: Words
) -> Iterator[tuple[str, ...]]:
    """The lines of the list, numbered from 1."""
    lacks: dict[str, list[str]] = {}
    for lacking_record in missing:
        lacks.setdefault(lacking_record.name, []).append(told(lacking_record, words))
    for number, each in enumerate(filed, 1):
        item, archive = each.item, each.item.archive
        yield (
            str(number),
            item.owner.dept,
            item.number or "",
            item.title,
            item.first_day.isoformat(),
            str(each.pages),
            archive.klass if archive else "",
            (archive.retention or "") if archive else "",
            words.t("list-comma").join([item.id, *lacks.get(item.id, [])]),
        )


def heads(words: Words) -> tuple[str, ...]:
    """What stands above each column."""
    return tuple(words.t(f"archive-{head}") for head in HEADS)


def as_paper(
    site: Site, firm: str, title: str, table: Iterable[tuple[str, ...]], at: datetime
) -> bytes:
    """The list as PDF/A."""
    words = Words(site.lang)
    known = list(table)
    facts = [(words.t("as-of"), words.day(at.date())), (words.t("archive-count"), str(len(known)))]
    lists, paper = Lists(site, firm), Paper.A4_LANDSCAPE
    return lists.paper(words, title, heads(words), known, facts, "archive/", at, paper)


def as_workbook(title: str, above: tuple[str, ...], table: Iterable[tuple[str, ...]]) -> bytes:
    """The list as a spreadsheet; equal lists make equal bytes, whenever they are made."""
    # 230 ms, only when it is written.
    from openpyxl import Workbook

    book = Workbook()
    page = book.active or book.create_sheet()
    page.title = "目录"
    for row in ((title,), above, *table):
        page.append([_harmless(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return _timeless(out.getvalue())


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula or refuses."""
    # As above.
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    plain = ILLEGAL_CHARACTERS_RE.sub("", text)
    return f"'{plain}" if plain.startswith(_FORMULA) else plain


def _timeless(data: bytes) -> bytes:
    """A workbook without the moment of its making, which nobody asked for."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        parts: Mapping[str, bytes] = {name: book.read(name) for name in sorted(book.namelist())}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            whole = _CHANGED.sub(rb"\g<1>1980-01-01T00:00:00Z", part)
            made.writestr(zipfile.ZipInfo(name, _LONG_AGO), whole, zipfile.ZIP_DEFLATED)
    return out.getvalue()
