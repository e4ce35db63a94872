"""The congress meets, is re-elected, is made up as the province asks, and confirms what was dealt
with between its sessions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gongkai.domain.finding import Severity
from gongkai.domain.model import Member
from gongkai.status.deadlines import Due, deadlines
from tests.command import run
from tests.sites import check, item, make_site

ORG = (
    "名称: 厂\n职代会: {任期: {起: 2024-01-01, 止: %s}, 代表: {总数: 80, 一线: 50, 管理人员: %s}}\n"
)
HELD = "- {编号: Z1, 种类: 职代会, 届次: 一届一次, 日期: 2025-11-20, 应到: 80, 实到: 77}\n"
JOINT = """\
- 编号: L1
  种类: 联席会议
  日期: 2026-08-20
  议程: [{事项: 调整发薪日, 方式: 审议}, {事项: 工伤处理, 方式: 报告}]
"""
LATER = """\
- 编号: Z2
  种类: 职代会
  日期: 2026-11-20
  议程: [{事项: 调整发薪日, 方式: 审议, 结果: 通过}]
"""
TRAINING = """\
- 编号: P1
  种类: 培训
  日期: 2026-03-01
  应到: 12
  实到: 12
  说明: 新代表怎样提提案
"""
AT = "2026-02-01"
PRIVATE = {"content/catalogue.yml": "所有制: 民营\n地区: 浙江\n"}


def told(root: Path, at: str, **files: str) -> list[tuple[str, str, Severity]]:
    names = {"org": "content/org.yml", "meetings": "content/meetings/2026.yml",
             "catalogue": "content/catalogue.yml"}  # fmt: skip
    made = {names[key]: text for key, text in files.items()}
    site = make_site(root, {"content/items/a.md": item(expires="2030-01-01"), **made})
    return [
        (finding.rule, finding.case, finding.severity)
        for finding in check(site, at).findings
        if finding.rule.startswith("congress/")
    ]


@pytest.mark.parametrize(("at", "is_late"), [("2026-11-20", False), ("2026-11-21", True)])
def test_a_session_is_held_within_twelve_months(at: str, is_late: bool, tmp_path: Path) -> None:
    """B6 「督促基层按时召开职代会」."""
    expected = [("congress/no-session", "", Severity.WARNING)] if is_late else []
    assert told(tmp_path, at, meetings=HELD) == expected


def test_a_session_to_come_is_none_yet(tmp_path: Path) -> None:
    later = HELD + "- {编号: Z2, 种类: 职代会, 日期: 2026-11-25}\n"
    assert [text for text, *_ in told(tmp_path, "2026-11-22", meetings=later)] == [
        "congress/no-session"
    ]
    assert not told(tmp_path, "2026-11-26", meetings=later)


def test_a_term_without_any_session(tmp_path: Path) -> None:
    found = told(tmp_path, "2026-11-20", org=ORG % ("2028-12-31", 15))
    assert found == [("congress/no-session", "never", Severity.WARNING)]


@pytest.mark.parametrize(
    ("at", "case"),
    [("2025-10-01", None), ("2025-10-02", ""), ("2025-12-31", ""), ("2026-01-01", "over")],
)
def test_a_term_is_told_ninety_days_before_its_end(
    at: str, case: str | None, tmp_path: Path
) -> None:
    """B6 「搞好换届选举工作」."""
    org, held = ORG % ("2025-12-31", 15), HELD.replace("2025-11", "2025-09")
    found = [row for row in told(tmp_path, at, org=org, meetings=held) if row[0] == "congress/term"]
    assert [row[1] for row in found] == ([] if case is None else [case])


@pytest.mark.parametrize(("managers", "is_broken"), [(16, False), (17, True)])
def test_managers_are_a_fifth_at_most_in_zhejiang(
    managers: int, is_broken: bool, tmp_path: Path
) -> None:
    """B26 「确保一线职工代表的数量」."""
    org = ORG % ("2028-12-31", managers)
    found = told(tmp_path, "2025-12-01", org=org, meetings=HELD, catalogue="地区: 浙江\n")
    assert [row[:2] for row in found] == (
        [("congress/composition", "managers")] if is_broken else []
    )


def test_a_province_whose_text_was_not_obtained_judges_no_shares(tmp_path: Path) -> None:
    org = ORG % ("2028-12-31", 60)
    assert not told(tmp_path, "2025-12-01", org=org, meetings=HELD, catalogue="地区: 山东\n")


def test_a_part_is_no_more_than_the_whole(tmp_path: Path) -> None:
    found = told(tmp_path, "2025-12-01", org=ORG % ("2028-12-31", 81), meetings=HELD)
    assert [row[:2] for row in found] == [("congress/composition", "managers-sum")]


def test_what_a_joint_meeting_did_is_told_until_it_is_confirmed(tmp_path: Path) -> None:
    """A8: it informs until the next session, and is a warning once that passed it over."""
    before = told(tmp_path, "2026-09-01", meetings=JOINT)
    assert before == [("congress/unconfirmed", "next", Severity.INFO)] * 2
    after = told(tmp_path, "2026-11-22", meetings=JOINT + LATER)
    assert after == [("congress/unconfirmed", "", Severity.WARNING)]


@pytest.mark.parametrize(
    ("more", "meetings", "case"),
    [
        ("", "[]\n", "next"),
        ("", LATER, ""),
        ("", LATER.replace("调整发薪日", "食堂改造"), None),
        (", {act: review, date: 2026-11-20}", "[]\n", None),
    ],
)
def test_so_is_what_an_item_says_of_a_joint_meeting_without_a_record(
    more: str, meetings: str, case: str | None, tmp_path: Path
) -> None:
    text = item(
        title="食堂改造", category="strategy-plan", expires="2030-01-01",
        congress=f"[{{act: joint-meeting, date: 2026-08-14}}{more}]",
    )  # fmt: skip
    files = {"content/items/a.md": text, "content/meetings/2026.yml": meetings}
    found = check(make_site(tmp_path, files), "2026-11-22").findings
    cases = [
        (finding.path, finding.case) for finding in found if finding.rule == "congress/unconfirmed"
    ]
    assert cases == ([] if case is None else [("content/items/a.md", case)])


def test_calendars_tell_the_next_session_and_the_end_of_the_term(tmp_path: Path) -> None:
    files = {"content/org.yml": ORG % ("2026-12-31", 15), "content/meetings/2025.yml": HELD}
    standings = check(make_site(tmp_path, {**files, "content/items/a.md": item()}), AT).standings
    found = {deadline.due: (deadline.day, deadline.dept) for deadline in deadlines(standings)}
    assert found[Due.SESSION] == (date(2026, 11, 20), "工会")
    assert found[Due.TERM] == (date(2026, 12, 31), "工会")


def test_a_private_firm_that_needs_none_of_it_is_told_nothing(tmp_path: Path) -> None:
    """B29: a bare site of sixty people, years later."""
    files = {**PRIVATE, "content/items/a.md": item(expires="2030-01-01", refresh="never")}
    found = check(make_site(tmp_path, files), "2029-11-20").findings
    families = ("congress/", "timing/", "ref/meeting", "procedure/")
    assert not [finding.rule for finding in found if finding.rule.startswith(families)]


def test_the_page_tells_sessions_matters_numbers_and_attendance(tmp_path: Path) -> None:
    files = {
        "content/org.yml": ORG % ("2028-12-31", 17),
        "content/catalogue.yml": "地区: 浙江\n",
        "content/meetings/2026.yml": JOINT + LATER + HELD + TRAINING,
        "content/items/a.md": item(
            title="公示发薪日", meeting="{id: Z2, matter: 调整发薪日}", publish="2026-11-21",
            expires="2026-12-31",
        ),
    }  # fmt: skip
    site = make_site(tmp_path, files)
    assert run(tmp_path, "build", "--at", "2026-11-22").returncode == 0
    page = (site.out / "congress/index.html").read_text("utf-8")
    for word in ("一届一次", "应到 80，实到 77", "21.2%", "浙江省企业民主管理条例第十一条",
                 "今年培训 1 次，12 人次", "新代表怎样提提案", "2027年11月20日"):  # fmt: skip
        assert word in page, word
    assert '<a href="../items/a/">调整发薪日</a>' in page
    open_ones = page.split('id="unconfirmed"')[1].split('id="sessions"')[0]
    assert "工伤处理" in open_ones
    assert "调整发薪日" not in open_ones
    assert 'href="congress/"' in (site.out / "index.html").read_text("utf-8")


def test_a_matter_whose_item_was_hidden_is_told_by_nobody(tmp_path: Path) -> None:
    hidden = item(
        title="调整发薪日", publish="2026-11-21", expires="2026-12-31", meeting="Z2",
        withdrawn="{date: 2026-11-22, by: 办公室, reason: 涉密, hide: true}",
    )  # fmt: skip
    files = {"content/meetings/2026.yml": JOINT + LATER, "content/items/a.md": hidden}
    site = make_site(tmp_path, files)
    assert run(tmp_path, "build", "--at", "2026-11-23").returncode == 0
    assert "调整发薪日" not in (site.out / "congress/index.html").read_text("utf-8")


KEPT = """\
- 编号: Z3
  种类: 职代会
  日期: 2026-11-20
  议程:
    - {事项: 写到一半的事, 方式: 审议}
    - {事项: 下周公开的事, 方式: 审议}
    - {事项: 只在纸上的事, 方式: 审议}
    - {事项: 谁也没写的事, 方式: 审议}
