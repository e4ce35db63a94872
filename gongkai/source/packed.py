"""Office files are folders packed into one: what is in them, before anybody else opens them."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib

PACKED = (".docx", ".xlsx", ".pptx", ".ods", ".odt")
MOST_PARTS, LARGEST_WHOLE = 10_000, 200_000_000
"""Parts of one file, and bytes of all of them unpacked."""
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
    lzma.LZMAError,
    KeyError,
    OSError,
    ValueError,
    RuntimeError,
    EOFError,
    struct.error,
)


def packed(data: bytes, ending: str) -> str | None:
    """What is wrong with an office file: the case of a sentence under ``ref/attachment``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return _wrong(parts, ending)
    except _DAMAGED:
        return "content"  # cut off, damaged, encrypted, or not what its name says


def _wrong(parts: zipfile.ZipFile, ending: str) -> str | None:
    entries = parts.infolist()
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_WHOLE:
        return "bomb"
    if parts.testzip():  # a part that is not what the list of parts says, its length included
        return "content"
    names = [entry.filename.lower() for entry in entries]
    if any(macro in name for name in names for macro in _MACROS):
        return "macros"
    if _TYPES[ending] not in parts.read("[Content_Types].xml" if ending[-1] == "x" else "mimetype"):
        return "content"
    return None
