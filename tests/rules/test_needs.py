"""What a category needs and is not recorded: told in time, and nothing is kept back for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.domain.finding import Severity
from gongkai.domain.model import Catalogue
from gongkai.domain.terms import CongressAct
from gongkai.source.catalogue import read_catalogue
from gongkai.source.site import read_site
from gongkai.status.standing import proposed_version
from tests.command import run
from tests.conftest import ROOT
from tests.sites import check, item, make_site

DAY = "2026-11-22"
STRATEGY = {"category": "strategy-plan", "owner": "{dept: 战略企管部}"}
INSURANCE = {"category": "social-insurance", "approval": "{by: 厂务公开领导小组}"}


def lacking(root: Path, text: str, at: str = DAY, **files: str) -> list[tuple[str, str]]:
    """What the item x lacks, and how much that matters."""
    site = make_site(root, {"content/items/x.md": text, **files})
    return [
        (finding.severity.value, finding.case)
        for finding in check(site, at).findings
        if finding.rule == "procedure/missing" and finding.item == "x"
    ]


def catalogue(root: Path, text: str) -> Catalogue:
    make_site(root, {"content/catalogue.yml": text})
    found, problems = read_catalogue(root, "zh", (), {})
    assert problems == []
    return found


@pytest.mark.parametrize(
    ("keys", "at", "severity"),
    [({}, DAY, "warning"), ({}, "2026-10-31", "info"), ({"draft": "true"}, DAY, "info")],
    ids=["up", "to come", "a draft"],
)
def test_it_is_a_warning_from_the_day_it_is_up(
    keys: dict[str, str], at: str, severity: str, tmp_path: Path
) -> None:
    assert lacking(tmp_path, item(**keys), at) == [(severity, "approval")]


def test_nothing_keeps_money_back(tmp_path: Path) -> None:
    site = make_site(
        tmp_path,
        {"content/items/x.md": item(category="business-entertainment", owner="{dept: 财务部}")},
    )
    findings = check(site, DAY).findings
    missing = [finding.case for finding in findings if finding.rule == "procedure/missing"]
    assert missing == ["act", "approval", "steps"]
    assert not [finding for finding in findings if finding.severity is Severity.ERROR]


def test_a_site_makes_it_an_error_or_asks_for_something_else(tmp_path: Path) -> None:
    needs = "{审批: 否, 程序: [提出], 方式: 报告, 材料: [签字表]}"
    own = f"categories: {{canteen-accounts: {{需要: {needs}}}}}\n"
    files = {"content/catalogue.yml": f"rules: {{procedure/missing: error}}\n{own}"}
    found = lacking(tmp_path, item(), **files)
    assert found == [("error", name) for name in ("act", "documents", "steps")]


@pytest.mark.parametrize(
    ("act", "rule"),
    [
        ("报告", "procedure/missing"),
        ("联席会议", "procedure/missing"),
        ("通过", "congress/missing"),
        ("协商", "congress/missing"),
        ("选举", "congress/missing"),
    ],
)
def test_whatever_act_a_site_needs_is_looked_for(act: str, rule: str, tmp_path: Path) -> None:
    """A matter that the site says must pass is void without its vote like one of the law's."""
    own = f"categories: {{canteen-accounts: {{需要: {{审批: 否, 方式: {act}}}}}}}\n"
    site = make_site(tmp_path, {"content/items/x.md": item(), "content/catalogue.yml": own})
    findings = check(site, DAY).findings
    told = [
        finding.rule for finding in findings if finding.rule.startswith(("congress/", "procedure/"))
    ]
    assert told == [rule]


def test_what_was_up_before_the_duties_began_is_not_asked(tmp_path: Path) -> None:
    assert lacking(tmp_path, item(), **{"content/catalogue.yml": "since: 2026-12\n"}) == []


def test_a_correction_is_approved_and_takes_no_steps_of_its_own(tmp_path: Path) -> None:
    text = item(kind="correction", corrects="y", **STRATEGY)
    assert lacking(tmp_path, text, **{"content/items/y.md": item()}) == [("warning", "approval")]


