"""The year's summary: what the records say of a year, as page, sheet and document."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest

from gongkai.domain.model import Site
from gongkai.render import docx
from gongkai.render.summary import YearSummary
from gongkai.render.summary_files import as_docx
from gongkai.status.edition import make_edition
from tests.command import run
from tests.sites import check, item, make_site

AT = "2026-11-22"
FILES = {
    "content/catalogue.yml": "起始: 2026-01\n",
    "content/meetings/a.yml": (
        "- {编号: M1, 种类: 职代会, 届次: 九届一次, 日期: 2026-03-01, 应到: 80, 实到: 77}\n"
        "- {编号: M2, 种类: 培训, 日期: 2026-04-01, 实到: 40, 说明: 公开员培训}\n"
        "- {编号: M3, 种类: 座谈会, 日期: 2025-04-01}\n"
    ),
    "content/inspections/a.yml": (
        "- {编号: J1, 日期: 2026-10-01, 方式: 自查, 检查人: 工会, 检查项: 全部,\n"
        "   发现: [{问题: 灯坏了, 要点: 7, 整改日期: 2026-10-09}, {问题: 字小, 要点: 5}]}\n"
    ),
    "content/opinions/a.yml": (
        "- {编号: Y1, 来源: 意见箱, 收到日期: 2026-10-01, 意见: 太热, 答复日期: 2026-10-20,"
        " 答复: 装了风扇, 结果: A}\n"
        "- {编号: Y2, 来源: 意见箱, 收到日期: 2026-10-01, 意见: 太冷}\n"
    ),
    "content/surveys/a.yml": (
        "{编号: s, 标题: 测评, 日期: 2026-11-20, 发放: 80, 收回: 78, 有效: 75, 满意: 58,"
        " 基本满意: 15, 不满意: 2}\n"
    ),
    "content/items/a.md": item(title="十月食堂账目", period="2026-10"),
    "content/items/b.md": item(title="先进评选", category="honors-selection", kind="disclosure"),
    "content/items/c.md": item(
        title="只在纸上的表彰",
        category="honors-selection",
        kind="disclosure",
        channels="[poster]",
    ),
}


def summary_of(site: Site, year: int = 2026, at: str = AT) -> YearSummary:
    return YearSummary(make_edition(check(site, at).standings), year, "zh")


def said(summary: YearSummary) -> str:
    """Everything, a line a row."""
    parts = summary.sections()
    rows = [" ".join(row) for part in parts for row in part.table]
    return "\n".join([line for part in parts for line in (part.title, *part.lines)] + rows)


@pytest.mark.parametrize(
    "expected",
    [
        "收到意见 2 条，办结 1 条，超过期限 1 条。",
        "已解决 1 条",
        "培训 1 次，40 人次。",
        "九届一次 应到 80，实到 77",
        "满意和基本满意 73/75，97.33%。",
        "发现问题 2 个，已整改 1 个",
        "查 25 项，合格 23 项",
        "先进评选",
        "另有 1 项只在纸上",
        "公开率",
    ],
)
def test_a_summary_says_what_the_records_say(expected: str, tmp_path: Path) -> None:
    assert expected in said(summary_of(make_site(tmp_path, FILES)))


@pytest.mark.parametrize("unsaid", ["只在纸上的表彰", "座谈会", "太热"])
def test_a_summary_says_nothing_of_other_years_of_paper_and_of_opinions(
    unsaid: str, tmp_path: Path
) -> None:
    assert unsaid not in said(summary_of(make_site(tmp_path, FILES)))


def test_what_is_hidden_is_not_in_it(tmp_path: Path) -> None:
    gone = "{date: 2026-11-10, by: 办公室, reason: 个人信息, hide: true}"
    hidden = item(
        title="隐去的表彰", category="honors-selection", kind="disclosure", withdrawn=gone
    )
    site = make_site(tmp_path, {**FILES, "content/items/d.md": hidden})
    assert "隐去的表彰" not in said(summary_of(site))


def text_of(data: bytes) -> list[str]:
    """The paragraphs of a document, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        root = ElementTree.fromstring(parts.read("word/document.xml"))  # noqa: S314 (our own)
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return ["".join(element.itertext()) for element in root.iter(f"{space}p")]


def test_the_document_holds_every_section_and_room_for_what_people_write(tmp_path: Path) -> None:
    summary = summary_of(make_site(tmp_path, FILES))
    text = text_of(as_docx(summary))
    assert text[0] == "测试厂2026年厂务公开工作总结"
    for part in summary.sections():
        assert part.title in text
        assert set(part.lines) <= set(text)
        assert {cell for row in part.table for cell in row} <= set(text)
    assert [one for one in text if "接着写" in one] == ["（起草人在这里接着写）"] * 3


def test_equal_contents_make_equal_documents_whatever_they_hold() -> None:
    blocks = [docx.heading("a<b>&\x01"), docx.table([("甲", ""), ("=1", "]]>")])]
    assert docx.document("t", blocks) == docx.document("t", blocks)
    assert text_of(docx.document("t", blocks))[1:4] == ["a<b>&", "甲", ""]


def test_page_sheet_and_document_are_published_where_anything_is_recorded(tmp_path: Path) -> None:
    root = make_site(tmp_path, FILES).root
    assert run(root, "build", "--at", AT).returncode == 0
    page = (root / "site/summary/index.html").read_text("utf-8")
    assert "收到意见 2 条" in page
    assert 'href="2026.docx"' in page
    assert (root / "site/summary/2026.docx").read_bytes().startswith(b"PK")
    assert (root / "site/posters/summary.pdf").read_bytes().startswith(b"%PDF")
    assert run(root, "build", "--at", "2027-01-10").returncode == 0
    past = (root / "site/summary/2026/index.html").read_text("utf-8")
    assert 'href="../2026.docx"' in past


def test_a_site_that_records_nothing_has_none_of_these_pages(tmp_path: Path) -> None:
    root = make_site(tmp_path, {"content/items/a.md": item()}).root
    assert run(root, "build", "--at", AT).returncode == 0
    for name in ("summary", "inspections", "appraisal"):
        assert not (root / "site" / name).exists()
        assert f'href="{name}/"' not in (root / "site/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "name", "start"),
    [(["2026"], "s.docx", b"PK"), ([], "s.pdf", b"%PDF"), (["2027"], "s.pdf", None)],
)
def test_the_summary_of_a_year_is_printed_or_written(
    words: list[str], name: str, start: bytes | None, tmp_path: Path
) -> None:
    root = make_site(tmp_path, FILES).root
    out = tmp_path / name
    done = run(root, "print", "summary", *words, "--at", AT, "--out", str(out))
    assert (done.returncode, out.exists()) == ((0, True) if start else (2, False))
    if start == b"%PDF":
        with pypdfium2.PdfDocument(out) as document:
            text = document[0].get_textpage().get_text_range()
        assert "工作总结" in text
