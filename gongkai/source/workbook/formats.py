"""Number formats of spreadsheets (ECMA-376 part 1, 18.8.30): a value as the program shows it.

What cannot be shown for sure raises ``Unshown``; the caller names the cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from gongkai.source.workbook.dates import show_date
from gongkai.source.workbook.digits import exact, general, show_number
from gongkai.source.workbook.errors import Unshown

_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)(?:"|$)
    | [\\!](?P<escaped>.)
    | _(?P<pad>.)
    | \*(?P<fill>.)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/通用格式|Standard)
    | (?P<half>AM/PM|A/P|上午/下午)
    | (?P<exponent>(?-i:E)[+-])
    | (?P<date>y+|m+|d+|h+|s+|a{3,}|e+|b+|g+)
    | (?P<digit>[0#?])
    | (?P<at>@)
    | (?P<plain>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?(?:E[+-]?\d+)?)", re.IGNORECASE)
_COLOUR = re.compile(
    r"black|blue|cyan|green|magenta|red|white|yellow|colou?r ?\d+|"
    r"黑色|蓝色|青色|蓝绿色|绿色|洋红色?|红色|白色|黄色|颜色 ?\d+",
    re.IGNORECASE,
)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": Decimal.__lt__,
    "<=": Decimal.__le__,
    ">": Decimal.__gt__,
    ">=": Decimal.__ge__,
    "=": Decimal.__eq__,
    "<>": Decimal.__ne__,
}


_ZERO = Decimal(0)
_SYSTEM = dict.fromkeys(("f800", "x-sysdate"), 'yyyy"年"m"月"d"日"')
_SYSTEM |= dict.fromkeys(("f400", "x-systime"), "h:mm:ss")
"""The long day and the time of the reader's system, which is a Chinese one."""
_LONG_LOCALE = re.compile(r"[0-9a-f]{7,8}")
_SHAPES = {"0": "", "00": "", "1": "", "01": "", "1e": "dbnum1", "1f": "dbnum2"}
"""Numerals by their number before a language: Arabic, and Chinese as in everyday or formal use."""


class FormatToken(NamedTuple):
    """A piece of a section: its kind is the name of its group in ``_TOKEN``."""

    kind: str
    text: str


class FormatSection(NamedTuple):
    """One of the up to four parts of a format, with the condition that chooses it."""

    tokens: tuple[FormatToken, ...]
    condition: tuple[str, Decimal] | None
    locale: str
    numerals: str
    """``DBNum1`` and the like: figures are shown as Chinese numerals."""
    is_coloured: bool = False
    """Is a colour named, by which the program tells negative numbers?"""

    def has(self, kind: str) -> bool:
        return any(token.kind == kind for token in self.tokens)

    @property
    def is_date(self) -> bool:
        return any(token.kind in ("date", "elapsed", "half") for token in self.tokens)


class ShownValue(NamedTuple):
    """What a reader sees of a value. ``is_hidden`` says that its format shows nothing of it."""

    text: str
    is_date: bool = False
    is_hidden: bool = False


