"""What the published site calls its items and boards, so that a form can say what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

_Known = Mapping[str, Mapping[str, str]]


class Titles:
    """Titles by id, out of the manifest of the site that is up; none where there is no site."""

    def __init__(self, site: Path) -> None:
        self.path = site / "manifest.json"
        self._seen: tuple[int, int] | None = None
        self._known: _Known = {}

    def of(self, kind: str, name: str) -> str:
        """The title of one of the ``items`` or ``boards``; empty when it is not known."""
        try:
            status = self.path.stat()
            seen = status.st_mtime_ns, status.st_size
            if seen != self._seen:
                self._known, self._seen = _read(self.path), seen
        except (OSError, msgspec.DecodeError):
            return ""
        return self._known.get(kind, {}).get(name, "")


def _read(path: Path) -> _Known:
    manifest: Any = msgspec.json.decode(path.read_bytes())
    return {
        kind: {str(one["id"]): str(one.get("title", "")) for one in manifest.get(kind, ())}
        for kind in ("items", "boards")
    }
