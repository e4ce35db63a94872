"""What may be wrong with a spreadsheet or with a cell of it."""

from __future__ import annotations


class Unshown(Exception):
    """It cannot be told how the program shows this value."""


class Unreadable(Exception):
    """Not a spreadsheet, damaged, or too large; ``case`` is a sentence under ``ref/attachment``."""

    def __init__(self, case: str, **values: object) -> None:
        super().__init__(case)
        self.case, self.values = case, values
