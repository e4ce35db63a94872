"""Digits as a person reads them, of any script and width, in groups with gaps between them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from operator import add
from typing import NamedTuple

_HAN = "〇零○一壹幺二贰三叁四肆五伍六陆七柒八捌九玖⼀⼆⼋貳參叄陸"
_HAN_VALUES = "00011122334455667788991282336"
ODD = "²³¹⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒\U0001f100-\U0001f10a" + _HAN
"""Signs that are read as digits and that are none to Python's ``\\d``."""
_COUNTING = frozenset((*_HAN, *map(chr, range(0x2460, 0x2800))))
"""Those that may as well end a name (张三) or stand before an entry of a list (①)."""
UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\u0300-\u036f\u0483-\u0489\u20d0-\u20f0"
    "\U000e0000-\U000e0fff"
)
"""Joiners, marks of direction, and strokes through the sign before."""
MARKS = "_`\\\\"
"""Of Markdown: shown or not, a number is read through them."""
BLANKS = " \t\x85\u2028\u2029\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
HYPHENS = ")\uff09\\-\u2010-\u2015\u2212\u2043\u30fb\ufe58\ufe63\uff0d\u00ad"
DOTS = ".\u00b7\u2022\u2024\u2027\u30fb\uff0e\uff61\u3002"
OPENING, CLOSING = "(\uff08\\[\u3010\u300c", ")\uff09\\]\u3011\u300d"
"""Brackets around groups of digits."""
BETWEEN = f"[{BLANKS}\\n\\r{HYPHENS}{DOTS}{MARKS}{OPENING}{CLOSING}*~+{UNSEEN}]*+"

DIGIT = rf"[\d{ODD}]"
_ODD_RUN = re.compile(
    rf"[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19\U0001d7ce-\U0001d7ff{ODD}]"
    rf"(?:{BETWEEN}{DIGIT}){{5}}"
)
_TO_NOUGHT = bytes(48 if 48 <= byte <= 57 else byte for byte in range(256))
_SEEN_THROUGH = bytes(
    [
        *b" \t\r\n-.*_`~+>\\()[]",
        *range(0x80, 0xC0),
        *(0xC2, 0xCC, 0xCD, 0xD2, 0xD8, 0xE1, 0xE2, 0xE3, 0xEF, 0xF3),
    ]
)
"""Bytes of what may stand between digits; with some of Chinese punctuation, which does not matter
for a quick look. Han characters begin with other bytes, and part what is on both sides."""


def may_hold_numbers(text: str) -> bool:
    """A quick look, a twentieth of the search: nearly every text has nowhere so many digits."""
    if len(text) < 10:
        return False
    digits = text.encode("utf-8", "replace").translate(_TO_NOUGHT, _SEEN_THROUGH)
    return b"000000000" in digits or (not text.isascii() and _ODD_RUN.search(text) is not None)


_STRETCH = re.compile(rf"{DIGIT}(?:{BETWEEN}{DIGIT}){{9,}}+")
_GROUP = re.compile(r"[0-9]+")
_NOT_SEEN = re.compile(rf"[{UNSEEN}{MARKS}]+|\*{{2,}}|~{{2,}}")
"""Nobody sees it, or only as a mark; one asterisk may be a sign for times, one tilde a range."""
_JOINT = re.compile(
    rf"[{BLANKS}]{{0,3}}(?:([{HYPHENS}]{{1,2}})(?:[{BLANKS}]{{0,3}}\r?\n)?|([{DOTS}])|(\r?\n))?[{BLANKS}]{{0,24}}"
)
_BRACKETS = re.compile(
    rf"[{BLANKS}]?(?:[{CLOSING}][{BLANKS}{HYPHENS}]{{0,3}})?[{OPENING}][{BLANKS}]?"
    rf"|[{BLANKS}]?[{CLOSING}][{BLANKS}]?"
)
_ENTRY = re.compile(rf"[{BLANKS}]{{0,3}}\r?\n[{BLANKS}]{{0,24}}[-*+\u2022][{BLANKS}]{{1,3}}")
"""The end of a list's entry, and the sign before the next."""


