"""Heads and signatures of papers, as offices put them into tables and onto one line."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.source.word.docx import read_docx
from gongkai.source.word.gathered import Gathered
from gongkai.source.word.understood import UnderstoodDocument, understand_document
from tests.word_files import CENTRE, LARGE, RIGHT, SIGNED, by_hand, cell, cells, p, table

TITLE = p("关于评先的通知", CENTRE, LARGE)
SEEN = p("　　开始评先。")
DAY = date(2026, 11, 16)


def understood(body: str) -> UnderstoodDocument:
    return understand_document(read_docx(by_hand(body), Gathered()))


def test_a_red_head_of_two_offices_may_lie_in_a_table() -> None:
    head = table(
        cell("示例市恒川机械制造有限公司") + cell("文件", '<w:vMerge w:val="restart"/>'),
        cell("恒川公司工会委员会") + cell("", "<w:vMerge/>"),
    )
    found = understood(head + p("恒川〔2026〕12号", CENTRE) + TITLE + SEEN + SIGNED)
    assert (found.title, found.number) == ("关于评先的通知", "恒川〔2026〕12号")
    assert found.head == ("示例市恒川机械制造有限公司 文件", "恒川公司工会委员会")
    assert len(found.body) == 3


def test_a_table_of_what_is_told_is_no_head() -> None:
    found = understood(table(cells("部门", "负责车间"), cells("财务部", "铸造车间")) + SEEN)
    assert [type(block).__name__ for block in found.body] == ["WordTable", "Paragraph"]


@pytest.mark.parametrize(
    "line",
    [
        "000012　　　　　　机密★3年",
        "机密★3年　　特急",
        "内部★1年",
        "【机密】",
        "商业秘密▲5年",
        "密级：内部",
        "密　级：　受控",
        "（此件依申请公开）",
        "公开方式：不予公开",
    ],
)
def test_what_is_not_to_be_made_public_is_refused(line: str) -> None:
    for body in (p(line) + TITLE + SEEN, table(cells(line, ""), cells("", "")) + TITLE + SEEN):
        found = understood(body)
        assert [objection.key for objection in found.objections] == ["secret"]
    assert understood(p(line) + TITLE + SEEN).title == "关于评先的通知"


def test_a_level_beside_its_name_is_refused() -> None:
    rows = table(cells("份号", "000012"), cells("密级", "内部"))
    assert [objection.key for objection in understood(rows + TITLE + SEEN).objections] == ["secret"]


@pytest.mark.parametrize("line", ["密级：无", "密级：公开", "密级：", "公开方式：主动公开"])
def test_what_may_be_public_is_not_refused(line: str) -> None:
    assert understood(p(line) + TITLE + SEEN).objections == ()


def test_the_number_of_a_form_is_no_title() -> None:
    found = understood(p("文件编号：HC-2026-012　版本：A") + TITLE + SEEN)
    assert found.title == "关于评先的通知"
    assert found.head == ("文件编号：HC-2026-012 版本：A",)


BOTH = ("恒川公司行政部", "恒川公司工会委员会")


@pytest.mark.parametrize(
    ("signature", "names"),
    [
        (p("　　".join(BOTH)) + p("2026年11月16日", RIGHT), BOTH),
        (p("\t".join(BOTH)) + p("2026年11月16日\t2026年11月16日"), BOTH),
        ("".join(p(one, RIGHT) + p("2026年11月16日", RIGHT) for one in BOTH), BOTH),
        (table(cells(*BOTH), cells("2026年11月16日", "2026年11月16日")), BOTH),
        (p(BOTH[0], RIGHT) + p("二O二六年十一月十六日", RIGHT), BOTH[:1]),
        (p(BOTH[0], RIGHT) + p("二Ｏ二六年十一月十六日", RIGHT), BOTH[:1]),
        (p(BOTH[0], RIGHT) + p("2026年11月16日（星期一）", RIGHT), BOTH[:1]),
        (p(f"发布单位：{BOTH[0]}", RIGHT) + p("发布日期：2026年11月16日", RIGHT), BOTH[:1]),
    ],
)
def test_who_signed_and_when(signature: str, names: tuple[str, ...]) -> None:
    found = understood(TITLE + SEEN + signature)
    assert (found.signed, found.formed) == (names, DAY)


def test_a_table_whose_last_row_are_days_is_no_signature_without_offices() -> None:
    rows = table(cells("开始", "结束"), cells("2026年11月16日", "2026年11月16日"))
    assert understood(TITLE + SEEN + rows).formed is None


def test_a_page_without_text_and_who_printed_are_left_out_and_told() -> None:
    signed = p(BOTH[0], RIGHT) + p("2026年11月16日", RIGHT)
    printed = p("恒川公司办公室") + p("2026年11月16日印发")
    found = understood(TITLE + SEEN + p("（此页无正文）") + signed + printed)
    assert len(found.body) == 3
    assert (found.signed, found.formed) == (BOTH[:1], DAY)
    assert found.imprint == ("（此页无正文）", "恒川公司办公室", "2026年11月16日印发")
    alone = understood(TITLE + SEEN + p("恒川公司办公室") + p("2026年11月16日印发"))
    assert alone.imprint == ("2026年11月16日印发",)
