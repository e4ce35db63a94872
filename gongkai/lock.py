"""One builder of a site at a time. The system lets go of the lock when its holder ends, however."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from gongkai.errors import PublishError


@contextmanager
def locked(path: Path, wait: Callable[[], None] | None) -> Iterator[None]:
    """Hold the lock of a file. When somebody else holds it, ``wait`` is called once and then we
    wait; PublishError instead, when there is no ``wait``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        if not _try(file.fileno(), blocking=False):
            if wait is None:
                raise PublishError("error.locked", path=str(path.parent))
            wait()
            while not _try(file.fileno(), blocking=True):
                pass
        yield


if sys.platform == "win32":
    import msvcrt

    def _try(handle: int, *, blocking: bool) -> bool:
        """Windows gives up after ten seconds; then it is asked again."""
        os.lseek(handle, 0, os.SEEK_SET)
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
