"""Documents of word processors: what is read of them, and what it means."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
import yaml

from gongkai.domain.text import Body, plain_text
from gongkai.editing.prose import markdown
from gongkai.source.markdown import tree
from gongkai.source.word.docx import read_docx
from gongkai.source.word.gathered import Gathered
from gongkai.source.word.model import Block, Document, Paragraph, WordPicture, WordTable
from gongkai.source.word.odt import read_odt
from gongkai.source.word.plain import read_plain
from gongkai.source.word.redhead import is_rule
from gongkai.source.word.rtf import read_rtf
from gongkai.source.word.understood import UnderstoodDocument, understand_document
from gongkai.source.word.window import window_in
from tests.word_files import (
    CENTRE,
    LARGE,
    PAPERS,
    SIGNED,
    by_hand,
    cell,
    cells,
    drawing,
    p,
    png,
    table,
)

GOLDEN = yaml.safe_load((Path(__file__).parents[1] / "word_papers.yml").read_text("utf-8"))
"""What each paper means, field by field, and its text as Markdown."""


def understood(data: bytes) -> UnderstoodDocument:
    return understand_document(read_docx(data, Gathered()))


def text_of(one: UnderstoodDocument) -> str:
    names = {
        at: (f"{at}.png", block.title)
        for at, block in enumerate(one.body)
        if isinstance(block, WordPicture)
    }
    return markdown(one.body, one.signature, names)


def fields(document: Document) -> dict[str, object]:
    """All that is understood of a document, but for what is empty."""
    one = understand_document(document)
    found: dict[str, object] = {
        "title": one.title,
        "number": one.number,
        "to": one.to,
        "signed": list(one.signed),
        "formed": str(one.formed) if one.formed else None,
        "attached": list(one.attached),
        "head": list(one.head),
        "imprint": list(one.imprint),
        "margins": list(document.margins),
        "notes": [f"{mark} {text}" for mark, text in document.notes],
        "told": [f"{remark.key} {' '.join(remark.texts)}".strip() for remark in document.remarks],
        "body": text_of(one),
    }
    return {key: value for key, value in found.items() if value}


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_means_what_a_reader_sees(name: str) -> None:
    assert fields(read_docx(PAPERS[name](), Gathered())) == GOLDEN[name]


@pytest.mark.parametrize("name", PAPERS)
def test_every_word_of_a_paper_ends_up_somewhere(name: str) -> None:
    """In the title, the number, the text, or among what is said to be left out."""
    document = read_docx(PAPERS[name](), Gathered())
    one = understand_document(document)
    told = squeezed("".join((one.title or "", *one.head, *one.imprint, one.number or "")))
    told += squeezed("".join(texts_of(one.body)))
    for text in texts_of(document.blocks):
        for piece in text.split("\n"):
            is_number = squeezed(piece).replace("[", "〔").replace("]", "〕") == one.number
            assert is_rule(piece) or is_number or squeezed(piece) in told, piece


@pytest.mark.parametrize("name", PAPERS)
def test_markdown_shows_a_paper_as_it_was_typed(name: str) -> None:
    """No sign is read as markup, and none is lost; numbers of lists stand in the tree's lists."""
    one = understood(PAPERS[name]())
    shown = squeezed(plain_text(tree(Body(text_of(one)))))
    for block in one.body:
        if isinstance(block, Paragraph):
            assert squeezed(block.text) in shown


def squeezed(text: str) -> str:
    return "".join(text.split())


def texts_of(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, WordTable):
            yield from (text for row in block.rows for text in row)
        elif isinstance(block, Paragraph):
            yield block.whole


# -- what is refused ------------------------------------------------------------------------------


INSERTED = '<w:ins w:id="1" w:author="示例甲"><w:r><w:t>新增</w:t></w:r></w:ins>'
DELETED = '<w:del w:id="2" w:author="示例甲"><w:r><w:delText>删去</w:delText></w:r></w:del>'
TITLE = p("关于食堂账目的通知")


def objections(data: bytes, *, accepts: bool = False) -> list[tuple[str, int]]:
    one = understand_document(read_docx(data, Gathered(accepts=accepts)))
    return [(found.key, found.number) for found in one.objections]


def embedded(kind: str) -> str:
    data = f'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/{kind}"/>'
    return f"<w:p><w:r><w:drawing><wp:inline><a:graphic>{data}</a:graphic></wp:inline></w:drawing></w:r></w:p>"


