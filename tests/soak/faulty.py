"""Runs a command of ours in which one use of the disk fails, as if it were full or broken, or in
which the run is killed at that use.

Python tells of every file that is opened for writing, made, linked, renamed or taken away before
it happens; there, and at each piece of bytes written, the failure is put in.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

_CHANGES = {
    "os.link",
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.truncate",
    "os.utime",
    "os.symlink",
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
KILLED = "KILLED"
"""Stands for no failure at all: the run does not live to see that use of the disk."""


class Disk:
    """Counts what is done to the disk, and lets one of it fail; ``number`` 0 lets nothing fail, and
    without an ``error`` the run is killed."""

    def __init__(self, number: int, error: int | None, below: str) -> None:
        self.number, self.error, self.below = number, error, below
        self.count = 0

    def begin(self) -> None:
        """From now on."""
        sys.addaudithook(self._hear)
        write = os.write

        def writing(handle: int, data: bytes) -> int:
            self._use()
            return write(handle, data)

        os.write = writing  # type: ignore[assignment] # stands in for the system's

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            is_writing = isinstance(flags, int) and flags & _WRITING
            is_ours = isinstance(path, (str, bytes)) and os.fsdecode(path).startswith(self.below)
            if is_ours and (is_writing or (isinstance(mode, str) and set(mode) & set("wax+"))):
                self._use()
        elif event in _CHANGES and os.fsdecode(str(arguments[0])).startswith(self.below):
            self._use()

    def _use(self) -> None:
        self.count += 1
        if self.count != self.number:
            return
        if self.error is None:
            os.kill(os.getpid(), signal.SIGKILL)
        else:
            raise OSError(self.error, os.strerror(self.error), "a file")


def run(arguments: Sequence[str], number: int, error: str, below: str) -> tuple[int, int, str]:
    """The exit status of a run in which the n-th use of the disk fails, how many uses there were,
    and what it said. The run has a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_child(arguments, number, error, below, writing)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8", errors="replace") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    said, _, count = said.rpartition("\n#")
    return os.waitstatus_to_exitcode(status), int(count or 0), said


def _be_child(arguments: Sequence[str], number: int, error: str, below: str, writing: int) -> None:
    os.dup2(writing, 1)
    os.dup2(writing, 2)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - until it ends
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    from gongkai.cli.main import main

    disk = Disk(number, None if error == KILLED else getattr(errno, error), below)
    disk.begin()
    status = 99
    try:
        status = main(arguments)
    except SystemExit as end:
        status = int(end.code or 0)
    finally:
        disk.number = 0
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(2, f"\n#{disk.count}".encode())
        os._exit(status)
