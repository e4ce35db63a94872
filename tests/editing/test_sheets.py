"""What an office's sheet means: heads, rows, notes, what it is about; and nothing of it is lost."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gongkai.editing.periods import period_in
from gongkai.editing.sheets import troubles
from gongkai.editing.written import as_typed, table_text
from gongkai.source.library import read_library
from gongkai.source.markdown import html_of
from gongkai.source.site import read_site
from gongkai.source.workbook.delimited import read_delimited
from gongkai.source.workbook.errors import Unreadable
from gongkai.source.workbook.reading import cell_name, read_sheet
from gongkai.source.workbook.understood import UnderstoodSheet, understand
from tests.command import run
from tests.sites import check, item, make_site, written

AT = ("--at", "2026-12-07")
TITLE = "2026年11月食堂账目"


def book(path: Path, *rows: list[Any], merge: str = "", hide: str = "") -> Path:
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    for row in rows:
        page.append(row)
    for text in merge.split():
        page.merge_cells(text)
    for name in hide.split():
        page.row_dimensions[int(name)].hidden = True
    made.save(path)
    return path


def understood(tmp_path: Path, *rows: list[Any], merge: str = "") -> UnderstoodSheet:
    data = book(tmp_path / "a.xlsx", *rows, merge=merge).read_bytes()
    found = understand(read_sheet(data, None, 99))
    assert found is not None
    return found


def test_heads_of_three_rows(tmp_path: Path) -> None:
    found = understood(
        tmp_path, [TITLE], ["车间", "工资"], [None, "应发", None, "实发"], [None, "计时", "计件"],
        ["机加工", 1, 2, 3], merge="A1:D1 A2:A4 B2:D2 B3:C3 D3:D4",
    )  # fmt: skip
    assert found.title == TITLE
    assert found.table == (
        ("车间", "工资·应发·计时", "工资·应发·计件", "工资·实发"),
        ("机加工", "1", "2", "3"),
    )


@pytest.mark.parametrize(
    ("heads", "lower", "named"),
    [
        (["车间", "在岗", "金额"], [None, "人", "元"], ("车间", "在岗（人）", "金额（元）")),
        (["车间", "金额", "比例"], [None, "（万元）", "%"], ("车间", "金额（万元）", "比例（%）")),
        (["车间", "工资", None], [None, "应发", "实发"], ("车间", "工资·应发", "工资·实发")),
    ],
)
def test_units_and_lower_heads_without_merged_cells(
    heads: list[Any], lower: list[Any], named: tuple[str, ...], tmp_path: Path
) -> None:
    found = understood(tmp_path, heads, lower, ["机加工", 1, 2], ["铸造", 3, 4])
    assert found.table == (named, ("机加工", "1", "2"), ("铸造", "3", "4"))


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        (["项目", 2024, 2025], ["甲", 1, 2]), (["姓名", 1, 2, 3], ["示例甲", "√", "×", "√"]),
        (["项目", "2024年", "2025年"], ["甲", 1, 2]),
        (["编号", 29, 30, 31], ["A1", "出", "休", "出"]),
    ],
)  # fmt: skip
def test_years_and_days_of_a_month_are_heads(
    heads: list[Any], row: list[Any], tmp_path: Path
) -> None:
    found = understood(tmp_path, ["考勤表"], heads, row)
    assert found.table == (tuple(map(str, heads)), tuple(map(str, row)))


@pytest.mark.parametrize("first", [["示例甲", 120, 36.5], ["示例甲", 5000, 7000]])
def test_a_sheet_without_heads_is_not_understood(first: list[Any], tmp_path: Path) -> None:
    """Its first person would become the head."""
    path = book(tmp_path / "a.xlsx", ["食堂"], first, ["示例乙", "√", "×"])
    assert understand(read_sheet(path.read_bytes(), None, 99)) is None


ROWS: list[list[Any]] = [
    ["项目", "金额"],
    ["原料", 100],
    ["注塑加工费", 200],
    ["审核科", 3],
    ["备注册费用", 5],
]


@pytest.mark.parametrize(
    ("last", "is_note"),
    [
        (["说明书印刷", 7], False), (["复核组", "两人"], False), (["备注：不含税", None], True),
        (["制表：示例甲", "审核：示例乙"], True), (["以上不含税", None], True),
        (["合计：", 308], False),
    ],
)  # fmt: skip
def test_a_note_has_a_colon_or_stands_alone(last: list[Any], is_note: bool, tmp_path: Path) -> None:
    found = understood(tmp_path, *ROWS, last)
    assert len(found.table) == (5 if is_note else 6)
    assert len(found.after) == is_note
    assert ("注塑加工费", "200") in found.table


TYPED = (
    "1500*800*750", "甲*乙*丙", "**甲**", "`甲`", "[甲](https://a.example)", "&copy;甲",
    "&#65;", "<b>甲</b>", "~~甲~~", "_甲_", "甲\\*乙", "![甲](b.png)", "<https://a.example>", "\\",
    "* 甲", "# 甲", "1) 甲", "2. 甲", "- 甲", "+ 甲",
    "> 甲", "---", "===", "甲 | 乙", "[1]: https://a.example",
    "R&D", "a_b_c", "3 < 5", "#1",
)  # fmt: skip


def shown(markdown: str) -> tuple[str, str]:
    """The HTML of a body, and its words."""
    html = html_of(markdown)
    return html, " ".join(unescape(re.sub("<[^>]*>", " ", html)).split())


@pytest.mark.parametrize("text", TYPED)
def test_signs_of_markdown_are_shown_as_typed(text: str) -> None:
    html, words = shown(f"前\n\n{as_typed(text)}\n\n后")
    assert words == f"前 {text} 后"
    in_table, cells = shown(table_text([["项目", "数"], [text, "1"]]))
    assert cells == f"项目 数 {text} 1"
    assert "<a" not in html + in_table


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site", {}).root


def test_what_was_left_out_is_named_and_taken_on_request(site: Path, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [TITLE], ["项目", "元"], ["甲", 1], ["密行", 2], hide="4")
    done = run(site, "import", str(path), "--dry-run", *AT)
    assert "没有导入隐藏的行：4" in done.stderr
    run(site, "import", str(path), "--hidden", *AT)
    assert "密行" in next((site / "content/items").rglob("*.yml")).read_text("utf-8")


def test_the_factory_s_name_does_not_say_what_a_table_is_about(tmp_path: Path) -> None:
    wages = """---
