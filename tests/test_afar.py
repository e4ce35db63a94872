"""What workers of other machines make is what this one makes, byte for byte, or nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gongkai import afar
from gongkai.errors import WorkError
from tests.sites import item, make_site, run, tree

AT = "2026-11-15"


@contextmanager
def cluster(workers: int = 2) -> Iterator[tuple[str, list[int]]]:
    """The address of a scheduler, and the processes of its workers."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.cluster", str(workers)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as started:
        assert started.stdout and started.stdin
        address, *found = started.stdout.readline().split()
        try:
            yield address, [int(one) for one in found]
        finally:
            started.stdin.close()
            started.wait(30)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Some pages and a poster each."""
    files = {f"content/items/n{n}.md": item(title=f"第{n}项", body=f"{n} 号。") for n in range(60)}
    return make_site(tmp_path / "site", files).root


def published(site: Path, *options: str) -> dict[str, str]:
    done = run(site, "build", "--at", AT, *options)
    assert done.returncode == 0, done.stderr
    return tree(site / "site")


def test_two_workers_elsewhere_make_equal_bytes(site: Path) -> None:
    here = published(site, "--jobs", "1")
    with cluster() as (address, _):
        assert published(site, "--clean", "--executor", address) == here
        (site / "content/items/n7.md").write_text(item(title="改过"), "utf-8")
        edited = published(site, "--executor", address)
    assert edited != here
    assert published(site, "--clean") == edited  # what was kept came from there, too


def test_a_worker_that_is_lost_in_the_middle_costs_only_time(site: Path) -> None:
    here = published(site)
    stage = site / ".site.gongkai/stage/posters/items"
    with cluster() as (address, workers):
        command = [sys.executable, "-m", "gongkai", "build", "--root", str(site), "--at", AT]
        command += ["--clean", "--executor", address, "--quiet"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as started:
            until(lambda: len(list(stage.glob("*.pdf"))) > 2)
            os.kill(workers[0], signal.SIGKILL)
            _, said = started.communicate(timeout=120)
        assert started.returncode == 0, said
    assert tree(site / "site") == here


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_when_all_workers_are_lost_the_old_site_stands(site: Path) -> None:
    here = published(site)
    stage = site / ".site.gongkai/stage/posters/items"
    with cluster() as (address, _):
        command = [sys.executable, "-m", "gongkai", "build", "--root", str(site), "--at", AT]
        command += ["--clean", "--executor", address, "--quiet"]
        started = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        until(lambda: len(list(stage.glob("*.pdf"))) > 2)
    _, said = started.communicate(timeout=120)
    assert started.returncode == 2
    assert "Traceback" not in said
    assert tree(site / "site") == here


def shout() -> Callable[[str], str]:
    return str.upper


def test_a_worker_with_other_versions_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(afar, "fingerprint", lambda: b"other")
    with cluster() as (address, _), pytest.raises(WorkError) as refused:
        list(afar.share_out_afar(shout, (), ["x"], address))
    assert refused.value.key == "error.afar-version"


def test_a_scheduler_without_workers_is_one_sentence(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "2s")
    with cluster(0) as (address, _):
        done = run(site, "build", "--at", AT, "--quiet", "--executor", address)
    assert done.returncode == 2
    assert "中途没有了" in done.stderr


@pytest.mark.parametrize(
    ("address", "says"),
    [("dask://127.0.0.1:9", "连不上"), ("127.0.0.1:9", "不是 dask://"), ("dask://", "连不上")],
)
def test_nobody_there_is_one_sentence(address: str, says: str, site: Path) -> None:
    done = run(site, "build", "--at", AT, "--quiet", "--executor", address)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert says in line


def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(WorkError) as lacking:
        list(afar.share_out_afar(shout, (), ["x"], "dask://127.0.0.1:9"))
    assert lacking.value.key == "error.no-dask"
