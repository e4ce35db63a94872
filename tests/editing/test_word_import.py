"""From a document to an item: what `import` writes, tells and refuses."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pdfplumber
import pikepdf
import pytest
import yaml
from PIL import Image

from gongkai.source.library import read_library
from gongkai.source.privacy.metadata import texts_in_picture
from gongkai.source.site import read_site
from gongkai.source.word import office
from gongkai.source.word.docx import read_docx
from gongkai.source.word.gathered import Gathered
from tests.command import Done, run
from tests.conftest import ROOT
from tests.sites import check, make_site, written
from tests.source.test_word import squeezed, texts_of
from tests.word_files import PAPERS, by_hand, cells, drawing, has_writer, line, p, png, saved, table

AT = ("--at", "2026-11-16")
SAFETY = ("--category", "安全生产和隐患治理")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    make_site(tmp_path / "site", {})
    return tmp_path / "site"


@pytest.fixture
def take(site: Path, tmp_path: Path) -> Callable[..., Done]:
    """Imports bytes as a file of a name."""

    def taken(data: bytes, *arguments: str, name: str = "a.docx") -> Done:
        (tmp_path / name).write_bytes(data)
        return run(site, "import", str(tmp_path / name), *arguments, *AT)

    return taken


def item(site: Path, done: Done) -> dict[str, object]:
    """What the item that came of an import says."""
    assert done.returncode == 0, done.stderr
    name = next(text for text in written(site, done) if text.endswith(".yml"))
    found: dict[str, object] = yaml.safe_load((site / name).read_text("utf-8"))
    return found


def test_a_paper_becomes_an_item(site: Path, take: Callable[..., Done]) -> None:
    done = take(PAPERS["red_head"](), *SAFETY)
    found = item(site, done)
    assert found["标题"] == "关于做好冬季安全生产工作的通知"
    assert (found["文号"], str(found["形成日期"])) == ("恒川〔2026〕12号", "2026-11-16")
    assert found["草稿"] is True
    for told in ("红头里的这些不写进正文：000012、特急、示例市恒川机械制造有限公司文件",
                 "主送：各部门、车间：", "附件说明里提到：冬季检查表、值班安排",
                 "版记不写进正文：抄送：公司党委，工会。"):  # fmt: skip
        assert told in done.stderr


def test_a_notice_has_its_window_and_where_to_object(site: Path, take: Callable[..., Done]) -> None:
    done = take(PAPERS["notice_of_appointment"](), "--category", "任前公示")
    found = item(site, done)
    window, contact = found["公示期"], found["联系"]
    assert isinstance(window, dict)
    assert [str(window[key]) for key in ("起", "止", "天数", "单位")] == [
        "2026-11-16", "2026-11-20", "5", "工作日",
    ]  # fmt: skip
    assert window["渠道"] == "公司纪委办公室；电话 0531-88886666；厂门口意见箱"
    assert contact == {"科室": "公司纪委办公室", "电话": "0531-88886666", "意见箱": "厂门口意见箱"}
    assert "公示期没有写年份，按 2026 年" in done.stderr


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("notice_over_new_year", "2026-12-28", "2027-01-04"),
        ("notice_from_today", "2026-11-16", "2026-11-22"),
        ("wps_habits", "2026-11-16", "2026-11-20"),
    ],
)
def test_windows_as_papers_say_them(
    name: str, first: str, last: str, site: Path, take: Callable[..., Done]
) -> None:
    window = item(site, take(PAPERS[name](), "--category", "困难职工帮扶"))["公示期"]
    assert isinstance(window, dict)
    assert (str(window["起"]), str(window["止"])) == (first, last)


def test_a_paper_that_is_no_notice_is_given_no_window(
    site: Path, take: Callable[..., Done]
) -> None:
    found = item(site, take(PAPERS["empty_paragraphs"](), "--category", "评先评优"))
    assert (found["性质"], found.get("公示期")) == ("公开", None)


def photo() -> bytes:
    """A photo whose camera wrote something into it."""
    out = io.BytesIO()
    told = Image.Exif()
    told[0x010E] = "secretwords"
    Image.new("RGB", (80, 60), "green").save(out, "JPEG", exif=told)
    return out.getvalue()


def test_pictures_lie_beside_the_item_without_what_the_camera_wrote(
    site: Path, take: Callable[..., Done]
) -> None:
    d = docx.Document()
    line(d, "厂区照片", 22, "center")
    d.add_picture(io.BytesIO(photo()))
    done = take(saved(d), "--category", "常设信息", "--publish", "2026-11-16", name="照片 1.docx")
    names = written(site, done)
    assert [Path(name).name for name in names[1:]] == ["照片-1-1.jpg"]
    assert b"secretwords" in photo()
    assert not any("secret" in text for text in texts_in_picture((site / names[1]).read_bytes()))
    assert not [
        finding
        for finding in check(read_site(site), "2026-11-17").findings
        if finding.severity.value == "error"
    ]


def test_what_was_cut_off_a_picture_stays_off(site: Path, take: Callable[..., Done]) -> None:
    names = written(site, take(PAPERS["floating_picture"](), "--category", "常设信息"))
    with Image.open(site / names[1]) as picture:
        assert picture.size == (30, 40)


def test_a_seal_is_never_copied(site: Path, take: Callable[..., Done]) -> None:
    done = take(PAPERS["seal_over_signature"](), "--category", "常设信息")
    assert len(written(site, done)) == 1
    assert "像是印章，没有导入" in done.stderr


def test_a_drawing_made_of_lines_is_refused(take: Callable[..., Done]) -> None:
    metafile = b"\x01\x00\x00\x00" + b"\0" * 36 + b" EMF" + b"\0" * 200
    done = take(by_hand(p("厂区图") + f"<w:p>{drawing('rmap')}</w:p>", map=metafile), *SAFETY)
    assert (done.returncode, done.stdout) == (1, "")
    assert "矢量图" in done.stderr


@pytest.mark.parametrize("where", ["paragraph", "cell", "note", "margin"])
def test_personal_numbers_are_refused_and_never_repeated(
    where: str, take: Callable[..., Done]
) -> None:
    number = "13800138000"  # as in every telephone's own examples
    body, parts, section = p("关于食堂账目的通知"), {}, ""
    if where == "cell":
        body += table(cells("姓名", "电话"), cells("示例甲", number))
    elif where == "paragraph":
        body += p(f"联系电话{number}。")
    elif where == "note":
        body += '<w:p><w:r><w:t>见注</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
        parts = {"footnotes": f'<w:footnote w:id="1">{p(number)}</w:footnote>'}
    else:
        section = '<w:footerReference w:type="default" r:id="rfooter1"/>'
        parts = {"footer1": p(f"电话{number}")}
    done = take(by_hand(body, section, **parts))
    assert (done.returncode, done.stdout) == (1, "")
    assert "个人号码" in done.stderr
    assert "138001" not in done.stderr


def test_numbers_over_cells_and_in_names_of_pictures_are_refused(
    take: Callable[..., Done],
) -> None:
    parted = table(cells("姓名", "电话", ""), cells("示例甲", "138", "00138000"))
    named = f"<w:p>{drawing('rphoto', '示例甲13800138000')}</w:p>"
    for body in (parted, named, p("电话：138") + p("00138000")):
        done = take(by_hand(p("关于食堂账目的通知") + body, photo=png()))
        assert (done.returncode, done.stdout) == (1, "")
        assert "个人号码" in done.stderr
        assert "138" not in done.stderr


def test_a_window_of_one_item_does_not_make_another_one_a_notice(
    site: Path, take: Callable[..., Done]
) -> None:
    window = p("公示期：2026年11月16日至11月20日。")
    first = item(
        site, take(by_hand(p("安全隐患公示") + window), *SAFETY, "--publish", "2026-11-16")
    )
    assert first["性质"] == "公示"
    other = take(by_hand(p("关于安全检查的通知") + p("周五检查。")), *SAFETY, name="b.docx")
    assert item(site, other).get("性质") != "公示"


def test_the_contacts_of_a_notice_are_filled_in(site: Path, take: Callable[..., Done]) -> None:
    body = p("安全奖励名单公示") + p("公示期：2026年11月16日至11月20日。")
    body += p("联系人：组织部，内线 8031；纪检监察室，内线 8002，意见箱在办公楼一层。")
    found = item(site, take(by_hand(body), *SAFETY))
    window, contact = found["公示期"], found["联系"]
    assert isinstance(window, dict)
    assert window["渠道"] == "组织部 内线 8031；纪检监察室 内线 8002；意见箱（办公楼一层）"
    assert contact == {
        "科室": "组织部、纪检监察室",
        "电话": "组织部 内线 8031；纪检监察室 内线 8002",
        "意见箱": "意见箱（办公楼一层）",
    }


def test_a_notice_may_say_its_window_in_a_table(site: Path, take: Callable[..., Done]) -> None:
    rows = table(cells("公示时间", "2026年11月16日至11月20日"), cells("监督电话", "0531-88888888"))
    found = item(site, take(by_hand(p("安全奖励名单公示") + rows), *SAFETY))
    window = found["公示期"]
    assert isinstance(window, dict)
    assert (str(window["起"]), str(window["止"])) == ("2026-11-16", "2026-11-20")
    assert window["渠道"] == "电话 0531-88888888"


def test_tracked_changes_are_refused_with_their_place(
    site: Path, take: Callable[..., Done]
) -> None:
    inner = '<w:ins w:id="1"><w:r><w:t>新增</w:t></w:r></w:ins>'
    data = by_hand(p("关于食堂账目的通知") + f"<w:p><w:r><w:t>收支平衡</w:t></w:r>{inner}</w:p>")
    done = take(data)
    assert (done.returncode, done.stdout) == (1, "")
    assert "第 2 段有没有接受的修订（“新增”）" in done.stderr
    assert "收支平衡新增" in str(item(site, take(data, "--accept"))["正文"])


def test_a_number_in_merged_cells_is_refused_like_in_a_spreadsheet(
    take: Callable[..., Done],
) -> None:
    rows = (
        cells("班组", "人数", "金额"),
        cells("甲班", "3")
        + '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>900</w:t></w:r></w:p></w:tc>',
        cells("乙班", "4") + "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>",
    )
    done = take(by_hand(p("食堂账目") + table(*rows)))
    assert (done.returncode, done.stdout) == (1, "")
    assert "“900”合并在几行或几列里" in done.stderr


def test_a_dry_run_shows_the_item_and_writes_nothing(site: Path, take: Callable[..., Done]) -> None:
    done = take(PAPERS["red_head"](), *SAFETY, "--dry-run")
    assert "标题: 关于做好冬季安全生产工作的通知\n" in done.stderr
    assert "  # 一、总体要求\n" in done.stderr
    assert not list((site / "content/items").rglob("*.yml"))


def test_a_folder_and_several_files(site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "来文"
    (folder / "内").mkdir(parents=True)
    (folder / "内/a.docx").write_bytes(PAPERS["tabs_as_table"]())
    (folder / "b.docx").write_bytes(b"PK\x03\x04")
    (folder / "~$b.docx").write_bytes(b"x")
    (folder / "c.zip").write_bytes(b"x")
    other = tmp_path / "食堂账目 10月.txt"
    other.write_text("2026年9月食堂账目说明\n收支平衡。\n", "utf-8")
    done = run(site, "import", str(folder), str(other), *AT)
    assert done.returncode == 2
    assert "跳过：c.zip" in done.stderr
    assert "b.docx 读不出来" in done.stderr
    assert len(written(site, done)) == 2


@pytest.mark.parametrize(
    "name", ["冬季检查表.xlsx", "附件1：冬季检查表.xlsx", "附件1-《冬季检查表》.xlsx"]
)
def test_attachments_that_lie_beside_a_paper_come_along(
    name: str, site: Path, tmp_path: Path
) -> None:
    """As files beside the item, and not as items of their own."""
    folder = tmp_path / "来文"
    folder.mkdir()
    (folder / "通知.docx").write_bytes(PAPERS["red_head"]())
    shutil.copy(ROOT / "tests/office/工资奖金汇总-2026-11.xlsx", folder / name)
    (folder / "值班安排.exe").write_bytes(b"MZ")
    done = run(site, "import", str(folder), *SAFETY, *AT)
    assert item(site, done)["附件"] == [name]
    assert [Path(text).name for text in written(site, done)][1:] == [name]
    assert f"附件一起导入：{name}" in done.stderr
    assert "没有全都一起导入" in done.stderr
    assert not [
        finding
        for finding in check(read_site(site), "2026-11-17").findings
        if finding.rule.startswith(("format/", "ref/attachment"))
    ]


def test_of_two_files_of_a_name_neither_comes_along(site: Path, tmp_path: Path) -> None:
    (tmp_path / "通知.docx").write_bytes(PAPERS["red_head"]())
    (tmp_path / "冬季检查表.txt").write_text("甲", "utf-8")
    (tmp_path / "附件1 冬季检查表.txt").write_text("乙", "utf-8")
    done = run(site, "import", str(tmp_path / "通知.docx"), *SAFETY, *AT)
    assert "附件" not in item(site, done)


def test_a_text_cannot_be_a_table(take: Callable[..., Done]) -> None:
    done = take(PAPERS["red_head"](), "--as", "table")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


# -- PDF and pictures -----------------------------------------------------------------------------


def pages(*pictures: Image.Image) -> bytes:
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:])
    return out.getvalue()


def test_a_scan_is_shown_as_it_is_and_a_summary_is_asked_for(
    site: Path, take: Callable[..., Done]
) -> None:
    sheets = [Image.new("RGB", (595, 842), colour) for colour in ("white", "gray")]
    done = take(pages(*sheets), *SAFETY, "--publish", "2026-11-16", name="安全检查.pdf")
    names = written(site, done)
    assert [Path(name).suffix for name in names] == [".yml", ".jpg", ".jpg"]
    text = (site / names[0]).read_text("utf-8")
    assert "# 摘要: ''" in text
    assert "![安全检查（1/2）](安全检查-1.jpg)" in text
    assert "还要做：填写“摘要”" in done.stderr
    assert not [
        finding
        for finding in check(read_site(site), "2026-11-17").findings
        if finding.severity.value == "error"
    ]


@pytest.fixture
def reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Gives the machine a program that reads in every picture what is said."""

    def put(said: str) -> None:
        program = tmp_path / "bin/tesseract"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\ncat > /dev/null\n{said}\n", "utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")

    return put


