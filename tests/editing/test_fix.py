"""What is mended is safe: comments and order stay, and what is not sure is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.editing.readable import readable
from tests.command import run
from tests.sites import check, errors, item, make_site

AT = ("--at", "2026-11-10")
WRONG = """\
---
标题：食堂收支情况   
类别: 食堂账目   # 后勤管
公开日期: ２０２６年11月2日
所属期: 2026.10
公开期现: 2026-12-01
责任: {部门: 后勤部}
---

正文，  
第二行。
"""  # noqa: W291 - blanks at the ends are what this is about
RIGHT = """\
---
标题: 食堂收支情况
类别: 食堂账目   # 后勤管
公开日期: 2026-11-02
所属期: 2026-10
公开期限: 2026-12-01
责任: {部门: 后勤部}
---

正文，  
第二行。
"""  # noqa: W291 - in a text two blanks are the end of a line


def fixed(root: Path, at: str = "2026-11-10") -> str:
    """What the difference shows."""
    return run(root, "check", "--fix", "--at", at).stdout


def test_colons_days_periods_keys_and_blanks_are_mended(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/a.md": WRONG})
    shown = fixed(tmp_path)
    assert (tmp_path / "content/items/a.md").read_text("utf-8") == RIGHT
    assert {"-公开期现: 2026-12-01", "+公开期限: 2026-12-01"} <= set(shown.splitlines())
    assert errors(tmp_path, "2026-11-10") == set()
    before = (tmp_path / "content/items/a.md").stat().st_mtime_ns
    assert "@@" not in fixed(tmp_path)
    assert (tmp_path / "content/items/a.md").stat().st_mtime_ns == before


def test_an_end_that_comes_too_soon_is_put_off_to_the_least_there_must_be(tmp_path: Path) -> None:
    """山东省厂务公开条例 12: fifteen days."""
    text = item(publish="2026-11-02", expires="2026-11-05")
    make_site(tmp_path, {"content/items/a.md": text, "content/catalogue.yml": "地区: 山东\n"})
    fixed(tmp_path, "2026-11-03")
    assert "expires: 2026-11-16\n" in (tmp_path / "content/items/a.md").read_text("utf-8")
    assert errors(tmp_path, "2026-11-10") == set()


@pytest.mark.parametrize(
    "line",
    [
        "category: 食堂帐目",  # what something is about is for people to say
        "colour: red",  # like no key there is
        "publish: 2026-02-30",  # no such day
        "publish: 昨天",
    ],
)
def test_what_is_not_sure_is_left_alone(line: str, tmp_path: Path) -> None:
    key, _, value = line.partition(": ")
    text = item(**{key: value})
    make_site(tmp_path, {"content/items/a.md": text})
    before = errors(tmp_path, "2026-11-10")
    fixed(tmp_path)
    assert (tmp_path / "content/items/a.md").read_text("utf-8") == text
    assert errors(tmp_path, "2026-11-10") == before


def test_twelve_mistakes_are_all_told_each_at_its_line_and_how_to_mend_it(tmp_path: Path) -> None:
    lines = {
        "标题": "题目", "类别": "食堂帐目", "性质": "公布", "公开栏": "[foundry]", "所属期": "十月",
        "公开日期": "2026.11.2", "公开期限": "2026-13-01", "更新周期": "时常",
        "责任": "{人: 甲}",
        "渠道": "[网页]", "纸张": "A7", "紧急": "也许", "公示期": "{起: 2026-11-02}",
    }  # fmt: skip
    text = "---\n" + "".join(f"{key}: {value}\n" for key, value in lines.items()) + "---\n正文\n"
    make_site(tmp_path, {"content/items/a.md": text})
    shown = run(tmp_path, "check", *AT).stdout
    for number, key in enumerate(lines, 2):
        if key != "标题":
            assert f"a.md:{number}:" in shown, key
    assert shown.count("怎么改：") >= 12


def test_the_difference_repeats_no_personal_number(tmp_path: Path) -> None:
    number = "11010519491231002X"  # the standard's own test value
    text = WRONG.replace("标题：食堂收支情况   ", f"标题：食堂收支情况 {number}   ")
    make_site(tmp_path, {"content/items/a.md": text})
    assert "1949" not in fixed(tmp_path)


MANY = """\
---
标题：食堂收支情况
类别：食堂账目
公开日期:2026-11-02
\t所属期: 2026-10
公开期限：2026-12-31
责任： {部门: 后勤部}
文号: "厂办〔2026〕8号
渠道: [网站, 海报]
---
说明：正文不改。
"""
MENDED = """\
---
标题: 食堂收支情况
类别: 食堂账目
公开日期: 2026-11-02
所属期: 2026-10
公开期限: 2026-12-31
责任: {部门: 后勤部}
文号: "厂办〔2026〕8号"
渠道: [网站, 海报]
---
说明：正文不改。
"""


def test_many_mistakes_of_one_file_are_mended_together(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/items/x.md": MANY.replace("\t所属期", "所属期")})
    done = run(tmp_path, "check", "--fix", "--fail-on", "error", *AT)
    assert (site.root / "content/items/x.md").read_text("utf-8") == MENDED
    assert done.returncode == 0
    assert '+文号: "厂办〔2026〕8号"' in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("标题：甲", "标题: 甲"), ("title:甲", "title: 甲"), ("\t标题: 甲", "标题: 甲"),
        ('标题: "甲', '标题: "甲"'), ('标题: "甲”', '标题: "甲"'),
        ("  - 说明：甲乙", "  - 说明：甲乙"),
        ("时间: 8:00", "时间: 8:00"),
        ("网址: https://a.example", "网址: https://a.example"),
        ("标题: '甲'", "标题: '甲'"), ("公开期现：甲", "公开期现: 甲"),
        ('标题: "甲\n  乙"', '标题: "甲\n  乙"'),
        ('标题: "甲\n  乙：丙"\ntitle：丁', '标题: "甲\n  乙：丙"\ntitle: 丁'),
        ('标题: "甲\ntitle: 丁"', '标题: "甲"\ntitle: 丁"'),
    ],
)  # fmt: skip
def test_what_is_read_at_all(typed: str, mended: str) -> None:
    assert (
        readable(f"---\n{typed}\n---\n{typed}", ("标题", "title")) == f"---\n{mended}\n---\n{typed}"
    )


ALL_AT_ONCE = """\
---
	title： “甲”
	category：canteen-accounts
 publish：２０２６-１１-０１
