"""Sheets of paper: how large they are, and how small what is on them may get.

A sheet hangs at a distance, and a Han character has to be as high as a two-hundredth of it. That
is the least size of anything; running text is larger still.
"""

from __future__ import annotations

from math import ceil

from gongkai.model import Value
from gongkai.terms import Paper
from gongkai.text import width_of

POINT = 25.4 / 72
"""Millimetres of a point."""


class Sheet(Value, frozen=True):
    """A sheet: ``width``, ``height``, ``edge`` and ``margin`` in mm, type sizes in points.

    ``scale`` is how much larger than A4 everything on it is drawn. Nothing is printed within
    ``edge`` of its rim, because office printers cannot; text keeps off it by ``margin``. No text is
    smaller than ``least``, no running text than ``body``, and none larger than ``most``.
    """

    name: str
    width: int
    height: int
    scale: float
    least: int
    body: int
    most: int
    edge: float
    margin: float

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
    "A4": (210, 297, 1.0, 12, 16, 24),
    "A3": (297, 420, 1.41, 14, 20, 34),
    "A2": (420, 594, 2.0, 20, 28, 48),
    "A1": (594, 841, 2.83, 28, 36, 68),
}
"""Width and height, scale, least size of tables, of running text, and the largest: for reading at
0.8, 1, 1.5 and 2 m."""
_EDGE, _MARGIN = 7.5, 14.0


def sheet_of(paper: Paper, *, landscape: bool = False) -> Sheet:
    """The sheet of a paper; ``landscape`` turns one that is upright."""
    name, _, turned = paper.value.partition("-")
    width, height, scale, least, body, most = _SIZES[name]
    if turned or landscape:
        name, width, height = f"{name}-landscape", height, width
    return Sheet(name, width, height, scale, least, body, most, _EDGE * scale, _MARGIN * scale)


class Furniture(Value, frozen=True):
    """What stands around the text of every sheet, as texts whose length decides its height."""

    firm: str
    number: str
    sign: str
    small: str
    """The line at the bottom."""


LEAST_ROOM = 0.3
"""The part of a sheet that has to be left for the text."""


def room_left(sheet: Sheet, around: Furniture) -> tuple[float, float]:
    """The height that is left for text, about, and the least there has to be, both in mm."""
    em = sheet.em(sheet.least)
    line, k = 1.4 * em, sheet.scale
    bar = _lines((around.firm, around.number), (sheet.across - 78 * k) / em) * line
    stamp = _lines((around.sign,), 38 * k / em) * line
    foot = stamp + _lines((around.small,), (sheet.across - 38 * k) / em) * line
    used = max(bar, 16 * k) + max(foot, 27 * k) + 2 * sheet.edge + 30 * k
    return sheet.height - used, sheet.height * LEAST_ROOM


def _lines(texts: tuple[str, ...], ems: float) -> int:
    """How many lines some texts take, each beginning a new one."""
    return sum(ceil(width_of(text) / ems) for text in texts if text)