def test_what_a_program_reads_in_a_scan_is_marked_as_such(
    reads: Callable[[str], None], site: Path, take: Callable[..., Done]
) -> None:
    reads("echo '周 六 停电 2 小时'; echo '# 动 力 科'")
    done = take(png(), *SAFETY, name="停电.png")
    body = str(item(site, done)["正文"])
    remark, text, last = body.splitlines()[-5::2]
    assert remark == "> （以下文字由电脑从图片识别，可能有错，以图片为准）"
    assert (text, last) == ("> 周六停电 2 小时", "> \\# 动力科")
    assert "从 1 张图片里认出了字" in done.stderr
    assert "还要做：填写“摘要”" in done.stderr


def test_a_personal_number_that_can_be_read_in_a_scan_is_refused(
    reads: Callable[[str], None], take: Callable[..., Done]
) -> None:
    reads("echo '证号 11010519491231002X'")
    done = take(png(), *SAFETY, name="名单.png")
    assert (done.returncode, done.stdout) == (1, "")
    assert "第 1 张图片里认出了个人号码" in done.stderr
    assert "11010519491231002X" not in done.stderr


@pytest.mark.parametrize("said", ["exit 1", "printf '\\033'", "printf '\\377'"])
def test_a_program_that_reads_nothing_adds_nothing(
    said: str, reads: Callable[[str], None], site: Path, take: Callable[..., Done]
) -> None:
    reads(said)
    assert "识别" not in str(item(site, take(png(), *SAFETY, name="a.png"))["正文"])


