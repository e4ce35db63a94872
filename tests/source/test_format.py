"""Every broken file is found at its place, and nothing an editor typed is changed silently."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from gongkai.domain.text import Body, tables_in
from gongkai.messages import hint, message
from gongkai.source.markdown import looks_even, tree
from tests.command import run
from tests.sites import CONFIG, check, errors, item, make_site

AT = "2026-11-10"
LACKING = ("board/still", "procedure/missing")


def found(root: Path, name: str, text: str) -> list[tuple[str, int, int]]:
    checked = check(make_site(root, {f"content/items/{name}": text}), AT)
    return [
        (finding.rule, finding.line, finding.column)
        for finding in checked.findings
        if finding.rule not in LACKING
    ]


BROKEN = {
    "unknown key": (item(tilte="x"), "format/unknown-key", 7, 1),
    "unknown nested key": (item(owner="{dept: 后勤部, pots: 管理员}"), "format/unknown-key", 6, 20),
    "unknown value": (item(kind="disclosre"), "format/unknown-value", 7, 7),
    "unknown category": (item(category="食堂帐目"), "ref/category", 3, 1),
    "unknown board": (item(boards="[machning]"), "ref/board", 7, 1),
    "duplicate key": (item() + "", "", 0, 0),
    "same key in both languages": (item(标题="又一个"), "format/duplicate-key", 7, 1),
    "a day that is not there": (item(publish="2026-13-45"), "format/type", 4, 10),
    "a day as offices write it": (item(publish="2026.11.9"), "format/type", 4, 10),
    "a full-width colon": (item().replace("title: ", "title："), "format/syntax", 2, 6),
    "a full-width comma and colon between keys": (
        item(owner="{dept: 后勤部，岗位：甲}"),
        "format/syntax",
        6,
        15,
    ),
    "an anchor": (item(number="&a x"), "format/syntax", 7, 9),
    "an alias": (item(number="*a"), "format/syntax", 7, 9),
    "a tag": (item(number="!x y"), "format/syntax", 7, 9),
    "a mapping where text should be": (item(title="{a: b}"), "format/type", 2, 8),
    "text where a list should be": (item(legal_basis="x"), "format/type", 7, 14),
    "an id that is a path": (item(id="../x"), "format/type", 7, 5),
    "a number that is none": (item(congress="{act: pass, delegates: 八十}"), "format/type", 7, 34),
    "an unpaired quote": (item(number="'x"), "format/syntax", 7, 9),
    "no front matter": ("正文\n", "format/syntax", 1, 1),
    "front matter left open": ("---\ntitle: x\n", "format/syntax", 1, 1),
    "a control character": (item(number="x\x07y"), "format/syntax", 7, 10),
    "a missing attachment": (item(attachments="[没有.pdf]"), "ref/attachment", 7, 15),
    "an attachment elsewhere": (item(attachments="[../x.pdf]"), "ref/attachment", 7, 15),
    "an image that is not there": (item(body="看\n\n![图](没有.png)"), "ref/attachment", 10, 1),
    "a row with too many cells": (
        item(body="| a | b |\n|---|---|\n| 1 | 2 | 3 |"),
        "table/ragged",
        10,
        1,
    ),
    "a line right below a table, which is a row of it": (
        item(body="| a | b |\n|---|---|\n| 1 | 2 |\n以上合计三元"),
        "table/ragged",
        11,
        1,
    ),
    "a row with a bar of its own": (
        item(body="| a | b |\n|---|---|\n| 1 \\| 2 |"),
        "table/ragged",
        10,
        1,
    ),
    "a row without its last bar": (
        item(body="|a|b|\n|-|-|\n|1|2|3"),
        "table/ragged",
        10,
        1,
    ),
    "a refresh nobody knows": (item(refresh="sometimes"), "format/unknown-value", 7, 10),
    "a correction of nothing": (item(kind="correction"), "ref/corrects", 7, 1),
    "a correction of what is not there": (item(corrects="x-1"), "ref/corrects", 7, 1),
    "an ignored rule that is none": (
        item(ignore="[{rule: fresh/overdu, reason: x, until: 2026-12-01}]"),
        "format/unknown-value",
        7,
        17,
    ),
}
del BROKEN["duplicate key"]


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_found_at_its_place(name: str, tmp_path: Path) -> None:
    text, rule, line, column = BROKEN[name]
    assert found(tmp_path, "x.md", text) == [(rule, line, column)]


def test_a_key_written_twice(tmp_path: Path) -> None:
    text = item().replace("---\ntitle", "---\nnumber: a\nnumber: b\ntitle", 1)
    assert found(tmp_path, "x.md", text) == [("format/duplicate-key", 3, 1)]


def test_everything_missing_is_said_at_once(tmp_path: Path) -> None:
    checked = check(make_site(tmp_path, {"content/items/x.md": "---\nnumber: 1\n---\n"}), AT)
    missing = [
        finding.values["key"] for finding in checked.findings if finding.rule == "format/missing"
    ]
    assert sorted(str(one) for one in missing) == "category expires owner publish title".split()


def test_a_key_left_empty_is_missing_at_its_line(tmp_path: Path) -> None:
    assert found(tmp_path, "x.md", item(expires="")) == [("format/missing", 5, 1)]


MISTAKES = """\
---
tilte: 标题
category: 工资奖金
kind: disclosre
boards: 机加工
period: 2026年10月
publish: 2026.11.09
expires: 2026-02-30
refresh: 有时
owner: {部门: 劳资科, 岗: 科长}
channels: [web, tv]
draft: maybe
reviewed: 昨天
---
正文
"""
MENDS = {
    2: ("title", "title: 标题"),
    3: ("工资奖金分配", "category: 工资奖金分配"),
    4: ("disclosure", "kind: disclosure"),
    5: ("machining", "boards: machining"),
    6: ("2026-10", "period: 2026-10"),
    7: ("2026-11-09", "publish: 2026-11-09"),
    8: ("日历", "expires: 2026-12-28"),
    9: ("每月", "refresh: 每月"),
    10: ("岗位", "owner: {部门: 劳资科, 岗位: 科长}"),
    11: ("网站", "channels: [web, 网站]"),
    12: ("true", "draft: true"),
    13: ("{日期: …, 经办: …}", "reviewed: [{日期: 2026-11-20, 经办: 工会, 核对内容: 全部数字}]"),
}
"""By line: what the hint must tell, and the line as a clerk writes it who does what it tells."""


def mistakes(root: Path, text: str) -> dict[int, str]:
    """The hints about a file's lines."""
    checked = check(make_site(root, {"content/items/x.md": text}), AT)
    ours = [finding for finding in checked.findings if finding.path.endswith("x.md")]
    return {
        finding.line: hint(finding, "zh")
        for finding in ours
        if finding.rule.startswith(("format/", "ref/"))
    }