OLE = '<w:p><w:r><w:object><v:shape/><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r></w:p>'
INCLUDED = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> INCLUDETEXT "c:/a.docx"'
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
LINKED = (
    '<Relationship Id="rfar" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
    ' Target="http://192.0.2.1/a.png" TargetMode="External"/>'
)
ROOT = "<m:oMath><m:rad><m:e><m:r><m:t>x</m:t></m:r></m:e></m:rad></m:oMath>"


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (f"<w:p><w:r><w:t>原文</w:t></w:r>{INSERTED}</w:p>", "changed"),
        (f"<w:p><w:r><w:t>原文</w:t></w:r>{DELETED}</w:p>", "changed"),
        (p("两段", "<w:rPr><w:del w:id='3'/></w:rPr>"), "changed"),
        (table(f"<w:trPr><w:ins w:id='4'/></w:trPr>{cells('甲', '1')}", cells("乙", "2")), "changed"),
        ('<w:p><w:r><w:t>原文</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>', "remark"),
        (p("已付500元", run="<w:strike/>"), "struck"),
        ('<w:p><w:r><w:sym w:font="Webdings" w:char="F041"/></w:r></w:p>', "symbol"),
        (f"<w:p>{ROOT}</w:p>", "formula"),
        (embedded("chart"), "chart"),
        (embedded("diagram"), "chart"),
        (OLE, "object"),
        ('<w:altChunk r:id="rId9"/>', "object"),
        (INCLUDED, "outside"),
        (f"<w:p>{drawing('rfar')}</w:p>", "linked"),
        (p("机密★3年"), "secret"),
        (p("密级：商密"), "secret"),
        (p("（此件不公开）"), "secret"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_as_it_is_is_refused_by_its_paragraph(body: str, key: str) -> None:
    found = objections(by_hand(TITLE + body, links=LINKED))
    assert [text for text, _ in found] == [key]
    assert found[0][1] in (1, 2, 3)


@pytest.mark.parametrize(
    "text", ["密级：无", "密级：公开", "保密工作很重要。", "秘密武器是团结", "公开"]
)
def test_words_about_secrets_are_no_secrets(text: str) -> None:
    assert objections(by_hand(TITLE + p(text))) == []


def test_a_secret_in_the_margin_is_one() -> None:
    section = '<w:headerReference w:type="default" r:id="rheader1"/>'
    mark = '<w:p><w:r><w:pict><v:shape><v:textpath string="机密"/></v:shape></w:pict></w:r></w:p>'
    assert objections(by_hand(TITLE, section, header1=mark)) == [("secret", 0)]


def test_changes_and_comments_are_taken_as_accepted_where_that_is_said() -> None:
    inner = (
        f'<w:r><w:t>原文</w:t></w:r>{INSERTED}{DELETED}<w:r><w:commentReference w:id="0"/></w:r>'
    )
    gone = p("前半", "<w:rPr><w:del w:id='3'/></w:rPr>") + p("后半")
    comments = f'<w:comment w:id="0" w:author="示例乙">{p("请核对")}</w:comment>'
    data = by_hand(TITLE + f"<w:p>{inner}</w:p>" + gone, comments=comments)
    document = read_docx(data, Gathered(accepts=True))
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "关于食堂账目的通知", "原文新增", "前半后半",
    ]  # fmt: skip
    told = {remark.key: remark.texts for remark in document.remarks}
    assert told == {
        "accepted-changed": ("新增", "删去", "前半后半"),
        "accepted-remark": ("请核对",),
    }
    assert document.objections == ()


def test_hidden_text_is_taken_where_that_is_said() -> None:
    data = PAPERS["hidden_text"]()
    assert "草稿" not in text_of(understand_document(read_docx(data, Gathered())))
    assert "草稿" in text_of(understand_document(read_docx(data, Gathered(takes_hidden=True))))


WHITE, DARK = '<w:color w:val="FFFFFF"/>', '<w:shd w:fill="1F4E79"/>'


@pytest.mark.parametrize(
    ("body", "is_seen"),
    [
        (p("白字", run=WHITE), False),
        (p("小字", run='<w:sz w:val="2"/>'), False),
        (p("白字", run=WHITE + '<w:highlight w:val="red"/>'), True),
        (p("白字", DARK, WHITE), True),
        (table(cell(p("白字", run=WHITE), DARK) + cell("乙"), cells("1", "2")), True),
        (table(cell(p("白字", run=WHITE)) + cell("乙"), cells("1", "2")), False),
    ],
)
def test_what_nobody_sees_is_left_out_and_told(body: str, is_seen: bool) -> None:
    document = read_docx(by_hand(TITLE + body), Gathered())
    assert any("字" in text for text in texts_of(document.blocks)) == is_seen
    assert [remark.key for remark in document.remarks] == ([] if is_seen else ["hidden"])


