"""One builder of a site at a time. The system lets go of the lock when its holder ends, however."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from gongkai.domain.errors import PublishError

LOCK = "lock"
"""The name of a folder's lock."""
_BYTE = 1 << 30
"""The byte that is locked on Windows: far behind the holder's name, which others want to read."""


@contextmanager
def locked(path: Path, wait: Callable[[str], None] | None, name: str = "") -> Iterator[None]:
    """Hold the lock of a file, and say in it who does. When somebody else holds it, ``wait`` is
    called once with that name and then we wait; PublishError instead, when there is no ``wait``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        if not _try(file.fileno(), blocking=False):
            file.seek(0)
            holder = file.read(_LONGEST).decode(errors="replace").strip()
            if wait is None:
                raise PublishError("error.locked", path=str(path.parent), holder=holder or "?")
            wait(holder or "?")
            while not _try(file.fileno(), blocking=True):
                pass
        with suppress(OSError):  # on a full disk the name is missing, the lock is held all the same
            file.truncate(0)
            file.write(name.encode())
            file.flush()
        yield


_LONGEST = 200

if sys.platform == "win32":
    import msvcrt

    def _try(handle: int, *, blocking: bool) -> bool:
        """Windows gives up after ten seconds; then it is asked again."""
        os.lseek(handle, _BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_LOCK if blocking else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try(handle: int, *, blocking: bool) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if blocking else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True
