"""What the repository remembers: dates written back, silent edits, bumped dates; never a guess."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gongkai.cli import main
from gongkai.finding import Severity
from gongkai.making import read_and_check
from gongkai.source.library import Reader
from gongkai.source.site import read_site
from gongkai.work import ALONE
from tests.sites import commit, git, instant, item, make_site

ITEM = "content/items/2026/canteen.md"
SHOWN = {"publish": "2026-11-09", "expires": "2026-12-31"}
FILLER = item(title="别的", category="leave-holiday", publish="2026-11-01", expires="2027-12-31")


def site_with_a_past(root: Path, **rest: str) -> None:
    """A repository whose first commit of content is on 1 October, with one item on the board."""
    make_site(root, {"content/items/other.md": FILLER, **rest})
    commit(root, "2026-10-01T09:00+08:00", {})


def told(root: Path, at: str = "2026-11-22") -> list[tuple[str, str, str | None]]:
    """Rule, case and item of what history tells."""
    site = read_site(root)
    checked = read_and_check(Reader(site, ALONE), instant(site, at), with_past=True)
    found = [one for one in checked.findings if one.rule.startswith("git/")]
    return [(one.rule, one.case, one.item) for one in found]


def corrected(**keys: str) -> str:
    return item(
        title="更正",
        kind="correction",
        corrects="canteen",
        correction="{reason: 漏记, changes: [{where: 支出, old: '1', new: '2'}]}",
        **{**SHOWN, **keys},
    )


# -- backdated ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("committed", "found"),
    [
        ("2026-11-12T23:59+08:00", []),  # three days later: within the tolerance
        ("2026-11-13T00:01+08:00", [("git/backdated", "", "canteen")]),
        ("2026-11-12T16:01+00:00", [("git/backdated", "", "canteen")]),  # the 13th in the factory
        ("2026-11-01T09:00+08:00", []),
    ],
)
def test_a_day_written_back_by_more_than_the_tolerance(
    committed: str, found: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    site_with_a_past(tmp_path)
    commit(tmp_path, committed, {ITEM: item(**SHOWN)})
    assert told(tmp_path) == found


def test_the_tolerance_is_the_sites(tmp_path: Path) -> None:
    site_with_a_past(tmp_path, **{"content/catalogue.yml": "倒签天数: 11\n"})
    commit(tmp_path, "2026-11-20T09:00+08:00", {ITEM: item(**SHOWN)})
    assert told(tmp_path) == []


def test_the_first_commit_of_content_is_exempt(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/other.md": FILLER, ITEM: item(**SHOWN)})
    commit(tmp_path, "2026-11-20T09:00+08:00", {})
    assert told(tmp_path) == []


def test_a_moved_file_is_as_old_as_it_was(tmp_path: Path) -> None:
    site_with_a_past(tmp_path)
    commit(tmp_path, "2026-11-09T09:00+08:00", {ITEM: item(id="canteen", **SHOWN)})
    moved = {ITEM: "", "content/items/2026/11/食堂 账目.md": item(id="canteen", **SHOWN)}
    commit(tmp_path, "2026-11-20T09:00+08:00", moved)
    assert told(tmp_path) == []


def test_what_came_by_another_branch_is_as_old_as_its_own_commit(tmp_path: Path) -> None:
    site_with_a_past(tmp_path)
    git(tmp_path, "checkout", "-q", "-b", "clerk")
    commit(tmp_path, "2026-11-09T09:00+08:00", {ITEM: item(**SHOWN)})
    git(tmp_path, "checkout", "-q", "main")
    commit(tmp_path, "2026-11-10T09:00+08:00", {"content/pages/more.md": "# 更多"})
    git(tmp_path, "merge", "-q", "--no-ff", "clerk", "-m", "m", at="2026-11-20T09:00+08:00")
    assert told(tmp_path) == []


# -- silent edits ---------------------------------------------------------------------------------


def edited(root: Path, at: str = "2026-11-12T09:00+08:00", **keys: str) -> None:
    """An item that was up is changed."""
    site_with_a_past(root)
    commit(root, "2026-11-09T09:00+08:00", {ITEM: item(body="支出 51200 元。", **SHOWN)})
    commit(root, at, {ITEM: item(**{"body": "支出 51200 元。", **SHOWN, **keys})})


SILENT = [("git/silent-edit", "", "canteen")]


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ({"body": "支出 51300 元。"}, SILENT),
        ({"title": "改了标题"}, SILENT),
        ({"body": "\n支出 51200 元。  \n\n"}, []),  # blanks only
        ({"reviewed": "[{date: 2026-11-12, by: 工会, checked: 逐项核对}]"}, []),
        ({"owner": "{dept: 财务部}"}, []),
        ({"steps": "[{step: propose, by: 后勤部, date: 2026-11-08}]"}, []),
        ({"body": "支出 51300 元。", "withdrawn": "{date: 2026-11-12, by: 工会, reason: 错}"}, []),
        ({"body": "支出 51300 元。", "correction": "{reason: 漏记}"}, []),
    ],
)
def test_a_changed_text_needs_a_correction(
    keys: dict[str, str], found: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    edited(tmp_path, **keys)
    assert told(tmp_path) == found


def test_before_it_is_published_a_text_may_change(tmp_path: Path) -> None:
    edited(tmp_path, body="支出 51300 元。", publish="2026-11-13")
    assert told(tmp_path) == [("git/silent-edit", "", "canteen")]  # by its older date it was up
    shutil.rmtree(tmp_path / ".git")
    site_with_a_past(tmp_path)
    commit(tmp_path, "2026-11-01T09:00+08:00", {ITEM: item(body="草稿", draft="true", **SHOWN)})
    commit(tmp_path, "2026-11-10T09:00+08:00", {ITEM: item(body="定稿", **SHOWN)})
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2026-11-12", []),  # with the edit
        ("2026-11-20", []),  # after it
        ("2026-11-10", []),  # a little before it
        ("2026-11-08", SILENT),  # long before it: that was about something else
    ],
)
def test_a_correction_accounts_for_what_was_changed_before_it(
    day: str, found: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    site_with_a_past(tmp_path)
    shown = {**SHOWN, "publish": "2026-11-05"}
    commits = {
        "2026-11-05T08:00+08:00": {ITEM: item(**shown)},
        f"{day}T10:00+08:00": {"content/items/correction.md": corrected(publish=day)},
        "2026-11-12T09:00+08:00": {
            ITEM: item(body="另一个数", **{**SHOWN, "publish": "2026-11-05"})
        },
    }
    for at, files in sorted(commits.items()):
        commit(tmp_path, at, files)
    assert told(tmp_path) == found


def test_an_attached_table_is_text_too(tmp_path: Path) -> None:
    site_with_a_past(tmp_path)
    table = {"content/items/2026/a.csv": "项目,金额\n蔬菜,1\n"}
    text = {ITEM: item(tables="[{file: a.csv}]", **SHOWN)}
    commit(tmp_path, "2026-11-09T09:00+08:00", {**text, **table})
    assert told(tmp_path) == []
    commit(tmp_path, "2026-11-12T09:00+08:00", {"content/items/2026/a.csv": "项目,金额\n蔬菜,2\n"})
    assert told(tmp_path) == SILENT


def test_an_edit_is_told_before_it_is_committed(tmp_path: Path) -> None:
    edited(tmp_path)
    (tmp_path / ITEM).write_text(item(body="支出 9 元。", **SHOWN), encoding="utf-8")
    assert told(tmp_path) == [("git/silent-edit", "uncommitted", "canteen")]
    (tmp_path / "content/items/correction.md").write_text(corrected(), encoding="utf-8")
    assert told(tmp_path) == []


# -- dates only -----------------------------------------------------------------------------------

BUMPED = [("git/date-only", "", "canteen")]
CHECKED = "[{date: 2026-11-12, by: 工会, checked: 逐项核对}]"


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ({"expires": "2027-06-30"}, BUMPED),
        ({"expires": "never"}, BUMPED),
        ({"publish": "2026-11-12"}, BUMPED),
        (
            {"expires": "2027-06-30", "reviewed": CHECKED},
            [],
        ),
        ({"expires": "2027-06-30  # 延长"}, BUMPED),
    ],
)
def test_dates_alone_are_not_news(
    keys: dict[str, str], found: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    edited(tmp_path, **keys)
    assert told(tmp_path) == found


def test_the_date_of_a_check_cannot_be_bumped_either(tmp_path: Path) -> None:
    entry = "{{date: {}, by: 工会, checked: 逐项核对}}"
    old, bumped, later = (entry.format(f"2026-11-{day}") for day in ("09", "15", "20"))
    site_with_a_past(tmp_path)
    commit(tmp_path, "2026-11-09T09:00+08:00", {ITEM: item(reviewed=f"[{old}]", **SHOWN)})
    commit(tmp_path, "2026-11-15T09:00+08:00", {ITEM: item(reviewed=f"[{bumped}]", **SHOWN)})
    assert told(tmp_path) == BUMPED
    commit(
        tmp_path, "2026-11-20T09:00+08:00", {ITEM: item(reviewed=f"[{bumped}, {later}]", **SHOWN)}
    )
    assert told(tmp_path) == []


# -- what cannot be seen --------------------------------------------------------------------------


def test_without_a_repository_it_cannot_tell(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/other.md": FILLER})
    assert told(tmp_path) == [("git/backdated", "none", None)]


def test_in_a_shallow_clone_it_cannot_tell(tmp_path: Path) -> None:
    edited(tmp_path / "whole", body="支出 51300 元。")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tmp_path / 'whole'}", "shallow")
    assert told(tmp_path / "shallow") == [("git/backdated", "shallow", None)]


def test_a_site_whose_content_was_never_committed_cannot_tell(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/other.md": FILLER})
    git(tmp_path, "init", "-q")
    assert told(tmp_path) == [("git/backdated", "none", None)]


def test_rules_switched_off_are_silent(tmp_path: Path) -> None:
    rules = "rules: {git/backdated: off, git/silent-edit: off, git/date-only: off}\n"
    make_site(tmp_path, {"content/items/other.md": FILLER, "content/catalogue.yml": rules})
    assert told(tmp_path) == []


def test_a_site_may_be_a_folder_of_a_larger_repository(tmp_path: Path) -> None:
    root = tmp_path / "厂 一"
    site_with_a_past(root)
    shutil.move(root / ".git", tmp_path / ".git")
    commit(tmp_path, "2026-10-02T09:00+08:00", {})
    git(tmp_path, "status")
    commit(tmp_path, "2026-11-09T09:00+08:00", {f"厂 一/{ITEM}": item(**SHOWN)})
    commit(tmp_path, "2026-11-12T09:00+08:00", {f"厂 一/{ITEM}": item(body="改", **SHOWN)})
    assert told(root) == SILENT


def test_looking_writes_nothing_into_the_repository(tmp_path: Path) -> None:
    edited(tmp_path)
    (tmp_path / ITEM).touch()  # an index that git would like to refresh
    before = (tmp_path / ".git/index").read_bytes(), sorted((tmp_path / ".git").iterdir())
    told(tmp_path)
    assert before == ((tmp_path / ".git/index").read_bytes(), sorted((tmp_path / ".git").iterdir()))


def test_only_check_asks_history(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edited(tmp_path, body="支出 51300 元。")
    at = ["--root", str(tmp_path), "--at", "2026-11-22"]
    assert main(["check", *at, "--fail-on", "never"]) == 0
    assert "git/silent-edit" in capsys.readouterr().out
    assert main(["build", *at, "--out", str(tmp_path / "out")]) == 0
    assert "git/" not in capsys.readouterr().err


def test_severities_and_ignoring_work_as_for_other_rules(tmp_path: Path) -> None:
    ignore = "[{rule: git/silent-edit, reason: 补录扫描件, until: 2026-12-31}]"
    edited(tmp_path, body="支出 51300 元。", ignore=ignore)
    assert told(tmp_path) == []
    site = read_site(tmp_path)
    later = read_and_check(Reader(site, ALONE), instant(site, "2027-01-01"), with_past=True)
    (found,) = [one for one in later.findings if one.rule.startswith("git/")]
    assert found.severity is Severity.WARNING
