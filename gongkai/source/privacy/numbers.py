"""Personal numbers in a text as a person reads it: identity cards, mobiles, bank cards.

Found by form and checksum, in digits of any script and width, grouped as people write them, through
marks and signs that nobody sees. An asterisk masks a number only where it stands in place of its
digits. What is found is told by kind and place only; no digit of it leaves this module.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from gongkai.source.privacy.kinds import PHONE, PROVINCES, Kind, is_credit_code, kind_of

_HAN = "〇零○一壹幺二贰三叁四肆五伍六陆七柒八捌九玖"
_HAN_VALUES = "0001112233445566778899"
_ODD = "²³¹⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒\U0001f100-\U0001f10a" + _HAN
"""Signs that are read as digits and that are none to Python's ``\\d``."""
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\u0300-\u036f\u0483-\u0489\u20d0-\u20f0"
    "\U000e0000-\U000e0fff"
)
"""Joiners, marks of direction, and strokes through the sign before."""
_MARKS = "_`~\\\\"
"""Of Markdown: shown or not, a number is read through them."""
_BLANKS = " \\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_HYPHENS = "\\-\u2010-\u2015\u2212\u2043\u30fb\ufe58\ufe63\uff0d\u00ad"
_DOTS = ".\u00b7\u2022\u2024\u2027\u30fb\uff0e\uff61\u3002"
_BETWEEN = f"[{_BLANKS}\\n\\r{_HYPHENS}{_DOTS}{_MARKS}*{_UNSEEN}]*+"

_DIGIT = rf"[\d{_ODD}]"
_ODD_RUN = re.compile(
    rf"[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19\U0001d7ce-\U0001d7ff{_ODD}]"
    rf"(?:{_BETWEEN}{_DIGIT}){{5}}"
)
_TO_NOUGHT = bytes(48 if 48 <= byte <= 57 else byte for byte in range(256))
_SEEN_THROUGH = bytes(
    [*b" \t\r\n-.*_`~\\\\", *range(0x80, 0xC0), 0xC2, 0xCC, 0xCD, 0xE2, 0xE3, 0xEF, 0xF3]
)
"""Bytes of what may stand between digits; with some of Chinese punctuation, which does not matter
for a quick look. Han characters begin with other bytes, and part what is on both sides."""


def may_hold_numbers(text: str) -> bool:
    """A quick look, a twentieth of the search: nearly every text has nowhere so many digits."""
    if len(text) < 10:
        return False
    digits = text.encode("utf-8", "replace").translate(_TO_NOUGHT, _SEEN_THROUGH)
    return b"000000000" in digits or (not text.isascii() and _ODD_RUN.search(text) is not None)


_STRETCH = re.compile(rf"{_DIGIT}(?:{_BETWEEN}{_DIGIT}){{9,}}+")
_GROUP = re.compile(r"[0-9]+")
_NOT_SEEN = re.compile(rf"[{_UNSEEN}{_MARKS}]+|\*{{2,}}")
"""Nobody sees it, or only as a mark; a single asterisk may be a sign for times."""
_JOINT = re.compile(
    rf"[{_BLANKS}]{{0,3}}(?:([{_HYPHENS}])|([{_DOTS}])|(\r?\n))?[{_BLANKS}]{{0,24}}"
)
_X = re.compile(f"[{_UNSEEN}{_MARKS}{_BLANKS}]*+([XxＸｘⅩⅹ])")
_WORDS = (
    "电话 手机 联系 致电 拨打 热线 号码 证件 身份证 卡号 账号 帐号 微信 "
    "Tel tel TEL Phone phone Mobile mobile"
).split()
"""What announces a number."""
LABEL = re.compile("|".join(_WORDS))
_ANNOUNCED = re.compile(
    rf"(?:{LABEL.pattern})[^\d\n{_ODD}]{{0,10}}((?:[^\w]{{0,3}}{_DIGIT}){{11,30}})"
)

_PHONES = {(11,), (3, 4, 4), (3, 8), (1,) * 11}
"""How people group the digits of a mobile."""
_RARE = {
    (7, 4), (4, 4, 3), (4, 3, 4), (3, 3, 5), (3, 5, 3), (3, 2, 2, 2, 2), (3, 4, 2, 2), (3, 2, 2, 4),
    (1, 2, 2, 2, 2, 2), (2, 2, 2, 2, 2, 1),
}  # fmt: skip
"""The same where no other digits stand beside it: among others they would be amounts and counts."""
_CODES = ("0086", "086", "86", "0")
"""What may stand before one: the code of the country, the sign for a long distance."""


