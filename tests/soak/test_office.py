"""Cells as LibreOffice shows them: generated workbooks of every kind, and the tests' office files.

Left out are the cases in which LibreOffice differs from Excel and WPS, whose golden values stand in
``tests/source/test_workbook.py``: ``!`` literals, General beyond eleven characters, seconds that it
cuts off instead of rounding, days before March 1900, and names of days in the language of the
system.
"""

from __future__ import annotations

import csv
import random
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from gongkai.source.workbook.reading import cell_name, read_sheet

BOOKS = 300
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false"
NUMBERS = (
    "General|0|0.0|0.00|0.000|#,##0|#,##0.00|#,##0.0|0%|0.0%|0.00%|00000|000|0.00E+00|##0.0E+0|"
    '# ?/?|# ??/??|# ?/8|0"人"|#,##0"元"|0.0"%"|"¥"#,##0.00|¥#,##0.00|[$¥-804]#,##0.00|#,##0,|'
    '#,##0.00,|0.00,,|#,##0;(#,##0)|#,##0.00_);[Red]\\(#,##0.00\\)|0.00;-0.00;"-"|0;-0;;@|'
    '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ |_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ |'
    '[>100]0.0;[<=-5]"低"0;0.00|[Red][<0]0.00;[Blue]0.0|0.##|#.##|#|#.0#|000-0000|0.0" kg"|"约"0|'
    '0\\ "天"|+0;-0;0|#,##0.###|0;"负"0;"零"|"第"0"号"|General"元"|@|[=0]"无";0.0|0.0_ |0_);(0)'
).split("|")
DAYS = (
    'yyyy-mm-dd|yyyy/m/d|yyyy"年"m"月"d"日"|yyyy"年"m"月"|m"月"d"日"|[$-804]yyyy"年"m"月"d"日";@|'
    "yyyy-mm-dd hh:mm|yyyy-mm-dd h:mm:ss|h:mm|hh:mm:ss|mm:ss.0|h:mm AM/PM|yy-m-d|d-mmm-yy|mmm-yy|"
    'dddd|m/d|mm-dd|h"时"mm"分"|yyyy.m.d|yyyymmdd|[DBNum1][$-804]yyyy"年"m"月"d"日"|[$-804]aaaa;@|d|'
    "mmmm d, yyyy|yyyy-mm|h:mm:ss.00"
).split("|")
LENGTHS = ["[h]:mm", "[h]:mm:ss", "[mm]:ss", "[ss]", '[h]"小时"mm"分"']
TEXTS = ["甲", "PVC 管", "-", "2026-11", "a,b", "1500*800*750"]
OFFICE = Path(__file__).parents[1] / "office"

pytestmark = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")


def cell(chance: random.Random) -> tuple[object, str]:
    """A value and the format it is shown by."""
    kind = chance.random()
    if kind < 0.1:
        return chance.choice(TEXTS), chance.choice(NUMBERS)
    seconds = chance.randrange(86_400)
    if kind < 0.3:
        return chance.randrange(36_526, 60_000) + seconds / 86_400, chance.choice(DAYS)
    if kind < 0.36:
        return chance.randrange(90) + seconds / 86_400, chance.choice(LENGTHS)
    size = 10 ** chance.randrange(1, 8)
    number = round(chance.uniform(-size, size) / 3, chance.randrange(3))
    return number or 0, chance.choice(NUMBERS)


def workbook(path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    for row in range(1, 31):
        for column in range(1, 7):
            value, code = cell(chance)
            page.cell(row, column, value).number_format = code
    made.save(path)


def converted(paths: list[Path], kind: str, out: Path) -> list[Path]:
    """What LibreOffice makes of files."""
    profile = f"-env:UserInstallation=file://{out.parent / 'profile'}"
    for start in range(0, len(paths), 50):
        command = ["soffice", "--headless", profile, "--convert-to", kind, "--outdir", str(out)]
        batch = [*command, *map(str, paths[start : start + 50])]
        subprocess.run(batch, capture_output=True, check=True)
    return sorted(out.glob(f"*.{kind.partition(':')[0]}"))


def differing(book: Path, shown: Path) -> list[tuple[str, str, str]]:
    """Cells that are neither refused nor as shown."""
    sheet = read_sheet(book.read_bytes(), None, 5_000)
    ours = {
        (row, column): cell.text
        for row, cells in zip(sheet.row_numbers, sheet.rows, strict=True)
        for column, cell in zip(sheet.column_numbers, cells, strict=True)
    }
    with shown.open(encoding="utf-8", newline="") as file:
        theirs = {
            (row, column): " ".join(text.split())
            for row, cells in enumerate(csv.reader(file))
            for column, text in enumerate(cells)
        }
    both = (place for place in sorted({*ours, *theirs}) if place not in sheet.flaws)
    pairs = ((cell_name(*at), ours.get(at, ""), theirs.get(at, "")) for at in both)
    return [pair for pair in pairs if pair[1] != pair[2]]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_generated_workbooks_are_read_as_libreoffice_shows_them(
    kind: str, tmp_path: Path, share: int
) -> None:
    made = [tmp_path / f"{number}.xlsx" for number in range(BOOKS // 3 // share)]
    for number, path in enumerate(made):
        workbook(path, 1000 * len(kind) + number)
    books = made if kind == "xlsx" else converted(made, kind, tmp_path / "books")
    shown = converted(books, AS_SHOWN, tmp_path / "shown")
    assert len(shown) == len(made)
    wrong = [(seed, row) for seed, book in enumerate(books)
             for row in differing(book, tmp_path / "shown" / f"{book.stem}.csv")]  # fmt: skip
    assert wrong == []


def test_the_office_files_are_read_as_libreoffice_shows_them(tmp_path: Path) -> None:
    books = sorted(OFFICE.glob("*.xlsx"))
    shown = converted(books, AS_SHOWN, tmp_path / "shown")
    assert [differing(book, path) for book, path in zip(books, shown, strict=True)] == [[], []]
