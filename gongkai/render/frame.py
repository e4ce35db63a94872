"""The frame: MkDocs and Material render one page of each kind, and we stamp the rest into it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup, escape

from gongkai.model import Value

TITLE = "gongkai-title-7f3a"
SUMMARY = "gongkai-summary-7f3a"
BODY = "<h1>gongkai-body-7f3a</h1>"
NAME = "gongkai-name-7f3a"
"""Place-holders: words that mean nothing to Markdown, Jinja or a reader. The body's is a heading,
because Material adds one of its own to a page that has none."""

FRAMES: Mapping[str, str] = {
    "home": "index.md",
    "item": f"items/{NAME}.md",
    "board": f"boards/{NAME}.md",
    "archive": "archive/index.md",
    "posters": "posters/index.md",
}
"""The kinds of pages, and the source that MkDocs is given for each."""

STAMPED_TITLES = ("item", "board")
"""Kinds of which there are many pages; the others have a title of their own."""


class Shell(Value, frozen=True):
    """What MkDocs made: a folder of files to publish as they are, and a frame for each kind."""

    folder: Path
    files: tuple[str, ...]
    frames: Mapping[str, str]

    def stamp(self, kind: str, *, name: str, title: str, summary: str, body: str) -> str:
        """One page of a kind. ``title`` and ``summary`` are text; ``body`` is safe HTML."""
        parts = {
            NAME: str(escape(name)),
            TITLE: str(escape(title)),
            SUMMARY: str(escape(" ".join(summary.split()))),
        }
        page = self.frames[kind]
        for mark, text in parts.items():
            page = page.replace(mark, text)
        return page.replace(BODY, Markup(body))  # noqa: S704 - made by our own templates
