"""What a 公示 says of its window: from when to when, and how many days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from gongkai.source.workbook.days import with_figures

_DAY = r"(?<![\d.])(?:(20\d\d)\s*[年./-]\s*)?(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*[日号]?"
_WEEKDAY = r"(?:\s*\((?:星期|周|礼拜)[一二三四五六日天1-7]\))?"
_HOUR = r"(?:\d{1,2}|[零〇一二三四五六七八九十]{1,3})"
_TIME = rf"(?:(?:上午|下午|早|晚)?\s*{_HOUR}\s*(?::\d{{2}}|[时点](?:\d{{1,2}}分|半|整)?))?"
_TO_DAY = r"\s*,?\s*(?:至|到|[-—–―~～〜]{1,2})\s*"
_RANGE = re.compile(
    rf"{_DAY}{_WEEKDAY}\s*{_TIME}\s*(?:起|开始|始)?{_TO_DAY}(次年|翌年|明年)?"
    r"(?:(20\d\d)\s*[年./-]\s*)?(?:(\d{1,2})\s*[月./-]\s*)?(\d{1,2})(?![\d.])\s*[日号]?"
)
_UNTIL = re.compile(rf"(?:即日|本日|今日|今天|当日|之日)\s*起?{_TO_DAY}{_DAY}")
_FROM = re.compile(rf"{_DAY}{_WEEKDAY}\s*{_TIME}\s*(?:起|开始|始)")
_DAYS = re.compile(
    r"(?<![\d月])(\d{1,3})\s*(个\s*工作日|工作日|个\s*自然日|个\s*日|天)"
    r"|(?<=[共为期示限:])\s*(\d{1,3})\s*日(?!期|\s*[至到~—-])"
    r"|(?<!第)([一二两三1-3])\s*(?:个\s*星期|个?\s*周(?![一二三四五六日年岁]))"
)
_WEEKS = {"一": 1, "二": 2, "两": 2, "三": 3, "1": 1, "2": 2, "3": 3}
_TODAY = re.compile(
    r"[自从](?:本)?(?:公示|公告|发布|张贴|通知)(?:发布|张贴|公布)?(?:之日|当日|日)|即日起"
)
_LABEL = re.compile(r".{0,6}(?:公\s*示|异\s*议)[^。,;:]{0,4}(?:期|时间|时限|期限|日期)\s*:?")
"""A line that only announces what the next one says."""
_NEAR = re.compile(
    r"(?:公\s*示|异\s*议|征求意见|反馈)[^。,;]{0,4}(?:期|时间|时限|日期|起止)[^。]{0,30}$"
    r"|期限[^。,;]{0,12}$|公\s*示(?!\s*(?:如下|情况|内容))[^。,;]{0,8}$"
)
_THEN = re.compile(
    r"\s*(?:(?:上午|下午|晚)?\d{1,2}(?::\d{2}|[时点]))?,?\s*(?:止|期间|内)?\s*,?\s*(?:予以|进行|对外|在.{1,12}?)?\s*公\s*示(?!\s*(?:如下|情况))"
)
"""What stands before or behind the days of a window; other days are those of what is told."""
_ABOUT = re.compile(r"公\s*示|异议|期限")
_WORKDAY = "工作日"
_SOON = timedelta(days=90)
_SENTENCE = re.compile(r"[^。；\n]{1,400}")


class PaperWindow(NamedTuple):
    """A window for objections as a paper says it; what it leaves out is None. ``is_guessed`` says
    that a year was added to its days."""

    first: date | None
    last: date | None
    days: int | None
    is_workdays: bool
    is_guessed: bool = False


def window_in(texts: Sequence[str], near: date) -> PaperWindow | None:
    """The window that some texts speak of; a day without a year is near the day ``near``."""
    sentences = [found[0] for text in _announced(texts) for found in _SENTENCE.finditer(text)]
    about = [sentence for sentence in sentences if _ABOUT.search(sentence)]
    length = next(filter(None, map(_length, about)), None)
    for sentence in about:
        for found in filter(_is_window, _RANGE.finditer(sentence)):
            first, last, is_guessed = _ends(found, near)
            if first and last and first <= last:
                days, is_workdays = _length(sentence[found.end() :]) or length or (None, True)
                return PaperWindow(first, last, days, is_workdays, is_guessed)
    return _until(about, length, near) or (_begun(about, length, near) if length else None)


def _announced(texts: Sequence[str]) -> Iterator[str]:
    """The texts, each behind the line above it where that only says what comes."""
    above = ""
    for text in map(narrowed, texts):
        yield f"{above}{text}"
        above = f"{text}:" if _LABEL.fullmatch(text.strip()) else ""


def narrowed(text: str) -> str:
    """A text with days in figures and no more than one blank at a place."""
    return _BLANKS.sub(" ", with_figures(text))


_BLANKS = re.compile(r"[^\S\n]++")


def _is_window(found: re.Match[str]) -> bool:
    """Are two days those of a window, and not of what the notice is about?"""
    before, after = found.string[: found.start()], found.string[found.end() :]
    return bool(_NEAR.search(before[-_REACH:]) or _THEN.match(after))


def _is_begin(found: re.Match[str]) -> bool:
    """Does a window begin on a day, and not what is told?"""
    after = found.string[found.end() :]
    is_from = found.string[: found.start()].rstrip().endswith("自")
    return _is_window(found) or (is_from and not _IN_FORCE.match(after))


_IN_FORCE = re.compile(r"[^。,;]{0,8}(?:施行|执行|实施|生效|任职|发放)")
_REACH = 60
"""Characters before two days in which it is looked for what they are."""


def _length(sentence: str) -> tuple[int, bool] | None:
    """How many days a sentence speaks of, and whether these are working days."""
    found = _DAYS.search(sentence)
    if not found:
        return None
    if found[4]:
        return 7 * _WEEKS[found[4]], False
    return int(found[1] or found[3]), _WORKDAY in (found[2] or "")


def _until(about: Sequence[str], length: tuple[int, bool] | None, near: date) -> PaperWindow | None:
    """A window from the day of the paper to another day."""
    for sentence in about:
        if found := _UNTIL.search(sentence):
            last, is_guessed = _placed(found[1], found[2], found[3], near)
            if last and near <= last:
                days, is_workdays = length or (None, True)
                return PaperWindow(near, last, days, is_workdays, is_guessed)
    return None


def _begun(about: Sequence[str], length: tuple[int, bool], near: date) -> PaperWindow:
    """A window of which only the length is said, and perhaps when it begins."""
    for sentence in about:
        if begun := next(filter(_is_begin, _FROM.finditer(sentence)), None):
            first, is_guessed = _placed(begun[1], begun[2], begun[3], near)
            return PaperWindow(first, None, *length, is_guessed)
        if _TODAY.search(sentence):
            return PaperWindow(near, None, *length)
    return PaperWindow(None, None, *length)


def _ends(found: re.Match[str], near: date) -> tuple[date | None, date | None, bool]:
    first, is_guessed = _placed(found[1], found[2], found[3], near)
    if first is None:
        return None, None, False
    month = found[6] or found[2]
    year = int(found[5] or first.year + bool(found[4]))
    last = _day(year, month, found[7])
    if last and last < first and not found[5]:
        last = _day(year + 1, month, found[7])
    return first, last, is_guessed


def _placed(year: str | None, month: str, day: str, near: date) -> tuple[date | None, bool]:
    """A day; without a year the first of its name that is not long before ``near``."""
    if year:
        return _day(int(year), month, day), False
    found = _day(near.year, month, day)
    if found and found < near - _SOON:
        found = _day(near.year + 1, month, day)
    return found, True


def _day(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None
