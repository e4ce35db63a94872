"""The engine: nothing is done twice, and nobody can tell by the result."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.corpus import make_corpus
from gongkai.build.pipeline import build
from gongkai.build.plan import Plan, Renderer, Work
from gongkai.build.request import BuildRequest
from gongkai.domain.errors import PublishError
from gongkai.files.artifact_cache import Shelf
from gongkai.files.lock import locked
from gongkai.files.workers import Means
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.publish.verify import verify
from gongkai.status.edition import make_edition
from tests.cases import sampled
from tests.command import run
from tests.conftest import Once
from tests.sites import BOARD, WAGES, check, instant, item, make_site, tree

DAY = "2026-11-22"
STEPS = "[{step: propose, by: 甲, date: 2026-10-01}, {step: rectify, by: 乙, date: 2026-11-14}]"
OUTCOME = "{result: 没有异议, date: 2026-12-01}"


def inodes(folder: Path) -> dict[str, int]:
    """Every file of a folder with its number: a file that was written anew has another one."""
    return {name: (folder / name).stat().st_ino for name in tree(folder)}


def age(root: Path) -> None:
    """Make everything look as if it was written an hour ago, so that it is known by its looks."""
    for path in root.rglob("*"):
        if path.is_file() and ".gongkai" not in str(path) and "site/" not in str(path):
            os.utime(path, (time.time() - 3600, time.time() - 3600))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "content/items/2026-10-wages.md": WAGES,
        "content/items/canteen.md": item(title="食堂收支"),
        "content/items/old.md": item(title="去年的事", publish="2025-11-01", expires="2025-12-01"),
        "boards/casting.yml": "title: 铸造车间\nworkshop: 铸造车间\n",
        "boards/machining.yml": "title: 机加工车间\nworkshop: 机加工车间\n",
    }
    root = tmp_path / "site 一"
    make_site(root, files)
    age(root)
    return root


def build_at(root: Path, at: str, *options: str) -> dict[str, str]:
    done = run(root, "build", "--at", at, *options)
    assert done.returncode == 0, done.stderr
    return tree(root / "site")


def built_from_nothing(root: Path, at: str, out: Path) -> dict[str, str]:
    """What a build that knows of no other makes of the same content."""
    kept = root / ".gongkai"
    kept.rename(root / ".gongkai-aside")
    done = run(root, "build", "--at", at, "--out", str(out))
    assert done.returncode == 0, done.stderr
    for path in sorted(kept.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    kept.rmdir()
    (root / ".gongkai-aside").rename(kept)
    return tree(out)


def test_when_only_the_clock_moves_on_the_site_is_what_a_whole_build_makes(
    site: Path, tmp_path: Path
) -> None:
    build_at(site, DAY)
    for at in ("2026-11-22 09:30", "2026-11-22 23:59"):
        assert build_at(site, at) == built_from_nothing(site, at, tmp_path / at)


def test_a_screen_is_told_of_what_comes_within_its_horizon_though_only_the_clock_moved_on(
    site: Path, tmp_path: Path
) -> None:
    (site / "boards/machining.yml").write_text(f"{BOARD}screen: {{horizon: 12}}\n", "utf-8")
    coming = item(title="晚上的事", publish="2026-11-22T20:00", category="leave-holiday")
    (site / "content/items/coming.md").write_text(coming, "utf-8")
    age(site)
    build_at(site, "2026-11-22 06:00")
    found = build_at(site, "2026-11-22 09:00")
    assert "晚上的事" in (site / "site/screen/machining/index.html").read_text("utf-8")
    assert found == built_from_nothing(site, "2026-11-22 09:00", tmp_path / "out")


def test_when_only_the_clock_moves_on_nothing_is_read_and_what_was_found_is_told_again(
    site: Path,
) -> None:
    """What is missing is told by the name of its category, which has two languages."""
    (site / "content/catalogue.yml").write_text("起始: 2026-10\n", "utf-8")
    age(site)
    first, later = (run(site, "build", "--at", at, "--profile") for at in (DAY, "2026-11-22 09:30"))
    assert ("读取内容" in first.stderr, "读取内容" in later.stderr) == (True, False)
    told = [
        [line for line in done.stderr.split("\n") if "/missing" in line] for done in (first, later)
    ]
    assert told[0]
    assert told[0] == told[1]


@pytest.mark.parametrize("at", ["2026-11-23", "2026-12-01", "2026-12-11", "2027-07-01"])
def test_when_an_instant_passes_the_site_is_what_a_whole_build_makes(
    at: str, site: Path, tmp_path: Path
) -> None:
    build_at(site, DAY)
    assert build_at(site, at) == built_from_nothing(site, at, tmp_path / "out")


@sampled(
    "name, text",
    [
        ("content/items/canteen.md", item(title="食堂收支（改）")),
        ("content/items/new.md", item(title="新的一项", channels="[web]")),
        (
            "content/items/paper.md",
            item(
                channels="[poster]",
                notice="{from: 2026-11-20, to: 2026-11-25, channel: 工会 8001}",
                kind="notice",
            ),
        ),
        ("content/org.yml", "name: 另一个厂\n"),
        (
            "mkdocs.yml",
            "site_name: x\ntheme: {name: material}\nplugins:\n  - gongkai: {paper: {max: A4}}\n",
        ),
        ("content/catalogue.yml", "region: 山东\n"),
        ("content/pages/about.md", "# 关于我们\n"),
        ("boards/casting.yml", "title: 铸造分厂\nworkshop: 铸造分厂\n"),
        ("boards/forge.yml", "title: 锻造车间\nworkshop: 锻造车间\n"),
        ("theme/pages/item.html", "<p>{{ item.title }}</p>"),
        ("theme/screen/screen.css", "body{color:#000}"),
        ("theme/assets/gongkai.css", ".gk{color:#000}"),
        ("theme/poster.typ", "#let data = json(bytes(sys.inputs.data))\n#data.title"),
    ],
    step=3,
)
def test_a_change_is_all_there_and_nothing_else(
    name: str, text: str, site: Path, tmp_path: Path
) -> None:
    build_at(site, DAY)
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text(text, "utf-8")
    assert build_at(site, DAY) == built_from_nothing(site, DAY, tmp_path / "out")


def test_what_has_the_same_key_on_another_day_is_the_same_page(tmp_path: Path) -> None:
    """Among them what is over but has a record dated later, and what a correction speaks of."""
    items = {
        "late": item(title="晚补的", expires="2026-11-10").replace(
            "---\ntitle", f"---\nsteps: {STEPS}\noutcome: {OUTCOME}\ntitle", 1
        ),
        "wrong": item(title="写错的", expires="2026-12-31"),
        "over": item(title="过期的", publish="2026-01-01", expires="2026-11-01"),
        "voted": item(
            title="先挂出的", expires="2026-12-31", thread="一件事",
            congress="{act: report, date: 2026-11-12}", approval="{by: 工会, date: 2026-11-14}",
        ),
        "beside": item(title="旁边的", expires="2026-12-31", thread="一件事"),
        "right": item(title="更正", publish="2026-11-20", kind="correction", corrects="wrong"),
    }  # fmt: skip
    site = make_site(tmp_path / "s", {f"content/items/{k}.md": text for k, text in items.items()})
    shell = render_shell(site, tmp_path / "shell")
    known: dict[bytes, tuple[str, list[bytes]]] = {}
    pages = set[tuple[str, bytes]]()
    for day in ("2026-11-05", "2026-11-12", "2026-11-15", "2026-11-25", "2027-01-05", "2027-02-05"):
        plan = Plan(Work(make_edition(check(site, day).standings), shell))
        renderer = Renderer(plan, Shelf(None))
        for task in [task for task in plan.tasks() if task.kind == "item"]:
            made = task.name, [file.data for file in renderer.make(task).files]
            assert known.setdefault(plan.key(task), made) == made
            pages.add((task.name, b"".join(made[1])))
    assert len([name for name, _ in pages if name == "late"]) == 4  # up, over, and as each came
    assert len([name for name, _ in pages if name == "wrong"]) > 2
    assert len(known) < 6 * len(items) - 4


def test_pages_that_lie_elsewhere_are_looked_at_too(site: Path, tmp_path: Path) -> None:
    config = (site / "mkdocs.yml").read_text("utf-8")
    (site / "mkdocs.yml").write_text(config.replace("content/pages", "docs"), "utf-8")
    (site / "docs").mkdir()
    for text in ("# 甲\n", "# 乙\n"):
        (site / "docs/about.md").write_text(text, "utf-8")
        age(site)
        assert build_at(site, DAY) == built_from_nothing(site, DAY, tmp_path / text[2])


def test_with_plugins_that_may_look_anywhere_the_frame_is_made_each_time(site: Path) -> None:
    config = (site / "mkdocs.yml").read_text("utf-8")
    (site / "mkdocs.yml").write_text(f"{config}\nhooks: [hook.py]\n", "utf-8")
    (site / "hook.py").write_text(
        "from pathlib import Path\n"
        "def on_page_markdown(markdown, **_):\n"
        "    return markdown + Path(__file__).with_name('told.txt').read_text('utf-8')\n"
    )
    for told in ("一号", "二号"):
        (site / "told.txt").write_text(told, "utf-8")
        age(site)
        build_at(site, DAY)
        assert told in (site / "site/about/index.html").read_text("utf-8")


def test_what_is_taken_away_is_gone(site: Path, tmp_path: Path) -> None:
    build_at(site, DAY)
    (site / "content/items/canteen.md").unlink()
    build_at(site, DAY)
    after = build_at(site, DAY)
    assert "items/canteen/index.html" not in after
    assert after == built_from_nothing(site, DAY, tmp_path / "out")
    assert not (site / "site/items/canteen").exists()


def test_a_changed_template_writes_what_it_makes_and_nothing_else(site: Path) -> None:
    build_at(site, DAY)
    before = inodes(site / "site")
    (site / "theme/pages").mkdir(parents=True)
    (site / "theme/pages/item.html").write_text("<p>{{ item.title }}</p>", "utf-8")
    build_at(site, DAY)
    after = inodes(site / "site")
    written = {path for path in after if before.get(path) != after[path]}
    items = {path for path in after if path.startswith("items/")}
    assert written == {*items, "manifest.json"}


def test_an_edited_item_writes_its_own_pages_and_nothing_else(site: Path) -> None:
    build_at(site, DAY)
    before = inodes(site / "site")
    text = item(title="食堂收支（改）", boards="[casting]")
    (site / "content/items/canteen.md").write_text(text, "utf-8")
    build_at(site, DAY)
    build_at(site, "2026-11-22 00:01")  # the clock alone
    after = inodes(site / "site")
    written = {path for path in after if before.get(path) != after[path]}
    assert not [path for path in written if "2026-10-wages" in path or "assets/" in path]
    assert "items/canteen/index.html" in written


def test_a_build_of_the_same_writes_nothing(site: Path) -> None:
    build_at(site, DAY)
    before = inodes(site / "site")
    build_at(site, DAY)
    assert inodes(site / "site") == before


def test_what_is_kept_and_damaged_is_thrown_away_in_one_line(site: Path) -> None:
    first = build_at(site, DAY)
    build_at(site, "2026-11-22 00:01")
    kept = [*(site / ".gongkai").rglob("*"), *site.glob(".site.gongkai/*.*")]
    for path in kept:
        if path.is_file() and path.name != "lock":
            path.write_bytes(path.read_bytes()[:-7])
    done = run(site, "build", "--at", DAY)
    assert done.returncode == 0
    assert done.stderr.count("已丢弃") == 1
    assert tree(site / "site") == first


@pytest.mark.parametrize("junk", [b"", b"\x80\x04K\x01.", b"gongkai items 1\n" + b"\0" * 80])
def test_what_is_not_ours_is_not_believed(junk: bytes, site: Path) -> None:
    first = build_at(site, DAY)
    (site / ".gongkai/items").write_bytes(junk)
    for path in (site / ".gongkai/shelf").iterdir():
        path.write_bytes(junk)
    (site / "content/items/more.md").write_text(item(channels="[web]", boards="[casting]"), "utf-8")
    assert build_at(site, DAY).keys() == {*first, "items/more/index.html"}


def test_what_somebody_put_into_the_site_does_not_stay(site: Path) -> None:
    first = build_at(site, DAY)
    (site / "site/items/canteen/note.txt").write_text("x", "utf-8")
    (site / "site/items/other").mkdir()
    (site / "site/items/other/index.html").write_text("x", "utf-8")
    build_at(site, "2026-11-22 00:01")
    assert build_at(site, DAY) == first
    assert build_at(site, "2026-11-22 00:01").keys() == first.keys()


def test_what_somebody_changed_in_the_site_is_put_right(site: Path) -> None:
    first = build_at(site, DAY)
    (site / "site/items/canteen/index.html").write_text("x", "utf-8")
    assert build_at(site, DAY) == first


def test_a_file_saved_twice_within_a_moment_is_read_twice(site: Path) -> None:
    path = site / "content/items/canteen.md"
    for number in range(4):
        text = item(title=f"食堂收支{number}")
        path.write_text(text, "utf-8")
        os.utime(path, (1_700_000_000, 1_700_000_000))  # as a copy that keeps times would leave it
        build_at(site, DAY)
        assert f"食堂收支{number}" in (site / "site/items/canteen/index.html").read_text("utf-8")


def test_a_fresh_checkout_is_known_by_its_bytes(site: Path) -> None:
    build_at(site, DAY)
    before = (site / ".gongkai/items").stat().st_mtime_ns
    for path in (site / "content/items").iterdir():
        path.write_bytes(path.read_bytes())  # the same bytes with another time and number
    first = tree(site / "site")
    assert build_at(site, DAY) == first
    assert (site / ".gongkai/items").stat().st_mtime_ns > before  # known by its looks from now on


def test_a_table_beside_an_item_is_read_again_when_it_changes(site: Path) -> None:
    text = item(tables="[{file: t.csv}]")
    (site / "content/items/t.md").write_text(text, "utf-8")
    for amount in ("111", "222"):
        (site / "content/items/t.csv").write_text(f"项目,金额\n菜,{amount}\n", "utf-8")
        age(site)
        build_at(site, DAY)
        assert amount in (site / "site/items/t/index.html").read_text("utf-8")


def test_of_a_hidden_item_no_earlier_site_is_kept(site: Path) -> None:
    build_at(site, DAY)
    gone = "{date: 2026-11-02, by: 办公室, reason: 个人信息, hide: true}"
    (site / "content/items/canteen.md").write_text(item(title="食堂收支", withdrawn=gone), "utf-8")
    build_at(site, DAY)
    kept = [*(site / ".site.gongkai").rglob("*"), *(site / ".gongkai").rglob("*")]
    assert not [
        path for path in kept if path.is_file() and "食堂收支".encode() in path.read_bytes()
    ]


def test_a_second_build_waits_or_says_that_it_does_not(site: Path) -> None:
    command = [sys.executable, "-m", "gongkai", "build", "--root", str(site), "--at", DAY]
    with locked(site / ".gongkai/lock", None):
        done = run(site, "build", "--at", DAY, "--no-wait")
        assert done.returncode == 2
        assert "另一个生成正在进行" in done.stderr
        waiting = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        assert waiting.stderr
        assert "等它结束" in waiting.stderr.readline()
        assert waiting.poll() is None
        assert not (site / "site").exists()
    waiting.communicate()
    assert waiting.returncode == 0
    assert (site / "site/index.html").exists()


@pytest.mark.parametrize("number", [1, 3, 6])
def test_a_full_disk_leaves_the_old_site_whole(
    number: int, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = build_at(site, DAY)
    (site / "content/items/canteen.md").write_text(item(title="食堂收支（改）"), "utf-8")
    (site / "theme/pages").mkdir(parents=True)
    (site / "theme/pages/item.html").write_text("<p>{{ item.title }}</p>", "utf-8")
    count = 0

    def write(handle: int, data: bytes) -> int:
        nonlocal count
        count += 1
        if count == number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(handle, data)

    real = os.write
    monkeypatch.setattr(os, "write", write)
    from gongkai.source.site import read_site

    read = read_site(site)
    with pytest.raises(PublishError, match="publish"):
        build(
            BuildRequest(
                read, instant(read, DAY), read.out, render_shell, Means(1, site / ".gongkai")
            )
        )
    assert tree(site / "site") == before
    monkeypatch.undo()
    assert build_at(site, DAY) != before


def is_alive(group: int) -> bool:
    """Is there a process of a group left?"""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


ORPHANS = """
import multiprocessing, os, signal, time
from gongkai.files import workers