def test_a_page_that_was_scanned_fills_a_sheet(site: Path, take: Callable[..., Done]) -> None:
    sheets = [Image.new("RGB", (595, 842), colour) for colour in ("blue", "gray")]
    take(pages(*sheets), *SAFETY, "--publish", "2026-11-16", name="安全检查.pdf")
    assert run(site, "build", "--at", "2026-11-17").returncode == 0
    (sheet,) = (site / "site/posters/items").glob("*.pdf")
    with pdfplumber.open(sheet) as printed:
        shares = [image["height"] / page.height for page in printed.pages for image in page.images]
    assert len(shares) == 2
    assert min(shares) > 0.55


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_a_picture_is_the_content(kind: str, site: Path, take: Callable[..., Done]) -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "blue").save(out, kind)
    done = take(out.getvalue(), *SAFETY, name=f"检查照片.{kind.lower()}")
    assert item(site, done)["标题"] == "检查照片"
    assert Path(written(site, done)[1]).suffix in (".png", ".jpg", ".gif")


def test_a_pdf_with_text_is_read_as_far_as_its_places_tell(
    site: Path, take: Callable[..., Done]
) -> None:
    """The sheets of this program are PDFs with text."""
    text = (
        "关于停电的通知\n各车间：\n　　周六停电。\n"
        + "　" * 14
        + "动力科\n"
        + "　" * 14
        + "2026年11月16日\n"
    )
    take(text.encode(), *SAFETY, "--publish", "2026-11-16", name="a.txt")
    assert run(site, "build", "--at", "2026-11-17").returncode == 0
    (sheet,) = (site / "site/posters/items").glob("*.pdf")
    done = take(sheet.read_bytes(), "--category", "常设信息", name="海报.pdf")
    body = str(item(site, done)["正文"])
    assert "各车间：\n\n周六停电。\n\n" in body


