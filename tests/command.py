"""The ``gongkai`` command for tests, without the second that Python takes to load everything.

``run`` and ``gongkai`` call it in this process, and put back what it does to its process. What the
start decides (time zone, hash seed, locale) takes a process from nothing: name it as environment,
and there will be one. ``shim`` is for scripts: each call is a copy of a process that has loaded
everything; run as a program, this file asks for one (``python command.py SOCKET VERB …``).
"""

from __future__ import annotations

import array
import gc
import io
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

_KILLED = 137
"""The status of a call that ended without a word, as a shell gives it."""


def call(address: str, arguments: list[str], folder: str, streams: tuple[int, int, int]) -> int:
    """Have a copy run the command in a folder, with open files as its streams; its status."""
    request = json.dumps([arguments, folder, dict(os.environ)]).encode()
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(address)
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", streams))]
        server.sendmsg([len(request).to_bytes(4, "big")], rights)
        server.sendall(request)
        status = server.recv(1)
    return status[0] if status else _KILLED


if __name__ == "__main__":  # before anything that takes long to load
    sys.exit(call(sys.argv[1], sys.argv[2:], os.getcwd(), (0, 1, 2)))  # noqa: PTH109

CAN_COPY = hasattr(os, "fork") and hasattr(socket, "AF_UNIX")
Done = subprocess.CompletedProcess[str]


class _Copies:
    """The process of which the calls are copies; it is started when it is first needed, and ends
    with this one."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="gk")
        self.address = f"{self.folder.name}/s"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.copies", self.address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parent.parent,
        )
        assert self.process.stdout
        assert self.process.stdout.read() == b"ready"

    started: _Copies | None = None

    @classmethod
    def get(cls) -> _Copies:
        cls.started = cls.started or cls()
        return cls.started


def run(root: Path, *arguments: str, **environment: str) -> Done:
    """One verb on a site, as a user calls it; never a traceback."""
    done = gongkai(*arguments, "--root", str(root), cwd=None, **environment)
    assert "Traceback" not in done.stderr
    return done


def gongkai(*arguments: str, cwd: Path | None = None, **environment: str) -> Done:
    """The command with arguments, in a folder; with an environment, in a process from nothing."""
    if not environment:
        return _here(list(arguments), cwd or Path.cwd())
    command = [sys.executable, "-m", "gongkai", *arguments]
    env = {**os.environ, **environment}
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=env, cwd=cwd, check=False
    )


def _here(arguments: list[str], folder: Path) -> Done:
    from gongkai.cli.main import main
    from gongkai.render.templates import loaded

    root = Path(arguments[arguments.index("--root") + 1]) if "--root" in arguments else Path()
    if (folder / root / "theme").is_dir():
        loaded.cache_clear()  # templates are read once in a process, and tests edit a site's own
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    told_to_stop, listening = signal.getsignal(signal.SIGTERM), logging.root.handlers
    logging.root.handlers = []  # pytest's: what is logged goes to standard error, as for a user
    try:
        with chdir(folder), redirect_stdout(out), redirect_stderr(err):
            status = main(arguments)
    except SystemExit as end:  # the parser of arguments has said what is wrong with them
        status = end.code if isinstance(end.code, int) else 1
    finally:
        gc.enable()
        logging.root.handlers = listening
        signal.signal(signal.SIGTERM, told_to_stop)
    return Done(arguments, status, _all_of(out), _all_of(err))


def _all_of(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def shim() -> str:
    """A line for a shell script that calls the command with what follows."""
    if CAN_COPY:
        return f'"{sys.executable}" -IS "{__file__}" "{_Copies.get().address}"'
    return f'"{sys.executable}" -m gongkai'
