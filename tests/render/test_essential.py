"""The figure that an item is about: the own workshop's, else the sum's, and never a telephone."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from gongkai.domain.model import KeyFigure
from gongkai.domain.terms import PrivacyClass
from gongkai.render.essential import Essential, essential, is_as_corrected
from gongkai.render.html import first_table
from tests.sites import check, item, make_site

WAGES = """
| 车间 | 在岗人数 | 工资总额(元) | 合计(元) | 人均(元) |
|---|---:|---:|---:|---:|
| 铸造车间 | 86 | 602000 | 722400 | 8400.00 |
| 机加工车间 | 142 | 965600 | 1178600 | 8300.00 |
| 合计 | 228 | 1567600 | 1901000 | 8337.72 |
"""
PLACES = {"铸造车间", "机加工车间"}


def found(folder: Path, body: str, own: str | None, **keys: str) -> Essential | None:
    site = make_site(folder, {"content/items/x.md": item(body=body, **keys)})
    library = check(site, "2026-11-10").standings.library
    (one,) = library.items
    return essential(
        first_table(one, own, PLACES), one, library.catalogue.categories[one.category], own, PLACES
    )


def test_it_is_the_last_figure_of_the_own_workshop(tmp_path: Path) -> None:
    one = found(tmp_path, WAGES, "机加工车间")
    assert one
    assert (one.label, one.value, one.row) == ("机加工车间人均（元）", "8,300.00", 0)
    assert one.beside == (
        ("在岗人数", "142"), ("合计", "1,178,600元"), ("全公司人均", "8,337.72元")
    )  # fmt: skip


def test_on_a_sheet_for_all_it_is_that_of_the_sum(tmp_path: Path) -> None:
    one = found(tmp_path, WAGES, None)
    assert one
    assert (one.label, one.value) == ("全公司人均（元）", "8,337.72")


@pytest.mark.parametrize(
    ("keys", "label", "value"),
    [
        ("{列: 合计}", "机加工车间合计（元）", "1,178,600"),
        ("{column: 人均(元), row: 铸造车间}", "铸造车间人均（元）", "8,400.00"),
    ],
)
def test_an_item_may_say_which(tmp_path: Path, keys: str, label: str, value: str) -> None:
    one = found(tmp_path, WAGES, "机加工车间", 要数=keys)
    assert one
    assert (one.label, one.value) == (label, value)


@pytest.mark.parametrize(
    "body",
    [
        "没有表格。",
        "| 项目 | 金额(元) |\n|---|---|\n| 纸 | 1200 |\n| 笔 | 300 |",
        "| 部门 | 电话 |\n|---|---|\n| 机加工车间 | 8201 |\n| 铸造车间 | 8101 |",
        "| 车间 | 合计(元) |\n|---|---|\n| 机加工车间 | 见附表 |\n| 铸造车间 | 12 |",
    ],
)
def test_nothing_is_made_up(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, body, "机加工车间") is None


def test_a_list_of_persons_has_none(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/items/x.md": item(body=WAGES)})
    library = check(site, "2026-11-10").standings.library
    (one,) = library.items
    secret = structs.replace(
        one, privacy=structs.replace(one.privacy, klass=PrivacyClass.SENSITIVE)
    )
    row = library.catalogue.categories[one.category]
    assert essential(first_table(secret, None, PLACES), secret, row, None, PLACES) is None


def test_a_category_of_the_site_may_say_which(tmp_path: Path) -> None:
    own = {"content/catalogue.yml": "类别:\n  wages-bonus: {要数: {列: 合计}}\n"}
    site = make_site(tmp_path, {"content/items/x.md": item(body=WAGES), **own})
    library = check(site, "2026-11-10").standings.library
    (one,) = library.items
    row = library.catalogue.categories["wages-bonus"]
    assert row.figure == KeyFigure(column="合计")
    shown = essential(first_table(one, None, PLACES), one, row, None, PLACES)
    assert shown
    assert shown.value == "1,901,000"


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("{列: 人均收入}", "人均(元)"),
        ("{行: 装配车间}", "铸造车间"),
    ],
)
def test_what_the_table_lacks_is_an_error_that_names_what_it_has(
    tmp_path: Path, keys: str, words: str
) -> None:
    site = make_site(tmp_path, {"content/items/x.md": item(body=WAGES, 要数=keys)})
    (one,) = [f for f in check(site, "2026-11-10").findings if f.rule == "format/unknown-value"]
    assert words in str(one.values["known"])


def test_a_figure_of_no_table_is_an_error(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/items/x.md": item(body="没有表格。", 要数="{列: 合计}")})
    assert "format/unknown-value" in {f.rule for f in check(site, "2026-11-10").findings}


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("车间|班组|奖金（元）\n机加工车间|甲|1200\n机加工车间|乙|1300", None),
        ("项目|金额\n米|3000\n合计|3000\n肉|5000\n总计|8000", "8,000"),
        ("车间|合计（元）|其中：补贴（元）\n机加工车间|12000|2000", "12,000"),
        ("车间|补贴咨询热线\n机加工车间|8201", None),
        ("车间|实际完成\n机加工车间|20261201", None),
    ],
)  # fmt: skip
def test_it_is_the_right_figure_or_none(body: str, value: str | None, tmp_path: Path) -> None:
    head, *rows = (f"| {line} |" for line in body.split("\n"))
    table = "\n".join([head, "|" + "---|" * (head.count("|") - 1), *rows])
    one = found(tmp_path, table, "机加工车间")
    assert (one.value if one else None) == value


def test_a_bracket_that_holds_no_unit_is_part_of_the_head(tmp_path: Path) -> None:
    one = found(
        tmp_path, "| 车间 | 奖金（不含税）（元） |\n|---|---|\n| 机加工车间 | 12000 |", "机加工车间"
    )
    assert one
    assert one.label == "机加工车间奖金（不含税）（元）"


def test_a_figure_that_was_corrected_and_not_edited_is_not_shown_large(tmp_path: Path) -> None:
    one = found(tmp_path, WAGES, "机加工车间")
    site = make_site(
        tmp_path / "b",
        {
            "content/items/b.md": item(
                kind="correction", corrects="a",
                correction="{reason: 写错, changes: [{where: 人均, old: '8300.00', new: '84'}]}",
            ),
            "content/items/a.md": item(body=WAGES),
        },
    )  # fmt: skip
    items = {each.id: each for each in check(site, "2026-11-10").standings.library.items}
    assert one
    assert not is_as_corrected(one, [items["b"]])
    assert is_as_corrected(one, [])
