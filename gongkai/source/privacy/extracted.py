"""All text that a person can get out of a file, whatever program opens it.

Office files are opened part by part, so that hidden sheets, comments, headers, names of ranges,
properties and what is embedded are read like the rest. Nothing here is quick or safe to run in a
process that matters: see ``opened``.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from email import message_from_bytes

import office_oxide
from python_calamine import CalamineError, CalamineWorkbook
from striprtf.striprtf import rtf_to_text

from gongkai.source.privacy.elements import texts_of_part
from gongkai.source.privacy.metadata import tells_place, texts_in_picture
from gongkai.source.privacy.numbers import LABEL
from gongkai.source.privacy.portable import attached_to, layer_of, strings_of
from gongkai.source.privacy.texts import TableRow, Text, UnreadError, decoded
from gongkai.source.privacy.webpages import page_texts

DEEPEST = 4
"""Files within files within files that are opened."""
MOST = 200_000_000
"""Bytes that all parts of one file may unpack to."""


def texts_of(data: bytes, ending: str, depth: int = 0) -> Iterator[Text]:
    """Every text in the bytes of a file whose name has an ending. UnreadError for what cannot be
    looked into, after all that could."""
    if depth > DEEPEST:
        raise UnreadError("deep")
    read = _READERS.get(ending)
    if read is None:
        yield from _unknown(data)
        return
    if data.startswith(_OLE) and ending not in (".doc", ".xls", ".ppt"):
        raise UnreadError("encrypted")  # what Office packs a locked file into
    yield from read(data, depth)
    if ending in _CARRIERS and tells_place(data):
        raise UnreadError("place")


def _unknown(data: bytes) -> Iterator[Text]:
    """A file of no type we know: as text if it is one, else what looks like text in it."""
    if b"\0" not in data[:4096]:
        with suppress(UnicodeDecodeError):
            yield from page_texts(data.decode("utf-8"))
            return
    yield from _raw(data)
    raise UnreadError("type")


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _plain(data: bytes, _: int) -> Iterator[Text]:
    yield decoded(data)


def _separated(data: bytes, _: int) -> Iterator[Text]:
    text = decoded(data)
    yield text
    csv.field_size_limit(1 << 30)
    for delimiter in filter(text.__contains__, _DELIMITERS):
        with suppress(csv.Error):
            yield from rows_of(list(csv.reader(io.StringIO(text), delimiter=delimiter)))


_DELIMITERS = ",\t;|"
"""What may part the cells of a table of text; a file is read with each that it has."""


_HEADS = 4


def rows_of(rows: Sequence[Sequence[str]]) -> Iterator[Text]:
    """The rows of a table, each with the heads above it: of the first rows the one that announces a
    number, else the first."""
    top = [tuple(map(str, row)) for row in rows[:_HEADS]]
    heads = next((pair for pair in top if any(map(LABEL.search, pair))), top[0] if top else ())
    for row in rows:
        yield TableRow(tuple(map(str, row)), heads)


def _letter(data: bytes, depth: int) -> Iterator[Text]:
    """A page kept as a letter, with what is attached."""
    for part in message_from_bytes(data).walk():
        inside = part.get_payload(decode=True)
        ending = ".html" if part.get_content_subtype() == "html" else ".txt"
        if isinstance(inside, bytes):
            yield from texts_of(inside, ending, depth + 1)


def _page(data: bytes, _: int) -> Iterator[Text]:
    yield from page_texts(decoded(data))


# -- office files ---------------------------------------------------------------------------------


def _packed(data: bytes, depth: int) -> Iterator[Text]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(member.file_size for member in parts.infolist()) > MOST:
                raise UnreadError("large")
            unread: list[UnreadError] = []
            for part in parts.infolist():
                yield part.filename
                yield from _part(part.filename.lower(), parts.read(part), depth, unread)
            yield from _raw(data[parts.start_dir :])
            if unread:
                raise unread[0]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise UnreadError("encrypted" if "encrypt" in str(error) else "damaged") from error


def _part(name: str, data: bytes, depth: int, unread: list[UnreadError]) -> Iterator[Text]:
    """The texts of one part; why a file in it cannot be looked into is told when all are read."""
    ending = f".{name.rpartition('.')[2]}"
    if ending in (".xml", ".rels", ".vml", ".xhtml"):
        yield from texts_of_part(data)
    elif ending in _PICTURES:
        yield from texts_in_picture(data)
        yield from _raw_tail(data)
    elif ending in (".bin", ".ole"):
        yield from _raw(data)
    else:
        try:
            yield from texts_of(data, ending, depth + 1)
        except UnreadError as error:
            if "embeddings/" in name:
                unread.append(error)


def _sheets(data: bytes, depth: int) -> Iterator[Text]:
    """All sheets of a workbook, hidden ones too, by cells; of a packed one its parts as well."""
    if data.startswith(b"PK"):
        yield from _packed(data, depth)
    else:
        yield from _raw(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            yield name
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=True)
            yield from rows_of([[_cell(one) for one in row] for row in rows])
    except (CalamineError, ValueError, OSError) as error:
        why = "encrypted" if "password" in str(error).lower() else "damaged"
        raise UnreadError(why) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of the reader's own language
            raise
        raise UnreadError("damaged") from error


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value)


_EIGHT = re.compile(rb"[\x20-\x7e\t\r\n]{10,}")
_SIXTEEN = re.compile(rb"(?:[\x20-\x7e\t\r\n]\x00|[\x00-\xff][\x4e-\x9f\x20\x30\xff]){10,}")


def _raw(data: bytes) -> Iterator[Text]:
    """Whatever looks like text in bytes, in both widths that old office files have."""
    for found in _EIGHT.finditer(data):
        yield found[0].decode("ascii")
    for found in _SIXTEEN.finditer(data):
        yield found[0].decode("utf-16-le", "replace")


def _raw_tail(data: bytes) -> Iterator[Text]:
    """What follows the end of a picture."""
    for mark in (b"\xff\xd9", b"IEND\xaeB`\x82"):
        at = data.rfind(mark)
        if at >= 0:
            yield from _raw(data[at + len(mark) :])


def _old_document(data: bytes, _: int) -> Iterator[Text]:
    """A .doc or .ppt: what its reader tells, and what can be seen of its bytes besides."""
    yield from _raw(data)
    try:
        is_show = "PowerPoint".encode("utf-16-le") in data
        with office_oxide.Document.from_bytes(data, "ppt" if is_show else "doc") as document:
            yield from document.plain_text().split("\n")
    except office_oxide.OfficeOxideError as error:
        raise UnreadError("encrypted" if "encrypt" in str(error).lower() else "damaged") from error


_CONTROL = re.compile(r"\\(?:[a-z]+-?\d* ?|'[0-9a-f]{2}|[*~_-])|[{}\r\n]")


def _rich_text(data: bytes, _: int) -> Iterator[Text]:
    text = data.decode("latin-1")
    yield text
    yield _CONTROL.sub("", text)  # also of headers, notes and boxes, which the reader leaves out
    yield str(rtf_to_text(text, encoding="gb18030", errors="replace"))  # type: ignore[no-untyped-call]


def _portable(data: bytes, depth: int) -> Iterator[Text]:
    """A PDF, and files attached to it."""
    yield from strings_of(data)
    for name, inside in attached_to(data):
        yield name
        with suppress(UnreadError):
            yield from texts_of(inside, f".{name.rpartition('.')[2].lower()}", depth + 1)
    yield from _raw(data[data.rfind(b"%%EOF") :])
    yield from layer_of(data)


def _picture(_: bytes, __: int) -> Iterator[Text]:
    """Goes out without anything but its pixels, which nobody can search."""
    return iter(())


_PICTURES = (".png", ".jpg", ".jpeg", ".gif")
_READERS: dict[str, Callable[[bytes, int], Iterator[Text]]] = {
    **dict.fromkeys((".txt", ".json", ".xml", ".css", ".js", ".yml", ".yaml"), _plain),
    **dict.fromkeys((".csv", ".tsv"), _separated),
    **dict.fromkeys((".html", ".htm", ".md", ".svg"), _page),
    **dict.fromkeys((".mht", ".mhtml", ".eml"), _letter),
    **dict.fromkeys((".docx", ".pptx", ".odt", ".odp", ".zip"), _packed),
    **dict.fromkeys((".xlsx", ".xls", ".ods"), _sheets),
    **dict.fromkeys((".doc", ".ppt"), _old_document),
    ".rtf": _rich_text,
    ".pdf": _portable,
    **dict.fromkeys(_PICTURES, _picture),
}
_CARRIERS = {
    ".docx",
    ".pptx",
    ".odt",
    ".odp",
    ".zip",
    ".xlsx",
    ".ods",
    ".doc",
    ".ppt",
    ".pdf",
    ".rtf",
}
"""Files that hold photos as they were taken."""
