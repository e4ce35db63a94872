"""Nothing of a document is lost in silence: what hangs on odd places of a file, and is shown."""

from __future__ import annotations

import pytest

from gongkai.source.word.docx import read_docx
from gongkai.source.word.gathered import Gathered
from gongkai.source.word.model import Document, Paragraph, WordTable
from gongkai.source.word.odt import read_odt
from gongkai.source.word.rtf import read_rtf
from tests.source.test_word import odt, rtf
from tests.word_files import by_hand, cell, cells, p, table

BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
GONE = "<w:rPr><w:del w:id='1' w:author='示例甲'/></w:rPr>"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def field(code: str, result: str) -> str:
    return (
        f"{BEGIN}<w:r><w:instrText>{code}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}{END}'
    )


def read(data: bytes, *, accepts: bool = False) -> Document:
    return read_docx(data, Gathered(accepts=accepts))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def objections(document: Document) -> list[str]:
    return [objection.key for objection in document.objections]


def test_a_field_without_an_end_hides_nothing() -> None:
    body = f"<w:p>{run('前文')}{BEGIN}{run('后文')}</w:p>" + p("下一段")
    assert texts(read(by_hand(body))) == ["前文后文", "下一段"]
    kept = f"<w:p>{BEGIN}{run('甲')}{field('REF x', '乙')}</w:p>"
    assert texts(read(by_hand(kept))) == ["甲乙"]


def test_numbers_of_pages_are_kept_in_the_text_and_left_out_of_margins() -> None:
    count, place = field("NUMPAGES", "5"), field("PAGE", "3")
    line = f"<w:p>{run('共')}{count}{run('页，见第')}{place}{run('页')}</w:p>"
    foot = f"<w:p>{run('第')}{field('PAGE', '3')}{run('页')}</w:p>"
    section = '<w:footerReference w:type="default" r:id="rfooter1"/>'
    document = read(by_hand(line, section, footer1=foot))
    assert texts(document) == ["共5页，见第3页"]
    assert document.margins == ()


def test_a_paragraph_whose_end_was_taken_out_stays_where_nothing_follows() -> None:
    last = by_hand(p("正文") + p("末段", GONE))
    assert texts(read(last, accepts=True)) == ["正文", "末段"]
    rows = table(cells("项目", "金额"), cells("水", "5"))
    document = read(by_hand(p("上段", GONE) + rows), accepts=True)
    assert texts(document) == ["上段"]
    assert [block.rows[0][0] for block in document.blocks if isinstance(block, WordTable)] == [
        "项目"
    ]


def test_what_hangs_on_a_joined_paragraph_is_told() -> None:
    struck = f"<w:p><w:pPr>{GONE}</w:pPr><w:r><w:rPr><w:strike/></w:rPr><w:t>旧</w:t></w:r></w:p>"
    assert objections(read(by_hand(struck + p("新")), accepts=True)) == ["struck"]


def test_cells_put_in_or_taken_out_are_changes() -> None:
    for change in ("cellIns", "cellDel", "cellMerge"):
        row = cell("水", f'<w:{change} w:id="1" w:author="示例甲"/>') + cell("5")
        assert objections(read(by_hand(table(cells("项目", "金额"), row)))) == ["changed"]
    row = cell("水", '<w:cellDel w:id="1"/>') + cell("5") + cell("6")
    document = read(by_hand(table(cells("项目", "金额"), row)), accepts=True)
    assert [block.rows[1][-2:] for block in document.blocks if isinstance(block, WordTable)] == [
        ("5", "6")
    ]


def noted(note: str, properties: str = "", mark: str = "") -> Document:
    reference = f'<w:r><w:footnoteReference {properties} w:id="1"/>{mark}</w:r>'
    notes = f'<w:footnote w:id="1">{note}</w:footnote>'
    return read(by_hand(f"<w:p>{run('人数')}{reference}</w:p>", footnotes=notes))


def test_tables_in_notes_are_told() -> None:
    document = noted(table(cells("甲", "乙"), cells("1", "2")) + p("尾"))
    assert document.notes == (("¹", "甲　乙\n1　2\n尾"),)


def test_notes_with_a_mark_of_their_own_are_told() -> None:
    document = noted(p("*含税"), 'w:customMarkFollows="1"', "<w:t>*</w:t>")
    assert texts(document) == ["人数*"]
    assert document.notes == (("", "*含税"),)


def test_a_hidden_row_is_told_by_its_words() -> None:
    row = f"<w:tr><w:trPr><w:hidden/></w:trPr>{cells('水', '5')}</w:tr>"
    rows = table(cells("项目", "金额"), cells("电", "6")).replace("</w:tbl>", f"{row}</w:tbl>")
    told = {remark.key: remark.texts for remark in read(by_hand(rows)).remarks}
    assert told == {"hidden": ("水 5",)}


WHITE = (
    '<style:style style:name="w" style:family="text">'
    '<style:text-properties fo:color="#ffffff"{}/></style:style>'
)
COLOURS = "{\\colortbl;\\red255\\green255\\blue255;\\red255\\green0\\blue0;}"


@pytest.mark.parametrize("has_ground", [False, True])
def test_white_on_white_is_told_and_left_out_of_every_kind(has_ground: bool) -> None:
    seen = "甲暗乙" if has_ground else "甲乙"
    style = WHITE.format(' fo:background-color="#ff0000"' if has_ground else "")
    body = '<text:p>甲<text:span text:style-name="w">暗</text:span>乙</text:p>'
    white = "\\cf1\\chcbpat2" if has_ground else "\\cf1"
    inner = f"\\pard 甲{{{white} 暗}}乙\\par"
    for document in (
        read_odt(odt(style + body), Gathered()),
        read_rtf(rtf(f"{{\\rtf1\\ansi\\ansicpg936{COLOURS}{inner}}}"), Gathered()),
    ):
        assert texts(document) == [seen]
        assert [remark.key for remark in document.remarks] == ([] if has_ground else ["hidden"])


def test_text_within_elements_that_nobody_knows_is_shown() -> None:
    body = f"<w:own><w:p><w:own>{run('甲')}</w:own>{run('乙')}</w:p></w:own>"
    assert texts(read(by_hand(body))) == ["甲乙"]
    gone = f"<w:p><w14:conflictDel w:id='1'>{run('旧')}</w14:conflictDel>{run('新')}</w:p>"
    document = read(by_hand(gone))
    assert (texts(document), objections(document)) == (["新"], ["changed"])
