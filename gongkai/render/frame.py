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
