"""Files as offices really have them: nothing is lost, nothing is guessed in silence."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwt
import yaml

from gongkai.editing.periods import period_in
from gongkai.editing.sheets import sheet_of
from gongkai.source.library import read_library
from gongkai.source.site import read_site
from gongkai.source.workbook.days import day_of
from gongkai.source.workbook.understood import understand
from tests.command import run
from tests.sites import check, errors, item, make_site, written

OFFICE = Path(__file__).parents[1] / "office"
"""Files as a clerk hands them over."""
AT = ("--at", "2026-12-07")


def sheet(path: Path, *rows: list[object], merge: tuple[str, ...] = (), name: str = "表") -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = name
    for row in rows:
        page.append(row)
    for text in merge:
        page.merge_cells(text)
    book.save(path)
    return path


def taken(root: Path, path: Path, *arguments: str) -> dict[str, object]:
    """What the one file that came of an import says."""
    done = run(root, "import", str(path), *arguments, *AT)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = yaml.safe_load((root / written(root, done)[0]).read_text("utf-8"))
    return found


@pytest.fixture
def site(tmp_path: Path) -> Path:
    make_site(tmp_path / "site", {})
    return tmp_path / "site"


def cells(body: object) -> list[list[str]]:
    rows = [line for line in str(body).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_the_wages_of_a_month(site: Path) -> None:
    """A title over all columns, a line about the sheet, a sum, and who made it."""
    found = taken(site, OFFICE / "工资奖金汇总-2026-11.xlsx", "--publish", "2026-12-09")
    body = str(found.pop("正文"))
    assert {key: str(value) for key, value in found.items()} == {
        "标题": "2026年11月工资奖金分配情况",
        "类别": "工资奖金分配",
        "所属期": "2026-11",
        "形成日期": "2026-12-07",
        "公开日期": "2026-12-09",
        "公开期限": "2027-01-10",
        "责任": "{'部门': '劳资科'}",
    }
    assert body.splitlines()[0] == "填报部门:劳资科 单位:元 填报日期:2026年12月7日"
    assert body.splitlines()[-1] == "制表:劳资科　审核:财务部"
    assert cells(body)[2] == [
        "铸造车间",
        "85",
        "598,400.00",
        "118,300.00",
        "716,700.00",
        "8,431.76",
    ]
    assert cells(body)[-1][0] == "合计"
    rules = {finding.rule for finding in check(read_site(site), "2026-12-09").findings}
    assert not [rule for rule in rules if rule.startswith(("format/", "table/", "dates/"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_accounts_of_the_canteen_in_any_encoding(
    encoding: str, site: Path, tmp_path: Path
) -> None:
    text = (OFFICE / "食堂收支-2026-11.csv").read_bytes().decode("gb18030")
    path = tmp_path / "食堂收支-2026-11.csv"
    path.write_bytes(text.encode(encoding))
    found = taken(site, path)
    assert (found["类别"], str(found["所属期"]), found["草稿"]) == ("食堂账目", "2026-11", True)
    assert cells(found["正文"])[2] == ["一、收入合计", "219,480.00"]


@pytest.mark.parametrize("path", sorted(OFFICE.glob("*.*")), ids=lambda path: path.suffix)
def test_every_value_of_an_office_file_is_somewhere_in_what_comes_of_it(
    path: Path, site: Path
) -> None:
    done = run(site, "import", str(path), "--category", "食堂账目", *AT)
    assert done.returncode == 0, done.stderr
    text = "".join((site / name).read_text("utf-8") for name in written(site, done))
    squeezed = "".join(text.split())
    if path.suffix == ".txt":
        wanted = path.read_text("utf-8").split()
    else:
        grid = sheet_of(path.read_bytes(), path.name, None)
        wanted = [cell.text for row in grid.rows for cell in row if cell.text]
    days = {str(day) for text in wanted if (day := day_of(text))}
    heads = set(understand(grid).table[0]) if "台账" in path.name else set()  # type: ignore[union-attr]
    lost = [text for text in wanted if "".join(text.split()) not in squeezed and not day_of(text)]
    if path.suffix != ".txt":
        assert [day for day in days if day not in text] == []
    assert [text for text in lost if text not in heads] in (
        [],
        ["2026年11月工资奖金分配情况汇总表"],
    )


def test_the_ledger_is_merged_by_number_and_never_overwritten(site: Path) -> None:
    path = OFFICE / "职工意见台账-2026.xlsx"
    done = run(site, "import", str(path), *AT)
    assert written(site, done) == ["content/opinions/2026.yml"]
    (library, findings) = read_library(read_site(site))
    assert not findings
    by_id = {opinion.id: opinion for opinion in library.opinions}
    assert len(by_id) == 7
    assert by_id["Y26-105"].received == date(2026, 10, 20)
    assert by_id["Y26-105"].due == date(2026, 11, 19)
    assert by_id["Y26-104-2"].follows == "Y26-104"
    ledger = site / "content/opinions/2026.yml"
    text = ledger.read_text("utf-8").replace("答复: 新增40组更衣柜", "答复: 新增50组更衣柜")
    text = "# 台账\n" + text.replace("  评价: 不满意\n", "")
    ledger.write_text(text, "utf-8")
    done = run(site, "import", str(path), *AT)
    assert "Y26-101 的“答复”与台账里的不一样，没有改" in done.stderr
    assert ledger.read_text("utf-8").startswith("# 台账\n")
    assert "新增50组更衣柜" in ledger.read_text("utf-8")
    assert "评价: 不满意" in ledger.read_text("utf-8")  # it was missing, and is there again
    before = ledger.read_bytes()
    assert run(site, "import", str(path), *AT).stdout == ""
    assert ledger.read_bytes() == before


def test_a_table_beside_an_item_is_shown_with_it(site: Path) -> None:
    path = OFFICE / "食堂收支-2026-11.csv"
    done = run(site, "import", str(path), "--as", "table", "--publish", "2026-12-08", *AT)
    item, table = written(site, done)
    assert table == "content/items/2026/12/食堂收支-2026-11.csv"
    rows = list(csv.reader(io.StringIO((site / table).read_text("utf-8-sig"))))
    assert rows[1] == ["一、收入合计", "219,480.00"]
    (found,) = read_library(read_site(site))[0].items
    assert found.path == item
    assert found.attached[0][1] == ("一、收入合计", "219,480.00")


def test_heads_in_two_rows_and_notes_below(site: Path, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "a.xlsx",
        ["2026年第三季度车间费用和物资领用情况"],
        ["车间", "费用（元）", None, "备注"],
        [None, "办公", "维修", None],
        ["铸造", 1200, 3000.5, "含\n刀具"],
        [],
        ["机加工", 800, 100, None],
        ["合计", 2000, 3100.5, None],
        ["备注：以上不含税"],
        merge=("A1:D1", "B2:C2"),
    )
    found = taken(site, path)
    assert (found["类别"], found["所属期"]) == ("车间费用和物资", "2026-Q3")
    assert cells(found["正文"]) == [
        ["车间", "费用（元）·办公", "费用（元）·维修", "备注"],
        ["---", "---:", "---:", "---"],
        ["铸造", "1200", "3000.5", "含 刀具"],
        ["机加工", "800", "100", ""],
        ["合计", "2000", "3100.5", ""],
    ]
    assert str(found["正文"]).rstrip().endswith("备注：以上不含税")


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (1234567890123456789, "超过 15 位"),
        ("11010519491231002X", "个人号码"),
        ("=1/3", "没有算出值"),
        ("#DIV/0!", "公式错误"),
    ],
)
def test_what_cannot_be_trusted_is_refused_with_its_cell(
    value: object, key: str, site: Path, tmp_path: Path
) -> None:
    path = sheet(tmp_path / "食堂账目.xlsx", ["项目", "金额"], ["水电", 3], ["其他", value])
    done = run(site, "import", str(path), *AT)
    assert (done.returncode, done.stdout) == (1, "")
    assert "单元格 B3" in done.stderr
    assert key in done.stderr
    assert "1949" not in done.stderr
    assert "123456" not in done.stderr
    assert not list((site / "content/items").rglob("*.yml"))


def test_another_sheet_is_named_and_those_there_are_told(site: Path, tmp_path: Path) -> None:
    path = sheet(tmp_path / "食堂账目.xlsx", ["项目", "金额"], ["水电", 3], name="十月")
    done = run(site, "import", str(path), "--sheet", "九月", *AT)
    assert done.returncode == 2
    assert "十月" in done.stderr
    assert taken(site, path, "--sheet", "十月")["类别"] == "食堂账目"


def test_a_dry_run_writes_nothing(site: Path) -> None:
    done = run(site, "import", str(OFFICE / "食堂收支-2026-11.csv"), "--dry-run", *AT)
    assert done.returncode == 0
    assert written(site, done) == ["content/items/2026/12/2026-11-canteen-accounts.yml"]
    assert not list((site / "content/items").rglob("*.yml"))


def test_it_overwrites_no_item(site: Path) -> None:
    path = OFFICE / "食堂收支-2026-11.csv"
    taken(site, path)
    done = run(site, "import", str(path), *AT)
    assert (done.returncode, done.stdout) == (2, "")


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
  xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
  xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="表"><table:table-row>
<table:table-cell office:value-type="string"><text:p>项目</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>金额</text:p></table:table-cell>
</table:table-row><table:table-row>
<table:table-cell office:value-type="string"><text:p>水电</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="20.5"/>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""

MANIFEST = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


def test_an_open_document(site: Path, tmp_path: Path) -> None:
    path = tmp_path / "2026年11月食堂账目.ods"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", ODS.replace("\n", ""))
        book.writestr("META-INF/manifest.xml", MANIFEST)
    assert cells(taken(site, path)["正文"])[-1] == ["水电", "20.5"]


def test_a_workbook_of_the_old_kind(site: Path, tmp_path: Path) -> None:
    """Merged title, a day in a cell of days, numbers shown with two decimals."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("十一月")
    page.write_merge(0, 0, 0, 2, "2026年11月食堂账目")
    for column, head in enumerate(("日期", "项目", "金额")):
        page.write(1, column, head)
    as_day, as_money = xlwt.easyxf(num_format_str="YYYY-MM-DD"), xlwt.easyxf(num_format_str="0.00")
    page.write(2, 0, date(2026, 11, 3), as_day)
    page.write(2, 1, "水电")
    page.write(2, 2, 20.5, as_money)
    path = tmp_path / "食堂.xls"
    book.save(str(path))
    made = taken(site, path)
    assert str(made["标题"]).startswith("2026年11月食堂账目")
    assert cells(made["正文"])[-1] == ["2026-11-03", "水电", "20.50"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0broken"])
def test_a_damaged_file_is_told_in_a_line(data: bytes, site: Path, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(data)
    done = run(site, "import", str(tmp_path / "a.xlsx"), *AT)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-10-20", date(2026, 10, 20)), ("2026.10.20", date(2026, 10, 20)),
        ("2026/1/9", date(2026, 1, 9)), ("2026年11月19日", date(2026, 11, 19)),
        ("二〇二六年一月十日", date(2026, 1, 10)), ("二0二六年十一月三十日", date(2026, 11, 30)),
        ("二○二六年二月二十一日", date(2026, 2, 21)), ("46315", date(2026, 10, 20)),
        ("2026-13-01", None), ("下周", None), ("118", None),
    ],
)  # fmt: skip
def test_days_as_people_write_them(text: str, day: date | None) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2026年11月工资", "2026-11"), ("食堂收支-2026-11", "2026-11"), ("2026.9 账目", "2026-09"),
        ("2026年第三季度", "2026-Q3"), ("2026年2季度", "2026-Q2"), ("2026年上半年", "2026-H1"),
        ("2026年度", "2026"), ("职代会决议", "None"),
    ],
)  # fmt: skip
def test_periods_as_people_write_them(text: str, period: str) -> None:
    assert str(period_in(text)) == period