def test_twelve_mistakes_in_one_file_are_told_each_at_its_line(tmp_path: Path) -> None:
    assert list(mistakes(tmp_path, MISTAKES)) == list(MENDS)


@pytest.mark.parametrize("line", MENDS)
def test_a_mend_works_when_it_is_applied(line: int, tmp_path: Path) -> None:
    """It says what to write, and with that written its mistake is gone and no other came."""
    said, mended = MENDS[line]
    assert said in mistakes(tmp_path, MISTAKES)[line]
    lines = MISTAKES.splitlines()
    lines[line - 1] = mended
    left = mistakes(tmp_path, "\n".join(lines))
    assert set(left) == set(MENDS) - {line}


def test_with_every_mend_the_file_is_right(tmp_path: Path) -> None:
    lines = MISTAKES.splitlines()
    for line, (_, mended) in MENDS.items():
        lines[line - 1] = mended
    assert mistakes(tmp_path, "\n".join(lines)) == {}


NEAR = {
    "tilte: x": "title",
    "标提: x": "标题",
    "publish: 2026年11月9日": "2026-11-09",
    "publish: ２０２６-11-09": "2026-11-09",
    "kind: 公式": "公示",
}


@pytest.mark.parametrize("line", NEAR)
def test_the_hint_names_what_was_meant(line: str, tmp_path: Path) -> None:
    text = item(**dict([line.split(": ", 1)]))
    checked = check(make_site(tmp_path, {"content/items/x.md": text}), AT)
    hints = [hint(finding, lang) for finding in checked.findings for lang in ("zh", "en")]
    assert any(NEAR[line] in hint for hint in hints)


TYPED = ["no", "on", "off", "yes", "12:30", "0123", "1.10", "1_000", "1e3", "0x1F", "=", "1.0"]


