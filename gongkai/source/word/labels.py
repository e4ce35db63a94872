"""Numbers of lists as a word processor shows them (ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from gongkai.source.workbook.numerals import by_digit, chinese, ordinal

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
BULLET = "•"
_MOST_LETTERS, _MOST_ROMAN = 780, 4_999


def shown_number(number: int, format_: str) -> str:
    """A number in a format; as figures where the format is none we know."""
    return _FORMATS.get(format_, str)(number)


def _letters(number: int) -> str:
    """a to z, then aa to zz."""
    if not 0 < number <= _MOST_LETTERS:
        return str(number)
    times, at = divmod(number - 1, 26)
    return chr(97 + at) * (times + 1)


def _roman(number: int) -> str:
    if not 0 < number <= _MOST_ROMAN:
        return str(number)
    made = ""
    for value, sign in _ROMAN:
        made += sign * (number // value)
        number %= value
    return made


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _circled(number: int) -> str:
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(start + number - first)
    return str(number)


def _run(start: int, most: int = 20) -> Callable[[int], str]:
    return lambda number: chr(start + number - 1) if 0 < number <= most else str(number)


def _wide(number: int) -> str:
    return "".join(chr(ord(text) + 0xFEE0) for text in str(number))


def _counted(number: int) -> str:
    return ordinal(number, "dbnum1") if number < 20 else chinese(Decimal(number), "dbnum1")


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "bullet": lambda _: BULLET,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "decimalEnclosedParen": _run(0x2474),
    "decimalEnclosedFullstop": _run(0x2488),
    "ideographEnclosedCircle": _run(0x3280, 10),
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"),
                    lambda number: by_digit(str(number), "dbnum1")),
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting",
                     "taiwaneseCounting", "taiwaneseCountingThousand"), _counted),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"),
                    lambda number: chinese(Decimal(number), "dbnum2")),
}  # fmt: skip
"""Formats by their names; those without an entry are figures."""
