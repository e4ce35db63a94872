"""Documents as LibreOffice shows them: the tests' papers and generated ones; and spoiled files.

LibreOffice's text leaves out boxes, notes and margins, and it writes some things in its own way:
a date field anew, formulas and symbols as objects of its own.
"""

from __future__ import annotations

import io
import random
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from gongkai.source.word.gathered import Gathered
from gongkai.source.word.model import Document, Paragraph
from gongkai.source.word.reading import READERS
from gongkai.source.word.understood import understand_document
from gongkai.source.workbook.errors import Unreadable
from tests.soak.test_office import converted
from tests.source.test_word import GOLDEN, fields, odt, rtf, squeezed, texts_of
from tests.word_files import (
    CENTRE,
    LARGE,
    PAPERS,
    by_hand,
    cell,
    cells,
    has_writer,
    listed,
    numbering,
    p,
    table,
)

DOCUMENTS, SPOILED = 200, 2_000
AS_TEXT = "txt:Text (encoded):UTF8"
OWN_WAY = {"fields", "symbols", "formula", "contents"}
"""Papers of which LibreOffice writes something in its own way."""
TOLD = {"hidden_text", "ruby"}
"""Papers whose hidden text is left out, or the reading of whose characters is put in brackets."""
LOST = {
    "odt": {"old_picture"},
    "rtf": {
        "text_box",
        "head_in_box",
        "floating_picture",
        "content_controls",
        "ruby",
        "old_picture",
    },
}
"""Papers of which LibreOffice loses something, or has it twice, when it writes another kind."""

needs_office = pytest.mark.skipif(not has_writer(), reason="LibreOffice's writer is not here")


def read(data: bytes, ending: str) -> Document:
    return READERS[ending](data, Gathered())


def plain(text: str) -> str:
    return squeezed(unicodedata.normalize("NFKC", text.lstrip("\ufeff")))


def counted(document: Document) -> Counter[str]:
    return Counter(plain("".join(texts_of(document.blocks))))


@needs_office
def test_no_character_of_a_paper_is_lost_or_added(tmp_path: Path) -> None:
    for name, make in PAPERS.items():
        (tmp_path / f"{name}.docx").write_bytes(make())
    shown = converted(sorted(tmp_path.glob("*.docx")), AS_TEXT, tmp_path / "shown")
    assert len(shown) == len(PAPERS)
    wrong = {}
    for path in shown:
        if path.stem in OWN_WAY | TOLD:
            continue
        document = read(PAPERS[path.stem](), ".docx")
        ours, theirs = counted(document), Counter(plain(path.read_text("utf-8")))
        boxed = (
            block.text
            for block in document.blocks
            if isinstance(block, Paragraph) and block.is_boxed
        )
        beside = Counter(plain("".join(boxed)))
        if (lost := theirs - ours) or (added := ours - theirs - beside):
            wrong[path.stem] = (lost, added if not lost else None)
    assert wrong == {}


@needs_office
@pytest.mark.parametrize("kind", ["odt", "rtf"])
def test_a_paper_means_the_same_in_another_kind_of_file(kind: str, tmp_path: Path) -> None:
    for name, make in PAPERS.items():
        (tmp_path / f"{name}.docx").write_bytes(make())
    for path in converted(sorted(tmp_path.glob("*.docx")), kind, tmp_path / "other"):
        if path.stem not in OWN_WAY | LOST[kind]:
            assert fields(read(path.read_bytes(), f".{kind}")) == GOLDEN[path.stem], path.stem


FORMATS = (
    "decimal chineseCounting upperLetter lowerLetter upperRoman lowerRoman decimalEnclosedCircle "
    "ideographTraditional decimalZero chineseCountingThousand bullet none"
).split()
WORDS = "安全 生产 食堂 账目 会议 通知 检查 班组 车间 整改 合计 水电".split()