@pytest.mark.parametrize("typed", TYPED)
def test_nothing_is_coerced(typed: str, tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/items/x.md": item(title=typed, number=typed)})
    read = check(site, AT).standings.by_id["x"].item
    assert (read.title, read.number) == (typed, typed)


def test_a_long_number_keeps_every_digit(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/items/x.md": item(number="123456789012345678")})
    assert check(site, AT).standings.by_id["x"].item.number == "123456789012345678"


def test_chinese_and_english_keys_give_equal_items(tmp_path: Path) -> None:
    english = """\
---
title: 任前公示
category: personnel-appointment
kind: notice
number: 3号
boards: all
formed: 2026-11-13
publish: 2026-11-16
expires: 2026-12-01
notice: {from: 2026-11-16, to: 2026-11-20, days: 5, unit: workday, channel: 纪检, reply_within: 3}
timing: before
owner: {dept: 组织部, post: 部长}
approval: {by: 党委, date: 2026-11-13, ref: 1号}
privacy: {class: personnel, consent: 告知书}
channels: [web, poster]
paper: A4
contact: {office: 组织部, phone: 内线 1, box: 门口}
steps: [{step: propose, by: 组织部, date: 2026-11-10, result: 通过}]
outcome: {objections: 0, result: 无异议, date: 2026-11-23}
reviewed: [{date: 2026-11-20, by: 组织部, checked: 名单}]
refresh: quarterly
archive: {class: 干部, retention: 永久}
legal_basis: [规定]
thread: 任免
urgent: false
---
正文
"""
    chinese = """\
---
标题: 任前公示
类别: 任前公示
性质: 公示
文号: 3号
公开栏: 全部
形成日期: 2026-11-13
公开日期: 2026-11-16
公开期限: 2026-12-01
公示期: {起: 2026-11-16, 止: 2026-11-20, 天数: 5, 单位: 工作日, 渠道: 纪检, 答复期限: 3}
时机: 事前
责任: {部门: 组织部, 岗位: 部长}
审批: {经办: 党委, 日期: 2026-11-13, 文号: 1号}
个人信息: {类别: 人事, 同意: 告知书}
渠道: [网站, 海报]
纸张: A4
联系: {科室: 组织部, 电话: 内线 1, 意见箱: 门口}
程序: [{环节: 提出, 经办: 组织部, 日期: 2026-11-10, 结果: 通过}]
公示结果: {异议: 0, 结果: 无异议, 日期: 2026-11-23}
核对: [{日期: 2026-11-20, 经办: 组织部, 核对内容: 名单}]
更新周期: 每季
归档: {类别: 干部, 保管期限: 永久}
依据: [规定]
事项: 任免
紧急: 否
---
正文
"""
    files = {"content/items/a.md": english, "content/items/b.md": chinese}
    standings = check(make_site(tmp_path, files), "2026-11-25").standings
    one, other = standings.by_id["a"], standings.by_id["b"]
    assert one.version == other.version
    for name in type(one.item).__struct_fields__:
        if name not in ("id", "path", "source"):  # what tells one file from another
            assert getattr(one.item, name) == getattr(other.item, name), name


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("gbk.md", "---\ntitle: 标题\n---\n".encode("gbk"), "format/syntax"),
        ("deep.yml", b"a: " + b"[" * 3000, "format/syntax"),
        ("deep2.yml", b"a: " + b"- " * 3000, "format/syntax"),
        ("bomb.yml", b"a: &a [x]\nb: [*a, *a]\n", "format/syntax"),
        ("nul.md", b"---\ntitle: a\0b\n---\n", "format/syntax"),
        ("large.md", b"---\n" + b"x" * 5_000_000, "format/syntax"),
        ("empty.yml", b"", "format/syntax"),
        ("scalar.yml", b"just words\n", "format/type"),
    ],
)
def test_hostile_files_are_findings_and_quick(
    name: str, data: bytes, rule: str, tmp_path: Path
) -> None:
    site = make_site(tmp_path, {})
    (tmp_path / "content/items" / name).write_bytes(data)
    rules = {finding.rule for finding in check(site, AT).findings if finding.path.endswith(name)}
    assert rules == {rule}


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    text = "\ufeff" + item().replace("\n", "\r\n")
    assert found(tmp_path, "x.md", text) == []


def test_links_are_not_followed(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {"content/items/a.md": item()})
    secret = tmp_path / "secret.md"
    secret.write_text(item(title="秘密"), "utf-8")
    (site.root / "content/items/link.md").symlink_to(secret)
    (site.root / "content/items/folder").symlink_to(tmp_path)
    checked = check(site, AT)
    assert [standing.item.id for standing in checked.standings.all()] == ["a"]
    assert "format/syntax" in {finding.rule for finding in checked.findings}


def test_two_items_of_one_id(tmp_path: Path) -> None:
    files = {"content/items/a/x.md": item(), "content/items/b/x.md": item()}
    checked = check(make_site(tmp_path, files), AT)
    twins = [finding.path for finding in checked.findings if finding.rule == "format/duplicate-id"]
    assert twins == ["content/items/b/x.md"]


