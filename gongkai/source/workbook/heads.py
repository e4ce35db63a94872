"""Where the heads of a table end and its rows begin.

Offices put heads into up to four rows: names over several columns, names below those, units. Years
and the days of a month may be heads, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from gongkai.source.workbook.cells import Cell, MergedCells
from gongkai.source.workbook.reading import Worksheet

_MOST = 4
_UNIT = re.compile(
    r"[(（\[]?\s*(?:[十百千万亿]*元(?:/\S{1,4})?|人次?|人数|人/次|个|件|吨|公斤|千克|克|天|日|小时|工时|分钟?|次|台套?|套|份"
    r"|项|米|公里|千米|亩|平方米|立方米|度|千?瓦时|万?度|辆|户|张|本|只|箱|台时|分|月|年|级|岁|瓶|袋|桶"
    r"|(?:%|％|‰|℃|°C|k?g|mg|μg|t|km|dm|cm|mm|m|nm|μm|k?m[23²³]|㎡|㎥|[mM]?[lL]|[kM]?W[·.]?h?|kVA?|[kM]?Pa"
    r"|h|min|s|d|dB(?:\(A\))?|ppm|pcs|RMB|CNY|USD|k?Hz|rpm|k?N|mol)"
    r"(?:/(?:[kmμ]?g|[dcm]?m[23²³]?|[mM]?[lL]|h|min|s|d|a|t|人|台|次|天|月|年))?)\s*[)）\]]?"
)
_SHORT = 6
"""Characters of a unit, with its brackets."""
_UNITS = ("单位", "计量单位")
"""What stands beside the units themselves."""
_YEARS, _DAYS = range(1949, 2101), range(1, 32)


def is_series(cells: Sequence[Cell]) -> bool:
    """Are these years, or days that follow each other, as heads may be?"""
    texts = [cell.text for cell in cells]
    if len(texts) < 2 or not all(text.isdecimal() and len(text) <= 4 for text in texts):
        return False
    numbers = [int(text) for text in texts]
    is_counting = all(after == number + 1 for number, after in pairwise(numbers))
    is_days = is_counting and all(number in _DAYS for number in numbers)
    return is_days or all(number in _YEARS for number in numbers)


def looks_like_head(row: Sequence[Cell]) -> bool:
    """Names of columns: at least two, the first of them no number, the others none or a series."""
    filled = [cell for cell in row if cell.text]
    numbers = [cell for cell in filled if cell.is_number]
    return len(filled) >= 2 and (not numbers or (not filled[0].is_number and is_series(numbers)))


def last_head(sheet: Worksheet, start: int) -> int:
    """The last row of heads, counted in the rows of the sheet, of those that begin at ``start``."""
    last = start
    limit = min(start + _MOST, len(sheet.rows)) - 1
    while last < limit:
        reach = max((_reach(sheet, span, start, last) for span in sheet.merged), default=last)
        if reach <= last and (_is_lower(sheet.rows, last) or _is_units(sheet.rows, last)):
            reach = last + 1
        if reach <= last:
            break
        last = min(reach, limit)
    return last


def _reach(sheet: Worksheet, span: MergedCells, start: int, last: int) -> int:
    """How far down the heads reach, by merged cells among them."""
    if not start <= span.top <= last or not _has_names_only(sheet, span):
        return last
    if span.right > span.left and span.bottom + 1 < len(sheet.rows):
        names = [
            cell for cell in sheet.rows[span.bottom + 1][span.left : span.right + 1] if cell.text
        ]
        numbers = [cell for cell in names if cell.is_number]
        is_named = len(names) >= 2 and (not numbers or is_series(names))
        if is_named and _names_no_other(sheet, span.bottom):
            lower = sheet.rows[span.bottom + 1]
            if not _is_sure(sheet, lower, span.bottom):
                return span.bottom
            return span.bottom + 1
    return span.bottom


def _has_names_only(sheet: Worksheet, span: MergedCells) -> bool:
    """Has none of the rows that a merged cell takes in a number, other than a series of them?"""
    for row in sheet.rows[span.top + 1 : span.bottom + 1]:
        numbers = [cell for cell in row if cell.is_number]
        if numbers and not is_series(numbers):
            return False
    return True


def _is_sure(sheet: Worksheet, lower: Sequence[Cell], upper: int) -> bool:
    """Is the row under names of several columns surely one of heads? Other heads reach down to it,
    it names what stands under several names alike, or numbers stand below it."""
    texts = [cell.text for cell in lower if cell.text]
    is_reached = any(span.top <= upper < span.bottom for span in sheet.merged)
    below = sheet.rows[upper + 2] if upper + 2 < len(sheet.rows) else ()
    over = [n for n, cell in enumerate(lower) if cell.text and not cell.is_number]
    is_over_numbers = any(n < len(below) and below[n].is_number for n in over)
    others = [n for n, cell in enumerate(lower) if not cell.text and sheet.rows[upper][n].text]
    recurs = any(row[n].text == lower[n].text for row in sheet.rows[upper + 2 :] for n in over)
    if recurs and not is_reached:
        return False  # what comes again below is no name of a column
    is_series_row = is_series([cell for cell in lower if cell.text])
    return (
        is_reached
        or is_over_numbers
        or is_series_row
        or len(set(texts)) < len(texts)
        or (bool(others) and all(n < len(below) and below[n].text for n in others))
    )


def _names_no_other(sheet: Worksheet, upper: int) -> bool:
    """Has the row below names only under names of several columns, or again what stands above it?
    A row of the table has something in other columns, too."""
    wide = {
        column
        for span in sheet.merged
        if span.right > span.left and span.top <= upper <= span.bottom
        for column in range(span.left, span.right + 1)
    }
    below, above = sheet.rows[upper + 1], sheet.rows[upper]
    others = [n for n, cell in enumerate(below) if cell.text and n not in wide]
    return all(below[n].text == above[n].text or not above[n].text for n in others)


def _is_units(rows: Sequence[Sequence[Cell]], last: int) -> bool:
    """Is the next row one of units?"""
    if last + 2 >= len(rows):
        return False
    pairs = zip(rows[last], rows[last + 1], strict=True)
    own = [
        (n, lower.text)
        for n, (upper, lower) in enumerate(pairs)
        if lower.text and lower.text != upper.text and lower.text not in _UNITS
    ]
    below = rows[last + 2]
    is_over_numbers = any(below[n].is_number for n, _ in own)
    if is_over_numbers and all(_UNIT.fullmatch(text) for _, text in own):
        return True
    # Units that nobody knows: a row of the table has a name in front.
    first = rows[last + 1][0].text
    is_unnamed = (not first or first in _UNITS) and bool(rows[last][0].text and below[0].text)
    are_short = all(len(text) <= _SHORT and below[n].is_number for n, text in own)
    are_words = not any(cell.is_number for cell in rows[last + 1])
    return bool(own) and is_unnamed and are_short and are_words


def _is_lower(rows: Sequence[Sequence[Cell]], last: int) -> bool:
    """Does the next row name columns that have no name yet, over numbers?"""
    if last + 2 >= len(rows):
        return False
    upper, lower, below = rows[last : last + 3]
    if any(cell.is_number for cell in lower) or not any(cell.text for cell in lower):
        return False
    named = [n for n, cell in enumerate(lower) if cell.text]
    unnamed = [n for n in named if not upper[n].text]
    is_group = all(n in unnamed or n + 1 in unnamed for n in named)
    return is_group and any(below[n].is_number for n in unnamed)


def heads(sheet: Worksheet, start: int, last: int) -> tuple[str, ...]:
    """The names of the columns: upper and lower ones joined by a dot, units in brackets."""
    spans = [span for span in sheet.merged if start <= span.top <= last]
    names: list[list[str]] = [[] for _ in sheet.column_numbers]
    for number in range(start, last + 1):
        wide = [cell.text for cell in sheet.rows[number]]
        for span in spans:
            if span.top <= number <= span.bottom:
                label = sheet.rows[span.top][span.left].text
                wide[span.left : span.right + 1] = [label] * (span.right + 1 - span.left)
        if number < last:
            ends = {span.right for span in spans if span.right > span.left and span.top == number}
            wide = _over_unnamed(wide, sheet.rows[number + 1], ends)
        pairs = zip(names, wide, strict=True)
        own = [text for found, text in pairs if text not in found[-1:]]
        is_units = all(_UNIT.fullmatch(text) or text in _UNITS for text in own if text)
        for found, text in zip(names, wide, strict=True):
            is_label = text in _UNITS and (is_units or found is names[0])
            if text and text not in found[-1:] and not (found and is_label):
                found.append(text)
    return tuple(map(_joined, names))


def _over_unnamed(upper: list[str], lower: Sequence[Cell], ends: set[int]) -> list[str]:
    """A name belongs to the unnamed columns right of it, too, if all have names below; unless it
    was merged over several columns, the last of which are ``ends``."""
    made = list(upper)
    for n in range(1, len(made)):
        has_both = lower[n].text and lower[n - 1].text
        if n - 1 not in ends and not made[n] and has_both and made[n - 1]:
            made[n] = made[n - 1]
    return made


_BRACKETED = re.compile(r"[(（\[][^()（）\[\]]{1,4}[)）\]]")
"""A unit that nobody knows, in brackets."""


def _joined(names: list[str]) -> str:
    if len(names) > 1 and (_UNIT.fullmatch(names[-1]) or _BRACKETED.fullmatch(names[-1])):
        unit = names.pop()
        if unit[0] in "(（[" and unit[-1] in ")）]":
            unit = unit[1:-1].strip()
        whole = "·".join(names)
        is_said = re.search(rf"[（(\[]{re.escape(unit)}[）)\]]", whole)
        return whole if is_said else f"{whole}（{unit}）"
    return "·".join(names)
