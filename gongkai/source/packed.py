"""Office files are folders packed into one: what is in them, before anybody else opens them."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

PACKED = (".docx", ".xlsx", ".pptx", ".ods", ".odt")
MOST_PARTS, LARGEST_WHOLE, MOST_CELLS = 10_000, 200_000_000, 5_000_000
"""Parts of one file, bytes of all of them unpacked, and cells between the corners of a sheet."""
_TYPES = {
    ".docx": b"wordprocessingml.document.main+xml",
    ".xlsx": b"spreadsheetml.sheet.main+xml",
    ".pptx": b"presentationml.presentation.main+xml",
    ".ods": b"application/vnd.oasis.opendocument.spreadsheet",
    ".odt": b"application/vnd.oasis.opendocument.text",
}
_MACROS = ("vbaproject.bin", "vbadata.xml", "basic/script-lc.xml", "scripts/")
"""Parts that hold programs (OOXML and OpenDocument)."""
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    OSError,
    ValueError,
    RuntimeError,
    EOFError,
    struct.error,
)
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,4})(\d{1,9})"')
_ROW = re.compile(
    rb'<table:table-row(?: [^>]*?table:number-rows-repeated="(\d{1,9})")?[^>]*>'
    rb"((?:(?!</table:table-row>).)*?value-type=)",
    re.DOTALL,
)
_REPEATED = re.compile(rb'<table:table-cell[^>]*?table:number-columns-repeated="(\d{1,9})"')


def packed(data: bytes, ending: str) -> str | None:
    """What is wrong with an office file: the case of a sentence under ``ref/attachment``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return _wrong(parts, ending)
    except _DAMAGED:
        return "content"  # cut off, damaged, encrypted, or not what its name says


def _wrong(parts: zipfile.ZipFile, ending: str) -> str | None:
    entries = parts.infolist()
    if len(entries) > MOST_PARTS or sum(one.file_size for one in entries) > LARGEST_WHOLE:
        return "bomb"
    if parts.testzip():  # a part that is not what the list of parts says, its length included
        return "content"
    names = [one.filename.lower() for one in entries]
    if any(macro in name for name in names for macro in _MACROS):
        return "macros"
    if _TYPES[ending] not in parts.read("[Content_Types].xml" if ending[-1] == "x" else "mimetype"):
        return "content"
    sheets = [one for one in entries if _is_sheet(one.filename, ending)]
    return "bomb" if any(_span(parts.read(one)) > MOST_CELLS for one in sheets) else None


def _is_sheet(name: str, ending: str) -> bool:
    return name == "content.xml" if ending == ".ods" else "worksheets/" in name


def _span(sheet: bytes) -> int:
    """About how many cells lie between the corners of a sheet: readers make room for all of them,
    however few are filled."""
    found = _CELL.findall(sheet)
    rows = [int(row) for _, row in found]
    columns = [_number(letters) for letters, _ in found]
    span = (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) if found else 0
    repeated = sum(
        int(times or 1) * sum(map(int, _REPEATED.findall(cells)))
        for times, cells in _ROW.findall(sheet)
    )
    return max(span, repeated)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