class Personal(NamedTuple):
    """One number: the rule it falls under, the case of its sentence, and where it begins and ends
    in the text; the number itself is for comparing alone."""

    rule: str
    case: str
    start: int
    end: int
    number: str


class _Groups(NamedTuple):
    """Digits with gaps: all of them in one; where each group begins in it; where it begins and ends
    in the text; and what stands before it: a blank, ``-``, ``.`` or a line's end."""

    digits: str
    offsets: list[int]
    places: list[int]
    stops: list[int]
    joints: list[str]


def personal_numbers(text: str, allowed: Collection[str] = ()) -> Iterator[Personal]:
    """Every personal number in a text but those that are allowed, which are given ``squeezed``."""
    seen = []
    for stretch in _STRETCH.finditer(text) if may_hold_numbers(text) else ():
        for groups in _groups(text, stretch.start(), stretch.end()):
            for one in _in_groups(text, groups):
                seen.append(one.start)
                if one.number not in allowed:
                    yield one
    for one in _announced(text):
        if one.number not in allowed and not any(one.start <= at < one.end for at in seen):
            yield one


def squeezed(number: str) -> str:
    """A number as it is compared: without gaps, in narrow characters, without a country's code."""
    plain = "".join(one if _value(one) is None else str(_value(one)) for one in number)
    plain = re.sub(f"[+{_BLANKS}{_HYPHENS}{_DOTS}{_UNSEEN}\\n]", "", plain).upper()
    return plain[-11:] if kind_of(plain) == PHONE else plain


def veiled(text: str) -> str:
    """A text, such as a path, without the digits of any personal number in it."""
    for found in sorted(personal_numbers(text), key=lambda one: -one.start):
        text = text[: found.start] + "…" + text[found.end :]
    return text


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
_CELL = re.compile(rf"\s*\+?(?:{_DIGIT}(?:{_BETWEEN}{_DIGIT})*+)[Xx]?\s*")


def _goes_on(cells: Sequence[str], heads: Sequence[str], start: int, at: int) -> bool:
    """May the number that begins in a cell go on in another?"""
    if not (_CELL.fullmatch(cells[at - 1]) and _CELL.fullmatch(cells[at])):
        return False
    if squeezed(cells[at]).startswith("0") and not _is_amount(cells[at]):
        return True
    labels = [*cells[:start], *heads[start : at + 1]]
    if any(LABEL.search(one) for one in labels) and _are_of_one_head(heads, start, at):
        return True
    return any(squeezed(one).startswith("0") and not _is_amount(one) for one in cells[at : at + 2])


def _are_of_one_head(heads: Sequence[str], start: int, at: int) -> bool:
    """Do columns stand under words for a number, or under none of their own?"""
    return all(not one.strip() or LABEL.search(one) for one in heads[start : at + 1])


def _is_amount(cell: str) -> bool:
    return _AMOUNT.fullmatch(cell.strip()) is not None


def _groups(text: str, start: int, end: int) -> Iterator[_Groups]:
    """The digits of a stretch in their groups, parted where no number goes on."""
    stretch = text[start:end]
    if not stretch.isascii():
        stretch = stretch.translate(_DIGITS)
    found = _Groups("", [], [], [], [])
    done: list[str] = []
    length, last = 0, 0
    for group in _GROUP.finditer(stretch):
        first, behind = group.span()
        joint = _joint(stretch[last:first]) if done else " "
        if joint is None:
            yield found._replace(digits="".join(done))
            found, done, length, joint = _Groups("", [], [], [], []), [], 0, " "
        if joint:
            found.offsets.append(length)
            found.places.append(start + first)
            found.joints.append(joint)
            found.stops.append(start + behind)
        else:
            found.stops[-1] = start + behind
        done.append(group[0])
        length += behind - first
        last = behind
    yield found._replace(digits="".join(done))


@lru_cache(maxsize=1 << 12)
def _joint(between: str) -> str | None:
    """What joins two groups of digits: nothing that is seen, a blank, a hyphen, a dot or a line's
    end; None when they are two numbers."""
    seen = _NOT_SEEN.sub("", between)
    if not seen:
        return ""
    found = _JOINT.fullmatch(seen)
    if found is None or (len(seen) > 3 and not found[3]):
        return None
    if found[2] and len(seen) > 1:  # the point behind a number of a list, or the end of a sentence
        return " "
    return "-" if found[1] else "." if found[2] else "\n" if found[3] else " "


_LENGTHS = (19, 18, 17, 16, 15, 14, 13, 12, 11)


