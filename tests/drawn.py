"""Paper that is drawn once in a run of the tests.

Hundreds of small sites have the same catalogue, cover and notices, and drawing them took more than
a third of the run. What Typst made of something is kept, by all that it was given, for whoever
gives the same. Tests whose law is that drawing twice gives equal bytes ask for ``drawn_anew``.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gongkai.render import preview, typesetter

DRAWING, PICTURING = typesetter._compile, preview.preview_of
"""The real ones."""


class Drawn:
    """A folder with what was drawn, which all processes of a run of the tests have in common."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def compiled(
        self, sources: Any, root: str, data: Any, moment: Any, own: Any, *rest: Any, **named: Any
    ) -> bytes:
        def draw() -> bytes:
            return DRAWING(sources, root, data, moment, own, *rest, **named)

        if own:  # fonts of a site, which may be others at the same place
            return draw()
        beside = {file.name: file.read_bytes() for file in sorted(Path(root).iterdir())}
        given = repr((sorted(sources.items()), beside, data, moment, rest, sorted(named.items())))
        return self._once(given.encode(), draw)

    def preview_of(self, pdf: bytes) -> bytes:
        return self._once(pdf, lambda: PICTURING(pdf))

    def _once(self, given: bytes, draw: Callable[[], bytes]) -> bytes:
        path = self.folder / hashlib.sha256(given).hexdigest()
        if not path.exists():
            made = path.with_suffix(f".{os.getpid()}")
            made.write_bytes(draw())
            made.replace(path)
        return path.read_bytes()
