"""Tables as they are read from afar: separators where figures count, the own workshop first."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from gongkai.domain.text import Body, plain_text
from gongkai.render.reading import changed, counted, for_reading
from gongkai.source.markdown import tree
from tests.bodies import html_in
from tests.sites import check, item, make_site

PLACES = {"机加工车间", "铸造车间", "装配车间", "后勤部"}


def table(*rows: str, own: str | None = None) -> list[list[str]]:
    head, *rest = rows
    lines = [head, "|".join("---" for _ in head.split("|")), *rest]
    nodes = tree(Body("\n".join(f"|{line}|" for line in lines)))
    (ready,) = for_reading(nodes, own, PLACES)
    return [
        [plain_text(cell.children).strip() for cell in row.children] for row in ready.children[1:]
    ]


@pytest.mark.parametrize(
    ("head", "cells", "shown"),
    [
        ("合计（元）", ["965600", "8529.41", "-54400"], ["965,600", "8,529.41", "-54,400"]),
        ("年度目标", ["5900", "21000"], ["5,900", "21,000"]),
        ("全年应休（天）", ["2665", "980"], ["2,665", "980"]),
        ("金额", ["¥1234567", "—", ""], ["¥1,234,567", "—", ""]),
        ("完成率", ["1204.5%"], ["1,204.5%"]),
        ("已有数", ["1,234", "5678"], ["1,234", "5,678"]),
        ("年份", ["2025", "2026"], ["2025", "2026"]),
        ("建成", ["1998", "2003"], ["1998", "2003"]),
        ("文号", ["20261"], ["20261"]),
        ("序号", ["1001"], ["1001"]),
        ("房号", ["1203"], ["1203"]),
        ("联系电话", ["8051", "13800"], ["8051", "13800"]),
        ("工号", ["10023"], ["10023"]),
        ("公开日期", ["20261119"], ["20261119"]),
        ("备注", ["1234件", "5678"], ["1,234件", "5678"]),
        ("补贴咨询热线", ["8201", "8202"], ["8201", "8202"]),
        ("实际完成", ["20261201", "20270301"], ["20261201", "20270301"]),
        ("支出单据", ["20261101", "1102"], ["20261101", "1102"]),
        ("购置年", ["2018", "—", "2020"], ["2018", "—", "2020"]),
        ("工资月份", ["2026.10"], ["2026.10"]),
        ("发放年月", ["202610"], ["202610"]),
        ("实发", ["202610", "202611"], ["202610", "202611"]),
        ("分机", ["8001", "0123"], ["8001", "0123"]),
        ("数量", ["0012", "1200"], ["0012", "1,200"]),
        ("宿舍", ["1204"], ["1204"]),
        ("联系方式", ["13800001111"], ["13800001111"]),
        ("设备", ["6140"], ["6140"]),
        ("本季完成", ["1486", "/", "1441"], ["1,486", "/", "1,441"]),
    ],
)
def test_a_column_that_counts_has_separators(head: str, cells: list[str], shown: list[str]) -> None:
    found = table(f"项目|{head}", *(f"第{n}项|{cell}" for n, cell in enumerate(cells)))
    assert [row[1] for row in found] == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("合计3146800元", "合计3,146,800元"),
        ("人均8281.05元", "人均8,281.05元"),
        ("在岗1380人", "在岗1,380人"),
        ("2026年10月", "2026年10月"),
        ("2026号文件", "2026号文件"),
        ("内线8201", "内线8201"),
        ("第1203室", "第1203室"),
        ("GB 50016", "GB 50016"),
        ("1,234元", "1,234元"),
        ("a1234元", "a1234元"),
        ("2026元旦放假安排", "2026元旦放假安排"),
        ("2026项目计划", "2026项目计划"),
        ("请拨打8001人力资源部", "请拨打8001人力资源部"),
        ("0411-83001人事科", "0411-83001人事科"),
        ("共0012件", "共0012件"),
        ("2026人参加", "2026人参加"),
        ("拨款2026元", "拨款2,026元"),
    ],
)
def test_a_figure_in_text_has_separators_if_what_it_counts_stands_behind_it(
    text: str, shown: str
) -> None:
    assert counted(text) == shown


def test_a_correction_shows_both_figures_alike() -> None:
    given = ("54400", "8500.0", "3145800元", "无")
    shown = ["54,400", "8,500.0", "3,145,800元", "无"]
    assert [changed(one, "热处理车间/奖金总额") for one in given] == shown
    assert [changed(one, "分机") for one in ("8001", "0123")] == ["8001", "0123"]


ROWS = ("铸造车间|3", "机加工车间|1", "装配车间|2", "合计|6")


def test_the_own_workshop_comes_first_where_every_row_is_a_workshop() -> None:
    found = [row[0] for row in table("车间|数", *ROWS, own="机加工车间")]
    assert found == ["机加工车间", "铸造车间", "装配车间", "合计"]


@pytest.mark.parametrize(
    "rows",
    [
        ("一、收入|1", "机加工车间|2", "铸造车间|3"),
        ("机加工车间|1", "铸造车间|2", "机加工车间|3"),
        ("第一名 铸造车间|1", "机加工车间|2"),
    ],
)
def test_any_other_order_means_something_and_stays(rows: tuple[str, ...]) -> None:
    found = [row[0] for row in table("项目|数", *rows, own="机加工车间")]
    assert found == [row.split("|")[0] for row in rows]


def test_a_ranking_keeps_its_order() -> None:
    rows = ("铸造车间|98", "装配车间|95", "机加工车间|71")
    for head, first in (("得分", "铸造车间"), ("人数", "机加工车间")):
        assert table(f"车间|{head}", *rows, own="机加工车间")[0][0] == first


BODIES = [
    "10月共1234567元,人均8281.05元。",
    "# 一、总额3146800元\n\n- 工资2592800元\n- 奖金554000元",
    "| 车间 | 合计(元) | 工号 |\n|---|---:|---|\n| 铸造 | 722400 | 10023 |\n"
    "| **合计** | **1901000** | 10024 |",
    "前2026年1234件。\n\n| 年份 | 产量(件) |\n|---|---|\n| 2025 | 12345 |\n| 2026 | — |\n\n"
    "后12345元。",
    "| a | 金额 |\n|--|--|\n| 甲 | 1234 |\n| 乙 | 见附 |",
    "| a\\|b | 金额 |\n|--|--|\n| 甲 | 1234 |",
    "`1234元`和[1234元](http://a.example)，**1234**元",
    "|1234元",
    "> 1234\n> 元 & <b>1234元</b>",
]


@pytest.mark.parametrize("text", BODIES)
def test_pages_and_sheets_have_the_same_separators(text: str) -> None:
    on_page = unescape(re.sub("<[^>]*>", "", html_in(text)))
    on_sheet = plain_text(for_reading(tree(Body(text)), None, ()))
    assert "".join(on_page.split()) == "".join(on_sheet.split())


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("[y](a.docx)", [(1, 1)]),
        ("甲[y](a.docx#p2)", [(1, 2)]),
        ("[y](a.docx?x=1)", [(1, 1)]),
        ("[y](a.docx '题')", [(1, 1)]),
        ("[y](附件/a.docx)", [(1, 1)]),
        ("[y](../a.docx#p2)", [(1, 1)]),
        ("[y][r]\n\n[r]: a.docx", [(3, 1)]),
        ("[y][]\n\n[y]: <a b.docx> '题'", [(3, 1)]),
        ("[Y]\n\n> [y]: a.docx#p2", [(3, 3)]),
        ("[甲][r]、[乙][s]\n\n[r]: a.docx\n[s]:\n  b.xlsx", [(3, 1), (4, 1)]),
        ("![y][r]\n\n[r]: a b.png", [(3, 1)]),
        ("[y](https://example.test/a.docx#p2)", []),
        ("[y][r]\n\n[r]: https://example.test/a.docx", []),
        ("[1](见附表)", []),
        ("[y](2026/11.30)", []),
        ("[备注]: 见附表", []),
        ("[备注]: a.docx", []),  # nothing leads there: it is a note
        ("[y](javascript:alert.js)", []),
    ],
)
def test_a_link_to_a_file_that_would_print_as_typed_is_found(
    body: str, places: list[tuple[int, int]], tmp_path: Path
) -> None:
    text = item(body=body)
    first = text.split("\n").index(body.split("\n")[0])
    findings = check(make_site(tmp_path, {"content/items/x.md": text}), "2026-11-22").findings
    found = [
        (finding.line - first, finding.column)
        for finding in findings
        if finding.rule == "format/link"
    ]
    assert found == places
