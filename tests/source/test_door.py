"""Nothing personal goes out, in whatever place it stands and whatever file it is in."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from openpyxl.comments import Comment

from gongkai.domain.errors import PublishError
from gongkai.domain.finding import PERSONAL, Finding
from gongkai.messages import say
from gongkai.publish.fence import Fence
from gongkai.render.frame import Shell
from gongkai.source.library import read_library
from tests.command import run
from tests.sites import CONFIG, check, errors, item, make_site
from tests.spellings import HARMLESS, NUMBERS, harmless, spellings

DAY = "2026-11-22"
MOBILE = NUMBERS["phone"]
ID = NUMBERS["id-number"]


def found(root: Path, files: dict[str, str]) -> tuple[Finding, ...]:
    """What is said about personal data in a site."""
    findings = check(make_site(root, files), DAY).findings
    return tuple(finding for finding in findings if finding.rule.startswith("privacy/"))


def item_in(place: str, text: str) -> str:
    """An item with a text in one of its places, written so that any text is one."""
    if place == "title":
        return item(title=json.dumps(f"标题 {text} 尾", ensure_ascii=max(text) < "\U00010000"))
    if place == "value":
        return item(legal_basis=json.dumps([f"依据 {text} 尾"], ensure_ascii=False))
    if place == "cell":
        return item(body=f"| 甲 | 说明 |\n|---|---|\n| 乙 | 见{' '.join(text.split())}尾 |")
    return item(body=f"正文 {text} 尾。")


PLACES = ("title", "value", "body", "cell", "opinion", "board", "page", "attachment")


@pytest.mark.parametrize("kind", NUMBERS)
@pytest.mark.parametrize("place", PLACES)
def test_a_number_is_found_wherever_it_stands_however_it_is_written(
    place: str, kind: str, tmp_path: Path
) -> None:
    """More than two hundred spellings, of which those with a line's end stand in no table."""
    texts = dict(enumerate(spelling for spelling in spellings(NUMBERS[kind])))
    files = {"content/org.yml": "name: 厂\n"}
    for number, text in texts.items():
        quoted = json.dumps(
            f"甲 {text} 乙", ensure_ascii=number % 2 == 0 and max(text) < "\U00010000"
        )
        match place:
            case "opinion":
                ledger = (
                    f"- {{id: O{number}, source: 信箱, received: 2026-11-01, text: {quoted}}}\n"
                )
                files[f"content/opinions/x{number:03}.yml"] = ledger
            case "board":
                files[f"boards/x{number:03}.yml"] = f"title: {quoted}\nworkshop: 车间{number}\n"
            case "page":
                files[f"content/pages/x{number:03}.md"] = f"# 页\n\n甲 {text} 乙\n"
            case "attachment":
                files[f"content/items/x{number:03}.txt"] = f"甲 {text} 乙\n"
                files[f"content/items/x{number:03}.md"] = item(attachments=f"[x{number:03}.txt]")
            case _:
                files[f"content/items/x{number:03}.md"] = item_in(place, text)
    told = {finding.path for finding in found(tmp_path, files) if finding.rule == f"privacy/{kind}"}
    missed = [
        text for number, text in texts.items() if not any(f"x{number:03}." in at for at in told)
    ]
    assert missed == []


ATTACHED = {
    "entity": f"&#49;{MOBILE[1:]}",
    "bold": f"**{MOBILE}**",
    "bold in the middle": "138**0013**8000",
    "code": "138`0013`8000",
    "escape": "138\\-0013\\-8000",
    "link": "[138](https://a.example/)00138000",
    "folded": "13800138\n000 请打",
    "star": f"{MOBILE}*",
    "list": f"- *{MOBILE}",
    "cells": "| 区 | 号 |\n|---|---|\n| 138 | 00138000 |",
    "cells under a head": "| 电话 | |\n|---|---|\n| 1380013 | 8000 |",
    "cells behind a label": "| 项 | 甲 | 乙 |\n|---|---|---|\n| 手机 | 138 | 00138000 |",
}


@pytest.mark.parametrize("body", ATTACHED.values(), ids=ATTACHED.keys())
def test_it_is_searched_as_it_is_shown(body: str, tmp_path: Path) -> None:
    (one,) = found(tmp_path, {"content/items/x.md": item(body=f"电话 {body}\n\n尾")} if "|" not in body
                   else {"content/items/x.md": item(body=body)})  # fmt: skip
    assert one.rule == "privacy/phone"
    assert one.line >= 8


@pytest.mark.parametrize("key", ["title", "number"])
def test_values_are_searched_after_the_escapes_of_yaml(key: str, tmp_path: Path) -> None:
    files = {"content/items/x.md": item(**{key: f'"\\x31{MOBILE[1:]}"'})}
    assert [finding.rule for finding in found(tmp_path, files)] == ["privacy/phone"]


