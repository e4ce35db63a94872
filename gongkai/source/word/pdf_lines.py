"""Characters on a page put together into lines, and lines into paragraphs, by their places.

Places count in points from the lower left corner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_SAME, _GAP, _WIDE_GAP, _COLUMN = 0.5, 0.2, 0.5, 1.2
"""Shares of the height of a character: within which two are on one line; from which on a blank
stands between two letters, or between any; from which on another column begins."""
_SHORT, _INDENT = 1.6, 1.2
"""Characters by which a line that ends a paragraph is shorter, and by which one is indented that
begins another."""
_APART = 1.6
"""How many times as far as usual lines are apart that do not belong together."""
_RIGHT, _CENTRE = 0.4, 2.0


class Glyph(NamedTuple):
    """A character and its place."""

    sign: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    is_red: bool = False


class PdfLine(NamedTuple):
    """A line of text; columns in it are parted by tabs."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    is_red: bool = False
    align: str = ""


def lines_of(glyphs: Sequence[Glyph]) -> list[PdfLine]:
    """The lines of a page from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (-round(one.bottom, 1), one.left)):
        height = max(glyph.top - glyph.bottom, 1.0)
        if rows and abs(_middle(rows[-1][0]) - _middle(glyph)) < height * _SAME:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    lines = [_line(sorted(row, key=lambda one: one.left)) for row in rows]
    return [line for line in lines if line.text.strip()]


def _middle(glyph: Glyph) -> float:
    return (glyph.top + glyph.bottom) / 2


def _line(row: Sequence[Glyph]) -> PdfLine:
    pieces: list[str] = []
    last: Glyph | None = None
    for glyph in row:
        if last is not None and not glyph.sign.isspace():
            height = max(glyph.top - glyph.bottom, 1.0)
            gap = glyph.left - last.right
            if gap > height * _COLUMN:
                pieces.append("\t")
            elif gap > height * _WIDE_GAP or (
                gap > height * _GAP and glyph.sign.isascii() and last.sign.isascii()
            ):
                pieces.append(" ")
        pieces.append(glyph.sign)
        last = glyph if not glyph.sign.isspace() else last
    filled = [glyph for glyph in row if not glyph.sign.isspace()] or list(row)
    return PdfLine(
        text="".join(pieces).strip(),
        left=min(glyph.left for glyph in filled),
        right=max(glyph.right for glyph in filled),
        bottom=min(glyph.bottom for glyph in filled),
        top=max(glyph.top for glyph in filled),
        size=max(glyph.size for glyph in filled),
        is_red=all(glyph.is_red for glyph in filled),
    )


def paragraphs_of(lines: Sequence[PdfLine]) -> Iterator[PdfLine]:
    """Lines that belong together as one."""
    if not lines:
        return
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    gaps = [above.bottom - below.bottom for above, below in pairwise(lines)]
    usual = median(gaps) if gaps else 0.0
    whole: PdfLine | None = None
    for at, line in enumerate(lines):
        one = line._replace(align=_align(line, left, right))
        above = lines[at - 1] if at else None
        is_far = above is not None and above.bottom - line.bottom > usual * _APART
        if whole and above and not is_far and _goes_on(above, whole, one, left, right):
            whole = whole._replace(text=_joined(whole.text, one.text), bottom=one.bottom)
            continue
        if whole:
            yield whole
        whole = one
    if whole:
        yield whole


def _goes_on(above: PdfLine, whole: PdfLine, line: PdfLine, left: float, right: float) -> bool:
    """Does a paragraph go on in a line?"""
    em = max(line.size, 1.0)
    is_full = right - above.right < em * _SHORT
    is_indented = line.left - left > em * _INDENT
    is_alike = abs(above.size - line.size) < 1 and not (whole.align or line.align)
    return is_full and not is_indented and is_alike and "\t" not in above.text + line.text


def _align(line: PdfLine, left: float, right: float) -> str:
    em = max(line.size, 1.0)
    before, after = line.left - left, right - line.right
    if "\t" in line.text:
        return ""
    if before > em * _CENTRE and abs(before - after) < em * _CENTRE:
        return "center"
    return "right" if before > (right - left) * _RIGHT else ""


def _joined(text: str, more: str) -> str:
    is_word = text[-1:].isascii() and more[:1].isascii() and not text.endswith("-")
    return f"{text} {more}" if is_word else text + more
