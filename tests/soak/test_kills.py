"""Killed at any moment, a site is the old one or the new one, and the next build needs no help."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from benchmarks.corpus import make_corpus
from gongkai.publish.verify import verify
from tests.build.test_engine import leaves_nothing_behind
from tests.publish.test_publish import title_of
from tests.sites import item, make_site

DAY = "2026-11-22"
MOMENTS, FEW = 200, 10


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that two processes render together, with paper and a hidden item."""
    gone = "{date: 2026-11-02, by: 办公室, reason: 个人信息, hide: true}"
    files = {f"content/items/item-{n:03}.md": item(title=f"第{n}项") for n in range(60)}
    files["content/items/hidden.md"] = item(title="一项隐去的内容和它的文字", withdrawn=gone)
    make_site(tmp_path / "site", files)
    return tmp_path / "site"


def command(site: Path, verb: str, *options: str) -> list[str]:
    return [sys.executable, "-m", "gongkai", verb, "--root", str(site), *options]


def write_title(site: Path, title: str) -> None:
    text = item(title=title, body=f"{title}的正文。")
    (site / "content/items/canteen.md").write_text(text, "utf-8")


def publish(site: Path, title: str) -> None:
    write_title(site, title)
    done = subprocess.run(
        command(site, "build", "--at", DAY), capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert title_of(site) == title


def kill_at(moment: float, arguments: list[str], *, whole_group: bool) -> None:
    """Start a run and kill it after a while: it alone, or it and its helpers."""
    with subprocess.Popen(
        arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as started:
        time.sleep(moment)
        if whole_group:
            os.killpg(started.pid, signal.SIGKILL)
        else:
            started.kill()


def moments(share: int) -> int:
    """How many are tried: each takes some builds."""
    return MOMENTS if share == 1 else FEW


def duration(arguments: list[str]) -> float:
    began = time.monotonic()
    subprocess.run(arguments, capture_output=True, check=True)
    return time.monotonic() - began


def test_killed_while_building(site: Path, share: int) -> None:
    chance = random.Random(20261122)  # noqa: S311 - a test's dice
    build = command(site, "build", "--at", DAY)
    publish(site, "0")
    write_title(site, "1")
    longest = duration(build) * 1.1
    titles = {"1"}
    for number in range(2, moments(share) + 2):
        is_clean = chance.random() < 0.2
        write_title(site, str(number))
        titles.add(str(number))
        options = ["--clean"] if is_clean else []
        moment = chance.uniform(0, longest * (3 if is_clean else 1))
        kill_at(moment, [*build, *options], whole_group=chance.random() < 0.5)
        assert verify(site / "site") == (), (number, moment)
        assert title_of(site) in titles
        titles = {title_of(site)}
        if chance.random() < 0.5:
            publish(site, str(number))
            assert verify(site / "site") == ()
            titles = {str(number)}
    publish(site, "last")


def test_killed_while_rolling_back(site: Path, share: int) -> None:
    chance = random.Random(20261123)  # noqa: S311 - a test's dice
    publish(site, "first")
    publish(site, "second")
    longest = duration(command(site, "rollback")) * 1.1
    for number in range(moments(share)):
        older, newer = f"{number} old", f"{number} new"
        publish(site, older)
        publish(site, newer)
        moment = chance.uniform(0, longest)
        kill_at(moment, command(site, "rollback"), whole_group=True)
        assert verify(site / "site") == (), (number, moment)
        assert title_of(site) in (older, newer), (number, moment)
        if title_of(site) == newer:
            subprocess.run(command(site, "rollback"), capture_output=True, check=True)
        assert title_of(site) == older, (number, moment)
        assert verify(site / "site") == ()


def test_killed_while_hiding(site: Path, share: int) -> None:
    """However often it is killed, in the end nothing is left of what was hidden."""
    chance = random.Random(20261124)  # noqa: S311 - a test's dice
    told = "示例甲同志困难补助叁仟元"
    gone = "{date: 2026-11-02, by: 办公室, reason: 个人信息, hide: true}"
    for number in range(max(3, 60 // share)):
        publish(site, f"{told} {number}")
        publish(site, f"{told} {number} 再")
        text = item(title=f"{told} {number}", body=told, withdrawn=gone)
        (site / "content/items/canteen.md").write_text(text, "utf-8")
        for _ in range(3):
            kill_at(chance.uniform(0.1, 0.8), command(site, "build", "--at", DAY), whole_group=True)
            assert verify(site / "site") == ()
        subprocess.run(command(site, "build", "--at", DAY), capture_output=True, check=True)
        for folder in ("site", ".site.gongkai", ".gongkai"):
            left = [
                path
                for path in (site / folder).rglob("*")
                if path.is_file() and told.encode() in path.read_bytes()
            ]
            assert not left, (number, left)


def is_over(end: float) -> bool:
    return time.monotonic() > end


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_at_any_moment_it_leaves_no_half_site_and_no_process(
    how: signal.Signals, share: int, tmp_path: Path
) -> None:
    chance = random.Random(share)  # noqa: S311 (a test, no secret)
    for number in range(40 // share):
        folder = tmp_path / str(number)
        make_corpus(folder / "corpus", 1500, boards=10, posters=0)
        end = time.monotonic() + chance.uniform(0, 2)
        leaves_nothing_behind(folder, how, partial(is_over, end))
        shutil.rmtree(folder)