expires:2026-11-30
owner：{dept：后勤部}
approval：{by：伙食管理委员会}
---
正文：甲
"""


def test_all_mistakes_of_a_file_are_mended_in_one_go(tmp_path: Path) -> None:
    """Colons, missing blanks, tabs, keys that stand too far in, digits; a body is left alone."""
    make_site(tmp_path, {"content/items/a.md": ALL_AT_ONCE})
    done = run(tmp_path, "check", "--fix", "--at", "2026-11-10")
    assert done.returncode == 0, done.stdout
    assert (tmp_path / "content/items/a.md").read_text("utf-8") == (
        "---\ntitle: “甲”\ncategory: canteen-accounts\npublish: 2026-11-01\n"
        "expires: 2026-11-30\nowner: {dept: 后勤部}\n"
        "approval: {by: 伙食管理委员会}\n---\n正文：甲\n"
    )


def test_where_nothing_can_be_mended_it_says_so(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/a.md": item(category="没有这一类")})
    assert "没有能自动改的" in run(tmp_path, "check", "--fix", "--at", "2026-11-10").stderr


def test_what_stands_in_blocks_of_text_is_left_alone_and_commas_in_braces_are_mended() -> None:
    text = "责任：{部门：后勤部，岗位：甲}\n说明: |\n  电话：8001\n英文正文: |\n  title：x\n"
    mended = "责任: {部门: 后勤部, 岗位: 甲}\n说明: |\n  电话：8001\n英文正文: |\n  title：x\n"
    assert readable(text, {"责任", "部门", "岗位", "说明", "电话", "title"}) == mended


FULL_WIDTH = {
    "content/items/a.md": """\
---
title： “十月工资”
类别： “工资奖金分配”
公开日期:２０２６-11-09
公开期限: “2027-06-30”   # 到期
责任： ｛部门： ‘劳资科’｝
公开栏: ［company］
---
他说：“好｜坏”。

｜ 车间 ｜ 合计 ｜
｜---｜---：｜
｜ 甲 ｜ 12 ｜
""",
    "boards/company.yml": """\
