"""Exchanging two folders in one step, where the system can; the safest there is elsewhere."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import time
from pathlib import Path

_EXCHANGE = 2
_AT_FDCWD = -100
_TRIES, _PAUSE = 20, 0.1
"""How often, and after how many seconds, a rename is tried again on Windows, where a folder with
an open file in it cannot be renamed."""


def swap(stage: Path, out: Path, leaving: Path) -> None:
    """Let ``stage`` and ``out`` change places. OSError on failure.

    On Linux the kernel exchanges both names at once. Elsewhere, and on file systems without that
    call, the old site goes by way of ``leaving``, and there is an instant in which ``out`` is
    missing; ``come_back`` mends it if that is where a run ended.
    """
    if not out.exists():
        out.parent.mkdir(parents=True, exist_ok=True)
        _rename(stage, out)
    elif not _exchange(stage, out):
        shutil.rmtree(leaving, ignore_errors=True)
        _rename(out, leaving)
        try:
            _rename(stage, out)
        except OSError:
            _rename(leaving, out)
            raise
        _rename(leaving, stage)


def come_back(out: Path, leaving: Path, stage: Path) -> None:
    """Mend what a run left that ended between two renames: no site, or an old one put aside."""
    if leaving.exists() and not out.exists():
        _rename(leaving, out)
    elif leaving.exists() and not stage.exists():
        _rename(leaving, stage)


def _rename(source: Path, target: Path) -> None:
    for _ in range(_TRIES if sys.platform == "win32" else 0):
        try:
            source.rename(target)
            return
        except PermissionError:
            time.sleep(_PAUSE)
    source.rename(target)


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
