"""Days, numbers and labels as readers see them, in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache, lru_cache
from typing import Any

from markupsafe import Markup, escape

from gongkai.domain.calendar import Grain, Period
from gongkai.domain.finding import Both
from gongkai.domain.labels import name_of
from gongkai.domain.model import Board, Category
from gongkai.domain.terms import Handled
from gongkai.messages import say
from gongkai.status.opinions import Raised

_HAN = re.compile(r"[\u3400-\u9fff][\u3000-\u303f\u3400-\u9fff\uff00-\uffef0-9]*")
_CHINESE = r'<span lang="zh-Hans">\g<0></span>'
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_WEEKDAYS = {"zh": "一二三四五六日", "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]}


class Words:
    """The words of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def t(self, key: str, /, **values: object) -> str:
        """A sentence of the interface (``ui.<key>`` in the message files)."""
        if not values:
            return _plain(self.lang, key)
        shown = {name: self._shown(value) for name, value in values.items()}
        return say(self.lang, f"ui.{key}", **shown)

    def _shown(self, value: object) -> object:
        return self.day(value) if isinstance(value, date) else value

    def day(self, value: date | None) -> str:
        """``2026年11月9日`` or ``9 Nov 2026``; a dash for none."""
        return "—" if value is None else _day(self.lang, value)

    def dated(self, key: str, day: date | None) -> str:
        """A sentence of the interface that tells a ``day`` and nothing else."""
        return _dated(self.lang, key, day)

    def short(self, value: date | None) -> str:
        """``11月9日`` or ``9 Nov``."""
        if value is None:
            return "—"
        if self.lang == "zh":
            return f"{value.month}月{value.day}日"
        return f"{value.day} {_MONTHS[value.month - 1]}"

    def span(self, first: date, last: date) -> str:
        """``11月16日至20日``: two days of one year without saying everything twice."""
        if self.lang != "zh" or first.year != last.year:
            return f"{self.day(first)}–{self.day(last)}"
        end = f"{last.day}日" if first.month == last.month else f"{last.month}月{last.day}日"
        return f"{first.month}月{first.day}日至{end}"

    def month(self, first: date, today: date) -> str:
        """``10月``, ``2025年12月`` or ``Dec 2025``: the year where it is not the current one."""
        if self.lang != "zh":
            return f"{_MONTHS[first.month - 1]} {first.year}"
        return f"{first.month}月" if first.year == today.year else f"{first.year}年{first.month}月"

    def month_of(self, day: date) -> str:
        """``10月`` or ``Oct``."""
        return f"{day.month}月" if self.lang == "zh" else _MONTHS[day.month - 1]

    def moment(self, value: datetime) -> str:
        """A day with its time."""
        return f"{self.day(value)} {value:%H:%M}"

    def weekday(self, value: date) -> str:
        """``星期四`` or ``Thu``."""
        name = _WEEKDAYS[self.lang][value.weekday()]
        return f"星期{name}" if self.lang == "zh" else name

    def period(self, value: Period | None) -> str:
        """``2026年10月``, ``2026年第三季度``, ``2026年上半年``, ``2026年度``."""
        return "" if value is None else _period(self.lang, value)

    def brief(self, value: Period) -> str:
        """``10月``, ``三季度``, ``上半年``, ``2026年``: a period beside others of its kind."""
        if self.lang != "zh":
            names = {Grain.MONTH: _MONTHS[(value.index - 1) % 12], Grain.QUARTER: f"Q{value.index}"}
            return names.get(value.grain, str(value))
        names = {
            Grain.MONTH: f"{value.index}月",
            Grain.QUARTER: f"{'一二三四'[(value.index - 1) % 4]}季度",
            Grain.HALF_YEAR: "上半年" if value.index == 1 else "下半年",
        }
        return names.get(value.grain, f"{value.year}年")

    def name(self, value: Enum) -> str:
        """The word for a listed value."""
        return name_of(value, self.lang)

    def either(self, value: str | Both) -> str:
        """A name in this language."""
        return value if isinstance(value, str) else value.zh if self.lang == "zh" else value.en

    def category(self, value: Category) -> str:
        """A duty of the catalogue."""
        return value.name if self.lang == "zh" else value.en

    def stands(self, one: Raised) -> str:
        """Where an opinion stands, in a sentence."""
        opinion, is_promise = one.opinion, one.handled in (Handled.UNDER_WAY, Handled.PUT_OFF)
        day = opinion.promised if is_promise and opinion.promised else opinion.due
        shown = self.short(day) if day.year == opinion.received.year else self.day(day)
        dept = opinion.dept or self.t("opinion-nobody")
        return self.t(f"opinion-{one.handled.value}", day=shown, dept=dept)

    def marked(self, text: str) -> Markup:
        """A text in which what is in Chinese, such as the name of a law, is marked as Chinese, so
        that it is read aloud and drawn as such on a page in another language."""
        safe = escape(text)
        return safe if self.lang == "zh" else Markup(_HAN.sub(_CHINESE, str(safe)))  # noqa: S704 (escaped)

    def named(self, board: Board) -> str:
        """What a board is called where it is one of several: by its workshop if it has one."""
        own = board.title_en if self.lang == "en" else None
        return own or board.workshop or board.title

    def globals(self) -> Mapping[str, Any]:
        """What templates call by name."""
        names = (
            "t",
            "day",
            "short",
            "span",
            "moment",
            "weekday",
            "period",
            "name",
            "named",
            "marked",
            "stands",
            "lang",
        )
        return {name: getattr(self, name) for name in names}


@cache
def _plain(lang: str, key: str) -> str:
    return say(lang, f"ui.{key}")


@lru_cache(maxsize=4096)
def _period(lang: str, value: Period) -> str:
    if lang != "zh":
        return str(value)
    tail = {
        Grain.MONTH: f"{value.index}月",
        Grain.QUARTER: f"第{'一二三四'[(value.index - 1) % 4]}季度",
        Grain.HALF_YEAR: "上半年" if value.index == 1 else "下半年",
        Grain.YEAR: "度",
    }[value.grain]
    return f"{value.year}年{tail}"


@lru_cache(maxsize=4096)
def _dated(lang: str, key: str, day: date | None) -> str:
    return Words(lang).t(key, day=day)


@lru_cache(maxsize=4096)
def _day(lang: str, value: date) -> str:
    if lang == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