def _lengths(beginning: str) -> tuple[int, ...]:
    """How long a number may be that begins with two digits, the longest first."""
    found = {"86": {13}, "08": {14}, "00": {15}, "01": {12}}.get(beginning, set())
    if "13" <= beginning <= "19":
        found = found | {11}
    if beginning in PROVINCES:
        found = found | {18, 17, 15}
    if beginning[0] in "34569":
        found = found | {19, 18, 17, 16}
    return tuple(sorted(found, reverse=True))


_LENGTHS_OF = {f"{number:02}": _lengths(f"{number:02}") for number in range(100)}


def _in_groups(text: str, groups: _Groups) -> Iterator[Personal]:
    """Numbers among digits with gaps, the longest first at each place."""
    digits, offsets = groups.digits, groups.offsets
    if len(digits) < 11:
        return
    after = {end: number for number, end in enumerate([*offsets[1:], len(digits)], 1)}
    free = 0
    for at, begin in enumerate(offsets):
        if begin < free or groups.joints[at] == ".":  # a fraction
            continue
        for length in _LENGTHS_OF.get(digits[begin : begin + 2], ()):
            behind = after.get(begin + length)
            if behind is None or not _may_be_card(groups, at, behind, length):
                continue
            number = _number(text, groups, at, behind, length)
            kind = kind_of(number)
            if (
                kind
                and _is_grouped(groups, at, behind, length, kind)
                and not _is_in_code(text, groups.places[at], groups.stops[behind - 1])
            ):
                free = begin + length
                yield Personal(*kind, groups.places[at], groups.stops[behind - 1], squeezed(number))
                break
    yield from _together(text, groups)


def _may_be_card(groups: _Groups, at: int, behind: int, length: int) -> bool:
    """Of sixteen digits and more without a day of birth only those that stand as on a card are
    looked at: their check digits take the longest."""
    if length < 16 or behind == at + 1 or length in (17, 18):
        return True
    return groups.offsets[at + 1] - groups.offsets[at] in (4, 6)


def _number(text: str, groups: _Groups, at: int, behind: int, length: int) -> str:
    """The digits of some groups, with an X behind seventeen."""
    number = groups.digits[groups.offsets[at] : groups.offsets[at] + length]
    if length == 17 and _X.match(text, groups.stops[behind - 1]):
        return f"{number}X"
    return number


def _is_grouped(groups: _Groups, at: int, behind: int, length: int, kind: Kind) -> bool:
    """Are the gaps of a number such as people leave in one of its kind?"""
    if behind == at + 1:
        return True
    if behind < len(groups.joints) and groups.joints[behind] == ".":
        return False  # the last of them is an amount
    begins = groups.offsets[at:behind]
    ends = [*begins[1:], begins[0] + length]
    lengths = tuple(end - begin for begin, end in zip(begins, ends, strict=True))
    if kind[0] == "privacy/id-number":
        return (kind[1] == "" and length > 15) or lengths in _CARDS
    if kind[0] == "privacy/bank-card":
        return lengths[0] in (4, 6) and (set(lengths[:-1]) == {4} or len(lengths) < 3)
    number = groups.digits[begins[0] : begins[0] + length]
    is_whole = len(lengths) == len(groups.offsets)
    return _is_phone(number, lengths, groups.joints[at + 1 : behind], is_whole)


_CARDS = {(6, 8, 4), (6, 8, 3), (6, 4, 4, 4), (6, 4, 2, 2, 4), (3, 3, 4, 4, 4), (17, 1), (14, 4)}
_CARDS |= {(6, 6, 3), (6, 2, 2, 2, 3)}
"""Groups of identity numbers, of eighteen digits with an X as well and of fifteen."""


def _is_phone(number: str, lengths: tuple[int, ...], joints: list[str], is_whole: bool) -> bool:
    for code in _CODES:
        if len(number) > 11 and number.startswith(code) and len(number) - len(code) == 11:
            if lengths[0] == len(code):
                if joints[0] == ".":
                    return False  # a fraction
                lengths, joints = lengths[1:], joints[1:]
            else:
                lengths = (lengths[0] - len(code), *lengths[1:])
            break
    if lengths in _PHONES or (is_whole and lengths in _RARE):
        return True
    if "\n" in joints and len(lengths) == 2:
        return 2 <= lengths[0] <= 9 and not is_whole  # folded in a text, not two lines of a list
    is_odd = is_whole and 3 <= len(lengths) <= 6 and max(lengths) <= 4 and "." not in joints
    return is_odd and not _is_in_threes(lengths) and not _holds_day(number, lengths)


