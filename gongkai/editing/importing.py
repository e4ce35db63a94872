"""From an office's file to an item, a table beside an item, the ledger of opinions, or the counts
of a survey."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from gongkai.domain.errors import UsageError
from gongkai.domain.model import Library
from gongkai.editing.asked import Import, ImportRequest, ImportTarget, Told
from gongkai.editing.ballots import import_ballots
from gongkai.editing.blank import Blank, Wish, blank, latest
from gongkai.editing.duty import for_what, refuse_second
from gongkai.editing.ledger import Merged, is_ledger, merged
from gongkai.editing.periods import without_period
from gongkai.editing.sheets import Trouble, sheet_of, troubles
from gongkai.editing.written import as_typed, table_text
from gongkai.rules.posters import MOST_CELLS, MOST_ROWS
from gongkai.source.beside import MOST_COLUMNS
from gongkai.source.privacy.numbers import personal_numbers, veiled
from gongkai.source.word.office import newer
from gongkai.source.word.reading import PICTURES
from gongkai.source.workbook.delimited import decoded, has_tabs
from gongkai.source.workbook.errors import Unreadable
from gongkai.source.workbook.reading import Worksheet, cell_name, column_name
from gongkai.source.workbook.understood import UnderstoodSheet, understand

DOCUMENTS = (".docx", ".doc", ".wps", ".odt", ".rtf", ".txt", ".pdf", *PICTURES)
SHEETS = (".xlsx", ".xls", ".et", ".ods", ".csv", ".tsv")
ENDINGS = (*DOCUMENTS, *SHEETS)
LARGEST = 20_000_000
_REMARK = re.compile(r"[:：]")
_NO_NAME = re.compile(r"[\\/:*?\"<>|\x00-\x1f]+")
"""What no name of a file beside an item may hold."""


def import_file(library: Library, path: Path, asked: ImportRequest, today: date) -> Import:
    """Understand a file and say what comes of it. UsageError when it cannot be understood."""
    if path.suffix.lower() not in ENDINGS:
        raise UsageError("error.import-type", path=path.name, known=list(ENDINGS))
    if next(personal_numbers(path.name), None):
        raise UsageError("error.import-name", path=veiled(path.name))
    data = path.read_bytes()
    if len(data) > LARGEST:
        raise UsageError("error.import-large", path=path.name, most=LARGEST // 10**6)
    is_text = path.suffix.lower() == ".txt" and _is_table(data)
    if path.suffix.lower() in DOCUMENTS and not is_text:
        # 90 ms, which the other verbs of the desk need not wait for.
        from gongkai.editing.documents import import_document

        return import_document(library, path, data, asked, today)
    return _table(library, path, data, asked, today)


def _table(library: Library, path: Path, data: bytes, asked: ImportRequest, today: date) -> Import:
    sheet = _read(path, data, asked)
    told: Told = list(_seen(sheet))
    if found := tuple(troubles(sheet)):
        return Import({}, tuple(told), (), found)
    understood = understand(sheet)
    if understood is None:
        cell = next((cell_name(*place) for place, cell in sheet.placed() if cell.text), "A1")
        raise UsageError("error.import-no-table", path=path.name, sheet=sheet.name, cell=cell)
    if understood.second:
        trouble = Trouble("import.second-table", cell_name(*understood.second))
        return Import({}, tuple(told), (), (trouble,))
    told += _how(sheet, understood)
    form = asked.form or (
        ImportTarget.OPINIONS if is_ledger(understood.table[0]) else ImportTarget.ITEM
    )
    told.append((f"import.as-{form.value}", {}))
    if form is ImportTarget.OPINIONS:
        return _opinions(library, understood, told)
    if form is ImportTarget.SURVEY:
        return import_ballots(library, path.stem, understood, today, told)
    return _item(library, path, understood, asked, form, today, told)


def _read(path: Path, data: bytes, asked: ImportRequest) -> Worksheet:
    try:
        if path.suffix.lower() == ".et":
            data = newer(data, ".et")
        return sheet_of(data, path.name, asked.sheet, takes_hidden=asked.takes_hidden)
    except Unreadable as bad:
        raise _unreadable(path, bad) from bad


def _unreadable(path: Path, bad: Unreadable) -> UsageError:
    if bad.case == "office":
        return UsageError("error.import-word-office", path=path.name, **bad.values)
    case = bad.case if bad.case in ("sheet", "too-large", "big5", "quotes") else "unreadable"
    return UsageError(f"error.import-{case}", path=path.name, **bad.values)


def _is_table(data: bytes) -> bool:
    """Is a text what was copied out of a spreadsheet?"""
    try:
        return has_tabs(decoded(data))
    except Unreadable:
        return False  # which is told where documents are read


def _seen(sheet: Worksheet) -> tuple[tuple[str, Mapping[str, object]], ...]:
    """What was read of a file, and what was left out because nobody sees it."""
    names = [sheet_name.name for sheet_name in sheet.known]
    told: Told = [("import.sheet", {"sheet": sheet.name, "known": names})]
    unseen: dict[str, list[str]] = {
        "sheets": [
            sheet_name.name
            for sheet_name in sheet.known
            if sheet_name.is_hidden and sheet_name.name != sheet.name
        ],
        "rows": [str(row + 1) for row in sheet.hidden_rows],
        "columns": [column_name(column) for column in sheet.hidden_columns],
        "cells": [cell_name(*place) for place in sheet.hidden_cells],
    }
    told += [(f"import.hidden-{key}", {"names": names}) for key, names in unseen.items() if names]
    told += [("import.drawn", {"text": veiled(text)}) for text in sheet.drawn]
    return tuple(told)


def _how(sheet: Worksheet, one: UnderstoodSheet) -> Told:
    """How a sheet was understood, in the order in which it is read."""
    told: Told = [("import.title", {"title": one.title})] if one.title else []
    told += [("import.before", {"text": text}) for text in one.before]
    heads = list(one.table[0])
    told.append(("import.head", {"row": one.head + 1, "heads": heads}))
    told.append(("import.rows", {"count": len(one.table) - 1, "columns": len(heads)}))
    told += [("import.after", {"text": text}) for text in one.after]
    if shortened := _shortened(sheet):
        told.append(("import.shortened", {"cells": shortened}))
    return told


def _shortened(sheet: Worksheet) -> list[str]:
    """The cells of which the file knows more decimals than are shown."""
    return [cell_name(*place) for place, cell in sheet.placed() if cell.is_shortened]


def _opinions(library: Library, understood: UnderstoodSheet, told: Told) -> Import:
    if lost := [text for text in understood.after if not _REMARK.search(text)]:
        raise UsageError("error.ledger-lost", texts=lost)
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
    one: UnderstoodSheet,
    asked: ImportRequest,
    form: ImportTarget,
    today: date,
    told: Told,
) -> Import:
    title = one.title or path.stem
    said = [title, *one.before, path.stem]
    category, period = for_what(library, asked, said, today, told)
    table = [list(row) for row in one.table]
    text = "" if form is ImportTarget.TABLE else table_text(table, one.align)
    refuse_second(library, path, category, period)
    parts = [*map(as_typed, one.before), text, *map(as_typed, one.after)]
    name = f"{_NO_NAME.sub('-', path.stem)}.csv"
    beside = {"文件": name, "标题": one.title or path.stem}
    wish = Wish(
        category=category,
        period=period,
        publish=asked.publish,
        pattern=latest(library, category, period),
        title=_title(one.title),
        formed=one.formed,
        body="\n\n".join(filter(None, parts)),
        extra=(("表格", [beside]),) if form is ImportTarget.TABLE else (),
        is_long=len(table) > MOST_ROWS or len(table) * len(table[0]) > MOST_CELLS,
    )
    made: Blank = blank(library, wish, today)
    files = {made.path: made.text.encode()}
    if form is ImportTarget.TABLE:
        data = _csv(table)
        _refuse_changed(path, table, data)
        files[made.path.parent / name] = data
    return Import(files, tuple(told), made.todo)


def _title(title: str | None) -> str | None:
    """The title of a sheet without 汇总表 and the like, if it says more than when."""
    if not title or not without_period(title):
        return None
    for tail in ("汇总表", "统计表", "明细表", "一览表", "表"):
        if not title.endswith("代表"):
            title = title.removesuffix(tail)
    return title


def _refuse_changed(path: Path, table: list[list[str]], data: bytes) -> None:
    """UsageError where a table would be read as another one from a .csv file beside an item."""
    for number, (row, again) in enumerate(zip(table, _read_back(data), strict=False), 1):
        if wrong := next((a for a, b in zip(row, again, strict=False) if a != b), None):
            raise UsageError("error.import-changed", path=path.name, row=number, text=wrong[:30])
    if len(table[0]) > MOST_COLUMNS:
        raise UsageError("error.import-wide", path=path.name, most=MOST_COLUMNS)


def _read_back(data: bytes) -> list[list[str]]:
    """The cells of a .csv file as a site reads them; nothing of those that it refuses."""
    sheet = sheet_of(data, ".csv", None)
    return [
        [
            "" if (r, c) in sheet.flaws else cell.text
            for c, cell in zip(sheet.column_numbers, row, strict=True)
        ]
        for r, row in zip(sheet.row_numbers, sheet.rows, strict=True)
    ]


def _csv(table: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(table)
    return b"\xef\xbb\xbf" + text.getvalue().encode()
