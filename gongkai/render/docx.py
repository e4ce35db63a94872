"""A document for word processors (.docx) of headings, paragraphs and tables, to go on writing from.

Equal contents make equal bytes. The parts are those of ISO/IEC 29500-1 that every word processor
asks for.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = f"""{_XML}<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>
</Types>"""


def _relations(kind: str, target: str) -> str:
    """One relation of a part to another."""
    one = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{one}</Relationships>'


_LOOKS = (("Title", 44, True, "center"), ("Heading1", 32, True, "left"), ("Small", 20, False, ""))
"""Styles: their names, sizes in half points, whether they are bold, where they stand."""
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" '
    'w:bottom="1984" w:left="1587" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
)
"""A4 with the margins of GB/T 9704-2012."""
_WIDTH = 8844
"""Of the text on A4, in twentieths of a point: 156 mm (GB/T 9704-2012)."""


def document(title: str, blocks: Iterable[str]) -> bytes:
    """A document of blocks that the functions below make."""
    body = "".join((paragraph(title, "Title"), *blocks, _PAGE))
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _relations("styles", "styles.xml"),
        "word/document.xml": f'{_XML}<w:document xmlns:w="{_W}"><w:body>{body}</w:body>'
        "</w:document>",
        "word/styles.xml": _styles(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(zipfile.ZipInfo(name, _LONG_AGO), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def paragraph(text: str, style: str = "", *, is_bold: bool = False) -> str:
    """A paragraph, in a style of ours or in the ordinary one."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    bold = "<w:rPr><w:b/></w:rPr>" if is_bold else ""
    return f'<w:p>{look}<w:r>{bold}<w:t xml:space="preserve">{_safe(text)}</w:t></w:r></w:p>'


def heading(text: str) -> str:
    """A heading, which the word processor lists in its outline."""
    return paragraph(text, "Heading1")


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """A table with lines around its cells; its first row is repeated on every page."""
    widths = _widths(rows)
    lines = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
    inner = "".join(_rows(rows, widths))
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{inner}</w:tbl><w:p/>"


def _rows(rows: Sequence[tuple[str, ...]], widths: Sequence[int]) -> Iterator[str]:
    for number, row in enumerate(rows):
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{paragraph(cell, 'Small', is_bold=not number)}</w:tc>"
            for cell, width in zip(row, widths, strict=True)
        )
        head = "" if number else "<w:tblHeader/>"
        yield f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>"


def _widths(rows: Sequence[tuple[str, ...]]) -> list[int]:
    """Widths of the columns by their longest cells, none less than a fraction of the whole."""
    longest = [min(30, max(4, *map(len, column))) for column in zip(*rows, strict=True)]
    return [_WIDTH * number // sum(longest) for number in longest]


def _styles() -> str:
    fonts = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋"/>'
    space = '<w:spacing w:line="560" w:lineRule="exact"/>'
    usual = f'<w:rPrDefault><w:rPr>{fonts}<w:sz w:val="28"/></w:rPr></w:rPrDefault>'
    made = [f"<w:docDefaults>{usual}</w:docDefaults>"]
    made.append(
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f"<w:pPr>{space}</w:pPr></w:style>"
    )
    for name, size, is_bold, place in _LOOKS:
        level = '<w:outlineLvl w:val="0"/>' if name == "Heading1" else ""
        above, below = (size * 4, size * 2) if is_bold else (40, 40)
        around = f'<w:spacing w:before="{above}" w:after="{below}"/>'
        where = f'<w:jc w:val="{place}"/>' if place else ""
        bold = "<w:b/>" if is_bold else ""
        called = {"Heading1": "heading 1"}.get(name, name)
        made.append(
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{called}"/>'
            f'<w:pPr>{around}{where}{level}</w:pPr><w:rPr>{bold}<w:sz w:val="{size}"/></w:rPr>'
            "</w:style>"
        )
    return f'{_XML}<w:styles xmlns:w="{_W}">{"".join(made)}</w:styles>'


def _safe(text: str) -> str:
    """A text without what XML cannot hold."""
    return escape("".join(one for one in text if one >= " " or one in "\t"))
