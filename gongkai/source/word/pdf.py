"""A .pdf file: its text in lines and paragraphs as far as their places on the page tell, and pages
that are only a picture as such."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.source.word.gathered import Gathered
from gongkai.source.word.model import Block, Document, Paragraph, WordPicture
from gongkai.source.word.pdf_lines import Glyph, PdfLine, lines_of, paragraphs_of
from gongkai.source.word.runs import is_red
from gongkai.source.word.story import is_page_number
from gongkai.source.workbook.errors import Unreadable

MOST_PAGES, MOST_SCANS = 200, 40
_FEW = 12
"""Characters on a page that is told by its picture."""
_TALLEST = 2_300
"""Pixels of a page as a picture."""
_SMALLEST, _FILLS = 0.01, 0.6
"""Shares of a page: of a picture that is worth showing, and of one that is the page."""
_MARGIN = 0.07
"""The share of a page's height that is margin."""
_MANY_LINES = 8
"""Lines drawn on a page that has a table."""
_REMARKS = (
    pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STRIKEOUT,
    pdfium.FPDF_ANNOT_INK, pdfium.FPDF_ANNOT_CARET, pdfium.FPDF_ANNOT_HIGHLIGHT,
)  # fmt: skip


def read_pdf(data: bytes, gathered: Gathered) -> Document:
    """The document in the bytes of a file. Unreadable when it is none."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            if len(document) > MOST_PAGES:
                raise Unreadable("too-large", most=MOST_PAGES)
            return _Pdf(gathered).document(document)
    except pypdfium2.PdfiumError as bad:
        is_locked = "password" in str(bad).lower()
        raise Unreadable("encrypted" if is_locked else "content") from bad


class _Pdf:
    """A file that is being read."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._scans = 0

    def document(self, document: Any) -> Document:
        pages = list(document)
        told = [self._read(page) for page in pages]
        margins = self._taken_out(pages, told)
        blocks = tuple(
            block
            for page, row in zip(pages, told, strict=True)
            for block in self._blocks_of(page, row)
        )
        if self._scans:
            self._gathered.remark("pages", str(self._scans))
        gathered = self._gathered
        return Document(blocks, (), margins, gathered.objections, gathered.remarks)

    def _read(self, page: Any) -> list[PdfLine] | None:
        """The lines of a page from top to bottom; None when it is only a picture."""
        self._annotated(page)
        glyphs = list(_glyphs(page))
        shares = [_share(image, page) for image in _images(page)]
        if any(share > _FILLS for share in shares) or (
            len(glyphs) < _FEW and sum(shares) > _FILLS / 2
        ):
            return None
        if not glyphs and any(True for _ in page.get_objects()):
            return None
        paths = sum(one.type == pdfium.FPDF_PAGEOBJ_PATH for one in page.get_objects())
        lines = lines_of(glyphs)
        if paths > _MANY_LINES or any("\t" in line.text for line in lines):
            self._gathered.remark("no-tables")
        return lines

    def _annotated(self, page: Any) -> None:
        for at in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
            annotation = pdfium.FPDFPage_GetAnnot(page.raw, at)
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            pdfium.FPDFPage_CloseAnnot(annotation)
            if kind in _REMARKS:
                self._gathered.change("remark", self._gathered.number + 1, "PDF")
            elif kind == pdfium.FPDF_ANNOT_WIDGET:
                self._gathered.object("form", self._gathered.number + 1)

    def _taken_out(
        self, pages: Sequence[Any], told: Sequence[list[PdfLine] | None]
    ) -> tuple[str, ...]:
        """Take numbers of pages out of them, and what stands in the margins or above or below on
        each; the texts of the latter."""
        ends = [lines[at].text for lines in told if lines for at in {0, len(lines) - 1}]
        often = {text for text, count in Counter(ends).items() if count > 1}
        margins: dict[str, None] = {}
        for page, lines in zip(pages, told, strict=True):
            for at in (0, -1):
                if lines and is_page_number(lines[at].text):
                    self._gathered.remark("page-number")
                    del lines[at]
                if lines and (lines[at].text in often or _is_margin(lines, at, page)):
                    margins[lines[at].text] = None
                    del lines[at]
        return tuple(margins)

    def _blocks_of(self, page: Any, lines: list[PdfLine] | None) -> Iterator[Block]:
        if lines is None:
            yield self._scan(page)
            return
        placed: list[tuple[PdfLine, Paragraph]] = []
        for line in paragraphs_of(lines):
            number = self._gathered.next()
            placed.append((line, Paragraph(line.text, number, align=line.align, size=line.size,
                                           is_red=line.is_red)))  # fmt: skip
        told: list[tuple[float, Block]] = [(line.top, block) for line, block in placed]
        for image in _images(page):
            if _share(image, page) > _SMALLEST:
                under = [block for line, block in placed if _is_over(image.get_bounds(), line)]
                told.append((image.get_bounds()[3], self._image(image, under)))
        yield from (block for _, block in sorted(told, key=lambda one: -one[0]))

    def _scan(self, page: Any) -> WordPicture:
        self._scans += 1
        if self._scans > MOST_SCANS:
            raise Unreadable("too-large", most=MOST_SCANS)
        scale = _TALLEST / max(page.get_size())
        return WordPicture(_jpeg(page.render(scale=min(scale, 6)).to_pil()), ".jpg", "", 0)

    def _image(self, image: Any, under: Sequence[Paragraph]) -> WordPicture:
        """A picture with the paragraphs that it lies over."""
        made = image.get_bitmap(render=True).to_pil()
        out = io.BytesIO()
        made.convert("RGBA").save(out, "PNG")
        number = under[-1].number if under else self._gathered.number
        return WordPicture(out.getvalue(), ".png", "", number, bool(under))


