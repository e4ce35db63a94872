"""Inspections: what was looked at was drawn, what was found is mended, and both are counted."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from gongkai.source.site import read_site
from tests.command import run
from tests.sites import check, item, make_site

NAMES = ["a", "b", "c", "d", "e"]
PNG = io.BytesIO()
Image.new("RGB", (3, 5)).save(PNG, "PNG")
DRAW = "{起: 2026-11-01, 止: 2026-11-30, 数量: 2, 种子: 掷得 3 5 1%s}"


def texts(path: Path) -> list[str]:
    """What stands on each page of a PDF."""
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range() for page in document]


def site_with(tmp_path: Path, entry: str) -> Path:
    """Five items of November, one of October, one that is a draft, and an inspection."""
    files = {f"content/items/{name}.md": item(title=name) for name in NAMES}
    files["content/items/old.md"] = item(publish="2026-10-31")
    files["content/items/draft.md"] = item(draft="true")
    ledger = f"- {{编号: J1, 日期: 2026-11-20, 方式: 抽查, 检查人: 厂务公开监督小组, {entry}}}\n"
    make_site(tmp_path, {**files, "content/inspections/2026.yml": ledger})
    return tmp_path


def by_hand(seed: str, count: int) -> list[str]:
    """The same draw as anybody can do it, with sha256sum and sort."""
    marks = {hashlib.sha256(f"{seed}:{name}".encode()).hexdigest(): name for name in NAMES}
    return [marks[mark] for mark in sorted(marks)][:count]


def found(root: Path, at: str = "2026-11-22") -> list[tuple[str, str]]:
    findings = check(read_site(root), at).findings
    return [
        (finding.rule, finding.case)
        for finding in findings
        if finding.rule.startswith("inspection/")
    ]


@pytest.mark.parametrize(
    ("items", "case"),
    [
        ("", [("inspection/sample", "undrawn")]),
        (", 抽中: [{drawn}]", []),
        (", 抽中: [a, b, c]", [("inspection/sample", "")]),
    ],
)
def test_a_sample_is_what_the_seed_draws(
    items: str, case: list[tuple[str, str]], tmp_path: Path
) -> None:
    chosen = items.format(drawn=", ".join(by_hand("掷得 3 5 1", 2)))
    assert found(site_with(tmp_path, f"抽样: {DRAW % chosen}")) == case


def test_what_is_published_later_changes_no_draw(tmp_path: Path) -> None:
    chosen = f", 抽中: [{', '.join(by_hand('掷得 3 5 1', 2))}]"
    root = site_with(tmp_path, f"抽样: {DRAW % chosen}")
    for number in range(9):
        later = item(publish="2026-11-21", title=f"{number}")
        (root / f"content/items/later{number}.md").write_text(later, "utf-8")
    assert found(root, "2026-11-29") == []


@pytest.mark.parametrize(
    "draw",
    [
        "{起: 2026-11-30, 止: 2026-11-01, 数量: 2, 种子: 一}",
        "{起: 2026-11-01, 止: 2026-11-30, 数量: 2, 种子: 一, 公开栏: 无}",
    ],
)
def test_a_sample_of_nothing_is_told(draw: str, tmp_path: Path) -> None:
    assert found(site_with(tmp_path, f"抽样: {draw}")) == [("inspection/sample", "void")]


def test_check_tells_what_was_drawn(tmp_path: Path) -> None:
    done = run(site_with(tmp_path, f"抽样: {DRAW % ''}"), "check", "--at", "2026-11-22")
    assert "、".join(by_hand("掷得 3 5 1", 2)) in done.stdout


@pytest.mark.parametrize(
    ("flaw", "at", "rules"),
    [
        ("期限: 2026-11-30", "2026-11-30", []),
        ("期限: 2026-11-30", "2026-12-01", [("inspection/unmended", "")]),
        ("期限: 2026-11-30, 整改日期: 2026-11-28", "2026-12-01", []),
        ("期限: 2026-11-30, 整改日期: 2026-12-05", "2026-12-01", [("inspection/unmended", "")]),
    ],
)
def test_what_was_found_is_mended_by_its_day(
    flaw: str, at: str, rules: list[tuple[str, str]], tmp_path: Path
) -> None:
    assert found(site_with(tmp_path, f"发现: [{{问题: 灯坏了, {flaw}}}]"), at) == rules


def test_a_report_counts_them_as_they_were_at_its_end(tmp_path: Path) -> None:
    flaws = "发现: [{问题: 灯坏了, 整改日期: 2026-11-25}, {问题: 缺台账, 整改日期: 2026-12-02}]"
    root = site_with(tmp_path, flaws)
    window = ("--from", "2026-11-01", "--to", "2026-11-30")
    told = json.loads(run(root, "report", *window, "--format", "json").stdout)["inspections"]
    assert [(one["id"], one["flaws"], one["mended"]) for one in told] == [("J1", 2, 1)]
    assert "发现 2 个问题，已整改 1 个" in run(root, "report", *window).stdout


def test_the_supervision_page_shows_them(tmp_path: Path) -> None:
    root = site_with(tmp_path, "发现: [{问题: 灯坏了, 整改部门: 车间, 期限: 2026-12-30}]")
    assert run(root, "build", "--at", "2026-11-22").returncode == 0
    page = (root / "site/report/index.html").read_text("utf-8")
    assert "抽查" in page
    assert "灯坏了" in page


def records(root: Path, ledger: str, checklist: str = "", at: str = "2026-11-22") -> set[str]:
    """The rules, with their cases, that are broken by inspections and a schedule."""
    files = {"content/items/a.md": item(), "content/inspections/2026.yml": ledger}
    if checklist:
        files["content/checklist.yml"] = checklist
    findings = check(make_site(root, files), at).findings
    return {
        f"{finding.rule} {finding.case}".strip()
        for finding in findings
        if "inspection/" in finding.rule
    }


QUARTERLY = "安排: [{方式: 自查, 周期: 每季, 检查人: 工会, 起: 2026-07-01}]\n"


@pytest.mark.parametrize(
    ("held", "at", "rules"),
    [
        ("2026-08-01", "2026-10-05", set()),
        ("2026-06-30", "2026-09-30", set()),  # the period has not passed
        ("2026-06-30", "2026-10-01", {"inspection/due"}),
        ("2026-10-20", "2026-10-21", set()),  # held late, which makes up for it
        ("2026-08-01", "2027-01-01", {"inspection/due"}),  # the next quarter
    ],
)
def test_an_inspection_of_the_schedule_is_held_in_its_period(
    held: str, at: str, rules: set[str], tmp_path: Path
) -> None:
    ledger = f"- {{编号: J1, 日期: {held}, 方式: 自查, 检查人: 工会}}\n"
    assert records(tmp_path, ledger, QUARTERLY, at) == rules


@pytest.mark.parametrize(
    ("keys", "rules"),
    [
        ("检查项: 全部, 发现: [{问题: 灯坏了, 要点: 7}]", set()),
        ("发现: [{问题: 灯坏了, 要点: 26}]", {"inspection/checklist"}),
        ("检查项: [1, 99]", {"inspection/checklist"}),
        ("检查项: [1], 发现: [{问题: 灯坏了, 要点: 7}]", {"inspection/checklist unlooked"}),
        ("发现: [{问题: 灯坏了, 公开栏: 无}]", {"inspection/checklist board"}),
    ],
)
def test_an_inspection_goes_by_the_checklist(keys: str, rules: set[str], tmp_path: Path) -> None:
    ledger = f"- {{编号: J1, 日期: 2026-11-20, 方式: 自查, 检查人: 工会, {keys}}}\n"
    assert records(tmp_path, ledger) == rules


def test_a_checklist_of_its_own_takes_the_place_of_the_built_in_one(tmp_path: Path) -> None:
    own = "标题: 本厂检查表\n要点: [{编号: 甲, 内容: 灯亮着, 要素: 形式}]\n"
    ledger = "- {编号: J1, 日期: 2026-11-20, 方式: 自查, 检查人: 工会, 检查项: 全部}\n"
    assert records(tmp_path, ledger.replace("全部", "[1]"), own) == {"inspection/checklist"}
    assert records(tmp_path, ledger, own) == set()


@pytest.mark.parametrize(
    ("second", "rules"),
    [
        ("{问题: 灯又坏了, 要点: 7, 整改部门: 车间, 期限: 2026-12-01}", {"inspection/recurring"}),
        ("{问题: 灯坏了, 要点: 7, 整改部门: 别的车间, 期限: 2026-12-01}", set()),
        ("{问题: 字看不清, 要点: 8, 整改部门: 车间, 期限: 2026-12-01}", set()),
        ("{问题: 灯又坏了, 要点: 7, 整改部门: 车间, 整改日期: 2026-11-21}", set()),
    ],
)
def test_what_comes_back_is_told_until_it_is_mended(
    second: str, rules: set[str], tmp_path: Path
) -> None:
    first = "{问题: 灯坏了, 要点: 7, 整改部门: 车间, 整改日期: 2026-08-12}"
    ledger = (
        f"- {{编号: J1, 日期: 2026-08-10, 方式: 自查, 检查人: 工会, 发现: [{first}]}}\n"
        f"- {{编号: J2, 日期: 2026-11-20, 方式: 自查, 检查人: 工会, 发现: [{second}]}}\n"
    )
    assert records(tmp_path, ledger) == rules


@pytest.mark.parametrize(
    ("way", "unit", "rules"),
    [("自查", "工会", set()), ("互查", "工会", {"inspection/own"}), ("暗访", "车间", set())],
)
def test_only_a_self_inspection_is_of_oneself(
    way: str, unit: str, rules: set[str], tmp_path: Path
) -> None:
    ledger = f"- {{编号: J1, 日期: 2026-11-20, 方式: {way}, 检查人: 工会, 对象: {unit}}}\n"
    assert records(tmp_path, ledger) == rules


def test_the_sheet_tells_each_department_what_it_has_to_mend(tmp_path: Path) -> None:
    flaws = "发现: [{问题: 灯坏了, 要点: 7, 整改部门: 铸造车间, 期限: 2026-11-30},"
    flaws += " {问题: 缺台账, 整改部门: 工会}]"
    root = site_with(tmp_path, flaws)
    out = tmp_path / "r.pdf"
    done = run(root, "print", "rectification", "J1", "--at", "2026-11-22", "--out", str(out))
    assert done.returncode == 0
    pages = texts(out)
    assert len(pages) == 2
    assert "铸造车间" in pages[0]
    assert "灯坏了" in pages[0]
    assert "公开栏完好" in pages[0]
    assert "2026年11月30日" in pages[0]
    assert "缺台账" in pages[1]
    assert "缺台账" not in pages[0]


@pytest.mark.parametrize("name", [[], ["J2"]])
def test_only_what_found_something_has_a_sheet(name: list[str], tmp_path: Path) -> None:
    root = site_with(tmp_path, "发现: [{问题: 灯坏了}]")
    done = run(root, "print", "rectification", *name, "--at", "2026-11-22")
    assert done.returncode == 2
    assert "J1" in done.stderr


def test_the_page_tells_the_schedule_the_points_and_what_comes_back(tmp_path: Path) -> None:
    flaw = "{问题: 灯坏了, 要点: 7, 整改部门: 机加工车间, 期限: 2026-11-21}"
    root = site_with(tmp_path, f"检查项: [1, 7], 发现: [{flaw}]")
    first = "- {编号: J0, 日期: 2026-08-20, 方式: 自查, 检查人: 工会, 发现: [%s]}\n"
    mended = flaw.replace("期限: 2026-11-21", "整改日期: 2026-08-21")
    (root / "content/inspections/before.yml").write_text(first % mended, "utf-8")
    (root / "content/checklist.yml").write_text(QUARTERLY, "utf-8")
    assert run(root, "build", "--at", "2026-11-22").returncode == 0
    page = (root / "site/inspections/index.html").read_text("utf-8")
    for said in ("查 2 项，合格 1 项", "过期未整改", "反复出现的问题", "2026年第三季度", "J0"):
        assert said in page
    assert 'href="inspections/"' in (root / "site/index.html").read_text("utf-8")


def test_photos_are_named_and_never_published(tmp_path: Path) -> None:
    root = site_with(tmp_path, "照片: [墙.png]")
    assert [finding.rule for finding in check(read_site(root), "2026-11-22").findings].count(
        "ref/attachment"
    ) == 1
    (root / "content/inspections/墙.png").write_bytes(PNG.getvalue())
    assert run(root, "build", "--at", "2026-11-22").returncode == 0
    assert PNG.getvalue() not in {path.read_bytes() for path in (root / "site").rglob("*.png")}