def test_an_annex_by_itself_has_its_own_title() -> None:
    one = understood(by_hand(p("附件1") + p("冬季检查表", CENTRE) + p("　　逐项检查。")))
    assert (one.title, one.head) == ("冬季检查表", ("附件1",))


# -- other kinds of files -------------------------------------------------------------------------


ODT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0">
<office:automatic-styles>
<style:style style:name="C" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="22pt"/></style:style>
<style:style style:name="R" style:family="paragraph"><style:paragraph-properties fo:text-align="end"/></style:style>
<style:style style:name="V" style:family="text"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>
<text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="."/></text:list-style>
</office:automatic-styles><office:body><office:text>%s</office:text></office:body></office:document-content>"""
ODT_BODY = """<text:p text:style-name="C">关于停电的通知</text:p>
<text:p>各<text:s text:c="2"/>车间：</text:p>
<text:list text:style-name="L"><text:list-item><text:p>时间</text:p><text:list><text:list-item><text:p>周六上午</text:p></text:list-item>
<text:list-item><text:p>周日上午</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>范围</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>车间</text:p></table:table-cell><table:table-cell><text:p>人数</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>铸造</text:p></table:table-cell><table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table>
<text:p>见注<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>含班长</text:p></text:note-body></text:note>。<text:span text:style-name="V">勿发</text:span></text:p>
<text:p><draw:frame><draw:text-box><text:p>请互相转告</text:p></draw:text-box></draw:frame></text:p>
<text:p text:style-name="R">恒川公司动力科</text:p><text:p text:style-name="R">二〇二六年十一月十六日</text:p>"""


def odt(body: str = ODT_BODY) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr("content.xml", (ODT % body).replace("\n", ""))
    return out.getvalue()


SAME = {
    "title": "关于停电的通知",
    "signed": ["恒川公司动力科"],
    "formed": "2026-11-16",
}


def test_an_open_document_text() -> None:
    found = fields(read_odt(odt(), Gathered()))
    assert found == {
        **SAME,
        "to": "各  车间：",
        "notes": ["¹ 含班长"],
        "told": ["hidden 勿发"],
        "body": "各  车间：\n\n# 一、时间\n\n1. 周六上午\n2. 周日上午\n\n# 二、范围\n\n"
        "| 车间 | 人数 |\n|---|---:|\n| 铸造 | 12 |\n\n见注¹。\n\n请互相转告\n\n"
        "恒川公司动力科\n\n二〇二六年十一月十六日",
    }


def coded(text: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode("gb18030"))


RTF = (
    "{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fcharset134 SimSun;}}{\\colortbl;\\red255\\green0\\blue0;}"
    "{\\*\\generator x;}{\\header \\pard 恒川报头\\par}"
    "\\pard\\qc\\fs44 关于停电的通知\\par\\pard\\fs32 各车间：\\par"
    "{\\listtext 1.\\tab}周六上午\\par{\\listtext 2.\\tab}周日上午\\par"
    "\\trowd\\cellx100\\cellx200\\pard\\intbl 车间\\cell 人数\\cell\\row"
    "\\trowd\\cellx100\\cellx200\\pard\\intbl 铸造\\cell 12\\cell\\row"
    "\\pard 见注{\\super\\chftn}{\\footnote 含班长}。{\\v 勿发}面积3m{\\super 2}\\par"
    "\\pard\\qr 恒川公司动力科\\par 二\\u12295?二六年十一月十六日\\par}"
)


def rtf(text: str = RTF) -> bytes:
    return "".join(coded(one) if one > "~" else one for one in text).encode("ascii")


def test_a_rich_text() -> None:
    found = fields(read_rtf(rtf(), Gathered()))
    assert found == {
        **SAME,
        "to": "各车间：",
        "margins": ["恒川报头"],
        "notes": ["¹ 含班长"],
        "told": ["hidden 勿发"],
        "body": "各车间：\n\n1. 周六上午\n2. 周日上午\n\n"
        "| 车间 | 人数 |\n|---|---:|\n| 铸造 | 12 |\n\n见注¹。面积3m²\n\n"
        "恒川公司动力科\n\n二〇二六年十一月十六日",
    }


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("{\\rtf1 {\\revised new}\\par}", "changed"),
        ("{\\rtf1 a{\\deleted old}\\par}", "changed"),
        ("{\\rtf1 a{\\*\\annotation \\pard b}\\par}", "remark"),
        ("{\\rtf1 {\\strike a}\\par}", "struck"),
        ("{\\rtf1 a{\\field{\\*\\fldinst INCLUDETEXT x}{\\fldrslt y}}\\par}", "outside"),
    ],
)
def test_what_cannot_be_shown_of_a_rich_text_is_refused(text: str, key: str) -> None:
    assert [objection.key for objection in read_rtf(text.encode(), Gathered()).objections] == [key]


def test_figures_in_circles_made_by_a_field_are_such_characters() -> None:
    field = "{\\field{\\*\\fldinst eq \\\\o\\\\ac(" + coded("○") + ",12)}{\\fldrslt }}"
    document = read_rtf(f"{{\\rtf1\\ansicpg936 {field}a\\par}}".encode(), Gathered())
    assert [getattr(block, "text", "") for block in document.blocks] == ["⑫a"]


def test_a_plain_text_has_its_signature_at_the_right() -> None:
    text = (
        "关于停电的通知\n各车间：\n　　周六停电。\n"
        + " " * 30
        + "恒川公司动力科\n"
        + " " * 30
        + "2026年11月16日\n"
    )
    one = understand_document(read_plain(text.encode("gb18030"), Gathered()))
    assert (one.title, one.to, one.signed) == ("关于停电的通知", "各车间：", ("恒川公司动力科",))


# -- windows and signatures -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last", "days", "is_workdays"),
    [
        ("公示期：自11月16日至11月20日，5个工作日。", "2026-11-16", "2026-11-20", 5, True),
        ("公示时间：2026.11.16-2026.11.20", "2026-11-16", "2026-11-20", None, True),
        (
            "公示期自二〇二六年十一月十六日起至二十日止，共五个工作日",
            "2026-11-16",
            "2026-11-20",
            5,
            True,
        ),
        (
            "公示时间为２０２６年１２月２８日至１月４日（５个工作日）",
            "2026-12-28",
            "2027-01-04",
            5,
            True,
        ),
        ("公示期为5日，从11月16日到20日", "2026-11-16", "2026-11-20", 5, False),
        ("从2026年11月16日8:00起至11月20日17:00止公示", "2026-11-16", "2026-11-20", None, True),
        ("公示期为7天，自11月16日起", "2026-11-16", "None", 7, False),
        ("自公示之日起5个工作日内，如有异议", "2026-11-20", "None", 5, True),
        ("公示时间：1月4日至1月8日", "2027-01-04", "2027-01-08", None, True),
    ],
)
def test_windows_as_papers_say_them(
    text: str, first: str, last: str, days: int | None, is_workdays: bool
) -> None:
    found = window_in([text], date(2026, 11, 20))
    assert found is not None
    assert (str(found.first), str(found.last)) == (first, last)
    assert (found.days, found.is_workdays) == (days, is_workdays)


@pytest.mark.parametrize("text", ["于11月16日至11月20日开会。", "工期5天。", "公示栏已更新。"])
def test_what_is_no_window(text: str) -> None:
    assert window_in([text], date(2026, 11, 20)) is None


@pytest.mark.parametrize(
    ("lines", "signed", "formed"),
    [
        ("恒川公司工会|2026年11月16日", ("恒川公司工会",), "2026-11-16"),
        (
            "恒川公司|恒川公司工会委员会|2026 年 11 月 16 日",
            ("恒川公司", "恒川公司工会委员会"),
            "2026-11-16",
        ),
        ("恒川公司工会（盖章）|二○二六年十一月三十日", ("恒川公司工会（盖章）",), "2026-11-30"),
        ("恒川公司办公室　　２０２６年１１月１６日", ("恒川公司办公室",), "2026-11-16"),
        ("2026年11月16日开会。|请准时参加。", (), "None"),
    ],
)
def test_signatures_as_papers_have_them(lines: str, signed: tuple[str, ...], formed: str) -> None:
    data = by_hand(p("关于开会的通知") + p("　　请参加。") + "".join(map(p, lines.split("|"))))
    one = understood(data)
    assert (one.signed, str(one.formed)) == (signed, formed)


def test_a_day_under_the_title_is_no_signature_if_one_follows() -> None:
    day = p("恒川公司办公室　　2026年11月1日")
    one = understood(by_hand(p("会议纪要", CENTRE, LARGE) + day + p("　　会议决定如下。") + SIGNED))
    assert (str(one.formed), text_of(one).split("\n")[0]) == (
        "2026-11-16",
        "恒川公司办公室　　2026年11月1日",
    )


def test_a_picture_over_the_title_hides_no_head() -> None:
    """The red line of some papers is a picture."""
    body = (
        p("恒川公司文件", CENTRE) + p("恒川〔2026〕3号", CENTRE) + f"<w:p>{drawing('rline')}</w:p>"
    )
    one = understood(
        by_hand(body + p("关于开会的通知", CENTRE) + p("　　请参加。"), line=png("red"))
    )
    assert (one.title, one.number) == ("关于开会的通知", "恒川〔2026〕3号")
    assert isinstance(one.body[0], WordPicture)