def _is_over(bounds: Sequence[float], line: PdfLine) -> bool:
    left, bottom, right, top = bounds
    return left < line.right and line.left < right and bottom < line.top and line.bottom < top


def _is_margin(lines: Sequence[PdfLine], at: int, page: Any) -> bool:
    """Does a line stand in the margin, no larger than the text?"""
    height, line = page.get_height(), lines[at]
    is_out = line.bottom > height * (1 - _MARGIN) or line.top < height * _MARGIN
    return is_out and len(lines) > 1 and line.size <= median(line.size for line in lines)


def _images(page: Any) -> Iterator[Any]:
    return (one for one in page.get_objects() if one.type == pdfium.FPDF_PAGEOBJ_IMAGE)


def _share(image: Any, page: Any) -> float:
    """The share of a page that a picture takes up."""
    width, height = page.get_size()
    left, bottom, right, top = image.get_bounds()
    return float((right - left) * (top - bottom) / (width * height or 1))


def _jpeg(image: Any) -> bytes:
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=88)
    return out.getvalue()


def _glyphs(page: Any) -> Iterator[Glyph]:
    """The characters of a page that are seen, with their places."""
    textpage = page.get_textpage()
    for at in range(textpage.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(textpage.raw, at))
        if sign in "\r\n\0\ufffe" or pdfium.FPDFText_IsGenerated(textpage.raw, at) == 1:
            continue
        if _is_unseen(textpage, at):
            continue
        left, bottom, right, top = textpage.get_charbox(at, loose=True)
        size = pdfium.FPDFText_GetFontSize(textpage.raw, at)
        yield Glyph(sign, left, bottom, right, top, size, is_red(_colour(textpage, at)))


def _is_unseen(textpage: Any, at: int) -> bool:
    """Is a character one that is only there to be searched for?"""
    drawn = pdfium.FPDFText_GetTextObject(textpage.raw, at)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn)
    return bool(mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)


def _colour(textpage: Any, at: int) -> str:
    red, green, blue, alpha = (pdfium.c_uint() for _ in range(4))
    done = pdfium.FPDFText_GetFillColor(textpage.raw, at, red, green, blue, alpha)
    return f"{red.value:02X}{green.value:02X}{blue.value:02X}" if done else ""
