"""What is not in git is kept and comes back; a task for the night; the sheet for a handover."""

from __future__ import annotations

import shutil
import sys
import zipfile
from pathlib import Path, PureWindowsPath
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pypdf
import pytest

from gongkai.inbox.store import Store
from gongkai.operations.backup import ABOUT
from gongkai.operations.handover import handover_rows, remotes_of
from gongkai.operations.schedule import ScheduledTask, System, plan
from gongkai.render.words import Words
from gongkai.source.site import read_site
from tests.command import run
from tests.sites import check, commit, git, item, make_site, tree

AT = "2026-11-22"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that was published twice, has an inbox, a record of reminders and an archive."""
    root = tmp_path_factory.mktemp("kept") / "厂"
    for title in ("甲", "乙"):
        make_site(root, {"content/items/x.md": item(title=title)})
        assert run(root, "build", "--at", AT).returncode == 0
    (root / "records/archive/2025").mkdir(parents=True)
    (root / "records/told.json").write_text("{}", "utf-8")
    (root / "records/archive/2025/目录.csv").write_text("一,二\n", "utf-8")
    Store(root / ".inbox").close()
    return root


@pytest.fixture
def lived_in(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "厂"))


def lose(root: Path) -> None:
    """Everything that is not in git."""
    for name in ("site", ".site.gongkai", ".gongkai", ".inbox", "records"):
        shutil.rmtree(root / name)


def test_all_that_was_lost_comes_back_and_the_chain_goes_on(lived_in: Path, tmp_path: Path) -> None:
    file = tmp_path / "kept.zip"
    history = (lived_in / "site/history.jsonl").read_bytes()
    records = tree(lived_in / "records")
    assert run(lived_in, "backup", str(file)).returncode == 0
    lose(lived_in)
    assert run(lived_in, "restore", str(file)).returncode == 0
    assert tree(lived_in / "records") == records
    assert (lived_in / ".inbox/inbox.sqlite3").stat().st_size > 0
    (lived_in / "content/items/x.md").write_text(item(title="丙"), "utf-8")
    assert run(lived_in, "build", "--at", AT).returncode == 0
    assert (lived_in / "site/history.jsonl").read_bytes().startswith(history)
    assert run(lived_in, "verify").returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are POSIX's")
def test_a_backup_is_for_its_owners_eyes(lived_in: Path, tmp_path: Path) -> None:
    assert run(lived_in, "backup", str(tmp_path / "kept.zip")).returncode == 0
    assert (tmp_path / "kept.zip").stat().st_mode & 0o077 == 0
    lose(lived_in)
    assert run(lived_in, "restore", str(tmp_path / "kept.zip")).returncode == 0
    assert (lived_in / ".inbox").stat().st_mode & 0o077 == 0
    assert (lived_in / ".inbox/inbox.sqlite3").stat().st_mode & 0o077 == 0


def test_nothing_is_overwritten_and_then_nothing_is_written(lived_in: Path, tmp_path: Path) -> None:
    file = tmp_path / "kept.zip"
    assert run(lived_in, "backup", str(file)).returncode == 0
    assert run(lived_in, "backup", str(file)).returncode == 2
    assert "inbox.sqlite3" in run(lived_in, "restore", str(file)).stderr  # it may have gone on
    shutil.rmtree(lived_in / ".inbox")
    assert run(lived_in, "restore", str(file)).returncode == 0  # the rest is there, and equal
    shutil.rmtree(lived_in / ".inbox")
    shutil.rmtree(lived_in / "site")
    (lived_in / "records/told.json").write_text("later", "utf-8")
    done = run(lived_in, "restore", str(file))
    assert done.returncode == 2
    assert "told.json" in done.stderr
    assert not (lived_in / "site").exists()


def with_file(source: Path, target: Path, name: str, data: bytes) -> None:
    """A backup with one file more, or another in the place of one."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for text in old.namelist():
            if text != name:
                new.writestr(text, old.read(text))
        new.writestr(name, data)


@pytest.mark.parametrize("name", ["published/history.jsonl", ABOUT, "records/told.json"])
def test_a_backup_that_is_not_whole_is_refused(name: str, lived_in: Path, tmp_path: Path) -> None:
    assert run(lived_in, "backup", str(tmp_path / "kept.zip")).returncode == 0
    with_file(tmp_path / "kept.zip", tmp_path / "bad.zip", name, b"other")
    lose(lived_in)
    assert run(lived_in, "restore", str(tmp_path / "bad.zip")).returncode == 2
    assert not (lived_in / "records").exists()


