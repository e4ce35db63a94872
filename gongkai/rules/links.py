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
from gongkai.source.markdown import tree
from gongkai.status.standing import Standings

_TYPED = re.compile(
    r"(!?)\[[^\[\]\n]{0,200}\]\(\s*<?([^()\n<>]{1,300}(?:\([^()\n]{0,100}\)[^()\n]{0,100})?)>?\s*\)"
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_FILE = re.compile(r"[^/\\]*\S\.[A-Za-z0-9]{1,5}")
_NO_NAME = re.compile("[\"'=<>]")
"""What no name of a file holds, and an attack on a browser does: it is shown as typed."""
_SHOWN = 60


def check(standings: Standings) -> Iterator[Finding]:
    """Pictures and files in bodies that nobody can see or open."""
    for standing in standings.all():
        for body in standing.item.bodies:
            if "](" in body.text:
                yield from _typed(standing.item, body)


def _typed(item: Item, body: Body) -> Iterator[Finding]:
    for block in blocks(tree(body)):
        text = block.text
        for found in _TYPED.finditer(text) if "](" in text else ():
            is_picture, target = bool(found[1]), found[2].strip()
            if (
                _SCHEME.match(target)
                or _NO_NAME.search(target)
                or not (is_picture or _FILE.fullmatch(target))
            ):
                continue
            line, column = block.place(found.start())
            case = "picture" if is_picture else "file"
            one = about(item, "format/link", "body", case, found=target[:_SHOWN])
            yield structs.replace(one, line=line, column=column, keys=())
