"""A number is found however a person may write it, and nothing else is taken for one.

No number here is anybody's: see ``test_privacy``.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from gongkai.domain.text import Body
from gongkai.source.privacy import numbers
from gongkai.source.privacy.numbers import personal_numbers, veiled
from gongkai.source.privacy.rows import numbers_in_lines, numbers_in_row, numbers_in_table
from gongkai.source.privacy.shown import in_body, looked_closely
from tests.spellings import HARMLESS, NUMBERS, harmless, spellings


@pytest.mark.parametrize("kind", NUMBERS)
def test_every_spelling_is_found_and_veiled(kind: str) -> None:
    missed = []
    texts = list(spellings(NUMBERS[kind]))
    assert len(texts) >= 200
    for text in texts:
        rules = {number.rule for number in personal_numbers(text)}
        if f"privacy/{kind}" not in rules:
            missed.append(text)
    assert missed == []
    assert [text for text in texts if set(map(str, personal_numbers(veiled(text))))] == []


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_number_of_a_person(text: str) -> None:
    assert [number.rule for number in personal_numbers(text)] == []


def test_what_stands_on_boards_is_silent() -> None:
    """Three hundred texts of figures, each of a kind; among the long runs with fresh seeds."""
    assert [text for text in harmless(7, 300) if list(personal_numbers(text))] == []


@pytest.mark.parametrize(
    ("cells", "heads", "is_one"),
    [
        (("138", "00138000"), ("区", "号"), True),
        (("138", "0013", "8000"), ("", "", ""), True),
        (("12", "138", "0013", "8000", "500"), ("", "", "", "", ""), True),
        (("12", "139", "00138000"), ("序号", "区", "号"), True),
        (("1380013", "8000"), ("电话", ""), True),
        (("手机", "1380013", "8000"), ("项", "", ""), True),
        (("142", "178600.50"), ("人数", "金额"), False),
        (("14", "2026-06-10", "06", "467"), ("序号", "日期", "月", "数"), False),
        (("33", "3302.64", "4265", "07"), ("件", "元", "数", "号"), False),
        (("196350", "56100"), ("本月", "上月"), False),
        (("138", "0.50"), ("件", "元"), False),
        (("1380013", "8000"), ("件", "元"), False),
        (("8201", "1380"), ("电话", "金额"), False),
        (("甲", "139 1234 5678 8201"), ("姓名", "联系电话"), True),
        (("甲", "8201 139 1234 5678"), ("姓名", "联系电话"), True),
        (("甲", "8201 8202 8203 8204"), ("部门", "内线电话"), False),
        (("甲", "139 1234 5678 8201"), ("车间", "电话费"), False),
    ],
)
def test_over_neighbouring_cells(
    cells: tuple[str, ...], heads: tuple[str, ...], is_one: bool
) -> None:
    assert bool(list(numbers_in_row(cells, heads))) is is_one


def test_a_word_before_it_announces_a_number_however_it_is_grouped() -> None:
    for text in ("电话：138/0013/8000", "手机1-3-8-0-0-1-3-8-0-0-0", "Tel 1380 013 8000"):
        assert list(personal_numbers(text)), text


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            "示例甲 110105209912310299 已核。",
            "privacy/id-number",
        ),  # fits a credit code's check as well
        ("请找示例甲13800138000元旦值班", "privacy/phone"),
        ("13800138000.0", "privacy/phone"),  # as a spreadsheet's number is written out
        ("⼀三⼋〇〇⼀三⼋〇〇〇", "privacy/phone"),
        ("壹參捌零零壹參捌零零零", "privacy/phone"),
        ("138\u20280013\u20288000", "privacy/phone"),
    ],
)
def test_what_could_be_taken_for_something_else(text: str, rule: str) -> None:
    assert [number.rule for number in personal_numbers(text)] == [rule]


@pytest.mark.parametrize(
    "text",
    [
        "施工许可证编号 370102202611190201", "招标编号：370102202611100012", "人数依次为 13 12 10 15 16 1",
        "钢管规格 133-159-219-27", "统一社会信用代码：110105209912310299",
        "13500000000元", "13500000000.50",
    ],
)  # fmt: skip
def test_figures_beside_each_other_are_no_number(text: str) -> None:
    assert list(personal_numbers(text)) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # beside another number, in groups of which one begins with a nought, as no count does
        ("12 138 0013 8000", "phone"), ("138 0013 8000 500", "phone"),
        ("工号 23 138 0013 8000", "phone"), ("23 138 00138000 8201", "phone"),
        ("13 138 0013 8000 500 元", "phone"), ("共 12 138 0013 8000 3", "phone"),
        ("12 4111 1111 1111 1111", "bank-card"), ("4111 1111 1111 1111 500", "bank-card"),
        ("1 4111 111111111111 500.00", "bank-card"),
        # groups of any size
        ("138 001 38 000", "phone"), ("1380 0138000", "phone"), ("138 00 13 80 00", "phone"),
        ("13800138 000", "phone"), ("138-001-380-00", "phone"), ("1-380-013-8000", "phone"),
        ("电话 13800 138000", "phone"), ("电话 8201 139 1234 5678", "phone"),
        # one below the other, in brackets
        ("- 138\n- 0013\n- 8000", "phone"), ("* 138\n* 00138000", "phone"),
        ("(138)(0013)(8000)", "phone"), ("（138）（0013）（8000）", "phone"),
        ("[138] [0013] [8000]", "phone"), ("138(0013)8000", "phone"),
        ("【4111】【1111】【1111】【1111】", "bank-card"), ("(110105)(19491231)(002X)", "id-number"),
        # marks of direction, and what is shown in another order because of them
        ("138\u20670013\u20688000\u2069", "phone"), ("138\u061c0013\u180e8000", "phone"),
        ("\u20678000 0013 138\u2069", "phone"), ("\u202b8000 0013 138\u202c", "phone"),
        # letters that look like an X
        ("11010519491231002\u0425", "id-number"), ("11010519491231002\u0445", "id-number"),
        ("11010519491231002\u03a7", "id-number"), ("110105 19491231 002×", "id-number"),
        ("11010519491231002𝐗", "id-number"), ("11010519491231002Ⓧ", "id-number"),
    ],
)  # fmt: skip
def test_it_is_found_beside_others_and_in_rare_groups(text: str, kind: str) -> None:
    assert {number.rule for number in personal_numbers(text)} == {f"privacy/{kind}"}


@pytest.mark.parametrize(
    "text",
    [
        "158 4210 3155 665180", "- 158\n- 4210\n- 3155", "(158)(4210)(3155)", "135(1200)3400",
        "13 800 138 000", "15-2026-00135", "13 05 2026 001",
        "4210 3155 6651 8012 4400 3900", "5100 4200 3300 2021 2022 2023", "（2026）13号（0135）",
    ],
)  # fmt: skip
def test_counts_and_codes_in_such_groups_are_none(text: str) -> None:
    assert list(personal_numbers(text)) == []


SIGNS = [
    "138", "0000", "1111", "13800001111", "11010519491231", "002X", "&#49;", "\\3", "**", "`", " ",
    "[1](http://a.example)", "|", "\n", "\n\n", "- ", "1. ", "，", "电话", "：", "/", "1", "0411",
    "83001234", "<b>", "</b>", "<div>", "![138](x.png)", "> ", "\u202e", "三", "①", "*",
    "| a | b |\n|--|--|\n| ", "| 手机 | b |\n|--|--|\n|",
]  # fmt: skip
BODIES = some.lists(some.sampled_from(SIGNS), min_size=3, max_size=18).map("".join)


@given(BODIES)
@settings(max_examples=300, deadline=None)
def test_the_quick_look_at_a_body_passes_nothing_over(text: str) -> None:
    body = Body(text)
    assert [*in_body(body, ())] == [*looked_closely(body, ())]


EXTENSIONS = (
    "9283 9141 9541 9917",
    "9283 9141 9541 9917 9457",
    "9283、9141、9541、9917",
    "9283/9141/9541/9917",
)
"""Of four of four digits each, one in ten could be a card's by the check digit."""  # fmt: skip


