"""The example by one process and by several."""

from __future__ import annotations

from pathlib import Path

from tests.command import run
from tests.conftest import ROOT
from tests.sites import tree


def test_the_number_of_jobs_makes_no_difference(tmp_path: Path) -> None:
    """In processes from nothing, which may start copies of themselves."""
    for jobs in ("1", "2"):
        arguments = ("build", "--at", "2026-11-22", "--jobs", jobs, "--out", str(tmp_path / jobs))
        assert run(ROOT, *arguments, LC_ALL="C.UTF-8").returncode == 0
    assert tree(tmp_path / "1") == tree(tmp_path / "2")
