"""Periods as people write them, in titles and names of files."""

from __future__ import annotations

import re
from datetime import date

from gongkai.domain.calendar import Grain, Period
from gongkai.render.words import Words

_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTH = re.compile(
    r"(?<!\d)(20\d\d)(?: ?年?度? ?(?=\d\d? ?月)|[./_-](?=\d\d?(?!\d))|(?=(?:0[1-9]|1[0-2])(?!\d)))"
    r"(1[0-2]|0?[1-9]) ?(?:月份?)?"
)
_BARE_MONTH = re.compile(r"(?<![\d年度])(1[0-2]|0?[1-9]) ?月份?(?! ?\d+ ?日)")
_RANGE = re.compile(
    r"\d{1,2} ?月? ?(?:[-—–~～至到]|至) ?(?:20\d\d ?年 ?)?\d{1,2} ?月(?! ?\d+ ?日)份?"
)
_NAMED = re.compile(r"\d{1,2} ?月(?! ?\d+ ?日)|季度")
_FIGURES = {text: number for number, text in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_HAN_YEAR = re.compile(r"([二〇○零一三四五六七八九]{4}) ?年")
_MONTHS = "一 二 三 四 五 六 七 八 九 十 十一 十二".split()
_HAN_MONTH = re.compile(r"(十[一二]?|[一二三四五六七八九])月(?=份|$|[^日一二三四五六七八九十])")
_QUARTER = re.compile(r"(20\d\d) ?年?度? ?-?(?:第?([1-4一二三四])季度?|[Qq]([1-4]))")
_HALF = re.compile(r"(20\d\d) ?年? ?(上|下)半年")
_YEAR = re.compile(r"(20\d\d) ?年度?(?!\d|\s*\d+\s*月)")


def label(period: Period) -> str:
    """``2026年10月``, ``2026年第三季度``."""
    return Words("zh").period(period)


def period_in(text: str, today: date | None = None) -> Period | None:
    """The period that a title speaks of, the narrowest it can be read as. A month without a year is
    the last one of its name, if it is told which day it is."""
    plain = _plain(text)
    if _RANGE.search(plain):
        return None
    if found := _MONTH.search(plain):
        return Period(int(found[1]), Grain.MONTH, int(found[2]))
    if found := _QUARTER.search(plain):
        return Period(int(found[1]), Grain.QUARTER, _DIGITS[found[2] or found[3]])
    if found := _HALF.search(plain):
        return Period(int(found[1]), Grain.HALF_YEAR, 1 if found[2] == "上" else 2)
    if (found := _BARE_MONTH.search(plain)) and not _YEAR.search(plain):
        return _last_month(int(found[1]), today) if today else None
    if found := _YEAR.search(plain):
        return Period(int(found[1]), Grain.YEAR, 1)
    return None


def names_period(text: str) -> bool:
    """Does a text speak of months or days of a month, understood or not?"""
    return _NAMED.search(_plain(text)) is not None


def _last_month(month: int, today: date) -> Period:
    return Period(today.year if month <= today.month else today.year - 1, Grain.MONTH, month)


def _plain(text: str) -> str:
    """The same with Chinese numerals of years and months as figures."""
    text = _HAN_YEAR.sub(lambda found: "".join(str(_FIGURES[one]) for one in found[1]) + "年", text)
    return _HAN_MONTH.sub(lambda found: f"{_MONTHS.index(found[1]) + 1}月", text)


def without_period(text: str) -> str:
    """A title without what it says about the period."""
    text = _plain(text)
    for pattern in (_RANGE, _MONTH, _QUARTER, _HALF, _YEAR, _BARE_MONTH):
        text = pattern.sub("", text)
    return text.strip(" -_　")


def moved(text: str, old: Period | None, new: Period | None) -> str:
    """A text with one period's name in place of another's."""
    if old is None or new is None:
        return text
    return text.replace(label(old), label(new)).replace(str(old), str(new))
