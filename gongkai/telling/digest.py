"""A digest: a few lines of text about what a department has to see to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from gongkai.matters import Matter, Stage
from gongkai.messages import say
from gongkai.model import Value
from gongkai.source.personal import veiled

LINES = 12
"""Matters in a digest; a robot takes 2048 bytes, and nobody reads more in a chat."""
_LONGEST = 36
"""Characters of a title."""


class Digest(Value, frozen=True):
    """What one department is told: its text, and the matters of it, those left out included."""

    dept: str
    text: str
    matters: tuple[Matter, ...]


def digest(
    org: str, dept: str, ones: Sequence[Matter], day: date, lang: str, url: str | None
) -> Digest:
    """The digest of a department for a day. No personal number gets into it."""
    head = say(lang, "tell.head", org=org, dept=dept or say(lang, "tell.nobody"), day=day)
    lines = [head, *_lines(ones, lang)]
    if len(ones) > LINES:
        lines.append(say(lang, "tell.more", count=len(ones) - LINES))
    if url:
        lines.append(say(lang, "tell.see", url=f"{url}duties/"))
    return Digest(dept, veiled("\n".join(lines)), tuple(ones))


def _lines(ones: Sequence[Matter], lang: str) -> Iterator[str]:
    """The matters by their stage, the worst first."""
    shown = ones[:LINES]
    for stage in Stage:
        of_stage = [one for one in shown if one.stage is stage]
        if of_stage:
            count = sum(one.stage is stage for one in ones)
            yield say(lang, f"tell.{stage.value}", count=count)
        for one in of_stage:
            yield say(lang, _key(one), title=_title(one, lang), day=one.day)


def _key(one: Matter) -> str:
    is_over = one.stage in (Stage.OVERDUE, Stage.LONG_OVERDUE)
    return f"tell.{one.due.value}{'-over' if is_over else ''}"


def _title(one: Matter, lang: str) -> str:
    title = one.title if isinstance(one.title, str) else say(lang, "tell.name", name=one.title)
    of = " ".join(filter(None, (one.place, str(one.period or ""))))
    line = " ".join(title.split())
    short = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
    return f"{short} ({of})" if of else short
