"""Everything that an installation needs, in one folder: packages by hash for the machines wanted,
and what to do with them."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from packaging.markers import Marker

from gongkai.domain.errors import UsageError
from gongkai.domain.model import Value

WHEELS = "wheels"
SUMS = "SHA256SUMS"
START = "start.bat"
_NEWEST_GLIBC = 36
_REQUIREMENT = re.compile(
    r"^(?P<what>[^;\\\s]+)(?: ; (?P<marker>[^\\\n]+))? \\\n(?P<hashes>(?:    .+\n?)+)", re.MULTILINE
)


class Platform(Value, frozen=True):
    """A kind of machine: what its packages are called, and what markers of a list see there."""

    name: str
    tags: tuple[str, ...]
    markers: tuple[tuple[str, str], ...]


def _linux(machine: str) -> tuple[str, ...]:
    """The names of packages for Linux: one for each version of its C library, and older names."""
    numbered = [f"manylinux_2_{minor}_{machine}" for minor in range(_NEWEST_GLIBC, 4, -1)]
    return (*numbered, *(f"manylinux{name}_{machine}" for name in ("2014", "2010", "1")))


_WINDOWS = (("sys_platform", "win32"), ("platform_system", "Windows"), ("os_name", "nt"))
_LINUX = (("sys_platform", "linux"), ("platform_system", "Linux"), ("os_name", "posix"))
_MAC = (("sys_platform", "darwin"), ("platform_system", "Darwin"), ("os_name", "posix"))
PLATFORMS: Mapping[str, Platform] = {
    platform.name: platform
    for platform in (
        Platform(
            "linux", _linux("x86_64"), (*_LINUX, ("platform_machine", "x86_64"))
        ),
        Platform(
            "linux-arm", _linux("aarch64"), (*_LINUX, ("platform_machine", "aarch64"))
        ),
        Platform("windows", ("win_amd64",), (*_WINDOWS, ("platform_machine", "AMD64"))),
        Platform("mac", ("macosx_14_0_arm64",), (*_MAC, ("platform_machine", "arm64"))),
    )
}  # fmt: skip
"""The machines that packages can be collected for, by the name that is typed."""


def lists_of(root: Path, *, with_tests: bool) -> list[Path]:
    """The hash-locked lists of a checkout or of a site. UsageError where there is none."""
    checkout, own = root / "requirements", root / "requirements.txt"
    if own.exists() and not with_tests:
        return [own]
    names = ["run.txt", *(["dev.txt"] if with_tests else [])]
    found = [checkout / name for name in names if (checkout / name).exists()]
    if len(found) < len(names):
        raise UsageError("error.no-list", path=str(root))
    return found


def for_platform(lock: str, platform: Platform, python: str) -> str:
    """A list as it reads on a machine of that kind: without conditions, and without what is not
    for it. Packages that lie in a folder of the site are left to that folder."""
    full = python if python.count(".") > 1 else f"{python}.99"
    short = ".".join(full.split(".")[:2])
    seen = {
        **dict(platform.markers),
        "python_version": short,
        "python_full_version": full,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "extra": "",
    }
    kept = []
    for found in _REQUIREMENT.finditer(lock):
        marker = found["marker"]
        is_wanted = marker is None or Marker(marker).evaluate(seen)
        if is_wanted and not found["what"].startswith("."):
            kept.append(f"{found['what']} \\\n{found['hashes']}")
    return "".join(kept)


def collect(lock: str, platform: Platform, python: str, folder: Path) -> Iterator[str]:
    """Fetch the packages of a list for one kind of machine; yields what pip says, line by line.

    UsageError when pip fails. pip compares every package with its hash in the list.
    """
    wanted = folder / f".{platform.name}.txt"
    folder.mkdir(parents=True, exist_ok=True)
    wanted.write_text(for_platform(lock, platform, python), "utf-8")
    tag = f"cp{''.join(python.split('.')[:2])}"
    command = [_python_with_pip(), "-m", "pip", "download", "--disable-pip-version-check"]
    command += ["--no-input", "--progress-bar", "off", "--no-deps", "--require-hashes"]
    command += ["--only-binary", ":all:", "--dest", str(folder / WHEELS), "-r", str(wanted)]
    command += ["--implementation", "cp", "--python-version", python]
    for name in (tag, "abi3", "none"):
        command += ["--abi", name]
    for name in platform.tags:
        command += ["--platform", name]
    said: list[str] = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    ) as process:
        for line in process.stdout or ():
            said.append(line.strip())
            yield line.strip()
    wanted.unlink()
    if process.returncode:
        errors = [line for line in said if line.startswith("ERROR")] or said[-1:]
        raise UsageError("error.no-packages", platform=platform.name, why=" ".join(errors)[:400])


def _python_with_pip() -> str:
    """An environment of ours has no pip of its own where the Python under it has one."""
    base = str(getattr(sys, "_base_executable", sys.executable))
    return sys.executable if find_spec("pip") else base


def finish(folder: Path, lists: Sequence[Path], platforms: Sequence[str], read_me: str) -> None:
    """Lay beside the packages what they are for, and the hash of every file."""
    for one in lists:
        shutil.copyfile(one, folder / one.name)
    (folder / "README.txt").write_bytes(b"\xef\xbb\xbf" + read_me.replace("\n", "\r\n").encode())
    if "windows" in platforms:
        (folder / START).write_bytes(_START.replace("\n", "\r\n").encode("ascii"))
    (folder / SUMS).unlink(missing_ok=True)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in files
    ]
    (folder / SUMS).write_bytes("".join(lines).encode())


_START = """\
@echo off
rem Sets the site up from this folder, without a network, and opens its preview.
rem This folder lies in the site's folder, beside build.py.
setlocal
chcp 65001 >nul
cd /d "%~dp0.."
set "PYTHON="
where py >nul 2>nul && set "PYTHON=py -3"
if not defined PYTHON where python >nul 2>nul && set "PYTHON=python"
if not defined PYTHON goto missing
%PYTHON% -c "import sys; sys.exit(sys.version_info < (3, 11))" || goto missing
%PYTHON% build.py --offline "%~dp0." doctor
if errorlevel 2 goto end
start "" "http://127.0.0.1:8000/forms/"
%PYTHON% build.py serve
goto end
:missing
type "%~dp0README.txt"
:end
pause
"""
