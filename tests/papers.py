"""Items of every size for paper, from a seed, and what two readers find on their sheets.

What an item says is made of characters that nothing else on a sheet is made of, so it can be told
from the rest of it whoever reads the PDF.
"""

from __future__ import annotations

import io
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pdfplumber
import pypdf

from gongkai.domain.sheets import POINT, Sheet, sheet_of
from gongkai.domain.terms import Paper
from gongkai.render.poster.posters import Posters
from gongkai.status.edition import make_edition
from tests.sites import check, item, make_site

HAN = "春夏秋冬山川湖海云雨雪霜梅兰竹菊桃李杏柳松柏"
LATIN = "ghjkmnpqrstvwz"
TITLE = "甲乙丙丁戊己庚辛壬癸"
MARKS = "，。、；！（）“” "
LARGEST = 190_000
"""Characters of a table that is typed; a larger one comes as a file."""
CELL = re.compile(r"b\d+c\d+d")


class Drawn(NamedTuple):
    """An item as it was drawn from a seed: its body, and its cells if that is mostly a table. What
    is too large for a body is a ``sheet`` beside it."""

    paper: Paper
    title: str
    body: str
    cells: tuple[tuple[str, ...], ...]
    sheet: str = ""


def drawn(seed: int) -> Drawn:
    """An item of 10 to 20,000 characters, or with a table of up to 40 columns and 600 rows."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    title = _some(dice, TITLE, dice.choice([4, 16, 60, 190]))
    paper = dice.choice(list(Paper))
    if dice.random() < 0.4:
        return Drawn(paper, title, _text(dice, int(10 ** dice.uniform(1, 4.3))), ())
    cells = tuple(_rows(dice))
    head = tuple(f"Ж{number}Ф" for number in range(len(cells[0])))
    rows = [head, ("---",) * len(head), *cells]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    is_large = len(table) > LARGEST
    sheet = "\n".join(",".join(row) for row in (head, *cells)) if is_large else ""
    parts = [] if is_large else [table]
    if dice.random() < 0.6:
        parts.insert(0, _text(dice, dice.choice([10, 80, 400])))
    if dice.random() < 0.3:
        parts.append(_text(dice, dice.choice([10, 300])))
    return Drawn(paper, title, "\n\n".join(parts), cells, sheet)


def _some(dice: random.Random, letters: str, count: int) -> str:
    return "".join(dice.choice(letters) for _ in range(count))


def _text(dice: random.Random, length: int) -> str:
    paragraphs: list[str] = []
    while length > 0:
        part = min(length, dice.choice([10, 50, 200, 1500]))
        paragraphs.append(_paragraph(dice, part))
        length -= part
    return "\n\n".join(paragraphs)


def _paragraph(dice: random.Random, length: int) -> str:
    found = ""
    while len(found) < length:
        is_latin = dice.random() < 0.15
        run = dice.choice([1, 3, 9, 18, 30, 120]) if is_latin else dice.choice([1, 3, 8, 40])
        found += _some(dice, LATIN if is_latin else HAN, run) + dice.choice(MARKS)
    return found[:length].strip() or "春"


def _rows(dice: random.Random) -> Iterator[tuple[str, ...]]:
    columns = dice.choice([1, 2, 3, 5, 8, 12, 20, 40])
    count = int(10 ** dice.uniform(0, dice.choice([1.3, 2.0, 2.78])))
    for row in range(count):
        yield tuple(_cell(dice, row, column, count) for column in range(columns))
    if dice.random() < 0.5:
        yield ("合计", *(f"b{count}c{column}d" for column in range(1, columns)))


def _cell(dice: random.Random, row: int, column: int, count: int) -> str:
    name, chance = f"b{row}c{column}d", dice.random()
    if chance < 0.6:
        return name
    if chance < 0.95:
        return name + _some(dice, HAN, dice.choice([1, 2, 6]))
    is_huge = dice.random() < 0.05 and count < 40
    return name + _some(dice, HAN, 2000 if is_huge else dice.choice([20, 30, 60]))


def pdf_of(folder: Path, text: str, at: str = "2026-11-10", **files: str) -> bytes:
    """The poster of an item ``x`` on a day."""
    site = make_site(folder, {"content/items/x.md": text, **files})
    edition = make_edition(check(site, at).standings)
    return Posters(edition).pdf(edition.standings.by_id["x"])


def poster_of(one: Drawn, folder: Path) -> bytes:
    """The poster of a drawn item."""
    keys = {"title": one.title, "paper": one.paper.value, "body": one.body}
    if not one.sheet:
        return pdf_of(folder, item(**keys))
    files = {"content/items/a.csv": one.sheet}
    return pdf_of(folder, item(**keys, tables="[{file: a.csv}]"), **files)


class Glyph(NamedTuple):
    """A character on a page, its box and its size in points."""

    text: str
    size: float
    box: tuple[float, float, float, float]
    page: int
    width: float
    height: float


class Sheets:
    """A PDF as two readers see it."""

    def __init__(self, pdf: bytes) -> None:
        reader = pypdf.PdfReader(io.BytesIO(pdf))
        self.count = len(reader.pages)
        first = "".join(page.extract_text() for page in reader.pages)
        self.glyphs: list[Glyph] = []
        with pdfplumber.open(io.BytesIO(pdf)) as pages:
            for page in pages.pages:
                size = page.width, page.height
                for char in page.chars:
                    box = char["x0"], char["top"], char["x1"], char["bottom"]
                    self.glyphs.append(
                        Glyph(char["text"], char["size"], box, page.page_number, *size)
                    )
        second = "".join(glyph.text for glyph in self.glyphs)
        self.texts = tuple(re.sub(r"\s", "", text) for text in (first, second))

    def lost(self, one: Drawn) -> list[str]:
        """What of an item a reader does not find, or finds out of order or twice."""
        return [name for text in self.texts for name in _lost(one, text)]

    def outside(self, sheet: Sheet) -> list[Glyph]:
        """Characters that reach into the rim on which printers cannot print."""
        rim = sheet.edge / POINT - 0.5
        return [
            glyph
            for glyph in self.glyphs
            if not glyph.text.isspace()
            and (
                min(glyph.box[:2]) < rim
                or glyph.box[2] > glyph.width - rim
                or glyph.box[3] > glyph.height - rim
            )
        ]

    def smallest(self) -> float:
        """The smallest type, in points."""
        return min(glyph.size for glyph in self.glyphs)

    def filled(self) -> tuple[float, float]:
        """How much of the room between head and foot of a single sheet is used, and the largest
        type in it."""
        foot = min(glyph.box[1] for glyph in self.glyphs if glyph.text in "撤盖")
        foot -= 14 * (foot / 800)
        heads = [
            glyph for glyph in self.glyphs if glyph.text in "责审围" and glyph.box[1] < foot / 2
        ]
        head = max(head.box[3] for head in heads)
        inner = [glyph for glyph in self.glyphs if head < glyph.box[1] and glyph.box[3] < foot]
        used = max(glyph.box[3] for glyph in inner) - head
        return used / (foot - head), max(glyph.size for glyph in inner)


def _lost(one: Drawn, text: str) -> Iterator[str]:
    if not one.cells:
        kept = set(HAN + LATIN)
        wanted = "".join(letter for letter in one.body if letter in kept)
        found = "".join(letter for letter in text if letter in kept)
        if found != wanted:
            yield f"{len(found)} characters instead of {len(wanted)}"
        return
    names = Counter(CELL.findall(text))
    for row in one.cells:
        for column, cell in enumerate(row):
            name = CELL.match(cell)
            if name and (names[name[0]] < 1 or (column and names[name[0]] > 1)):
                yield f"{name[0]}: {names[name[0]]} times"
    count = sum(letter in HAN for row in one.cells for cell in row[1:] for letter in cell)
    if sum(letter in HAN for letter in text) < count:
        yield "text in cells"


def least_of(one: Drawn) -> Sheet:
    """The sheet that an item asked for; it may have been turned."""
    return sheet_of(one.paper)
