"""What a reader sees of a sheet, measured from the PDF: sizes, lines, and where they end."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

from gongkai.domain.sheets import POINT
from gongkai.domain.text import Body
from gongkai.render.poster.posters import Posters
from gongkai.render.poster.setting import SIGNED, signed
from gongkai.render.poster.tiles import parts_of
from gongkai.render.poster.whole import WHOLE, marked, words_of
from gongkai.render.words import Words
from gongkai.source.markdown import tree
from gongkai.status.edition import make_edition
from tests.cases import some
from tests.conftest import Example
from tests.papers import pdf_of
from tests.sites import check, item, make_site


def pages(pdf: bytes) -> Iterator[list[dict[str, Any]]]:
    with pdfplumber.open(io.BytesIO(pdf)) as found:
        for page in found.pages:
            yield page.chars


def lines(pdf: bytes) -> list[str]:
    """The lines of all pages, without blanks; columns of a table are parts of one line."""
    with pdfplumber.open(io.BytesIO(pdf)) as found:
        text = "\n".join(page.extract_text() or "" for page in found.pages)
    return [re.sub(r"\s", "", line) for line in text.splitlines()]


def sizes(pdf: bytes, letters: str) -> set[float]:
    """The sizes, in points, of some characters that stand nowhere else."""
    return {round(float(c["size"]), 1) for page in pages(pdf) for c in page if c["text"] in letters}


TABLE = "| 单位 | {heads} |\n|---|{marks}|\n{rows}\n\n春夏秋冬春夏秋冬春夏秋冬。"


@pytest.mark.parametrize("columns", [1, 3, 6, 9, 14])
@pytest.mark.parametrize("paper", ["A4", "A3", "A2-landscape"])
def test_a_table_is_never_smaller_than_the_text_beside_it(
    columns: int, paper: str, tmp_path: Path
) -> None:
    rows = "\n".join(f"| 梅兰 | {'|'.join(['竹菊桃'] * columns)} |" for _ in range(3))
    heads, marks = "|".join(["松柏"] * columns), "|".join(["---"] * columns)
    body = TABLE.format(heads=heads, marks=marks, rows=rows)
    pdf = pdf_of(tmp_path, item(title="甲乙", paper=paper, body=body))
    assert min(sizes(pdf, "梅兰竹菊桃")) >= max(sizes(pdf, "春夏秋冬"))


@pytest.mark.parametrize(("columns", "is_turned"), [(2, False), (6, True)])
def test_a_sheet_is_turned_for_a_table_whose_words_would_break(
    columns: int, is_turned: bool, tmp_path: Path
) -> None:
    row = "|".join(["Abcdefghijkl"] * columns)
    body = f"|{row}|\n|{'---|' * columns}\n|{row}|"
    pdf = pdf_of(tmp_path, item(title="甲乙", paper="A4", body=body))
    with pdfplumber.open(io.BytesIO(pdf)) as found:
        assert (found.pages[0].width > found.pages[0].height) == is_turned
    assert "".join(lines(pdf)).count("Abcdefghijkl") == 2 * columns


@pytest.mark.parametrize(("paper", "least"), [("A4", 14), ("A3", 20), ("A2", 28), ("A1", 40)])
def test_running_text_is_read_at_the_distance_of_its_paper(
    paper: str, least: int, tmp_path: Path
) -> None:
    pdf = pdf_of(tmp_path, item(title="甲乙", paper=paper, body="春夏秋冬" * 800))
    assert min(sizes(pdf, "春夏秋冬")) >= least


def test_the_figure_is_four_times_as_large_as_the_table(tmp_path: Path) -> None:
    body = "| 车间 | 人均(元) |\n|---|---:|\n| 铸造车间 | 8400 |\n| 机加工车间 | 8300 |"
    pdf = pdf_of(tmp_path, item(title="甲乙", paper="A3", body=body, boards="[machining]"))
    figures = sorted(sizes(pdf, "8"))
    table = sizes(pdf, "4")
    assert figures[-1] >= 4 * max(table), "8,300"


def printed(example: Example) -> list[Path]:
    return sorted((example.folder / "posters/items").glob("*.pdf"))


@pytest.mark.sampled
def test_no_number_parts_from_its_unit_and_no_date_is_broken(example: Example) -> None:
    standings = example.standings
    for path in some(printed(example), 4):
        one = standings.by_id[path.stem]
        found = lines(path.read_bytes())
        days = re.findall(r"(?<!\d)\d{1,2}月\d{1,2}日", one.item.body.text)
        broken = [day for day in days if not any(day in line for line in found)]
        assert broken == [], path.stem


FORBIDDEN = re.compile(r"[·，。、；：？！）》”]|\Z")


def test_no_line_begins_with_a_mark_that_closes_or_is_left_with_one_character(
    tmp_path: Path,
) -> None:
    """Of running text at a dozen lengths, so that a line ends at every place of the last words."""
    for length in range(40, 52):
        body = "春夏秋冬，" * (length // 5) + "春夏秋冬·春夏"[: length % 5 + 2] + "。"
        folder = tmp_path / str(length)
        found = [
            line for line in lines(pdf_of(folder, item(body=body))) if "春" in line or "夏" in line
        ]
        text = [line for line in found if set(line) <= set("春夏秋冬，。·")]
        assert not any(FORBIDDEN.match(line) for line in text), text
        assert len(text[-1].rstrip("。")) > 1, text


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("三坐标测量机采购项目中标候选人公示", "三 坐标 测量机 采购 项目 中标 候选人 公示"),
        ("《考勤与休假管理办法（试行）》", "《考勤 与 休假 管理 办法 （试行）》"),
        ("2026年10月工资奖金分配情况", "2026年10月 工资 奖金 分配情况"),
    ],
)
def test_a_title_breaks_between_words(title: str, words: str) -> None:
    assert words_of(title) == words.split(" ")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("5个工作日内答复", ["5个工作日"]),
        ("自2026年11月9日起", ["2026年", "11月9日"]),
        ("人均8,281.05元。", ["8,281.05元"]),
        ("浓度 0.48 mg/m³", ["0.48 mg/m³"]),
        ("每天14:00—16:30", ["14:00—16:30"]),
        ("甲·乙", ["甲·"]),
    ],
)
def test_what_stays_on_one_line(text: str, kept: list[str]) -> None:
    assert WHOLE.findall(text) == kept
    assert marked(text).count("\x01") == 2 * len(kept)


def test_a_board_has_a_sheet_of_its_own_where_a_table_tells_of_it(example: Example) -> None:
    made = example.folder / "posters/boards"
    own = {path.parent.name for path in made.glob("*/2026-10-wages-company.pdf")}
    assert own == {"assembly", "casting", "heat-treatment", "machining"}
    first = {name: next(iter(rows(made / name))) for name in own}
    assert first["machining"].startswith("机加工车间")
    assert first["casting"].startswith("铸造车间")
    assert not list(made.glob("*/2026-attendance-rules.pdf")), "it says the same on every board"


def rows(folder: Path) -> Iterator[str]:
    for line in lines((folder / "2026-10-wages-company.pdf").read_bytes()):
        if re.match(r"(铸造|机加工|装配|热处理)车间\d", line):
            yield line


def test_bundles_hold_each_sheet_once(example: Example) -> None:
    """All of a board is its cover and its sheets; those of one paper are that, paper by paper."""
    folder = example.folder / "posters"
    whole = sorted(page_sizes(folder / "boards/machining.pdf"))
    parts = [
        size for path in sorted(folder.glob("paper/*/machining.pdf")) for size in page_sizes(path)
    ]
    assert sorted(parts) == whole
    for path in folder.glob("paper/*/machining.pdf"):
        assert len({tuple(sorted(size)) for size in page_sizes(path)}) == 1, path
    assert 0 < len(page_sizes(folder / "new/machining.pdf")) < len(whole)


def page_sizes(path: Path) -> list[tuple[int, int]]:
    document = pypdfium2.PdfDocument(path)
    found = [(round(w * POINT), round(h * POINT)) for w, h in (p.get_size() for p in document)]
    document.close()
    return found


def test_a_printer_that_has_only_a4(tmp_path: Path) -> None:
    config = "site_name: x\ntheme: {name: material}\nplugins:\n  - gongkai: {paper: {max: A4}}\n"
    pdf = pdf_of(tmp_path, item(paper="A3"), **{"mkdocs.yml": config})
    with pdfplumber.open(io.BytesIO(pdf)) as found:
        assert [(round(p.width * POINT), round(p.height * POINT)) for p in found.pages] == [
            (210, 297)
        ]


def drawn(pdf: bytes, number: int, dots: float) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    picture: Image.Image = document[number].render(scale=dots / 72).to_pil().convert("L")
    document.close()
    return picture


_LONG = "| 项目 | 金额(元) |\n|---|---:|\n" + "".join(
    f"| 第{n}项 | {n * 1234} |\n" for n in range(1, 9)
)


@pytest.mark.parametrize("paper", ["A3", "A3-landscape", "A2"])
def test_glued_together_the_parts_are_the_sheet(paper: str, tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/items/x.md": item(paper=paper, body=_LONG)})
    edition = make_edition(check(site, "2026-11-10").standings)
    pdf, _, tiles = Posters(edition).item(edition.standings.by_id["x"])
    width, height = page_sizes_of(pdf)
    dots = 150.0
    parts = list(parts_of(width, height, 1, Words("zh")))
    scale = parts[0]["whole"][0] / width
    sheet = drawn(pdf, 0, dots * scale)
    glued = Image.new("L", sheet.size, 255)
    pixel = dots / 25.4
    for number, part in enumerate(parts):
        x, y, wide, high = (round(one * pixel) for one in part["window"])
        left, upper = (round(one * pixel) for one in part["from"])
        glued.paste(drawn(tiles, number, dots).crop((x, y, x + wide, y + high)), (left, upper))
    apart = ImageChops.difference(
        *(image.filter(ImageFilter.GaussianBlur(2)) for image in (sheet, glued))
    )
    rim = round(7 * scale * pixel)  # where a part says which one it is
    apart = apart.crop((rim, rim, sheet.width - rim, sheet.height - rim))
    off = sum(apart.histogram()[64:])
    assert off / (sheet.width * sheet.height) < 0.002


def page_sizes_of(pdf: bytes) -> tuple[float, float]:
    document = pypdfium2.PdfDocument(pdf)
    width, height = document[0].get_size()
    document.close()
    return width * POINT, height * POINT


@pytest.mark.sampled
def test_no_line_lies_where_a_sheet_is_cut(example: Example) -> None:
    """The single sheets of A3 upright, 210 mm from the top."""
    for path in some(printed(example), 4):
        pdf = path.read_bytes()
        if page_sizes(path) != [(297, 420)]:
            continue
        for char in next(pages(pdf)):
            size, base = float(char["size"]) * POINT, 420 - char["matrix"][5] * POINT
            crosses = base - 0.88 * size < 209 and base + 0.12 * size > 211
            assert char["text"].isspace() or not crosses, (path.stem, char["text"])


def test_a_summary_stands_first(tmp_path: Path) -> None:
    text = "".join(lines(pdf_of(tmp_path, item(summary="人均比上月多120元", body="正文在后。"))))
    assert text.index("人均比上月多120元") < text.index("正文在后")


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("现将名单公示如下。\n\n示例机械厂工会\n2026年11月1日", 1),
        ("现将名单公示如下。\n\n示例机械厂工会\n\n二〇二六年十一月一日", 2),
        ("2026年11月1日", 1),
        ("会议定于下列日期召开：\n\n2026年11月1日", 1),
        ("现将名单公示如下。\n\n公示期至2026年11月1日", 0),
        ("- 示例机械厂工会\n- 2026年11月1日", 0),
        ("示例机械厂工会\n2026年11月1日\n\n现将名单公示如下。", 0),
    ],
)
def test_who_says_it_and_on_which_day_stands_to_the_right(body: str, count: int) -> None:
    nodes = signed(tree(Body(body)))
    assert [node.align == SIGNED for node in nodes[::-1]].count(True) == count
    assert all(node.align == SIGNED for node in nodes[len(nodes) - count :])


def test_of_code_each_character_is_as_wide_as_another_and_han_twice_that(tmp_path: Path) -> None:
    pdf = pdf_of(tmp_path, item(body="```\niW#\n厂#\n  #\n```"))
    marks = [mapping for page in pages(pdf) for mapping in page if mapping["text"] == "#"]
    middles = [(mark["x0"] + mark["x1"]) / 2 for mark in marks]
    assert len(middles) == 3
    assert max(middles) - min(middles) < 0.5
