"""What in an office's sheet cannot be trusted."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.domain.model import Value
from gongkai.source.beside import MOST_ROWS
from gongkai.source.privacy.numbers import personal_numbers
from gongkai.source.workbook.delimited import read_delimited
from gongkai.source.workbook.reading import Worksheet, cell_name, read_sheet

_TEXTS = (".csv", ".tsv", ".txt")


class Trouble(Value, frozen=True):
    """Why a file is not taken over: the key of a sentence under ``import``, the cell or the number
    of the paragraph, and some words of that."""

    key: str
    cell: str
    quote: str = ""


def sheet_of(data: bytes, name: str, sheet: str | None, *, takes_hidden: bool = False) -> Worksheet:
    """A table of text, or one sheet of a workbook. Unreadable when it is neither."""
    if name.lower().endswith(_TEXTS):
        return read_delimited(data, name, MOST_ROWS)
    return read_sheet(data, sheet, MOST_ROWS, takes_hidden=takes_hidden)


def troubles(sheet: Worksheet) -> Iterator[Trouble]:
    """What keeps a sheet from being taken over, cell by cell."""
    found = {place: f"import.{flaw.value}" for place, flaw in sheet.flaws.items()}
    for place, cell in sheet.placed():
        digits = cell.text.replace(",", "").partition(".")[0] if cell.is_number else ""
        if next(personal_numbers(cell.text), None) or next(personal_numbers(digits), None):
            found[place] = "import.personal"
    for place, key in sorted(found.items()):
        yield Trouble(key, cell_name(*place))
