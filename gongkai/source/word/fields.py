"""The codes of fields that matter for what is shown (ECMA-376 part 1, 17.16.5)."""

from __future__ import annotations

import re

from gongkai.source.word.labels import shown_number

PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
OUTSIDE_FIELD = re.compile(r"\s*(?:INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|LINK)\b", re.IGNORECASE)
EQUATION = re.compile(r"\s*EQ\b", re.IGNORECASE)
_CIRCLED = re.compile(r"\s*EQ\s.{0,40}?\\o(?:\\ac)?\s*\([○〇◯],\s*(\d{1,2})\)\s*", re.IGNORECASE)


def circled(code: str) -> str | None:
    """A figure that was put into a circle; None for any other equation, which no line can say."""
    found = _CIRCLED.fullmatch(code)
    made = shown_number(int(found[1]), "decimalEnclosedCircle") if found else ""
    return made if made and not made.isdecimal() else None