@pytest.mark.parametrize("digits", EXTENSIONS)
def test_extensions_in_a_row_are_no_card(digits: str) -> None:
    assert list(personal_numbers(f"内线电话：{digits}")) == []
    row = digits.replace("、", " ").replace("/", " ").split()
    for cells, heads in (
        (("后勤部", *row), ("部门", "内线电话", *[""] * (len(row) - 1))),
        (("热线受理", *row), ()),
        (("账户余额", *row), ()),
    ):
        assert list(numbers_in_row(cells, heads)) == []


@pytest.mark.parametrize(
    "text",
    [
        "135-1200-3400 mm", "139-4210-3155mm", "规格150-3000-4000", "图号 13800.138.000", "13800138.000",
        "联系群众：1706，144，3898，1018", "账户余额 9093、7634、4239、7842",
    ],
)  # fmt: skip
def test_measures_parts_and_counts_are_none(text: str) -> None:
    assert list(personal_numbers(text)) == []


@pytest.mark.parametrize(
    ("lines", "is_one"),
    [
        (("138", "0013", "8000"), True),
        (("文", "138", "", "00138000", "文"), True),
        (("工号", "1501", "0801", "301"), False),
        (("138", "4210", "3155"), False),
        (("1380", "0.50", "8000000"), False),
    ],
)
def test_over_lines_and_paragraphs(lines: tuple[str, ...], is_one: bool) -> None:
    assert bool(list(numbers_in_lines(lines))) is is_one


@pytest.mark.parametrize(
    ("column", "is_one"),
    [
        (("甲", "138", "0013", "8000"), True),
        (("卡号", "4111", "1111", "1111", "1111"), True),
        (("内线电话", "9283", "9141", "9541", "9917"), False),
        (("房间", "1501", "0801", "301"), False),
        (("件数", "138", "4210", "3155"), False),
    ],
)
def test_down_a_column(column: tuple[str, ...], is_one: bool) -> None:
    assert bool(list(numbers_in_table([(cell,) for cell in column]))) is is_one


def test_a_row_of_single_digits_is_read_in_a_moment() -> None:
    """None of which is worth working out a check digit for."""
    asked = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(numbers, "kind_of", lambda number: asked.append(number))
        assert list(personal_numbers("1 " * 10_000)) == []
    assert asked == []
