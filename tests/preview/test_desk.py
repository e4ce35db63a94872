"""The forms of the preview: what a clerk does, and what stands in the files afterwards."""

from __future__ import annotations

from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

import pytest

from gongkai.editing.schemas import GLOBS
from gongkai.messages import say
from gongkai.preview.forms import saving
from gongkai.preview.forms.desk import FormDesk
from gongkai.preview.forms.door import form_of
from gongkai.preview.forms.saving import would_be
from tests.browser.desk import forms_of
from tests.clerk import Clerk, Fields, with_new
from tests.conftest import DAY, ROOT
from tests.sites import make_site

WAGES = "content/items/2026/11/2026-10-wages.md"
TEXT = """\
---
# 每月十日前
标题: 2026年10月工资奖金分配情况
类别: 工资奖金分配
所属期: 2026-10
公开日期: 2026-11-09
公开期限: 2026-12-31
责任: {部门: 劳资科, 岗位: 科长}
unknown_later: 甲
---

说明在前。

| 车间 | 合计 |
|---|---:|
| 机加工车间 | 1178600 |
| 合计 | 1178600 |

说明在后。
"""
PLAIN = TEXT.replace("unknown_later: 甲\n", "")
OPINIONS = """\
# 台账
- 编号: Y26-1
  来源: 意见箱
  收到日期: 2026-10-08
  意见: 更衣柜不足  # 转后勤
  承办: 后勤部
- {编号: Y26-2, 来源: 信箱, 收到日期: 2026-10-09, 意见: 路灯坏了}
"""


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    files = {WAGES: PLAIN, "content/opinions/2026.yml": OPINIONS}
    return Clerk(make_site(tmp_path, files).root, "2026-11-20")


