"""Papers as offices write them, as .docx files: by python-docx, and by hand where it cannot.

Each function is one paper; what it shows is its docstring.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor
from PIL import Image

from gongkai.source.word import office


def has_writer() -> bool:
    """Has this machine the part of LibreOffice that opens documents? It may have only that for
    spreadsheets."""
    program = office.office()
    return program is not None and any(Path(program).resolve().parent.glob("*swlo.*"))


PAPERS: dict[str, Callable[[], bytes]] = {}
"""Every paper by the name of its function."""
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def paper(make: Callable[[], bytes]) -> Callable[[], bytes]:
    PAPERS[make.__name__] = make
    return make


# -- by hand --------------------------------------------------------------------------------------


def by_hand(body: str, section: str = "", links: str = "", **parts: str | bytes) -> bytes:
    """A .docx file of a body and other parts (``numbering``, ``styles``, ``footnotes``,
    ``comments``, ``header1``…, ``settings``, and pictures as bytes)."""
    out = io.BytesIO()
    names = {
        name: name.rstrip("0123456789") for name, data in parts.items() if isinstance(data, str)
    }
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        overrides = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{_MAIN}.{kind}+xml"/>'
            for name, kind in names.items()
        )
        packed.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="png" ContentType="image/png"/>'
            '<Default Extension="emf" ContentType="image/x-emf"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
            f"{overrides}</Types>",
        )
        packed.writestr(
            "_rels/.rels", _relations([("rId1", "officeDocument", "word/document.xml", "")])
        )
        packed.writestr(
            "word/document.xml",
            _part("document", f"<w:body>{body}<w:sectPr>{section}</w:sectPr></w:body>"),
        )
        known = [(f"r{name}", kind, f"{name}.xml", "") for name, kind in names.items()]
        pictures = [
            (f"r{name}", "image", f"media/{name}.png", "")
            for name, data in parts.items()
            if isinstance(data, bytes)
        ]
        packed.writestr("word/_rels/document.xml.rels", _relations([*known, *pictures], links))
        for name, data in parts.items():
            if isinstance(data, bytes):
                packed.writestr(f"word/media/{name}.png", data)
            else:
                packed.writestr(
                    f"word/{name}.xml", _part(_ROOTS.get(names[name], names[name]), data)
                )
    return out.getvalue()


_ROOTS = {"header": "hdr", "footer": "ftr"}


def _part(root: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} {_SPACES}>{inner}</w:{root}>'


def _relations(ones: list[tuple[str, str, str, str]], more: str = "") -> str:
    inner = "".join(
        f'<Relationship Id="{name}" Type="{_KIND}/{kind}" Target="{target}"{mode}/>'
        for name, kind, target, mode in ones
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}{more}</Relationships>'


def p(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph; a tab in it is one of Word's."""
    pieces = text.split("\t")
    inner = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in pieces)
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>{inner}</w:r></w:p>"


CENTRE, RIGHT = '<w:jc w:val="center"/>', '<w:jc w:val="right"/>'
RED, LARGE = '<w:color w:val="FF0000"/><w:sz w:val="72"/>', '<w:sz w:val="44"/>'
SIGNED = p("示例市恒川机械制造有限公司", RIGHT) + p("2026年11月16日", RIGHT)


