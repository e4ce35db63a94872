"""Days as people and spreadsheets write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

_HAN = {
    **{text: n for n, text in enumerate("零一二三四五六七八九")},
    **dict.fromkeys("〇○◯0OoＯ", 0),
}
_HAN_DAY = re.compile(
    r"([〇○◯零0OoＯ一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_DAY = re.compile(
    r"(20\d\d|19\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?"
)
_FIRST, _SERIALS = date(1899, 12, 30), range(20_000, 80_000)
"""What a spreadsheet counts days from, and how large such numbers are (1954 to 2119)."""


def day_of(text: str) -> date | None:
    """A day as people and spreadsheets write it, a time behind it left out: 2026-10-20, 2026.10.20,
    2026年11月19日, 二〇二六年一月十日, or the number by which a spreadsheet counts it."""
    plain = unicodedata.normalize("NFKC", text).strip()
    try:
        if found := _DAY.fullmatch(plain):
            return date(*map(int, found.groups()))
        if found := _HAN_DAY.fullmatch(text.strip()):
            year = int("".join(str(_HAN[one]) for one in found[1]))
            return date(year, _number(found[2]), _number(found[3]))
        if plain.isdigit() and int(plain) in _SERIALS:
            return _FIRST + timedelta(days=int(plain))
    except ValueError:
        return None
    return None


def _number(text: str) -> int:
    """``十一`` is 11, ``三十`` is 30."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return _HAN[text]
    return (_HAN[tens] if tens else 1) * 10 + (_HAN[ones] if ones else 0)


_HAN_YEAR = re.compile(r"[〇○◯零0OoＯ一二三四五六七八九]{4}(?=\s*年)")
_HAN_COUNT = re.compile(
    r"(?:[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=\s*(?:月|日|天|个))"
)


def with_figures(text: str) -> str:
    """The same with years, months, days and counts of days in figures, and wide figures and signs
    as plain ones: 二〇二六年十一月十六日 is 2026年11月16日."""
    plain = unicodedata.normalize("NFKC", text)
    plain = _HAN_YEAR.sub(lambda found: "".join(str(_HAN[text]) for text in found[0]), plain)
    return _HAN_COUNT.sub(lambda found: str(_number(found[0])), plain)
