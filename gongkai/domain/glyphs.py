"""Which characters the poster font can draw. A missing one would print as an empty box."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
"""Characters that take no space and show nothing; they are not printed."""


@cache
def _undrawable() -> re.Pattern[str]:
    text = (files("gongkai") / "rulebook" / "packs" / "glyphs.txt").read_text("utf-8")
    ranges = " ".join(line for line in text.splitlines() if not line.startswith("#")).split()
    parts = ["-".join(f"\\U{int(end, 16):08x}" for end in text.split("-")) for text in ranges]
    return re.compile(f"[^{''.join(parts)}\n\t]")


def undrawable(text: str) -> list[str]:
    """The characters of a text that no available font can draw, once each, in order."""
    return list(dict.fromkeys(_undrawable().findall(INVISIBLE.sub("", text))))
