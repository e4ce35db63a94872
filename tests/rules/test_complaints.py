"""What the source complains of, made to come true in a small site, and seen told. Rows that other
tests have: A8, B6, B26, B29 in test_congress; A9, A11, A23, B27, B28 in test_meetings; B4 in
test_plan; B24 in test_timeline; B25 in test_timing; B2 in test_news; B32 in test_surveys."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pypdfium2
import pytest

from gongkai.domain.terms import CongressAct
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
    return {finding.rule for finding in check(make_site(root, files), at).findings}


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
    acts = {category.act for category in library.catalogue.categories.values()}
    assert acts >= {
        CongressAct.REPORT,
        CongressAct.REVIEW,
        CongressAct.PASS,
        CongressAct.APPRAISE,
        CongressAct.CONSULT,
    }
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
    missing = {duty.category for duty in found.standings.duties.missing(found.standings.today)}
    assert category in missing
    planned = [
        planned
        for planned in year_plan(found.standings, 2027).planned
        if planned.category == category
    ]
    assert planned
    assert not any(one.done for one in planned)


# -- what workers say ------------------------------------------------------------------------------

SURVEY = """\
- {编号: s27, 标题: 2027年测评, 日期: 2027-03-05, 对象: 职工代表, 发放: 80, 收回: %s, 有效: %s,
   满意: 50, 基本满意: 20, 不满意: 3, 题目: [{编号: 过程, 满意: 40, 基本满意: 10, 不满意: 20},
   {编号: 质量, 满意: 60, 基本满意: 8, 不满意: 2}, {编号: 效果, 满意: 60, 基本满意: 8, 不满意: 2}]}
- {编号: item-a, 标题: 甲, 日期: 2027-03-06, 事项: a, 有效: 6,
   题目: [{编号: 真实, 满意: 6}, {编号: 程序, 满意: 6}, {编号: 整改, 基本满意: 1, 不满意: 5}]}
"""
FORUM = """\
- {编号: Y27-1, 来源: 座谈会, 收到日期: 2027-01-05, 意见: 夜班没有热饭, 类别: 食堂, 承办: 后勤部}
- {编号: Y27-2, 来源: 意见箱, 收到日期: 2027-02-20, 意见: 灯暗, 承办: 后勤部, 答复日期: 2027-03-01,
   答复: 正在研究}
- {编号: Y26-9, 来源: 意见箱, 收到日期: 2026-12-20, 意见: 门坏, 承办: 后勤部, 答复日期: 2027-01-10,
   答复: 修好了, 结果: A}
"""


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published site in which workers said much."""
    files = {
        "content/org.yml": ORG + "渠道: [{类型: 网站, 说明: 网上, 网址: 'https://b.example/say/new?item={item}'}]\n",
        "content/items/a.md": item(publish="2027-03-01", expires="2027-06-30"),
        "content/surveys/2027.yml": SURVEY % (78, 73),
        "content/opinions/2027.yml": FORUM,
    }  # fmt: skip
    site = make_site(tmp_path_factory.mktemp("heard"), files)
    assert run(site.root, "build", "--at", AT).returncode == 0
    return site.root


def test_a6_what_a_forum_brought_up_is_answered_and_counted(heard: Path) -> None:
    """「从座谈会反映的情况来看…不少职工代表还提出了一些积极的建议」: it has its clock, wherever it
    was said."""
    late = [
        finding
        for finding in check(make_site(heard, {}), AT).findings
        if finding.rule == "opinion/overdue"
    ]
    assert [finding.values["id"] for finding in late] == ["Y27-1"]
    page = (heard / "site/opinions/index.html").read_text("utf-8")
    assert "<td>座谈会</td>" in page
    window = ("--from", "2027-01-01", "--to", "2027-03-10", "--format", "json")
    told = json.loads(run(heard, "report", *window).stdout)["opinions"]
    forum = next(row for row in told["sources"] if row["name"] == "座谈会")
    assert forum == {"name": "座谈会", "received": 1, "closed": 0, "late": 1, "returned": 0}


