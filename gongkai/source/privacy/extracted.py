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
from html import unescape
from typing import Any, NamedTuple
from xml.etree import ElementTree

import office_oxide
from python_calamine import CalamineError, CalamineWorkbook
from striprtf.striprtf import rtf_to_text

from gongkai.source.privacy.metadata import tells_place, texts_in_picture
from gongkai.source.privacy.numbers import LABEL

DEEPEST = 4
"""Files within files within files that are opened."""
MOST = 200_000_000
"""Bytes that all parts of one file may unpack to."""


class UnreadError(Exception):
    """Nobody but the right program can look into this; ``why`` is a word for the sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Row(NamedTuple):
    """A row of a table with the heads of its columns."""

    cells: tuple[str, ...]
    heads: tuple[str, ...]


Text = str | Row


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


def decoded(data: bytes) -> str:
    """Bytes as text in the encoding that they are most likely in; digits are the same in all."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode("gb18030", "replace")


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
    top = [tuple(map(str, one)) for one in rows[:_HEADS]]
    heads = next((one for one in top if any(map(LABEL.search, one))), top[0] if top else ())
    for row in rows:
        yield Row(tuple(map(str, row)), heads)


def _page(data: bytes, _: int) -> Iterator[Text]:
    yield from page_texts(decoded(data))


_TAG = re.compile(r"<!--|-->|</?([A-Za-z][\w:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_INSIDE = frozenset(
    "a abbr b bdi bdo big code del em font i ins kbd mark q s small span strike strong sub sup tt "
    "tspan u var wbr".split()
)
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\([^)\n]{0,300}\)")


def page_texts(text: str) -> Iterator[str]:
    """HTML and Markdown as typed, and as a browser shows them; lines stay where they are."""
    yield text
    if _SHOWN_OTHERWISE.search(text):
        yield as_shown(text)
    if "<bdo" in text.lower():
        yield _TURNED.sub(lambda found: as_shown(found[1])[::-1], text)


_TURNED = re.compile(r"<bdo\b[^<>]*\brtl\b[^<>]*>(.{0,300}?)</bdo>", re.IGNORECASE | re.DOTALL)
"""What a page shows from right to left."""


_SHOWN_OTHERWISE = re.compile(r"[<&]|\]\(")


def as_shown(text: str) -> str:
    """HTML and Markdown as a browser shows them, with a bar between what does not belong
    together."""
    return unescape(_LINK.sub(r"\1", _TAG.sub(_gap, text)))


_TABLE_ROW = re.compile(r"<tr\b", re.IGNORECASE)