def _is_in_threes(lengths: tuple[int, ...]) -> bool:
    """How amounts are written, and no numbers of persons."""
    return lengths[0] <= 3 and set(lengths[1:]) == {3}


def _holds_day(number: str, lengths: tuple[int, ...]) -> bool:
    """Is a part of it a day, such as 2026-11-19?"""
    at, parts = 0, []
    for length in lengths:
        parts.append(int(number[at : at + length]))
        at += length
    return any(
        1900 <= year <= 2099 and 1 <= month <= 12 and 1 <= day <= 31
        for year, month, day in zip(parts, parts[1:], parts[2:], strict=False)
    )


_ROW_OF_PHONES = re.compile(r"(?:1[3-9]\d{9}){2,}")
_CARD_INSIDE = re.compile(
    r"(?=([1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[012]\d|3[01])\d{3}[\dXx]))"
)


def _together(text: str, groups: _Groups) -> Iterator[Personal]:
    """Numbers that run together in one group: phones one after the other, a phone behind a card,
    and identity numbers whose check digit fits anywhere in a long row of digits."""
    for at, begin in enumerate(groups.offsets):
        end = groups.offsets[at + 1] if at + 1 < len(groups.offsets) else len(groups.digits)
        if end - begin < 19 or groups.joints[at] == ".":
            continue
        row, place = groups.digits[begin:end], groups.places[at]
        stop = groups.stops[at]
        if _X.match(text, stop):
            row += "X"
        if _is_in_code(text, place, stop):
            continue
        for kind, first, last in _tiles(row):
            yield Personal(*kind, place, stop, row[first:last])


def _tiles(row: str) -> Iterator[tuple[Kind, int, int]]:
    if _ROW_OF_PHONES.fullmatch(row):
        for first in range(0, len(row), 11):
            yield ("privacy/phone", ""), first, first + 11
        return
    for found in _CARD_INSIDE.finditer(row):
        if kind_of(found[1].upper()) == ("privacy/id-number", ""):
            yield ("privacy/id-number", ""), found.start(), found.start() + 18
    if len(row) <= 80:
        yield from _tiled(row)


def _tiled(row: str) -> list[tuple[Kind, int, int]]:
    """Numbers of any kind that together make up a row, or none."""
    best: dict[int, list[tuple[Kind, int, int]]] = {0: []}
    for first in range(len(row)):
        for length in _LENGTHS if first in best else ():
            kind = kind_of(row[first : first + length]) if first + length <= len(row) else None
            if kind and kind[1] == "":
                best.setdefault(first + length, [*best[first], (kind, first, first + length)])
    return best.get(len(row), [])


def _announced(text: str) -> Iterator[Personal]:
    """A number that a word announces, however it is grouped."""
    for found in _ANNOUNCED.finditer(text) if LABEL.search(text) else ():
        digits = squeezed(re.sub(r"[^\w]", "", found[1]))
        for length in (18, 11):
            number = digits[:length]
            kind = kind_of(number)
            if kind and kind[1] == "" and len(digits) in (length, length + 1):
                yield Personal(*kind, found.start(1), found.end(1), number)
                break


_HEX = re.compile(r"(?:0[xX])?(?:[0-9a-f]+|[0-9A-F]+)")


def _is_in_code(text: str, start: int, end: int) -> bool:
    """Are these digits a part of an organisation's credit code, which may hold letters, or of an
    address or a hash in hexadecimal digits?"""
    first, last = start, end
    while first and text[first - 1].isascii() and text[first - 1].isalnum():
        first -= 1
    while last < len(text) and text[last].isascii() and text[last].isalnum():
        last += 1
    word = text[first:last]
    if is_credit_code(word.upper()):
        return True
    before, behind = text[first:start], text[end:last]
    is_mixed = any(one.isdigit() for one in before) or (before and behind)
    is_long = len(word) >= 24 and not word.isdigit()
    is_inside = before and is_mixed and len(word) >= 12
    return bool((is_inside or is_long) and _HEX.fullmatch(word))


def _value(sign: str) -> int | None:
    at = _HAN.find(sign)
    return int(_HAN_VALUES[at]) if at >= 0 else unicodedata.digit(sign, None)


class _Digits(dict[int, str]):
    """For ``translate``: signs that are read as digits, worked out when they are first met."""

    def __missing__(self, code: int) -> str:
        value = _value(chr(code))
        self[code] = chr(code) if value is None else str(value)
        return self[code]


_DIGITS = _Digits()
