"""New items and new sites: everything filled in that can be known, nothing overwritten."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from tests.command import run
from tests.sites import errors, item, make_site, written

WAGES = item(
    title="2026年10月工资奖金分配情况", category="wages-bonus", period="2026-10",
    publish="2026-11-09", expires="2026-12-10", owner="{dept: 劳资科, post: 劳资科科长}",
    legal_basis="[企业民主管理规定]",
    body="摘要：共 3 人。\n\n| 车间 | 人数 | 合计 |\n|---|---:|---:|\n"
    "| 铸造 | 1 | 8 |\n| 合计 | 3 | 24 |",
)  # fmt: skip
ORG = """\
名称: 测试厂
部门: [{名称: 工会, 岗位: [工会主席]}]
渠道: [{类型: 电话, 说明: 工会 8001}]
"""


def new(root: Path, *arguments: str, at: str = "2026-12-03") -> tuple[str, dict[str, object]]:
    """The path that was printed, and what is in the file."""
    done = run(root, "new", *arguments, "--at", at)
    assert done.returncode == 0, done.stderr
    (path,) = written(root, done)
    found: dict[str, object] = yaml.safe_load((root / path).read_text("utf-8"))
    return path, found


@pytest.mark.parametrize("name", ["工资奖金分配", "工资奖金分配情况", "wages-bonus"])
def test_next_months_item_from_this_months(name: str, tmp_path: Path) -> None:
    """November's wages are due on 10 December, and stay until December's are due."""
    make_site(tmp_path, {"content/items/2026-10-wages.md": WAGES, "content/org.yml": ORG})
    path, found = new(tmp_path, name, "--period", "2026-11")
    assert path == "content/items/2026/12/2026-11-wages.yml"
    body = str(found.pop("正文"))
    assert {key: str(value) for key, value in found.items()} == {
        "标题": "2026年11月工资奖金分配情况",
        "类别": "工资奖金分配",
        "所属期": "2026-11",
        "公开日期": "2026-12-10",
        "公开期限": "2027-01-10",
        "责任": "{'部门': '劳资科', '岗位': '劳资科科长'}",
        "依据": "['企业民主管理规定']",
        "草稿": "True",
    }
    assert body.split("\n") == [
        "| 车间 | 人数 | 合计 |", "|---|---:|---:|", "| 铸造 |  |  |", "| 合计 |  |  |", "",
    ]  # fmt: skip


def test_without_a_period_it_is_the_one_that_is_over(tmp_path: Path) -> None:
    make_site(tmp_path, {})
    assert new(tmp_path, "食堂账目")[1]["所属期"] == "2026-11"
    assert new(tmp_path, "食堂账目")[1]["所属期"] == "2026-12"


def test_of_what_each_workshop_tells_it_is_for_one_that_has_not_yet(tmp_path: Path) -> None:
    """Both told September's; casting has October's, so machining's is next, then nobody's."""
    files = {
        f"boards/{name}.yml": f"title: {name}\nworkshop: {name}\n"
        for name in ("casting", "machining")
    }
    for name, month in (("casting", 9), ("machining", 9), ("casting", 10)):
        files[f"content/items/2026-{month:02}-safety-{name}.md"] = item(
            category="safety-hazards", period=f"2026-{month:02}", boards=f"[{name}]"
        )
    make_site(tmp_path, files)
    path, found = new(tmp_path, "安全生产和隐患治理", "--period", "2026-10")
    assert path.endswith("/2026-10-safety-machining.yml")
    assert found["公开栏"] == ["machining"]


def test_after_an_item_its_text_comes_along(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/2026-10-wages.md": WAGES})
    _, found = new(tmp_path, "--from", "2026-10-wages")
    assert found["所属期"] == "2026-11"
    assert str(found["正文"]).startswith("摘要：共 3 人。\n\n| 车间 | 人数 | 合计 |")


def test_a_notice_has_a_window_that_is_long_enough(tmp_path: Path) -> None:
    """Five working days from Thursday 3 December are over on the 9th; one more is safe."""
    make_site(tmp_path, {"content/org.yml": ORG})
    _, found = new(tmp_path, "评先评优", "--publish", "2026-12-03")
    window = found["公示期"]
    assert isinstance(window, dict)
    assert {key: str(value) for key, value in window.items()} == {
        "起": "2026-12-03", "止": "2026-12-10", "渠道": "工会 8001",
    }  # fmt: skip
    assert "草稿" not in found
    assert not {rule for rule, _ in errors(tmp_path, "2026-12-03") if rule.startswith("notice/")}


def test_whatever_the_category_the_file_is_valid(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/org.yml": ORG, "content/catalogue.yml": "地区: 山东\n"})
    done = run(tmp_path, "new", "nothing")
    assert (done.returncode, done.stdout) == (2, "")
    from gongkai.source.library import read_library
    from gongkai.source.site import read_site

    for category in read_library(read_site(tmp_path))[0].catalogue.categories:
        new(tmp_path, category, "--publish", "2026-12-03")
    found = json.loads(run(tmp_path, "check", "--at", "2026-12-05", "--format", "json").stdout)
    bad = {one["rule"] for one in found["findings"] if one["severity"] == "error"}
    assert bad <= {"congress/missing"}  # what only people can do


def test_it_overwrites_nothing_and_says_so(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/2026-10-wages.md": WAGES})
    path, _ = new(tmp_path, "工资奖金分配", "--period", "2026-11")
    before = (tmp_path / path).read_bytes()
    done = run(tmp_path, "new", "工资奖金分配", "--period", "2026-11", "--at", "2026-12-03")
    assert (done.returncode, done.stdout) == (2, "")
    assert (tmp_path / path).read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [[], ["wages-bonus", "--period", "2026-Q3"], ["wages-bonus", "--period", "十二月"],
     ["wages-bonus", "--publish", "明天"], ["--from", "no-such-item"]],
)  # fmt: skip
def test_wrong_usage_is_told_in_a_line(arguments: list[str], tmp_path: Path) -> None:
    make_site(tmp_path, {})
    done = run(tmp_path, "new", *arguments)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert not list((tmp_path / "content/items").rglob("*.yml"))


@pytest.mark.parametrize("how", [["--empty"], []])
def test_a_new_site_builds_without_an_error(how: list[str], kept: Path, tmp_path: Path) -> None:
    folder = tmp_path / "厂务公开"
    assert run(tmp_path, "init", str(folder), *how).returncode == 0
    assert (folder / ".vscode/schema/item.json").is_file()
    shutil.copytree(kept, folder / ".gongkai")
    done = run(folder, "build", "--at", "2026-11-22")
    assert done.returncode == 0, done.stderr
    again = run(tmp_path, "init", str(folder), *how)
    assert (again.returncode, again.stdout) == (2, "")


@pytest.mark.parametrize(
    ("category", "offered", "not_offered"),
    [
        ("业务招待费", ("# 审批:", "# 程序:", "# 职代会:", "环节: 审查", "版本:"), ("# 附件:",)),
        ("劳动规章制度", ("# 职代会:", "# 附件:", "会议纪要", "只存档"), ("# 审批:", "# 程序:")),
        ("放假和年休假", (), ("# 审批:", "# 程序:", "# 职代会:", "# 附件:")),
    ],
)
def test_what_the_category_needs_is_offered(
    category: str, offered: tuple[str, ...], not_offered: tuple[str, ...], tmp_path: Path
) -> None:
    make_site(tmp_path, {})
    done = run(tmp_path, "new", category, "--at", "2026-12-07")
    assert done.returncode == 0, done.stderr
    text = Path(done.stdout.strip()).read_text("utf-8")
    assert all(one in text for one in offered)
    assert not [one for one in not_offered if one in text]
    assert ("print approval" in done.stderr) is ("# 审批:" in offered)


def test_what_is_offered_and_left_empty_counts_as_not_given(tmp_path: Path) -> None:
    make_site(tmp_path, {})
    done = run(tmp_path, "new", "业务招待费", "--at", "2026-12-07")
    path = Path(done.stdout.strip())
    open_lines = path.read_text("utf-8").replace("\n# ", "\n")
    path.write_text(open_lines.replace("草稿: true", "草稿: 否"), encoding="utf-8")
    assert errors(tmp_path, "2026-12-07") == set()
