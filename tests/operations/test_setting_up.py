"""From nothing to a site: the front door, offline folders, and what a new site consists of."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from gongkai.domain.errors import UsageError
from gongkai.operations.bundle import PLATFORMS, finish, for_platform, lists_of
from gongkai.operations.program import wheel
from tests.command import gongkai, run
from tests.conftest import ROOT
from tests.sites import git

LOCK = """\
always==1.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
old==1.0 ; python_full_version < '3.11.5' \\
    --hash=sha256:cc
windows==1.0 ; sys_platform == 'win32' \\
    --hash=sha256:dd
./program/gongkai-1.0-py3-none-any.whl \\
    --hash=sha256:ee
"""
ALONE = ["unshare", "-rn"]
"""A process without any network, loopback neither."""


def can_be_alone() -> bool:
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("platform", "python", "expected"),
    [
        ("linux", "3.11", ["always==1.0"]),
        ("linux", "3.11.2", ["always==1.0", "old==1.0"]),
        ("windows", "3.12", ["always==1.0", "windows==1.0"]),
    ],
)
def test_a_list_is_read_as_the_other_machine_would(
    platform: str, python: str, expected: list[str]
) -> None:
    found = for_platform(LOCK, PLATFORMS[platform], python)
    names = [line.removesuffix(" \\") for line in found.splitlines() if "--hash" not in line]
    assert names == expected
    assert "--hash=sha256:bb" in found


def test_what_is_locked_is_read_whole() -> None:
    lock = (ROOT / "requirements/dev.txt").read_text("utf-8")
    names = [line for line in lock.splitlines() if "==" in line]
    read = [
        for_platform(lock, platform, python)
        for platform in PLATFORMS.values()
        for python in ("3.11.2", "3.14")
    ]
    assert {name.split(" ; ")[0].removesuffix(" \\") for name in names} == {
        line.removesuffix(" \\") for text in read for line in text.splitlines() if "==" in line
    }


def test_a_folder_without_a_list_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        lists_of(tmp_path, with_tests=False)


def test_every_file_of_a_bundle_has_its_hash_and_windows_its_line_ends(tmp_path: Path) -> None:
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels/a-1.0-py3-none-any.whl").write_bytes(b"a")
    finish(tmp_path, [ROOT / "requirements/run.txt"], ["windows"], "读我\n再读\n")
    lines = (tmp_path / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert {*sums} == {"README.txt", "run.txt", "start.bat", "wheels/a-1.0-py3-none-any.whl"}
    for name, digest in sums.items():
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest
    start = (tmp_path / "start.bat").read_bytes()
    assert start.count(b"\n") == start.count(b"\r\n") > 10
    assert start.isascii()
    assert (tmp_path / "README.txt").read_bytes() == "\ufeff读我\r\n再读\r\n".encode()


def stand_in(folder: Path) -> str:
    """A wheel called gongkai that says how it was called; its hash."""
    name, about = "gongkai-1.0-py3-none-any.whl", "gongkai-1.0.dist-info"
    with zipfile.ZipFile(folder / name, "w") as archive:
        archive.writestr("gongkai/__init__.py", "")
        archive.writestr("gongkai/__main__.py", "import sys\nprint('called', *sys.argv[1:])\n")
        archive.writestr(
            f"{about}/METADATA", "Metadata-Version: 2.1\nName: gongkai\nVersion: 1.0\n"
        )
        archive.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{about}/RECORD", "")
    return hashlib.sha256((folder / name).read_bytes()).hexdigest()


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A site that has nothing installed, with a stand-in for the program in its bundle."""
    site = tmp_path / "厂 site"
    (site / "bundle/wheels").mkdir(parents=True)
    shutil.copy(ROOT / "build.py", site)
    digest = stand_in(site / "bundle/wheels")
    (site / "requirements.txt").write_text(f"gongkai==1.0 --hash=sha256:{digest}\n")
    return site


def front_door(site: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """``build.py`` under the Python that this one's environment was made from."""
    base = str(getattr(sys, "_base_executable", sys.executable))
    command = [*ALONE, base, str(site / "build.py"), *words]
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=site.parent, env=env
    )