ask_to_be_told = workers._end_with_parent

def too_late():
    parent = multiprocessing.parent_process().pid
    os.kill(parent, signal.SIGKILL)
    while os.getppid() == parent:
        time.sleep(0.01)
    ask_to_be_told()

workers._end_with_parent = too_late
begin = lambda: str
means = workers.Means(workers=2, may_copy=True)
print(list(workers.share_out(begin, (), ["a", "b"], 60, means)))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells of it")
def test_a_process_whose_parent_was_killed_at_once_does_not_wait_for_ever() -> None:
    """It holds the lock of the site as well. The output ends when the last process has ended."""
    done = subprocess.run([sys.executable, "-c", ORPHANS], capture_output=True, timeout=30)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert done.stdout == b""


@pytest.fixture(scope="session")
def corpus(once: Once) -> Path:
    """Many items, for builds that are disturbed in the middle."""
    return once("corpus", lambda folder: make_corpus(folder, 1500, boards=10, posters=0))


@sampled("written, how", [(20, signal.SIGTERM), (0, signal.SIGINT), (600, signal.SIGINT)], step=3)
def test_told_to_stop_it_leaves_no_half_site_and_no_process(
    written: int, how: signal.Signals, corpus: Path, tmp_path: Path
) -> None:
    """When some pages are written; at random moments among the long runs."""
    shutil.copytree(corpus, tmp_path / "corpus")
    stage = tmp_path / ".out.gongkai/stage"
    leaves_nothing_behind(
        tmp_path, how, lambda: stage.exists() and len(list(stage.glob("items/*"))) >= written
    )


def leaves_nothing_behind(folder: Path, how: signal.Signals, is_time: Callable[[], bool]) -> None:
    """A build of ``corpus`` into ``out`` is told to stop when it is time, if it runs still."""
    command = [sys.executable, "-m", "gongkai", "build", "--root", str(folder / "corpus")]
    command += ["--at", DAY, "--jobs", "2", "--out", str(folder / "out")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True) as started:
        while started.poll() is None and not is_time():
            time.sleep(0.005)
        if started.poll() is None:
            os.killpg(started.pid, how)
        _, said = started.communicate(timeout=30)
    assert b"Traceback" not in said
    out = folder / "out"
    assert not out.exists() or verify(out) == ()
    end = time.monotonic() + 10  # until the system has cleared them away
    while is_alive(started.pid):
        assert time.monotonic() < end
        time.sleep(0.01)
