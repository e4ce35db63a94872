"""``format/link``: links and pictures that are printed as they were typed. Custom.

A picture or a file that is not there, or whose name has blanks, is no link for Markdown: a reader
sees its brackets. Unsafe schemes and things like ``[1](见附表)`` stay as typed on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from gongkai.domain.finding import Finding
from gongkai.domain.model import Item
from gongkai.domain.text import Body
from gongkai.rules.found import about
from gongkai.source.blocks import blocks
from gongkai.source.markdown import html_of, tree
from gongkai.status.standing import Standings

_TYPED = re.compile(
    r"(!?)\[[^\[\]\n]{0,200}\]\(\s*<?([^()\n<>]{1,300}(?:\([^()\n]{0,100}\)[^()\n]{0,100})?)>?\s*\)"
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_FILE = re.compile(
    r"(?:[^/\\]*\S\.[A-Za-z0-9]{1,5}|.*[/\\][^/\\]*\S\.[0-9]{0,4}[A-Za-z][A-Za-z0-9]{0,4})"
    r"(?:[#?].*)?"
)
"""A name with an ending, and a place within the file; in a folder, the ending is no number."""
_TITLE = re.compile(r"[ \t]+(?:\"[^\"]*\"|'[^']*')$")
_DEFINED = re.compile(
    r"^\[([^\[\]\n]{1,200})\]:[ \t]*+\n?[ \t]*+(?:<([^<>\n]{1,300})>|(\S{1,300}))", re.MULTILINE
)
"""``[label]: target``, to which ``[text][label]`` and ``[label]`` lead."""
_USED = re.compile(r"(!?)(?:\[[^\[\]\n]{0,200}\])?\[([^\[\]\n]{1,200})\](?!:)")
_NO_NAME = re.compile("[\"'=<>]")
"""What no name of a file holds, and an attack on a browser does: it is shown as typed."""
_MARKUP = re.compile("[\"'<>]")
_SHOWN = 60


def check(standings: Standings) -> Iterator[Finding]:
    """Pictures and files in bodies that nobody can see or open."""
    for standing in standings.all():
        for body in standing.item.bodies:
            if ("](" in body.text or "]:" in body.text) and _shows_typed(body.text):
                yield from _typed(standing.item, body)


def _shows_typed(text: str) -> bool:
    """Is anything shown that looks like a link as it was typed? A quick look, without a tree."""
    html = html_of(text)
    return "](" in html or "]:" in html


def _typed(item: Item, body: Body) -> Iterator[Finding]:
    used = _labels(body.text)
    for block in blocks(tree(body)):
        text = block.text
        for found in _TYPED.finditer(text) if "](" in text else ():
            yield from _judged(item, block.place(found.start()), bool(found[1]), found[2].strip())
        for found in _DEFINED.finditer(text) if "]:" in text else ():
            is_picture = used.get(found[1].casefold())
            if is_picture is not None:
                place = block.place(found.start())
                yield from _judged(item, place, is_picture, found[2] or found[3])


def _labels(text: str) -> dict[str, bool]:
    """The labels that a text leads by, and whether a picture is shown by it."""
    used: dict[str, bool] = {}
    for found in _USED.finditer(text) if "]:" in text else ():
        used[found[2].casefold()] = used.get(found[2].casefold(), False) or bool(found[1])
    return used


def _judged(item: Item, place: tuple[int, int], is_picture: bool, target: str) -> Iterator[Finding]:
    """What is wrong with a link or picture that is printed as it was typed."""
    target = _TITLE.sub("", target)
    name = re.split("[#?]", target, maxsplit=1)[0]
    if _SCHEME.match(target) or _NO_NAME.search(name) or _MARKUP.search(target):
        return
    if is_picture or _FILE.fullmatch(target):
        case = "picture" if is_picture else "file"
        one = about(item, "format/link", "body", case, found=target[:_SHOWN])
        yield structs.replace(one, line=place[0], column=place[1], keys=())
