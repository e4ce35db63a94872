"""Paper loses nothing: whatever the length, all of it is there, legible and inside the rim."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pypdf
import pytest
import zxingcpp
from PIL import Image

from gongkai.edition import make_edition
from gongkai.errors import ConfigurationError, ThemeError
from gongkai.render.posters import Posters
from gongkai.sheets import sheet_of
from gongkai.source.site import read_site
from gongkai.terms import Paper
from tests.papers import Drawn, Sheets, drawn, least_of, pdf_of, poster_of
from tests.sites import CONFIG, check, errors, item, make_site

ADDRESS = CONFIG + "site_url: http://board.example/factory/\n"


def squeezed(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


@pytest.mark.parametrize("seed", range(14))
def test_nothing_is_lost_too_small_or_over_the_rim(seed: int, tmp_path: Path) -> None:
    one = drawn(seed)
    sheets, sheet = Sheets(poster_of(one, tmp_path)), least_of(one)
    assert sheets.lost(one) == []
    assert sheets.outside(sheet) == []
    assert sheets.smallest() >= sheet.least - 0.01


@pytest.mark.parametrize("length", [10, 60, 150, 300, 450])
@pytest.mark.parametrize("paper", ["A4", "A3-landscape", "A1"])
def test_one_sheet_is_filled_unless_the_type_is_at_its_largest(
    length: int, paper: str, tmp_path: Path
) -> None:
    body = ("春夏秋冬山川湖海云雨雪霜，梅兰竹菊桃李。" * 30)[:length]
    sheets = Sheets(pdf_of(tmp_path, item(paper=paper, body=body)))
    if sheets.count == 1:
        used, size = sheets.filled()
        assert used >= 0.8 or size >= sheet_of(Paper(paper)).most - 0.3


def rows(columns: int, count: int, cell: str = "1") -> str:
    lines = [["项目", *(f"第{n}列" for n in range(1, columns))], ["---"] * columns]
    lines += [[f"第{n}项", *[cell] * (columns - 1)] for n in range(count)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def test_a_table_too_wide_turns_the_sheet(tmp_path: Path) -> None:
    narrow = pdf_of(tmp_path / "a", item(paper="A4", body=rows(5, 3, "1234567")))
    wide = pdf_of(tmp_path / "b", item(paper="A4", body=rows(10, 3, "1234567")))
    boxes = [pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox for pdf in (narrow, wide)]
    assert [round(float(box.width) / 2.8346) for box in boxes] == [210, 297]


def test_one_still_too_wide_is_split_with_its_first_column_repeated(tmp_path: Path) -> None:
    text = squeezed(pdf_of(tmp_path, item(paper="A4", body=rows(30, 3, "1234567"))))
    parts = text.count("本表分")
    assert parts >= 2
    assert f"本表分{parts}部分，第{parts}部分" in text
    assert text.count("第1项") == parts
    assert all(text.count(f"第{n}列") == 1 for n in range(1, 30))


def test_heads_are_repeated_and_a_sum_is_never_alone_on_a_sheet(tmp_path: Path) -> None:
    for count in range(18, 40):
        body = f"{rows(3, count)}\n| 合计 | {count} | {count} |"
        pdf = pdf_of(tmp_path / str(count), item(paper="A4", body=body))
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
        assert all("项目" in page for page in pages), count
        last = next(page for page in pages if "合计" in page)
        assert f"第{count - 1}项" in "".join(last.split()), count


def test_every_sheet_of_several_says_what_it_belongs_to(tmp_path: Path) -> None:
    keys = {
        "title": "食堂收支明细",
        "number": "厂公开〔2026〕118号",
        "approval": "{by: 领导小组, date: 2026-10-30}",
        "owner": "{dept: 后勤部, post: 后勤部部长}",
        "period": "2026-10",
        "expires": "2026-12-10",
        "contact": "{phone: 内线8031}",
    }
    pdf = pdf_of(tmp_path, item(paper="A4", body=rows(3, 90), **keys))
    pages = ["".join(one.extract_text().split()) for one in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        for told in (
            "食堂收支明细", "公开", "厂公开〔2026〕118号", "机加工车间", "2026年10月",
            "公开日期2026年11月1日", "2026年12月10日", "12月10日后请撤下", "后勤部后勤部部长",
            "领导小组10月30日", "内线8031", "盖章处", "2026年11月1日",
            f"第{number}页/共{len(pages)}页",
        ):  # fmt: skip
            assert told in page, (number, told)


def test_the_take_down_day_can_be_read_from_two_metres(tmp_path: Path) -> None:
    for paper in Paper:
        sheets = Sheets(pdf_of(tmp_path / paper.value, item(paper=paper.value)))
        day = [one.size for one in sheets.glyphs if one.text == "撤"]
        assert day
        assert min(day) >= 28, paper  # 10 mm


def test_a_notice_stands_apart_in_grey(tmp_path: Path) -> None:
    notice = "{from: 2026-11-01, to: 2026-11-12, channel: 工会}"
    text = item(category="困难职工帮扶", kind="notice", notice=notice)
    framed = pdf_of(tmp_path / "a", text, "2026-11-05")
    plain = pdf_of(tmp_path / "b", item(), "2026-11-05")

    def has_frame(pdf: bytes) -> bool:
        with pdfplumber.open(io.BytesIO(pdf)) as pages:
            page = pages.pages[0]
            shapes = [*page.rects, *page.curves]
            return any(one["height"] > page.height * 0.9 for one in shapes)

    assert has_frame(framed)
    assert not has_frame(plain)


def test_the_code_on_the_sheet_leads_to_its_page_and_version(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/items/x.md": item(), "mkdocs.yml": ADDRESS})
    edition = make_edition(check(site, "2026-11-10").standings)
    standing = edition.standings.by_id["x"]
    pdf, preview = Posters(edition).item(standing)
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(preview.data)).convert("RGB"))
    address = f"http://board.example/factory/items/x/?v={standing.version}"
    assert [one.text for one in found] == [address]
    assert preview.path == pdf.path.replace(".pdf", ".png")


def test_a_pdf_is_for_the_archive_and_tells_nothing_of_persons(tmp_path: Path) -> None:
    pdf = pdf_of(tmp_path, item(title="食堂收支", owner="{dept: 后勤部, post: 示例甲}"))
    reader: Any = pypdf.PdfReader(io.BytesIO(pdf))  # it types what it reads as anything at all
    root, info = reader.trailer["/Root"], reader.metadata
    xmp = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("zh")
    assert "/StructTreeRoot" in root
    assert info is not None
    assert (info.title, info["/Keywords"]) == ("食堂收支", "x")
    assert "示例甲" not in xmp + str(info)
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert all("/FontFile3" in one or "/FontFile2" in one for one in fonts)


@pytest.mark.parametrize("mark", "。，、；：！？）》”")
def test_no_line_begins_with_a_closing_mark(mark: str, tmp_path: Path) -> None:
    sheets = Sheets(pdf_of(tmp_path, item(paper="A4", body=("春夏秋冬山川湖" + mark) * 60)))
    lines: dict[tuple[int, int], list[tuple[float, str]]] = {}
    for one in sheets.glyphs:
        if one.text in "春夏秋冬山川湖" + mark:
            lines.setdefault((one.page, round(one.box[3])), []).append((one.box[0], one.text))
    assert len(lines) > 5
    assert all(min(line)[1] != mark for line in lines.values())


def test_a_mistake_in_the_template_is_told_with_its_line(tmp_path: Path) -> None:
    text = (Path(__file__).parent.parent / "theme/poster.typ").read_text("utf-8")
    broken = text.replace('#let amber = rgb("#8a5000")', '#let amber = rgb("#8a5000" + 1)')
    line = broken[: broken.index("+ 1)")].count("\n") + 1
    with pytest.raises(ThemeError) as caught:
        pdf_of(tmp_path, item(), **{"theme/poster.typ": broken})
    assert str(caught.value.values["why"]).startswith(f"poster.typ:{line}:")


def test_a_look_of_its_own_is_one_changed_file(tmp_path: Path) -> None:
    text = (Path(__file__).parent.parent / "theme/poster.typ").read_text("utf-8")
    assert text.count("\n") < 130
    blue = text.replace("#a8201a", "#1f3a93")
    plain = pdf_of(tmp_path / "a", item())
    own = pdf_of(tmp_path / "b", item(), **{"theme/poster.typ": blue})
    assert own != plain
    assert squeezed(own) == squeezed(plain)


def test_a_font_that_is_not_there_is_named(tmp_path: Path) -> None:
    config = CONFIG.replace("gongkai]", "{gongkai: {fonts: {title: 方正小标宋简体}}}]")
    with pytest.raises(ThemeError) as caught:
        pdf_of(tmp_path, item(), **{"mkdocs.yml": config})
    assert caught.value.values["found"] == "方正小标宋简体"


def test_a_font_in_the_theme_is_used(tmp_path: Path) -> None:
    from importlib.resources import files

    source = next(files("noto_cjk_sans_jp_bold").glob("*.otf"))  # type: ignore[attr-defined]
    (tmp_path / "theme/fonts").mkdir(parents=True)
    (tmp_path / "theme/fonts/own.otf").write_bytes(source.read_bytes())
    config = CONFIG.replace("gongkai]", "{gongkai: {fonts: {body: Noto Sans CJK JP}}}]")
    assert pdf_of(tmp_path, item(), **{"mkdocs.yml": config}).startswith(b"%PDF-")


@pytest.mark.parametrize("fonts", ["[a]", "{head: x}", "{title: 3}"])
def test_fonts_are_named_for_title_and_body_only(fonts: str, tmp_path: Path) -> None:
    config = CONFIG.replace("gongkai]", f"{{gongkai: {{fonts: {fonts}}}}}]")
    (tmp_path / "content/items").mkdir(parents=True)
    (tmp_path / "boards").mkdir()
    (tmp_path / "mkdocs.yml").write_text(config, "utf-8")
    with pytest.raises(ConfigurationError):
        read_site(tmp_path)


def test_what_stands_on_every_sheet_must_leave_room_for_the_text(tmp_path: Path) -> None:
    firm = "恒川" * 95
    text = item(paper="A4-landscape", number="号" * 190, owner=f"{{dept: {'部' * 190}}}")
    make_site(tmp_path, {"content/items/x.md": text, "content/org.yml": f"name: {firm}\n"})
    assert ("poster/overflow", "around") in errors(tmp_path, "2026-11-10")


def test_a_table_that_nobody_could_hang_is_a_finding(tmp_path: Path) -> None:
    for columns, expected in ((40, set()), (42, {("poster/overflow", "cells")})):
        sheet = "\n".join(",".join(str(n) for n in range(columns)) for _ in range(600))
        files = {
            "content/items/x.md": item(tables="[{file: a.csv}]"),
            "content/items/a.csv": sheet,
        }
        make_site(tmp_path / str(columns), files)
        assert errors(tmp_path / str(columns), "2026-11-10") == expected


def test_the_catalogue_is_a_poster(tmp_path: Path) -> None:
    files = {"content/items/x.md": item(), "content/catalogue.yml": "ownership: private\n"}
    edition = make_edition(check(make_site(tmp_path, files), "2026-11-10").standings)
    text = squeezed(Posters(edition).catalogue()[0].data)
    for row in edition.library.catalogue.categories.values():
        assert (row.name in text) == (not row.state_only), row.name


def test_a_board_begins_with_a_list_of_what_hangs_on_it(tmp_path: Path) -> None:
    files = {f"content/items/{n}.md": item(title=f"第{n}项公开") for n in range(3)}
    site = make_site(tmp_path, files)
    edition = make_edition(check(site, "2026-11-10").standings)
    pdf = Posters(edition).board(edition.library.boards[0])[0].data
    first = "".join(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
    assert all(f"第{n}项公开2026年11月30日" in first for n in range(3))


def test_the_same_item_drawn_twice_is_the_same(tmp_path: Path) -> None:
    one = Drawn(Paper.A4, "甲乙", "春夏秋冬", ())
    assert poster_of(one, tmp_path / "a") == poster_of(one, tmp_path / "b")


def test_a_board_of_many_sheets_is_one_document_for_readers_of_every_kind(tmp_path: Path) -> None:
    body = "| 项目 | 金额 |\n|---|---:|\n| 大米 | 100 |\n"
    files = {
        f"content/items/{n:02}.md": item(title=f"第{n}项公开", body=body, paper="A4")
        for n in range(30)
    }
    edition = make_edition(check(make_site(tmp_path, files), "2026-11-10").standings)
    pdf = Posters(edition).board(edition.library.boards[0])[0].data
    assert Posters(edition).board(edition.library.boards[0])[0].data == pdf
    book: Any = pikepdf.open(io.BytesIO(pdf))
    texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert [f"第{n}项公开" in "".join(text.split()) for n, text in enumerate(texts[1:])] == [
        True
    ] * 30
    root = book.Root.StructTreeRoot
    flat = list(root.ParentTree.Nums)
    parents = dict(zip(map(int, flat[::2]), flat[1::2], strict=True))
    assert sorted(int(page.obj.StructParents) for page in book.pages) == sorted(parents)
    for page in book.pages:
        for element in parents[int(page.obj.StructParents)]:
            assert element.Pg.objgen == page.obj.objgen
    names = [bytes(one) for one in list(root.IDTree.Names)[::2]]
    assert names == sorted(set(names))
    assert len(names) == 31 * 2 + 2  # the heads of thirty tables, and four of the list
    cells = [one for one in _below(root) if one.get("/S") == "/TD"]
    asked = {bytes(head) for one in cells for each in one.A for head in each.get("/Headers", [])}
    assert len(cells) == 30 * 2 + 30 * 4
    assert asked <= set(names)
    assert asked


def _below(element: Any) -> Iterator[Any]:
    kids = element.get("/K", [])
    for one in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(one, pikepdf.Dictionary) and "/S" in one:
            yield one
            yield from _below(one)
