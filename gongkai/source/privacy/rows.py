"""Numbers that go over neighbouring cells of a table."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from gongkai.source.privacy.digits import BETWEEN, DIGIT
from gongkai.source.privacy.kinds import kind_of
from gongkai.source.privacy.numbers import LABEL, Personal, squeezed


def numbers_in_row(
    cells: Sequence[str], heads: Sequence[str], allowed: Collection[str] = ()
) -> Iterator[Personal]:
    """Numbers that go over neighbouring cells of one row, with the first and the last cell as their
    place. Two cells that are each an amount or a count are none, unless a head or a label before
    them says that here are phones or cards."""
    start = 0
    while start < len(cells):
        end = start + 1
        while end < len(cells) and _goes_on(cells, heads, start, end):
            end += 1
        if end > start + 1:
            number = squeezed("".join(cells[start:end]))
            kind = kind_of(number)
            if kind and number not in allowed:
                yield Personal(*kind, start, end, number)
        start = end


_AMOUNT = re.compile(r"(?:0|[1-9]\d*)(?:\.\d{1,2})?%?|\d{1,3}(?:[,，]\d{3})+(?:\.\d{1,2})?")
_CELL = re.compile(rf"\s*\+?(?:{DIGIT}(?:{BETWEEN}{DIGIT})*+)?[Xx]?\s*")
_OF_MONEY = re.compile(r"费|补贴|补助|金额|人数|元|次|部数")
"""What makes a word for a number one for money or counts."""


def _goes_on(cells: Sequence[str], heads: Sequence[str], start: int, at: int) -> bool:
    """May the number that begins in a cell go on in another?"""
    both = cells[at - 1].strip(), cells[at].strip()
    if not all(both) or not all(map(_CELL.fullmatch, both)):
        return False
    if squeezed(cells[at]).startswith("0") and not _is_amount(cells[at]):
        return True
    labels = [*cells[:start], *heads[start : at + 1]]
    if any(_announces(one) for one in labels) and _are_of_one_head(heads, start, at):
        return True
    return any(
        squeezed(one).startswith("0") and not _is_amount(one) for one in cells[start + 1 : at + 2]
    )


def _are_of_one_head(heads: Sequence[str], start: int, at: int) -> bool:
    """Do columns stand under words for a number, or under none of their own?"""
    return all(not one.strip() or _announces(one) for one in heads[start : at + 1])


def _announces(label: str) -> bool:
    return LABEL.search(label) is not None and not _OF_MONEY.search(label)


def _is_amount(cell: str) -> bool:
    return _AMOUNT.fullmatch(cell.strip()) is not None
