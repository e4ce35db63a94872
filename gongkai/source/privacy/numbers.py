"""Personal numbers in a text as a person reads it: identity cards, mobiles, bank cards.

Found by form and checksum, in digits of any script and width, grouped as people write them, through
marks and signs that nobody sees. An asterisk masks a number only where it stands in place of its
digits. What is found is told by kind and place only; no digit of it leaves this module.
"""

from __future__ import annotations

import re
import string
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gongkai.source.privacy.digits import (
    BLANKS,
    DIGIT,
    DOTS,
    HYPHENS,
    MARKS,
    ODD,
    UNSEEN,
    Groups,
    stretches,
    value_of,
)
from gongkai.source.privacy.kinds import CARD, PHONE, PROVINCES, Kind, is_credit_code, kind_of

_STYLED = "".join(
    sign
    for code in (0x24CD, 0x24E7, 0x1F147, *range(0x1D400, 0x1D6A4))
    if unicodedata.normalize("NFKC", sign := chr(code)).strip("()") in ("X", "x")
)
"""An X in a circle, bold, slanted, and so on."""
_X = re.compile(f"[{UNSEEN}{MARKS}{BLANKS}{HYPHENS}]*+([XxＸｘⅩⅹХхΧχ×✕✖╳{_STYLED}])")
"""The last sign of an identity number, and what is taken for it: of Cyrillic, of Greek, a cross."""
_WORDS = (
    "电话 手机 联系 致电 拨打 热线 号码 证件 身份证 卡号 银行卡 工资卡 账户 账号 帐号 微信 "
    "Tel tel TEL Phone phone Mobile mobile"
).split()
"""What announces a number."""
LABEL = re.compile("|".join(_WORDS))
_ANNOUNCED = re.compile(
    rf"(?:{LABEL.pattern})[^\d\n{ODD}]{{0,10}}((?:[^\w]{{0,3}}{DIGIT}){{11,30}})"
)

OF_COUNTS = re.compile("费|补贴|补助|金额|余额|人数|元|次|部数|受理|回访|群众")
"""What makes a word for a number one for money or counts."""
OF_CARDS = re.compile("卡|[账帐]|(?<!电话)(?<!手机)(?<!内线)(?<!分机)号码")
"""Of these words, what announces cards too: of telephones there are often four in a row, each of
four digits, and one in ten of such rows could be a card's."""

_ENDS = {
    length: re.compile(rf"(?:[^\w]{{0,3}}{DIGIT}){{{length}}}(?!{DIGIT})")
    for length in (19, 18, 16, 11)
}
"""So many digits, with a gap behind them."""