- {编号: L3, 种类: 联席会议, 日期: 2026-11-10, 议程: [{事项: 名称不同的事, 方式: 审议}]}
"""


def test_a_matter_is_told_with_its_item_and_not_before(tmp_path: Path) -> None:
    """Neither of a draft, nor of what is to come or on paper alone; nor, under the name that it has
    in the record, of what was hidden."""
    made = {"publish": "2026-11-21", "expires": "2026-12-31", "meeting": "Z3"}
    hide = "{date: 2026-11-22, by: 办公室, reason: 涉密, hide: true}"
    files = {
        "content/meetings/2026.yml": KEPT,
        "content/items/a.md": item(**{**made, "title": "写到一半的事", "draft": "true"}),
        "content/items/b.md": item(**{**made, "title": "下周公开的事", "publish": "2026-11-30"}),
        "content/items/c.md": item(**{**made, "title": "只在纸上的事", "channels": "[poster]"}),
        "content/items/d.md": item(
            **{**made, "title": "已隐去", "meeting": "L3", "body": "涉密内容", "withdrawn": hide}
        ),
    }
    site = make_site(tmp_path, files)
    matters = ("写到一半的事", "下周公开的事", "只在纸上的事", "谁也没写的事", "名称不同的事")
    told = {}
    for day in ("2026-11-23", "2026-11-30"):
        assert run(tmp_path, "build", "--at", day).returncode == 0
        page = (site.out / "congress/index.html").read_text("utf-8")
        told[day] = [matter for matter in matters if matter in page]
        assert f"另有 {5 - len(told[day]) - 1} 项不在这里公开" in page
    where = str(tmp_path / "filed")
    assert run(tmp_path, "archive", "--year", "2026", "--out", where).returncode != 2
    (filed,) = (tmp_path / "filed").rglob("meetings.json")
    assert [matter for matter in matters if matter not in filed.read_text("utf-8")] == [
        "名称不同的事"
    ]
    assert told == {"2026-11-23": ["谁也没写的事"], "2026-11-30": ["下周公开的事", "谁也没写的事"]}


def test_what_a_joint_meeting_turned_down_is_not_confirmed(tmp_path: Path) -> None:
    joint = JOINT.replace("{事项: 工伤处理, 方式: 报告}", "{事项: 改厂牌, 结果: 未通过}")
    assert told(tmp_path, "2026-11-22", meetings=joint + LATER) == []


@pytest.mark.parametrize(
    ("org", "spot"),
    [
        ("名称: 厂\n职代会:\n  任期: {起: 2029-01-01, 止: 2024-01-01}\n", 3),
        ("名称: 厂\n小组:\n- 名称: 甲\n  成员: [{岗位: 乙, 起: 2027-01-01, 止: 2026-01-01}]\n", 4),
    ],
    ids=["a term", "a member"],
)
def test_what_ends_before_it_begins_is_told(org: str, spot: int, tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/items/a.md": item(), "content/org.yml": org})
    findings = [finding for finding in check(site, AT).findings if finding.rule == "dates/order"]
    assert [(finding.path, finding.line, finding.case) for finding in findings] == [
        ("content/org.yml", spot, "span")
    ]


def test_a_site_without_meetings_has_no_such_page(tmp_path: Path) -> None:
    site = make_site(tmp_path, {**PRIVATE, "content/items/a.md": item()})
    run(tmp_path, "build", "--at", "2026-11-22")
    assert not (site.out / "congress").exists()
    assert "congress/" not in (site.out / "index.html").read_text("utf-8")


def test_groups_change_and_the_past_keeps_its_members() -> None:
    """A1, A27: who supervised on a day."""
    member = Member("纪委书记", "组长", date(2026, 1, 10), date(2026, 12, 31))
    days = (date(2026, 1, 9), date(2026, 1, 10), date(2026, 12, 31), date(2027, 1, 1))
    assert [member.serves(day) for day in days] == [False, True, True, False]
    assert Member("工会主席").serves(date(2026, 1, 1))