@pytest.mark.parametrize(
    "body",
    ["| 人数 | 金额 |\n|---:|---:|\n| 142 | 178600.50 |\n| 196350 | 56100 |",
     "| 数量 | 0点 | 备注 |\n|---|---|---|\n| 138 | 0 | 8000 |",
     "| 车间 | 人数 | 元 |\n|---|---:|---:|\n| 一 | 135 | 0.80 |\n| 二 | 1380 | 0.50 |"],
)  # fmt: skip
def test_amounts_beside_counts_are_no_numbers_of_persons(body: str, tmp_path: Path) -> None:
    assert found(tmp_path, {"content/items/x.md": item(body=body)}) == ()


def test_what_lies_among_the_pages_is_searched_too(tmp_path: Path) -> None:
    files = {
        "content/pages/a.txt": f"电话 {MOBILE}",
        "content/pages/b.html": "<p>138<b>0013</b>8000</p>",
        f"content/pages/{MOBILE}.md": "# 页\n",
        "mkdocs.yml": CONFIG + f"copyright: 联系 {MOBILE}\n",
        "content/pages/e.html": f'<p>打<bdo dir="rtl">{MOBILE[::-1]}</bdo></p>',
        "content/pages/c.csv": f"姓名,证件\n示例甲,{ID}\n",
        "content/pages/d.vcf": f"TEL:{MOBILE}\n",
        "content/pages/LICENSE": f"打 {MOBILE}\n",
        "theme/pages/archive.html": "<p>138&nbsp;0013<span>8000</span></p>",
    }
    told = {
        (finding.path.rpartition("/")[2].replace(MOBILE, "…"), finding.rule)
        for finding in found(tmp_path, files)
    }
    assert told == {
        ("a.txt", "privacy/phone"), ("b.html", "privacy/phone"), ("….md", "privacy/phone"),
        ("mkdocs.yml", "privacy/phone"), ("c.csv", "privacy/id-number"), ("d.vcf", "privacy/phone"),
        ("LICENSE", "privacy/phone"), ("e.html", "privacy/phone"), ("archive.html", "privacy/phone"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "body",
    ["1. 138\n2. 0013\n3. 8000", "- 138\n- 0013\n- 8000", "- 甲\n  1) 138\n  2) 00138000",
     "138\n\n0013\n\n8000", "> - **138**\n> - 00138000", "1. 12\n2. 138\n3. 0013\n4. 8000"],
)  # fmt: skip
def test_a_number_over_the_entries_of_a_list_is_found(body: str, tmp_path: Path) -> None:
    assert "privacy/phone" in {
        finding.rule for finding in found(tmp_path, {"content/items/x.md": item(body=body)})
    }


def test_a_number_over_the_entries_of_a_key_is_found(tmp_path: Path) -> None:
    text = item(legal_basis="['138', '0013', '8000']")
    (one,) = found(tmp_path, {"content/items/x.md": text})
    assert (one.rule, one.line) == ("privacy/phone", 7)


@pytest.mark.parametrize("mark", [",", ";", "|", "\t"])
@pytest.mark.parametrize("key", ["attachments: [t.csv]", "tables: [{file: t.csv}]"])
def test_it_is_found_over_cells_whatever_parts_them(mark: str, key: str, tmp_path: Path) -> None:
    rows = [("部门", "区", "号"), ("甲", "138", "00138000"), ("乙", "139", "8201")]
    table = "".join(f"{mark.join(row)}\n" for row in rows)
    name, _, value = key.partition(": ")
    files = {"content/items/x.md": item(**{name: value}), "content/items/t.csv": table}
    assert "privacy/phone" in {finding.rule for finding in found(tmp_path, files)}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/appraisal.yml", f"title: 打{MOBILE}\n"),
        ("content/whatever.yml", f"a: 打{MOBILE}\n"),
        (f"content/pages/a{MOBILE}/x.md", "# 页\n"),
        ("content/pages/x.md", '---\ntitle: "\\x313800138000"\n---\n# 页\n'),
        ("content/pages/x.md", "# 页\n\n138\n\n0013\n\n8000\n"),
        ("content/pages/x.md", "# 页\n\n| 甲 |\n|---|\n| 138 |\n| 0013 |\n| 8000 |\n"),
        ("content/pages/x.html", "<ruby>138<rt>甲</rt></ruby>00138000"),
        ("content/pages/x.html", "<a href='tel:%31%33800138000'>打</a>"),
        ("content/pages/x.css", "a::after{content:'\\31 3800138000'}"),
        ("content/pages/x.json", '{"t": "\\u00313800138000"}'),
        ("content/pages/x.xml", "<a><![CDATA[138]]>00138000</a>"),
        ("content/items/x.md", item(body="[打](tel:%31%33800138000)")),
        ("content/items/x.md", item(title="'138\n\n  00138000'")),
        ("content/items/x.md", item(body="| 甲 | 乙 |\n|---|---|\n| 138 | x |\n| 00138000 | y |")),
    ],
)
def test_it_is_found_in_every_file_and_disguise(path: str, text: str, tmp_path: Path) -> None:
    assert {finding.rule for finding in found(tmp_path, {path: text})} == {"privacy/phone"}


# -- files that go with an item -------------------------------------------------------------------