@pytest.mark.parametrize(
    "name", ["records/../../out", "content/items/x.md", "records//x", "records"]
)
def test_a_backup_cannot_write_anywhere_else(name: str, lived_in: Path, tmp_path: Path) -> None:
    digest = "2689367b205c16ce32ed4200942b8b8b1e262dfc70d9bc9fbc77c49699a4f1df"  # of "ok"
    about = f'{{"format": 1, "generator": "", "at": "", "files": {{"{name}": "{digest}"}}}}'
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        archive.writestr(ABOUT, about)
        archive.writestr(name, "ok")
    assert run(lived_in, "restore", str(tmp_path / "bad.zip")).returncode == 2


@pytest.mark.parametrize("text", [None, "no archive"])
def test_what_is_no_backup_is_told(text: str | None, lived_in: Path, tmp_path: Path) -> None:
    if text:
        (tmp_path / "x.zip").write_text(text)
    assert run(lived_in, "restore", str(tmp_path / "x.zip")).returncode == 2


def test_a_site_that_has_nothing_to_keep_says_so(tmp_path: Path) -> None:
    make_site(tmp_path / "new", {})
    assert run(tmp_path / "new", "backup", str(tmp_path / "x.zip")).returncode == 2
    assert not (tmp_path / "x.zip").exists()


TASK = ScheduledTask(
    Path("/opt/py thon"), Path("/srv/厂 & 50%"), Path("/srv/www"), ZoneInfo("Asia/Shanghai")
)


def test_a_task_of_windows_is_made_up_for_after_a_night_without_power() -> None:
    made = plan(TASK, System.WINDOWS)
    ((name, text),) = made.files.items()
    assert made.command[-1] == name
    tree: Any = ElementTree.fromstring(text.replace('encoding="UTF-16"', ""))  # noqa: S314 - ours
    inner = {one.tag.partition("}")[2]: one.text for one in tree.iter()}
    assert inner["StartWhenAvailable"] == "true"
    assert inner["StartBoundary"] == "2026-01-01T00:02:00"
    assert inner["WorkingDirectory"] == "/srv/厂 & 50%"
    assert '--root "/srv/厂 & 50%"' in str(inner["Arguments"])
    assert PureWindowsPath(str(inner["Command"])).name == "py thon"


def test_a_timer_counts_in_the_zone_of_the_factory() -> None:
    made = plan(TASK, System.SYSTEMD)
    service, timer = made.files.values()
    assert "OnCalendar=*-*-* 00:02:00 Asia/Shanghai\nPersistent=true" in timer
    assert '"--root" "/srv/厂 & 50%%"' in service


def test_cron_has_no_zone_so_it_calls_every_hour() -> None:
    (line,) = plan(TASK, System.CRON).files.values()
    assert line.startswith("2 * * * * '/opt/py thon'")
    assert "50\\%" in line


def test_schedule_writes_the_task_and_says_how_to_switch_it_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    make_site(tmp_path / "site", {})
    done = run(tmp_path / "site", "schedule")
    assert done.returncode == 0
    written = [Path(line) for line in done.stdout.splitlines()]
    assert written
    assert all(path.is_relative_to(tmp_path / "home") and path.is_file() for path in written)


ORG = """\
名称: 厂
小组: [{名称: 厂务公开领导小组, 成员: [{岗位: 工会主席, 角色: 组长}]}]
渠道: [{类型: 意见箱, 说明: 食堂门口}]
提醒: [{方式: 企业微信, 地址变量: ROBOT_URL}]
职代会: {任期: {起: 2024-12-20, 止: 2029-12-19}}
"""


def test_the_handover_tells_what_there_is_and_no_secret(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/org.yml": ORG, "content/items/x.md": item()})
    commit(tmp_path, "2026-11-01T08:00+08:00", {})
    git(tmp_path, "remote", "add", "origin", "https://name:word@git.example/office/board.git")
    standings = check(read_site(site.root), AT).standings
    rows = list(handover_rows(standings, remotes_of(tmp_path), Words("zh")))
    told = "\n".join(" ".join(row) for row in rows)
    for expected in (
        "https://git.example/office/board.git", "食堂门口", "ROBOT_URL", "工会主席",
        "2029年12月19日", "机加工车间厂务公开栏", "移交人",
    ):  # fmt: skip
        assert expected in told
    assert "word" not in told


def test_the_handover_is_a_sheet_of_a4_to_sign(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/x.md": item()})
    out = tmp_path / "交接单.pdf"
    assert run(tmp_path, "print", "handover", "--at", AT, "--out", str(out)).returncode == 0
    sheet = pypdf.PdfReader(out)
    assert round(float(sheet.pages[0].mediabox.width)) == 595
    assert "移交人（签字）" in "".join("".join(page.extract_text() for page in sheet.pages).split())
