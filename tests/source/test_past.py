"""What the repository remembers: dates written back, silent edits, bumped dates; never a guess."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from gongkai.cli.main import main
from gongkai.domain.finding import Severity
from gongkai.files.workers import ALONE
from gongkai.rules.checking import read_and_check
from gongkai.source.library import Reader
from gongkai.source.site import read_site
from tests.command import run
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
    found = [finding for finding in checked.findings if finding.rule.startswith("git/")]
    return [(finding.rule, finding.case, finding.item) for finding in found]


def corrected(old: str, new: str, **keys: str) -> str:
    return item(
        title="更正",
        kind="correction",
        corrects="canteen",
        correction=f"{{reason: 漏记, changes: [{{where: 正文, old: '{old}', new: '{new}'}}]}}",
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
    fix = corrected("正文。", "另一个数", publish=day)
    commits = {
        "2026-11-05T08:00+08:00": {ITEM: item(**shown)},
        f"{day}T10:00+08:00": {"content/items/correction.md": fix},
        "2026-11-12T09:00+08:00": {ITEM: item(body="另一个数", **shown)},
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
    (tmp_path / "content/items/correction.md").write_text(corrected("51200", "9"), encoding="utf-8")
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
    old, bumped, later = (entry.format(f"2026-11-{day}") for day in ("09", "19", "20"))
    site_with_a_past(tmp_path)
    commit(tmp_path, "2026-11-09T09:00+08:00", {ITEM: item(reviewed=f"[{old}]", **SHOWN)})
    commit(tmp_path, "2026-11-15T09:00+08:00", {ITEM: item(reviewed=f"[{bumped}]", **SHOWN)})
    assert told(tmp_path) == BUMPED
    commit(
        tmp_path, "2026-11-20T09:00+08:00", {ITEM: item(reviewed=f"[{bumped}, {later}]", **SHOWN)}
    )
    assert told(tmp_path) == []


# -- what somebody might try, and what somebody might do in good faith ---------------------------

BEFORE = {"body": "| 车间 | 合计 |\n|---|---:|\n| 机加工 | 1178600 |", **SHOWN, "id": "canteen"}
FAR = {"publish": "2026-11-25"}
AFTER = {**BEFORE, "body": BEFORE["body"].replace("1178600", "1000000")}


def day(number: int, hour: int = 9) -> str:
    return f"2026-11-{number:02}T{hour:02}:00+08:00"


def published(root: Path) -> None:
    """An item with figures that is up since the 9th."""
    site_with_a_past(root)
    commit(root, day(9), {ITEM: item(**BEFORE)})


@pytest.mark.parametrize(
    "steps",
    [
        [{**BEFORE, "draft": "true"}, {**AFTER, "draft": "true"}, AFTER],
        [{**BEFORE, **FAR, "paper": "A4"}, {**AFTER, **FAR}, AFTER],
        [{**AFTER, "withdrawn": "{date: 2026-12-29, by: 工会, reason: 错}"}, AFTER],
        [{**AFTER, "publish": ">-\n  2026-11-09"}],
    ],
    ids=["by way of a draft", "by way of the future", "by a withdrawal taken back", "folded"],
)
def test_a_figure_is_not_changed_by_a_detour(steps: list[dict[str, str]], tmp_path: Path) -> None:
    published(tmp_path)
    for hour, keys in enumerate(steps):
        commit(tmp_path, day(15, 10 + hour), {ITEM: item(**keys)})
    assert ("git/silent-edit", "", "canteen") in told(tmp_path)


def test_nor_by_deleting_and_adding_it_elsewhere(tmp_path: Path) -> None:
    published(tmp_path)
    commit(tmp_path, day(10, 9), {ITEM: ""})
    commit(tmp_path, day(10, 10), {"content/items/elsewhere.md": item(**AFTER)})
    assert told(tmp_path) == SILENT


def test_nor_with_other_ends_of_lines(tmp_path: Path) -> None:
    published(tmp_path)
    for hour, keys in ((10, BEFORE), (11, AFTER)):
        commit(tmp_path, day(15, hour), {ITEM: item(**keys).replace("\n", "\r")})
    assert told(tmp_path) == SILENT


def test_nor_in_what_looks_like_a_comment(tmp_path: Path) -> None:
    site_with_a_past(tmp_path)
    text = "title: 工资\ncategory: leave-holiday\npublish: 2026-11-09\nexpires: 2026-12-31\n"
    text += "owner: {dept: 劳资科}\nbody: |\n  # 机加工车间 1178600 元\n"
    for number, one in ((9, text), (15, text.replace("1178600", "1000000"))):
        commit(tmp_path, day(number), {"content/items/canteen.yml": one})
    assert told(tmp_path) == SILENT


def test_nor_by_a_merge_that_drops_what_was_up(tmp_path: Path) -> None:
    site_with_a_past(tmp_path)
    git(tmp_path, "checkout", "-q", "-b", "clerk")
    commit(tmp_path, day(5), {ITEM: item(**AFTER)})
    git(tmp_path, "checkout", "-q", "main")
    commit(tmp_path, day(9), {ITEM: item(**BEFORE)})
    git(tmp_path, "checkout", "-q", "clerk")
    git(tmp_path, "merge", "-q", "-s", "ours", "main", "-m", "m", at=day(15))
    assert told(tmp_path) == SILENT


def test_nor_by_a_history_begun_anew(tmp_path: Path) -> None:
    published(tmp_path)
    git(tmp_path, "checkout", "-q", "--orphan", "new")
    commit(tmp_path, day(15), {ITEM: item(**AFTER)})
    merge = ("merge", "-q", "-s", "ours", "--allow-unrelated-histories", "main", "-m", "m")
    git(tmp_path, *merge, at=day(16))
    assert ("git/silent-edit", "", "canteen") in told(tmp_path)


def test_a_change_made_before_its_day_and_merged_after_it_is_seen(tmp_path: Path) -> None:
    site_with_a_past(tmp_path)
    commit(tmp_path, day(1), {ITEM: item(**BEFORE)})
    git(tmp_path, "checkout", "-q", "-b", "clerk")
    commit(tmp_path, day(5), {ITEM: item(**AFTER)})
    git(tmp_path, "checkout", "-q", "main")
    git(tmp_path, "merge", "-q", "--no-ff", "clerk", "-m", "m", at=day(15))
    assert told(tmp_path) == SILENT


def test_a_branch_that_was_behind_accuses_nobody(tmp_path: Path) -> None:
    published(tmp_path)
    git(tmp_path, "checkout", "-q", "-b", "clerk")
    commit(tmp_path, day(10), {"content/items/more.md": item(**{**SHOWN, "publish": "2026-11-10"})})
    git(tmp_path, "checkout", "-q", "main")
    fixed = {ITEM: item(**AFTER), "content/items/fix.md": corrected("1178600", "1000000")}
    commit(tmp_path, day(12), fixed)
    for here, there in (("main", "clerk"), ("clerk", "main")):
        git(tmp_path, "checkout", "-q", "-B", f"by-{here}", here)
        git(tmp_path, "merge", "-q", "--no-ff", there, "-m", "m", at=day(20))
        assert told(tmp_path) == []


def test_a_correction_nobody_sees_explains_nothing(tmp_path: Path) -> None:
    published(tmp_path)
    never = corrected("1178600", "1000000", publish="2099-01-01", expires="never")
    commit(tmp_path, day(15), {ITEM: item(**AFTER), "content/items/fix.md": never})
    assert told(tmp_path) == SILENT


def test_a_correction_of_one_figure_forgives_no_other(tmp_path: Path) -> None:
    published(tmp_path)
    commit(tmp_path, day(10), {ITEM: item(**AFTER)})
    body = {"body": AFTER["body"].replace("机加工", "机加工一")}
    fix = corrected("机加工", "机加工一", publish="2026-11-15")
    commit(tmp_path, day(15), {ITEM: item(**{**AFTER, **body}), "content/items/fix.md": fix})
    assert told(tmp_path) == SILENT
    late = corrected("1,178,600", "1000000", publish="2026-11-16")
    commit(tmp_path, day(16), {"content/items/late.md": late})
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    "keys",
    [
        {"title": '"一项公开"'},
        {"category": "食堂账目"},
        {"body": BEFORE["body"].replace("| 机加工 |", "|  机加工   |").replace("---:", "-----:")},
        {"outcome": "{result: 无异议, date: 2026-11-12}"},
        {"owner": "{部门: 后勤部}", "expires": '"2026-12-31"'},
    ],
    ids=["quotes", "the category's other name", "a formatted table", "an outcome", "other keys"],
)
def test_what_means_the_same_is_no_change(keys: dict[str, str], tmp_path: Path) -> None:
    published(tmp_path)
    commit(tmp_path, day(15), {ITEM: item(**{**BEFORE, **keys})})
    assert told(tmp_path) == []


def test_an_outcome_may_come_and_not_change(tmp_path: Path) -> None:
    site_with_a_past(tmp_path)
    for number, count in ((9, 3), (15, 0)):
        outcome = f"{{objections: {count}, result: 无异议, date: 2026-11-09}}"
        commit(tmp_path, day(number), {ITEM: item(**SHOWN, outcome=outcome)})
    assert told(tmp_path) == SILENT


def test_steps_are_added_where_they_belong_and_go_on(tmp_path: Path) -> None:
    first = "{step: propose, by: 后勤部, date: 2026-11-05}"
    review = "{step: review, by: 工会, date: 2026-11-06}"
    last = "{step: rectify, by: 后勤部, due: 2026-12-01, status: %s}"
    site_with_a_past(tmp_path)
    begun = f"[{first}, {last % '进行中'}]"
    commit(tmp_path, day(9), {ITEM: item(**SHOWN, steps=begun)})
    done = f"[{first}, {review}, {last % '完成'}]"
    commit(tmp_path, day(15), {ITEM: item(**SHOWN, steps=done)})
    assert told(tmp_path) == []
    commit(tmp_path, day(16), {ITEM: item(**SHOWN, steps=done.replace("工会", "财务部"))})
    assert told(tmp_path) == SILENT


def test_a_table_may_move_with_its_item_and_have_other_ends_of_lines(tmp_path: Path) -> None:
    site_with_a_past(tmp_path)
    text = item(tables="[{file: t.csv}]", id="canteen", **SHOWN)
    commit(tmp_path, day(9), {ITEM: text, "content/items/2026/t.csv": "项目,金额\n蔬菜,1\n"})
    commit(tmp_path, day(15), {"content/items/2026/t.csv": "项目,金额\r\n蔬菜,1\r\n"})
    moved = {"content/items/new/canteen.md": text, "content/items/new/t.csv": "项目,金额\n蔬菜,1\n"}
    commit(tmp_path, day(16), {**moved, ITEM: "", "content/items/2026/t.csv": ""})
    assert told(tmp_path) == []


def test_moving_what_was_imported_accuses_nobody(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/other.md": FILLER, ITEM: item(id="canteen", **SHOWN)})
    commit(tmp_path, day(20), {})
    commit(tmp_path, day(21), {ITEM: "", "content/items/moved.md": item(id="canteen", **SHOWN)})
    assert told(tmp_path) == []


def test_a_file_like_a_deleted_one_is_not_that_one(tmp_path: Path) -> None:
    site_with_a_past(tmp_path)
    draft = item(id="old", draft="true", title="一项公开", body="甲乙丙丁" * 40, **SHOWN)
    commit(tmp_path, day(1), {"content/items/old.md": draft})
    new = item(id="canteen", title="一项公开", body="甲乙丙丁" * 40, **SHOWN)
    commit(tmp_path, day(20), {"content/items/old.md": "", ITEM: new})
    assert told(tmp_path) == [("git/backdated", "", "canteen")]


def test_a_draft_that_lay_there_makes_nothing_older(tmp_path: Path) -> None:
    site_with_a_past(tmp_path)
    commit(tmp_path, day(1), {ITEM: item(draft="true", **SHOWN)})
    commit(tmp_path, day(20), {ITEM: item(**SHOWN)})
    assert told(tmp_path) == [("git/backdated", "", "canteen")]


def test_what_was_published_is_not_deleted(tmp_path: Path) -> None:
    published(tmp_path)
    commit(tmp_path, day(15), {ITEM: ""})
    assert told(tmp_path) == [("git/silent-edit", "deleted", "canteen")]
    renamed = item(**{**BEFORE, "id": "new"}, aliases="[canteen]")
    commit(tmp_path, day(16), {"content/items/new.md": renamed})
    assert ("git/silent-edit", "deleted", "canteen") not in told(tmp_path)


def test_a_longer_term_is_seen_whatever_else_changes(tmp_path: Path) -> None:
    edited(tmp_path, expires="2027-06-30", paper="A3")
    assert told(tmp_path) == BUMPED


def test_a_baseline_shows_the_next_silent_edit(tmp_path: Path) -> None:
    published(tmp_path)
    commit(tmp_path, day(15), {ITEM: item(**AFTER)})
    known = tmp_path.parent / f"{tmp_path.name}.json"
    at = ("--at", "2026-11-22", "--format", "json")
    run(tmp_path, "check", *at, "--output", str(known))
    commit(tmp_path, day(16), {ITEM: item(**{**AFTER, "title": "改了标题"})})
    told = run(tmp_path, "check", *at, "--baseline", str(known)).stdout
    assert [load["rule"] for load in json.loads(told)["findings"]] == ["git/silent-edit"]


@pytest.mark.parametrize("number", ["138–0013–8000", "138　0013　8000", "1380-01-38 000"])
def test_no_message_repeats_a_number_from_a_title(number: str, tmp_path: Path) -> None:
    published(tmp_path)
    commit(tmp_path, day(15), {ITEM: item(**{**AFTER, "title": f"电话 {number}"})})
    for form in ("text", "github", "gitlab", "sarif", "junit"):
        done = run(tmp_path, "check", "--at", "2026-11-22", "--format", form)
        assert number not in done.stdout + done.stderr
        assert "git/silent-edit" in done.stdout


def test_where_not_everything_was_fetched_it_cannot_tell(tmp_path: Path) -> None:
    edited(tmp_path / "whole", body="支出 51300 元。")
    git(tmp_path / "whole", "config", "uploadpack.allowFilter", "true")
    source = f"file://{tmp_path / 'whole'}"
    git(tmp_path, "clone", "-q", "--filter=blob:none", source, "partial")
    shutil.move(tmp_path / "whole", tmp_path / "gone")
    assert told(tmp_path / "partial") == [("git/backdated", "shallow", None)]


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
    (found,) = [finding for finding in later.findings if finding.rule.startswith("git/")]
    assert found.severity is Severity.WARNING


# -- what was found in review: honest clerks ------------------------------------------------------


def fixed(**keys: str) -> dict[str, str]:
    """The figure put right, and a correction of it."""
    fix = corrected("1178600", "1000000", publish="2026-11-12")
    return {ITEM: item(**{**AFTER, **keys}), "content/items/fix.md": fix}


def test_a_clean_merge_of_a_branch_that_changed_something_else_accuses_nobody(
    tmp_path: Path,
) -> None:
    published(tmp_path)
    git(tmp_path, "checkout", "-q", "-b", "clerk")
    commit(tmp_path, day(10), {ITEM: item(**{**BEFORE, "owner": "{dept: 财务部}"})})
    git(tmp_path, "checkout", "-q", "main")
    commit(tmp_path, day(12), fixed())
    git(tmp_path, "merge", "-q", "--no-ff", "clerk", "-m", "m", at=day(20))
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("keys", "old", "new"),
    [
        ({"body": BEFORE["body"] + "\n| 铸造 | 900000 |"}, "漏列", "铸造 900000"),
        ({"body": AFTER["body"]}, "1178600元", "1000000元"),
        ({"outcome": "{result: 有三人反对, date: 2026-11-10}"}, "无异议", "有三人反对"),
        ({"title": "**加粗**的标题"}, "一项公开", "加粗的标题"),
    ],
    ids=["an omission", "with a unit", "an outcome", "with marks"],
)
def test_a_right_correction_fits(keys: dict[str, str], old: str, new: str, tmp_path: Path) -> None:
    site_with_a_past(tmp_path)
    base = {**BEFORE, "outcome": "{result: 无异议, date: 2026-11-10}"}
    commit(tmp_path, day(9), {ITEM: item(**base)})
    fix = corrected(old, new, publish="2026-11-12")
    commit(tmp_path, day(12), {ITEM: item(**{**base, **keys}), "content/items/fix.md": fix})
    assert told(tmp_path) == []


def test_a_correction_that_says_nothing_new_explains_nothing(tmp_path: Path) -> None:
    published(tmp_path)
    fix = corrected("机加工", "机加工", publish="2026-11-12")
    commit(tmp_path, day(12), {ITEM: item(**AFTER), "content/items/fix.md": fix})
    assert told(tmp_path) == SILENT


def test_a_slip_on_the_way_to_the_right_figure_is_one_correction(tmp_path: Path) -> None:
    published(tmp_path)
    commit(tmp_path, day(12, 10), {ITEM: item(**AFTER)})
    right = {**BEFORE, "body": BEFORE["body"].replace("1178600", "1100000")}
    fix = corrected("1178600", "1100000", publish="2026-11-12")
    commit(tmp_path, day(12, 11), {ITEM: item(**right), "content/items/fix.md": fix})
    assert told(tmp_path) == []


def test_what_was_undone_at_once_needs_no_correction(tmp_path: Path) -> None:
    published(tmp_path)
    commit(tmp_path, day(12, 10), {ITEM: item(**AFTER)})
    commit(tmp_path, day(12, 11), {ITEM: item(**BEFORE)})
    assert told(tmp_path) == []


def test_a_correction_may_be_corrected(tmp_path: Path) -> None:
    published(tmp_path)
    commit(tmp_path, day(12), {ITEM: item(**AFTER), "content/items/fix.md": corrected("甲", "乙")})
    second = corrected("1178600", "1000000", publish="2026-11-13").replace("canteen\n", "fix\n", 1)
    assert "corrects: fix" in second
    commit(tmp_path, day(13), {"content/items/second.md": second})
    assert ("git/silent-edit", "", "canteen") not in told(tmp_path)


def test_next_months_item_may_lie_where_last_months_lay(tmp_path: Path) -> None:
    published(tmp_path)
    moved = {"content/items/archive/10.md": item(**BEFORE)}
    after = {**BEFORE, "id": "canteen-11", "title": "十一月", "publish": "2026-11-15"}
    commit(tmp_path, day(15), {**moved, ITEM: item(**after)})
    assert told(tmp_path) == []


def test_a_copy_with_its_id_left_in_harms_nobody(tmp_path: Path) -> None:
    published(tmp_path)
    commit(tmp_path, day(15, 10), {"content/items/copy.md": item(**AFTER)})
    commit(tmp_path, day(15, 11), {"content/items/copy.md": ""})
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("keys", "found"), [(BEFORE, []), (AFTER, [("git/silent-edit", "", "new")])]
)
def test_another_id_with_the_old_one_as_alias_is_the_same_item(
    keys: dict[str, str], found: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    published(tmp_path)
    renamed = {**keys, "id": "new", "aliases": "[canteen]"}
    commit(tmp_path, day(16), {ITEM: "", "content/items/new.md": item(**renamed)})
    assert told(tmp_path) == found


@pytest.mark.parametrize("broken", ["---\ntitle: [\n---\n", "<<<<<<< HEAD\n" + item(**BEFORE)])
def test_a_file_that_was_broken_for_a_while_is_no_change(broken: str, tmp_path: Path) -> None:
    published(tmp_path)
    commit(tmp_path, day(12, 10), {ITEM: broken})
    commit(tmp_path, day(12, 11), {ITEM: item(**BEFORE)})
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    "keys",
    [
        {"approval": "{by: 领导小组, date: 2026-11-08}"},
        {"kind": "disclosure"},
        {"congress": "[{act: review, session: 九届五次}]"},
    ],
    ids=["an approval", "what went without saying", "a record of the congress"],
)
def test_records_that_are_filled_in_are_no_change(keys: dict[str, str], tmp_path: Path) -> None:
    published(tmp_path)
    commit(tmp_path, day(15), {ITEM: item(**{**BEFORE, **keys})})
    assert told(tmp_path) == []


def test_a_table_deleted_and_added_again_is_compared(tmp_path: Path) -> None:
    site_with_a_past(tmp_path)
    text = item(tables="[{file: t.csv}]", **SHOWN)
    table = "content/items/2026/t.csv"
    commit(tmp_path, day(9), {ITEM: text, table: "项目,金额\n蔬菜,1\n"})
    commit(tmp_path, day(12, 10), {table: ""})
    commit(tmp_path, day(12, 11), {table: "项目,金额\n蔬菜,2\n"})
    assert told(tmp_path) == SILENT


def test_content_that_came_by_a_merge_alone_is_read(tmp_path: Path) -> None:
    (tmp_path / "README").write_text("x")
    commit(tmp_path, "2026-10-01T09:00+08:00", {})
    make_site(
        tmp_path / "other", {"content/items/a.md": FILLER, "content/items/b.md": item(**SHOWN)}
    )
    commit(tmp_path / "other", day(20), {})
    git(tmp_path, "fetch", "-q", str(tmp_path / "other"), "main")
    merge = (
        "merge",
        "-q",
        "-s",
        "ours",
        "--no-commit",
        "--allow-unrelated-histories",
        "FETCH_HEAD",
    )
    git(tmp_path, *merge)
    git(tmp_path, "read-tree", "--prefix=site/", "-u", "FETCH_HEAD")
    shutil.rmtree(tmp_path / "other")
    git(tmp_path, "commit", "-q", "-m", "m", at=day(20))
    assert told(tmp_path / "site") == []


def test_a_clock_in_the_far_future_is_no_fault_of_ours(tmp_path: Path) -> None:
    published(tmp_path)
    commit(tmp_path, "@999999999999 +0000", {"content/items/more.md": FILLER})
    told(tmp_path)
