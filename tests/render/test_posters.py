"""Paper: all of the text, inside the sheet, with everything a sheet has to carry."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pdfplumber
import pikepdf
import pypdf
import pypdfium2
import pytest

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.domain.terms import Channel
from gongkai.domain.text import Node, plain_text
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.render.attached import whole_body
from gongkai.render.poster.posters import Posters
from gongkai.render.reading import for_reading, places_of
from gongkai.status.edition import make_edition
from gongkai.status.standing import Standing
from tests.conftest import Example
from tests.sites import check, instant, item, make_site


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def words(nodes: tuple[Node, ...]) -> list[str]:
    """The text of a body in the order of reading, cell by cell."""
    found = []
    for node in nodes:
        if node.kind == "list":
            for number, entry in enumerate(node.children, node.level):
                found += [f"{number}." if node.level >= 0 else "•", *words(entry.children)]
        elif node.kind in ("table", "row", "quote"):
            found += words(node.children)
        elif not any(child.kind == "image" for child in node.children):
            found.append(squeezed(plain_text((node,))))
    return [text for text in found if text]


def hanging(example: Example) -> list[Standing]:
    return [
        standing
        for standing in example.standings.all()
        if standing.hangs and Channel.POSTER in standing.item.channels
    ]


def test_the_text_of_every_poster_is_the_text_of_its_item(example: Example) -> None:
    """But for separators in its figures, and the row of the own workshop, which comes first."""
    library = example.standings.library
    for standing in hanging(example):
        pdf = pypdf.PdfReader(example.folder / f"posters/items/{standing.item.id}.pdf")
        text = squeezed("".join(page.extract_text() for page in pdf.pages))
        assert squeezed(standing.item.title) in text, standing.item.id
        boards = [board for board in library.boards if board.id in standing.item.boards]
        own = boards[0].workshop if len(boards) == 1 else None
        body = words(for_reading(whole_body(standing.item), own, places_of(library)))
        if len(pdf.pages) == 1 and standing.item.category != "personnel-appointment":  # cards
            assert "".join(body) in text, standing.item.id
        else:
            assert [part for part in body if part[:40] not in text] == [], standing.item.id


def test_the_day_to_take_it_down_stands_on_one_line(example: Example) -> None:
    for standing in hanging(example)[::3]:
        if standing.item.last_day:
            day = f"{standing.item.last_day.month}月{standing.item.last_day.day}日后请撤下"
            with pdfplumber.open(example.folder / f"posters/items/{standing.item.id}.pdf") as pdf:
                lines = (pdf.pages[-1].extract_text() or "").splitlines()
            assert any(day in squeezed(line) for line in lines), standing.item.id


def test_no_character_falls_outside_its_page(example: Example) -> None:
    """Every fourth sheet; all of them among the long runs."""
    nothing_falls_outside(example, hanging(example)[::4])


def nothing_falls_outside(example: Example, sheets: list[Standing]) -> None:
    for standing in sheets:
        with pdfplumber.open(example.folder / f"posters/items/{standing.item.id}.pdf") as pdf:
            for page in pdf.pages:
                for char in page.chars:
                    inside = char["x0"] >= 17 and char["x1"] <= page.width - 17
                    assert inside, (standing.item.id, char["text"])
                    assert char["top"] >= 0, (standing.item.id, char["text"])
                    assert char["bottom"] <= page.height, (standing.item.id, char["text"])


def test_a_sheet_says_when_it_comes_down_and_how_to_check_it(example: Example) -> None:
    for standing in hanging(example):
        pdf = pypdf.PdfReader(example.folder / f"posters/items/{standing.item.id}.pdf")
        for page in pdf.pages:
            text = squeezed(page.extract_text())
            assert standing.version in text
            last = standing.item.last_day
            down = f"{last.month}月{last.day}日后请撤下" if last else "长期张挂"
            until = f"公开期限至{last.year}年{last.month}月{last.day}日" if last else "起公开"
            assert down in text
            assert until in text
        assert "盖章处" in text, "on the last of several"


def test_a_board_in_one_file(example: Example) -> None:
    edition = make_edition(example.standings)
    for board in edition.library.boards:
        pdf = pypdfium2.PdfDocument(example.folder / f"posters/boards/{board.id}.pdf")
        text = squeezed("".join(page.get_textpage().get_text_range() for page in pdf))
        pdf.close()
        for standing in edition.view(board, Channel.POSTER).entries:
            assert squeezed(standing.item.title) in text


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("items/2026-10-wages-company.pdf", "2026年10月工资奖金分配情况"),
        ("boards/machining.pdf", "机加工车间公开栏"),
        ("new/machining.pdf", "机加工车间公开栏"),
    ],
)
def test_a_file_is_for_readers_of_every_kind(example: Example, path: str, title: str) -> None:
    """Tagged, in its language, under its title, as PDF/A and PDF/UA say (ISO 19005, ISO 14289)."""
    with pikepdf.open(example.folder / "posters" / path) as pdf:
        told = pdf.open_metadata()
        assert told["dc:title"] == title
        assert (told["pdfaid:part"], told["pdfuaid:part"]) == ("2", "1")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.Lang == "zh-CN"
        assert "/Suspects" not in pdf.Root.MarkInfo
        assert "/StructTreeRoot" in pdf.Root


def poster_of(tmp_path: Path, text: str, **files: str) -> bytes:
    site = make_site(tmp_path, {"content/items/x.md": text, **files})
    edition = make_edition(check(site, "2026-11-10").standings)
    return Posters(edition).pdf(edition.standings.by_id["x"])


def text_of(pdf: bytes) -> str:
    return squeezed("".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(pdf)).pages))


@pytest.mark.parametrize(
    "body",
    [
        '#read("/etc/passwd")',
        '#import "@preview/x:0.1.0"',
        "$a$ 和 \\\\ 反斜线",
        "<!-- 注释 --> {{ 7*7 }} {% x %}",
        "<script>alert(1)</script>",
        "张*三、李*四和欧阳**",
    ],
)
def test_what_looks_like_code_is_printed_as_typed(body: str, tmp_path: Path) -> None:
    text = text_of(poster_of(tmp_path, item(body=body)))
    assert squeezed(body.replace("\\\\", "\\")) in text


def test_lists_within_lists_are_all_there(tmp_path: Path) -> None:
    body = "\n".join("  " * depth + f"- 第{depth}层" for depth in range(10))
    text = text_of(poster_of(tmp_path, item(body=body)))
    assert [depth for depth in range(10) if f"第{depth}层" not in text] == []


def test_long_text_goes_on_over_numbered_sheets(tmp_path: Path) -> None:
    rows = "\n".join(f"| 第{n}项 | {n * 1000} |" for n in range(150))
    pdf = poster_of(tmp_path, item(body=f"| 项目 | 金额 |\n|---|---:|\n{rows}"))
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        text = squeezed(page.extract_text())
        assert f"第{number}张，共{len(pages)}张" in text
        assert "项目金额" in text
    text = text_of(pdf)
    assert all(f"第{n}项" in text for n in range(150))


def test_the_qr_code_is_there_with_an_address_only(tmp_path: Path) -> None:
    config = "site_name: x\ntheme: {name: material}\nplugins: [gongkai]\n"
    without = poster_of(tmp_path / "a", item(), **{"mkdocs.yml": config})
    with_url = poster_of(
        tmp_path / "b", item(), **{"mkdocs.yml": config + "site_url: http://x.example/sub\n"}
    )
    assert "这张还有效吗" not in text_of(without)
    assert "这张还有效吗" in text_of(with_url)


@pytest.mark.usefixtures("drawn_anew")
def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    assert poster_of(tmp_path / "a", item()) == poster_of(tmp_path / "b", item())


def test_nothing_to_hang_prints_a_sheet_that_says_so(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/items/x.md": item(expires="2026-11-30")})
    build(BuildRequest(site, instant(site, "2026-12-01"), tmp_path / "out", render_shell))
    pdf = pypdf.PdfReader(tmp_path / "out/posters/boards/machining.pdf")
    assert "暂无内容" in squeezed(pdf.pages[0].extract_text())


def test_a_board_that_was_never_on_paper_has_nothing_to_print(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/items/x.md": item(channels="[web]")})
    build(BuildRequest(site, instant(site, "2026-11-10"), tmp_path / "out", render_shell))
    assert not list(tmp_path.glob("out/posters/**/*.pdf"))
    for page in ("index.html", "boards/machining/index.html", "posters/index.html"):
        assert ".pdf" not in (tmp_path / "out" / page).read_text("utf-8")
