"""Signs of the wrong width, as Chinese input methods write them: quotation marks and brackets
around values, bars of tables. Within a text they are left as they are.
"""

from __future__ import annotations

import re

from gongkai.rules.tables import wide_tables

WIDE = "\u00a0\u3000"
"""Blanks that are none to YAML."""
_VALUE = re.compile(r"([ \t]*(?:- +)*(?:(?:[A-Za-z_]+|[\u4e00-\u9fff]+):[ \t]+)?)(\S.*)")
"""What stands before a value, and the value."""
_QUOTED = re.compile(
    r"(?:[“”＂]([^“”＂\"\\]*)[“”＂\"]|[‘’＇]([^‘’＇'\\]*)[‘’＇'])([ \t]*(?:[ \t]#.*)?)"
)
"""A value that stands in typographic marks as a whole."""
_INSIDE = re.compile(
    r"(?<=[\[{,:｛［，：、])([ \t]*)"
    r"(?:[“”＂]([^“”＂\"\\]*)[“”＂\"]|[‘’＇]([^‘’＇'\\]*)[‘’＇'])(?=[ \t]*[,，、\]}］｝：:])"
)
"""The same of a value between brackets."""
_TITLES = ("title", "标题", "name", "名称", "text", "意见", "summary", "摘要")
_OF_WORDS = ("channels", "渠道", "boards", "公开栏", "sections", "栏目", "aliases", "曾用标识")
"""Keys of lists of single words, in which no comma can stand."""
_PLAIN_QUOTED = re.compile(r"(\"[^\"]*\"|'[^']*')")
_BRACKETS = str.maketrans("｛｝［］", "{}[]")
_COMMA = re.compile(r"[ \t]*[，、][ \t]*")
_ROW = re.compile(r"[ \t]*[|｜].*")


def is_quoted(line: str) -> bool:
    """Are there typographic marks around a value as a whole?"""
    found = _VALUE.fullmatch(line)
    return bool(found and (_QUOTED.fullmatch(found[2]) or _INSIDE.search(found[2])))


def narrow(line: str, is_habit: bool) -> str:
    """A line of keys and values with plain quotation marks and brackets around its values.

    A title may well stand in typographic marks of its own; they are taken for those of YAML where
    it ``is_habit`` to write them around values.
    """
    found = _VALUE.fullmatch(line)
    if not found:
        return line
    before, value = found[1], found[2]
    if quoted := _QUOTED.fullmatch(value):
        is_own = before.strip(" -\t:") in _TITLES and not is_habit
        return line if is_own else f"{before}{_in_marks(quoted[1], quoted[2])}{quoted[3]}"
    if value[0] not in "｛［{[":
        return line
    return before + _bracketed(value, before.strip(" -\t:") in _OF_WORDS)


def _in_marks(double: str | None, single: str | None) -> str:
    if double is not None:
        return f'"{double}"'
    return f"'{single}'"


def _bracketed(value: str, has_words: bool) -> str:
    is_wide = has_words or any(text in value for text in "｛｝［］")
    value = _INSIDE.sub(lambda found: found[1] + _in_marks(found[2], found[3]), value)
    if not is_wide:
        return value
    parts = _PLAIN_QUOTED.split(value)
    parts[::2] = [_COMMA.sub(", ", part.translate(_BRACKETS)) for part in parts[::2]]
    return "".join(parts)


def barred(lines: list[str]) -> list[str]:
    """The lines of a body with plain bars in its tables."""
    done = list(lines)
    for number in wide_tables(lines):
        for at in _rows_around(lines, number):
            done[at] = done[at].replace("｜", "|")
        done[number] = done[number].replace("：", ":").replace("—", "-")
    return done


def _rows_around(lines: list[str], number: int) -> range:
    first = last = number
    while first and _ROW.fullmatch(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and _ROW.fullmatch(lines[last + 1]):
        last += 1
    return range(first, last + 1)