# -- bad files ------------------------------------------------------------------------------------


def packed_with(**parts: bytes) -> bytes:
    out = io.BytesIO(PAPERS["tabs_as_table"]())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(f"word/{name.replace('_', '.')}", data)
    return out.getvalue()


def locked_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def locked_odt() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr("META-INF/manifest.xml", "<m><encryption-data/></m>")
        made.writestr("content.xml", b"\1\2")
    return out.getvalue()


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD = _OLE + b"\0" * 504 + b"\xec\xa5" + b"\0" * 9 + b"\1" + b"\0" * 500
GOOD = PAPERS["tabs_as_table"]
LAUGHS = "<!DOCTYPE a [<!ENTITY b 'xxxxxxxxxx'>" + "".join(
    f"<!ENTITY {chr(99 + n)} '{f'&{chr(98 + n)};' * 10}'>" for n in range(9)
)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", lambda: b"", "读不出来"),
        ("a.docx", lambda: GOOD()[:-400], "读不出来"),
        ("a.docx", lambda: GOOD()[: len(GOOD()) // 2], "读不出来"),
        ("a.docx", lambda: _OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("a.docx", lambda: packed_with(vbaProject_bin=b"x"), "宏程序"),
        ("a.docx", lambda: packed_with(media_bin=b"\0" * 210_000_000), "大得不合理"),
        ("a.docx", lambda: b"{\\rtf1 a}", "其实是 .rtf 文件"),
        ("a.docx", lambda: _OLE + b"\0" * 600, "其实是 .doc 文件"),
        ("a.docx", lambda: b"%PDF-1.7", "其实是 .pdf 文件"),
        ("a.docx", lambda: by_hand("<w:tbl><w:tr><w:tc>" * 4_000 + "</w:tc></w:tr></w:tbl>" * 4_000), "读不出来"),
        ("a.docx", lambda: by_hand(""), "没有文字"),
        ("a.odt", GOOD, "其实是 .docx 文件"),
        ("a.odt", locked_odt, "密码"),
        ("a.rtf", lambda: b"{\\rtf1 a{b", "读不出来"),
        ("a.rtf", lambda: b"{\\rtf1" + b"{" * 9_000, "大得不合理"),
        ("a.rtf", GOOD, "其实是 .docx 文件"),
        ("a.pdf", lambda: b"%PDF-1.7\n%", "读不出来"),
        ("a.pdf", locked_pdf, "密码"),
        ("a.png", lambda: png()[:60], "读不出来"),
        ("a.doc", lambda: b"{\\rtf1 a}", "其实是 .rtf 文件"),
        ("a.doc", lambda: _WORD, "密码"),
        ("a.doc", lambda: _OLE + "_VBA_PROJECT".encode("utf-16-le"), "宏程序"),
        ("a.txt", lambda: "職工食堂帳目說明".encode("big5") * 40, "Big5"),
        ("a.exe", lambda: b"MZ", "不是可以导入的文件"),
    ],
)  # fmt: skip
def test_a_bad_file_is_told_in_a_sentence(
    name: str, data: Callable[[], bytes], said: str, take: Callable[..., Done]
) -> None:
    done = take(data(), *SAFETY, name=name)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert said in done.stderr


def test_entities_that_grow_without_end_are_no_danger(take: Callable[..., Done]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD())) as good, zipfile.ZipFile(out, "w") as packed:
        for name in good.namelist():
            text = good.read(name).decode()
            if name == "word/document.xml":
                head, _, rest = text.partition("?>")
                text = f"{head}?>{LAUGHS}]>{rest}".replace("特此公布", "&k;")
            packed.writestr(name, text)
    done = take(out.getvalue(), *SAFETY)
    assert done.returncode == 2
    assert "读不出来" in done.stderr


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.et"])
def test_without_an_office_it_is_said_how_to_save_old_files(
    name: str, take: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "office", lambda: None)
    done = take(_OLE + b"\0" * 2_000, name=name)
    assert done.returncode == 2
    assert f"另存为 {office.NEWER[Path(name).suffix]} 再导入" in done.stderr


