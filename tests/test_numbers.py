"""A number is found however a person may write it, and nothing else is taken for one.

No number here is anybody's: see ``test_privacy``.
"""

from __future__ import annotations

import pytest

from gongkai.source.privacy.numbers import personal_numbers, veiled
from gongkai.source.privacy.rows import numbers_in_row
from tests.spellings import HARMLESS, NUMBERS, harmless, spellings


@pytest.mark.parametrize("kind", NUMBERS)
def test_every_spelling_is_found_and_veiled(kind: str) -> None:
    missed = []
    texts = list(spellings(NUMBERS[kind]))
    assert len(texts) >= 200
    for text in texts:
        rules = {one.rule for one in personal_numbers(text)}
        if f"privacy/{kind}" not in rules:
            missed.append(text)
    assert missed == []
    assert [one for one in texts if set(map(str, personal_numbers(veiled(one))))] == []


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_number_of_a_person(text: str) -> None:
    assert [one.rule for one in personal_numbers(text)] == []


def test_what_stands_on_boards_is_silent() -> None:
    """Three hundred texts of figures, each of a kind; among the long runs with fresh seeds."""
    assert [text for text in harmless(7, 300) if list(personal_numbers(text))] == []


@pytest.mark.parametrize(
    ("cells", "heads", "is_one"),
    [
        (("138", "00138000"), ("区", "号"), True),
        (("138", "0013", "8000"), ("", "", ""), True),
        (("1380013", "8000"), ("电话", ""), True),
        (("手机", "1380013", "8000"), ("项", "", ""), True),
        (("142", "178600.50"), ("人数", "金额"), False),
        (("196350", "56100"), ("本月", "上月"), False),
        (("138", "0.50"), ("件", "元"), False),
        (("1380013", "8000"), ("件", "元"), False),
        (("8201", "1380"), ("电话", "金额"), False),
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
    assert [one.rule for one in personal_numbers(text)] == [rule]


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
