#!/usr/bin/env python3
"""The front door: ``python build.py VERB``, the same verbs as the ``gongkai`` command.

On a fresh machine it first makes a ``.venv`` beside itself and fills it from a hash-locked list:
``requirements/`` in a checkout of the program, ``requirements.txt`` in a site of its own. After
that it only hands over. ``--offline DIR`` before the verb takes everything from a folder that
``bundle DIR`` has filled, and asks no network. It uses the standard library alone, so that any
Python 3.11 or newer can run it.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
IS_CHECKOUT = (HERE / "requirements").is_dir()
OLDEST = (3, 11)
PATIENCE = 2
"""Seconds after which a silent step says that it is still at work."""


class SetUpError(Exception):
    """The environment could not be made; the message is one sentence for the person at the keys."""


def environment(group: str = "run", bundle: Path | None = None) -> Path:
    """Return the Python of ``.venv`` with everything that the list of a group names.

    Does nothing when the list has not changed since the last time. ``dev`` contains ``run``.
    ``bundle`` is a folder to install from without a network. Raises SetUpError with one sentence
    when a step fails.
    """
    if _is_ready(group):
        return _python()
    _say("首次运行,正在准备环境 / preparing the environment …")
    if not _python().exists():
        _make_venv()
    source = [] if bundle is None else ["--no-index", "--find-links", str(bundle / "wheels")]
    lock = ["--require-hashes", "--only-binary", ":all:", "--no-compile", "-r", str(_lock(group))]
    _pip(bundle is not None, *source, *lock)
    if IS_CHECKOUT:
        _pip(True, "--no-index", "--no-build-isolation", "-e", str(HERE))
    _compile()
    _stamp(group).write_text(_fingerprint(group), encoding="ascii")
    return _python()


def _say(text: str) -> None:
    print(f"gongkai: {text}", file=sys.stderr, flush=True)


def _python() -> Path:
    windows = os.name == "nt"
    return VENV / ("Scripts" if windows else "bin") / ("python.exe" if windows else "python")


def _lock(group: str) -> Path:
    return HERE / "requirements" / f"{group}.txt" if IS_CHECKOUT else HERE / "requirements.txt"


def _stamp(group: str) -> Path:
    return VENV / f"gongkai-{group}.stamp"


def _fingerprint(group: str) -> str:
    parts = [_lock(group), *([HERE / "pyproject.toml"] if IS_CHECKOUT else [])]
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in parts)).hexdigest()


def _is_ready(group: str) -> bool:
    """Is this group installed as its list says now? What runs is in ``dev`` too."""
    for name in (group, "dev") if group == "run" else (group,):
        stamp = _stamp(name)
        if stamp.exists() and stamp.read_text(encoding="ascii") == _fingerprint(name):
            return _python().exists()
    return False


def _has_pip() -> bool:
    """A pip of this Python installs into ``.venv`` too, which then need not have one of its own:
    that takes as long as half of the packages."""
    from importlib.util import find_spec

    return find_spec("pip") is not None


def _make_venv() -> None:
    import subprocess
    import venv  # only here: these take longer to load than everything else in this file

    try:
        # CI keeps the environment elsewhere and links to it; venv itself takes no link.
        venv.create(VENV.resolve(), with_pip=not _has_pip())
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        raise SetUpError(
            f"无法建立 {VENV.name}(在 Debian/Ubuntu 上先安装 python3-venv)"
            f" / cannot create {VENV.name}; on Debian install python3-venv first ({error})"
        ) from error


def _pip(is_offline: bool, *arguments: str) -> None:
    """Install without asking what else is needed: the list names everything."""
    to = ["--python", str(_python())] if _has_pip() else []
    python = sys.executable if to else str(_python())
    # Where there is no network, nobody's settings may name an index to ask.
    alone = ["--isolated"] if is_offline else []
    quiet = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    command = [python, "-m", "pip", *to, "install", *alone, *quiet, "--no-deps", *arguments]
    status, said = _watched(command)
    if status:
        sys.stderr.writelines(f"{line}\n" for line in said[-12:])
        raise SetUpError(
            "安装依赖失败,请检查网络、软件源或离线包后重试(上面是 pip 的原话)"
            " / installing the dependencies failed; check the network, the package index or the"
            " bundle and run this again (pip's own words are above)"
        )


def _watched(command: Sequence[str]) -> tuple[int, list[str]]:
    """Run a command, and tell at least every few seconds how far it is; what it said."""
    import subprocess
    import time

    said: list[str] = []
    began = told = time.monotonic()
    found, doing = 0, ""
    with subprocess.Popen(
        command, cwd=HERE, text=True, encoding="utf-8", errors="replace",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        for line in _lines(process.stdout):
            said.append(line)
            if line.startswith(("Collecting ", "Processing ")):
                found, doing = found + 1, Path(line.split()[1].partition("=")[0]).name
            elif line.startswith("Installing "):
                doing = "安装 / installing"
            if time.monotonic() - told >= PATIENCE:
                told = time.monotonic()
                _say(f"{told - began:.0f} s: {found} {doing}")
    return process.returncode, [line for line in said if line]


def _lines(stream: IO[str] | None) -> Iterator[str]:
    """What is said line by line, and an empty line whenever nothing was said for a while."""
    import queue
    import threading

    lines: queue.Queue[str | None] = queue.Queue()

    def pass_on() -> None:
        for line in stream or ():
            lines.put(line.rstrip())
        lines.put(None)

    threading.Thread(target=pass_on, daemon=True).start()
    while True:
        try:
            line = lines.get(timeout=PATIENCE)
        except queue.Empty:
            line = ""
        if line is None:
            return
        yield line


def _compile() -> None:
    """Compile all modules on all cores, which pip would do one after the other: where Python may
    not write, each run would do so again. It only costs time if this fails."""
    _say("编译 / compiling …")
    import subprocess

    own = [str(HERE / "gongkai")] if IS_CHECKOUT else []
    command = [str(_python()), "-m", "compileall", "-q", "-j", "0", str(VENV), *own]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def _offline(arguments: Sequence[str]) -> tuple[Path | None, list[str]]:
    """``--offline DIR`` before the verb, and the rest."""
    rest = list(arguments)
    if not rest or rest[0].partition("=")[0] != "--offline":
        return None, rest
    first, _, folder = rest.pop(0).partition("=")
    bundle = Path(folder or (rest.pop(0) if rest else first)).absolute()
    if not (bundle / "wheels").is_dir():
        raise SetUpError(
            f"{bundle} 里没有 wheels,不是 bundle 做的离线包"
            f" / {bundle} holds no wheels and is no folder that `bundle` has filled"
        )
    return bundle, rest


def _group(bundle: Path | None) -> str:
    """A bundle with what the tests need sets up that as well, for ``make test``."""
    return "dev" if bundle and IS_CHECKOUT and (bundle / "dev.txt").exists() else "run"


def _is_installed() -> bool:
    """Does this Python have the program, in a container for example, so that a site needs no
    environment of its own?"""
    from importlib.util import find_spec

    return not IS_CHECKOUT and not VENV.exists() and find_spec("gongkai") is not None


def main() -> int:
    if sys.version_info < OLDEST:
        _say("需要 Python 3.11 或更新版本 / needs Python 3.11 or newer")
        return 2
    try:
        bundle, arguments = _offline(sys.argv[1:])
        python = Path(sys.executable) if _is_installed() else environment(_group(bundle), bundle)
    except SetUpError as error:
        _say(str(error))
        return 2
    # UTF-8 for names of files too, whatever the locale and the environment say.
    command = [str(python), "-X", "utf8", "-m", "gongkai", *arguments]
    if "--root" not in arguments and not any(a.startswith("--root=") for a in arguments):
        command += ["--root", str(HERE)]
    is_ready = sys.getfilesystemencoding() == "utf-8"
    if Path(sys.executable) == python and is_ready:  # it is that Python already
        import runpy

        sys.argv = command[4:]
        runpy.run_module("gongkai", run_name="__main__", alter_sys=True)
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606 - the same process, so Ctrl-C goes to one place
    import subprocess

    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