def workbook(where: str) -> bytes:
    """A workbook with a number in one of its corners."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "项目"
    if where == "cell":
        sheet["B2"] = int(MOBILE)
    elif where == "cells":
        sheet.append(["138", "00138000"])
    elif where == "hidden sheet":
        book.create_sheet("藏").sheet_state = "veryHidden"
        book["藏"]["A1"] = f"电话 {MOBILE}"
    elif where == "hidden row":
        sheet["A9"] = MOBILE
        sheet.row_dimensions[9].hidden = True
    elif where == "comment":
        sheet["A1"].comment = Comment(f"打 {MOBILE}", "甲")
    elif where == "properties":
        book.properties.creator = f"甲 {MOBILE}"
    elif where == "name":
        book.defined_names["电话"] = openpyxl.workbook.defined_name.DefinedName(
            "电话", attr_text=f'"{MOBILE}"'
        )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


CORNERS = ("cell", "cells", "hidden sheet", "hidden row", "comment", "properties", "name")


@pytest.mark.parametrize("where", CORNERS)
def test_every_corner_of_a_workbook_is_looked_into(where: str, tmp_path: Path) -> None:
    make_site(tmp_path, {})
    (tmp_path / "content/items/a.xlsx").write_bytes(workbook(where))
    (one,) = found(tmp_path, {"content/items/x.md": item(attachments="[a.xlsx]")})
    assert (one.rule, one.case) == ("privacy/phone", "file")


WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:document>'
RUNS = "<w:r><w:t>138</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>0013</w:t></w:r><w:r><w:t>8000</w:t></w:r>"
STRUCK = (
    "<w:r><w:t>138001</w:t></w:r><w:del><w:r><w:delText>99</w:delText></w:r></w:del>"
    "<w:r><w:t>38000</w:t></w:r>"
)
FIELD = (
    "<w:r><w:t>138001</w:t></w:r><w:r><w:instrText> REF a </w:instrText></w:r>"
    "<w:r><w:t>38000</w:t></w:r>"
)


def grid(*rows: tuple[str, ...]) -> str:
    """A table in a document, within its paragraph's place."""
    cells = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    lines = ("".join(map(cells.format, row)) for row in rows)
    return f"</w:p><w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl><w:p>"


def document(runs: str) -> bytes:
    """A document whose number is in several runs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        types = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        parts.writestr("[Content_Types].xml", f"<Types><Default ContentType='{types}'/></Types>")
        parts.writestr("word/document.xml", WORD.format(f"<w:body><w:p>{runs}</w:p></w:body>"))
    return out.getvalue()


def portable(*, hidden: bool = False, locked: bool = False) -> bytes:
    """A PDF with a number among its properties, or with a password."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        if hidden:
            pdf.docinfo["/Author"] = f"甲 {MOBILE}"
        locks = pikepdf.Encryption(owner="x", user="x") if locked else False
        pdf.save(out, encryption=locks)
    return out.getvalue()


