"""Exchanging two folders in one step, where the system can; the safest there is elsewhere."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

_EXCHANGE = 2
_AT_FDCWD = -100


def swap(stage: Path, out: Path, previous: Path) -> None:
    """Put ``stage`` where ``out`` is and keep the old site as ``previous``. OSError on failure.

    On Linux the kernel exchanges both names at once. Elsewhere, and on file systems without that
    call, two renames leave an instant in which ``out`` is missing.
    """
    if not out.exists():
        out.parent.mkdir(parents=True, exist_ok=True)
        stage.rename(out)
        return
    shutil.rmtree(previous, ignore_errors=True)
    if not _exchange(stage, out):
        out.rename(previous)
        try:
            stage.rename(out)
        except OSError:
            previous.rename(out)
            raise
        return
    stage.rename(previous)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two paths atomically; False where that cannot be done."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    paths = os.fsencode(one), os.fsencode(other)
    return bool(call(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _EXCHANGE) == 0)
