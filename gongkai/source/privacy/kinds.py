"""What kind of personal number some digits are, by their form and their check digit."""

from __future__ import annotations

import re
from datetime import date

PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 "
    "71 81 82 83 91".split()
)
"""The first two digits of an identity number (GB/T 2260; 81 to 83 are residence permits of people
from Hong Kong, Macao and Taiwan, 9 begins those of foreigners)."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MOBILE = re.compile(r"(?:\+?86|0?086|0)?(1[3-9]\d{9})")
Kind = tuple[str, str]
"""A rule, and the case of its sentence."""
PHONE: Kind = ("privacy/phone", "")
CARD: Kind = ("privacy/bank-card", "")


def kind_of(number: str) -> Kind | None:
    """The kind of a number without gaps, or None."""
    if len(number) == 18 and (case := _identity(number)) is not None:
        return "privacy/id-number", case
    if _MOBILE.fullmatch(number):
        return PHONE
    if len(number) == 15 and number.isdigit() and _is_old_identity(number):
        return "privacy/id-number", ""
    if 16 <= len(number) <= 19 and number.isdigit() and number[0] in "34569" and _luhn(number):
        return CARD
    return None


def _identity(number: str) -> str | None:
    """The case of an identity number of 18 (GB 11643-1999); None if it is something else.

    One with a wrong check digit is still somebody's, mistyped, unless it is a credit code (GB
    32100-2015), an order or an account, which have no day of birth in the middle.
    """
    body, last = number[:17], number[17]
    if body[:2] not in PROVINCES or not _is_birthday(body[6:14]) or not body.isdigit():
        return None
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    if "10X98765432"[total % 11] == last:
        return ""
    is_of_today = int(body[6:10]) in _OF_TODAY
    return None if is_of_today or is_credit_code(number) or _luhn(number) else "checksum"


_OF_TODAY = range(2016, 2060)
"""Years in which nobody was born who works, but permits and contracts were numbered: with one of
these in it, a number whose check digit does not fit is theirs."""


def _is_old_identity(number: str) -> bool:
    return number[:2] in PROVINCES and _is_birthday(f"19{number[6:12]}")


_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


def _is_birthday(digits: str) -> bool:
    if not _DAY.fullmatch(digits):  # nearly all are none, and asking the calendar takes longer
        return False
    try:
        return bool(date(int(digits[:4]), int(digits[4:6]), int(digits[6:])))
    except ValueError:
        return False


_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = tuple(3**power % 31 for power in range(17))


def is_credit_code(number: str) -> bool:
    """Is it a unified social credit code, the public number of an organisation?"""
    if len(number) != 18 or any(sign not in _CODE for sign in number):
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
