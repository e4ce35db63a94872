"""What there is to make of an edition, as plain data."""

from __future__ import annotations

from typing import NamedTuple

PAPERS = ("poster", "sheet", "cover", "heard", "catalogue")
"""Kinds that are typeset."""
BUNDLES = ("bundle", "news", "stack")
"""Kinds that are bound of what was typeset: all of a board, what is new, and all of one paper."""
TIMED = ("screen", "board", "home", "posters")
"""Kinds that tell the instant of the build."""
SHELVED = (*PAPERS, *BUNDLES, *TIMED)
"""Kinds that take long, or of which mostly nothing but that instant is new."""


class Task(NamedTuple):
    """One thing to make, as plain data: what kind, of which board, item or file, and at which
    paths of the site."""

    kind: str
    name: str
    paths: tuple[str, ...]
    below: str = ""
    """Where the site lies that it is for: the whole, or that in English."""

    @property
    def label(self) -> str:
        """A name that no other task of the site has."""
        return f"{self.below}{self.kind}:{self.name}"

    @property
    def inner(self) -> Task:
        """The same, as the site knows it that it is for."""
        cut = len(self.below)
        return Task(self.kind, self.name, tuple(path[cut:] for path in self.paths))

    @property
    def is_shelved(self) -> bool:
        """Is what it makes kept besides being published?"""
        return self.kind in SHELVED

    @property
    def is_timed(self) -> bool:
        """Does what it makes tell the instant of the build?"""
        return self.kind in TIMED

    @property
    def is_bound(self) -> bool:
        """Is it made of what other tasks have made?"""
        return self.kind in BUNDLES
