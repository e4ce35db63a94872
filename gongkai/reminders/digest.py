"""A digest: a few lines of text about what a department has to see to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from gongkai.domain.model import Value
from gongkai.messages import say
from gongkai.reminders.matters import Reminder, ReminderStage
from gongkai.source.privacy.numbers import veiled

MOST = 1900
"""Bytes of a digest; a robot takes 2048, and nobody reads more in a chat."""
_TITLE, _NAME = 36, 16
"""Characters of a title, and of the name of an enterprise, a department or a workshop."""


class Telling(Protocol):
    """Something that is told once, by its key."""

    @property
    def key(self) -> str:
        """What tells it from every other."""

    @property
    def told(self) -> Mapping[str, str]:
        """What an address that takes JSON is given."""


class Digest(Value, frozen=True):
    """What one department, or the workers of a place, are told: its text, and the matters of it,
    those left out included."""

    dept: str
    text: str
    matters: tuple[Telling, ...]


def digest(
    org: str, dept: str, ones: Sequence[Reminder], day: date, lang: str, url: str | None
) -> Digest:
    """The digest of a department for a day. No personal number gets into it."""
    called = _short(dept, _NAME) or say(lang, "tell.nobody")
    head = say(lang, "tell.head", org=_short(org, _NAME), dept=called, day=day)
    end = [say(lang, "tell.see", url=f"{url}duties/")] if url and len(url) < _LONG else []
    count = min(len(ones), _LINES)
    while True:
        lines = [head, *_lines(ones, count, lang)]
        if count < len(ones):
            lines.append(say(lang, "tell.more", count=len(ones) - count))
        text = "\n".join([*lines, *end])
        if count == 0 or len(text.encode()) <= MOST:
            return Digest(dept, text, tuple(ones))
        count -= 1


_LONG, _LINES = 200, 30


def _lines(ones: Sequence[Reminder], count: int, lang: str) -> Iterator[str]:
    """So many matters by their stage, the worst first."""
    shown = ones[:count]
    for stage in ReminderStage:
        of_stage = [reminder for reminder in shown if reminder.stage is stage]
        if of_stage:
            number = sum(reminder.stage is stage for reminder in ones)
            yield say(lang, f"tell.{stage.value}", count=number)
        for reminder in of_stage:
            yield _line(reminder, lang)


def _line(one: Reminder, lang: str) -> str:
    line = say(lang, _key(one), title=_title(one, lang), day=one.day)
    if not one.deputies:
        return line
    names = [_short(name, _NAME) for name in one.deputies]
    return say(lang, "tell.deputies", line=line, names=names)


def _key(one: Reminder) -> str:
    is_over = one.stage in (ReminderStage.OVERDUE, ReminderStage.LONG_OVERDUE)
    return f"tell.{one.due.value}{'-over' if is_over else ''}"


def _title(one: Reminder, lang: str) -> str:
    title = one.title if isinstance(one.title, str) else say(lang, "tell.name", name=one.title)
    of = " ".join(filter(None, (_short(one.place or "", _NAME), str(one.period or ""))))
    short = _short(title, _TITLE)
    return f"{short} ({of})" if of else short


def _short(text: str, most: int) -> str:
    """A text on one line, veiled before it is cut: a part of a number is one, too."""
    line = " ".join(veiled(text).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