def generated(seed: int) -> bytes:
    """A document with lists of several levels, tables with merged cells, and cut runs."""
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    levels: list[tuple[str, str]] = []
    for level in range(4):
        format_ = chance.choice(FORMATS)
        ends = chance.choice(("%{}、", "（%{}）", "%{}.", "第%{}条", "%{})")).format(level + 1)
        is_under_number = bool(level) and levels[-1][0] not in ("none", "bullet")
        whole = f"%{level}.{ends}" if is_under_number and chance.random() < 0.3 else ends
        levels.append((format_, "●" if format_ == "bullet" else "" if format_ == "none" else whole))
    override = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        f'<w:startOverride w:val="{chance.randrange(1, 30)}"/></w:lvlOverride></w:num>'
    )
    body = [p("".join(chance.sample(WORDS, 3)), CENTRE, LARGE)]
    level = -1  # what Word counts of a list that begins further in is not known for sure
    for _ in range(chance.randrange(5, 60)):
        text = "".join(chance.choice(WORDS) for _ in range(chance.randrange(1, 6)))
        kind = chance.random()
        if kind < 0.7:
            level = max(0, min(3, level + chance.choice((-2, -1, 0, 0, 1)))) if level >= 0 else 0
            body.append(listed(text, 1 if chance.random() < 0.9 else 2, level))
        elif kind < 0.85:
            body.append(
                "<w:p>" + "".join(f"<w:r><w:t>{sign}</w:t></w:r>" for sign in text) + "</w:p>"
            )
        else:
            body.append(merged(chance))
    return by_hand("".join(body), numbering=numbering(*levels, more=override))


def merged(chance: random.Random) -> str:
    """A table with a name over two columns and one over two rows."""
    rows = [
        cell("名称", '<w:vMerge w:val="restart"/>') + cell("数量", '<w:gridSpan w:val="2"/>'),
        cell("", "<w:vMerge/>") + cells("计划", "实际"),
    ]
    rows += [cells(chance.choice(WORDS), str(chance.randrange(99)), str(chance.randrange(99)))
             for _ in range(chance.randrange(1, 4))]  # fmt: skip
    return table(*rows) + "<w:p/>"


@needs_office
def test_generated_documents_are_read_as_libreoffice_shows_them(tmp_path: Path, share: int) -> None:
    for seed in range(DOCUMENTS // share):
        (tmp_path / f"{seed}.docx").write_bytes(generated(seed))
    shown = converted(sorted(tmp_path.glob("*.docx")), AS_TEXT, tmp_path / "shown")
    assert len(shown) == DOCUMENTS // share
    for path in shown:
        document = read((tmp_path / f"{path.stem}.docx").read_bytes(), ".docx")
        theirs = [plain(line) for line in path.read_text("utf-8").splitlines()]
        ours = [plain(line) for text in texts_of(document.blocks) for line in text.split("\n")]
        marks = str.maketrans("", "", "●•◦▪")
        assert "".join(ours).translate(marks) == "".join(theirs).translate(marks), path.stem


@pytest.mark.parametrize("ending", [".docx", ".odt", ".rtf"])
def test_spoiled_files_are_read_or_refused(ending: str, share: int) -> None:
    chance = random.Random(ending)  # noqa: S311 - a test's dice
    makes = list(PAPERS.values())
    for _ in range(SPOILED // share):
        data = {".docx": chance.choice(makes), ".odt": odt, ".rtf": rtf}[ending]()
        spoilt = torn(data, chance) if ending == ".rtf" else repacked(data, chance)
        try:
            understand_document(read(spoilt, ending))
        except Unreadable as bad:
            assert bad.case in ("content", "bomb", "encrypted", "ending", "macros")


def torn(data: bytes, chance: random.Random) -> bytes:
    """The same with some bytes changed, dropped or doubled."""
    made = bytearray(data)
    for _ in range(chance.randrange(1, 8)):
        at = chance.randrange(len(made) or 1)
        kind = chance.random()
        if kind < 0.4 and made:
            made[at] = chance.choice(b"{}\\<>/\"'=0aZ \xff\x00")
        elif kind < 0.7:
            del made[at : at + chance.randrange(1, 60)]
        else:
            made[at:at] = made[at : at + chance.randrange(1, 200)]
    return bytes(made)


def repacked(data: bytes, chance: random.Random) -> bytes:
    """A packed file of which a part is spoiled, and packed again as if it were right."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
        names = given.namelist()
        chosen = chance.choice(
            [
                name
                for name in names
                if name.endswith(
                    ("document.xml", "content.xml", "numbering.xml", "styles.xml", ".rels")
                )
            ]
        )
        for name in names:
            part = given.read(name)
            made.writestr(name, swapped(part, chance) if name == chosen else part)
    return out.getvalue()


def swapped(part: bytes, chance: random.Random) -> bytes:
    """XML with elements taken out, doubled, or with other values: mostly still XML."""
    if chance.random() < 0.2:
        return torn(part, chance)
    pieces = part.split(b'"')
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(1, max(len(pieces) - 1, 2))
        if at % 2 and at < len(pieces) and not pieces[at].startswith((b"http", b"urn")):
            pieces[at] = chance.choice((b"", b"-1", b"0", b"9999999999", b"x", b"1.5", b"%9%0"))
    return b'"'.join(pieces)