def test_a_message_never_repeats_a_personal_number(tmp_path: Path) -> None:
    number = "11010519491231002X"  # the standard's own example
    files = {"content/items/x.md": item(kind=number, boards=f"[{number}]", publish=number)}
    for finding in check(make_site(tmp_path, files), AT).findings:
        for lang in ("zh", "en"):
            assert "1949" not in message(finding, lang) + hint(finding, lang)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (item(title="✔ 已完成"), "poster/glyph"),
        (item(body="很好 🎉"), "poster/glyph"),
        (item(title='"a\\0b"'), "format/type"),
        (item(aliases="[x]"), "format/duplicate-id"),
        (item(refresh="9999 years"), "format/unknown-value"),
        (item(kind="correction", corrects="x"), "ref/corrects"),
    ],
)
def test_what_would_break_a_poster_or_a_page_is_found_before(
    text: str, rule: str, tmp_path: Path
) -> None:
    assert rule in {one for one, _, _ in found(tmp_path, "x.md", text)}


@pytest.mark.parametrize(
    ("title", "case"),
    [
        ("关于 #3炉检修", "behind-text"), ("#3炉检修", "behind-text"), ("甲\t#乙", "behind-text"),
        ('"甲"#乙', "behind-quote"),
        ("甲 # 注", None), ("甲#乙", None), ('"甲 #乙"', None), ('"甲" #乙', None),
    ],
)  # fmt: skip
def test_no_text_is_cut_off_in_silence(title: str, case: str | None, tmp_path: Path) -> None:
    found = errors(make_site(tmp_path, {"content/items/x.md": item(title=title)}).root, AT)
    assert found == ({("format/syntax", case)} if case else set())


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("content/items/x.md", item(title="已完成 ✔"), (2, 12)),
        ("content/items/x.md", item(owner="{dept: 后勤部, post: ✔员}"), (6, 26)),
        ("content/items/x.md", item(steps="[{step: 提出, by: ✔科, date: 2026-10-02}]"), (7, 24)),
        ("content/items/x.md", item(title='"已\\u2714"'), (2, 10)),
        ("content/items/x.md", item(title="'已''✔'"), (2, 12)),
        ("content/items/x.md", item(summary=">\n  第一行\n  第二行✔"), (9, 6)),
        ("content/items/x.md", item(summary="第一行\n  第二行✔"), (8, 6)),
        ("content/items/x.md", item(legal_basis="[甲, 乙✔]"), (7, 19)),
        ("content/items/x.md", item(legal_basis="\n  - 甲\n  - >\n    乙\n    ✔丙"), (11, 5)),
        ("content/items/x.md", item(summary='"甲\n  乙\\\n  ✔丙"'), (9, 3)),
        ("content/items/x.md", item(body="第一行\n\n很好 🎉"), (10, 4)),
        ("content/items/x.md", item(body="第一行\n\n很好 &#x1F389;"), (10, 4)),
        ("content/org.yml", "name: 厂\nchannels:\n  - {kind: phone, text: ✔ 8201}\n", (3, 25)),
        ("boards/b.yml", "title: 栏\nworkshop: ✔车间\n", (2, 11)),
        ("content/catalogue.yml", "categories:\n  wages-bonus:\n    name: ✔工资\n", (3, 11)),
        ("mkdocs.yml", CONFIG.replace("测试厂", "✔厂"), (1, 12)),
        ("mkdocs.yml", "extra: {a: !ENV X}\n" + CONFIG.replace("测试厂", "'厂✔'"), (2, 14)),
    ],
)
def test_what_no_sheet_can_show_is_found_where_it_stands(
    path: str, text: str, place: tuple[int, int], tmp_path: Path
) -> None:
    findings = check(make_site(tmp_path, {path: text}), AT).findings
    assert {
        (finding.path, finding.line, finding.column)
        for finding in findings
        if finding.rule == "poster/glyph"
    } == {(path, *place)}


def test_each_character_that_no_sheet_can_show_is_told_of_once_a_text(tmp_path: Path) -> None:
    text = item(title="✔甲", summary="🎉乙", body="🎉 ✔\n\n🎉🎉")
    findings = check(make_site(tmp_path, {"content/items/x.md": text}), AT).findings
    found = [
        (finding.line, finding.column) for finding in findings if finding.rule == "poster/glyph"
    ]
    assert found == [(2, 8), (7, 10), (9, 1), (9, 3)]