def test_what_is_opened_and_saved_untouched_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    """Files of every kind in the example, as a browser sends them."""
    globs = [*(text for ones in GLOBS.values() for text in ones), "content/items/**/*.md"]
    found = [sorted(ROOT.glob(glob)) for glob in globs]
    some = [path for ones in found for path in ones[:: max(1, len(ones) // 8)]]
    files = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in some}
    clerk = Clerk(make_site(tmp_path, files).root, DAY)
    desk = FormDesk(clerk.preview)
    for kind in desk.kinds.values():
        for path in desk.files(kind):
            for row in [row.get("id", "") for row in desk.rows(kind, path)][:3] or [""]:
                place, made = would_be(desk, form_of(clerk.open(path, str(row))))
                assert (place.path, made) == (path, files.get(path, made))


def test_one_field_is_one_change(clerk: Clerk) -> None:
    answer = clerk.save(clerk.open(WAGES), owner__post="劳资科科长")
    assert answer.status == 303
    assert clerk.text(WAGES) == PLAIN.replace("岗位: 科长", "岗位: 劳资科科长")


def test_a_cell_is_one_line(clerk: Clerk) -> None:
    cells = "车间\t合计\n机加工车间\t1178601\n合计\t1178601"
    clerk.save(clerk.open(WAGES), body__1__text=cells)
    assert clerk.text(WAGES) == PLAIN.replace("1178600", "1178601")


def test_lines_keep_their_ends(clerk: Clerk) -> None:
    (clerk.root / WAGES).write_bytes(PLAIN.replace("\n", "\r\n").encode())
    clerk.save(clerk.open(WAGES), title="甲", body__2__text="说明在后。\n又一行")
    after = PLAIN.replace("2026年10月工资奖金分配情况", "甲").replace("在后。", "在后。\n又一行")
    assert clerk.text(WAGES) == after.replace("\n", "\r\n")


def test_two_tabs_that_change_different_fields_both_have_their_way(clerk: Clerk) -> None:
    first, second = clerk.open(WAGES), clerk.open(WAGES)
    clerk.save(first, title="甲")
    assert clerk.save(second, owner__post="乙").status == 303
    assert "标题: 甲\n" in clerk.text(WAGES)
    assert "岗位: 乙}" in clerk.text(WAGES)


def test_who_changes_what_was_changed_meanwhile_is_told_and_loses_nothing(clerk: Clerk) -> None:
    opened = clerk.open(WAGES)
    theirs = PLAIN.replace("2026年10月工资奖金分配情况", "别人的标题")
    (clerk.root / WAGES).write_text(theirs, "utf-8")
    answer = clerk.save(opened, title="我的标题")
    page = Fields(answer.body.decode())
    assert answer.status == 409
    assert clerk.text(WAGES) == theirs
    assert "别人刚把这一格改成了“别人的标题”" in page.said
    assert dict(page.pairs)["title"] == "我的标题"
    assert clerk.save(page.pairs).status == 303
    assert "标题: 我的标题\n" in clerk.text(WAGES)


def test_a_file_that_is_gone_or_broken_meanwhile_is_told(clerk: Clerk) -> None:
    opened = clerk.open(WAGES)
    (clerk.root / WAGES).write_text("---\n标题: [\n---\n", "utf-8")
    broken = clerk.save(opened, title="甲")
    assert (broken.status, clerk.text(WAGES)) == (422, "---\n标题: [\n---\n")
    (clerk.root / WAGES).unlink()
    assert clerk.save(opened, title="甲").status == 422
    assert not (clerk.root / WAGES).exists()


def test_what_is_wrong_is_told_beside_its_field_before_it_is_saved(clerk: Clerk) -> None:
    pairs = with_new(clerk.open(WAGES), expires="2026-11-01", boards="nowhere")
    found = clerk.post("check", pairs).body.decode()
    assert '["expires","error"' in found
    assert '["boards",' in found
    assert clerk.text(WAGES) == PLAIN


def test_a_personal_number_is_told_and_not_repeated(clerk: Clerk) -> None:
    pairs = with_new(clerk.open(WAGES), title="联系 13800138000")
    found = clerk.post("check", pairs).body.decode()
    assert "error" in found
    assert "13800138000" not in found


def test_to_correct_is_a_pair(clerk: Clerk) -> None:
    cells = "车间\t合计\n机加工车间\t1178700\n合计\t1178700"
    pairs = clerk.open(WAGES, act="correct")
    answer = clerk.post("save", with_new(pairs, **{".reason": "录入错误", "body.1.text": cells}))
    assert answer.status == 303
    assert clerk.text(WAGES) == PLAIN.replace("1178600", "1178700")
    made = clerk.text("content/items/2026/11/2026-10-wages-c1.yml")
    assert "更正对象: 2026-10-wages" in made
    assert "{位置: 机加工车间/合计, 原: '1178600', 新: '1178700'}" in made


def test_a_correction_without_a_reason_changes_nothing(clerk: Clerk) -> None:
    answer = clerk.save(clerk.open(WAGES, act="correct"), title="甲")
    assert (answer.status, clerk.text(WAGES)) == (422, PLAIN)


DATED = "日期: 2026-11-20, 经办: 劳资科"


@pytest.mark.parametrize(
    ("act", "new", "line"),
    [
        ("withdraw", {"withdrawn__reason": "有误"}, f"撤下: {{{DATED}, 原因: 有误}}"),
        ("extend", {"expires": "2027-01-31"}, "公开期限: 2027-01-31"),
        ("confirm", {"reviewed__0__checked": "属实"}, f"核对: [{{{DATED}, 核对内容: 属实}}]"),
        ("approve", {"approval__by": "小组"}, "审批: {经办: 小组, 日期: 2026-11-20, 版本: "),
    ],
)
def test_an_action_asks_for_what_is_needed_and_writes_one_line(
    act: str, new: dict[str, str], line: str, clerk: Clerk
) -> None:
    assert clerk.save(clerk.open(WAGES, act=act), **new).status == 303
    after = clerk.text(WAGES).splitlines()
    changed = [text for text in after if text not in PLAIN.splitlines()]
    assert len(changed) == 1
    assert changed[0].startswith(line)


def test_an_opinion_is_answered_where_it_stands(clerk: Clerk) -> None:
    pairs = clerk.open("content/opinions/2026.yml", "Y26-1", "reply")
    assert clerk.save(pairs, reply="新增40组", result="A").status == 303
    said = "  承办: 后勤部\n  答复日期: 2026-11-20\n  答复: 新增40组\n  结果: 已解决\n"
    after = OPINIONS.replace("  承办: 后勤部\n", said)
    assert clerk.text("content/opinions/2026.yml") == after


def test_a_row_is_added_to_the_ledger(clerk: Clerk) -> None:
    pairs = Fields(clerk.get("edit?kind=opinions&row=%2B")).pairs
    new = {"id": "Y26-3", "source": "信箱", "received": "2026-11-19", "text": "食堂排队"}
    assert clerk.save(pairs, **new).status == 303
    added = "- 编号: Y26-3\n  来源: 信箱\n  收到日期: 2026-11-19\n  意见: 食堂排队\n"
    assert clerk.text("content/opinions/2026.yml") == OPINIONS + added
    assert clerk.save(pairs, **new).status == 422  # there is one of that number


def test_kinds_come_by_their_declarations(clerk: Clerk) -> None:
    """A meeting, a training, an inspection, a survey, a board: none of them has code of its own."""
    new = {"id": "ZD-1", "kind": "培训", "date": "2026-11-18", "note": "新当选职工代表"}
    pairs = Fields(clerk.get("edit?kind=meetings&row=%2B")).pairs
    assert clerk.save(pairs, **new).status == 303
    assert clerk.text("content/meetings/2026.yml") == (
        "- 编号: ZD-1\n  种类: 培训\n  日期: 2026-11-18\n  说明: 新当选职工代表\n"
    )
    pairs = Fields(clerk.get("edit?kind=board")).pairs
    assert clerk.save(pairs, **{".file": "casting", "title": "铸造"}).status == 303
    assert clerk.text("boards/casting.yml") == "标题: 铸造\n"
    pairs = Fields(clerk.get("edit?kind=org")).pairs
    assert clerk.save(pairs, name="测试厂", departments__0__name="工会").status == 303
    assert clerk.text("content/org.yml") == "名称: 测试厂\n部门: [{名称: 工会}]\n"


def test_a_new_item_of_a_category_and_after_the_one_before(clerk: Clerk) -> None:
    made = clerk.post("new", [("category", "食堂账目"), ("period", "2026-10")])
    path = parse_qs(urlsplit(made.location).query)["path"][0]
    assert "类别: 食堂账目" in clerk.text(path)
    again = clerk.post("new", [("path", WAGES)])
    path = parse_qs(urlsplit(again.location).query)["path"][0]
    assert "所属期: 2026-11" in clerk.text(path)
    assert "草稿: true" in clerk.text(path)


def test_a_sheet_goes_through_the_import(clerk: Clerk) -> None:
    data = "2026年10月食堂收支\n项目,金额\n粮油,100\n合计,100\n".encode()
    done = clerk.put("import", "食堂收支-2026-10.csv", data)
    path = parse_qs(urlsplit(str(done["to"])).query)["path"][0]
    assert "| 粮油 | 100 |" in clerk.text(path)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.html", b"<script>"),
        ("x.png", b"no picture"),
        ("x.pdf", b"no pdf"),
        ("../x.pdf", b"no pdf"),
        ("a:b.pdf", b"%PDF-"),
    ],
)
def test_what_is_no_picture_or_attachment_is_not_taken(
    name: str, data: bytes, clerk: Clerk
) -> None:
    before = sorted(clerk.root.rglob("*"))
    assert "wrong" in clerk.put("upload", name, data, path=WAGES)
    assert sorted(clerk.root.rglob("*")) == before


