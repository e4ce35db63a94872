"""Running a command and seeing what it took: seconds, and the memory of all its processes."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

Command = Sequence[str]


class Failed(Exception):
    """A command that did not do its work; what it said goes with it."""


def surroundings() -> dict[str, str]:
    """The environment of what is measured. Python keeps what it compiled, as it does wherever
    nobody forbids it: else each run would compile the program first."""
    return {name: it for name, it in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def seconds(command: Command, cwd: Path, env: dict[str, str] | None = None) -> float:
    """Wall-clock seconds of a whole process, from its start to its end."""
    started = time.perf_counter()
    done = subprocess.run(
        command, cwd=cwd, env={**surroundings(), **(env or {})}, capture_output=True, text=True
    )
    took = time.perf_counter() - started
    if done.returncode not in (0, 1):
        raise Failed(f"{' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return took


def peak(command: Command, cwd: Path) -> float:
    """The most memory in MB that a command and its children held together, by the share that each
    has of shared pages (Linux's PSS), looked at every twentieth of a second; 0 elsewhere."""
    if not Path("/proc/self/smaps_rollup").exists():
        return 0.0
    started = subprocess.Popen(
        command, cwd=cwd, env=surroundings(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    most = 0.0
    while started.poll() is None:
        most = max(most, sum(_pss(pid) for pid in _family(started.pid)))
        time.sleep(0.05)
    return most / 1024


def _family(pid: int) -> Iterator[int]:
    """A process and all that descend from it."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _pss(pid: int) -> int:
    """Its proportional share of memory in kB."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
