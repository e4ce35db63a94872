"""Reading a written document, in a process of its own.

Run as a program, this file reads a document from standard input and writes as JSON what its reader
sees.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from gongkai.source.bounded import asked, bound
from gongkai.source.packed import PACKED, packed
from gongkai.source.word.gathered import Gathered
from gongkai.source.word.model import Document
from gongkai.source.workbook.errors import Unreadable

MEMORY, SECONDS = 2 << 30, 60
"""Bytes and seconds (of the processor) for one document; nearly all need a thousandth of it."""
_OLE, _ZIP, _RTF = b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"{\\rtf"


def read_document(
    data: bytes, ending: str, *, accepts: bool = False, takes_hidden: bool = False
) -> Document:
    """The document in the bytes of a file whose name has an ending. Unreadable when there is
    none."""
    flags = ("accept" if accepts else "", "all" if takes_hidden else "")
    answer = asked("gongkai.source.word.reading", data, ending, *flags)
    if answer is None:
        raise Unreadable("bomb")
    if "document" not in answer:
        raise Unreadable(str(answer.pop("case")), **answer)
    return msgspec.convert(answer["document"], Document)


def _answer(data: bytes, ending: str, gathered: Gathered) -> dict[str, Any]:
    try:
        document = READERS[ending](data, gathered)
    except Unreadable as bad:
        return {"case": bad.case, **bad.values}
    return {"document": msgspec.to_builtins(document)}


def _docx(data: bytes, gathered: Gathered) -> Document:
    # Only in the process that reads (12 ms, for a PDF 60), as are the readers below.
    from gongkai.source.word.docx import read_docx

    _refuse_others(data, _ZIP)
    _refuse_packed(data, ".docx")
    return read_docx(data, gathered)


def _odt(data: bytes, gathered: Gathered) -> Document:
    from gongkai.source.word.odt import read_odt

    _refuse_others(data, _ZIP)
    _refuse_packed(data, ".odt")
    return read_odt(data, gathered)


def _rtf(data: bytes, gathered: Gathered) -> Document:
    from gongkai.source.word.rtf import read_rtf

    _refuse_others(data, _RTF)
    return read_rtf(data, gathered)


def _pdf(data: bytes, gathered: Gathered) -> Document:
    from gongkai.source.word.pdf import read_pdf

    _refuse_others(data, b"%PDF")
    return read_pdf(data, gathered)


def _picture(data: bytes, gathered: Gathered) -> Document:
    from gongkai.source.word.pictures import read_picture

    _refuse_known(data)
    return read_picture(data, gathered)


def _plain(data: bytes, gathered: Gathered) -> Document:
    from gongkai.source.word.plain import read_plain

    _refuse_known(data)
    return read_plain(data, gathered)


def _refuse_others(data: bytes, head: bytes) -> None:
    """Unreadable for what is locked, or begins like a file of another kind."""
    if not data.startswith(head):
        _refuse_known(data)
        raise Unreadable("content")


def _refuse_packed(data: bytes, ending: str) -> None:
    """Unreadable for what is no good file of an ending, but perhaps one of another."""
    case = packed(data, ending)
    if case == "content":
        found = next((text for text in PACKED if text != ending and packed(data, text) is None), "")
        raise Unreadable("ending", found=found) if found else Unreadable(case)
    if case:
        raise Unreadable(case)


def _refuse_known(data: bytes) -> None:
    """Unreadable for a document of some other kind than its name says."""
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("encrypted")
    kinds = {_OLE: ".doc", _RTF: ".rtf", _ZIP: ".docx", b"%PDF": ".pdf"}
    found = next((kind for begin, kind in kinds.items() if data.startswith(begin)), "")
    if found == ".docx":
        found = next((text for text in PACKED if packed(data, text) is None), "")
    if found:
        raise Unreadable("ending", found=found)


PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp")
"""How the names of pictures end."""
READERS: Mapping[str, Callable[[bytes, Gathered], Document]] = {
    ".docx": _docx,
    ".odt": _odt,
    ".rtf": _rtf,
    ".txt": _plain,
    ".pdf": _pdf,
    **dict.fromkeys(PICTURES, _picture),
}


if __name__ == "__main__":
    bound(MEMORY, SECONDS)
    notes = Gathered(accepts=sys.argv[3] == "accept", takes_hidden=sys.argv[4] == "all")
    given = _answer(sys.stdin.buffer.read(), sys.argv[2], notes)
    sys.stdout.write(json.dumps(given))