_PHONES = {(11,), (3, 4, 4), (3, 8), (1,) * 11}
"""How people group the digits of a mobile."""
_RARE = {
    (7, 4), (4, 4, 3), (4, 3, 4), (3, 3, 5), (3, 5, 3), (1, 3, 3, 4)
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


def personal_numbers(text: str, allowed: Collection[str] = ()) -> Iterator[Personal]:
    """Every personal number in a text but those that are allowed, which are given ``squeezed``."""
    seen = []
    for groups in stretches(text):
        for group in _in_groups(text, groups):
            seen.append(group.start)
            if group.number not in allowed:
                yield group
    seen.sort()
    for personal in _announced(text):
        is_known = bisect_left(seen, personal.start) < bisect_left(seen, personal.end)
        if personal.number not in allowed and not is_known:
            yield personal
    for turned in _TURNED.finditer(text) if TURNING.search(text) else ():
        signs, words = turned[1], turned[2]
        read = signs[::-1] if signs else _reordered(words or "")
        for personal in personal_numbers(read, allowed) if len(read) > 10 else ():
            yield personal._replace(start=turned.start(), end=turned.end())


TURNING = re.compile("[\u202b\u202e\u2067]")
_TURNED = re.compile(
    "\u202e([^\u202b\u202c\u202e\u2067\n]*)|[\u202b\u2067]([^\u2067\u2069\u202b\u202c\u202e\n]*)"
)
"""What is shown from right to left: its digits too, or words and figures alone."""


def _reordered(text: str) -> str:
    return " ".join(reversed(text.split()))


def squeezed(number: str) -> str:
    """A number as it is compared: without gaps, in narrow characters, without a country's code."""
    if not number.isascii():
        number = "".join(text if value_of(text) is None else str(value_of(text)) for text in number)
    plain = number if number.isalnum() else _GAPS.sub("", number)
    plain = plain.upper()
    return plain[-11:] if kind_of(plain) == PHONE else plain


_GAPS = re.compile(f"[+{BLANKS}{HYPHENS}{DOTS}{UNSEEN}\\n]")


def veiled(text: str) -> str:
    """A text, such as a path, without the digits of any personal number in it."""
    for found in sorted(personal_numbers(text), key=lambda one: -one.start):
        text = text[: found.start] + "…" + text[found.end :]
    return text


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


_BEGINNING = re.compile(
    r"(?:0{0,2}86|0)?1[3-9]\d{9}"
    r"|[1-9]\d{5}(?:(?:19|20)\d\d|\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}"
)
"""With what, among digits, a mobile or an identity number begins."""


def _beginnings(groups: Groups, sizes: Sequence[int]) -> Iterator[int]:
    """The groups with which a number may begin: far fewer than there are."""
    digits, is_open, begins = groups.digits, "" not in groups.joints, _BEGINNING.match
    for at, (begin, size) in enumerate(zip(groups.offsets, sizes, strict=True)):
        is_card = digits[begin] in "34569" and (not is_open or size in (4, 6) or size > 15)
        if is_card or begins(digits, begin):
            yield at


def _in_groups(text: str, groups: Groups) -> Iterator[Personal]:
    """Numbers among digits with gaps, the longest first at each place."""
    digits, offsets = groups.digits, groups.offsets
    if len(digits) < 11:
        return
    after = {end: number for number, end in enumerate([*offsets, len(digits)])}
    sizes = [end - begin for begin, end in pairwise(after)]
    free = 0
    for at in _beginnings(groups, sizes):
        begin = offsets[at]
        if begin < free:
            continue
        for length in _LENGTHS_OF.get(digits[begin : begin + 2], ()):
            behind = after.get(begin + length)
            if behind is None or not _is_possible(groups, at, behind, length):
                continue
            number = _number(text, groups, at, behind, length)
            kind = kind_of(number)
            if (
                kind
                and _is_grouped(groups, at, behind, length, kind)
                and not _is_fraction(groups, at, behind, kind)
                and not _is_money(text, groups, at, behind, kind)
                and not _is_row_of_extensions(text, groups, at, behind, kind)
                and not _is_in_code(text, groups.places[at], groups.stops[behind - 1])
            ):
                free = begin + length
                yield Personal(*kind, groups.places[at], groups.stops[behind - 1], squeezed(number))
                break
    yield from _together(text, groups, sizes)


def _is_possible(groups: Groups, at: int, behind: int, length: int) -> bool:
    """A quick look before check digits are worked out, which take the longest: has an identity
    number a century, or one of fifteen digits a month, where they belong? Does a longer one stand
    as on a card?"""
    digits, begin = groups.digits, groups.offsets[at]
    if length == 15:
        is_apart = behind - at > _MOST_JOINTS + 1 and "" not in groups.joints[at + 1 : behind]
        has_month = "01" <= digits[begin + 8 : begin + 10] <= "12"
        return (has_month and not is_apart) or digits[begin : begin + 2] == "00"
    if length < 15 or (length in (17, 18) and digits[begin + 6 : begin + 8] in ("19", "20")):
        return True
    if digits[begin] not in "34569":
        return False
    is_open = behind > at + 1 and "" not in groups.joints[at + 1 : behind]
    return not is_open or groups.offsets[at + 1] - begin in (4, 6)


def _number(text: str, groups: Groups, at: int, behind: int, length: int) -> str:
    """The digits of some groups, with an X behind seventeen."""
    number = groups.digits[groups.offsets[at] : groups.offsets[at] + length]
    if length == 17 and _X.match(text, groups.stops[behind - 1]):
        return f"{number}X"
    return number


def _is_fraction(groups: Groups, at: int, behind: int, kind: Kind) -> bool:
    """Does it stand behind a decimal point? A point may also be that of a list, before a number
    whose check digit fits or that has gaps."""
    is_card = (
        kind == ("privacy/id-number", "") and groups.stops[behind - 1] > groups.places[at] + 15
    )
    has_gaps = behind > at + 1 and groups.joints[at + 1] == "-"
    return groups.joints[at] == "." and not (is_card or has_gaps)


_MONEY = re.compile(
    r"(?:\.\d{1,2}(?!\d))?(?:元(?![旦月宵])|万元|kWh|千瓦时|吨)|\.(?!0(?!\d))\d{1,2}(?!\d)"
)
_LEAD = 12
"""Characters before a number in which a word says that it is something else."""
_MEASURED = re.compile(
    rf"(?:&nbsp;|[{BLANKS}|])?(?:[mc]m|毫米|厘米|[Kk]g|千克|公斤|kW)(?![A-Za-z])"
)
"""What stands behind the last of several measures."""
_PART_NUMBER = re.compile(r"(?:规格|型号|尺寸|图号|件号|料号)[^\w\n]{0,2}$")


_SIGNS = ("¥", "￥", "$", "€")


def _is_money(text: str, groups: Groups, at: int, behind: int, kind: Kind) -> bool:
    """Is it an amount with eleven digits, or a row of measures or a part's number?"""
    if kind != PHONE:
        return False
    first, stop = groups.places[at], groups.stops[behind - 1]
    if text[first - 1 : first] in _SIGNS or _MONEY.match(text, stop):
        return True
    is_open = any(groups.joints[at + 1 : behind])
    is_part = is_open and _PART_NUMBER.search(text[max(0, first - _LEAD) : first])
    return is_open and bool(is_part or _MEASURED.match(text, stop))


_EXTENSION = re.compile(r"(?:内线|分机|短号)[^\d\n]*$")


def _is_row_of_extensions(text: str, groups: Groups, at: int, behind: int, kind: Kind) -> bool:
    """Are these no groups of a card but extensions, and does a word say so?"""
    first = groups.places[at]
    is_open = kind == CARD and any(groups.joints[at + 1 : behind])
    return is_open and _EXTENSION.search(text[max(0, first - _LEAD) : first]) is not None


_MOST_JOINTS = 5
"""Gaps of an identity number of fifteen digits, of which any day makes one."""


def _is_grouped(groups: Groups, at: int, behind: int, length: int, kind: Kind) -> bool:
    """Are the gaps of a number such as people leave in one of its kind?"""
    joints = [joint for joint in groups.joints[at + 1 : behind] if joint]
    if not joints:
        return True
    if length == 15 and len(joints) > _MOST_JOINTS:
        return False
    if ";" in joints or (behind < len(groups.joints) and groups.joints[behind] == "."):
        return False  # two numbers, or the last of them is an amount
    begins = [
        groups.offsets[number]
        for number in range(at, behind)
        if number == at or groups.joints[number]
    ]
    ends = [*begins[1:], begins[0] + length]
    lengths = tuple(end - begin for begin, end in zip(begins, ends, strict=True))
    is_alone = {*joints} <= {"-", "."} or _stands_alone(groups, at, behind, lengths)
    is_loose = not {"*", "("}.isdisjoint(joints)
    if kind[0] == "privacy/id-number":
        return (kind[1] == "" and length > 15 and not is_loose) or lengths in _CARDS
    if kind[0] == "privacy/bank-card":
        is_card = lengths[0] in (4, 6) and (set(lengths[:-1]) == {4} or len(lengths) < 3)
        return is_card and (is_alone or _is_apart(groups, at, behind))
    number = groups.digits[begins[0] : begins[0] + length]
    is_whole = behind - at == len(groups.offsets)
    is_code = any(groups.digits[begin] == "0" for begin in begins[1:])
    if is_loose and not is_code:
        return False  # counts, one below the other, or in brackets behind another
    is_likely = is_whole or ({*joints} <= {" "} and is_alone)
    if is_code and is_likely and _is_rarely_grouped(number, lengths, begins, joints):
        return True
    return (is_alone or is_code) and _is_phone(number, lengths, joints, is_whole)


def _is_apart(groups: Groups, at: int, behind: int) -> bool:
    """Are the groups of a card no part of a longer row of counts or years?"""
    before, after = _sizes(groups, at - 1, at), _sizes(groups, behind, behind + 1)
    return (4,) not in (before, after)


_YEAR = re.compile(r"(?:19|20)\d\d")


def _is_rarely_grouped(
    number: str, lengths: tuple[int, ...], begins: list[int], joints: list[str]
) -> bool:
    """Is it a mobile in groups of any size, one of which begins with a nought as no count does? Not
    an amount in thousands or with decimals, nor what has a year in it."""
    first, *rest = lengths
    is_in_thousands = first < 4 and set(rest) == {3}
    is_decimal = joints == ["."] and len(rest) == 1
    parts = [number[one - begins[0] :][:size] for one, size in zip(begins, lengths, strict=True)]
    has_year = any(len(part) == 4 and _YEAR.fullmatch(part) for part in parts[1:])
    return len(number) == 11 and first > 2 and not (is_in_thousands or is_decimal or has_year)


_PARTING = (" ", "\n", "*", "(")


def _stands_alone(groups: Groups, at: int, behind: int, lengths: tuple[int, ...]) -> bool:
    """Are there no counts or amounts beside groups with blanks between them? A day may be there,
    the number of a list, and other numbers in the same groups."""
    joints, count, size = groups.joints, len(groups.joints), len(lengths)
    before = at > 0 and joints[at] in _PARTING and joints[at - 1] not in ("-", ".", "")
    is_last = behind >= count or joints[behind] not in _PARTING
    follows = not is_last and (behind + 1 >= count or joints[behind + 1] not in ("-", ".", ""))
    if before and _sizes(groups, at - size, at) != lengths:
        return False
    return not follows or _sizes(groups, behind, behind + size) == lengths


def _sizes(groups: Groups, first: int, behind: int) -> tuple[int, ...]:
    """How many digits some groups have; nothing where there are not so many groups."""
    if first < 0 or behind > len(groups.offsets):
        return ()
    ends = [*groups.offsets[first + 1 : behind + 1], len(groups.digits)]
    return tuple(
        end - begin for begin, end in zip(groups.offsets[first:behind], ends, strict=False)
    )


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
    return lengths in _PHONES or (is_whole and lengths in _RARE)


_ROW_OF_PHONES = re.compile(r"(?:1[3-9]\d{9}){2,}")
_CARD_INSIDE = re.compile(
    r"(?=([1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[012]\d|3[01])\d{3}[\dXx]))"
)


def _together(text: str, groups: Groups, sizes: Sequence[int]) -> Iterator[Personal]:
    """Numbers that run together in one group: phones one after the other, a phone behind a card,
    and identity numbers whose check digit fits anywhere in a long row of digits."""
    for at in [at for at, size in enumerate(sizes) if size >= 19]:
        if groups.joints[at] == ".":
            continue
        begin, place, stop = groups.offsets[at], groups.places[at], groups.stops[at]
        row = groups.digits[begin : begin + sizes[at]]
        if _X.match(text, stop):
            row += "X"
        if _is_in_code(text, place, stop):
            continue
        for kind, first, last in _tiles(row):
            yield Personal(*kind, place, stop, row[first:last])


def _tiles(row: str) -> Iterator[tuple[Kind, int, int]]:
    if _ROW_OF_PHONES.fullmatch(row):
        for first in range(0, len(row), 11):
            yield PHONE, first, first + 11
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
    """A number that a word announces, however it is grouped; an extension may stand before it."""
    for found in _ANNOUNCED.finditer(text) if LABEL.search(text) else ():
        if OF_COUNTS.search(text, found.start(), found.start(1)):
            continue
        has_cards = OF_CARDS.search(text, found.start(), found.start(1)) is not None
        for begin in _begins(found[1]):
            told = found[1][begin:]
            digits = squeezed(re.sub(r"[^\w]", "", told))
            length = next((end for end in _ENDS if _is_announced(told, digits, end)), 0)
            kind = kind_of(digits[:length])
            if kind and (has_cards or kind != CARD):
                start = found.start(1) + begin
                yield Personal(*kind, start, found.end(1), digits[:length])
                break


_MOST_BEFORE = 3
"""Extensions and the like that may stand before a number."""


def _begins(typed: str) -> list[int]:
    """Where groups of digits begin behind a blank, from the first on."""
    behind = [found.end() for found in re.finditer(rf"[{BLANKS}]+(?={DIGIT})", typed)]
    return [0, *behind[:_MOST_BEFORE]]


def _is_announced(typed: str, digits: str, length: int) -> bool:
    kind = kind_of(digits[:length])
    ends = len(digits) in (length, length + 1) or _ENDS[length].match(typed)
    return kind is not None and kind[1] == "" and bool(ends)


_LONGEST_CODE = 64
_CREDIT = re.compile(r"(?:信用代码|税号|纳税人识别号)[^\d\n]{0,8}$")
"""What announces the public number of an organisation, one in thirty of which could be a card's."""
_LETTERS = string.ascii_letters + string.digits
_HEX = re.compile(r"(?:0[xX])?(?:[0-9a-f]+|[0-9A-F]+)")


def _is_in_code(text: str, start: int, end: int) -> bool:
    """Are these digits a part of an organisation's credit code, which may hold letters, or of an
    address or a hash in hexadecimal digits?"""
    around = text[max(0, start - _LONGEST_CODE) : start], text[end : end + _LONGEST_CODE]
    before = around[0][len(around[0].rstrip(_LETTERS)) :]
    behind = around[1][: len(around[1]) - len(around[1].lstrip(_LETTERS))]
    word = before + text[start:end] + behind
    if is_credit_code(word.upper()):
        is_card = kind_of(word.upper()) == ("privacy/id-number", "")
        return not is_card or _CREDIT.search(around[0]) is not None
    is_mixed = any(one.isdigit() for one in before) or (before and behind)
    is_long = len(word) >= 24 and not word.isdigit()
    is_inside = before and is_mixed and len(word) >= 12
    return bool((is_inside or is_long) and _HEX.fullmatch(word))
