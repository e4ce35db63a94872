"""Taking away what runs leave behind: halves of files, and on request everything that was kept."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from pathlib import Path

from gongkai.earlier import Beside

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
    for folder, kept in ((keep, ("lock",)), (beside.folder, ("lock", "previous", "history.jsonl"))):
        for path in folder.iterdir() if folder else ():
            if path.name not in kept:
                _take_away(path)


def _take_away(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
