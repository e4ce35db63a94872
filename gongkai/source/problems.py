"""What is wrong at one place of a file, before it is known whose file it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Problem(NamedTuple):
    """A rule that is broken at a line and column (from 1), and the values of its sentence."""

    rule: str
    line: int
    column: int
    case: str = ""
    values: Mapping[str, object] = {}


class Mistake(Exception):
    """Raised by a reader of one scalar: which rule its text breaks, and how."""

    def __init__(self, rule: str, case: str, /, **values: object) -> None:
        super().__init__(rule, case, values)
        self.rule = rule
        self.case = case
        self.values = values
