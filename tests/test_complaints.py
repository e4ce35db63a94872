"""What the source complains of, made to come true in a small site, and seen told. Rows that other
tests have: A8, B6, B26, B29 in test_congress; A9, A11, A23, B27, B28 in test_meetings; B4 in
test_plan; B24 in test_timeline; B25 in test_timing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gongkai.domain.terms import Act
from gongkai.status.year_plan import year_plan
from tests.command import run
from tests.sites import check, item, make_site

AT = "2027-03-10"
ORG = """\
名称: 厂
部门: [{名称: 工会, 岗位: [工会主席]}]
小组:
  - 名称: 厂务公开监督小组
    成员:
      - {岗位: 纪委书记, 角色: 组长, 止: 2026-12-31}
      - {岗位: 审计部部长, 角色: 组长, 起: 2027-01-01}
"""
STATE = "所有制: 国有\n起始: 2026-01\n"


def rules(root: Path, files: dict[str, str], at: str = AT) -> set[str]:
    return {one.rule for one in check(make_site(root, files), at).findings}


def test_a1_nobody_of_the_organisation_answers_for_it(tmp_path: Path) -> None:
    """「成立了厂务公开制度领导小组、监督检查小组,设立了厂务公开办公室」."""
    nobody = {"content/org.yml": ORG, "content/items/a.md": item(owner="{dept: 宣传科}")}
    assert "ref/owner" in rules(tmp_path, nobody, "2026-11-20")


def test_a11_the_archive_tells_what_it_lacks(tmp_path: Path) -> None:
    """「有的资料不全」."""
    make_site(tmp_path, {"content/items/a.md": item()})
    run(tmp_path, "archive", "--year", "2026", "--out", str(tmp_path / "filed"), "--at", AT)
    text = (tmp_path / "filed/2026/missing.csv").read_text("utf-8-sig")
    lacks = {row[2] for row in csv.reader(text.splitlines())}
    assert "缺审批记录" in lacks


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ("[]\n", ""),
        ("- {编号: P1, 种类: 培训, 日期: 2027-02-01, 实到: 40, 说明: 公开员培训}\n", "40 人次"),
    ],
)
def test_a19_b20_trainings_are_counted(records: str, told: str, tmp_path: Path) -> None:
    """「带头学习提高,组织职工代表以及全体职工的学习」「加强…职工代表和职工董事、职工监事的培训工作」."""
    congress = "职代会: {代表: {总数: 80}}\n"
    files = {"content/org.yml": ORG + congress, "content/meetings/2027.yml": records}
    site = make_site(tmp_path, {**files, "content/items/a.md": item()})
    run(tmp_path, "build", "--at", AT)
    page = (site.out / "congress/index.html").read_text("utf-8")
    assert ("今年培训 1 次" in page) is bool(told)
    assert told in page


def test_a22_each_category_says_what_the_congress_may_do(tmp_path: Path) -> None:
    """「审议、建议权…决定权和否决权…民主评议、监督权」: and what must be decided is not without."""
    library = check(make_site(tmp_path, {"content/catalogue.yml": STATE}), AT).standings.library
    acts = {one.act for one in library.catalogue.categories.values()}
    assert acts >= {Act.REPORT, Act.REVIEW, Act.PASS, Act.APPRAISE, Act.CONSULT}
    decided = item(category="restructuring-placement", publish="2027-03-01", expires="2027-03-31")
    assert "congress/missing" in rules(tmp_path, {"content/items/a.md": decided})


def test_a25_everybody_may_know_what_is_to_be_disclosed(tmp_path: Path) -> None:
    """「要使每位职工代表和广大职工都知道厂务公开的主要内容」: on the web and on paper."""
    site = make_site(tmp_path, {"content/catalogue.yml": STATE, "content/items/a.md": item()})
    run(tmp_path, "build", "--at", "2026-11-20")
    for path in ("duties/index.html", "plan/index.html"):
        assert "食堂账目" in (site.out / path).read_text("utf-8")
    for path in ("posters/catalogue.pdf", "posters/plan.pdf"):
        assert (site.out / path).stat().st_size > 5_000


def test_a27_an_old_group_is_told_with_its_days(tmp_path: Path) -> None:
    """「关于成立厂务公开监督小组的通知…组长…副组长…成员」: who it was then, and is now."""
    congress = "职代会: {代表: {总数: 80}}\n"
    recent = item(publish="2027-03-01", expires="2027-04-30")
    items = {"content/items/old.md": item(expires="2027-12-31"), "content/items/new.md": recent}
    site = make_site(tmp_path, {"content/org.yml": ORG + congress, **items})
    run(tmp_path, "build", "--at", AT)
    old, new = (
        (site.out / f"items/{name}/index.html").read_text("utf-8") for name in ("old", "new")
    )
    assert "公开时的厂务公开监督小组：组长 纪委书记" in old
    assert "公开时的" not in new
    page = (site.out / "congress/index.html").read_text("utf-8")
    past, now = page.split("纪委书记")[0], page.split("审计部部长")[0]
    assert past.rstrip().endswith("组长")
    assert 'class="gk-off"' in past.rsplit("<li", 1)[1]
    assert 'class="gk-off"' not in now.rsplit("<li", 1)[1]
    assert "2026年12月31日止" in page
    assert "2027年1月1日起" in page


def test_a27_the_notice_of_a_group_is_made_of_its_members_at_the_time(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/org.yml": ORG})
    for at, leader in (("2026-11-20", "纪委书记"), ("2027-03-10", "审计部部长")):
        done = run(tmp_path, "new", "常设信息", "--at", at, "--publish", at)
        text = Path(done.stdout.strip()).read_text("utf-8")
        assert "## 厂务公开监督小组" in text
        assert [line for line in text.splitlines() if "组长" in line] == [f"  | 组长 | {leader} |"]


@pytest.mark.parametrize("category", ["collective-contract-performance", "business-entertainment"])
def test_b7_b8_a_report_that_was_never_made_is_missed(category: str, tmp_path: Path) -> None:
    """「坚持集体合同履约情况在职代会上的报告制度」「坚持业务招待费在职代会上报告的制度」."""
    site = make_site(tmp_path, {"content/catalogue.yml": STATE, "content/items/a.md": item()})
    found = check(site, AT)
    missing = {one.category for one in found.standings.duties.missing(found.standings.today)}
    assert category in missing
    planned = [one for one in year_plan(found.standings, 2027).planned if one.category == category]
    assert planned
    assert not any(one.done for one in planned)
