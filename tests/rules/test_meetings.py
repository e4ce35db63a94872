"""content/meetings/: one record proves the votes of many items, and is told where it does not."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from gongkai.domain.finding import Finding
from gongkai.domain.model import Site, Vote
from gongkai.domain.rates import Rate
from gongkai.domain.terms import CongressAct, VoteResult, VotingMethod
from gongkai.render.shown import votes_of
from gongkai.render.words import Words
from gongkai.supervision.metrics import supervision
from tests.command import run
from tests.sites import CONFIG, check, item, make_site

AT = "2026-11-22"
SESSION = """\
- 编号: ZD-9-5
  种类: 职代会
  届次: 九届五次
  日期: 2026-11-20
  应到: 80
  实到: 77
  纪要: 九届五次纪要.txt
  议程:
    - {事项: 2027年工资集体协议, 方式: 通过, 赞成: 71, 反对: 4, 弃权: 2, 表决: 无记名, 结果: 通过}
    - {事项: 招待费报告, 方式: 报告}
"""
MINUTES = {"content/meetings/九届五次纪要.txt": "到会代表讨论热烈，会议纪要只存档。"}
CONTRACT = {
    "title": "2027年工资集体协议", "category": "collective-contract", "publish": "2026-11-21",
    "expires": "2026-12-31", "owner": "{dept: 工会}",
}  # fmt: skip


def site_of(root: Path, meetings: str = SESSION, **keys: str) -> Site:
    files = {"content/items/a.md": item(**{**CONTRACT, "meeting": "ZD-9-5", **keys}), **MINUTES}
    return make_site(root, {**files, "content/meetings/2026.yml": meetings})


def votes(site: Site) -> tuple[Vote, ...]:
    return check(site, AT).standings.by_id["a"].item.congress


def found(site: Site, family: str, at: str = AT) -> list[tuple[str, str]]:
    """Rules and cases of a family."""
    return [(finding.rule, finding.case) for finding in of(site, family, at)]


def of(site: Site, family: str, at: str = AT) -> list[Finding]:
    return [finding for finding in check(site, at).findings if finding.rule.startswith(family)]


def test_a_record_proves_the_vote(tmp_path: Path) -> None:
    """A23: figures are typed once, in the record of the meeting."""
    site = site_of(tmp_path)
    assert not found(site, "congress/")
    vote = votes(site)[0]
    assert (vote.act, vote.result, vote.ballot) == (
        CongressAct.PASS,
        VoteResult.PASSED,
        VotingMethod.SECRET,
    )
    assert (vote.delegates, vote.present, vote.agree) == (80, 77, 71)
    assert (vote.session, str(vote.date)) == ("九届五次", "2026-11-20")


@pytest.mark.parametrize(
    ("meeting", "title", "case"),
    [
        ("ZD-9-6", CONTRACT["title"], ""),
        ("ZD-9-5", "工资集体协议公告", "matter"),
        ("{id: ZD-9-5, matter: 奖金办法}", CONTRACT["title"], "matter"),
    ],
)
def test_what_a_record_does_not_hold_is_told(
    meeting: str, title: str, case: str, tmp_path: Path
) -> None:
    site = site_of(tmp_path, meeting=meeting, title=title)
    assert ("ref/meeting", case) in found(site, "ref/")


def test_the_row_may_be_named_and_the_only_one_need_not(tmp_path: Path) -> None:
    site = site_of(tmp_path / "named", meeting="{编号: ZD-9-5, 事项: 招待费报告}")
    assert [(vote.act, vote.matter) for vote in votes(site)] == [(CongressAct.REPORT, "招待费报告")]
    only = "{编号: M, 种类: 职代会, 日期: 2026-11-20, 议程: [{事项: 别的, 方式: 审议}]}\n"
    assert votes(site_of(tmp_path / "only", only, meeting="M"))[0].act is CongressAct.REVIEW


def test_two_rows_of_one_name_prove_nothing(tmp_path: Path) -> None:
    """Which of them was meant, and with which votes?"""
    row = "{事项: %s, 方式: 通过, 赞成: %d}"
    rows = ", ".join(row % (CONTRACT["title"], agree) for agree in (71, 20))
    twice = f"{{编号: ZD-9-5, 种类: 职代会, 日期: 2026-11-20, 议程: [{rows}]}}\n"
    site = site_of(tmp_path, twice)
    assert found(site, "ref/") == [("ref/meeting", "several")]
    assert not votes(site)


def test_a_vote_does_not_exist_before_its_day(tmp_path: Path) -> None:
    """A date to come, typed or of a record, proves nothing of what is up already; what is still to
    come may name the session before it."""
    later = SESSION.replace("2026-11-20", "2026-11-25")
    site = site_of(tmp_path / "up", later)
    assert not votes(site)
    assert ("congress/missing", "") in found(site, "congress/")
    assert not found(site, "congress/", "2026-11-25")
    coming = site_of(tmp_path / "coming", later, publish="2026-11-26")
    assert not found(coming, "congress/")
    assert votes(coming)[0].agree == 71


def test_an_approval_does_not_exist_before_its_day(tmp_path: Path) -> None:
    site = site_of(tmp_path, approval="{by: 领导小组, date: 2026-11-25}")
    told = [check(site, at).standings.by_id["a"].item.approval for at in (AT, "2026-11-25")]
    assert [approval and approval.by for approval in told] == [None, "领导小组"]


def test_minutes_that_are_not_there_are_told_where_they_are_named(tmp_path: Path) -> None:
    one = "编号: Z\n种类: 职代会\n日期: 2026-11-20\n纪要: 没有.txt\n"
    (finding,) = of(site_of(tmp_path, one, meeting="Z"), "ref/attachment")
    assert (finding.path, finding.line) == ("content/meetings/2026.yml", 4)


def test_an_agenda_without_matters_proves_nothing(tmp_path: Path) -> None:
    site = site_of(tmp_path, "{编号: ZD-9-5, 种类: 职代会, 日期: 2026-11-20}\n")
    assert found(site, "ref/") == [("ref/meeting", "bare")]


def test_the_rules_of_votes_judge_a_record(tmp_path: Path) -> None:
    """B27: a secret ballot, two thirds, more than half of all delegates, for elections too."""
    for number, (old, new, rule) in enumerate((
        ("实到: 77", "实到: 50", "congress/quorum"),
        ("赞成: 71", "赞成: 39", "congress/majority"),
        ("表决: 无记名", "表决: 举手", "congress/ballot"),
    )):  # fmt: skip
        text = SESSION.replace(old, new)
        if rule == "congress/quorum":
            text = text.replace("赞成: 71", "赞成: 41")  # nobody votes who is not there
        site = site_of(tmp_path / str(number), text)
        assert [text for text, _ in found(site, "congress/")] == [rule]


def test_an_election_is_a_vote(tmp_path: Path) -> None:
    catalogue = {"content/catalogue.yml": "类别: {collective-contract: {职代会: elect}}\n"}
    make_site(tmp_path, catalogue)
    assert found(site_of(tmp_path), "congress/") == [("congress/missing", "")]
    site = site_of(tmp_path, SESSION.replace("方式: 通过", "方式: 选举").replace("71", "39"))
    assert [text for text, _ in found(site, "congress/")] == ["congress/majority"]


def test_what_did_not_pass_may_be_published_as_not_passed(tmp_path: Path) -> None:
    """B28 「未经通过的视为无效」: without a vote it is an error; not passed must be said."""
    text = SESSION.replace("赞成: 71", "赞成: 30")
    assert found(site_of(tmp_path, text), "congress/") == [("congress/majority", "")]
    said = text.replace("结果: 通过", "结果: 未通过")
    assert not found(site_of(tmp_path, said), "congress/")


def test_a_joint_meeting_is_no_session(tmp_path: Path) -> None:
    """A8, A9: what must pass the congress is not passed by a joint meeting."""
    joint = SESSION.replace("职代会", "联席会议", 1)
    assert ("congress/missing", "joint") in found(site_of(tmp_path, joint), "congress/missing")


def test_nor_is_a_forum(tmp_path: Path) -> None:
    forum = SESSION.replace("种类: 职代会", "种类: 座谈会")
    assert found(site_of(tmp_path, forum), "congress/") == [("congress/missing", "")]


@pytest.mark.parametrize(
    ("kind", "is_told"),
    [("座谈会", True), ("培训", True), ("接待日", True), ("联席会议", False), ("职代会", False)],
)
def test_what_a_forum_deliberated_on_the_congress_did_not(
    kind: str, is_told: bool, tmp_path: Path
) -> None:
    record = f"{{编号: M, 种类: {kind}, 日期: 2026-11-20, 议程: [{{事项: 招待费, 方式: 审议}}]}}\n"
    site = site_of(tmp_path, record, meeting="M", category="business-entertainment")
    assert (("procedure/missing", "act") in found(site, "procedure/")) is is_told


FORUM = SESSION.replace("种类: 职代会", "种类: 座谈会")


@pytest.mark.parametrize("kind", ["座谈会", "职代会"])
def test_a_forum_is_told_under_its_own_name_and_counts_as_no_deliberation(
    kind: str, tmp_path: Path
) -> None:
    """Nor in 职代会审议率, nor as a vote on its page, whatever its record calls what it did."""
    record = SESSION.replace("方式: 报告", "方式: 审议").replace("种类: 职代会", f"种类: {kind}")
    ref = "{id: ZD-9-5, matter: 招待费报告}"
    site = site_of(tmp_path, record, meeting=ref, category="business-entertainment")
    standings = check(site, AT).standings
    (note,) = votes_of(standings.by_id["a"].item, Words("zh"))
    assert note.startswith(f"{kind}：")
    days = date(2026, 11, 1), date(2026, 11, 30)
    figure = supervision(standings.library, *days).metrics[Rate.CONGRESS]
    assert (figure.numerator, figure.denominator) == (int(kind == "职代会"), 1)


def test_what_a_forum_will_have_dealt_with_is_not_told_before(tmp_path: Path) -> None:
    site = site_of(tmp_path, FORUM.replace("日期: 2026-11-20", "日期: 2026-11-28"))
    told = [check(site, at).standings.by_id["a"].item.hearing for at in (AT, "2026-11-28")]
    assert [hearing is not None for hearing in told] == [False, True]


@pytest.mark.parametrize(
    ("old", "new", "case"),
    [
        ("实到: 77", "实到: 90", "more-present"),
        ("赞成: 71", "赞成: 79", "more-votes"),
        ("届次: ", "届次: 九\u202e", "turned"),
    ],
)
def test_what_cannot_be_in_a_record_is_told_where_it_stands(
    old: str, new: str, case: str, tmp_path: Path
) -> None:
    (finding,) = of(site_of(tmp_path, SESSION.replace(old, new)), "format/type")
    assert (finding.case, finding.path) == (case, "content/meetings/2026.yml")
    assert finding.line > 1


def test_a_training_may_have_more_guests_than_were_asked(tmp_path: Path) -> None:
    record = "{编号: ZD-9-5, 种类: 培训, 日期: 2026-11-20, 应到: 40, 实到: 45}\n"
    assert not of(site_of(tmp_path, record), "format/type")


def test_a_corrected_record_changes_the_version_of_what_it_proves(tmp_path: Path) -> None:
    """What a sheet says of the vote is wrong from then on."""
    before = check(site_of(tmp_path), AT).standings.by_id["a"]
    after = check(site_of(tmp_path, SESSION.replace("71", "70")), AT).standings.by_id["a"]
    assert before.version != after.version
    assert before.item.source != after.item.source


def test_what_only_the_item_says_stays(tmp_path: Path) -> None:
    site = site_of(tmp_path, congress="{act: pass, agree: 1, note: 分组讨论两次}")
    assert [(vote.agree, vote.note) for vote in votes(site)] == [(71, "分组讨论两次")]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("种类: 聚会", "format/unknown-value"),
        ("种类: 职代会\n  时间: 下午", "format/unknown-key"),
        ("种类: 职代会\n  说明: 联系 13800138000", "privacy/phone"),
        ("种类: 职代会\n  纪要: 没有.docx", "ref/attachment"),
        ("种类: 职代会\n  纪要: ../../mkdocs.yml", "ref/attachment"),
    ],
)
def test_a_mistake_is_told_with_its_place(line: str, rule: str, tmp_path: Path) -> None:
    text = f"- 编号: M1\n  日期: 2026-11-20\n  {line}\n"
    files = {"content/items/a.md": item(), "content/meetings/2026.yml": text}
    one = next(
        finding
        for finding in check(make_site(tmp_path, files), AT).findings
        if finding.rule == rule
    )
    assert one.path == "content/meetings/2026.yml"
    assert one.line >= 3
    assert "13800138000" not in str(one.values)


def test_two_meetings_of_one_number_are_told(tmp_path: Path) -> None:
    rows = "- {编号: M, 种类: 座谈会, 日期: 2026-11-01}\n"
    site = site_of(tmp_path, rows + rows)
    assert ("format/duplicate-id", "") in found(site, "format/")


def test_minutes_are_filed_and_never_published(tmp_path: Path) -> None:
    """A11 「有的资料不全」, A23: the archive of the year has the record and the minutes."""
    site = site_of(tmp_path)
    assert run(tmp_path, "build", "--at", AT).returncode == 0
    texts = [path.read_bytes() for path in site.out.rglob("*") if path.is_file()]
    assert not any("会议纪要只存档".encode() in text for text in texts)
    assert not list(site.out.rglob("*纪要*"))
    run(tmp_path, "archive", "--year", "2026", "--out", str(tmp_path / "filed"), "--at", AT)
    filed = tmp_path / "filed/2026"
    assert (filed / "meetings/1-九届五次纪要.txt").read_text("utf-8").startswith("到会代表")
    told = json.loads((filed / "meetings.json").read_text("utf-8"))
    assert told[0]["agenda"][0]["agree"] == 71


def test_a_new_item_is_offered_the_meetings_there_are(tmp_path: Path) -> None:
    site_of(tmp_path)
    done = run(tmp_path, "new", "集体合同", "--at", AT, "--publish", "2026-11-23")
    text = Path(done.stdout.strip()).read_text("utf-8")
    assert "# 会议: {编号: ZD-9-5, 事项: ''}" in text
    assert "ZD-9-5 九届五次 2026-11-20" in text
    canteen = run(tmp_path, "new", "食堂账目", "--at", AT)
    assert "会议:" not in Path(canteen.stdout.strip()).read_text("utf-8")


def test_editors_and_forms_know_the_meetings_there_are(tmp_path: Path) -> None:
    plugin = "plugins: [search, {gongkai: {forms: {gitlab: 'https://git.example', repo: a/b}}}]"
    config = CONFIG.replace("plugins: [search, gongkai]", plugin)
    site_of(tmp_path)
    site = make_site(tmp_path, {"mkdocs.yml": config})
    run(tmp_path, "schema")
    schema = json.loads((tmp_path / ".vscode/schema/item.json").read_text("utf-8"))
    assert schema["properties"]["会议"]["anyOf"][0] == {"enum": ["ZD-9-5"]}
    assert run(tmp_path, "build", "--at", AT).returncode == 0
    assert "ZD-9-5 九届五次 2026-11-20" in (site.out / "forms/config.json").read_text("utf-8")
