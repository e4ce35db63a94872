"""Every kind of page there is: a new one is a value in a module of this folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

from gongkai.build.kind import PageKind
from gongkai.render.frame import NAME


def _found() -> Iterator[PageKind]:
    for one in iter_modules(__path__):
        module = import_module(f"{__name__}.{one.name}")
        yield from (value for value in vars(module).values() if isinstance(value, PageKind))


KINDS: Mapping[str, PageKind] = {
    one.name: one for one in sorted(_found(), key=lambda one: (-one.seconds, one.name))
}
"""By their names, what takes longest first, so that workers finish together."""
FRAMES: Mapping[str, str] = {
    one.name: one.source.format(NAME) for one in KINDS.values() if one.is_framed
}
"""The kinds of pages that MkDocs makes a frame for, and the source that it is given for each."""
STAMPED_TITLES = frozenset(one.name for one in KINDS.values() if one.is_framed and one.is_many)
"""Kinds of which there are many pages; the others have a title of their own."""
TAKEN = frozenset(
    {one.address.split("/")[0] for one in KINDS.values() if "/" in one.address}
    | {"media", "feed.xml", "manifest.json", "history.jsonl", "screen.html"}
    | {"deadlines.ics", "recall.json"}
)
"""What lies at the top of a site by us; a page of the same name would be lost."""