def test_a7_how_many_are_satisfied_and_who_was_asked(heard: Path, tmp_path: Path) -> None:
    """「问卷调查中有96%以上的职工代表…感到满意或基本满意」: the rate with its ballots; and a survey
    that nobody held is told."""
    page = (heard / "site/surveys/index.html").read_text("utf-8")
    assert "95.89%" in page  # 70 of 73
    assert "78/80 (97.50%)" in page
    assert "职工代表" in page
    plan = "{编号: s27, 标题: 2027年测评, 日期: 2027-03-05}\n"
    assert "survey/due" in rules(tmp_path, {"content/surveys/2027.yml": plan})


@pytest.mark.parametrize(
    ("day", "is_told"), [("2027-02-25 14:00", True), ("2027-03-25 14:00", False)]
)
def test_a13_a_reception_day_that_is_over_is_told(day: str, is_told: bool, tmp_path: Path) -> None:
    """「及时听取和收集职工群众的意见不够,渠道不够通畅」."""
    channels = f"渠道: [{{类型: 接待日, 说明: 工会, 日期: ['{day}']}}]\n"
    found = rules(tmp_path, {"content/org.yml": ORG + channels})
    assert ("opinion/no-reception" in found) is is_told


def test_a14_a_reply_without_result_and_one_that_nobody_can_read(heard: Path) -> None:
    """「对职工意见的办理结果没有及时[公]开」."""
    found = check(make_site(heard, {}), AT).findings
    told = {
        finding.rule: finding.values["id"]
        for finding in found
        if finding.rule.startswith("opinion/")
    }
    assert told["opinion/no-result"] == "Y27-2"
    assert told["opinion/unpublished"] == "Y26-9"


@pytest.mark.parametrize(("returned", "is_told"), [(39, True), (40, False)])
def test_a17_few_who_take_part_are_told(returned: int, is_told: bool, tmp_path: Path) -> None:
    """「职工群众…积极性不够高」."""
    survey = SURVEY.replace("50, 基本满意: 20", "10, 基本满意: 20").split("   满意: 10")[0]
    text = survey % (returned, 33) + "满意: 10, 基本满意: 20, 不满意: 3}\n"
    found = rules(tmp_path, {"content/surveys/2027.yml": text})
    assert ("survey/few-returned" in found) is is_told


def test_a21_b15_after_it_was_disclosed_workers_judge_it(heard: Path) -> None:
    """「注重抓好厂务公开后职工民主管理渠道的畅通」「落实职工群众对厂务公开的满意度」: each
    item leads to where it is appraised, and tells how."""
    page = (heard / "site/items/a/index.html").read_text("utf-8")
    assert "https://b.example/say/new?item=a" in page
    assert "职工评议（6 人）：真实 6/6 满意或基本满意、程序 6/6 满意或基本满意、整改 1/6" in page


def test_b31_process_quality_and_effect_are_judged_by_themselves(heard: Path) -> None:
    """「把厂务公开的过程、质量、效果的要求具体化,由职工进行评价」."""
    page = (heard / "site/surveys/index.html").read_text("utf-8")
    rates = {"不只公开结果，也公开过程": "71.43%", "公开的内容完整、看得懂": "97.14%"}
    for question, rate in rates.items():
        assert rate in page.split(question)[1][:120]


def test_b32_what_workers_are_asked_by_default(tmp_path: Path) -> None:
    """「让职工监督公开的内容是否真实、程序是否适当,问题是否得到及时整改」: on every ballot."""
    plan = "{编号: s27, 标题: 2027年测评, 日期: 2027-03-25}\n"
    root = make_site(tmp_path, {"content/surveys/2027.yml": plan}).root
    out = tmp_path / "ballots.pdf"
    assert run(root, "print", "survey", "s27", "--at", AT, "--out", str(out)).returncode == 0
    with pypdfium2.PdfDocument(out) as document:
        text = str(document[0].get_textpage().get_text_bounded())
    for question in ("公开的内容真实", "公开的程序适当", "发现的问题及时整改"):
        assert text.count(question) == 2
