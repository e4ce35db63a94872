"""Personal numbers in a text: identity cards, mobiles, bank cards. Found by form and checksum.

What is found is told by kind and place only; no digit of it leaves this module. Full-width digits
and letters count like narrow ones, blanks and hyphens inside a number are seen through, and what is
partly masked is no number.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

_WIDE = str.maketrans(
    "０１２３４５６７８９Ｘｘ－‐‑–—−　\u00a0\u2002\u2003\u2009\u202f",
    "0123456789Xx------      ",
)
"""One character for one, so that places stay true."""
_MAYBE = re.compile(r"[0-9０-９][0-9０-９ \-－‐‑–—−\u3000\u00a0\u2002\u2003\u2009\u202f]{10}")
"""A quick look: nearly every text has nothing so long in it."""
_RUN = re.compile(r"(?<![0-9*])\+?\d(?:[ -]{0,2}\d){9,}(?:[ -]?[Xx](?![A-Za-z]))?(?![0-9*])")
_PART = re.compile(r"\+?\d+(?:[Xx](?![A-Za-z]))?|[Xx]")
_LONGEST = 21
"""Digits of the longest number with the code of a country."""
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 "
    "71 81 82 83 91".split()
)
"""The first two digits of an identity number (GB/T 2260; 81 to 83 are residence permits of people
from Hong Kong, Macao and Taiwan, 9 begins those of foreigners)."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9]\d{9})")
_IN_THREES = re.compile(r"\d{1,3}(?: \d{3})+")
"""How amounts are written, and no numbers of persons."""


class Personal(NamedTuple):
    """One number: the rule it falls under, the case of its sentence, and where it begins."""

    rule: str
    case: str
    start: int


def personal_numbers(text: str, allowed: Collection[str] = ()) -> Iterator[Personal]:
    """Every personal number in a text but those that are allowed, which are given without gaps."""
    if not _MAYBE.search(text):
        return
    plain = text.translate(_WIDE)
    for run in _RUN.finditer(plain):
        if not _IN_THREES.fullmatch(run[0]) and not _is_in_code(plain, run.start(), run.end()):
            yield from _in_run(list(_PART.finditer(plain, run.start(), run.end())), allowed)


def _in_run(parts: list[re.Match[str]], allowed: Collection[str]) -> Iterator[Personal]:
    """Those among digits with gaps: each made of neighbouring parts, the longest first."""
    at = 0
    while at < len(parts):
        for end in range(min(len(parts), at + _LONGEST), at, -1):
            number = "".join(part[0] for part in parts[at:end]).upper()
            kind = _kind_of(number) if len(number) <= _LONGEST + 1 else None
            if kind:
                if number not in allowed and number[-11:] not in allowed:
                    yield Personal(*kind, parts[at].start())
                at = end - 1
                break
        at += 1


def _is_in_code(text: str, start: int, end: int) -> bool:
    """Are these digits a part of an organisation's credit code, which may hold letters?"""
    while start and text[start - 1].isalnum() and text[start - 1].isascii():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end].isascii():
        end += 1
    return end - start == 18 and _is_credit_code(text[start:end].upper())


def squeezed(number: str) -> str:
    """A number as it is compared: without gaps, in narrow characters."""
    return re.sub(r"[ -]", "", number.translate(_WIDE)).upper()


def _kind_of(number: str) -> tuple[str, str] | None:
    if len(number) == 18 and (case := _identity(number)) is not None:
        return "privacy/id-number", case
    if _MOBILE.fullmatch(number):
        return "privacy/phone", ""
    if len(number) == 15 and number.isdigit() and _is_old_identity(number):
        return "privacy/id-number", ""
    if 16 <= len(number) <= 19 and number.isdigit() and number[0] in "34569" and _luhn(number):
        return "privacy/bank-card", ""
    return None


def _identity(number: str) -> str | None:
    """The case of an identity number of 18 (GB 11643-1999); None if it is something else.

    One with a wrong check digit is still somebody's, mistyped, unless it is a credit code (GB
    32100-2015), an order or an account, which have no day of birth in the middle.
    """
    body, last = number[:17], number[17]
    if not body.isdigit() or body[:2] not in _PROVINCES or not _is_birthday(body[6:14]):
        return None
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    if "10X98765432"[total % 11] == last:
        return ""
    return None if _is_credit_code(number) or _luhn(number) else "checksum"


def _is_old_identity(number: str) -> bool:
    return number[:2] in _PROVINCES and _is_birthday(f"19{number[6:12]}")


def _is_birthday(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2099


_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = tuple(3**power % 31 for power in range(17))


def _is_credit_code(number: str) -> bool:
    """Is it a unified social credit code, the public number of an organisation?"""
    if any(sign not in _CODE for sign in number):
        return False
    pairs = zip(number, _CODE_WEIGHTS, strict=False)
    total = sum(_CODE.index(sign) * weight for sign, weight in pairs)
    return _CODE[(31 - total % 31) % 31] == number[17]


def _luhn(number: str) -> bool:
    """The check of bank cards (ISO/IEC 7812-1, annex B)."""
    if not number.isdigit():
        return False
    digits = [int(digit) for digit in reversed(number)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def veiled(text: str) -> str:
    """A text, such as a path, without the digits of any personal number in it."""
    found = [one.start for one in personal_numbers(text)]
    for start in reversed(found):
        run = _RUN.search(text.translate(_WIDE), start)
        end = run.end() if run else start
        text = text[:start] + "…" + text[end:]
    return text
