"""The instant of the build: told on boards and screens, and new when nothing else is.

Templates are given place-holders; the instant is stamped in afterwards, so that a page of which
nothing else changed need not be made again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from gongkai.domain.model import Value
from gongkai.render.words import Words

_INSTANT = "\x02instant\x02"
_WORDS: Mapping[str, str] = {"zh": "\x02moment-zh\x02", "en": "\x02moment-en\x02"}
"""With a character that no content may hold, so that nobody can type one."""


class BuildStamp(Value, frozen=True):
    """What a template writes where the instant of the build belongs: as ISO 8601, and in words."""

    instant: str
    words: str


def built(lang: str) -> BuildStamp:
    """The place-holders for a page in a language."""
    return BuildStamp(_INSTANT, _WORDS[lang])


def stamped(page: bytes, now: datetime) -> bytes:
    """A page with the instant in place of the place-holders."""
    page = page.replace(_INSTANT.encode(), now.isoformat().encode())
    for lang, mark in _WORDS.items():
        page = page.replace(mark.encode(), Words(lang).moment(now).encode())
    return page
