"""From a fresh clone to a site and its tests without any network; a new site from empty to
published by its own CI commands; the wheel outside of a checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
import yaml

from gongkai.cli.arguments import VERBS
from tests.conftest import ROOT
from tests.operations.test_setting_up import ALONE, can_be_alone
from tests.sites import commit, item

BASE = str(getattr(sys, "_base_executable", sys.executable))
AT = "2026-11-22"
pytestmark = pytest.mark.skipif(not can_be_alone(), reason="no network namespace to be had")


def plain() -> dict[str, str]:
    """This environment, without what would lead a program back to this checkout."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def do(*command: str, at: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command, cwd=at, env={**plain(), **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is committed, and nothing of this folder."""
    folder = tmp_path_factory.mktemp("clone") / "公开 gongkai"
    do("git", "clone", "-q", str(ROOT), str(folder), at=ROOT)
    return folder


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Collected once, with the network."""
    folder = tmp_path_factory.mktemp("bundle") / "离线 bundle"
    command = [sys.executable, "-m", "gongkai", "bundle", str(folder), "--with-tests"]
    do(*command, "--root", str(ROOT), at=ROOT)
    return folder


def test_a_fresh_clone_comes_to_its_site_and_its_tests(clone: Path, bundle: Path) -> None:
    offline = [*ALONE, BASE, "build.py", "--offline", str(bundle)]
    do(*offline, "build", "--at", AT, at=clone)
    assert (clone / "site/manifest.json").is_file()
    told = do(*ALONE, "make", f"PYTHON={BASE}", "fast", at=clone).stdout
    found = re.search(r"(\d+) passed", told)
    assert found
    assert int(found[1]) > 1000


@pytest.fixture(scope="module")
def new(clone: Path, bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that somebody has just made, with a first item, committed."""
    folder = tmp_path_factory.mktemp("new") / "厂 board"
    do(BASE, "build.py", "--offline", str(bundle), "init", str(folder), "--empty", at=clone)
    text = item(category="leave-holiday", publish="2026-11-01", expires="2099-12-31")
    commit(folder, "2026-11-01T08:00+08:00", {"content/items/first.md": text})
    return folder


def test_from_empty_to_published_by_the_sites_own_ci(
    new: Path, bundle: Path, tmp_path: Path
) -> None:
    """Gitea's file, step by step in fresh clones; the second time with the environment kept."""
    jobs = yaml.safe_load((new / ".gitea/workflows/board.yml").read_text("utf-8"))["jobs"]
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "python3").symlink_to(BASE)
    served, took = tmp_path / "served/site", []
    for turn in range(2):
        work = tmp_path / "work"
        shutil.rmtree(work, ignore_errors=True)
        do("git", "clone", "-q", str(new), str(work), at=tmp_path)
        began = time.monotonic()
        for step in jobs["publish"]["steps"]:
            if step["name"].startswith("Fetch the repository") or "if" in step:
                continue
            do(
                *ALONE, "bash", "-ec", step["run"], at=work,
                SITE_DIR=str(served), HOME=str(tmp_path), GITHUB_OUTPUT=str(tmp_path / "output"),
                PATH=f"{tools}:{os.environ['PATH']}",
                # An address, since pip parts what it is given here at blanks.
                PIP_NO_INDEX="1", PIP_FIND_LINKS=(bundle / "wheels").as_uri(),
            )  # fmt: skip
        took.append(time.monotonic() - began)
        lines = (served / "history.jsonl").read_text("utf-8").splitlines()
        assert len(lines) == turn + 1 or turn  # without a change nothing new is told
    assert (served / "items/first/index.html").is_file()
    assert took[1] < took[0] / 2, took


def test_the_wheel_outside_of_a_checkout_knows_every_verb(
    new: Path, bundle: Path, tmp_path: Path
) -> None:
    do(BASE, "-m", "venv", "--without-pip", str(tmp_path / "venv"), at=tmp_path)
    pip = [BASE, "-m", "pip", "--python", str(tmp_path / "venv/bin/python"), "install", "-q"]
    lock = ["--isolated", "--no-index", "--find-links", str(bundle / "wheels"), "--no-deps"]
    do(*pip, *lock, "--require-hashes", "-r", str(new / "requirements.txt"), at=new)
    gongkai = [*ALONE, str(tmp_path / "venv/bin/gongkai")]
    for verb in VERBS:
        do(*gongkai, verb, "--help", at=tmp_path)
    do(*gongkai, "init", "site", at=tmp_path)
    for words in (
        ["build"], ["check", "--fail-on", "error"], ["verify"], ["list", "--format", "json"],
        ["next"], ["plan"], ["report"], ["schema"], ["doctor"], ["new", "leave-holiday"],
        ["print", "handover"], ["print", "plan"], ["print", "approval", "2026-10-wages-company"],
        ["backup", "kept.zip"], ["restore", "kept.zip"], ["inbox", "--help"],
        ["why", "2026-10-wages-company"], ["notify", "--dry-run"], ["rollback", "--help"],
    ):  # fmt: skip
        at = [] if words[0] in ("doctor",) or "--help" in words else ["--at", AT]
        do(*gongkai, *words, *at, "--root", "site", at=tmp_path)
    # A site made by an installed program carries the same program.
    first, second = (next(path.glob("program/*.whl")) for path in (new, tmp_path / "site"))
    assert _contents(first) == _contents(second)


def _contents(wheel: Path) -> dict[str, int]:
    with zipfile.ZipFile(wheel) as archive:
        return {
            member.filename: member.CRC
            for member in archive.infolist()
            if not member.filename.endswith(("RECORD", "WHEEL"))
        }


def test_a_bundle_tells_what_is_in_it(bundle: Path) -> None:
    do("sha256sum", "--quiet", "-c", "SHA256SUMS", at=bundle)
