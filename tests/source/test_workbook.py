"""A cell is told as the spreadsheet program shows it, or refused by its address."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
import xlwt
from openpyxl.formatting.rule import ColorScaleRule, DataBarRule, IconSetRule, Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from gongkai.source.workbook.cells import CellFlaw
from gongkai.source.workbook.delimited import read_delimited
from gongkai.source.workbook.errors import Unreadable, Unshown
from gongkai.source.workbook.formats import show_text, show_value
from gongkai.source.workbook.reading import Worksheet, cell_name, column_name, read_sheet
from gongkai.source.workbook.understood import understand

DAY, TIME = 46335, 46335.354166666664  # 2026-11-09, and half past eight of it


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.142857142857143, "0.00%", "14.29%"), (0.9988, "0.00%", "99.88%"), (1, "0%", "100%"),
        (1178600, "0!.0,", "117.9"), (1178600, "#,##0,", "1,179"), (716700, "#,##0.00,", "716.70"),
        (2.5e8, '0.0,,"亿"', "250.0亿"), (123, "00000", "00123"), (85.5, '0.0"%"', "85.5%"),
        (142, '0"人"', "142人"), (1200.5, '"¥"#,##0.00', "¥1,200.50"),
        (-1200.5, "[$¥-804]#,##0.00", "-¥1,200.50"), (-3, "0;(0)", "(3)"), (0, '0;-0;"无"', "无"),
        (-1234.5, "#,##0.00_);[Red]\\(#,##0.00\\)", "(1,234.50)"), (0, "0;-0;;@", ""),
        (1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', " 1,234.50 "),
        (5, "[>=1000]#,##0;0.00", "5.00"), (3, '[=1]"男";[=2]"女";0', "3"),
        (1.005, "0.00", "1.01"), (28.499999999999996, "0", "29"), (-0.001, "0.00", "0.00"),
        (12345, "0.00E+00", "1.23E+04"), (2.75, "# ?/?", "2 3/4"), (0.5, "# ?/8", " 4/8"),
        (13, "General", "13"), (1 / 3, "General", "0.333333333"), (0.1 + 0.2, "General", "0.3"),
        (2600000000.3, "General", "2600000000"), (-1500.5, "0.00_ ;[Red]0.00\\ ", "-1500.50 "),
        (-1500.5, "0.00;[红色]0.00", "-1500.50"), (-3, "0;[Red](0)", "(3)"), (-3, "0;0", "3"),
        (123456789012, "General", "123456789012"), (20.5, 'G/通用格式"元"', "20.5元"),
        (10205, "[DBNum2][$-804]General", "壹万零贰佰零伍"), (1234, "0000-00-00", "0000-12-34"),
        (DAY, "yyyy-mm-dd", "2026-11-09"), (DAY, 'yyyy"年"m"月"', "2026年11月"),
        (DAY, "m月d日", "11月9日"), (DAY, "[$-804]yyyy\"年\"m\"月\"d\"日\";@", "2026年11月9日"),
        (DAY, "aaaa", "星期一"), (DAY, "e-m-d", "2026-11-9"), (DAY, "mmm-yy", "Nov-26"),
        (DAY, '[$-1E000804]yyyy"年"m"月"', "二〇二六年十一月"),
        (DAY, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二六年十一月九日"),
        (TIME, "yyyy-mm-dd h:mm:ss", "2026-11-09 8:30:00"),
        (TIME, '上午/下午h"时"mm"分"', "上午8时30分"),
        (1.25, "[h]:mm", "30:00"), (0.5, "h:mm AM/PM", "12:00 PM"), (0.001, "mm:ss.0", "01:26.4"),
    ],
)  # fmt: skip
def test_a_number_as_it_is_shown(value: float, code: str, shown: str) -> None:
    assert show_value(value, code).text == shown


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [("甲", "General", "甲"), ("甲", '@"车间"', "甲车间"), ("甲", "0.00", "甲"), ("甲", ";;;", "")],
)
def test_a_text_as_it_is_shown(text: str, code: str, shown: str) -> None:
    assert show_text(text, code).text == shown
    assert show_text(text, code).is_hidden == (not shown)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (-3, "yyyy-mm-dd"), (0.5, "yyyy-mm-dd"), (60, "yyyy-mm-dd"), (5, "**"), (5, "[DBNum9]0"),
        (-5, "[>=1000]#,##0;0.00"), (5, "[>10]0"), (DAY, "[$-411]ggge"), (3, "0;0;0;0;0"),
        (float("nan"), "General"), (float("inf"), "0"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_for_sure_is_refused(value: float, code: str) -> None:
    with pytest.raises(Unshown):
        show_value(value, code)


def book(*rows: list[Any], hide: str = "", merge: tuple[str, ...] = (), **formats: str) -> bytes:
    """A workbook of one sheet; ``hide`` names rows and columns, ``formats`` cells."""
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    for row in rows:
        page.append(row)
    for name, code in formats.items():
        page[name].number_format = code
    for name in hide.split():
        if name.isdecimal():
            page.row_dimensions[int(name)].hidden = True
        else:
            page.column_dimensions[name].hidden = True
    for text in merge:
        page.merge_cells(text)
    return saved(made)


def saved(made: Any) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def seen(data: bytes, **options: Any) -> list[list[str]]:
    sheet = read_sheet(data, None, 5_000, **options)
    assert not sheet.flaws
    return [[cell.text for cell in row] for row in sheet.rows]


def flaws(sheet: Worksheet) -> dict[str, CellFlaw]:
    return {cell_name(*place): flaw for place, flaw in sheet.flaws.items()}


HIDDEN = book(
    ["车间", "内部", "工资", "备注"], ["甲", "密列", 1, 9], ["密行", "密列", 2, 9],
    hide="3 B", D2=";;;", D3=";;;",
)  # fmt: skip


def test_what_nobody_sees_is_left_out_and_named() -> None:
    sheet = read_sheet(HIDDEN, None, 5_000)
    assert [[cell.text for cell in row] for row in sheet.rows] == [
        ["车间", "工资", "备注"],
        ["甲", "1", ""],
    ]
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.hidden_cells) == ((2,), (1,), ((1, 3),))


def test_what_nobody_sees_is_taken_where_it_is_asked_for() -> None:
    assert seen(HIDDEN, takes_hidden=True) == [
        ["车间", "内部", "工资", "备注"],
        ["甲", "密列", "1", "9"],
        ["密行", "密列", "2", "9"],
    ]


def test_a_hidden_first_sheet_is_not_chosen() -> None:
    made = openpyxl.Workbook()
    draft = made.active
    assert draft is not None
    draft.title, draft.sheet_state = "草稿", "hidden"
    draft.append(["密", 999])
    made.create_sheet("公开").append(["甲", 1])
    sheet = read_sheet(saved(made), None, 5_000)
    assert (
        sheet.name,
        [sheet_name.name for sheet_name in sheet.known if sheet_name.is_hidden],
    ) == ("公开", ["草稿"])
    assert read_sheet(saved(made), "草稿", 5_000).rows[0][1].text == "999"


def test_merged_labels_are_told_for_each_row_that_they_cover() -> None:
    data = book(["车间", "班", "元"], ["甲", "一", 1], [None, "二", 2], ["合计", None, 3],
                merge=("A2:A3", "A4:B4"))  # fmt: skip
    assert seen(data)[1:] == [["甲", "一", "1"], ["甲", "二", "2"], ["合计", "", "3"]]


def test_a_label_whose_first_row_is_hidden_stays_with_the_others() -> None:
    data = book(["车间", "元"], ["甲", 1], [None, 2], merge=("A2:A3",), hide="2")
    assert seen(data) == [["车间", "元"], ["甲", "2"]]


@pytest.mark.parametrize(
    ("merged", "is_refused"), [("B2:B3", True), ("B2:C2", True), ("B4:B5", False), ("", False)]
)
def test_a_merged_number_of_several_rows_or_columns_is_refused(
    merged: str, is_refused: bool
) -> None:
    rows: list[list[Any]] = [["班", "元", "天"], ["一", 1, None], ["二", None, 2], ["三", 3, 3]]
    sheet = read_sheet(book(*rows, merge=(merged,) if merged else ()), None, 5_000)
    assert flaws(sheet) == ({"B2": CellFlaw.MERGED} if is_refused else {})


def test_a_merged_count_is_refused_as_a_number_is() -> None:
    data = book(["班", "人数", "元"], ["一", "3人", 1], [None, None, 2], merge=("A2:A3", "B2:B3"))
    assert flaws(read_sheet(data, None, 5_000)) == {"B2": CellFlaw.MERGED}


def part(cells: str, before: str = "", behind: str = "") -> bytes:
    """A workbook whose sheet is written as other programs write it."""
    data = book(["甲"])
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
                sheet = f"{before}<sheetData>{cells}</sheetData>{behind}"
                text = f'<worksheet xmlns="{main}">{sheet}</worksheet>'.encode()
            new.writestr(name, text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("<row><c><v>1</v></c><c><v>2</v></c></row>", [["1", "2"]]),  # no addresses at all
        ('<row r="1"><c r="A1" s=""><v>1</v></c></row>', [["1"]]),
        ('<row r="1"><c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c></row>',
         [["甲乙"]]),
        ('<row r="1"><c r="A1" t="inlineStr"><is><r><t>10</t></r><r><rPr>'
         '<vertAlign val="superscript"/></rPr><t>3</t></r></is></c></row>', [["10³"]]),
        ('<row r="1"><c r="A1" t="str"><f>B1</f><v></v></c><c r="B1"><v>3</v></c></row>', [["3"]]),
        ('<row r="1"><c r="A1" t="d"><v>2026-11-09T00:00:00</v></c></row>', [["46335"]]),
        ('<row r="1"><c r="A1" t="b"><v>1</v></c></row>', [["TRUE"]]),
        ('<row r="1" ht="0"><c r="A1"><v>9</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>',
         [["1"]]),
        ('<row r="1"><c r="A1" t="str"><v>甲_x000D_乙</v></c></row>', [["甲 乙"]]),
    ],
)  # fmt: skip
def test_sheets_as_other_programs_write_them(cells: str, told: list[list[str]]) -> None:
    assert seen(part(cells, '<dimension ref="A1"/>')) == told


@pytest.mark.parametrize(
    ("cell", "flaw"),
    [
        ('<c r="B2"><f>A1*2</f></c>', CellFlaw.NO_VALUE),
        ('<c r="B2"><f>A1*2</f><v/></c>', CellFlaw.NO_VALUE),
        ('<c r="B2"><f>A1*2</f><v>0</v></c>', CellFlaw.NO_VALUE),  # openpyxl asks to work it out
        ('<c r="B2" t="inlineStr"><is><r><rPr><strike/></rPr><t>1200</t></r><r><t>1500</t></r></is>'
         "</c>", CellFlaw.UNSHOWN),
        ('<c r="B2" t="str"><v>####</v></c>', CellFlaw.UNSHOWN),
        ('<c r="B2" t="e"><v>#DIV/0!</v></c>', CellFlaw.ERROR),
        ('<c r="B2"><v>NaN</v></c>', CellFlaw.UNSHOWN),
        ('<c r="B2"><v>1234567890123456789</v></c>', CellFlaw.ROUNDED),
        ('<c r="B2" t="str"><v>甲_x0007_</v></c>', CellFlaw.CONTROL),
        (f'<c r="B2" t="str"><v>{"长" * 4001}</v></c>', CellFlaw.LONG),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_told_is_refused_by_its_address(cell: str, flaw: CellFlaw) -> None:
    data = part(f'<row r="2"><c r="A2"><v>1</v></c>{cell}</row>', '<dimension ref="A1"/>')
    assert flaws(read_sheet(data, None, 5_000)) == {"B2": flaw}


STRIKE = Font(strike=True)


def test_what_is_struck_out_is_refused_by_its_address() -> None:
    """Whether the whole of a cell is, in a file of the new kind or of the old."""
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    for row in (["甲", 1200], ["乙", 1500]):
        page.append(row)
    for name in ("A1", "B1", "C1"):
        page[name].font = STRIKE
    assert flaws(read_sheet(saved(made), None, 5_000)) == {
        "A1": CellFlaw.STRUCK,
        "B1": CellFlaw.STRUCK,
    }
    old, sheet = old_book()
    sheet.write(0, 0, "甲", xlwt.easyxf("font: struck_out on"))
    sheet.write(0, 1, 1500)
    assert flaws(read_sheet(saved(old), None, 5_000)) == {"A1": CellFlaw.STRUCK}


@pytest.mark.parametrize(
    "rule",
    [
        Rule(type="cellIs", operator="lessThan", formula=["5"], dxf=DifferentialStyle(font=STRIKE)),
        Rule(type="cellIs", operator="lessThan", formula=["5"],
             dxf=DifferentialStyle(numFmt=NumberFormat(numFmtId=200, formatCode=";;;"))),
        DataBarRule("min", None, "max", None, "FF0000", showValue=False),
        IconSetRule("3Arrows", "percent", [0, 33, 67], showValue=False),
    ],
)  # fmt: skip
def test_what_a_condition_may_show_otherwise_is_refused(rule: Any) -> None:
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    for row in (["甲", 1], ["乙", 9]):
        page.append(row)
    page.conditional_formatting.add("B1:B2", rule)
    assert flaws(read_sheet(saved(made), None, 5_000)) == {
        "B1": CellFlaw.UNSHOWN,
        "B2": CellFlaw.UNSHOWN,
    }


def test_colours_of_a_condition_change_nothing() -> None:
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    page.append(["甲", 1])
    page.conditional_formatting.add(
        "B1", ColorScaleRule("min", None, "FF0000", "max", None, "00FF00")
    )
    page.conditional_formatting.add("B1", DataBarRule("min", None, "max", None, "FF0000"))
    assert seen(saved(made)) == [["甲", "1"]]


def test_zeros_that_a_sheet_does_not_show_are_not_told() -> None:
    view = '<sheetViews><sheetView showZeros="0"/></sheetViews>'
    data = part('<row r="1"><c r="A1"><v>0</v></c><c r="B1"><v>1</v></c></row>', view)
    assert seen(data) == [["1"]]


def test_days_of_a_workbook_that_counts_from_1904() -> None:
    made = openpyxl.Workbook()
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    page = made.active
    assert page is not None
    page.append([DAY - 1462])
    page["A1"].number_format = "yyyy-mm-dd"
    assert seen(saved(made)) == [["2026-11-09"]]


def old_book() -> tuple[Any, Any]:
    made = xlwt.Workbook(encoding="utf-8")
    return made, made.add_sheet("表")


def test_an_old_workbook_with_formats_and_hidden_rows() -> None:
    made, page = old_book()
    percent = xlwt.easyxf(num_format_str="0.00%")
    for row, (name, value) in enumerate([("甲", 0.142857), ("密", 0.5), ("乙", -0.03)]):
        page.write(row, 0, name)
        page.write(row, 1, value, percent)
    page.row(1).hidden = True
    assert seen(saved(made)) == [["甲", "14.29%"], ["乙", "-3.00%"]]


def test_formulas_of_an_old_workbook_without_a_value_or_with_an_error() -> None:
    made, page = old_book()
    page.write(0, 0, "甲")
    page.write(0, 1, xlwt.Formula("1/3"))
    page.write(0, 2, xlwt.Formula('IF(1=1,"","x")'))
    page.row(1).set_cell_error(0, "#DIV/0!")
    assert flaws(read_sheet(saved(made), None, 5_000)) == {
        "B1": CellFlaw.NO_VALUE,
        "A2": CellFlaw.ERROR,
    }


def rows_of_text(text: str | bytes) -> list[list[str]]:
    data = text if isinstance(text, bytes) else text.encode()
    return [[cell.text for cell in row] for row in read_delimited(data, "a.csv", 5_000).rows]


@pytest.mark.parametrize(
    "text",
    [
        "甲,1\n乙,2\n", "甲,1\r乙,2\r", "甲\t1\n乙\t2", "甲;1\n乙;2", '甲,="1"\n乙,2',
        "甲,1\n乙,2".encode("gb18030"), "甲,1\n乙,2".encode("utf-16"),
    ],
)  # fmt: skip
def test_tables_of_text_however_they_are_written(text: str | bytes) -> None:
    assert rows_of_text(text) == [["甲", "1"], ["乙", "2"]]


def test_a_field_may_be_long_and_a_title_without_separators() -> None:
    assert rows_of_text("2026年11月食堂\n甲\t1\n乙\t2\n丙\t3")[0] == ["2026年11月食堂", ""]
    sheet = read_delimited(f"甲,{'长' * 200_000}\n乙,1".encode(), "a.csv", 5_000)
    assert flaws(sheet) == {"B1": CellFlaw.LONG}


@pytest.mark.parametrize(
    ("cell", "flaw"),
    [("6.2217E+18", CellFlaw.ROUNDED), ("5.6E+05", CellFlaw.ROUNDED), ("鋼\0材", CellFlaw.CONTROL),
     ("\x1b[31m甲", CellFlaw.CONTROL)],
)  # fmt: skip
def test_what_a_text_has_lost_or_must_not_hold_is_refused(cell: str, flaw: CellFlaw) -> None:
    sheet = read_delimited(f"品名,编码\n煤,{cell}".encode(), "a.csv", 5_000)
    assert flaws(sheet) == {"B2": flaw}


def test_big5_is_told_and_traditional_signs_in_gbk_are_read() -> None:
    text = "二月食堂採購情況,,\n品名,編碼,金額\n鋼材,1,2\n煤,3,4\n"
    with pytest.raises(Unreadable) as refused:
        rows_of_text(text.encode("big5"))
    assert refused.value.case == "big5"
    assert rows_of_text(text.encode("gbk"))[1] == ["品名", "編碼", "金額"]


def many(ending: str, rows: int) -> bytes:
    if ending == ".csv":
        return ("甲,1\n" * rows).encode()
    made = openpyxl.Workbook(write_only=True)
    page = made.create_sheet()
    for _ in range(rows):
        page.append(["甲", 1])
    return saved(made)


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_nothing_is_dropped_from_a_sheet_that_is_too_long(ending: str) -> None:
    read = read_sheet if ending == ".xlsx" else read_delimited
    with pytest.raises(Unreadable) as refused:
        read(many(ending, 5_001), "" if ending == ".xlsx" else "a.csv", 5_000)
    assert (refused.value.case, refused.value.values) == ("too-large", {"most": 5_000})
    whole = read(many(ending, 5_000), "" if ending == ".xlsx" else "a.csv", 5_000)
    assert len(whole.rows) == 5_000


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (16383, "XFD")])
def test_columns_have_the_names_that_programs_show(column: int, name: str) -> None:
    assert column_name(column) == name


def test_more_places_than_a_number_has_are_refused_by_cell() -> None:
    data = book(["甲", "乙"], ["丙", 12345678901234])
    made = openpyxl.load_workbook(io.BytesIO(data))
    made.worksheets[0]["B2"].number_format = f"0.{'0' * 30}"
    out = io.BytesIO()
    made.save(out)
    assert flaws(read_sheet(out.getvalue(), None, 5_000)) == {"B2": CellFlaw.UNSHOWN}


def test_a_day_that_is_written_out_is_the_same_in_both_ways_of_counting() -> None:
    cells = '<row r="1"><c r="A1" t="d" s="1"><v>2026-11-05T00:00:00</v></c></row>'
    day = part(cells)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(day)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/workbook.xml":
                text = text.replace(b"<workbookPr/>", b'<workbookPr date1904="1"/>')
            if name == "xl/styles.xml":
                text = re.sub(rb"(<cellXfs[^>]*>)", rb'\1<xf/><xf numFmtId="14"/>', text)
            new.writestr(name, text)
    assert seen(out.getvalue()) == [["2026/11/5"]]


def test_the_text_of_a_box_over_the_cells_is_told() -> None:
    main = "http://schemas.openxmlformats.org"
    drawing = (
        f'<d:wsDr xmlns:d="{main}/drawingml/2006/spreadsheetDrawing" '
        f'xmlns:a="{main}/drawingml/2006/main"><d:sp><d:txBody><a:p><a:r><a:t>单位：</a:t></a:r>'
        "<a:r><a:t>万元</a:t></a:r></a:p></d:txBody></d:sp></d:wsDr>"
    )
    kind = f"{main}/officeDocument/2006/relationships"
    relation = f'<Relationship Id="rId1" Type="{kind}/drawing" Target="../drawings/drawing1.xml"/>'
    cells = '<row r="1"><c r="A1"><v>1</v></c></row>'
    out = io.BytesIO(part(cells, behind=f'<drawing xmlns:r="{kind}" r:id="rId1"/>'))
    with zipfile.ZipFile(out, "a") as parts:
        parts.writestr("xl/drawings/drawing1.xml", drawing)
        name = "xl/worksheets/_rels/sheet1.xml.rels"
        parts.writestr(name, f"<Relationships>{relation}</Relationships>")
    assert read_sheet(out.getvalue(), None, 99).drawn == ("单位：万元",)


def test_a_year_over_several_names_is_a_head() -> None:
    rows: list[list[Any]] = [
        ["项目", 2024, None, 2025, None],
        [None, "产量", "产值", "产量", "产值"],
        ["轴承", 1, 2, 3, 4],
    ]
    data = book(*rows, merge=("A1:A2", "B1:C1", "D1:E1"))
    understood = understand(read_sheet(data, None, 5_000))
    assert understood is not None
    assert understood.table[0] == ("项目", "2024·产量", "2024·产值", "2025·产量", "2025·产值")
    data = book(["项目", "一", "二"], ["轴承", 2024, None], ["齿轮", 3, 4], merge=("B2:C2",))
    assert flaws(read_sheet(data, None, 5_000)) == {"B2": CellFlaw.MERGED}


def test_an_open_document_shows_truth_in_its_own_words_and_no_reading_aids() -> None:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    cells = (
        '<table:table-cell office:value-type="boolean" office:boolean-value="true">'
        '<text:p>是</text:p></table:table-cell><table:table-cell office:value-type="string">'
        "<text:p><text:ruby>"
        "<text:ruby-base>甲</text:ruby-base><text:ruby-text>jia</text:ruby-text></text:ruby>乙</text:p>"
        "</table:table-cell>"
    )
    row = f"<table:table-row>{cells}</table:table-row>"
    sheet = f'<table:table table:name="s">{row}</table:table>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as parts:
        parts.writestr(
            "content.xml", f"<office:document-content {spaces}>{sheet}</office:document-content>"
        )
    assert seen(buffer.getvalue()) == [["是", "甲乙"]]


def test_shift_jis_is_told_and_not_read_as_something_else() -> None:
    with pytest.raises(Unreadable):
        read_delimited("項目,金額\n食堂の収支について,100\n".encode("shift_jis"), "a.csv", 5_000)
