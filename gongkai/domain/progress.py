"""What a build is doing, for whoever watches. Nothing here asks the clock or prints."""

from __future__ import annotations

from enum import Enum
from typing import Protocol


class BuildStep(Enum):
    """A part of a build that takes time."""

    LOOK = "look"
    """Looking at what has changed."""
    READ = "read"
    """Reading what was written."""
    CHECK = "check"
    """Judging it by the rules."""
    FRAME = "frame"
    """Having MkDocs render the frame."""
    PLAN = "plan"
    """Finding out what has to be made anew."""
    RENDER = "render"
    """Making pages, screens and posters."""
    COLLECT = "collect"
    """Putting search index and manifest together."""
    PROVE = "prove"
    """Looking for what must not be there: the text of hidden items."""
    PUBLISH = "publish"
    """Letting the new site take the place of the old."""


class Watcher(Protocol):
    """Is told how a build goes on."""

    def step(self, step: BuildStep, total: int = 0) -> None:
        """A step begins, of so many pieces (0: not known); the one before it is over."""

    def advance(self, count: int) -> None:
        """So many more pieces of the step are done."""

    def note(self, key: str, **values: object) -> None:
        """Something worth a line: the key of a sentence in the message files, and its values."""


class Nobody:
    """Watches nothing."""

    def step(self, step: BuildStep, total: int = 0) -> None: ...

    def advance(self, count: int) -> None: ...

    def note(self, key: str, **values: object) -> None: ...


NOBODY = Nobody()
