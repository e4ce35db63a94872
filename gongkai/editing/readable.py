"""Mending what keeps a file from being read at all: colons of the wrong width, missing blanks,
tabs, quotations that never end. One such mistake hides the next, so all are mended together.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from gongkai.editing.narrow import WIDE, barred, is_quoted, narrow

_GAP = rf"[ \t{WIDE}]*"
_KEY = re.compile(
    rf"([ \t]*(?:- )?)([A-Za-z_]+|[\u4e00-\u9fff]+){_GAP}(：|:(?=[^\s/]|[{WIDE}])){_GAP}(.*)"
)
_FLOWING = re.compile(r"([{,，]) *([A-Za-z_]+|[\u4e00-\u9fff]+) *(?:：|:(?=[^\s/])) *")
_BELOW = re.compile(r"[^ ].*:( *[|>][-+0-9]*)? *(#.*)?|- .*|-")
"""A line under which others may stand further in."""
_INDENT = re.compile(rf"[ \t{WIDE}]+(?=\S)")
_OPEN = re.compile(r"((?:[^\"'#]*?: |[ ]*- )?)([\"'])(.*)")
_CLOSING = {'"': "”", "'": "’"}
_LONGEST_KEY = 8
_BLOCK = re.compile(r"( *)(?:- +)?[^#]*[:：] *[|>][-+0-9]* *(?:#.*)?")
"""A line under which a text stands as it was typed."""
BODIES = ("body", "正文", "body_en", "英文正文")


def readable(text: str, keys: Collection[str]) -> str:
    """The same with its keys, blanks and quotations mended; ``keys`` are the names that may stand
    before a colon. Of a body only the bars of tables are."""
    lines = text.split("\n")
    first = 1 if lines[0].rstrip() == "---" else 0
    inside, quoted = -1, 0
    is_habit = sum(is_quoted(_parted(_indented(line), keys)) for line in lines) > 1
    for number in range(first, len(lines)):
        line = lines[number]
        if number < quoted:
            continue
        if (first and line.rstrip() == "---") or _name_of(line) in BODIES:
            return "\n".join([*lines[:number], *barred(lines[number:])])
        if line.strip() and 0 <= inside < len(line) - len(line.lstrip()):
            continue  # in a text
        inside = len(found[1]) if (found := _BLOCK.fullmatch(line)) else -1
        lines[number] = _flowing(narrow(_parted(_indented(line), keys), is_habit), keys)
        quoted = _end_of_quotation(lines, number)
        if not quoted:
            lines[number] = _closed(lines[number])
        lines[number] = _outdented(lines[first:number], lines[number], keys)
    return "\n".join(lines)


def _flowing(line: str, keys: Collection[str]) -> str:
    """With a colon and a blank behind the keys in braces."""
    if "{" not in line:
        return line

    def parted(found: re.Match[str]) -> str:
        before = "{" if found[1] == "{" else ", "
        return f"{before}{found[2]}: " if found[2] in keys else found[0]

    return _FLOWING.sub(parted, line)


def _outdented(above: list[str], line: str, keys: Collection[str]) -> str:
    """At the margin, if it is a key that stands further in than it may."""
    outer = next((text for text in reversed(above) if text[:1].strip()), "")
    is_key = line.startswith(" ") and line.partition(":")[0].strip() in keys and ":" in line
    return line.lstrip() if is_key and not _BELOW.fullmatch(outer) else line


def _name_of(line: str) -> str:
    return re.split("[:：]", line, maxsplit=1)[0].strip()


def _indented(line: str) -> str:
    found = _INDENT.match(line)
    if not found:
        return line
    return "".join(" " if text == " " else "  " for text in found[0]) + line[found.end() :]


def _parted(line: str, keys: Collection[str]) -> str:
    """With a colon and a blank behind the key."""
    found = _KEY.fullmatch(line)
    is_misspelt = found and found[3] == "：" and not found[1] and len(found[2]) <= _LONGEST_KEY
    if not found or not (found[2] in keys or is_misspelt):
        return line
    return f"{found[1]}{found[2]}: {found[4]}".rstrip()


def _end_of_quotation(lines: list[str], number: int) -> int:
    """The line behind a quotation that goes on over others, which stand further in; 0 if none."""
    found = _OPEN.fullmatch(lines[number].rstrip())
    if not found or found[2] in found[3]:
        return 0
    depth = len(lines[number]) - len(lines[number].lstrip())
    for at in range(number + 1, len(lines)):
        line = lines[at].rstrip()
        if line and len(line) - len(line.lstrip()) <= depth:
            return 0
        if line.endswith(found[2]):
            return at + 1
    return 0


def _closed(line: str) -> str:
    """With the mark that ends a quotation, if it has none."""
    found = _OPEN.fullmatch(line.rstrip())
    if not found:
        return line
    before, mark, inside = found[1], found[2], found[3]
    if mark in inside:
        return line
    return f"{before}{mark}{inside.removesuffix(_CLOSING[mark])}{mark}"
