"""Files of a site on the disk: how they look, and how they are written, linked and taken away.

Names are plain text here, because there are many of them.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from gongkai.files.reading import Seen

T = TypeVar("T")


def see_published(path: str) -> Seen | None:
    """How a file of the site looks; its inode's own time is left out, since links change it."""
    try:
        return _seen(os.lstat(path))
    except OSError:
        return None


def is_as_seen(path: str, seen: Seen) -> bool:
    """Is a file of the site still as it was seen? Asked of all of them, so nothing is made for
    the answer."""
    try:
        found = os.lstat(path)
    except OSError:
        return False
    changed, size, number, _ = seen
    return found.st_mtime_ns == changed and found.st_size == size and found.st_ino == number


def _seen(found: os.stat_result) -> Seen:
    return Seen(found.st_mtime_ns, found.st_size, found.st_ino, 0)


def time_of(folder: str) -> int:
    """When something was last put into a folder or taken out of it (ns); 0 if there is none."""
    try:
        return os.lstat(folder).st_mtime_ns
    except OSError:
        return 0


def write(path: str, data: bytes) -> Seen:
    """Write a file that is a link to no other, and say how it looks. OSError on failure."""
    handle = _placed(path, lambda: os.open(path, _NEW, 0o666))
    try:
        done = os.write(handle, data)
        while done < len(data):
            done += os.write(handle, data[done:])
        return _seen(os.fstat(handle))
    finally:
        os.close(handle)


def link(source: str, target: str) -> Seen | None:
    """Put a file in a second place: as a hard link, which looks the same there, or where there are
    none as a copy; then how that looks is told."""
    try:
        _placed(target, lambda: os.link(source, target))
    except OSError:
        shutil.copy2(source, target)
        return _seen(os.lstat(target))
    return None


def _placed(path: str, place: Callable[[], T]) -> T:
    """What puts a new file in its place, done after making room for it where that is needed."""
    try:
        return place()
    except FileExistsError:
        os.unlink(path)  # noqa: PTH108 - plain names: there are many
    except FileNotFoundError:
        _make_folder(path.rpartition("/")[0])
    return place()


def discard(path: str | Path) -> None:
    """Take away whatever this is, if it is there; a link's target is left alone."""
    if os.path.isdir(path) and not os.path.islink(path):  # noqa: PTH112, PTH114 - as above
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(FileNotFoundError):
            os.unlink(path)  # noqa: PTH108 - as above


def settle(folder: Path) -> None:
    """Have everything of a folder's file system on the disk before going on, so that a power cut
    after the swap finds whole files. One call for all of them; only Linux can do that. OSError if
    the disk could not take them."""
    if not sys.platform.startswith("linux"):
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        failed = ctypes.CDLL(None, use_errno=True).syncfs(handle) != 0
        number = ctypes.get_errno()
    except AttributeError:  # an older C library
        failed = False
        os.sync()
    finally:
        os.close(handle)
    if failed and number != errno.ENOSYS:
        raise OSError(number, os.strerror(number), str(folder))


def make_room(folder: str, path: str, ready: set[str]) -> None:
    """See to it that the folder of a new file is there, whose path is told from ``folder``; to try
    without it first takes longer, since most pages have their own. ``ready`` are those known."""
    below = path.rpartition("/")[0]
    if below not in ready:
        _make_folder(f"{folder}/{below}")
        ready.add(below)


def _make_folder(path: str) -> None:
    """Make a folder; nearly always the one above it is there."""
    try:
        os.mkdir(path)  # noqa: PTH102 - plain names: there are many
    except FileNotFoundError:
        os.makedirs(path, exist_ok=True)  # noqa: PTH103 - as above
    except FileExistsError:
        pass  # another process was quicker


_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
