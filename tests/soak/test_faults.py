"""Whatever use of the disk fails, or is not lived to see, the old site stays whole or the new one
is up, and the next run needs no help."""

from __future__ import annotations

import random
import shutil
import signal
from itertools import pairwise
from pathlib import Path

import pytest

from gongkai.publish.releases import Beside
from gongkai.publish.verify import verify
from tests.publish.test_publish import title_in, title_of
from tests.sites import item, make_site
from tests.soak.faulty import KILLED, run

DAY = "2026-11-22"
ERRORS = ("ENOSPC", "EACCES", "EIO")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    gone = "{date: 2026-11-02, by: 办公室, reason: 个人信息, hide: true}"
    files = {
        "content/items/hidden.md": item(title="一项隐去的内容和它的文字", withdrawn=gone),
        "content/items/wages.md": item(title="工资", aliases="[old-wages]", attachments="[w.csv]"),
        "content/items/w.csv": "项目,金额\n菜,1\n",
    }
    make_site(tmp_path / "site", files)
    return tmp_path / "site"


def write_title(site: Path, title: str) -> None:
    text = item(title=title, body=f"{title}的正文。")
    (site / "content/items/canteen.md").write_text(text, "utf-8")


def well(site: Path, *arguments: str) -> int:
    """A run in which nothing fails; how often it used the disk."""
    status, count, said = run([*arguments, "--root", str(site)], 0, "EIO", str(site))
    assert status == 0, said
    return count


BUILD = ("build", "--at", DAY, "--jobs", "1")
SAMPLE, FEWER = 20, {"from nothing": 8}
"""Uses of the disk that are tried where not all are; fewer of what takes long."""
KINDS = {
    "an edit": BUILD,
    "from nothing": (*BUILD, "--clean"),
    "a new instant": ("build", "--jobs", "1"),
    "going back": ("rollback",),
}


def prepare(kind: str, site: Path, number: int) -> tuple[str, ...]:
    """Bring a site to where the next run of a kind has something to do; its arguments. With no
    folder left to bring up to date, each run uses the disk as often as the first."""
    shutil.rmtree(site / ".site.gongkai/stage", ignore_errors=True)
    if kind == "a new instant":
        return (*KINDS[kind], "--at", f"{DAY} {number // 60 % 24:02}:{number % 60:02}")
    write_title(site, f"{number}")
    if kind == "going back":
        well(site, *BUILD)
    return KINDS[kind]


def chosen(kind: str, error: str, uses: int, size: int) -> list[int]:
    """Which uses of the disk are tried: as many as wanted, one a stretch of the run, by a dice
    that falls alike each time."""
    chance = random.Random(f"{kind} {error}")  # noqa: S311 - a test's dice
    edges = [1 + uses * part // min(uses, size) for part in range(min(uses, size) + 1)]
    return [chance.randrange(start, end) for start, end in pairwise(edges)]


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("kind", KINDS)
def test_each_use_of_the_disk_fails_once(kind: str, error: str, site: Path, share: int) -> None:
    for title in ("0", "1"):
        write_title(site, title)
        well(site, *BUILD)
    uses = well(site, *prepare(kind, site, 2))
    failed = 0
    for number in chosen(kind, error, uses, uses if share == 1 else FEWER.get(kind, SAMPLE)):
        arguments = prepare(kind, site, number + 2)
        may_be = {title_of(site), read_title(site), *past_titles(site)}
        status, _, said = run([*arguments, "--root", str(site)], number, error, str(site))
        failed += status == 2
        assert status in (0, 2), (number, said)
        assert "Traceback" not in said, (number, said)
        assert "自己出了错" not in said, (number, said)
        assert status == 0 or said.strip(), number
        assert verify(site / "site") == (), (number, said)
        assert title_of(site) in may_be, number
        well(site, *(arguments if kind == "a new instant" else BUILD))
        assert title_of(site) == read_title(site), number
        assert verify(site / "site") == (), (number, said)
    assert failed >= 2, "the failures never reached the run"


@pytest.mark.parametrize("kind", KINDS)
def test_killed_at_each_use_of_the_disk(kind: str, site: Path, share: int) -> None:
    """What it was about to do is done by doing it again: of going back, one site and not two."""
    for title in ("0", "1"):
        write_title(site, title)
        well(site, *BUILD)
    uses = well(site, *prepare(kind, site, 2))
    numbers = chosen(kind, KILLED, uses, uses if share == 1 else FEWER.get(kind, SAMPLE))
    killed = 0
    for number in numbers:
        arguments = prepare(kind, site, number + 2)
        before = title_of(site)
        after = latest_past(site) if kind == "going back" else read_title(site)
        status, _, said = run([*arguments, "--root", str(site)], number, KILLED, str(site))
        killed += status == -signal.SIGKILL
        assert status in (0, -signal.SIGKILL), (number, said)
        assert verify(site / "site") == (), number
        assert title_of(site) in (before, after), number
        if title_of(site) != after or kind != "going back":
            well(site, *arguments)
        assert title_of(site) == after, number
        assert verify(site / "site") == (), number
        well(site, *BUILD)
        assert halves(site) == [], number
    assert killed > 0.8 * len(numbers), "the last runs may use the disk a little less, no others"


def halves(site: Path) -> list[str]:
    """Files that a killed run was writing."""
    found = (path.name for path in site.rglob("*") if path.is_file())
    return [name for name in found if name.rpartition(".")[2].isdigit()]


def latest_past(site: Path) -> str:
    """What the site says to which going back leads."""
    return title_in(next(Beside(site / "site").sites()))


def read_title(site: Path) -> str:
    """What the content says now."""
    text = (site / "content/items/canteen.md").read_text("utf-8")
    return text.split("title: ")[1].split("\n")[0]


def past_titles(site: Path) -> set[str]:
    """What the sites said to which one can go back."""
    manifests = (site / ".site.gongkai/previous").glob("*/manifest.json")
    return {title_in(path.parent) for path in manifests}