@lru_cache(2_000)
def sections(code: str) -> tuple[FormatSection, ...]:
    """The sections of a format."""
    found: list[list[FormatToken]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or "plain"
        text = match[kind]
        if kind == "plain" and text == ";":
            found.append([])
        else:
            found[-1].append(FormatToken(kind, text))
    if len(found) > 4:
        raise Unshown
    return tuple(map(_section, found))


def _section(raw: list[FormatToken]) -> FormatSection:
    tokens: list[FormatToken] = []
    condition, locale, numerals, is_coloured = None, "", "", False
    for token in raw:
        inside = token.text
        if token.kind in ("quoted", "escaped"):
            tokens.append(FormatToken("literal", inside))
        elif token.kind == "pad":
            tokens.append(FormatToken("literal", " "))
        elif token.kind == "fill":
            if inside.strip():
                raise Unshown  # as many of a sign as the column is wide
        elif token.kind != "bracket":
            tokens.append(token)
        elif inside.startswith("$"):
            symbol, _, named = inside[1:].partition("-")
            tokens.append(FormatToken("literal", symbol))
            locale, numerals = _locale(named.lower(), numerals)
        elif found := _CONDITION.fullmatch(inside.strip()):
            condition = found[1], Decimal(found[2])
        elif _ELAPSED.fullmatch(inside):
            tokens.append(FormatToken("elapsed", inside.lower()))
        elif inside.lower().startswith("dbnum"):
            numerals = inside.lower()
        elif _COLOUR.fullmatch(inside.strip()):
            is_coloured = True
        else:
            raise Unshown
    return FormatSection(tuple(tokens), condition, locale, numerals, is_coloured)


def _locale(named: str, numerals: str) -> tuple[str, str]:
    """A language, and the numerals that may stand before its number as in ``1E000804``."""
    if not _LONG_LOCALE.fullmatch(named):
        return named, numerals
    shape, calendar, language = named[:-6], named[-6:-4], named[-4:]
    if calendar != "00" or shape not in _SHAPES:
        raise Unshown
    return language.lstrip("0"), numerals or _SHAPES[shape]


def show_text(text: str, code: str) -> ShownValue:
    """A text as its format shows it: through the section for text, if there is one."""
    if code in ("General", "@", ""):
        return ShownValue(text)
    parts = sections(code)
    last = parts[-1]
    if len(parts) < 4 and not last.has("at"):
        return ShownValue(text)
    made = "".join(text if token.kind == "at" else token.text for token in last.tokens)
    return ShownValue(made, is_hidden=bool(text.strip()) and not made.strip())


def show_value(value: float, code: str, *, since_1904: bool = False) -> ShownValue:
    """A number as its format shows it. Unshown when that cannot be told."""
    number = exact(value)
    if code in ("General", "@", ""):
        return ShownValue(general(number))
    parts = sections(code)
    section, is_absolute = _chosen(parts, number)
    if not section.tokens:
        return ShownValue("", is_hidden=number != 0 or not any(part.tokens for part in parts))
    if section.locale in _SYSTEM:
        section = sections(_SYSTEM[section.locale])[0]
    if section.is_date:
        if section.has("digit") and not section.has("date") and not section.has("elapsed"):
            raise Unshown
        return ShownValue(show_date(number, section, since_1904=since_1904), is_date=True)
    made = show_number(abs(number) if is_absolute else number, section)
    return ShownValue(made, is_hidden=number != 0 and not made.strip())


def _chosen(parts: tuple[FormatSection, ...], number: Decimal) -> tuple[FormatSection, bool]:
    """The section for a number, and whether it shows the number without its sign: one that is only
    for negative numbers does."""
    numeric = parts[:3]
    if 1 < len(parts) < 4 and parts[-1].has("at"):
        numeric = parts[:-1]  # the last one is for text
    if not any(part.condition for part in numeric):
        return _by_sign(numeric, number)
    first = numeric[0].condition or (">" if len(numeric) > 2 else ">=", _ZERO)
    second = numeric[1].condition if len(numeric) > 1 else None
    if len(numeric) > 2 and second is None:
        second = "<", _ZERO
    for part, condition in zip(numeric, (first, second), strict=False):
        if condition and _COMPARE[condition[0]](number, condition[1]):
            return part, number < 0 and _only_negative(condition)
    if len(numeric) == 1 or (len(numeric) == 2 and second):
        raise Unshown  # no section is for this number: the program fills the cell with ###
    if number < 0:
        if len(numeric) > 2 or first not in ((">", _ZERO), (">=", _ZERO)):
            raise Unshown  # programs do not agree whether the sign is shown
        return numeric[-1], True
    return numeric[-1], False


def _by_sign(numeric: tuple[FormatSection, ...], number: Decimal) -> tuple[FormatSection, bool]:
    if number < 0 and len(numeric) > 1:
        return numeric[1], not _tells_by_colour_alone(numeric)
    if number == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], False


def _tells_by_colour_alone(numeric: tuple[FormatSection, ...]) -> bool:
    """Is a negative number shown as a positive one in another colour? No page has that colour."""
    positive, negative = (
        [token.text for token in format_section.tokens if token.text.strip()]
        for format_section in numeric[:2]
    )
    return numeric[1].is_coloured and positive == negative


def _only_negative(condition: tuple[str, Decimal]) -> bool:
    sign, bound = condition
    return (sign in ("<", "<=") and bound <= 0) or (sign == "=" and bound < 0)
