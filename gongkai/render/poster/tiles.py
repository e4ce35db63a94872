"""A sheet on the paper that the printer at hand has: cut into sheets of A4 that are glued together.

An A3 is cut across its middle and printed on two A4 on their side, at 97 %. The lower one has a
strip to glue, which goes below the upper. Larger sheets are cut both ways, the A2 into four, the A1
into eight, and are printed a little smaller, so that nothing of them lies where a printer cannot
print.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

import pypdfium2

from gongkai.domain.model import Site
from gongkai.domain.sheets import POINT
from gongkai.render.poster.typesetter import typeset_around
from gongkai.render.templates import TILES
from gongkai.render.words import Words

_SCALE, _SCALE_OF_MANY = 0.97, 0.94
"""How large it is printed: as large as leaves room for what a printer cannot print on."""
FIRST, GLUE = 5.0, 8.0
"""Where the first part begins, and the strip of the others that goes below the part above or to the
left, in mm."""
_CLEAR, _AT_LEAST = (3.2, 1.2), (1.2, 1.2)
"""How far above and below a cut no line lies, in mm of the sheet, since printers leave out what is
near the rim; and how far if that cannot be had."""
_NEARLY = 0.02
_UP = 3
"""How far up a text may be moved, in mm: so much of the white above it."""
_PARTS = (1.0, 0.96, 0.92, 0.88, 0.84)
"""How much smaller a text is made at the most to keep lines off a cut."""


class TextPlacement(NamedTuple):
    """Where the text of a sheet is set: how far down it is moved, in mm, and by how much it is made
    smaller than what would fit."""

    nudge: float = 0.0
    part: float = 1.0


def moved_off_the_cut(set_at: Callable[[TextPlacement], bytes], play: float) -> bytes:
    """A sheet set so that no line of it lies where it is cut: its text is moved, down ``play`` mm
    at the most, and where that does not help is made a little smaller, which moves it up. A sheet
    that goes on over another stays as it is."""
    first = set_at(TextPlacement())
    if play == 0:
        return first
    for part in _PARTS:
        pdf = first if part == 1 else set_at(TextPlacement(part=part))
        nudge = _needed(pdf, play)
        if nudge is not None:
            return set_at(TextPlacement(nudge, part)) if nudge else pdf
    return first


def _needed(pdf: bytes, play: float) -> float | None:
    """How far down the text has to be moved, in mm; None if there is no place for it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        if len(document) != 1:
            return 0.0
        page = document[0]
        width, height = (side * POINT for side in page.get_size())
        cuts = [*_cuts(width, height)]
        lines = sorted(_lines(page, height))
    finally:
        document.close()
    steps = sorted((step / 2 for step in range(-2 * _UP, int(play * 2) + 1)), key=abs)
    wanted = ((step, clear) for clear in (_CLEAR, _AT_LEAST) for step in steps)
    return next((step for step, clear in wanted if _is_clear(lines, cuts, step, clear)), None)


def _is_clear(
    lines: list[tuple[float, float]], cuts: list[float], nudge: float, clear: tuple[float, float]
) -> bool:
    above, below = clear
    return not any(
        upper + nudge < cut + below and lower + nudge > cut - above
        for upper, lower in lines
        for cut in cuts
    )


def _lines(page: Any, height: float) -> Iterator[tuple[float, float]]:
    """Where there is text: from the top, in mm."""
    text = page.get_textpage()
    for number in range(text.count_rects()):
        _, bottom, _, top = text.get_rect(number)
        yield height - top * POINT, height - bottom * POINT


def _grid(width: float, height: float) -> tuple[int, int]:
    """How many columns and rows of A4 a sheet is cut into: upright, or else on their side."""
    columns, rows = width / 210, height / 297
    if abs(columns - round(columns)) + abs(rows - round(rows)) < _NEARLY:
        return round(columns), round(rows)
    return round(width / 297), round(height / 210)


def _cuts(width: float, height: float) -> Iterator[float]:
    """Where a sheet is cut across, from its top, in mm."""
    _, rows = _grid(width, height)
    yield from (row * height / rows for row in range(1, rows))


def parts_of(width: float, height: float, number: int, words: Words) -> Iterator[dict[str, Any]]:
    """The parts of the sheet of a ``number`` (from 1), as data; lengths are in mm.

    ``window`` is where on its page a part is seen, ``from`` where in the sheet it begins, ``whole``
    how large the whole sheet is, ``glue`` the strips at the left and above.
    """
    columns, rows = _grid(width, height)
    scale = _SCALE if columns * rows == 2 else _SCALE_OF_MANY
    across, down = width / columns, height / rows
    for row in range(rows):
        for column in range(columns):
            x, glue_left = _begins(column, columns, across, scale)
            y, glue_above = _begins(row, rows, down, scale)
            place = row * columns + column + 1
            yield {
                "number": number,
                "page": (round(across, 2), round(down, 2)),
                "window": (x, y, across * scale, down * scale),
                "from": (column * across * scale, row * down * scale),
                "whole": (width * scale, height * scale),
                "glue": (glue_left, glue_above),
                "says": words.t(
                    "tile", place=place, total=columns * rows, percent=round(100 * scale)
                ),
            }


def _begins(place: int, places: int, length: float, scale: float) -> tuple[float, float]:
    """Where a part begins on its page, and how wide the strip before it is that is glued."""
    if places == 1:
        return length * (1 - scale) / 2, 0.0
    return (GLUE, GLUE) if place else (FIRST, 0.0)


def tiled(pdf: bytes, site: Site, title: str, words: Words, stamp: datetime) -> bytes:
    """All sheets of a PDF, each on sheets of A4. Equal input gives equal bytes."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        sizes = [tuple(side * POINT for side in page.get_size()) for page in document]
    finally:
        document.close()
    parts = [
        part
        for number, (width, height) in enumerate(sizes, 1)
        for part in parts_of(width, height, number, words)
    ]
    data = {"title": title, "lang": words.lang, "tiles": parts, "glue": words.t("tile-glue")}
    return typeset_around(site, TILES, data, {"sheet.pdf": pdf}, stamp)