title: 示例红星轴承厂10月工资
category: wages-bonus
period: 2026-10
publish: 2026-11-01
expires: 2026-12-31
owner: {dept: 劳资科}
---
见表。
"""
    site = make_site(tmp_path / "site", {
        "content/org.yml": "name: 示例红星轴承厂\nshort: 红星\n",
        "content/items/w.md": wages,
    }).root  # fmt: skip
    path = book(
        tmp_path / "a.xlsx", ["示例红星轴承厂2026年11月份食堂收支"], ["项目", "元"], ["甲", 1]
    )
    done = run(site, "import", str(path), "--dry-run", *AT)
    assert "类别：食堂账目" in done.stderr


def test_a_second_table_of_a_period_is_told_what_it_may_become(site: Path, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [TITLE], ["项目", "元"], ["甲", 1])
    assert run(site, "import", str(path), *AT).returncode == 0
    done = run(site, "import", str(path), *AT)
    assert (done.returncode, done.stdout) == (2, "")
    for part in ("已经有一项", "又一张表", "别的公开栏", "更正"):
        assert part in done.stderr


@pytest.mark.parametrize("form", ["item", "table"])
def test_what_was_imported_is_checked_built_and_comes_out_the_same(
    form: str, site: Path, tmp_path: Path
) -> None:
    """Out of the built site as CSV, and taken over a second time."""
    rows: list[list[Any]] = [
        ["规格", "数量"],
        ["1500*800*750", 12],
        ["甲_乙", 0.5],
        ["-", "1,200.50"],
    ]
    path = book(tmp_path / "食堂.xlsx", [TITLE], *rows)
    done = run(site, "import", str(path), "--as", form, "--publish", "2026-12-01", *AT)
    first = written(site, done)
    assert not [
        finding
        for finding in check(read_site(site), "2026-12-02").findings
        if finding.rule[:3] == "for"
    ]
    assert run(site, "build", "--at", "2026-12-02").returncode == 0
    if form == "table":
        (beside,) = [name for name in first if name.endswith(".csv")]
        table = list(csv.reader(io.StringIO((site / beside).read_text("utf-8-sig"))))
        assert table == [[str(cell) for cell in row] for row in rows]
        again = tmp_path / "再来.csv"
        again.write_bytes((site / beside).read_bytes())
        other = make_site(tmp_path / "other", {}).root
        done = run(other, "import", str(again), "--as", "table", "--category", "食堂账目",
                   "--period", "2026-11", *AT)  # fmt: skip
        (copy,) = [name for name in written(other, done) if name.endswith(".csv")]
        assert (other / copy).read_bytes() == (site / beside).read_bytes()


def test_an_attached_workbook_is_shown_as_it_is_seen_or_refused_by_cell(tmp_path: Path) -> None:
    text = (
        "---\ntitle: 甲\ncategory: canteen-accounts\nperiod: 2026-11\npublish: 2026-12-01\n"
        "expires: 2027-01-31\nowner: {dept: 后勤部}\ntables: [{file: a.xlsx}]\n---\n见表。\n"
    )
    root = make_site(tmp_path / "site", {"content/items/a.md": text}).root
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    for row in (["车间", "比例"], ["甲", 0.142857], ["乙", 1178600], ["密", 3]):
        page.append(row)
    page["B2"].number_format, page["B3"].number_format = "0.00%", "0!.0,"
    page.row_dimensions[4].hidden = True
    made.save(root / "content/items/a.xlsx")
    (found,) = read_library(read_site(root))[0].items
    assert found.attached[0] == (("车间", "比例"), ("甲", "14.29%"), ("乙", "117.9"))
    page.merge_cells("B2:B3")
    made.save(root / "content/items/a.xlsx")
    findings = check(read_site(root), "2026-12-02").findings
    (finding,) = [finding for finding in findings if finding.rule == "ref/attachment"]
    assert finding.case == "cell-merged-number"
    assert finding.values["cell"] == "B2"


@pytest.mark.parametrize(
    ("rows", "merge"),
    [
        ([["食堂", "金额", None], ["一食堂", 5000, 5001], ["二食堂", 9000, 7000]], "B1:C1"),
        ([["项", "内容", None, "元"], ["米", "东北", "一级", 9], ["面", "河南", "特级", 8]],
         "B1:C1"),
        ([["名称", None, "备注"], ["大米", "—", "好"], ["面粉", 90, "好"], ["油", 80, "好"]], ""),
        ([["单位：", "金额", "数量"], ["一车间", 1, 2]], ""),
        ([["时间", "事项"], ["上午8:00", "早会"], ["下午2:00", "评议"]], ""),
    ],
)  # fmt: skip
def test_a_row_of_the_table_stays_one(rows: list[list[Any]], merge: str, tmp_path: Path) -> None:
    found = understood(tmp_path, *rows, merge=merge)
    told = [tuple("" if cell is None else str(cell) for cell in row) for row in rows[1:]]
    assert [*found.table[1:]] == told
    assert found.after == ()


def test_the_firm_and_who_made_the_sheet_stand_above_the_title(tmp_path: Path) -> None:
    found = understood(
        tmp_path, ["示例有限公司"], [TITLE], ["后勤部", None, "2026年12月1日"],
        ["项目", "金额", "备注"], ["甲", 1, "好"],
    )  # fmt: skip
    assert (found.title, found.before) == (TITLE, ("示例有限公司", "后勤部　2026年12月1日"))
    assert found.table == (("项目", "金额", "备注"), ("甲", "1", "好"))


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("10月份食堂收支表", "2026-10"), ("2026年十一月份食堂收支", "2026-11"),
        ("12月食堂收支", "2025-12"),
        ("2026年度11月份食堂收支", "2026-11"), ("二〇二六年十月食堂收支", "2026-10"),
        ("202610食堂", "2026-10"),
        ("2026年1-10月食堂收支", "None"), ("2026年9月-10月", "None"), ("2026年度三季度", "2026-Q3"),
    ],
)  # fmt: skip
def test_the_period_that_a_title_speaks_of(title: str, period: str) -> None:
    assert str(period_in(title, date(2026, 11, 22))) == period


def test_a_period_that_is_not_understood_is_asked_for(site: Path, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ["2026年1-10月食堂账目"], ["项目", "元"], ["甲", 1])
    done = run(site, "import", str(path), *AT)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--period" in done.stderr


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "项目\t金额\n工资\t1,234.00\n奖金\t2,234.00\n",
            [["工资", "1,234.00"], ["奖金", "2,234.00"]],
        ),
        ('项目\t金额\n工资\t"1,234.00"\n', [["工资", "1,234.00"]]),
        ("部门,成员\n一组,甲;乙;丙\n二组,丁;戊;己\n", [["一组", "甲;乙;丙"], ["二组", "丁;戊;己"]]),
        ('项目,金额,备注\n大米,"12,345.00",采购;验收\n', [["大米", "12,345.00", "采购;验收"]]),
        ("sep=,\n项目,金额\n甲,1\n", [["甲", "1"]]),
        ('项目\t天\n"安康杯"竞赛\t100\n', [['"安康杯"竞赛', "100"]]),
    ],
)
def test_what_separates_the_cells_of_a_text(text: str, rows: list[list[str]]) -> None:
    sheet = read_delimited(text.encode(), "a.csv", 99)
    assert [[cell.text for cell in row] for row in sheet.rows[1:]] == rows


CUT = ["项目,金额\n大米,100\n".encode() + b"\xe5\xa4\n", '项目,金额\n"甲,1\n'.encode()]


@pytest.mark.parametrize("data", CUT)
def test_a_text_that_is_cut_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_delimited(data, "a.csv", 99)


def test_a_ledger_loses_no_line_and_no_number_stands_twice(site: Path, tmp_path: Path) -> None:
    heads = ["编号", "来源", "收到日期", "意见"]
    one = ["Y1", "意见箱", "2026-11-01 8:30", "甲"]
    lost = book(tmp_path / "lost.xlsx", heads, one, [None, None, None, "甲的后半句"])
    done = run(site, "import", str(lost), *AT)
    assert (done.returncode, "甲的后半句" in done.stderr) == (2, True)
    twice = book(tmp_path / "twice.xlsx", heads, one, [*one[:3], "乙"])
    assert "Y1" in run(site, "import", str(twice), *AT).stderr
    day = book(tmp_path / "day.xlsx", heads, one, ["Y2", "意见箱", "下周", "乙"])
    assert "第 2 条" in run(site, "import", str(day), *AT).stderr
    assert run(site, "import", str(book(tmp_path / "b.xlsx", heads, one)), *AT).returncode == 0


def test_a_table_that_a_csv_file_would_change_is_refused(site: Path, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [TITLE], ["项目", "菌落"], ["甲", "1.2E+3"])
    done = run(site, "import", str(path), "--as", "table", *AT)
    assert (done.returncode, "--as item" in done.stderr) == (2, True)
    assert run(site, "import", str(path), *AT).returncode == 0


def test_an_attached_workbook_has_its_title_heads_and_notes(tmp_path: Path) -> None:
    text = item(tables="[{file: a.xlsx}]")
    root = make_site(tmp_path / "site", {"content/items/a.md": text}).root
    book(root / "content/items/a.xlsx", [TITLE], ["日期", "收入", None], [None, "早", "晚"],
         ["1日", 1, 2], ["制表：示例甲"], merge="A1:C1 A2:A3 B2:C2")  # fmt: skip
    (found,) = read_library(read_site(root))[0].items
    assert found.tables[0].caption == TITLE
    assert found.attached[0] == (
        ("日期", "收入·早", "收入·晚"), ("1日", "1", "2"), ("制表：示例甲", "", ""),
    )  # fmt: skip


HEADS: dict[str, tuple[list[list[Any]], str, list[str]]] = {
    "rows under wide cells stay rows": (
        [["当选人", None, "单位", None], ["甲", "男", "机加", "车"], ["乙", "女", "机加", "炉"]],
        "A2:B2 C2:D2",
        ["当选人", "当选人", "单位", "单位"],
    ),
    "what comes again below is no head": (
        [["项目", None, "金额"], ["收入", "餐费", None], ["收入", "补贴", 5], ["支出", "肉", 3]],
        "A2:B2",
        ["项目", "项目", "金额"],
    ),
    "a note that was merged downwards takes no rows": (
        [["项目", "金额", "说明：税后"], ["肉", 1], ["菜", 2], ["豆", 3]],
        "C2:C5",
        ["项目", "金额", "说明：税后"],
    ),
    "codes are no units": (
        [["点", "甲醛", "苯"], ["A", "ND", "ND"], ["B", 0.05, 0.01], ["C", 0.02, 0.03]],
        "",
        ["点", "甲醛", "苯"],
    ),
    "units of measurements": (
        [["点", "甲醛", "苯"], [None, "mg/m³", "μg/m3"], ["B", 0.05, 0.01]],
        "",
        ["点", "甲醛（mg/m³）", "苯（μg/m3）"],
    ),
    "a head ends where its cell does": (
        [["姓名", "工资", None, None], [None, "基本", "绩效", "扣款"], ["甲", 1, 2, 3]],
        "A2:A3 B2:C2",
        ["姓名", "工资·基本", "工资·绩效", "扣款"],
    ),
    "单位 may be a name": (
        [["项目", "中标", None, "备注"], [None, "单位", "金额", None], ["锅炉", "甲公司", 1, "无"]],
        "A2:A3 B2:C2 D2:D3",
        ["项目", "中标·单位", "中标·金额", "备注"],
    ),
    "a unit stays though its sign is in the name": (
        [["项目", "元旦补贴", "台班费"], [None, "元", "台"], ["甲", 1, 2]],
        "A2:A3",
        ["项目", "元旦补贴（元）", "台班费（台）"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", HEADS)
def test_where_heads_end_and_what_they_say(kind: str, tmp_path: Path) -> None:
    rows, merge, heads = HEADS[kind]
    assert list(understood(tmp_path, [TITLE], *rows, merge=merge).table[0]) == heads


def test_tabs_behind_the_cells_of_a_csv_part_nothing() -> None:
    """Platforms put them there so that spreadsheets keep all digits of long numbers."""
    data = "交易号\t,项目\t\n202611200001\t,肉\t\n".encode("gbk")
    rows = read_delimited(data, "a.csv", 99).rows
    assert [[cell.text for cell in row] for row in rows] == [
        ["交易号", "项目"],
        ["202611200001", "肉"],
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [(["肉", "########"], "unshown"), (["甲", 13800138000], "personal")],
)
def test_what_cannot_go_up_is_refused_by_cell(row: list[Any], why: str, tmp_path: Path) -> None:
    """What a narrow column hid; a mobile's number, though a format parts its digits."""
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    for one in ([TITLE], ["项目", "金额"], row):
        page.append(one)
    page["B3"].number_format = "#,##0.00"
    made.save(tmp_path / "a.xlsx")
    sheet = read_sheet((tmp_path / "a.xlsx").read_bytes(), None, 99)
    assert [(trouble.key, trouble.cell) for trouble in troubles(sheet)] == [(f"import.{why}", "B3")]


