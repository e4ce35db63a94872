"""What workers of other machines make is what this one makes, byte for byte, or nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gongkai.domain.errors import WorkError
from gongkai.files import remote_workers
from tests.command import run
from tests.sites import item, make_site, tree

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
            yield address, [int(text) for text in found]
        finally:
            started.stdin.close()
            started.wait(30)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Some pages and a poster each."""
    files = {f"content/items/n{n}.md": item(title=f"第{n}项", body=f"{n} 号。") for n in range(6)}
    return make_site(tmp_path / "site", files).root


def published(site: Path, *options: str) -> dict[str, str]:
    done = run(site, "build", "--at", AT, *options)
    assert done.returncode == 0, done.stderr
    return tree(site / "site")


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def shout() -> Callable[[str], str]:
    return str.upper


def test_a_worker_with_other_versions_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_workers, "fingerprint", lambda: b"other")
    with cluster() as (address, _), pytest.raises(WorkError) as refused:
        list(remote_workers.share_out_afar(shout, (), ["x"], address))
    assert refused.value.key == "error.afar-version"


def test_what_is_no_address_is_one_sentence(site: Path) -> None:
    done = run(site, "build", "--at", AT, "--quiet", "--executor", "127.0.0.1:9")
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "不是 dask://" in line


def test_where_nobody_answers_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_workers, "_PATIENCE", 1)
    with pytest.raises(WorkError) as lacking:
        list(remote_workers.share_out_afar(shout, (), ["x"], "dask://127.0.0.1:9"))
    assert lacking.value.key == "error.afar"


def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(WorkError) as lacking:
        list(remote_workers.share_out_afar(shout, (), ["x"], "dask://127.0.0.1:9"))
    assert lacking.value.key == "error.no-dask"