def run_of(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def packed_with(name: str, inside: bytes) -> bytes:
    """A document with one more part."""
    out = io.BytesIO(document(""))
    with zipfile.ZipFile(out, "a") as parts:
        parts.writestr(name, inside)
    return out.getvalue()


def scripted() -> bytes:
    """A PDF that runs something with a number when it is opened."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        code = pdf.make_stream(f"app.alert('{MOBILE}')".encode())
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=code)
        pdf.save(out)
    return out.getvalue()


def noted() -> bytes:
    """A PDF whose page has nothing on it but a note in two parts."""
    out, name, box = io.BytesIO(), pikepdf.Name, pikepdf.Array([0, 0, 200, 200])
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        look = pdf.make_stream(b"BT /F1 12 Tf 10 10 Td (138) Tj (00138000) Tj ET")
        look.Type, look.Subtype, look.BBox = name.XObject, name.Form, box
        font = pikepdf.Dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica)
        look.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        note = pikepdf.Dictionary(
            Type=name.Annot, Subtype=name.FreeText, Rect=box, AP=pikepdf.Dictionary(N=look)
        )
        pdf.pages[0].Annots = pikepdf.Array([note])
        pdf.save(out)
    return out.getvalue()


SIGN = f'{run_of("1380013")}<w:r><w:sym w:font="Arial" w:char="F038"/></w:r>{run_of("000")}'
SPOKEN = (
    f"{run_of('138')}<w:r><w:ruby><w:rt>{run_of('甲')}</w:rt>"
    f"<w:rubyBase>{run_of('0013')}</w:rubyBase></w:ruby></w:r>{run_of('8000')}"
)
LETTER = (
    b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    b"PHA+MTM4PGI+MDAxMzwvYj44MDAwPC9wPg=="
)
CODED = b"<h><oddHeader>&amp;L138&amp;B0013&amp;B8000</oddHeader></h>"
RICH = rb"{\rtf1\ansi {\b 138}0013{\i 8000}\par}"
FILES = {
    "a.docx": (document(RUNS), "privacy/phone", "file"),
    "struck.docx": (document(STRUCK), "privacy/phone", "file"),
    "field.docx": (document(FIELD), "privacy/phone", "file"),
    "cells.docx": (document(grid(("电话", "138", "00138000"))), "privacy/phone", "file"),
    "heads.docx": (document(grid(("甲", "电话"), ("乙", MOBILE))), "privacy/phone", "file"),
    "boxes.docx": (document(grid(("证件号", *ID))), "privacy/id-number", "file"),
    "paragraphs.docx": (
        document("</w:p><w:p>".join(map(run_of, ("138", "0013", "8000")))),
        "privacy/phone",
        "file",
    ),
    "down.docx": (document(grid(("甲",), ("138",), ("00138000",))), "privacy/phone", "file"),
    "moved.docx": (
        document(f"{run_of('138')}<w:moveTo>{run_of('0013')}</w:moveTo>{run_of('8000')}"),
        "privacy/phone",
        "file",
    ),
    "sign.docx": (document(SIGN), "privacy/phone", "file"),
    "spoken.docx": (document(SPOKEN), "privacy/phone", "file"),
    "letter.docx": (packed_with("word/a.mht", LETTER), "privacy/phone", "file"),
    "header.docx": (packed_with("word/h.xml", CODED), "privacy/phone", "file"),
    "behind.docx": (document("") + MOBILE.encode(), "privacy/phone", "file"),
    "closed.docx": (packed_with("word/embeddings/a.wps", b"\0" * 600), "privacy/unread", "type"),
    "run.pdf": (scripted(), "privacy/phone", "file"),
    "note.pdf": (noted(), "privacy/phone", "file"),
    "behind.pdf": (portable() + MOBILE.encode(), "privacy/phone", "file"),
    "a.pdf": (portable(hidden=True), "privacy/phone", "file"),
    "a.rtf": (RICH, "privacy/phone", "file"),
    "a.txt": (f"电话 {MOBILE}".encode("utf-16"), "ref/attachment", "content"),
    "b.txt": (f"电话 {MOBILE}".encode("gb18030"), "privacy/phone", "file"),
    "a.tsv": (f"姓名\t电话\n甲\t{MOBILE}\n".encode(), "privacy/phone", "file"),
    "a.wps": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "privacy/unread", "type"),
    "a.et": (b"PK\x03\x04" + bytes(600), "privacy/unread", "type"),
    "b.pdf": (portable(locked=True), "privacy/unread", "encrypted"),
    "b.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "privacy/unread", "encrypted"),
    "c.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "privacy/unread", "damaged"),
}


@pytest.mark.parametrize("name", FILES)
def test_files_are_opened_or_said_to_be_closed(name: str, tmp_path: Path) -> None:
    data, rule, case = FILES[name]
    make_site(tmp_path, {})
    (tmp_path / "content/items" / name).write_bytes(data)
    text = item(attachments=f"[{name}]", approval="{by: 伙食管理委员会}")
    site = make_site(tmp_path, {"content/items/x.md": text})
    told = {
        (finding.rule, finding.case) for finding in check(site, DAY).findings if finding.item == "x"
    }
    assert told == {(rule, case)}


def test_what_nobody_can_look_into_is_an_error_in_lists_of_persons(tmp_path: Path) -> None:
    """A warning elsewhere; whoever has looked says so by name and with a reason."""
    make_site(tmp_path, {})
    (tmp_path / "content/items/a.wps").write_bytes(FILES["a.wps"][0])
    (tmp_path / "content/items/b.png").write_bytes(b"")
    seen = "allow: [{file: a.wps, reason: 空白表格, by: 工会}]"
    files = {
        f"content/items/{klass}{number}.md": item(
            privacy=f"{{class: {klass}{', ' + seen if number else ''}}}",
            channels="[poster]", attachments="[a.wps]",
        )
        for klass in ("none", "sensitive", "personnel") for number in (0, 1)
    }  # fmt: skip
    told = {finding.item: finding.severity.value for finding in found(tmp_path, files)}
    assert told == {"none0": "warning", "sensitive0": "error", "personnel0": "error"}


@pytest.mark.parametrize("rule", PERSONAL)
def test_a_personal_number_cannot_be_waved_through(rule: str, tmp_path: Path) -> None:
    """Neither by ``ignore`` nor by the catalogue; only that very number, by name."""
    kind = rule.rpartition("/")[2]
    until = f"[{{rule: {rule}, reason: 无所谓, until: 2099-01-01}}]"
    files = {
        "content/items/x.md": item(body=f"号 {NUMBERS[kind]}", ignore=until),
        "content/catalogue.yml": f"rules: {{{rule}: off}}\n",
    }
    assert [(finding.rule, finding.severity.value) for finding in found(tmp_path, files)] == [
        (rule, "error")
    ]


# -- columns about persons --------------------------------------------------------------------------

NAMES = ("王小明", "李志强", "张建国")


def listed(head: str, *values: str) -> str:
    rows = "\n".join(f"| {value} | 生活困难 |" for value in values or NAMES)
    return f"| {head} | 事由 |\n|---|---|\n{rows}\n"


TOLD = {
    "plain": listed("姓名"), "bold": listed("**姓名**"), "entity": listed("姓&#21517;"),
    "link": listed("[姓名](https://a.example/)"), "unseen": listed("姓\u200b名"), "spaced": listed("姓　名"),
    "longer": listed("困难职工姓名"), "with more": listed("姓名及部门"), "called": listed("职工"),
    "second row": f"| 困难职工 | 情况 |\n|---|---|\n| 姓名 | 事由 |\n| {NAMES[0]} | 病 |\n",
    "turned": f"| 姓名 | {NAMES[0]} | {NAMES[1]} |\n|---|---|---|\n| 事由 | 病 | 灾 |\n",
    "turned below": f"| 项 | 甲 | 乙 |\n|---|---|---|\n| 事由 | 病 | 灾 |\n| 金额 | 1 | 2 |\n| 姓名 | {NAMES[0]} | {NAMES[1]} |\n",
    "no line below": f"| 1 | 2 |\n| {NAMES[0]} | 病 |\n| {NAMES[1]} | 灾 |\n",
    "by content": listed("对象"), "masked": listed("对象", "王*明", "李*强", "张*国"),
    "with others": listed("对象", "王小明等2人", "李志强等三人"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("head", "values"),
    [
        ("学校", ("石室中学", "温江小学")),
        ("供应商", ("华安商贸", "金源粮油")),
        ("品牌", ("金龙鱼", "康师傅")),
        ("食材（公斤）", ("黄瓜", "石斑鱼", "花生油")),
    ],
)
def test_a_head_for_things_says_that_these_are_no_persons(
    head: str, values: tuple[str, ...], tmp_path: Path
) -> None:
    text = item(body=listed(head, *values), privacy="{class: sensitive}")
    assert found(tmp_path, {"content/items/x.md": text}) == ()


@pytest.mark.parametrize("body", TOLD.values(), ids=TOLD.keys())
def test_a_list_of_persons_in_need_hangs_on_paper_only(body: str, tmp_path: Path) -> None:
    keys = {"category": "aid-hardship", "notice": "{from: 2026-11-09, to: 2026-11-20, channel: 工会}",
            "publish": "2026-11-09"}  # fmt: skip
    files = {
        "content/items/web.md": item(body=body, **keys),
        "content/items/paper.md": item(body=body, channels="[poster]", **keys),
    }
    told = found(tmp_path, files)
    assert {(finding.rule, finding.item) for finding in told} == {("privacy/class", "web")}


def test_a_column_that_only_looks_like_names_is_settled_in_the_item(tmp_path: Path) -> None:
    body = listed("对象", "方向明", "高建设", "安全")
    keys = {"category": "aid-hardship", "notice": "{from: 2026-11-09, to: 2026-11-20, channel: 工会}",
            "publish": "2026-11-09"}  # fmt: skip
    settled = {"privacy": "{列: {对象: 非人名}}"}
    files = {
        "content/items/open.md": item(body=body, **keys),
        "content/items/settled.md": item(body=body, **keys, **settled),
    }
    (one,) = found(tmp_path, files)
    assert (one.item, one.case) == ("open", "doubt")
    assert one.values["head"] == "对象"


@pytest.mark.parametrize(
    "values",
    [
        ("班组长", "后勤部", "车间主任"),
        ("满意", "通过", "满意"),
        ("后勤部", "安环部", "工会"),
        ("甲班", "乙班", "丙班"),
        ("高温补贴", "安全奖", "全勤奖"),
        ("包装车间", "金工车间", "党委办"),
        ("房产证", "计生证", "成绩单"),
    ],
)
def test_lists_of_posts_and_departments_are_silent(values: tuple[str, ...], tmp_path: Path) -> None:
    org = "名称: 测试厂\n部门: [{名称: 后勤部, 岗位: [班组长, 车间主任]}, {名称: 安环部}, {名称: 工会}]\n"
    body = listed("对象", *values)
    for klass in ("none", "aggregate", "anonymous", "sensitive", "honor"):
        files = {
            "content/org.yml": org,
            "content/items/x.md": item(body=body, privacy=f"{{class: {klass}}}"),
        }
        assert found(tmp_path / klass, files) == ()


SPLIT = [
    "| 甲 | 乙 |\n|---|---|\n| 138 | **00138000** |",
    "| 甲 | 乙 |\n|---|---|\n| **138** | 00138000 |",
    "| 甲 | 乙 |\n|---|---|\n| 138 |  00138000 |",
    "| 甲 | 乙 |\n|---|---|\n| 138 | `00138000` |",
    "| 甲 | 乙 |\n|---|---|\n| 138 | \u200b00138000 |",
    "| 甲 | 乙 | 丙 |\n|---|---|---|\n| *138* | *0013* | *8000* |",
    "| 项 | 甲 | 乙 |\n|---|---|---|\n| 身份证 | 1101 | 0519491231002X |",
    "| 项 | 甲 | 乙 | 丙 | 丁 |\n|---|---|---|---|---|\n| 银行卡 | 4111 | 1111 | 1111 | 1111 |",
    "| 手机 | 号段 | 尾号 |\n|---|---|---|\n| 138 | 1234 | 5678 |",
    "| 电话 | |\n|---|---|\n| 139- | 12345678 |",
    "| 手机 | | 金额 |\n|---|---|---|\n| 139 | 12345678 | 3000 |",
    f"| {' | '.join(ID)} |\n|{'---|' * 18}\n",
    f"| 证件号 | {' | '.join(ID)} |\n|{'---|' * 19}\n",
]


@pytest.mark.parametrize("table", SPLIT)
@pytest.mark.parametrize("place", ["item", "page"])
def test_a_number_over_cells_is_found_in_any_markup(table: str, place: str, tmp_path: Path) -> None:
    files = {"content/items/x.md": item(body=table)}
    if place == "page":
        files = {"content/pages/x.md": f"# 页\n\n{table}\n"}
    assert {finding.rule for finding in found(tmp_path, files)} & set(PERSONAL)


@pytest.mark.parametrize("head", ["**姓名**", "姓名及部门", "职工姓名", "姓&#21517;"])
def test_totals_name_nobody_in_any_markup(head: str, tmp_path: Path) -> None:
    files = {"content/items/x.md": item(body=listed(head), privacy="{class: aggregate}")}
    assert {(finding.rule, finding.case) for finding in found(tmp_path, files)} == {
        ("privacy/class", "name")
    }


# -- the last fence ---------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [MOBILE, "138-0013-8000", "138 0013 8000", ID])
def test_what_nobody_reads_as_content_is_stopped_before_it_goes_up(
    number: str, tmp_path: Path
) -> None:
    """A number that a template puts together; the old site stays, and no digit is said."""
    make_site(tmp_path, {"content/items/x.md": item()})
    assert run(tmp_path, "build", "--at", DAY).returncode == 0
    before = (tmp_path / "site/manifest.json").read_bytes()
    halves = f"{{{{ '{number[:7]}' }}}}{{{{ '{number[7:]}' }}}}"
    (tmp_path / "theme/pages").mkdir(parents=True)
    (tmp_path / "theme/pages/archive.html").write_text(f"<p>请打 {halves}</p>", "utf-8")
    done = run(tmp_path, "build", "--at", "2026-11-23")
    assert done.returncode == 2
    assert "archive/index.html" in done.stderr
    assert number[:6] not in done.stderr
    assert (tmp_path / "site/manifest.json").read_bytes() == before


@pytest.mark.parametrize(
    ("path", "before", "source"),
    [
        ("items/canteen/index.html", "", "content/items/2026/canteen.md"),
        ("posters/items/canteen.html", "", "content/items/2026/canteen.md"),
        ("boards/machining/index.html", "", "boards/machining.yml"),
        ("screen/machining/index.html", "", "boards/machining.yml"),
        ("about/index.html", "", "content/pages/about.md"),
        ("help/index.html", "", "content/pages/help/index.md"),
        ("files/a.txt", "", "content/pages/files/a.txt"),
        ("index.html", '<li data-item="canteen">', "content/items/2026/canteen.md"),
        ("search/texts/0.json", '[["canteen","食堂","', "content/items/2026/canteen.md"),
        ("search/whole.json", '[["items/canteen/","食堂","', "content/items/2026/canteen.md"),
        ("archive/index.html", "", "archive/index.html"),
    ],
)
def test_what_stops_it_is_named_by_the_file_an_editor_knows(
    path: str, before: str, source: str, tmp_path: Path
) -> None:
    files = {
        "content/items/2026/canteen.md": item(),
        "content/pages/help/index.md": "# 帮助\n",
        "content/pages/files/a.txt": "说明\n",
    }
    library, _ = read_library(make_site(tmp_path, files))
    fence = Fence(library, Shell(tmp_path, {}, {}))
    with pytest.raises(PublishError) as stopped:
        fence.check(path, f"{before} 请打 {MOBILE} 。".encode())
    told = say("zh", stopped.value.key, **stopped.value.values)
    assert source in told
    assert MOBILE[:6] not in told


def test_what_is_allowed_goes_up(tmp_path: Path) -> None:
    files = {
        "content/org.yml": f"name: 厂\npublic_phones: ['{MOBILE}']\n",
        "content/items/x.md": item(
            title=f"监督电话{MOBILE}",
            body=f"编号 {ID}",
            privacy=f"{{allow: [{{text: '{ID}', reason: 标准的示例, by: 工会}}]}}",
        ),
    }
    make_site(tmp_path, files)
    assert run(tmp_path, "build", "--at", DAY).returncode == 0


def test_what_the_check_lets_pass_the_fence_lets_pass_too(tmp_path: Path) -> None:
    """Figures of every kind, as they stand on pages, in the search and in feeds."""
    texts = [
        *HARMLESS,
        *harmless(23, 100),
        "135-1200-3400 mm",
        "图号 13800.138.000",
        "规格150-3000-4000",
    ]
    body = "\n\n文\n\n".join(text for text in texts if "*" not in text and "|" not in text)
    files = {
        "content/items/x.md": item(body=body, channels="[web, screen]"),
        "content/items/y.md": item(
            title=json.dumps(" ".join(texts[40:44]), ensure_ascii=False), summary="135-1200-3400 mm"
        ),
    }
    assert found(tmp_path, files) == ()
    done = run(tmp_path, "build", "--at", DAY)
    assert (done.returncode, done.stderr.count("error")) == (0, 0), done.stderr


# -- hidden and renamed -----------------------------------------------------------------------------

GONE = "{date: 2026-11-20, by: 办公室, reason: 公开了个人信息, hide: true}"


@pytest.mark.parametrize("aliases", ["", "[aid]"])
@pytest.mark.parametrize(
    "title", ["示例甲同志困难补助发放情况", "关于示例甲同志困难补助发放情况的公示"]
)
def test_a_hidden_item_leaves_nothing_behind_under_a_name_it_once_had(
    aliases: str, title: str, tmp_path: Path
) -> None:
    """The file was renamed, with or without saying so, and perhaps its title; then it was hidden."""
    old = item(title="示例甲同志困难补助发放情况", body="因家庭变故。")
    make_site(tmp_path, {"content/items/aid.md": old, "content/items/b.md": item(title="食堂收支")})
    assert run(tmp_path, "build", "--at", "2026-11-10").returncode == 0
    assert "示例甲" in (tmp_path / "site/as-of/hung.json").read_text("utf-8")
    (tmp_path / "content/items/aid.md").unlink()
    more = {"aliases": aliases} if aliases else {}
    renamed = item(title=title, body="因家庭变故。", **more)
    (tmp_path / "content/items/help.md").write_text(renamed, "utf-8")
    assert run(tmp_path, "build", "--at", "2026-11-12").returncode == 0
    hidden = item(title=title, body="因家庭变故。", withdrawn=GONE, **more)
    (tmp_path / "content/items/help.md").write_text(hidden, "utf-8")
    assert run(tmp_path, "build", "--at", DAY).returncode == 0
    for path in (tmp_path / "site").rglob("*"):
        if path.is_file():
            assert "示例甲".encode() not in path.read_bytes(), path
            assert b"\\u793a\\u4f8b\\u7532" not in path.read_bytes(), path
    assert "食堂收支" in (tmp_path / "site/as-of/hung.json").read_text("utf-8")


def test_what_was_renamed_and_then_emptied_leaves_its_old_title_and_name_nowhere(
    tmp_path: Path,
) -> None:
    """Renamed without a word, up once under the new name, and hidden with another text."""
    make_site(tmp_path, {"content/items/zhao.md": item(title="赵某补助", body="因家庭变故。"),
                         "content/items/b.md": item(title="食堂收支")})  # fmt: skip
    assert run(tmp_path, "build", "--at", "2026-11-10").returncode == 0
    (tmp_path / "content/items/zhao.md").rename(tmp_path / "content/items/aid.md")
    assert run(tmp_path, "build", "--at", "2026-11-12").returncode == 0
    (tmp_path / "content/items/aid.md").write_text(
        item(title="已撤", body="无", withdrawn=GONE), "utf-8"
    )
    assert run(tmp_path, "build", "--at", DAY).returncode == 0
    for path in (tmp_path / "site").rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8", "replace")
            assert "赵某" not in text, path
            assert "zhao" not in text, path
    assert "食堂收支" in (tmp_path / "site/as-of/hung.json").read_text("utf-8")


def names_in(path: Path, *rows: list[object]) -> bytes:
    """A workbook with a title above its heads, or a text with commas."""
    if path.suffix == ".csv":
        return "\n".join(",".join(map(str, row)) for row in rows).encode()
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    for row in (["帮扶名单"], *rows):
        page.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


PEOPLE: tuple[list[object], ...] = (["姓名", "金额"], ["示例甲", 2000], ["示例乙", 1000])
SUMS: tuple[list[object], ...] = (["车间", "金额"], ["机加工", 2000], ["铸造", 1000])


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
@pytest.mark.parametrize(
    ("rows", "channels", "rules"),
    [
        (PEOPLE, "[web, poster]", {"privacy/class"}),
        (PEOPLE, "[poster]", set()),
        (SUMS, "[web]", set()),
    ],
)
def test_a_list_of_persons_beside_a_sensitive_item_is_not_published(
    name: str, rows: tuple[list[object], ...], channels: str, rules: set[str], tmp_path: Path
) -> None:
    text = item(privacy="{class: sensitive}", channels=channels, attachments=f"[{name}]")
    make_site(tmp_path, {"content/items/x.md": text})
    (tmp_path / "content/items" / name).write_bytes(names_in(Path(name), *rows))
    assert {rule for rule, _ in errors(tmp_path, "2026-11-22")} == rules


def test_a_number_with_a_link_inside_it_is_found(tmp_path: Path) -> None:
    body = "示例甲 138[0013][a]8000\n\n[a]: https://a.example/"
    make_site(tmp_path, {"content/items/x.md": item(body=body)})
    assert {rule for rule, _ in errors(tmp_path, "2026-11-22")} == {"privacy/phone"}


FILED: dict[str, bytes] = {
    "a.docx": document(grid(("姓名", "事由"), ("王建国", "病"), ("李秀英", "丧偶"))),
    "b.docx": document("</w:p><w:p>".join(f"<w:r><w:t>{one} 3000元</w:t></w:r>" for one in
                       ("王建国", "李秀英", "张伟"))),
    "a.txt": "姓名\t金额\n王建国\t3000\n李秀英\t2000\n张伟\t1000\n".encode(),
    "b.txt": "王建国 3000元\n李秀英 2000元\n张伟 1000元\n".encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", FILED)
def test_a_list_of_persons_in_any_file_is_not_published(name: str, tmp_path: Path) -> None:
    make_site(tmp_path, {})
    (tmp_path / "content/items" / name).write_bytes(FILED[name])
    accepted = f"{{class: sensitive, allow: [{{file: {name}, reason: 化名, by: 工会}}]}}"
    cases_of: dict[str, list[str]] = {
        "{class: sensitive}": ["file"],
        accepted: [],
        "{class: honor}": [],
    }
    for privacy, cases in cases_of.items():
        text = item(privacy=privacy, channels="[web, poster]", attachments=f"[{name}]")
        assert [finding.case for finding in found(tmp_path, {"content/items/x.md": text})] == cases


NAMED = [
    "- 王建国 3000元\n- 李秀英 2000元\n- 张伟 2000元",
    "1. 王建国：3000元\n2. 李秀英：2000元",
    "王建国 3000元\n李秀英 2000元\n张伟 1000元",
    "> - 王建国同志\n> - 李秀英女士",
    "经研究，决定对王建国、李秀英、张伟三名职工给予补助。",
    "补助人员名单：王建国、李秀英、张伟。",
    "- **王建国**，困难原因：疾病\n- **李秀英**，困难原因：失独",
    "- 张　伟 2000元\n- 李　娜 1000元",
    "- 机加工车间 王建国 3000元\n- 机加工车间 李秀英 2000元",
    "- 001 王建国\n- 002 李秀英",
    "- （王建国）3000元\n- （李秀英）2000元",
    "补助王建国、李秀英和张伟三名职工。",
    "王建国，李秀英，张伟三名职工",
    "困难职工名单：王建国 李秀英 张伟",
    "补助职工：王建国（3000元）、李秀英（2000元）、张伟（1000元）。",
    "## 补助名单\n\n王建国、李秀英、张伟",
]
NAMELESS = [
    "- 高温补贴：300元\n- 安全奖：200元\n- 全勤奖：100元",
    "- 班组长 3人\n- 安全员 2人\n- 后勤部 5人",
    "1. 申请\n2. 审核\n3. 公示\n4. 发放",
    "补助分为高温补贴、安全奖、全勤奖三类，共12人。",
    "由工会、劳资科、财务科三部门审核，共补助职工14人。",
    "- 王建国 3000元\n- 合计 3000元",
    "本季度共补助困难职工14人，金额28000元。\n资金从工会经费列支。",
    "- 医疗：8人\n- 助学：4人\n- 生活：2人",
    "机加工车间、铸造车间、热处理车间共9名职工。",
    "- 党委办 3份\n- 安全科 2份\n- 计划科 1份",
    "- 房产证\n- 计生证\n- 成绩单",
    "职工和和、和和和、和和，共3人。",
]


@pytest.mark.parametrize(
    ("body", "cases"), [(text, ["list"]) for text in NAMED] + [(text, []) for text in NAMELESS]
)
def test_a_list_of_persons_without_a_table_is_not_published(
    body: str, cases: list[str], tmp_path: Path
) -> None:
    privacy = "{class: sensitive}"
    text = item(privacy=privacy, channels="[web, poster]", body=body)
    assert [finding.case for finding in found(tmp_path, {"content/items/x.md": text})] == cases


def settled(*texts: str) -> str:
    """That these are no names."""
    allow = ", ".join(f"{{text: {text}, reason: 是店名, by: 工会}}" for text in texts)
    return f"{{class: sensitive, allow: [{allow}]}}"


@pytest.mark.parametrize("body", [NAMED[0], NAMED[4], NAMED[5], NAMED[11], NAMED[13]])
@pytest.mark.parametrize("texts", [("王建国",), ("李秀英",), ("王建国", "李秀英"), ("名",)])
def test_one_word_that_is_no_name_settles_itself_and_not_the_list(
    texts: tuple[str, ...], body: str, tmp_path: Path
) -> None:
    text = item(channels="[web, poster]", privacy=settled(*texts), body=body)
    assert [finding.case for finding in found(tmp_path, {"content/items/x.md": text})] == ["list"]


@pytest.mark.parametrize(
    "keys",
    [
        {"channels": "[poster]", "privacy": "{class: sensitive}"},
        {"privacy": "{class: honor}"},
        {"privacy": settled("王建国", "李秀英", "张伟")},
    ],
)
def test_a_list_of_persons_may_hang_on_paper_or_be_settled(
    keys: dict[str, str], tmp_path: Path
) -> None:
    text = item(body=NAMED[0], **{"channels": "[web, poster]", **keys})
    assert found(tmp_path, {"content/items/x.md": text}) == ()
