"""What a 公示 says of its window: from when to when, how many days, and where to object."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from gongkai.source.workbook.days import with_figures

_DAY = r"(?:(20\d\d)\s*[年./-]\s*)?(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?"
_TIME = r"(?:(?:上午|下午|早|晚)?\s*\d{1,2}\s*(?::\d{2}|[时点](?:\d{1,2}分|半|整)?))?"
_RANGE = re.compile(
    rf"{_DAY}\s*{_TIME}\s*(?:起|开始)?\s*,?\s*(?:至|到|[-—–―~～]{{1,2}})\s*"
    r"(?:(20\d\d)\s*[年./-]\s*)?(?:(\d{1,2})\s*[月./-]\s*)?(\d{1,2})\s*日?"
)
_FROM = re.compile(rf"自\s*{_DAY}\s*起")
_DAYS = re.compile(
    r"(?<![\d月])(\d{1,3})\s*(个\s*工作日|工作日|个\s*自然日|个\s*日|天)|(?<=[共为期:])\s*(\d{1,3})\s*日(?!期)"
)
_TODAY = re.compile(r"自(?:本)?(?:公示|公告|发布|张贴|通知)(?:发布|张贴|公布)?(?:之日|当日|日)起")
_ABOUT = re.compile(r"公\s*示|异议|期限")
_WORKDAY = "工作日"
_SOON = timedelta(days=90)
_SENTENCE = re.compile(r"[^。；\n]{1,400}")


class Window(NamedTuple):
    """A window for objections as a paper says it; what it leaves out is None. ``is_guessed`` says
    that a year was added to its days."""

    first: date | None
    last: date | None
    days: int | None
    is_workdays: bool
    is_guessed: bool = False


def window_in(texts: Sequence[str], near: date) -> Window | None:
    """The window that some texts speak of; a day without a year is near the day ``near``."""
    sentences = [one[0] for text in texts for one in _SENTENCE.finditer(with_figures(text))]
    about = [one for one in sentences if _ABOUT.search(one)]
    length = next(filter(None, map(_length, about)), None)
    for sentence in about:
        if found := _RANGE.search(sentence):
            first, last, is_guessed = _ends(found, near)
            if first and last and first <= last:
                days, is_workdays = _length(sentence[found.end() :]) or length or (None, True)
                return Window(first, last, days, is_workdays, is_guessed)
    return _begun(about, length, near) if length else None


def _length(sentence: str) -> tuple[int, bool] | None:
    """How many days a sentence speaks of, and whether these are working days."""
    found = _DAYS.search(sentence)
    return (int(found[1] or found[3]), _WORKDAY in (found[2] or "")) if found else None


def _begun(about: Sequence[str], length: tuple[int, bool], near: date) -> Window:
    """A window of which only the length is said, and perhaps when it begins."""
    for sentence in about:
        if begun := _FROM.search(sentence):
            first, is_guessed = _placed(begun[1], begun[2], begun[3], near)
            return Window(first, None, *length, is_guessed)
        if _TODAY.search(sentence):
            return Window(near, None, *length)
    return Window(None, None, *length)


def _ends(found: re.Match[str], near: date) -> tuple[date | None, date | None, bool]:
    first, is_guessed = _placed(found[1], found[2], found[3], near)
    if first is None:
        return None, None, False
    month = found[5] or found[2]
    last = _day(int(found[4] or first.year), month, found[6])
    if last and last < first and not found[4]:
        last = _day(first.year + 1, month, found[6])
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


_OBJECT = re.compile(r"反映|意见|异议|举报|监督|联系|电话|邮箱|信箱|受理|地址|地点")
_TO = re.compile(
    r"(?:可|请|应|须)?(?:及时)?(?:书面|实名|署名|如实|以.{1,16}?形式)?向([^,，。；;:：]{2,24}?)(?:书面|实名|署名)?(?:反映|提出|举报|反馈|说明)"
)
_PHONE = re.compile(
    r"(?:电\s*话|热\s*线|拨打)\s*(?:号码)?\s*(?:为|是)?\s*[:：]?\s*"
    r"(\(?\d[\d\-—()（） ]{5,20}\d(?:\s*转\s*\d{1,6})?)"
)
_MAIL = re.compile(r"[A-Za-z0-9._-]{1,40}@[A-Za-z0-9.-]{3,60}")
_BOX = re.compile(r"([^,，。；;:：、\s投入或在及和]{0,12}(?:意见箱|举报箱|投诉箱|信箱))")
_PLACE = re.compile(r"(?:通讯|联系|受理|来访)?(?:地\s*址|地\s*点)\s*[:：]\s*([^,，。；;]{2,40})")


class Contacts(NamedTuple):
    """Where objections may be sent."""

    office: str | None = None
    phone: str | None = None
    box: str | None = None
    mail: str | None = None
    place: str | None = None

    @property
    def line(self) -> str:
        """All of them on one line; empty when there are none."""
        told = [self.office, f"电话 {self.phone}" if self.phone else None, self.box]
        mail = f"邮箱 {self.mail}" if self.mail else None
        return "；".join(filter(None, [*told, mail, self.place]))


def contacts_in(texts: Sequence[str]) -> Contacts:
    """The office, the telephone and the boxes that some texts name for objections."""
    lines = [one[0] for text in texts for one in _SENTENCE.finditer(with_figures(text))]
    about = [line for line in lines if _OBJECT.search(line)]
    return Contacts(*(_first(about, one) for one in (_TO, _PHONE, _BOX, _MAIL, _PLACE)))


def _first(lines: Sequence[str], pattern: re.Pattern[str]) -> str | None:
    found: Iterator[re.Match[str]] = (f for line in lines if (f := pattern.search(line)))
    one = next(found, None)
    return one[1 if one.re.groups else 0].strip() if one else None
