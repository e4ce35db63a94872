"""A sheet as its file has it, whatever the format."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

Place = tuple[int, int]
"""Row and column, counted from 0."""


class CellKind(Enum):
    """What a cell holds."""

    TEXT = "text"
    """Words, or figures kept as words."""
    NUMBER = "number"
    """Something that can be added up."""
    DAY = "day"
    """A day, a time, or a length of time."""


class CellFlaw(Enum):
    """Why a cell cannot be taken over: the end of a sentence's key."""

    NO_VALUE = "no-value"
    """A formula that nobody has worked out."""
    ERROR = "formula-error"
    """``#DIV/0!`` and the like."""
    ROUNDED = "rounded"
    """A number of more digits than a spreadsheet keeps."""
    UNSHOWN = "unshown"
    """A number format whose result cannot be told."""
    STRUCK = "struck"
    """A text that is struck out."""
    CONTROL = "control"
    """A character that no page can hold."""
    MERGED = "merged-number"
    """A number in cells merged over several rows or columns."""
    PICTURE = "picture"
    """A picture that the program shows in place of a formula."""
    LONG = "long"
    """More text than a cell may have."""


class RawCell(NamedTuple):
    """A cell as its file has it. ``flaw`` says that it has no value to show."""

    value: float | str | bool | None = None
    format: str = "General"
    flaw: CellFlaw | None = None
    shown: str | None = None
    """What is shown, where the file says it."""
    is_day: bool = False

    @property
    def number(self) -> float | None:
        """Its value, if that is a number."""
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)):
            return None
        return float(self.value)


_FIGURE = re.compile(
    r"[(（]?[-+]?[¥￥$]?\s?[-+]?[\d,]*\d(?:\.\d+)?\s?(?:[%％]|[十百千万亿]*元整?|元)?[)）]?"
    r"|(?:人民币)?[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+[元圆].{0,6}"
)


def is_figure(text: str) -> bool:
    """Does a text look like an amount or a count?"""
    return _FIGURE.fullmatch(text) is not None


class MergedCells(NamedTuple):
    """Merged cells: first and last row and column, all of them within."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, place: Place) -> bool:
        """Does a cell lie within?"""
        return self.top <= place[0] <= self.bottom and self.left <= place[1] <= self.right


@dataclass
class RawSheet:
    """A sheet as its file has it, while it is being read."""

    cells: dict[Place, RawCell] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """First and last column, both within."""
    merged: list[MergedCells] = field(default_factory=list)
    hides_zeros: bool = False
    since_1904: bool = False
    drawn: list[str] = field(default_factory=list)
    """Texts of boxes that lie over the cells."""

    def is_hidden_column(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self.hidden_columns)


class Cell(NamedTuple):
    """A cell as a reader sees it. ``is_shortened`` says that the file knows more decimals."""

    text: str
    kind: CellKind
    is_shortened: bool = False

    @property
    def is_number(self) -> bool:
        """Can it be added up, or does it look as if it could?"""
        return self.kind is CellKind.NUMBER or (self.kind is CellKind.TEXT and is_figure(self.text))