@pytest.mark.skipif(not can_be_alone(), reason="no network namespace to be had")
def test_a_site_is_set_up_without_a_network(bare: Path) -> None:
    """The whole of it, with the program itself and the tests, is among the long runs."""
    done = front_door(bare, "--offline", str(bare / "bundle"), "list", "--at", "2026-11-22")
    assert (done.returncode, done.stdout) == (0, f"called list --at 2026-11-22 --root {bare}\n")
    assert "preparing" in done.stderr
    again = front_door(bare, "check")
    assert (again.returncode, again.stderr) == (0, "")


@pytest.mark.skipif(not can_be_alone(), reason="no network namespace to be had")
def test_the_environment_may_lie_elsewhere(bare: Path, tmp_path: Path) -> None:
    """As CI keeps it from one run to the next."""
    (tmp_path / "kept").mkdir()
    (bare / ".venv").symlink_to(tmp_path / "kept")
    done = front_door(bare, "--offline", str(bare / "bundle"), "list")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "kept/gongkai-run.stamp").is_file()


@pytest.mark.skipif(not can_be_alone(), reason="no network namespace to be had")
def test_a_package_that_is_not_the_locked_one_is_refused(bare: Path) -> None:
    with (bare / "bundle/wheels/gongkai-1.0-py3-none-any.whl").open("ab") as file:
        file.write(b"x")
    done = front_door(bare, "--offline", str(bare / "bundle"), "list")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [("--offline",), ("--offline", "nowhere"), ("--offline=no",)])
def test_a_folder_that_is_no_bundle_is_told(words: tuple[str, ...], bare: Path) -> None:
    command = [sys.executable, str(bare / "build.py"), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "bundle" in done.stderr
    assert not (bare / ".venv").exists()


def test_a_new_site_can_be_handed_over(tmp_path: Path) -> None:
    done = gongkai("init", str(tmp_path / "厂"), "--empty")
    assert done.returncode == 0, done.stderr
    site = tmp_path / "厂"
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert there >= {
        "README.md", "build.py", "requirements.txt", ".gitattributes", ".gitignore",
        ".gitea/workflows/board.yml", ".vscode/settings.json", f"program/{wheel().name}",
        "deploy/board.timer",
    }  # fmt: skip
    assert "厂：厂务公开栏" in (site / "README.md").read_text("utf-8")
    digest = hashlib.sha256((site / "program" / wheel().name).read_bytes()).hexdigest()
    lock = (site / "requirements.txt").read_text("utf-8")
    assert f"./program/{wheel().name} \\\n    --hash=sha256:{digest}\n" in lock
    assert git(site, "branch", "--show-current") == "main\n"
    assert git(site, "status", "--porcelain", "--ignored").count("!!") == 0
    assert run(site, "check", "--at", "2026-11-22", "--fail-on", "error").returncode == 0


@pytest.mark.parametrize(
    ("ci", "path"),
    [
        ("gitlab", ".gitlab-ci.yml"),
        ("github", ".github/workflows/board.yml"),
        ("gitea", ".gitea/workflows/board.yml"),
        ("none", None),
    ],
)
def test_a_new_site_has_the_file_of_its_forge_alone(
    ci: str, path: str | None, tmp_path: Path
) -> None:
    assert gongkai("init", str(tmp_path / "x"), "--empty", "--ci", ci).returncode == 0
    names = (".gitlab-ci.yml", ".github/workflows/board.yml", ".gitea/workflows/board.yml")
    assert [name for name in names if (tmp_path / "x" / name).exists()] == ([path] if path else [])
    if path:
        assert yaml.safe_load((tmp_path / "x" / path).read_text("utf-8"))


def test_two_wheels_of_one_checkout_are_equal() -> None:
    first = wheel()
    wheel.cache_clear()
    assert first.digest == wheel().digest
    with zipfile.ZipFile(io.BytesIO(first.data)) as archive:
        names = {*archive.namelist()}
    assert names >= {"gongkai/_example/build.py", "gongkai/_example/requirements/run.txt"}
