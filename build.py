#!/usr/bin/env python3
"""The front door: ``python build.py VERB``, the same verbs as the ``gongkai`` command.

On a fresh machine it first makes a ``.venv`` beside itself and fills it from the hash-locked list
in ``requirements/``; after that it only hands over. It uses the standard library alone, so that
any Python 3.11 or newer can run it.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
OLDEST = (3, 11)


class SetUpError(Exception):
    """The environment could not be made; the message is one sentence for the person at the keys."""


def environment(group: str = "run") -> Path:
    """Return the Python of ``.venv`` with everything in ``requirements/<group>.txt`` installed.

    Does nothing when the list has not changed since the last time. ``dev`` contains ``run``.
    Raises SetUpError with one sentence when a step fails.
    """
    lock = HERE / "requirements" / f"{group}.txt"
    if _is_ready(group):
        return _python()
    print("gongkai: 首次运行,正在准备环境 / preparing the environment …", file=sys.stderr)
    if not _python().exists():
        _make_venv()
    _pip("--require-hashes", "-r", str(lock), "--only-binary", ":all:")
    _pip("--no-deps", "--no-build-isolation", "-e", str(HERE))
    _compile()
    _stamp(group).write_text(_fingerprint(group), encoding="ascii")
    return _python()


def _python() -> Path:
    windows = os.name == "nt"
    return VENV / ("Scripts" if windows else "bin") / ("python.exe" if windows else "python")


def _stamp(group: str) -> Path:
    return VENV / f"gongkai-{group}.stamp"


def _fingerprint(group: str) -> str:
    parts = [HERE / "requirements" / f"{group}.txt", HERE / "pyproject.toml"]
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in parts)).hexdigest()


def _is_ready(group: str) -> bool:
    """Is this group installed as its list says now? What runs is in ``dev`` too."""
    for name in (group, "dev") if group == "run" else (group,):
        stamp = _stamp(name)
        if stamp.exists() and stamp.read_text(encoding="ascii") == _fingerprint(name):
            return _python().exists()
    return False


def _make_venv() -> None:
    import subprocess
    import venv  # only here: these take longer to load than everything else in this file

    try:
        venv.create(VENV, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetUpError(
            f"无法建立 {VENV.name}(在 Debian/Ubuntu 上先安装 python3-venv)"
            f" / cannot create {VENV.name}; on Debian install python3-venv first ({error})"
        ) from error


def _pip(*arguments: str) -> None:
    import subprocess

    command = [str(_python()), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    done = subprocess.run([*command, *arguments], stdout=sys.stderr, check=False)
    if done.returncode:
        raise SetUpError(
            "安装依赖失败,请检查网络或软件源后重试(上面是 pip 的原话)"
            " / installing the dependencies failed; check the network or the package index"
            " and run this again (pip's own words are above)"
        )


def _compile() -> None:
    """Compile our own modules, as pip does with those it installs: where Python may not write, each
    run would do so again. It only costs time if this fails."""
    import subprocess

    command = [str(_python()), "-m", "compileall", "-q", str(HERE / "gongkai")]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def main() -> int:
    if sys.version_info < OLDEST:
        print("gongkai: 需要 Python 3.11 或更新版本 / needs Python 3.11 or newer", file=sys.stderr)
        return 2
    try:
        python = environment()
    except SetUpError as error:
        print(f"gongkai: {error}", file=sys.stderr)
        return 2
    # UTF-8 for names of files too, whatever the locale and the environment say.
    command = [str(python), "-X", "utf8", "-m", "gongkai", *sys.argv[1:]]
    if "--root" not in sys.argv[1:] and not any(a.startswith("--root=") for a in sys.argv[1:]):
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
