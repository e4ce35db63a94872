"""A written document as its reader sees it, whatever program wrote it.

A reader for each kind of file makes these values; what they mean is worked out once, in
``understood``.
"""

from __future__ import annotations

from gongkai.domain.model import Value
from gongkai.source.workbook.cells import MergedCells


class Paragraph(Value, frozen=True, tag=True):
    """A paragraph. ``label`` is the number that the program counts, as it shows it, and ``depth``
    how far in its list stands; ``heading`` is 1 for the uppermost, 0 for none; ``size`` is in
    points, 0 where the file does not say. ``number`` counts the filled paragraphs of the file."""

    text: str
    number: int = 0
    label: str = ""
    depth: int = 0
    heading: int = 0
    is_title: bool = False
    align: str = ""
    size: float = 0.0
    is_red: bool = False
    is_boxed: bool = False

    @property
    def whole(self) -> str:
        """The text behind its label."""
        return joined(self.label, self.text)


class WordTable(Value, frozen=True, tag=True):
    """A table. ``spans`` are merged cells, of which the first has the text; ``number`` is that of
    its first paragraph."""

    rows: tuple[tuple[str, ...], ...]
    spans: tuple[MergedCells, ...] = ()
    number: int = 0


class WordPicture(Value, frozen=True, tag=True):
    """A picture as it lies in the file. ``number`` is that of the paragraph it stands with;
    ``is_floating`` says that it lies over or beside the text."""

    data: bytes
    ending: str
    title: str = ""
    number: int = 0
    is_floating: bool = False
    crop: tuple[float, ...] = ()
    """Shares of its sides that are cut off: left, top, right, bottom; nothing for none."""


Block = Paragraph | WordTable | WordPicture


class Objection(Value, frozen=True):
    """Why a document is not taken over: the end of a sentence's key, the number of the paragraph,
    and some words of it."""

    key: str
    number: int
    quote: str = ""


class Remark(Value, frozen=True):
    """How a document was read: the end of a sentence's key, and what it is about."""

    key: str
    texts: tuple[str, ...] = ()


class Document(Value, frozen=True):
    """A whole document. ``notes`` are foot- and endnotes by their marks; ``margins`` are the texts
    of headers and footers."""

    blocks: tuple[Block, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    margins: tuple[str, ...] = ()
    objections: tuple[Objection, ...] = ()
    remarks: tuple[Remark, ...] = ()


_CLOSED = "、。，）)】》．"
"""Behind these a label needs no blank."""


def joined(label: str, text: str) -> str:
    """A text behind its label."""
    if not label or not text:
        return label or text
    return f"{label}{text}" if label[-1] in _CLOSED else f"{label} {text}"


QUOTED = 12
"""Characters of a paragraph by which it is found again."""


def quote(text: str) -> str:
    """The first words of a paragraph."""
    plain = " ".join(text.split())
    return plain if len(plain) <= QUOTED else f"{plain[:QUOTED]}…"
