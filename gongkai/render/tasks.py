"""What there is to make of an edition, as plain data."""

from __future__ import annotations

from typing import NamedTuple


class Task(NamedTuple):
    """One thing to make, as plain data: what kind, of which board, item or file, and at which
    paths of the site."""

    kind: str
    name: str
    paths: tuple[str, ...]
    below: str = ""
    """Where the site lies that it is for: the whole, or that in English."""
    is_timed: bool = False
    """Does what it makes tell the instant of the build?"""

    @property
    def label(self) -> str:
        """A name that no other task of the site has."""
        return f"{self.below}{self.kind}:{self.name}"

    @property
    def inner(self) -> Task:
        """The same, as the site knows it that it is for."""
        cut = len(self.below)
        paths = tuple(path[cut:] for path in self.paths)
        return self._replace(paths=paths, below="")
