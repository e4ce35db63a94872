"""HTML and Markdown as a browser shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_TAG = re.compile(
    r"<!--|-->|<!\[CDATA\[|\]\]>|</?([A-Za-z][\w:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>"
)
_INSIDE = frozenset(
    "a abbr b bdi bdo big code del em font i ins kbd mark q rb ruby s small span strike strong sub "
    "sup tspan tt u var wbr".split()
)
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\([^)\n]{0,300}\)")


def page_texts(text: str) -> Iterator[str]:
    """HTML and Markdown as typed, and as a browser shows them; lines stay where they are."""
    yield text
    if _SHOWN_OTHERWISE.search(text):
        yield as_shown(text)
    if _ESCAPED.search(text):
        yield _ESCAPED.sub(_digit, text)
    if "<rt" in text.lower():
        yield as_shown(_ABOVE.sub("", text))
    if "<bdo" in text.lower():
        yield _TURNED.sub(lambda found: as_shown(found[1])[::-1], text)


_ESCAPED = re.compile(
    r"(?:%|\\u00|\\x)(3[0-9])|\\0{0,4}(3[0-9])(?: |(?![0-9A-Fa-f]))",
)
"""Digits by their numbers, in addresses, in JSON, in scripts and in styles."""
_ABOVE = re.compile(r"<r[tp]\b[^<>]*>[^<]{0,300}(?:</r[tp]>)?", re.IGNORECASE)
"""How a sign is spoken, in small letters above it."""


_TURNED = re.compile(r"<bdo\b[^<>]*\brtl\b[^<>]*>(.{0,300}?)</bdo>", re.IGNORECASE | re.DOTALL)
"""What a page shows from right to left."""


_SHOWN_OTHERWISE = re.compile(r"[<&]|\]\(")


def _digit(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1] or escaped[2], 16))


def as_shown(text: str) -> str:
    """HTML and Markdown as a browser shows them, with a bar between what does not belong
    together."""
    return unescape(_LINK.sub(r"\1", _TAG.sub(_gap, text)))


_TABLE_ROW = re.compile(r"<tr\b", re.IGNORECASE)


def rows_of_page(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows of tables in HTML and Markdown with the line on which each begins, by their cells
    as a reader sees them."""
    if _TABLE_ROW.search(text):
        line = 1
        for part in re.split(r"(?i)(?=<tr\b)", text):
            row = part.partition("</tr>")[0] if part[:3].lower() == "<tr" else ""
            cells = tuple(one.strip() for one in as_shown(row).split("|") if one.strip())
            if len(cells) > 1:
                yield line, cells
            line += part.count("\n")
    for line, typed in enumerate(text.split("\n"), 1):
        if typed.count("|") > 1 or (typed.count("|") == 1 and typed.strip().strip("|") == typed):
            cells = tuple(_MARKS.sub("", as_shown(one)).strip() for one in typed.strip().split("|"))
            yield line, cells[1 if not cells[0] else 0 : -1 if not cells[-1] else None]


_MARKS = re.compile(r"[*_`~\\]+")


def _gap(tag: re.Match[str]) -> str:
    """What stands between the words around a tag: nothing where they belong together."""
    is_inside = (tag[1] or "").lower() in _INSIDE or tag[1] is None
    return ("" if is_inside else "|") + "\n" * tag[0].count("\n")
