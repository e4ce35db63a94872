"""Whatever is in a file: findings or a page; never a traceback, an endless run, or a way out."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.sites import WAGES, item
from tests.soak.mill import TOKENS, Mill, edited, mutated

EXAMPLES = [path.read_bytes() for path in sorted((ROOT / "content/items/2026/11").glob("*.md"))] + [
    WAGES.encode()
]
SHEET = """<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
><sheetData>{rows}</sheetData></worksheet>"""
PARTS = {
    "[Content_Types].xml": """<?xml version="1.0"?><Types
 xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>""",
    "_rels/.rels": """<?xml version="1.0"?><Relationships
 xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="xl/workbook.xml"/></Relationships>""",
    "xl/workbook.xml": """<?xml version="1.0"?><workbook
 xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet
 name="表" sheetId="1" r:id="r1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": """<?xml version="1.0"?><Relationships
 xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
 Target="worksheets/sheet1.xml"/></Relationships>""",
}


@pytest.fixture(scope="module")
def mill(tmp_path_factory: pytest.TempPathFactory) -> Mill:
    return Mill(tmp_path_factory.mktemp("mill"))


def standing_alone(mill: Mill) -> Iterator[bytes]:
    """The examples that need no board or item beside them."""
    for data in EXAMPLES:
        before = mill.came_through
        mill.grind({".md": data}, paper=False)
        if mill.came_through > before:
            yield data


def test_files_with_a_few_things_done_to_them(mill: Mill, share: int) -> None:
    chance = random.Random(1)  # noqa: S311 - a test's dice
    examples = [*standing_alone(mill)]
    before = mill.came_through
    for number in range(8000 // share):
        data = chance.choice(examples)
        data = edited(data.decode(), chance) if number % 4 else mutated(data, chance)
        mill.grind({".md": data}, paper=number % 20 == 1)
    assert mill.came_through - before > 2000 // share, "much of it is still an item"


def test_front_matter_of_any_values(mill: Mill, share: int) -> None:
    keys = (
        "id aliases title category kind number boards period formed due publish expires refresh "
        "reviewed timing owner approval congress notice outcome steps privacy channels paper "
        "contact legal_basis corrects correction withdrawn urgent draft thread attachments tables "
        "archive ignore body effective meeting summary figure 标题 类别 公开日期 公开期限"
    ).split()
    words = st.sampled_from([*keys, *(token.decode("utf-8", "replace") for token in TOKENS)])
    leaf = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | words
    value = st.recursive(
        leaf,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
        max_leaves=12,
    )
    base = {"title": "甲", "category": "canteen-accounts", "publish": "2026-11-01",
            "expires": "2026-12-01", "owner": {"dept": "后勤部"}, "body": "文"}  # fmt: skip

    @settings(max_examples=4000 // share, deadline=None, database=None, derandomize=True,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(st.dictionaries(st.sampled_from(keys), value, max_size=6))
    def law(changes: dict[str, object]) -> None:
        text = json.dumps({**base, **changes}, ensure_ascii=False)
        mill.grind({".yml": text.encode("utf-8", "replace")})

    law()


def test_bodies_of_any_text(mill: Mill, share: int) -> None:
    pieces = st.sampled_from([token.decode("utf-8", "replace") for token in TOKENS])
    text = st.lists(st.text(max_size=40) | pieces, max_size=12).map("".join)

    @settings(max_examples=4000 // share, deadline=None, database=None, derandomize=True,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(text)
    def law(body: str) -> None:
        mill.grind({".md": item(body=body).encode("utf-8", "replace")})

    law()


def test_csv_files_of_any_bytes(mill: Mill, share: int) -> None:
    chance = random.Random(2)  # noqa: S311 - a test's dice
    text = item(tables="[{file: x.csv, caption: 表}]").encode()
    for _ in range(2500 // share):
        rows = [
            [chance.choice("甲乙丙丁一二三 ") * chance.randint(0, 5) for _ in "1234"] for _ in "123"
        ]
        buffer = io.StringIO()
        csv.writer(buffer).writerows(rows)
        coded = buffer.getvalue().encode(chance.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16")))
        mill.grind({".md": text, ".csv": mutated(coded, chance)})


def test_workbooks_of_any_bytes(mill: Mill, share: int) -> None:
    chance = random.Random(3)  # noqa: S311 - a test's dice
    text = item(tables="[{file: x.xlsx, caption: 表}]").encode()
    for number in range(1500 // share):
        parts = {name: part.encode() for name, part in PARTS.items()}
        parts["xl/worksheets/sheet1.xml"] = SHEET.format(rows=rows_of(chance)).encode()
        if number % 2:
            name = chance.choice(list(parts))
            parts[name] = mutated(parts[name], chance)
        whole = zipped(parts)
        mill.grind({".md": text, ".xlsx": whole if number % 2 else mutated(whole, chance)})


def rows_of(chance: random.Random) -> str:
    """A few rows with cells anywhere, some of them very far off."""
    cells = ""
    for _ in range(chance.randint(1, 5)):
        column = chance.choice(("A", "B", "C", "ZZ", "XFD", "ZZZZ"))
        row = chance.choice(("1", "2", "3", "9999", "1048576", "999999999"))
        value = chance.choice(("1", "1e308", "-0", "nan", "45000.5", "甲"))
        kind = chance.choice(("", ' t="str"', ' t="b"', ' t="e"', ' t="s"', ' s="9"'))
        cells += f'<row r="{row}"><c r="{column}{row}"{kind}><v>{value}</v></c></row>'
    return cells


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return buffer.getvalue()


def test_a_whole_workbook_is_read(mill: Mill) -> None:
    """So that the runs above are about workbooks and not about something refused at once."""
    parts = {name: part.encode() for name, part in PARTS.items()}
    row = '<row r="1"><c r="A1" t="str"><v>项目</v></c><c r="B1"><v>12</v></c></row>'
    parts["xl/worksheets/sheet1.xml"] = SHEET.format(rows=row).encode()
    before = mill.came_through
    mill.grind({".md": item(tables="[{file: x.xlsx}]").encode(), ".xlsx": zipped(parts)})
    assert mill.came_through == before + 1