@pytest.mark.parametrize(
    "above", [[TITLE, None, "（单位：元）"], [TITLE, None, "附件2"], ["一厂", None, "2026年11月"]]
)
def test_what_stands_beside_a_title_is_no_head(above: list[Any], tmp_path: Path) -> None:
    found = understood(tmp_path, above, ["项目", "金额", "备注"], ["肉", 1, "无"])
    assert found.table == (("项目", "金额", "备注"), ("肉", "1", "无"))


TWO_TABLES: list[list[Any]] = [
    [TITLE], ["收入项目", "金额"], ["餐费", 1000], [], ["支出项目", "数量", "金额"], ["肉", 3, 300],
]  # fmt: skip


def test_a_second_table_on_a_sheet_is_refused_by_the_cell_where_it_begins(
    site: Path, tmp_path: Path
) -> None:
    """Else its figures would stand under the names of the first."""
    path = book(tmp_path / "a.xlsx", *TWO_TABLES)
    done = run(site, "import", str(path), *AT)
    assert (done.returncode, "A5" in done.stderr) == (1, True)
    parts: list[list[Any]] = [["项目", "金额"], ["甲", 1], [], ["乙", 2], ["合计", 3]]
    assert understood(tmp_path, [TITLE], *parts).second is None


BESIDE: dict[str, tuple[list[list[Any]], str]] = {
    "behind an empty column": (
        [["项目", "金额", None, "项目", "人数"], ["米", 10, None, "面", 20], ["油", 3, None, "肉"]],
        "D1",
    ),
    "under a name of its own": (
        [["一食堂", None, None, "二食堂", None], ["项目", "元", None, "项目", "元"],
         ["米", 10, None, "面", 20], ["油", 30, None, "肉", 40]],
        "D1",
    ),
    "with numbers in front": (
        [["序号", "项目", "金额", None, "序号", "班组", "人数"], [1, "米", 10, None, 1, "面", 20],
         [2, "油", 5, None, 2, "肉", 7]],
        "E1",
    ),
    "with the same heads": (
        [["项目", "金额", "项目", "金额"], ["米", 10, "面", 20], ["油", 30, "肉", 40]],
        "C1",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", BESIDE)
def test_two_tables_side_by_side_are_refused_with_the_cell_of_the_second(
    kind: str, tmp_path: Path
) -> None:
    rows, cell = BESIDE[kind]
    second = understood(tmp_path, *rows).second
    assert second is not None
    assert cell_name(*second) == cell


@pytest.mark.parametrize(
    "rows",
    [
        [["项目", "金额", None, "备注"], ["米", 10, None, "现购"], ["油", 30, None, "赊购"]],
        [["项目", "本月", "上月"], ["米", 10, 20], ["油", 30, 40]],
        [["车间", "人数", None, "金额", "奖金"], ["甲", 1, None, 10, 20], ["乙", 2, None, 30, 40]],
    ],
)
def test_an_empty_column_alone_parts_no_table(rows: list[list[Any]], tmp_path: Path) -> None:
    assert understood(tmp_path, *rows).second is None


@pytest.mark.parametrize(
    ("units", "heads"),
    [
        ((None, "担", "斛"), ("项目", "本月·担", "上月·斛")),
        (("单位", "担", "斛"), ("项目", "本月·担", "上月·斛")),
        ((None, "(马力)", "（克拉）"), ("项目", "本月（马力）", "上月（克拉）")),
    ],
)
def test_units_that_nobody_knows_are_units(
    units: tuple[Any, ...], heads: tuple[str, ...], tmp_path: Path
) -> None:
    found = understood(tmp_path, ["项目", "本月", "上月"], [*units], ["米", 10, 20], ["油", 30, 40])
    assert found.table[0] == heads
    assert len(found.table) == 3


@pytest.mark.parametrize(
    "rows",
    [
        [["示例甲", "机加工"], ["示例乙", "铸造"], ["示例丙", "热处理"]],
        [["米", "一等"], ["油", "二等"], ["面", "一等"]],
        [["米", 10], ["油", 30]],
    ],
)
def test_a_sheet_without_heads_is_not_guessed_at(rows: list[list[Any]], tmp_path: Path) -> None:
    data = book(tmp_path / "a.xlsx", *rows).read_bytes()
    assert understand(read_sheet(data, None, 99)) is None
