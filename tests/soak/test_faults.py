"""Whatever use of the disk fails, the old site stays whole or the new one is up, and the next build
needs no help."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from gongkai.verify import verify
from tests.sites import item, make_site
from tests.soak.faulty import run
from tests.test_publish import title_of

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
KINDS = {
    "an edit": BUILD,
    "a new instant": ("build", "--at", f"{DAY} 09:00", "--jobs", "1"),
    "from nothing": (*BUILD, "--clean"),
    "going back": ("rollback",),
}


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("kind", KINDS)
def test_each_use_of_the_disk_fails_once(kind: str, error: str, site: Path, share: int) -> None:
    write_title(site, "before")
    well(site, *BUILD)
    write_title(site, "old")
    well(site, *BUILD)
    write_title(site, "new")
    uses = well(site, *KINDS[kind])
    chance = random.Random(f"{kind} {error}")  # noqa: S311 - a test's dice
    numbers = range(1, uses + 1)
    failed = 0
    for number in numbers if share == 1 else sorted(chance.sample(numbers, max(4, uses // share))):
        write_title(site, "old")
        well(site, *BUILD)
        if kind == "going back":
            write_title(site, "new")
            well(site, *BUILD)
        write_title(site, "new")
        arguments = [*KINDS[kind], "--root", str(site)]
        status, _, said = run(arguments, number, error, str(site))
        assert status in (0, 2), (number, said)
        assert "Traceback" not in said, (number, said)
        assert "自己出了错" not in said, (number, said)
        assert verify(site / "site") == (), (number, said)
        assert title_of(site) in ("before", "old", "new"), number
        if status == 2:
            assert said.strip(), number
            failed += 1
        well(site, *BUILD)
        assert title_of(site) == "new", number
        assert verify(site / "site") == (), (number, said)
    assert failed >= 2, "the failures never reached the run"
