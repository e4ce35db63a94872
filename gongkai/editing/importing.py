"""From an office's file to an item, a table beside an item, or the ledger of opinions."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import Path

from gongkai.calendar import Period
from gongkai.editing.blank import (
    Blank,
    Wish,
    blank,
    boards_without,
    category_of,
    latest,
    period_wanted,
)
from gongkai.editing.guessing import category_guess
from gongkai.editing.ledger import Merged, is_ledger, merged
from gongkai.editing.periods import label, period_in, without_period
from gongkai.editing.sheets import Trouble, sheet_of, troubles
from gongkai.editing.understood import Understood, paragraphs, understand
from gongkai.editing.written import as_typed, table_text
from gongkai.errors import UsageError
from gongkai.model import Category, Library, Value
from gongkai.source.privacy.numbers import personal_numbers
from gongkai.source.workbook.delimited import decoded, separator
from gongkai.source.workbook.errors import Unreadable
from gongkai.source.workbook.reading import Sheet, cell_name, column_name

ENDINGS = (".xlsx", ".xls", ".ods", ".csv", ".tsv", ".txt")
LARGEST = 20_000_000


class Form(Enum):
    """What becomes of a file."""

    ITEM = "item"
    """An item, with its table in the text."""
    TABLE = "table"
    """An item, with its table in a file beside it."""
    OPINIONS = "opinions"
    """Entries of the ledger of opinions."""


class Asked(Value, frozen=True):
    """What somebody said about a file; the rest is guessed."""

    form: Form | None = None
    category: str | None = None
    period: Period | None = None
    sheet: str | None = None
    takes_hidden: bool = False
    publish: date | None = None


class Import(Value, frozen=True):
    """What is to be written, by path, and how the file was understood: keys of sentences under
    ``import`` with their values. With ``troubles`` nothing is written."""

    files: Mapping[Path, bytes]
    told: tuple[tuple[str, Mapping[str, object]], ...]
    todo: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    may_replace: bool = False


_Told = list[tuple[str, Mapping[str, object]]]


def import_file(library: Library, path: Path, asked: Asked, today: date) -> Import:
    """Understand a file and say what comes of it. UsageError when it cannot be understood."""
    if path.suffix.lower() not in ENDINGS:
        raise UsageError("error.import-type", path=path.name, known=list(ENDINGS))
    data = path.read_bytes()
    if len(data) > LARGEST:
        raise UsageError("error.import-large", path=path.name, most=LARGEST // 10**6)
    if path.suffix.lower() == ".txt" and not _is_table(path, data):
        return _text(library, path, data, asked, today)
    sheet = _read(path, data, asked)
    told: _Told = list(_seen(sheet))
    if found := tuple(troubles(sheet)):
        return Import({}, tuple(told), (), found)
    understood = understand(sheet)
    if understood is None:
        raise UsageError("error.import-no-table", path=path.name, sheet=sheet.name)
    told += _how(sheet, understood)
    form = asked.form or (Form.OPINIONS if is_ledger(understood.table[0]) else Form.ITEM)
    told.append((f"import.as-{form.value}", {}))
    if form is Form.OPINIONS:
        return _opinions(library, understood, told)
    return _item(library, path, understood, asked, form, today, told)


def _read(path: Path, data: bytes, asked: Asked) -> Sheet:
    try:
        return sheet_of(data, path.name, asked.sheet, takes_hidden=asked.takes_hidden)
    except Unreadable as bad:
        raise _unreadable(path, bad) from bad


def _unreadable(path: Path, bad: Unreadable) -> UsageError:
    case = bad.case if bad.case in ("sheet", "too-large", "big5") else "unreadable"
    return UsageError(f"error.import-{case}", path=path.name, **bad.values)


def _is_table(path: Path, data: bytes) -> bool:
    """Is a text what was copied out of a spreadsheet?"""
    try:
        return separator(decoded(data)) == "\t"
    except Unreadable as bad:
        raise _unreadable(path, bad) from bad


def _seen(sheet: Sheet) -> tuple[tuple[str, Mapping[str, object]], ...]:
    """What was read of a file, and what was left out because nobody sees it."""
    names = [one.name for one in sheet.known]
    told: _Told = [("import.sheet", {"sheet": sheet.name, "known": names})]
    unseen: dict[str, list[str]] = {
        "sheets": [one.name for one in sheet.known if one.is_hidden and one.name != sheet.name],
        "rows": [str(row + 1) for row in sheet.hidden_rows],
        "columns": [column_name(column) for column in sheet.hidden_columns],
        "cells": [cell_name(*place) for place in sheet.hidden_cells],
    }
    told += [(f"import.hidden-{key}", {"names": names}) for key, names in unseen.items() if names]
    return tuple(told)


def _how(sheet: Sheet, one: Understood) -> _Told:
    """How a sheet was understood, in the order in which it is read."""
    told: _Told = [("import.title", {"title": one.title})] if one.title else []
    told += [("import.before", {"text": text}) for text in one.before]
    heads = list(one.table[0])
    told.append(("import.head", {"row": one.head + 1, "heads": heads}))
    told.append(("import.rows", {"count": len(one.table) - 1, "columns": len(heads)}))
    told += [("import.after", {"text": text}) for text in one.after]
    if shortened := _shortened(sheet):
        told.append(("import.shortened", {"cells": shortened}))
    return told


def _shortened(sheet: Sheet) -> list[str]:
    """The cells of which the file knows more decimals than are shown."""
    return [
        cell_name(row, column)
        for row, cells in zip(sheet.row_numbers, sheet.rows, strict=True)
        for column, cell in zip(sheet.column_numbers, cells, strict=True)
        if cell.is_shortened
    ]


def _opinions(library: Library, understood: Understood, told: _Told) -> Import:
    found: Merged = merged(library.site.root / "content/opinions", understood.table)
    told.append(("import.added", {"count": len(found.added), "numbers": list(found.added)}))
    told.append(("import.filled", {"count": len(found.filled), "numbers": list(found.filled)}))
    told += [("import.kept", {"number": name, "key": key}) for name, key in found.kept]
    if found.left:
        told.append(("import.left", {"heads": list(found.left)}))
    files = {path: text.encode() for path, text in found.files.items()}
    return Import(files, tuple(told), (), (), may_replace=True)


def _item(
    library: Library,
    path: Path,
    one: Understood,
    asked: Asked,
    form: Form,
    today: date,
    told: _Told,
) -> Import:
    title = one.title or path.stem
    category, period = _for_what(library, asked, title, path, today, told)
    table = [list(row) for row in one.table]
    text = "" if form is Form.TABLE else table_text(table, one.align)
    _refuse_second(library, path, category, period)
    parts = [part for part in paragraphs(one, text) if part]
    name = f"{path.stem}.csv"
    beside = {"文件": name, "标题": one.title or path.stem}
    wish = Wish(
        category=category,
        period=period,
        publish=asked.publish,
        pattern=latest(library, category, period),
        title=_title(one.title),
        formed=one.formed,
        body="\n\n".join(parts),
        extra=(("表格", [beside]),) if form is Form.TABLE else (),
    )
    made: Blank = blank(library, wish, today)
    files = {made.path: made.text.encode()}
    if form is Form.TABLE:
        files[made.path.parent / name] = _csv(table)
    return Import(files, tuple(told), made.todo)


def _refuse_second(library: Library, path: Path, category: Category, period: Period | None) -> None:
    """UsageError where this period is told already and no workshop is left to tell it: whoever has
    a second table decides what it is."""
    if period is None or boards_without(library, category, period):
        return
    for item in library.items:
        if (item.category, item.period) == (category.id, period):
            raise UsageError(
                "error.import-second", category=category.called, period=label(period),
                path=item.path, item=item.id, file=path.name,
            )  # fmt: skip


def _for_what(
    library: Library, asked: Asked, title: str, path: Path, today: date, told: _Told
) -> tuple[Category, Period | None]:
    """The duty and the period, as said or as guessed."""
    if asked.category:
        category = category_of(library, asked.category)
    else:
        found = category_guess(library, title) or category_guess(library, path.stem)
        if found is None:
            known = [one.called for one in library.catalogue.categories.values()]
            raise UsageError("error.import-category", title=title, known=known)
        category = found
    told.append(("import.category", {"name": category.called}))
    period = asked.period
    if period is None and category.grain.months:
        period = period_in(title) or period_in(path.stem) or period_wanted(library, category, today)
    if period:
        told.append(("import.period", {"period": label(period)}))
    return category, period


def _title(title: str | None) -> str | None:
    """The title of a sheet without 汇总表 and the like, if it says more than when."""
    if not title or not without_period(title):
        return None
    for tail in ("汇总表", "统计表", "明细表", "一览表", "表"):
        title = title.removesuffix(tail)
    return title


def _csv(table: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(table)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _text(library: Library, path: Path, data: bytes, asked: Asked, today: date) -> Import:
    """A text as an office wrote it: a title, then paragraphs."""
    try:
        text = decoded(data)
    except Unreadable as bad:
        raise _unreadable(path, bad) from bad
    lines = [" ".join(line.split()) for line in text.splitlines()]
    if any(next(personal_numbers(line), None) for line in lines):
        first = next(n for n, line in enumerate(lines) if next(personal_numbers(line), None))
        return Import({}, (), (), (Trouble("import.personal", cell_name(first, 0)),))
    title, *rest = [line for line in lines if line] or [path.stem]
    told: _Told = [("import.title", {"title": title}), ("import.paragraphs", {"count": len(rest)})]
    category, period = _for_what(library, asked, title, path, today, told)
    wish = Wish(
        category=category,
        period=period,
        publish=asked.publish,
        pattern=latest(library, category, period),
        title=title,
        body="\n\n".join(as_typed(line) for line in rest),
    )
    made = blank(library, wish, today)
    return Import({made.path: made.text.encode()}, tuple(told), made.todo)
