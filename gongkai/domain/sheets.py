"""Sheets of paper: how large they are, and how small what is on them may get.

A sheet hangs at a distance, and a Han character of its text and tables has to be as high as a
two-hundredth of it. Labels, and how it came about, may be smaller.
"""

from __future__ import annotations

from math import ceil

from gongkai.domain.model import Value
from gongkai.domain.terms import Paper
from gongkai.domain.text import width_of

POINT = 25.4 / 72
"""Millimetres of a point."""


class Sheet(Value, frozen=True):
    """A sheet: ``width``, ``height``, ``edge``, ``margin``, ``play`` in mm, type sizes in points.

    ``scale`` is how much larger than A4 everything on it is drawn. Nothing is printed within
    ``edge`` of its rim, because office printers cannot; text keeps off it by ``margin``. No text is
    smaller than ``least``, no running text and no table than ``body``, and no text larger than
    ``most``. ``play`` is how far the text may be moved so that no line lies on a cut.
    """

    name: str
    width: int
    height: int
    scale: float
    least: int
    body: int
    most: int
    margin: float
    play: float
    edge: float = 6.0

    @property
    def across(self) -> float:
        """The width of the text, in mm."""
        return self.width - 2 * self.margin

    @property
    def is_landscape(self) -> bool:
        """Is it wider than high?"""
        return self.width > self.height

    def em(self, size: float) -> float:
        """A size of type (points) in mm."""
        return size * POINT


_SIZES = {
    "A4": (210, 297, 1.0, 9, 14, 24, 15.0, 0.0),
    "A3": (297, 420, 1.41, 11, 20, 34, 18.0, 16.0),
    "A2": (420, 594, 2.0, 16, 28, 48, 26.0, 22.0),
    "A1": (594, 841, 2.83, 22, 40, 68, 36.0, 30.0),
}
"""Width and height, scale, least size of labels, of text and tables, the largest of text, margin
and play: for reading at 1, 1.5, 2.1 and 3 m."""
_BY_SIZE = tuple(_SIZES)


def sheet_of(paper: Paper, *, landscape: bool = False) -> Sheet:
    """The sheet of a paper; ``landscape`` turns one that is upright."""
    name, _, turned = paper.value.partition("-")
    width, height, scale, least, body, most, margin, play = _SIZES[name]
    if turned or landscape:
        name, width, height = f"{name}-landscape", height, width
    return Sheet(name, width, height, scale, least, body, most, margin, play)


def size_of(paper: Paper) -> str:
    """The size of a paper, whichever way it is turned: ``A3``."""
    return paper.value.partition("-")[0]


def fitting(paper: Paper, largest: Paper | None) -> Paper:
    """A paper, or where the printer has none so large, the ``largest`` turned the same way."""
    size, _, turned = paper.value.partition("-")
    if largest is None or _BY_SIZE.index(size) <= _BY_SIZE.index(size_of(largest)):
        return paper
    return Paper(f"{size_of(largest)}-{turned}" if turned else size_of(largest))


class Furniture(Value, frozen=True):
    """What stands around the text of every sheet, as texts whose length decides its height."""

    firm: str
    number: str
    sign: str
    small: str
    """The line at the bottom."""


LEAST_ROOM = 0.25
"""The part of a sheet that has to be left for the text."""
_SEAL = 42.0
"""The width of a company's seal, in mm, on any paper."""


def room_left(sheet: Sheet, around: Furniture) -> tuple[float, float]:
    """The height that is left for text, about, and the least there has to be, both in mm."""
    em = sheet.em(sheet.least)
    line, k = 1.4 * em, sheet.scale
    bar = _lines((around.firm, around.number), (sheet.across - 78 * k) / em) * line
    sign = _lines((around.sign,), _SEAL / sheet.em(13 * k)) * 1.6 * sheet.em(13 * k)
    foot = _lines((around.small,), (sheet.across - 38 * k) / em) * line
    used = max(bar, 13 * k) + max(sign, _SEAL) + foot + 2 * sheet.edge + sheet.play + 45 * k
    return sheet.height - used, sheet.height * LEAST_ROOM


def _lines(texts: tuple[str, ...], ems: float) -> int:
    """How many lines some texts take, each beginning a new one."""
    return sum(ceil(width_of(text) / ems) for text in texts if text)
