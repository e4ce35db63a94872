"""Files beside an item: attachments, images and tables. Confined, bounded, of known types."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

from gongkai.domain.model import File, TableFile
from gongkai.files.reading import Refused, read_bytes
from gongkai.source.packed import PACKED, packed
from gongkai.source.pictures import is_whole_picture
from gongkai.source.problems import Mistake
from gongkai.source.workbook.delimited import parted, read_delimited, records
from gongkai.source.workbook.errors import Unreadable
from gongkai.source.workbook.reading import Worksheet, cell_name, read_sheet
from gongkai.source.workbook.understood import understand

LARGEST, LONGEST_NAME = 20_000_000, 200
MOST_BESIDE = 50
"""Bytes of one file and of its name, and files of one kind that go with one item."""
MOST_ROWS, MOST_COLUMNS = 5_000, 100

_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_HEADS = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".pdf": (b"%PDF-",),
    ".docx": (_ZIP, _OLE),
    ".xlsx": (_ZIP, _OLE),
    ".pptx": (_ZIP, _OLE),
    ".ods": (_ZIP,),
    ".odt": (_ZIP,),
    ".doc": (_OLE,),
    ".xls": (_OLE,),
    ".ppt": (_OLE,),
    ".wps": (_OLE, _ZIP),
    ".et": (_OLE, _ZIP),
    ".dps": (_OLE, _ZIP),
    ".rtf": (b"{\\rtf",),
    ".csv": (b"",),
    ".tsv": (b"",),
    ".txt": (b"",),
}
"""Types that a browser saves or shows without running anything, and how their bytes begin."""

_MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|body|script|svg|iframe|\?xml)", re.IGNORECASE)
"""What an old browser might take for a page, whatever the server says it is."""

_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Categories of signs that no name of a file needs: controls, and marks that nobody sees."""

IMAGES = (".png", ".jpg", ".jpeg", ".gif")
TABLES = (".csv", ".xlsx", ".xls", ".ods")


def find_beside(item: Path, name: str, root: Path, endings: tuple[str, ...] = ()) -> File:
    """A file that lies beside an item. Mistake under ``ref/attachment`` when it may not be used."""
    return _checked(item, name, root, endings or tuple(_HEADS))[0]


def _checked(item: Path, name: str, root: Path, allowed: tuple[str, ...]) -> tuple[File, bytes]:
    path = _beside(item, name)
    ending = path.suffix.lower()
    if ending not in allowed:
        raise Mistake("ref/attachment", "type", found=name, known=list(allowed))
    data = _bytes(path, name)
    if not data.startswith(_HEADS[ending]) or not _is_what_it_says(data, ending):
        raise Mistake("ref/attachment", "content", found=name)
    if ending in PACKED and data.startswith(_ZIP) and (case := packed(data, ending)):
        raise Mistake("ref/attachment", case, found=name)
    relative = path.relative_to(root).as_posix()
    return File(name=name, path=relative, sha256=hashlib.sha256(data).hexdigest()), data


def _beside(item: Path, name: str) -> Path:
    """The path of a plain name in the item's own folder; no name leads anywhere else."""
    is_long = len(name.encode("utf-8", "replace")) > LONGEST_NAME
    if any(unicodedata.category(sign) in _UNSEEN for sign in name):
        raise Mistake("ref/attachment", "signs")
    if is_long or set(name) & set("/\\:\0") or name in ("", ".", ".."):
        raise Mistake("ref/attachment", "outside", found=name)
    return item.parent / name


def _bytes(path: Path, name: str) -> bytes:
    if not path.exists() and not path.is_symlink():
        close = [one.name for one in sorted(path.parent.iterdir()) if one.stem == path.stem]
        raise Mistake("ref/attachment", "missing", found=name, near=close[0] if close else "")
    try:
        return read_bytes(path, LARGEST)
    except Refused as refused:
        raise Mistake("ref/attachment", refused.case, found=name, **refused.values) from refused


class AttachedTable(NamedTuple):
    """An attached table: the title that stands over it, and its rows, heads first; lines above and
    below it are its last rows."""

    title: str | None
    rows: tuple[tuple[str, ...], ...]


def read_table(item: Path, table: TableFile, root: Path) -> AttachedTable:
    """An attached table as a reader of the spreadsheet sees it."""
    file, data = _checked(item, table.file, root, TABLES)
    try:
        sheet = _sheet(data, file.name, table.sheet)
    except Unreadable as bad:
        raise Mistake("ref/attachment", bad.case, **{"found": file.name, **bad.values}) from bad
    for place, flaw in sorted(sheet.flaws.items()):
        cell = cell_name(*place)
        raise Mistake("ref/attachment", f"cell-{flaw.value}", found=file.name, cell=cell)
    if _reach(sheet.row_numbers) > MOST_ROWS or _reach(sheet.column_numbers) > MOST_COLUMNS:
        raise Mistake("ref/attachment", "too-large", found=file.name, most=MOST_ROWS)
    is_text = file.name.lower().endswith(".csv")
    understood = None if is_text else understand(sheet)
    if understood is None:
        rows = (tuple(cell.text for cell in row) for row in sheet.rows)
        return AttachedTable(None, tuple(row for row in rows if any(row)))
    if understood.second:
        cell = cell_name(*understood.second)
        raise Mistake("ref/attachment", "cell-second-table", found=file.name, cell=cell)
    rest = [""] * (len(understood.table[0]) - 1)
    lines = (*understood.before, *understood.after)
    return AttachedTable(understood.title, (*understood.table, *((line, *rest) for line in lines)))


def cell_with(path: Path, sheet: str, sign: str) -> str:
    """The first cell of an attached table that shows a sign, such as ``B3``; ? if none does."""
    try:
        shown = _sheet(_bytes(path, path.name), path.name, sheet or None)
    except (Unreadable, Mistake):
        return "?"
    return next((cell_name(*place) for place, cell in shown.placed() if sign in cell.text), "?")


def _reach(numbers: tuple[int, ...]) -> int:
    """From the first to the last: a filled cell far off is there by mistake."""
    return numbers[-1] - numbers[0] + 1 if numbers else 0


def _sheet(data: bytes, name: str, sheet: str | None) -> Worksheet:
    if not name.lower().endswith(".csv"):
        return read_sheet(data, sheet, MOST_ROWS)
    _ragged(records(*parted(data, name), MOST_ROWS), name)
    return read_delimited(data, name, MOST_ROWS)


def _ragged(rows: list[list[str]], name: str) -> None:
    """Rows of different length are a finding, like in any table."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    for number, row in enumerate(filled, 1):
        if len(row) != len(filled[0]):
            values = {"found": len(row), "expected": len(filled[0]), "file": name, "row": number}
            raise Mistake("table/ragged", "file", **values)


def _is_what_it_says(data: bytes, ending: str) -> bool:
    """Do the bytes go with the ending, beyond their first few?"""
    if ending in IMAGES:
        return is_whole_picture(data, ending)
    if ending in (".csv", ".tsv", ".txt"):
        return b"\0" not in data and not _MARKUP.match(data.lstrip(b"\xef\xbb\xbf"))
    return True
