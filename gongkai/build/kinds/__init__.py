"""Every kind of page there is: a new one is a value in a module of this folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

from gongkai.build.kind import PageKind
from gongkai.render.frame import NAME


def _found() -> Iterator[PageKind]:
    for module_info in iter_modules(__path__):
        module = import_module(f"{__name__}.{module_info.name}")
        yield from (value for value in vars(module).values() if isinstance(value, PageKind))


KINDS: Mapping[str, PageKind] = {
    page_kind.name: page_kind
    for page_kind in sorted(_found(), key=lambda one: (-one.seconds, one.name))
}
"""By their names, what takes longest first, so that workers finish together."""
FRAMES: Mapping[str, str] = {
    kind.name: kind.source.format(NAME) for kind in KINDS.values() if kind.is_framed
}
"""The kinds of pages that MkDocs makes a frame for, and the source that it is given for each."""
STAMPED_TITLES = frozenset(kind.name for kind in KINDS.values() if kind.is_framed and kind.is_many)
"""Kinds of which there are many pages; the others have a title of their own."""
TAKEN = frozenset(
    {kind.address.split("/")[0] for kind in KINDS.values() if "/" in kind.address}
    | {"media", "feed.xml", "manifest.json", "history.jsonl", "screen.html"}
    | {"deadlines.ics", "recall.json"}
)
"""What lies at the top of a site by us; a page of the same name would be lost."""
