"""One file of the site, before it is written."""

from __future__ import annotations

import re

from gongkai.domain.model import Value

_CONFINED = re.compile(r"(?:(?!\.{1,2}(?:/|\Z))[^/\\:\x00-\x1f]++(?:/(?!\Z)|\Z))++")


class Artifact(Value, frozen=True):
    """A file's path within the site, with forward slashes, and its bytes."""

    path: str
    data: bytes

    @classmethod
    def text(cls, path: str, text: str) -> Artifact:
        """A file of text, in UTF-8."""
        return cls(path, text.encode("utf-8"))

    def is_confined(self) -> bool:
        """Does the path stay inside the site, whatever it is made of?"""
        return _CONFINED.fullmatch(self.path) is not None
