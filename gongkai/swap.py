"""Exchanging two folders in one step, where the system can; the safest there is elsewhere."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

_EXCHANGE = 2
_AT_FDCWD = -100


def swap(stage: Path, out: Path, leaving: Path) -> None:
    """Let ``stage`` and ``out`` change places. OSError on failure.

    On Linux the kernel exchanges both names at once. Elsewhere, and on file systems without that
    call, the old site goes by way of ``leaving``, and there is an instant in which ``out`` is
    missing.
    """
    if not out.exists():
        out.parent.mkdir(parents=True, exist_ok=True)
        stage.rename(out)
    elif not _exchange(stage, out):
        shutil.rmtree(leaving, ignore_errors=True)
        out.rename(leaving)
        try:
            stage.rename(out)
        except OSError:
            leaving.rename(out)
            raise
        leaving.rename(stage)


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