def test_in_a_table_beside_the_item_its_cell_is_told(tmp_path: Path) -> None:
    text = item(tables="[{file: t.csv}, {file: u.csv}]")
    table = "甲,乙\n1,2\n3,4✔\n"
    files = {"content/items/x.md": text, "content/items/t.csv": "甲\n乙\n"}
    site = make_site(tmp_path, {**files, "content/items/u.csv": table})
    (one,) = (finding for finding in check(site, AT).findings if finding.rule == "poster/glyph")
    assert (one.line, one.values["file"], one.values["cell"]) == (7, "u.csv", "B3")
    assert "u.csv" in message(one, "zh")
    assert "B3" in message(one, "zh")


def test_a_damaged_picture_is_found(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/items/x.md": item(body="![图](a.png)")})
    (tmp_path / "content/items/a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 200)
    assert "ref/attachment" in {finding.rule for finding in check(site, AT).findings}


def test_rows_of_different_length_in_an_attached_table(tmp_path: Path) -> None:
    files = {
        "content/items/x.md": item(tables="[{file: t.csv}]"),
        "content/items/t.csv": "a,b\n1\n1,2,3\n",
    }
    assert "table/ragged" in {
        finding.rule for finding in check(make_site(tmp_path, files), AT).findings
    }


def test_a_broken_file_cannot_be_graded_away(tmp_path: Path) -> None:
    catalogue = "rules: {format/unknown-value: 'off'}\n"
    files = {"content/catalogue.yml": catalogue, "content/items/x.md": item(kind="x")}
    rules = [finding.rule for finding in check(make_site(tmp_path, files), AT).findings]
    assert rules.count("format/unknown-value") == 2


def test_a_draft_stays_a_draft_whatever_the_grades(tmp_path: Path) -> None:
    files = {
        "content/catalogue.yml": "rules: {ref/owner: error}\n",
        "content/org.yml": "name: 厂\ndepartments: [{name: 别的}]\n",
        "content/items/x.md": item(draft="true"),
    }
    findings = check(make_site(tmp_path, files), AT).findings
    assert [finding.severity.value for finding in findings if finding.rule == "ref/owner"] == [
        "info"
    ]


@pytest.mark.skipif(os.name == "nt", reason="its names are never bytes")
def test_a_name_that_is_no_utf8_is_named_all_the_same(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/a.md": item()})
    name = os.fsencode(tmp_path / "content/items") + b"/\xb9\xab\xbf\xaa.md"  # GBK, out of a ZIP
    with open(name, "wb") as file:  # noqa: PTH123 - a name in bytes
        file.write(item().encode())
    for form in ("text", "json", "github", "sarif", "junit", "gitlab"):
        done = run(tmp_path, "check", "--at", "2026-11-10", "--format", form)
        assert done.returncode == 1, done.stderr
        assert "xb9" in done.stdout


LINES = some.lists(some.sampled_from(["|", "a", " ", "\t", "\u3000", "-", "\\", "> ", "`", "- "]))
TABLES = some.sampled_from(
    ["| a | b |\n|---|---|\n", "> | a | b |\n> |---|---|\n", "一\n|a|b|\n|-|-|\n", "a|b\n-|-\n"]
)


@settings(max_examples=400, deadline=None)
@given(TABLES, some.lists(LINES.map("".join), max_size=3).map("\n".join))
@example("| a | b |\n|---|---|\n", "\u3000")
@example("|a|b|\n|-|-|\n", "|1|2|3")
@example("结果\n:-:\n", "| 1 | 2 |")
def test_what_looks_even_has_no_row_of_another_length(head: str, below: str) -> None:
    text = head + below
    lengths = [{row.level for row in node.children} for node in tables_in(tree(Body(text)))]
    assert not looks_even(text) or all(len(length) == 1 for length in lengths)


def test_of_a_rule_whose_name_is_none_only_that_is_said(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/catalogue.yml": "规则: {board/still：off}\n"})
    findings = check(site, "2026-11-22").findings
    told = [finding for finding in findings if finding.path == "content/catalogue.yml"]
    assert [(finding.rule, finding.line, finding.column) for finding in told] == [
        ("format/unknown-value", 1, 6)
    ]


@pytest.mark.parametrize(
    ("key", "day", "near"),
    [
        ("expires", "9999-12-31", "长期"),
        ("expires", "2999-12-31 23:59", "长期"),
        ("expires", "1000-01-01", ""),
        ("publish", "9999-12-31", ""),
    ],
)
def test_a_day_that_lies_too_far_off_is_called_so(
    key: str, day: str, near: str, tmp_path: Path
) -> None:
    made = make_site(tmp_path, {"content/items/x.md": item(**{key: day})})
    (one,) = (finding for finding in check(made, AT).findings if finding.severity.value == "error")
    assert (one.case, str(one.values.get("near", ""))) == ("far-day", near)
    assert "2200" in message(one, "zh")
    assert near in hint(one, "zh")