def test_an_attached_table_can_be_taken_away_and_loses_nothing(site: Path, tmp_path: Path) -> None:
    """What was imported comes out again, cell by cell; what might be worked out stays text."""
    rows = [["项目", "金额"], ["水电", "-635.50"], ["=1+1", "+3"], ["@甲", "-"], ["合计", "1,200"]]
    path = tmp_path / "食堂账目-2026-11.csv"
    path.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows), "utf-8")
    run(site, "import", str(path), "--as", "table", "--publish", "2026-12-01", *AT)
    assert run(site, "build", "--at", "2026-12-02").returncode == 0
    (made,) = (site / "site/items").glob("*/*.csv")
    found = list(csv.reader(io.StringIO(made.read_text("utf-8-sig"))))
    assert [[cell.removeprefix("'") for cell in row] for row in found] == rows
    assert [row[0] for row in found[2:4]] == ["'=1+1", "'@甲"]
    assert found[1][1] == "-635.50"
    page = (made.parent / "index.html").read_text("utf-8")
    assert "下载表格 食堂账目-2026-11.csv" in page


def test_what_was_understood_is_told_without_personal_numbers(site: Path, tmp_path: Path) -> None:
    note = "联系人电话：13800138000"  # as in every telephone's own examples
    path = sheet(tmp_path / "食堂账目.xlsx", ["项目", "金额"], ["水电", 3], [], [note])
    done = run(site, "import", str(path), *AT)
    assert done.returncode == 1
    assert "单元格 A4" in done.stderr
    assert "138001" not in done.stderr


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('项目,金额\n米,10\n"油,30\n面,40\n', 3),
        ('项目,金额\n米,10\n"面"x,40\n', 3),
        ('项目,金额\n"两\n行",10\n\n油,"3""0\n面,40\n', 5),
    ],
)
def test_a_quotation_mark_too_few_is_told_with_its_line(
    text: str, line: int, tmp_path: Path
) -> None:
    make_site(tmp_path, {"a.csv": text, "content/items/t.csv": text})
    done = run(tmp_path, "import", str(tmp_path / "a.csv"), "--category", "食堂账目", *AT)
    assert (done.returncode, f"第 {line} 行" in done.stderr) == (2, True)
    site = make_site(tmp_path, {"content/items/x.md": item(tables="[{file: t.csv}]")})
    (one,) = (
        finding
        for finding in check(site, "2026-11-10").findings
        if finding.rule == "ref/attachment"
    )
    assert (one.case, one.values["line"]) == ("quotes", line)


def test_a_number_in_the_name_of_a_file_is_not_taken_over(tmp_path: Path) -> None:
    make_site(tmp_path, {"收支13800138000.csv": "项目,金额\n米,10\n"})
    path = str(tmp_path / "收支13800138000.csv")
    done = run(tmp_path, "import", path, "--as", "table", "--category", "食堂账目", *AT)
    assert done.returncode == 2
    assert "13800138000" not in done.stdout + done.stderr
    assert not list((tmp_path / "content/items").rglob("*.csv"))


def test_the_table_beside_an_item_has_a_name_that_a_site_takes(tmp_path: Path) -> None:
    make_site(tmp_path, {"收支: 甲.csv": "项目,金额\n米,10\n"})
    path = str(tmp_path / "收支: 甲.csv")
    done = run(
        tmp_path, "import", path, "--as", "table", "--category", "食堂账目", "--period", "2026-10",
        "--publish", "2026-11-09", *AT,
    )  # fmt: skip
    assert done.returncode == 0
    assert errors(tmp_path, "2026-11-10") == set()
