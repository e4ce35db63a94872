"""What a form was sent back with: what it says now, and how that goes together with what somebody
else has written meanwhile. A field that was not sent stays as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from gongkai.editing.blocks import rejoined, sent_of
from gongkai.editing.parts import (
    UNKNOWN,
    WORD,
    YES,
    KeyGroup,
    Odd,
    Pairs,
    Part,
    Rows,
    Said,
    ShownText,
    WordList,
)

INSTEAD = "="
"""What the name of the field ends with in which a word stands in place of a group."""
GONE = "-"
"""What the name of the field ends with that takes a row away."""
ALL = ("all", "全部")
_ENDS = re.compile("\r\n?|[\u2028\u2029\x85]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def answered(part: Part, old: Said, form: Mapping[str, str], trail: str = "") -> Said:
    """What is said after a form; ``trail`` names the field."""
    if isinstance(old, Odd):
        return old
    match part:
        case ShownText(is_body=True):
            return _body(old, form, trail)
        case ShownText():
            return _line(part, form[trail]) if trail in form else old
        case WordList():
            if trail not in form:
                return old
            words = [one for text in form[trail].split("\n") if (one := _line(part.of, text))]
            return (["全部"] if "全部" in words and old != ["all"] else words) or None
        case Pairs():
            return _pairs(part, form[trail]) if trail in form else old
        case Rows():
            return _rows(part, old or [], form, trail)
        case KeyGroup():
            return _group(part, old or {}, form, trail)
    return old


def plain(text: str) -> str:
    """A text as it was typed, with plain ends of lines and without what nobody can see."""
    return _CONTROL.sub("", _ENDS.sub("\n", text))


def _line(part: ShownText, text: str) -> str | None:
    text = plain(text).strip()
    if part.is_flag:
        return YES if text else None
    return part.words.get(text, text) or None


def _pairs(part: Pairs, text: str) -> Said:
    found = {}
    for line in plain(text).split("\n"):
        name, _, value = re.sub("[：:=]", "\n", line, count=1).partition("\n")
        if name.strip() and (said := _line(part.of, value)):
            found[name.strip()] = said
    return found or None


def _body(old: Said, form: Mapping[str, str], trail: str) -> str | None:
    if trail in form:
        return plain(form[trail]).strip("\n") or None
    sent = sent_of({name: plain(text) for name, text in form.items()}, trail)
    return (rejoined(old or "", sent) or None) if sent else old


def _below(trail: str, name: str) -> str:
    return f"{trail}.{name}" if trail else name


def _group(part: KeyGroup, old: dict[str, Said], form: Mapping[str, str], trail: str) -> Said:
    if part.word and (word := _line(part.word, form.get(_below(trail, INSTEAD), ""))):
        return {WORD: word}
    found = {name: value for name, value in old.items() if name.startswith(UNKNOWN)}
    if WORD in old and _below(trail, INSTEAD) not in form:
        found[WORD] = old[WORD]
    for key, inner in part.keys:
        said = answered(inner, old.get(key.name), form, _below(trail, key.name))
        if said is not None:
            found[key.name] = said
    return found or None


def _rows(part: Rows, old: list[Said], form: Mapping[str, str], trail: str) -> Said:
    start = re.compile(re.escape(f"{trail}.") + r"(\d{1,4})\.")
    numbers = {int(found[1]) for name in form if (found := start.match(name))}
    rows = []
    for n in [*range(len(old)), *sorted(number for number in numbers if number >= len(old))]:
        if form.get(f"{trail}.{n}.{GONE}"):
            continue
        row = old[n] if n < len(old) else None
        said = answered(part.of, row, form, f"{trail}.{n}")
        rows += [said] if said is not None else []
    return rows or None


class Conflict(NamedTuple):
    """A field that two have changed: its name, and what the other one wrote."""

    trail: str
    theirs: Said


def together(base: Said, ours: Said, theirs: Said, trail: str = "") -> tuple[Said, list[Conflict]]:
    """What both say that changed the same thing; where they contradict each other, what we say."""
    if theirs in (base, ours):
        return ours, []
    if ours == base:
        return theirs, []
    if isinstance(ours, dict) and isinstance(theirs, dict):
        stood = base if isinstance(base, dict) else {}
        return _both(stood, ours, theirs, trail)
    if isinstance(ours, list) and isinstance(theirs, list) and isinstance(base, list):
        if len(ours) == len(theirs) == len(base) and all(isinstance(our, dict) for our in ours):
            pairs = [
                together(*three, _below(trail, str(n)))
                for n, three in enumerate(zip(base, ours, theirs, strict=True))
            ]
            return [pair for pair, _ in pairs], [
                conflict for _, found in pairs for conflict in found
            ]
        if theirs[: len(base)] == base:  # they have added rows only
            return [*ours, *theirs[len(base) :]], []
    return ours, [Conflict(trail, theirs)]


def _both(
    base: dict[str, Said], ours: dict[str, Said], theirs: dict[str, Said], trail: str
) -> tuple[Said, list[Conflict]]:
    found: dict[str, Said] = {}
    conflicts: list[Conflict] = []
    for name in dict.fromkeys([*theirs, *ours]):
        said, more = together(base.get(name), ours.get(name), theirs.get(name), _below(trail, name))
        conflicts += more
        if said is not None:
            found[name] = said
    return found or None, conflicts