def listed(text: str, number: int = 1, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def numbering(*levels: tuple[str, str], more: str = "") -> str:
    """One list with levels by their formats and texts."""
    inner = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{format_}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (format_, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="0">{inner}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(text: str, properties: str = "") -> str:
    inner = text if text.startswith("<w:") else p(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def cells(*texts: str) -> str:
    return "".join(map(cell, texts))


def png(colour: str = "blue", size: tuple[int, int] = (60, 40)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def drawing(relation: str, title: str = "", *, floats: bool = False, crop: str = "") -> str:
    """A run with a picture."""
    kind = "anchor" if floats else "inline"
    return (
        f'<w:r><w:drawing><wp:{kind}><wp:extent cx="900000" cy="600000"/>'
        f'<wp:docPr id="1" name="图片 1" descr="{title}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:blipFill><a:blip r:embed="{relation}"/>{crop}</pic:blipFill></pic:pic>'
        f"</a:graphicData></a:graphic></wp:{kind}></w:drawing></w:r>"
    )


def box(inner: str) -> str:
    """A run with a box of text in both generations, as Word and WPS write it."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="2" name="文本框"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:wsp><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f'<mc:Fallback><w:pict><v:shape style="position:absolute"><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>'
    )


# -- by python-docx -------------------------------------------------------------------------------


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def line(document: Any, text: str, size: float = 16, align: str = "", *, red: bool = False) -> Any:
    """A paragraph with one run of a size."""
    made = document.add_paragraph()
    run = made.add_run(text)
    run.font.size = Pt(size)
    if red:
        run.font.color.rgb = RGBColor(0xFF, 0, 0)
    known = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
    if align:
        made.alignment = known[align]
    return made


def _signed(
    document: Any, day: str = "2026年11月16日", who: str = "示例市恒川机械制造有限公司"
) -> None:
    line(document, who, align="right")
    line(document, day, align="right")


@paper
def red_head() -> bytes:
    """A paper with a red head, its number and who signed it on one line."""
    d = docx.Document()
    line(d, "000012")
    line(d, "特急")
    line(d, "示例市恒川机械制造有限公司文件", 36, "center", red=True)
    line(d, "恒川〔2026〕12号　　　　　　签发人：示例甲")
    line(d, "★━━━━━━━━━━━━━━━━━━", 16, "center", red=True)
    line(d, "关于做好冬季安全生产工作的", 22, "center")
    line(d, "通　知", 22, "center")
    line(d, "各部门、车间：")
    line(d, "　　为做好冬季安全生产工作，现通知如下：")
    line(d, "　　一、总体要求")
    line(d, "　　坚持安全第一。")
    line(d, "　　（一）责任到人")
    line(d, "　　各车间落实责任。")
    line(d, "　　附件：1. 冬季检查表")
    line(d, "　　　　　2. 值班安排")
    _signed(d)
    line(d, "（此件公开发布）")
    line(d, "抄送：公司党委，工会。")
    line(d, "示例市恒川机械制造有限公司办公室　　　2026年11月16日印发")
    return saved(d)


@paper
def joint_head() -> bytes:
    """Two offices issue one paper."""
    d = docx.Document()
    line(d, "中共恒川公司委员会", 30, "center", red=True)
    line(d, "恒川公司工会委员会", 30, "center", red=True)
    line(d, "恒党工字[2026]第7号", 16, "center")
    line(d, "关于评选先进集体的决定", 22, "center")
    line(d, "　　决定如下。")
    _signed(d, "二〇二六年十一月十六日", "恒川公司工会委员会")
    return saved(d)


@paper
def number_below_title() -> bytes:
    """The number stands in brackets under the title."""
    d = docx.Document()
    line(d, "职工食堂管理办法", 22, "center")
    line(d, "恒川工〔2026〕8号", 16, "center")
    line(d, "第一章　总则")
    line(d, "第一条　为管好食堂，制定本办法。")
    line(d, "第二条　本办法自发布之日起施行。")
    return saved(d)


@paper
def notice_of_appointment() -> bytes:
    """A 公示 whose window has no year; objections to an office, a telephone and a box."""
    d = docx.Document()
    line(d, "关于示例甲同志任职的公示", 22, "center")
    line(d, "全体职工：")
    line(d, "　　经公司党委研究，拟聘任示例甲为铸造车间主任，现予公示。")
    line(d, "　　公示期：自11月16日至11月20日，5个工作日。")
    line(d, "　　公示期间如有异议，请以书面形式向公司纪委办公室反映，或投入厂门口意见箱。")
    line(d, "　　联系电话：0531-88886666")
    _signed(d, "2026年11月16日", "中共恒川公司委员会组织部")
    return saved(d)


@paper
def notice_over_new_year() -> bytes:
    """A window that begins in one year and ends in the next, in full-width figures."""
    d = docx.Document()
    line(d, "２０２６年度先进个人名单公示", 22, "center")
    line(d, "　　公示时间：１２月２８日至１月４日（５个工作日）。")
    line(d, "　　监督电话：0531-88886666")
    _signed(d, "２０２６年１２月２５日", "恒川公司工会委员会")
    return saved(d)


@paper
def notice_from_today() -> bytes:
    """Only the length of the window is said."""
    d = docx.Document()
    line(d, "困难职工帮扶名单公示", 22, "center")
    line(d, "　　自公示之日起七天内，如有异议，请向工会反映。")
    _signed(d, "二〇二六年十一月十六日", "恒川公司工会委员会")
    return saved(d)


@paper
def word_counts() -> bytes:
    """Word's own numbered and bulleted lists."""
    d = docx.Document()
    d.add_paragraph("安全检查通报", style="Title")
    for text in ("检查用电", "检查用气"):
        d.add_paragraph(text, style="List Number")
    d.add_paragraph("其他要求：")
    for text in ("穿工作服", "戴安全帽"):
        d.add_paragraph(text, style="List Bullet")
    return saved(d)


@paper
def styled_headings() -> bytes:
    """Headings by style."""
    d = docx.Document()
    d.add_paragraph("劳动规章制度", style="Title")
    d.add_heading("总则", 1)
    d.add_paragraph("为规范管理，制定本制度。")
    d.add_heading("适用范围", 2)
    d.add_paragraph("适用于全体职工。")
    return saved(d)


@paper
def merged_cells() -> bytes:
    """A label merged over two rows, a head over two columns."""
    d = docx.Document()
    line(d, "车间费用情况", 22, "center")
    t = d.add_table(4, 4)
    for n, text in enumerate(("车间", "费用（元）", "", "负责部门")):
        t.cell(0, n).text = text
    for n, text in enumerate(("", "办公", "维修", "")):
        t.cell(1, n).text = text
    for row, texts in ((2, ("铸造", "1200", "3000", "财务部")), (3, ("机加工", "800", "100", ""))):
        for n, text in enumerate(texts):
            t.cell(row, n).text = text
    t.cell(0, 1).merge(t.cell(0, 2))
    t.cell(0, 0).merge(t.cell(1, 0))
    t.cell(0, 3).merge(t.cell(1, 3))
    t.cell(2, 3).merge(t.cell(3, 3))
    return saved(d)


@paper
def nested_table() -> bytes:
    """A table in a cell of another."""
    d = docx.Document()
    line(d, "检修安排", 22, "center")
    t = d.add_table(2, 2)
    t.cell(0, 0).text, t.cell(0, 1).text, t.cell(1, 0).text = "车间", "安排", "铸造"
    inner = t.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "上午检查", "下午整改"
    return saved(d)


@paper
def picture_in_line() -> bytes:
    """A photo between paragraphs, with a line below it."""
    d = docx.Document()
    line(d, "职工运动会情况", 22, "center")
    line(d, "　　运动会于十一月举行。")
    d.add_picture(io.BytesIO(png()))
    line(d, "图1 开幕式")
    return saved(d)


@paper
def header_and_footer() -> bytes:
    """A header that says something, a footer with the number of the page."""
    d = docx.Document()
    section = d.sections[0]
    section.header.paragraphs[0].text = "内部资料请勿外传给客户"
    foot = section.footer.paragraphs[0]
    foot.add_run("第")
    for kind in ("begin", "separate", "end"):
        run = foot.add_run()
        run._r.append(parse_xml(f'<w:fldChar xmlns:w="{W}" w:fldCharType="{kind}"/>'))
        if kind == "begin":
            foot.add_run()._r.append(parse_xml(f'<w:instrText xmlns:w="{W}"> PAGE </w:instrText>'))
        if kind == "separate":
            foot.add_run("1")
    foot.add_run("页")
    line(d, "食堂账目说明", 22, "center")
    line(d, "　　本月收支平衡。")
    return saved(d)


@paper
def markdown_signs() -> bytes:
    """Signs that Markdown would read as its own."""
    d = docx.Document()
    line(d, "设备清单", 22, "center")
    for text in (
        "规格1500*800*750，型号A_1_B",
        "# 号线",
        "1) 先关闸",
        "[甲](http://示例)",
        "`停`",
        "- 减",
        "> 引",
    ):
        line(d, text)
    return saved(d)


@paper
def line_breaks() -> bytes:
    """Lines parted within paragraphs, and a page break."""
    d = docx.Document()
    made = line(d, "关于放假的", 22, "center")
    made.runs[0].add_break()
    made.add_run("通知").font.size = Pt(22)
    line(d, "").runs[0].add_break(WD_BREAK.PAGE)
    line(d, "　　元旦放假一天。")
    return saved(d)


# -- by hand --------------------------------------------------------------------------------------


@paper
def chinese_numbers() -> bytes:
    """一、（一）1.（1） counted by Word on four levels."""
    levels = (
        ("chineseCounting", "%1、"),
        ("chineseCounting", "（%2）"),
        ("decimal", "%3."),
        ("decimal", "（%4）"),
    )
    body = p("安全生产制度", CENTRE, LARGE) + "".join(
        listed(text, 1, level)
        for text, level in (
            ("总则", 0),
            ("目的", 1),
            ("甲项", 2),
            ("乙项", 2),
            ("细目", 3),
            ("范围", 1),
            ("丙项", 2),
            ("附则", 0),
        )
    )
    return by_hand(body, numbering=numbering(*levels))


@paper
def many_formats() -> bytes:
    """Circled figures, letters, Roman and formal numerals, stems."""
    formats = (
        "decimalEnclosedCircle",
        "lowerLetter",
        "upperRoman",
        "chineseLegalSimplified",
        "ideographTraditional",
        "decimalZero",
    )
    more = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="{format_}"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>'
        for n, format_ in enumerate(formats, 1)
    ) + "".join(
        f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(1, 7)
    )
    body = p("编号格式", CENTRE, LARGE) + "".join(listed("项", n) for n in range(2, 8))
    return by_hand(body, numbering=numbering(("decimal", "%1."), more=more))


@paper
def restarted_list() -> bytes:
    """A list that begins anew, and one whose levels are counted together."""
    more = '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    levels = (("decimal", "%1."), ("decimal", "%1.%2"))
    ones = [("甲", 1, 0), ("乙", 1, 1), ("丙", 1, 1), ("丁", 1, 0), ("戊", 1, 1), ("己", 2, 0)]
    body = p("清单", CENTRE, LARGE) + "".join(listed(*one) for one in ones)
    return by_hand(body, numbering=numbering(*levels, more=more))


@paper
def list_of_a_style() -> bytes:
    """A list that hangs on a style of paragraphs."""
    style = '<w:style w:type="paragraph" w:styleId="条"><w:name w:val="条款"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    body = p("劳动规章制度", CENTRE, LARGE) + "".join(
        p(text, '<w:pStyle w:val="条"/>') for text in ("按时上班。", "按时下班。")
    )
    return by_hand(body, numbering=numbering(("chineseCounting", "第%1条")), styles=style)


@paper
def numbers_without_text() -> bytes:
    """An item without text counts, too; a style gives the list, the paragraph only the level; a
    list that is another one's by a style."""
    style = '<w:style w:type="paragraph" w:styleId="项"><w:name w:val="项目"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    more = (
        '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/><w:lvl w:ilvl="0"><w:start w:val="7"/><w:numFmt w:val="decimal"/><w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/></w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    )
    body = p("检修项目", CENTRE, LARGE) + listed("甲") + listed("") + listed("丙")
    body += p("丁", '<w:pStyle w:val="项"/><w:numPr><w:ilvl w:val="1"/></w:numPr>') + listed(
        "戊", 2
    )
    return by_hand(
        body,
        numbering=numbering(("decimal", "%1、"), ("lowerLetter", "%2)"), more=more),
        styles=style,
    )


@paper
def manual_numbers() -> bytes:
    """Numbers typed by hand, with blanks as indents."""
    lines = (
        "各车间：",
        "　　现将事项通知如下：",
        "　　一、时间",
        "　　下周一。",
        "    （一）地点",
        "　　食堂。",
        "　　1．带证件",
        "　　2．守纪律",
        "　　（1）不迟到",
        "　　①不早退",
    )
    return by_hand(p("关于开会的通知", CENTRE, LARGE) + "".join(map(p, lines)) + SIGNED)


@paper
def tabs_as_table() -> bytes:
    """Columns made by tabs."""
    lines = (
        "　　收支如下：",
        "项目\t金额",
        "水电\t1,200.00",
        "粮油\t3,400.50",
        "合计\t4,600.50",
        "　　特此公布。",
    )
    return by_hand(p("食堂账目", CENTRE, LARGE) + "".join(map(p, lines)))


@paper
def blanks_as_table() -> bytes:
    """Columns made by blanks."""
    lines = (
        "车间      人数      金额",
        "铸造      12        300",
        "机加工    30        500",
        "装配      8         200",
    )
    return by_hand(p("加班费发放情况", CENTRE, LARGE) + "".join(map(p, lines)))


@paper
def names_in_columns() -> bytes:
    """Names put into columns by tabs are no table."""
    return by_hand(
        p("监督小组名单", CENTRE, LARGE) + p("示例甲\t示例乙\t示例丙") + p("示例丁\t示例戊\t示例己")
    )


@paper
def text_box() -> bytes:
    """A box of text beside the text, in both generations, told once."""
    return by_hand(
        p("食堂开放通知", CENTRE, LARGE)
        + f"<w:p>{box(p('温馨提示：请排队。'))}</w:p>"
        + p("　　食堂周一开放。")
    )


@paper
def head_in_box() -> bytes:
    """The red head lies in a box of text."""
    return by_hand(
        f"<w:p>{box(p('示例市恒川机械制造有限公司文件', CENTRE, RED))}</w:p>"
        + p("恒川〔2026〕3号", CENTRE)
        + p("关于印发工资集体协议的通知", CENTRE, LARGE)
        + p("各部门：")
        + p("　　现予印发。")
        + SIGNED
    )


@paper
def head_in_table() -> bytes:
    """Number and signer in a table without lines, the imprint in another."""
    return by_hand(
        p("恒川公司工会文件", CENTRE, RED)
        + table(cells("恒川工〔2026〕9号", "签发人：示例甲"))
        + p("关于召开职代会的通知", CENTRE, LARGE)
        + p("各分会：")
        + p("　　会议于12月召开。")
        + SIGNED
        + table(cells("抄送：公司党委", ""), cells("恒川公司工会", "2026年11月16日印发"))
    )


@paper
def footnotes() -> bytes:
    """Notes under the line."""
    notes = (
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="1">{p("含退休职工。")}</w:footnote><w:footnote w:id="2">{p("不含临时工。")}</w:footnote>'
    )
    body = p("职工人数", CENTRE, LARGE) + (
        '<w:p><w:r><w:t>全厂八百人</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r>'
        '<w:r><w:t>，车间五百人</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>。</w:t></w:r></w:p>'
    )
    return by_hand(body, footnotes=notes)


@paper
def floating_picture() -> bytes:
    """A picture beside the text, part of which is cut off."""
    crop = '<a:srcRect l="50000"/>'
    body = (
        p("厂区照片", CENTRE, LARGE)
        + f"<w:p><w:r><w:t>新食堂。</w:t></w:r>{drawing('rphoto', '新食堂正门', floats=True, crop=crop)}</w:p>"
    )
    return by_hand(body, photo=png())


@paper
def seal_over_signature() -> bytes:
    """A seal lies over who signed."""
    signed = f"<w:p><w:pPr>{RIGHT}</w:pPr><w:r><w:t>恒川公司工会委员会</w:t></w:r>{drawing('rseal', floats=True)}</w:p>"
    return by_hand(
        p("关于体检的通知", CENTRE, LARGE)
        + p("　　下周体检。")
        + signed
        + p("2026年11月16日", RIGHT),
        seal=png("red"),
    )


@paper
def split_runs() -> bytes:
    """Words cut into runs, with marks of the spelling checker between them."""
    inner = "".join(
        f"<w:r><w:t>{sign}</w:t></w:r><w:proofErr w:type='spellStart'/>"
        for sign in "本月发放高温费。"
    )
    return by_hand(p("高温费发放", CENTRE, LARGE) + f"<w:p>{inner}</w:p>")


@paper
def content_controls() -> bytes:
    """Fields to be filled in around title, paragraph and row."""
    row = f"<w:sdt><w:sdtContent><w:tr>{cells('水费', '12')}</w:tr></w:sdtContent></w:sdt>"
    body = (
        f"<w:sdt><w:sdtContent>{p('水费公布', CENTRE, LARGE)}</w:sdtContent></w:sdt>"
        f"<w:p><w:sdt><w:sdtContent><w:r><w:t>本月如下：</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        f"<w:tbl><w:tr>{cells('项目', '吨')}</w:tr>{row}</w:tbl>"
    )
    return by_hand(body)


@paper
def fields() -> bytes:
    """A date as a field, a link, a check box of a form."""
    simple = '<w:fldSimple w:instr=" DATE "><w:r><w:t>2026年11月</w:t></w:r></w:fldSimple>'
    box_ = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    link = "<w:hyperlink r:id='rLink'><w:r><w:t>见内网</w:t></w:r></w:hyperlink>"
    links = f'<Relationship Id="rLink" Type="{_KIND}/hyperlink" Target="http://192.0.2.1/" TargetMode="External"/>'
    return by_hand(
        p("登记表", CENTRE, LARGE) + f"<w:p>{simple}{box_}<w:r><w:t>同意，</w:t></w:r>{link}</w:p>",
        links=links,
    )


@paper
def symbols() -> bytes:
    """Signs of symbol fonts, raised and lowered figures."""
    run = (
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r><w:r><w:t>合格，面积12m</w:t></w:r>'
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:t>，H</w:t></w:r>'
        '<w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:t>O</w:t></w:r>'
    )
    return by_hand(p("检验结果", CENTRE, LARGE) + f"<w:p>{run}</w:p>")


@paper
def formula() -> bytes:
    """A fraction and a power."""

    def m(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    inner = f"<m:oMath>{m('人均=')}<m:f><m:num>{m('总额')}</m:num><m:den>{m('人数')}</m:den></m:f></m:oMath>"
    return by_hand(p("计算方法", CENTRE, LARGE) + f"<w:p>{inner}</w:p>")


@paper
def contents() -> bytes:
    """A table of contents before the text."""
    style = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    toc = p("总则\t1", '<w:pStyle w:val="TOC1"/>') + p("附则\t9", '<w:pStyle w:val="TOC1"/>')
    return by_hand(
        p("员工手册", CENTRE, LARGE) + toc + p("一、总则") + p("　　本手册适用于全体职工。"),
        styles=style,
    )


@paper
def ruby() -> bytes:
    """A rare character with its reading."""
    inner = "<w:r><w:ruby><w:rt><w:r><w:t>xīn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>鑫</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    return by_hand(
        p("班组名称", CENTRE, LARGE) + f"<w:p>{inner}<w:r><w:t>班获奖。</w:t></w:r></w:p>"
    )


@paper
def wps_habits() -> bytes:
    """What WPS writes: a style of the title without a look, blanks in days and names, a full-width
    stop behind numbers, an alternative around the format of a list."""
    body = p(
        "恒川公司2026年11月工资奖金分配情况公示", CENTRE, "<w:sz w:val='44'/><w:szCs w:val='44'/>"
    )
    body += (
        p("各位职工：")
        + p("　　现将有关情况公示如下。")
        + p("公示期： 2026 年 11 月 16 日 — 2026 年 11 月 20 日")
    )
    body += (
        p("联系人：示例甲        电    话：0531-88886666")
        + p("恒川公司 工会委员会", RIGHT)
        + p("2026 年 11 月 16 日", RIGHT)
    )
    return by_hand(body)


@paper
def signed_on_one_line() -> bytes:
    """Who signed and when on one line."""
    return by_hand(
        p("关于停电的通知", CENTRE, LARGE)
        + p("　　周六停电。")
        + p("恒川公司动力科　　2026年11月16日", RIGHT)
    )


@paper
def day_by_blanks() -> bytes:
    """The signature put to the right by blanks."""
    blanks = "　" * 14
    return by_hand(
        p("关于停水的通知")
        + p("　　周日停水。")
        + p(f"{blanks}恒川公司后勤部")
        + p(f"{blanks}二○二六年十一月十六日")
    )


@paper
def attachment_after_signature() -> bytes:
    """An annex with a table follows the signature, with a day of its own."""
    rows = (cells("序号", "项目", "金额"), cells("1", "水费", "120"), cells("2", "电费", "340"))
    return by_hand(
        p("关于公布费用的通知", CENTRE, LARGE)
        + p("各车间：")
        + p("　　费用见附件。")
        + p("　　附件：11月费用明细")
        + SIGNED
        + p("附件")
        + p("11月费用明细", CENTRE)
        + table(*rows)
        + p("制表日期：2026年11月15日")
    )


@paper
def form_without_heads() -> bytes:
    """A form in which labels and what is filled in stand side by side."""
    rows = (
        cells("姓名", "示例甲", "部门", "铸造车间"),
        cell("申请事由", "") + cell("参加培训", '<w:gridSpan w:val="3"/>'),
        cell("部门意见", "") + cell("同意", '<w:gridSpan w:val="3"/>'),
    )
    return by_hand(p("培训申请表", CENTRE, LARGE) + table(*rows))


@paper
def one_column_table() -> bytes:
    """A table of one column only draws a frame around the text."""
    return by_hand(p("通知", CENTRE, LARGE) + table(cell("各班组："), cell("今晚检修，请断电。")))


@paper
def hidden_text() -> bytes:
    """Text that Word does not show."""
    return by_hand(
        p("值班表", CENTRE, LARGE) + p("周一示例甲值班。") + p("草稿：周一换人", run="<w:vanish/>")
    )


@paper
def several_pages_of_headers() -> bytes:
    """A header of the first page that is shown, one of even pages that is not."""
    section = '<w:headerReference w:type="first" r:id="rheader1"/><w:headerReference w:type="even" r:id="rheader2"/><w:titlePg/>'
    return by_hand(
        p("食堂公告", CENTRE, LARGE) + p("　　周一供餐。"),
        section,
        header1=p("首页说明：价格含税"),
        header2=p("偶数页"),
    )


@paper
def old_picture() -> bytes:
    """A picture in the older way of drawing."""
    pict = '<w:r><w:pict><v:shape style="width:60pt" alt="厂房"><v:imagedata r:id="rphoto" o:title="厂房"/></v:shape></w:pict></w:r>'
    return by_hand(
        p("厂房照片", CENTRE, LARGE) + f"<w:p>{pict}</w:p>" + p("摄于十一月。"), photo=png("green")
    )


@paper
def empty_paragraphs() -> bytes:
    """Empty paragraphs and blanks between what is said."""
    return by_hand(
        "<w:p/>"
        + p("　　")
        + p("关于年休假的通知", CENTRE, LARGE)
        + "<w:p/><w:p/>"
        + p("　　按计划休假。")
        + "<w:p/>"
        + SIGNED
        + "<w:p/>"
    )


@paper
def vertical_merge_without_end() -> bytes:
    """Merged cells by Word's own mark, and a number in one row of its own."""
    rows = (
        cells("部门", "月份", "金额"),
        cell("财务部", '<w:vMerge w:val="restart"/>') + cells("10月", "100"),
        cell("", "<w:vMerge/>") + cells("11月", "200"),
    )
    return by_hand(p("办公费用", CENTRE, LARGE) + table(*rows))
