"""Workers of other machines that all go away, or were never there: the old site stands."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import run
from tests.files.test_afar import AT, cluster, published, site, until
from tests.sites import item, tree

__all__ = ["site"]


def test_two_workers_elsewhere_make_equal_bytes(site: Path) -> None:
    here = published(site, "--jobs", "1")
    with cluster() as (address, _):
        assert published(site, "--clean", "--executor", address) == here
        (site / "content/items/n5.md").write_text(item(title="改过"), "utf-8")
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


def test_a_scheduler_without_workers_is_one_sentence(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "2s")
    with cluster(0) as (address, _):
        done = run(site, "build", "--at", AT, "--quiet", "--executor", address)
    assert done.returncode == 2
    assert "中途没有了" in done.stderr
