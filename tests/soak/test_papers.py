"""Paper at length: hundreds of items of every size, and thousands of posters in one run."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import Example
from tests.papers import HAN, Sheets, drawn, least_of, poster_of
from tests.render.test_posters import hanging, nothing_falls_outside
from tests.sites import item, make_site

SEEDS = 400
POSTERS = 2_000
MEMORY = 600_000_000
DAY = "2026-11-10"


def test_of_hundreds_of_items_nothing_is_lost(tmp_path: Path, share: int) -> None:
    wrong = []
    for seed in range(1000, 1000 + SEEDS // share):
        one = drawn(seed)
        folder = tmp_path / str(seed)
        sheets, sheet = Sheets(poster_of(one, folder)), least_of(one)
        shutil.rmtree(folder)
        lost, outside = sheets.lost(one), sheets.outside(sheet)
        if lost or outside or sheets.smallest() < sheet.least - 0.01:
            wrong.append((seed, lost[:3], outside[:3], sheets.smallest()))
    assert wrong == []


def test_no_character_of_any_sheet_of_the_example_falls_outside(example: Example) -> None:
    nothing_falls_outside(example, hanging(example))


def test_two_thousand_posters_fit_into_six_hundred_megabytes(tmp_path: Path, share: int) -> None:
    """All processes together; what two of them share counts for a half each."""
    root, count = tmp_path / "site", POSTERS // share
    boards = {f"boards/w{n:02}.yml": f"title: 第{n}车间\nworkshop: 第{n}车间\n" for n in range(50)}
    items = {f"content/items/{n}.md": _item(n) for n in range(count)}
    make_site(root, {**boards, **items})
    command = [sys.executable, "-m", "gongkai", "build", "--root", str(root), "--at", DAY]
    worst = 0
    with subprocess.Popen([*command, "--jobs", "2"], stdout=subprocess.DEVNULL) as building:
        while building.poll() is None:
            worst = max(worst, _shares(building.pid))
            time.sleep(0.05)
    assert building.returncode == 0
    assert len(list((root / "site/posters/items").glob("*.pdf"))) == count
    assert worst < MEMORY, f"{count} posters took {worst / 1e6:.0f} MB"


def _item(number: int) -> str:
    """A page of text and a table, unlike any other."""
    dice = random.Random(number)  # noqa: S311 - no secret
    text = "".join(dice.choice(HAN) for _ in range(dice.randrange(60, 300)))
    lines = [f"| 第{n}项 | {dice.randrange(10**6)} |" for n in range(dice.randrange(3, 20))]
    body = "\n".join([text, "", "| 项目 | 数量 |", "|---|---:|", *lines])
    board = f"[w{number % 50:02}]"
    return item(title=f"第{number}项公开", category="leave-holiday", boards=board, body=body)


def _shares(pid: int) -> int:
    """The bytes that a process and its children hold."""
    total = 0
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8")
        total = 1024 * int(next(line for line in rollup.splitlines() if "Pss:" in line).split()[1])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
    except (OSError, StopIteration):
        return total
    return total + sum(_shares(int(child)) for child in children)
