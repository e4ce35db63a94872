"""Numbers that go over neighbouring cells of a table."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from gongkai.source.privacy.digits import BETWEEN, DIGIT, UNSEEN
from gongkai.source.privacy.kinds import kind_of
from gongkai.source.privacy.numbers import LABEL, Personal, personal_numbers, squeezed


def numbers_in_row(
    cells: Sequence[str], heads: Sequence[str], allowed: Collection[str] = ()
) -> Iterator[Personal]:
    """Numbers that go over neighbouring cells of one row, with the first and the last cell as their
    place. Two cells that are each an amount or a count are none, unless a head or a label before
    them says that here are phones or cards."""
    for number, (cell, head) in enumerate(zip(cells, heads, strict=False)):
        if _announces(head) and cell is not head:
            for one in personal_numbers(f"{_ANNOUNCED}{cell}", allowed):
                yield one._replace(start=number, end=number + 1)
    start = 0
    while start < len(cells):
        end = start + 1
        while end < len(cells) and _goes_on(cells, heads, start, end):
            end += 1
        found = _longest(cells, start, end) or _in_boxes(cells, start)
        if found and found.number not in allowed:
            yield found
        start = found.end if found else end


def _longest(cells: Sequence[str], start: int, end: int) -> Personal | None:
    """The longest number that begins in a cell; behind it there may be an amount."""
    for stop in range(end, start + 1, -1):
        number = squeezed("".join(cells[start:stop]))
        if kind := kind_of(number):
            return Personal(*kind, start, stop, number)
    return None


_ANNOUNCED = "电话 "
"""Stands for a head that announces numbers, however they are grouped."""
BOXES = 18
"""Digits of an identity number, each in a cell of its own."""


def _in_boxes(cells: Sequence[str], start: int) -> Personal | None:
    """An identity number of which each digit has a cell of its own, as on a form."""
    boxes = [one.strip() for one in cells[start : start + BOXES]]
    if len(boxes) < BOXES or any(len(one) != 1 for one in boxes):
        return None
    number = squeezed("".join(boxes))
    is_one = kind_of(number) == ("privacy/id-number", "")
    return Personal("privacy/id-number", "", start, start + BOXES, number) if is_one else None


_AMOUNT = re.compile(r"(?:0|[1-9]\d*)(?:\.\d{1,2})?%?|\d{1,3}(?:[,，]\d{3})+(?:\.\d{1,2})?")
_CELL = re.compile(rf"\s*\+?(?:{DIGIT}(?:{BETWEEN}{DIGIT})*+)?[-.]?[Xx]?\s*")
_PART = re.compile(r".{0,2}[(（]?(?:号段|尾号|区号|[前中后]段?|第.段)[)）]?")
"""A head of a part of a number."""
_OF_MONEY = re.compile(r"费|补贴|补助|金额|人数|元|次|部数")
"""What makes a word for a number one for money or counts."""


def _goes_on(cells: Sequence[str], heads: Sequence[str], start: int, at: int) -> bool:
    """May the number that begins in a cell go on in another?"""
    both = _plain(cells[at - 1]), _plain(cells[at])
    if not all(both) or not all(map(_CELL.fullmatch, both)):
        return False
    if squeezed(cells[at]).startswith("0") and not _is_amount(cells[at]):
        return True
    if any(map(_announces, cells[:start])):
        return True
    if any(map(_announces, heads[start : at + 1])) and _are_of_one_head(heads, start, at):
        return True
    return any(
        squeezed(one).startswith("0") and not _is_amount(one) for one in cells[start + 1 : at + 2]
    )


def _plain(cell: str) -> str:
    """A cell without blanks and what nobody sees around it."""
    return _AROUND.sub("", cell)


_AROUND = re.compile(rf"^[\s{UNSEEN}]+|[\s{UNSEEN}]+$")


def _are_of_one_head(heads: Sequence[str], start: int, at: int) -> bool:
    """Do columns stand under words for a number, or under none of their own?"""
    told = (one.strip() for one in heads[start : at + 1])
    return all(not one or _announces(one) or _PART.fullmatch(one) for one in told)


def _announces(label: str) -> bool:
    return LABEL.search(label) is not None and not _OF_MONEY.search(label)


def _is_amount(cell: str) -> bool:
    return _AMOUNT.fullmatch(cell.strip()) is not None
