"""Taking away what runs leave behind: halves of files, and on request everything that was kept."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from gongkai.files.disk import discard
from gongkai.files.lock import LOCK
from gongkai.publish.chain import HISTORY
from gongkai.publish.releases import Beside

_HALF = re.compile(r".+\.\d+")
"""A file that was being written when its run ended carries the number of that process."""


def sweep(folder: Path) -> None:
    """Take away halves of files that a killed run left in a folder of ours. Call it locked."""
    for path in folder.iterdir():
        if _HALF.fullmatch(path.name) and path.is_file():
            with suppress(OSError):
                path.unlink()


def forget(keep: Path | None, beside: Beside) -> None:
    """Forget everything that only spares time. Earlier sites and the chain are not forgotten."""
    lasting = (LOCK, HISTORY, beside.previous.name)
    for folder in (keep, beside.folder):
        for path in folder.iterdir() if folder else ():
            if path.name not in lasting:
                discard(path)
