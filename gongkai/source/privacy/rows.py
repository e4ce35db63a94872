"""Numbers that go over neighbouring cells of a table."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, zip_longest

from gongkai.source.privacy.digits import BETWEEN, DIGIT, UNSEEN
from gongkai.source.privacy.kinds import CARD, kind_of
from gongkai.source.privacy.numbers import (
    LABEL,
    OF_CARDS,
    OF_COUNTS,
    Personal,
    personal_numbers,
    squeezed,
)


def numbers_in_row(
    cells: Sequence[str], heads: Sequence[str], allowed: Collection[str] = ()
) -> Iterator[Personal]:
    """Numbers that go over neighbouring cells of one row, with the first and the last cell as their
    place. Two cells that are each an amount or a count are none, unless a head or a label before
    them says that here are phones or cards."""
    for number, (cell, head) in enumerate(zip(cells, heads, strict=False)):
        if _announces(head) and cell is not head:
            for personal in personal_numbers(f"{_ANNOUNCED}{cell}", allowed):
                yield personal._replace(start=number, end=number + 1)
    label = next((number for number, cell in enumerate(cells) if _announces(cell)), len(cells))
    start = 0
    while start < len(cells):
        end, most = start + 1, min(len(cells), start + _MOST_CELLS)
        while end < most and _goes_on(cells, heads, start, end, is_labelled=label < start):
            end += 1
        said = "".join(heads[start:end]) + "".join(cells[label : label + 1])
        found = _longest(cells, start, end, said) or _in_boxes(cells, start)
        if found and found.number not in allowed:
            yield found
        start = found.end if found else start + 1


_MOST_CELLS = 20
"""Cells of a number: no number has more digits."""


def _longest(cells: Sequence[str], start: int, end: int, said: str) -> Personal | None:
    """The longest number that begins in a cell; behind it there may be an amount. No card where
    what is said of the cells announces telephones alone."""
    has_cards = not _announces(said) or OF_CARDS.search(said)
    for stop in range(end, start + 1, -1):
        number = squeezed("".join(cells[start:stop]))
        if (kind := kind_of(number)) and (has_cards or kind != CARD):
            return Personal(*kind, start, stop, number)
    return None


_ANNOUNCED = "电话 "
"""Stands for a head that announces numbers, however they are grouped."""
BOXES = 18
"""Digits of an identity number, each in a cell of its own."""


_DOWN = {(3, 4, 4), (3, 8), (4, 4, 4, 4), (6, 8, 4), (6, 12)}
"""Groups of numbers in cells one below another, where more often there are counts."""


_BEGINS_WITH_NOUGHT = re.compile(rf"[\s{UNSEEN}]*[0０〇零○]")
"""A quick look: nothing else goes on with a number above it, where no word announces one."""


def numbers_in_column(cells: Sequence[str], allowed: Collection[str] = ()) -> Iterator[Personal]:
    """Numbers that go down over cells one below another, the head first, or over lines."""
    if not any(map(_BEGINS_WITH_NOUGHT.match, cells)) and not any(map(_announces, cells)):
        return
    for personal in numbers_in_row(cells, (), allowed):
        if tuple(len(squeezed(cell)) for cell in cells[personal.start : personal.end]) in _DOWN:
            yield personal


def numbers_in_table(
    rows: Sequence[Sequence[str]], allowed: Collection[str] = ()
) -> Iterator[Personal]:
    """Numbers in the columns of a table, heads first."""
    for column in zip_longest(*rows, fillvalue=""):
        yield from numbers_in_column(column, allowed)


def numbers_in_lines(lines: Iterable[str], allowed: Collection[str] = ()) -> Iterator[Personal]:
    """Numbers that go on over lines, paragraphs or entries, each of which is a part of them."""
    for is_part, run in groupby(filter(str.strip, lines), _is_part):
        if is_part:
            yield from numbers_in_column([*run], allowed)


def _is_part(line: str) -> bool:
    return len(line) < _LONGEST and any(map(str.isdigit, line)) and bool(_CELL.fullmatch(line))


_LONGEST = 30
"""Characters of a line that is a part of a number."""


def _in_boxes(cells: Sequence[str], start: int) -> Personal | None:
    """An identity number of which each digit has a cell of its own, as on a form."""
    boxes = [cell.strip() for cell in cells[start : start + BOXES]]
    if len(boxes) < BOXES or any(len(box) != 1 for box in boxes):
        return None
    number = squeezed("".join(boxes))
    is_one = kind_of(number) == ("privacy/id-number", "")
    return Personal("privacy/id-number", "", start, start + BOXES, number) if is_one else None


_AMOUNT = re.compile(r"(?:0|[1-9]\d*)(?:\.\d{1,2})?%?|\d{1,3}(?:[,，]\d{3})+(?:\.\d{1,2})?")
_CELL = re.compile(rf"\s*\+?(?:{DIGIT}(?:{BETWEEN}{DIGIT})*+)?[-.]?[Xx]?\s*")
_NO_PART = re.compile(r"[1-9]\d*\.\d{1,2}|0\.\d{1,2}|(?:19|20)\d\d([-./])\d{1,2}\1\d{1,2}")
"""An amount with cents, or a day."""
_PART = re.compile(r".{0,2}[(（]?(?:号段|尾号|区号|[前中后]段?|第.段)[)）]?")
"""A head of a part of a number."""


def _goes_on(
    cells: Sequence[str], heads: Sequence[str], start: int, at: int, *, is_labelled: bool
) -> bool:
    """May the number that begins in a cell go on in another?"""
    both = _plain(cells[at - 1]), _plain(cells[at])
    if not all(both) or not all(map(_CELL.fullmatch, both)) or any(map(_NO_PART.fullmatch, both)):
        return False
    if squeezed(cells[at]).startswith("0") and not _is_amount(cells[at]):
        return True
    if is_labelled:
        return True
    if any(map(_announces, heads[start : at + 1])) and _are_of_one_head(heads, start, at):
        return True
    return any(
        squeezed(cell).startswith("0") and not _is_amount(cell)
        for cell in cells[start + 1 : at + 2]
    )


def _plain(cell: str) -> str:
    """A cell without blanks and what nobody sees around it."""
    return _AROUND.sub("", cell)


_AROUND = re.compile(rf"^[\s{UNSEEN}]+|[\s{UNSEEN}]+$")


def _are_of_one_head(heads: Sequence[str], start: int, at: int) -> bool:
    """Do columns stand under words for a number, or under none of their own?"""
    told = (head.strip() for head in heads[start : at + 1])
    return all(not text or _announces(text) or _PART.fullmatch(text) for text in told)


def _announces(label: str) -> bool:
    return LABEL.search(label) is not None and not OF_COUNTS.search(label)


def _is_amount(cell: str) -> bool:
    return _AMOUNT.fullmatch(cell.strip()) is not None