title： “公司公开栏”
workshop:“机加工”
sections：［“工资福利”，职代会议程和决议］
contact: ｛phone： 8201｝
""",
    "content/org.yml": """\
name： “示例厂”
short:厂
departments：
- ｛name： 劳资科，posts： ［科长、干事］｝
- {name： ‘工会’}
""",
}
NARROW = {
    "content/items/a.md": """\
---
title: "十月工资"
类别: "工资奖金分配"
公开日期: 2026-11-09
公开期限: "2027-06-30"   # 到期
责任: {部门: '劳资科'}
公开栏: [company]
---
他说：“好｜坏”。

| 车间 | 合计 |
|---|---:|
| 甲 | 12 |
""",
    "boards/company.yml": """\
title: "公司公开栏"
workshop: "机加工"
sections: ["工资福利", 职代会议程和决议]
contact: {phone: 8201}
""",
    "content/org.yml": """\
name: "示例厂"
short: 厂
departments:
- {name: 劳资科, posts: [科长, 干事]}
- {name: '工会'}
""",
}


def test_marks_of_the_wrong_width_are_mended_in_every_file_together(tmp_path: Path) -> None:
    make_site(tmp_path, FULL_WIDTH)
    shown = fixed(tmp_path)
    assert {name: (tmp_path / name).read_text("utf-8") for name in NARROW} == NARROW
    assert errors(tmp_path, "2026-11-10") == set()
    for line in (*NARROW["content/org.yml"].splitlines(), "| 甲 | 12 |"):
        assert f"+{line}" in shown.splitlines()


@pytest.mark.parametrize(
    "line",
    [
        "标题: “两票三制”执行情况", "标题: “甲”和“乙”", "标题: 甲［2026］8号",
        '标题: "“甲”"', "标题: 他说：“甲”",
    ],
)  # fmt: skip
def test_marks_within_a_text_are_left_as_they_are(line: str) -> None:
    text = f"---\n{line}\n类别：食堂账目\n---\n正文｜正文\n"
    assert readable(text, {"标题", "类别"}) == text.replace("类别：", "类别: ")


def test_a_table_with_full_width_bars_is_a_finding_where_it_stands(tmp_path: Path) -> None:
    table = "｜ 甲 ｜ 乙 ｜\n｜---｜---｜\n｜ 1 ｜ 2 ｜\n"
    made = make_site(tmp_path, {"content/items/a.md": item(body=f"说明\n\n{table}")})
    found = [
        finding for finding in check(made, "2026-11-10").findings if finding.rule == "table/ragged"
    ]
    assert [(finding.case, finding.line - found[0].line, finding.column) for finding in found] == [
        ("wide-bar", 0, 1)
    ]
    text = (tmp_path / "content/items/a.md").read_text("utf-8")
    assert text.split("\n")[found[0].line - 1] == "｜---｜---｜"
    fixed(tmp_path)
    assert (tmp_path / "content/items/a.md").read_text("utf-8") == text.replace("｜", "|")


def test_a_drawing_in_code_keeps_its_bars(tmp_path: Path) -> None:
    made = make_site(tmp_path, {"content/items/a.md": item(body="```\n｜---｜---｜\n```\n")})
    assert not [
        finding for finding in check(made, "2026-11-10").findings if finding.rule == "table/ragged"
    ]


def test_wide_blanks_letters_and_commas_are_mended_with_the_rest(tmp_path: Path) -> None:
    text = """\
---
标题:\u3000“十月工资”
类别：食堂账目
公开日期： 2026－11－09
公开期限： ２０２７年６月３０日
所属期：２０２６．１０
责任：
\u3000部门：后勤部
公开栏: ［ｍａｃｈｉｎｉｎｇ］
渠道: [网站，海报]
更新周期： “每月”
---
他说：甲，乙。
"""
    make_site(tmp_path, {"content/items/a.md": text})
    fixed(tmp_path)
    assert (
        (tmp_path / "content/items/a.md").read_text("utf-8")
        == """\
---
标题: "十月工资"
类别: 食堂账目
公开日期: 2026-11-09
公开期限: 2027-06-30
所属期: 2026-10
责任:
  部门: 后勤部
公开栏: [machining]
渠道: [网站, 海报]
更新周期: "每月"
---
他说：甲，乙。
"""
    )
    assert errors(tmp_path, "2026-11-10") == set()
