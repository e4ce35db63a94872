"""Periods as people write them, in titles and names of files."""

from __future__ import annotations

import re

from gongkai.calendar import Grain, Period
from gongkai.render.words import Words

_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTH = re.compile(
    r"(20\d\d)(?: ?年 ?(?=\d\d? ?月)|[./_-](?=\d\d?(?!\d)))(1[0-2]|0?[1-9]) ?(?:月份?)?"
)
_QUARTER = re.compile(r"(20\d\d) ?年? ?-?(?:第?([1-4一二三四])季度?|[Qq]([1-4]))")
_HALF = re.compile(r"(20\d\d) ?年? ?(上|下)半年")
_YEAR = re.compile(r"(20\d\d) ?年度?(?!\d|\s*\d+\s*月)")


def label(period: Period) -> str:
    """``2026年10月``, ``2026年第三季度``."""
    return Words("zh").period(period)


def period_in(text: str) -> Period | None:
    """The period that a title speaks of, the narrowest it can be read as."""
    if found := _MONTH.search(text):
        return Period(int(found[1]), Grain.MONTH, int(found[2]))
    if found := _QUARTER.search(text):
        return Period(int(found[1]), Grain.QUARTER, _DIGITS[found[2] or found[3]])
    if found := _HALF.search(text):
        return Period(int(found[1]), Grain.HALF_YEAR, 1 if found[2] == "上" else 2)
    if found := _YEAR.search(text):
        return Period(int(found[1]), Grain.YEAR, 1)
    return None


def without_period(text: str) -> str:
    """A title without what it says about the period."""
    for pattern in (_MONTH, _QUARTER, _HALF, _YEAR):
        text = pattern.sub("", text)
    return text.strip(" -_　")


def moved(text: str, old: Period | None, new: Period | None) -> str:
    """A text with one period's name in place of another's."""
    if old is None or new is None:
        return text
    return text.replace(label(old), label(new)).replace(str(old), str(new))