@pytest.mark.parametrize(("region", "is_approved"), [("山东", True), ("none", False)])
def test_a_private_enterprise_is_asked_for_what_binds_it(
    region: str, is_approved: bool, tmp_path: Path
) -> None:
    """An article of its province, and votes without which a matter is void."""
    rows = catalogue(tmp_path, f"{{ownership: private, region: {region}}}\n").categories
    assert {category.needs.act for category in rows.values()} == {
        None,
        CongressAct.PASS,
        CongressAct.CONSULT,
    }
    assert not [category.id for category in rows.values() if category.needs.steps]
    assert rows["wages-bonus"].needs.approval is is_approved
    assert not rows["canteen-accounts"].needs.approval
    assert rows["labor-rules"].needs.documents == ("会议纪要",)


def test_every_built_in_row_says_where_its_needs_come_from(tmp_path: Path) -> None:
    rows = catalogue(tmp_path, "region: 山东\n").categories
    assert len(rows) == 33
    assert all(category.needs.sources for category in rows.values())


@pytest.mark.parametrize(
    ("first", "found"),
    [("2026-01-05", []), ("2025-10-30", [("warning", "act")])],
    ids=["within the year", "longer ago"],
)
def test_a_yearly_report_is_enough_for_what_is_told_every_month(
    first: str, found: list[object], tmp_path: Path
) -> None:
    before = item(publish=first, period="2025-09", congress="{act: report}", **INSURANCE)
    text = item(period="2026-10", **INSURANCE)
    assert lacking(tmp_path, text, **{"content/items/y.md": before}) == found


def test_a_matter_that_was_deliberated_on_once_need_not_be_again(tmp_path: Path) -> None:
    whole = {"approval": "{by: 领导小组}", "thread": "食堂改造", **STRATEGY}
    plan = item(congress="{act: review}", **whole)
    text = item(**whole)
    assert lacking(tmp_path, text, **{"content/items/y.md": plan}) == [("warning", "steps")]


def test_a_file_for_the_archive_proves_and_is_published_nowhere(tmp_path: Path) -> None:
    text = item(
        category="labor-rules",
        congress="{act: consult, consultation: 协商两次}",
        attachments="[{文件: a.txt, 名称: 工会会议纪要, 只存档: 是}, {file: b.txt, title: 说明}]",
    )
    make_site(tmp_path, {"content/items/a.txt": "纪要", "content/items/b.txt": "说明"})
    site = make_site(tmp_path, {"content/items/x.md": text})
    (found,) = check(site, DAY).standings.library.items
    assert [file.name for file in found.archived] == ["a.txt"]
    assert [(attachment.name, attachment.called) for attachment in found.attachments] == [
        ("b.txt", "说明")
    ]
    assert lacking(tmp_path, text) == []


def test_neither_a_file_for_the_archive_nor_the_signed_version_changes_the_version(
    tmp_path: Path,
) -> None:
    make_site(tmp_path, {"content/items/a.txt": "纪要"})
    approval = "{{by: 后勤部{}}}"
    versions = []
    for keys in (
        {"approval": approval.format("")},
        {"approval": approval.format(", version: 0a1b2c3d")},
        {"approval": approval.format(""), "attachments": "[{file: a.txt, archive: true}]"},
    ):
        site = make_site(tmp_path, {"content/items/x.md": item(**keys)})
        versions.append(check(site, DAY).standings.by_id["x"].version)
    assert len(set(versions)) == 1


SIGNED = "{{by: 伙食管理委员会, date: 2026-10-31, version: {}}}"


def signed(root: Path, **keys: str) -> str:
    """The version that the approval sheet of an item prints."""
    site = make_site(root, {"content/items/x.md": item(**keys)})
    return proposed_version(check(site, DAY).standings.by_id["x"].item)


@pytest.mark.parametrize(
    "keys",
    [
        {"steps": "[{step: propose, by: 后勤部, date: 2026-10-30}]"},
        {"congress": "{act: report, date: 2026-11-20}"},
        {"attachments": "[{file: a.txt, archive: true}]"},
        {"reviewed": "[{date: 2026-11-20, by: 后勤部, checked: 账}]"},
        {"number": ""},
    ],
    ids=["a step", "a vote", "the signed sheet", "a confirmation", "nothing"],
)
def test_what_comes_of_the_procedure_is_no_change_of_what_was_signed(
    keys: dict[str, str], tmp_path: Path
) -> None:
    make_site(tmp_path, {"content/items/a.txt": "审批单"})
    version = signed(tmp_path)
    assert lacking(tmp_path, item(approval=SIGNED.format(version), **keys)) == []


