"""News for workers as text: for a robot, or to be copied into a chat that has none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from gongkai.messages import say
from gongkai.source.privacy.numbers import veiled
from gongkai.status.news import News, NewsWeek, Sort

MOST = 1900
"""Bytes of a message; a robot takes 2048, and nobody reads more in a chat."""
_TITLE, _NAME, _LINES = 40, 20, 30


def news_text(
    org: str, place: str, ones: Sequence[News], day: date, lang: str, url: str | None
) -> str:
    """The news of a place on a day. Of more than a chat takes the rest is counted."""
    head = say(lang, "news.head", org=_short(org, _NAME), place=_short(place, _NAME), day=day)
    end = [say(lang, "news.see", url=url)] if url else []
    count = min(len(ones), _LINES)
    while True:
        lines = [head, *_lines(ones, count, lang)]
        if count < len(ones):
            lines.append(say(lang, "news.more", count=len(ones) - count))
        text = "\n".join([*lines, *end])
        if count == 0 or len(text.encode()) <= MOST:
            return text
        count -= 1


def week_text(org: str, place: str, week: NewsWeek, lang: str, url: str | None) -> str:
    """A week in a few lines: only numbers, since each thing was told by itself."""
    values = {"first": week.first, "last": week.last}
    head = say(lang, "news.week", org=_short(org, _NAME), place=_short(place, _NAME), **values)
    lines = [head, say(lang, "news.week-done", new=week.new, answered=week.answered)]
    if week.open:
        lines.append(say(lang, "news.week-open", count=week.open, day=week.until))
    if week.missing:
        lines.append(say(lang, "news.week-missing", count=week.missing))
    return "\n".join([*lines, *([say(lang, "news.see", url=url)] if url else [])])


def _lines(ones: Sequence[News], count: int, lang: str) -> Iterator[str]:
    shown = ones[:count]
    for sort in Sort:
        of_sort = [news for news in shown if news.sort is sort]
        if of_sort:
            yield say(lang, f"news.{sort.value}", count=sum(news.sort is sort for news in ones))
        for news in of_sort:
            yield say(
                lang, f"news.{sort.value}-line", title=_title(news, lang), **_more(news, lang)
            )


def _title(one: News, lang: str) -> str:
    return _short(say(lang, "tell.name", name=one.title), _TITLE)


def _more(one: News, lang: str) -> dict[str, object]:
    handled = say(lang, f"news.handled.{one.handled.value}") if one.handled else ""
    return {"day": one.day, "handled": handled}


def _short(text: str, most: int) -> str:
    """A text on one line, veiled before it is cut: a part of a number is one, too."""
    line = " ".join(veiled(text).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