# -- what was written holds -----------------------------------------------------------------------


PUBLISHED = {
    "red_head": "安全生产和隐患治理", "notice_of_appointment": "任前公示", "merged_cells": "车间费用和物资",
    "tabs_as_table": "食堂账目", "footnotes": "招用职工和劳动合同", "head_in_table": "常设信息",
    "floating_picture": "放假和年休假", "markdown_signs": "职业病危害防护", "many_formats": "发展规划和重大决策",
    "attachment_after_signature": "职工福利费", "notice_over_new_year": "评先评优",
}  # fmt: skip


def test_what_import_wrote_passes_check_and_build(site: Path, take: Callable[..., Done]) -> None:
    for name, category in PUBLISHED.items():
        done = take(
            PAPERS[name](), "--category", category, "--publish", "2026-11-16", name=f"{name}.docx"
        )
        assert done.returncode == 0, done.stderr
    found = check(read_site(site), "2026-11-17").findings
    left_to_do = ("procedure/missing",)
    wrong = [
        finding
        for finding in found
        if finding.severity.value != "info" and finding.rule not in left_to_do
    ]
    assert [(finding.rule, finding.path) for finding in wrong] == []
    assert len(read_library(read_site(site))[0].items) == len(PUBLISHED)
    done = run(site, "build", "--at", "2026-11-17")
    assert done.returncode == 0, done.stderr