def test_a_file_of_a_name_that_is_taken_gets_another(clerk: Clerk) -> None:
    names = [clerk.put("upload", "附件.txt", b"a", path=WAGES)["name"] for _ in range(2)]
    assert names == ["附件.txt", "附件-2.txt"]


@pytest.mark.parametrize(
    "path", ["../x.yml", "mkdocs.yml", "/etc/passwd", "content/items/../../mkdocs.yml"]
)
def test_nothing_outside_of_the_site_s_content_is_reached(path: str, clerk: Clerk) -> None:
    clerk.preview.build(clerk.root)
    pairs = with_new(clerk.open(WAGES), **{".path": path})
    assert clerk.post("save", pairs).status == 422


def test_pages_of_others_write_nothing(clerk: Clerk) -> None:
    pairs = with_new(clerk.open(WAGES), title="甲")
    assert clerk.post("save", pairs, is_ours=False).status == 403
    assert clerk.text(WAGES) == PLAIN


def test_what_cannot_be_read_is_listed_and_said(clerk: Clerk) -> None:
    (clerk.root / WAGES).write_text("---\n标题: [\n---\n", "utf-8")
    clerk.preview.build(clerk.root)
    assert "读不出来" in clerk.get("")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_kind_of_file_has_a_name(lang: str) -> None:
    assert {say(lang, f"ui.edit.kind.{name}") for name in GLOBS} - {""}


def test_what_cannot_be_written_is_said_and_leaves_no_half_of_a_pair(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving, "replace_file", full)
    pairs = with_new(clerk.open(WAGES, act="correct"), **{".reason": "有误", "title": "甲"})
    answer = clerk.post("save", pairs)
    assert (answer.status, clerk.text(WAGES)) == (422, PLAIN)
    assert "No space left on device" in answer.body.decode()
    assert not list(clerk.root.rglob("*-c1.yml"))


def test_no_link_leads_out_of_the_site(
    clerk: Clerk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "x.md").write_text(PLAIN, "utf-8")
    (clerk.root / "content/items/linked").symlink_to(outside)
    pairs = with_new(clerk.open(WAGES), **{".path": "content/items/linked/x.md", "title": "甲"})
    assert clerk.post("save", pairs).status == 422
    assert (outside / "x.md").read_text("utf-8") == PLAIN


def test_only_pages_of_this_address_may_send_a_form(tmp_path: Path) -> None:
    make_site(tmp_path, {WAGES: PLAIN})
    with forms_of(tmp_path, "2026-11-20") as url:
        here = url.removesuffix("/forms/")
        for headers, status in (
            ({}, 403),
            ({"Origin": "http://elsewhere.example"}, 403),
            ({"Sec-Fetch-Site": "cross-site", "Origin": here}, 403),
            ({"Origin": here, "Host": "elsewhere.example"}, 403),
            ({"Origin": here}, 422),
        ):
            sent = Request(f"{url}save", b"a=b", headers)  # noqa: S310 - of this machine
            with pytest.raises(HTTPError) as refused:
                urlopen(sent)  # noqa: S310 - of this machine
            assert refused.value.code == status
            refused.value.close()
