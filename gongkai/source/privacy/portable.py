"""Everything a person can read in a PDF: its text layer, its strings, and what is attached."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gongkai.source.privacy.texts import Text, UnreadError, decoded
from gongkai.source.privacy.webpages import page_texts

DEEPEST = 4
"""Objects within objects that are read."""


def strings_of(data: bytes) -> Iterator[Text]:
    """Every string outside of the text layer: properties, notes, forms, what is run. UnreadError
    for a file with a password or a damaged one."""
    with _opened(data) as document:
        yield from _strings(document)


def attached_to(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The names and bytes of files that are attached."""
    with _opened(data) as document:
        for name, file in document.attachments.items():
            yield name, file.get_file().read_bytes()


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    # 125 ms, in a process that opens one file.
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            yield document
    except pikepdf.PasswordError as error:
        raise UnreadError("encrypted") from error
    except (pikepdf.PdfError, ValueError, RecursionError) as error:
        raise UnreadError("damaged") from error


def _strings(document: Any) -> Iterator[Text]:
    # 125 ms, in a process that opens one file.
    import pikepdf

    for one in document.objects:
        if isinstance(one, pikepdf.Stream) and one.get("/Type") == "/Metadata":
            yield from page_texts(decoded(one.read_bytes()))
        yield from _inside(one)


_TEXTS = ("/JS", "/XFA")
"""Keys under which a text may lie in streams: what is run, and forms."""


def _inside(value: Any, depth: int = 0) -> Iterator[Text]:
    """Every string in an object of a PDF, and in those that lie directly in it."""
    # 125 ms, in a process that opens one file.
    import pikepdf

    if isinstance(value, pikepdf.String):
        yield str(value)
    elif depth < DEEPEST and isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
        for key, each in dict(value.items()).items():
            for part in [*each] if isinstance(each, pikepdf.Array) else [each]:
                if key in _TEXTS and isinstance(part, pikepdf.Stream):
                    yield from page_texts(decoded(part.read_bytes()))
            if not getattr(each, "is_indirect", False):
                yield from _inside(each, depth + 1)
    elif depth < DEEPEST and isinstance(value, pikepdf.Array):
        for one in value:
            if not getattr(one, "is_indirect", False):
                yield from _inside(one, depth + 1)


def layer_of(data: bytes) -> Iterator[Text]:
    """The text of every page. UnreadError when pages are pictures of text."""
    # 96 ms, in a process that opens one file.
    import pypdfium2

    pictures = 0
    try:
        document = pypdfium2.PdfDocument(data)
        for number, page in enumerate(document):
            text = page.get_textpage().get_text_range()
            yield text
            if not _is_readable(text) or (len(text.strip()) < _FEW and _is_filled(page)):
                pictures += 1
            yield from _over(document, number, page)
        document.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadError("damaged") from error
    if pictures:
        raise UnreadError("scan")


def _over(document: Any, number: int, page: Any) -> Iterator[Text]:
    """The text of a page with that of its notes and forms, as it is seen."""
    # 96 ms, in a process that opens one file.
    from pypdfium2 import raw

    if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
        yield document[number].get_textpage().get_text_range()


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