# -- LibreOffice ----------------------------------------------------------------------------------


@pytest.mark.skipif(not has_writer(), reason="LibreOffice's writer is not here")
def test_an_old_document_is_read_by_way_of_libreoffice(
    site: Path, take: Callable[..., Done], tmp_path: Path
) -> None:
    """A .doc is made by LibreOffice, too; what it shows of the .docx is what is read of it."""
    given, made, shown = (tmp_path / f"given.{kind}" for kind in ("docx", "doc", "txt"))
    given.write_bytes(PAPERS["red_head"]())
    for path in (made, shown):
        office.convert(str(office.office()), tmp_path / "profile", given, path)
    done = take(made.read_bytes(), *SAFETY, name="通知.doc")
    assert "由 LibreOffice 转换后读出" in done.stderr
    assert item(site, done)["文号"] == "恒川〔2026〕12号"
    ours = texts_of(read_docx(given.read_bytes(), Gathered()).blocks)
    assert squeezed("".join(ours)) == squeezed(shown.read_text("utf-8-sig"))


@pytest.mark.parametrize("name", ["a.odt", "a.png", "a.txt", "a.pdf", "a.rtf"])
def test_a_wrong_ending_is_told_by_the_right_one(name: str, take: Callable[..., Done]) -> None:
    done = take(PAPERS["red_head"](), *SAFETY, name=name)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{name} 的扩展名不对，其实是 .docx 文件" in done.stderr


def test_styles_upon_styles_and_many_paragraphs_end_soon(take: Callable[..., Done]) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>'
        for n in range(3_000)
    )
    line = p("示例", '<w:pStyle w:val="s0"/>')
    assert len(read_docx(by_hand(line * 3_000, styles=styles), Gathered()).blocks) == 3_000
    done = take(by_hand(p("甲乙丙丁戊己庚辛" * 4) * 7_000), *SAFETY)
    assert done.returncode == 2
    assert "太长" in done.stderr