@pytest.mark.parametrize(
    "keys",
    [{"body": "正文!"}, {"publish": "2026-11-02"}, {"title": "二项公开"}, {"summary": "一句话"}],
    ids=["a character", "a day", "the title", "the summary"],
)
def test_a_change_after_the_signature_is_told(keys: dict[str, str], tmp_path: Path) -> None:
    version = signed(tmp_path)
    text = item(approval=SIGNED.format(version), **keys)
    assert lacking(tmp_path, text) == [("warning", "version")]


def test_what_is_corrected_in_the_open_was_not_changed_behind_a_signature(tmp_path: Path) -> None:
    version = signed(tmp_path)
    text = item(approval=SIGNED.format(version), body="改正。")
    keys = {"corrects": "x", "correction": "{reason: 漏计}", "kind": "correction"}
    assert lacking(tmp_path, text, **{"content/items/y.md": item(**keys)}) == []


@pytest.mark.parametrize(
    "keys",
    [{"publish": "2026-11-23"}, {"withdrawn": "{date: 2026-11-22, by: 工会, reason: 误}"}],
    ids=["to come", "taken down"],
)
def test_a_correction_that_is_not_up_corrects_nothing(keys: dict[str, str], tmp_path: Path) -> None:
    version = signed(tmp_path)
    text = item(approval=SIGNED.format(version), body="改正。")
    keys = {"corrects": "x", "correction": "{reason: 漏计}", "kind": "correction", **keys}
    found = lacking(tmp_path, text, **{"content/items/y.md": item(**keys)})
    assert found == [("warning", "version")]


def test_a_file_for_the_archive_goes_into_the_archive_and_nowhere_else(tmp_path: Path) -> None:
    text = "只有档案里有的一句话"
    attachments = "[{file: signed.txt, title: 审批单的照片, archive: true}]"
    files = {
        "content/items/x.md": item(attachments=attachments, expires="2026-11-20"),
        "content/items/signed.txt": text,
    }
    make_site(tmp_path, files)
    assert run(tmp_path, "build", "--at", "2026-11-10").returncode == 0
    assert (tmp_path / "site/items/x/index.html").is_file()
    published = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    told = [path for path in published if text.encode() in path.read_bytes()]
    named = [path for path in published if "审批单的照片".encode() in path.read_bytes()]
    assert (told, named, list((tmp_path / "site").rglob("signed.txt"))) == ([], [], [])
    run(tmp_path, "archive", "--year", "2026", "--out", str(tmp_path / "a"), "--at", "2026-12-31")
    (filed,) = (tmp_path / "a").rglob("signed.txt")
    assert filed.read_text("utf-8") == text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_new_site_warns_about_nothing_that_its_first_item_does_not_need(
    lang: str, tmp_path: Path
) -> None:
    site = tmp_path / "new"
    run(tmp_path, "init", str(site), "--empty", "--lang", lang)
    done = run(site, "new", "leave-holiday", "--publish", "2026-12-07", "--at", "2026-12-07")
    assert done.returncode == 0, done.stderr
    findings = check(read_site(site), "2026-12-08").findings
    assert not [finding for finding in findings if finding.rule.startswith("procedure/")]


@pytest.mark.parametrize("day", ["2026-11-22", "2026-12-01", "2027-03-01", "2027-11-01"])
def test_nothing_that_is_needed_lacks_in_the_example(day: str) -> None:
    findings = check(read_site(ROOT), day).findings
    assert not [finding.item for finding in findings if finding.rule == "procedure/missing"]


def test_the_record_of_a_meeting_proves_what_the_congress_did_and_brings_its_minutes(
    tmp_path: Path,
) -> None:
    records = (
        "- {编号: J, 种类: 联席会议, 日期: 2026-10-20, 应到: 15, 实到: 14,"
        " 议程: [{事项: 一项公开, 方式: 审议}]}\n"
        "- {编号: Z, 种类: 职代会, 日期: 2026-10-20, 应到: 80, 实到: 74, 纪要: z.txt,"
        " 议程: [{事项: 一项公开, 方式: 通过, 赞成: 60, 表决: 无记名}]}\n"
    )
    files = {"content/meetings/2026.yml": records, "content/meetings/z.txt": "纪要"}
    steps = (
        "[{step: propose, by: 企管部, date: 2026-10-01},"
        " {step: review, by: 工会, date: 2026-10-02}]"
    )
    plan = item(steps=steps, approval="{by: 领导小组}", meeting="J", **STRATEGY)
    assert lacking(tmp_path, plan, **files) == []
    assert lacking(tmp_path, item(category="labor-rules", meeting="Z"), **files) == []