class Groups(NamedTuple):
    """Digits with gaps: all of them in one; where each group begins in it; where it begins and ends
    in the text; and what stands before it: a blank, ``-``, ``.``, a line's end, ``(`` for brackets
    or ``*`` for the sign of a list's entry."""

    digits: str
    offsets: list[int]
    places: list[int]
    stops: list[int]
    joints: list[str]


def stretches(text: str) -> Iterator[Groups]:
    """All digits of a text that stand near enough to each other, in their groups."""
    if may_hold_numbers(text):
        for stretch in _STRETCH.finditer(text):
            yield from _groups(text, stretch.start(), stretch.end())


def _groups(text: str, start: int, end: int) -> Iterator[Groups]:
    """The digits of a stretch in their groups, parted where no number goes on."""
    stretch = text[start:end]
    if not stretch.isascii():
        stretch = stretch.translate(_TABLE)
    elif plain := _plain(stretch, start):
        yield plain
        return
    found = Groups("", [], [], [], [])
    done: list[str] = []
    length, last = 0, 0
    for first, behind in _spans(stretch, text[start:end]):
        joint = _joint(stretch[last:first]) if done else " "
        if joint is None:
            yield found._replace(digits="".join(done))
            found, done, length, joint = Groups("", [], [], [], []), [], 0, " "
        is_new = not done or _differ(text[start + first], text[start + last - 1])
        if joint or is_new:
            found.offsets.append(length)
            found.places.append(start + first)
            found.joints.append(joint)
            found.stops.append(start + behind)
        else:
            found.stops[-1] = start + behind
        done.append(stretch[first:behind])
        length += behind - first
        last = behind
    yield found._replace(digits="".join(done))


def _plain(stretch: str, start: int) -> Groups | None:
    """The groups of a stretch of plain digits with a gap between each two: most long ones are so,
    and are read in a tenth of the time."""
    gaps = _GROUP.split(stretch)[1:-1]
    told = {gap: _joint(gap) for gap in {*gaps}}
    if not all(told.values()):
        return None
    groups = _GROUP.findall(stretch)
    lengths = [*map(len, groups)]
    places = [*accumulate(map(add, lengths, map(len, gaps)), initial=start)]
    return Groups(
        "".join(groups),
        [*accumulate(lengths[:-1], initial=0)],
        places,
        [*map(add, places, lengths)],
        [" ", *(joint for gap in gaps if (joint := told[gap]))],
    )


def _differ(one: str, other: str) -> bool:
    return (one in _COUNTING) is not (other in _COUNTING)


def _spans(digits: str, typed: str) -> Iterator[tuple[int, int]]:
    """Where groups of digits begin and end: also where numerals of another kind begin."""
    for group in _GROUP.finditer(digits):
        first = group.start()
        for at in range(first + 1, group.end()) if digits is not typed else ():
            if _differ(typed[at], typed[at - 1]):
                yield first, at
                first = at
        yield first, group.end()


@lru_cache(maxsize=1 << 12)
def _joint(between: str) -> str | None:
    """What joins two groups of digits: nothing that is seen, a blank, a hyphen, a dot, a line end,
    brackets, the sign of an entry, or ``;`` for a dot with a blank; None when they are two
    numbers."""
    seen = _NOT_SEEN.sub("", between)
    if not seen:
        return ""
    found = _JOINT.fullmatch(seen)
    if found is None and _ENTRY.fullmatch(seen):
        return "*"
    if found is None and _BRACKETS.fullmatch(seen):
        return "("
    if found is None or (len(seen) > 3 and not found[3]):
        return None
    if found[2] and len(seen) > 1:  # the point behind a number of a list, or the end of a sentence
        return ";"
    return "-" if found[1] else "." if found[2] else "\n" if found[3] else " "


def value_of(sign: str) -> int | None:
    at = _HAN.find(sign)
    return int(_HAN_VALUES[at]) if at >= 0 else unicodedata.digit(sign, None)


class _Digits(dict[int, str]):
    """For ``translate``: signs that are read as digits, worked out when they are first met."""

    def __missing__(self, code: int) -> str:
        value = value_of(chr(code))
        self[code] = chr(code) if value is None else str(value)
        return self[code]


_TABLE = _Digits()