def rows_of_page(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows of tables in HTML and Markdown with the line on which each begins, by their cells
    as a reader sees them."""
    if _TABLE_ROW.search(text):
        line = 1
        for part in re.split(r"(?i)(?=<tr\b)", text):
            row = part.partition("</tr>")[0] if part[:3].lower() == "<tr" else ""
            cells = tuple(one.strip() for one in as_shown(row).split("|") if one.strip())
            if len(cells) > 1:
                yield line, cells
            line += part.count("\n")
    for line, typed in enumerate(text.split("\n"), 1):
        if typed.count("|") > 1 or (typed.count("|") == 1 and typed.strip().strip("|") == typed):
            cells = tuple(_MARKS.sub("", as_shown(one)).strip() for one in typed.strip().split("|"))
            yield line, cells[1 if not cells[0] else 0 : -1 if not cells[-1] else None]


_MARKS = re.compile(r"[*_`~\\]+")


def _gap(tag: re.Match[str]) -> str:
    """What stands between the words around a tag: nothing where they belong together."""
    is_inside = (tag[1] or "").lower() in _INSIDE or tag[1] is None
    return ("" if is_inside else "|") + "\n" * tag[0].count("\n")


# -- office files ---------------------------------------------------------------------------------


def _packed(data: bytes, depth: int) -> Iterator[Text]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(one.file_size for one in parts.infolist()) > MOST:
                raise UnreadError("large")
            for part in parts.infolist():
                yield part.filename
                yield from _part(part.filename.lower(), parts.read(part), depth)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise UnreadError("encrypted" if "encrypt" in str(error) else "damaged") from error


def _part(name: str, data: bytes, depth: int) -> Iterator[Text]:
    ending = f".{name.rpartition('.')[2]}"
    if ending in (".xml", ".rels", ".vml", ".xhtml"):
        yield from _elements(data)
    elif ending in _PICTURES:
        yield from texts_in_picture(data)
        yield from _raw_tail(data)
    elif ending in (".bin", ".ole"):
        yield from _raw(data)
    else:
        with suppress(UnreadError):
            yield from texts_of(data, ending, depth + 1)


_JOINED = frozenset(
    "r t span s tab a line-break rPr pPr rFonts sz b i u color lang hint vertAlign rPh phoneticPr "
    "proofErr bookmarkStart bookmarkEnd noBreakHyphen softHyphen smartTag ins del hyperlink sdt "
    "sdtContent sdtPr fldSimple instrText br cr lastRenderedPageBreak delText".split()
)
"""Elements whose text goes on in that of their neighbours, in Office's and OpenDocument's files."""
_UNSHOWN = ("delText", "instrText")
"""What was struck out, and the codes of fields: a number is read with them and without."""
_DIGITS = re.compile(r"(?:[0-9]\W?){9}")


def _elements(data: bytes) -> Iterator[Text]:
    """The texts of an XML part, a line for each paragraph or cell, and its attributes."""
    table = _Cells()
    try:
        # expat bounds what entities become, and the process is bounded
        parts = ElementTree.iterparse(io.BytesIO(data), ("start", "end"))  # noqa: S314
        for event, element in parts:
            name = element.tag.rpartition("}")[2]
            if event == "start":
                table.begin(name)
                yield from (one for one in element.attrib.values() if _DIGITS.search(one))
                continue
            if name not in _JOINED:
                inner = [*_inner(element)]
                told = _whole("".join(text for _, text in inner))
                yield told
                yield from table.end(name, told)
                if any(part in _UNSHOWN for part, _ in inner):
                    yield "".join(text for part, text in inner if part not in _UNSHOWN)
            if name in ("br", "cr", "line-break", "tab"):
                element.tail = f" {element.tail or ''}"
    except ElementTree.ParseError as error:
        raise UnreadError("damaged") from error


class _Cells:
    """Puts together the rows of tables of a text from the texts of their cells."""

    def __init__(self) -> None:
        self.heads: tuple[str, ...] = ()
        self.row: list[str] = []
        self.cell: list[str] | None = None

    def begin(self, name: str) -> None:
        if name in ("tbl", "table"):
            self.heads = ()
        elif name in ("tr", "table-row"):
            self.row = []
        elif name in ("tc", "table-cell"):
            self.cell = []

    def end(self, name: str, told: str) -> Iterator[Row]:
        if self.cell is not None:
            self.cell.append(told)
        if name in ("tc", "table-cell") and self.cell is not None:
            self.row.append("".join(self.cell).strip())
            self.cell = None
        elif name in ("tr", "table-row") and self.row:
            self.heads = self.heads or tuple(self.row)
            yield Row(tuple(self.row), self.heads)


def _inner(element: Any) -> Iterator[tuple[str, str]]:
    """The text of an element and those in it, with the name of each; taken out, so that it is told
    once."""
    for child in element.iter():
        yield child.tag.rpartition("}")[2], child.text or ""
        child.text = None
        if child is not element:
            yield "", child.tail or ""
            child.tail = None


_FLOAT = re.compile(r"-?\d(?:\.\d+)?[eE]\+?\d{1,2}")


def _whole(text: str) -> str:
    """A number of a spreadsheet as it is shown, also where it is kept with an exponent."""
    if _FLOAT.fullmatch(text.strip()):
        return f"{float(text):.0f}"
    return text


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


# -- PDF ------------------------------------------------------------------------------------------


def _pdf(data: bytes, depth: int) -> Iterator[Text]:
    """The text layer, every string outside of it (properties, notes, forms), and what is attached.
    UnreadError when pages are pictures of text."""
    # 125 ms, in a process that opens one file.
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            yield from _strings(document)
            for name, file in document.attachments.items():
                yield name
                ending = f".{name.rpartition('.')[2].lower()}"
                with suppress(UnreadError):
                    yield from texts_of(file.get_file().read_bytes(), ending, depth + 1)
    except pikepdf.PasswordError as error:
        raise UnreadError("encrypted") from error
    except (pikepdf.PdfError, ValueError, RecursionError) as error:
        raise UnreadError("damaged") from error
    yield from _layer(data)


def _strings(document: Any) -> Iterator[Text]:
    # 125 ms, in a process that opens one file.
    import pikepdf

    for one in document.objects:
        if isinstance(one, pikepdf.Stream) and one.get("/Type") == "/Metadata":
            yield from page_texts(decoded(one.read_bytes()))
        yield from _inside(one)


def _inside(value: Any, depth: int = 0) -> Iterator[Text]:
    """Every string in an object of a PDF, and in those that lie directly in it."""
    # 125 ms, in a process that opens one file.
    import pikepdf

    if isinstance(value, pikepdf.String):
        yield str(value)
    elif depth < DEEPEST and isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
        for one in dict(value.items()).values():
            if not getattr(one, "is_indirect", False):
                yield from _inside(one, depth + 1)
    elif depth < DEEPEST and isinstance(value, pikepdf.Array):
        for one in value:
            if not getattr(one, "is_indirect", False):
                yield from _inside(one, depth + 1)


def _layer(data: bytes) -> Iterator[Text]:
    # 96 ms, in a process that opens one file.
    import pypdfium2

    pictures = 0
    try:
        document = pypdfium2.PdfDocument(data)
        for page in document:
            text = page.get_textpage().get_text_range()
            yield text
            if not _is_readable(text) or (len(text.strip()) < _FEW and _is_filled(page)):
                pictures += 1
        document.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadError("damaged") from error
    if pictures:
        raise UnreadError("scan")


def _is_readable(text: str) -> bool:
    """Are there letters in it, or only the numbers of a font's shapes?"""
    strange = sum(not (one.isprintable() or one.isspace()) for one in text)
    return strange * 4 <= len(text)


def _is_filled(page: Any) -> bool:
    """Does a picture take up half of a page?"""
    width, height = page.get_size()
    for one in page.get_objects():
        if one.type == _IMAGE:
            left, bottom, right, top = one.get_bounds()
            if (right - left) * (top - bottom) > width * height / 2:
                return True
    return False


_FEW, _IMAGE = 200, 3
"""Characters on a page that is told by its picture, and pdfium's number for a picture."""


def _picture(_: bytes, __: int) -> Iterator[Text]:
    """Goes out without anything but its pixels, which nobody can search."""
    return iter(())


_PICTURES = (".png", ".jpg", ".jpeg", ".gif")
_READERS: dict[str, Callable[[bytes, int], Iterator[Text]]] = {
    **dict.fromkeys((".txt", ".json", ".xml", ".css", ".js", ".yml", ".yaml"), _plain),
    **dict.fromkeys((".csv", ".tsv"), _separated),
    **dict.fromkeys((".html", ".htm", ".md", ".svg"), _page),
    **dict.fromkeys((".docx", ".pptx", ".odt", ".odp", ".zip"), _packed),
    **dict.fromkeys((".xlsx", ".xls", ".ods"), _sheets),
    **dict.fromkeys((".doc", ".ppt"), _old_document),
    ".rtf": _rich_text,
    ".pdf": _pdf,
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
