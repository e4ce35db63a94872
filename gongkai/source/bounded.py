"""Readers of untrusted files in a process of their own, with a bound on its memory and time.

A few bytes can say that a sheet has billions of cells, and readers make room for all of them. A
process that was ended is a finding, not the end of the build.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

_ROOT = str(Path(__file__).parents[2])
_RUN = """import runpy, sys
sys.path.insert(0, sys.argv.pop(1))
runpy.run_module(sys.argv[1], run_name="__main__", alter_sys=True)"""
_LOST = 600
"""Seconds after which even a process that waits is given up."""


def asked(module: str, data: bytes, *arguments: str) -> Any:
    """What a module that is run prints as JSON when it is given bytes; None when it came to no
    end."""
    command = [sys.executable, "-I", "-c", _RUN, _ROOT, module, *arguments]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_LOST, check=False)
        return json.loads(done.stdout) if done.returncode == 0 else None
    except (ValueError, subprocess.TimeoutExpired):
        return None


def bound(memory: int, seconds: int) -> None:
    """Give this process no more than its share of bytes and of seconds of the processor, where the
    system can."""
    try:
        import resource
    except ImportError:
        return  # Windows
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
