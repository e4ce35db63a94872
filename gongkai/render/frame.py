"""The frame: MkDocs and Material render one page of each kind, and we stamp the rest into it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from gongkai.domain.model import Value
from gongkai.render.stencil import safe

TITLE = "gongkai-title-7f3a"
SUMMARY = "gongkai-summary-7f3a"
BODY = "<h1>gongkai-body-7f3a</h1>"
NAME = "gongkai-name-7f3a"
"""Place-holders: words that mean nothing to Markdown, Jinja or a reader. The body's is a heading,
because Material adds one of its own to a page that has none."""

_MARKS = re.compile("|".join(map(re.escape, (TITLE, SUMMARY, BODY, NAME))))

FRAMES: Mapping[str, str] = {
    "home": "index.md",
    "item": f"items/{NAME}.md",
    "board": f"boards/{NAME}.md",
    "archive": "archive/index.md",
    "year": f"archive/{NAME}.md",
    "posters": "posters/index.md",
    "duties": "duties/index.md",
    "report": "report/index.md",
    "opinions": "opinions/index.md",
    "hung": "as-of/index.md",
    "checks": "checks/index.md",
    "check": f"checks/{NAME}.md",
}
"""The kinds of pages, and the source that MkDocs is given for each."""

TAKEN = frozenset(
    {source.split("/")[0] for source in FRAMES.values() if "/" in source}
    | {"screen", "screen.html", "media", "feed.xml", "feed", "manifest.json", "history.jsonl"}
    | {"deadlines", "deadlines.ics", "recall.json", "search"}
)
"""What lies at the top of a site by us; a page of the same name would be lost."""

STAMPED_TITLES = ("item", "board", "year", "check")
"""Kinds of which there are many pages; the others have a title of their own."""


class Frame(Value, frozen=True):
    """One page of a kind, cut at its place-holders."""

    between: tuple[bytes, ...]
    marks: tuple[str, ...]

    @classmethod
    def of(cls, page: str) -> Frame:
        """Cut a page that MkDocs rendered."""
        between = tuple(part.encode() for part in _MARKS.split(page))
        return cls(between, tuple(_MARKS.findall(page)))

    def stamp(self, *, name: str, title: str, summary: str, body: str) -> bytes:
        """A page with these in it. ``title`` and ``summary`` are text; ``body`` is safe HTML."""
        name, title, summary = safe((name, title, " ".join(summary.split())))
        texts = {NAME: name, TITLE: title, SUMMARY: summary, BODY: body}
        parts = {mark: text.encode() for mark, text in texts.items()}
        pieces = [self.between[0]]
        for mark, text in zip(self.marks, self.between[1:], strict=True):
            pieces += (parts[mark], text)
        return b"".join(pieces)


class Shell(Value, frozen=True):
    """What MkDocs made: a folder of files to publish as they are, with their SHA-256, and a frame
    for each kind of page."""

    folder: Path
    files: Mapping[str, str]
    frames: Mapping[str, Frame]
