"""The archive of a year stands by itself: complete or with what is missing, equal each time."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import openpyxl
import pypdf
import pytest
from PIL import Image

from gongkai.archive.lacking import RecordLack
from gongkai.archive.package import package
from gongkai.cli.main import main
from gongkai.domain.finding import Severity
from tests.command import run
from tests.sites import check, item, make_site

GOOD = {
    "approval": "{by: 财务部, date: 2026-11-01}",
    "archive": "{class: 厂务公开, retention: 30年}",
    "number": "'=1+1'",
}
GONE = "{date: 2026-11-15, by: 办公室, reason: 个人信息, hide: true}"
FILES = {
    "content/opinions/2026.yml": """\
- {编号: Y1, 来源: 意见箱, 收到日期: 2026-10-08, 意见: 热水,
   答复日期: 2026-10-20, 答复: 修好, 结果: A}
- {编号: Y2, 来源: 意见箱, 收到日期: 2026-12-01, 意见: 通风}
- {编号: Y0, 来源: 意见箱, 收到日期: 2025-12-01, 意见: 去年}
""",
    "content/surveys/2026.yml": """\
{编号: s, 标题: 测评, 日期: 2026-11-20, 发放: 9, 收回: 8, 有效: 7, 满意: 5, 基本满意: 1, 不满意: 1,
 题目: [{编号: 真实, 满意: 6, 基本满意: 0, 不满意: 1}]}
""",
    "content/items/soup.md": item(title="食堂", tables="[{file: t.csv}]", body="答复 Y1", **GOOD),
    "content/items/t.csv": "项目,金额\n水电,3\n",
    "content/items/fix.md": item(
        title="食堂更正", kind="correction", corrects="soup", publish="2026-11-05", **GOOD,
        correction="{reason: 录入错误, changes: [{where: 水电, old: '2', new: '3'}]}",
    ),
    "content/items/bare.md": item(title="什么都没记", boards="[machining]"),
    "content/items/steps.md": item(
        title="只有两步", steps="[{step: propose, date: 2026-11-01}, {step: review}]", **GOOD
    ),
    "content/items/contract.md": item(
        title="合同", category="collective-contract", expires="2027-01-01", **GOOD,
        congress="{act: pass, delegates: 80, present: 74, agree: 60, ballot: secret}",
    ),
    "content/items/notice.md": item(
        title="评选", category="honors-selection", kind="notice", publish="2026-11-02",
        notice="{from: 2026-11-02, to: 2026-11-12, channel: 工会}", **GOOD,
    ),
    "content/items/hidden.md": item(title="误登的事", withdrawn=GONE),
    "content/items/draft.md": item(title="草稿", draft="true"),
    "content/items/next.md": item(title="明年", publish="2027-01-02", expires="2027-02-01"),
}  # fmt: skip
AT = ("--at", "2027-03-01")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    make_site(root, FILES)
    return root


@pytest.fixture(scope="module")
def filed(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("archive")
    assert main(["archive", "--year", "2026", "--out", str(out), *AT, "--root", str(site)]) == 1
    return out / "2026"


def missing(folder: Path) -> set[tuple[str, str]]:
    text = (folder / "missing.csv").read_text("utf-8-sig")
    return {(row[0], row[2]) for row in list(csv.reader(io.StringIO(text)))[1:]}


def test_each_item_has_its_source_what_was_posted_and_its_record(filed: Path) -> None:
    names = {path.name for path in (filed / "items").iterdir()}
    assert names == {"soup", "fix", "bare", "steps", "contract", "notice", "hidden"}
    folder = filed / "items/soup"
    assert {path.name for path in folder.iterdir()} == {
        "soup.md",
        "files",
        "soup.pdf",
        "record.json",
    }
    record = json.loads((folder / "record.json").read_text("utf-8"))
    assert record["corrected_by"] == ["fix"]
    assert record["opinions"] == ["Y1"]
    assert record["approval"]["by"] == "财务部"
    pdf = pypdf.PdfReader(folder / "soup.pdf")
    assert "水电" in pdf.pages[0].extract_text()
    assert b"pdfaid" in (folder / "soup.pdf").read_bytes()


def test_what_lies_beside_an_item_takes_no_place_of_its_poster(tmp_path: Path) -> None:
    """An attachment may have the very name of the poster."""
    letter = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    make_site(tmp_path, {"content/items/soup.md": item(attachments="[soup.pdf]", **GOOD)})
    (tmp_path / "content/items/soup.pdf").write_bytes(letter)
    run(tmp_path, "archive", "--year", "2026", "--out", str(tmp_path / "out"), *AT)
    folder = tmp_path / "out/2026/items/soup"
    assert (folder / "files/soup.pdf").read_bytes() == letter
    assert (folder / "soup.pdf").read_bytes() != letter


def test_a_correction_of_what_is_hidden_keeps_none_of_its_words(tmp_path: Path) -> None:
    fix = (
        "{reason: 录入错误, changes: [{where: 合计, old: 一千二百三十四元, new: 一千二百三十五元}]}"
    )
    files = {
        "content/items/pay.md": item(withdrawn=GONE, body="合计一千二百三十四元，见附表。"),
        "content/items/fix.md": item(kind="correction", correction=fix, corrects="pay", **GOOD),
    }
    make_site(tmp_path, files)
    out = tmp_path / "out"
    run(tmp_path, "archive", "--year", "2026", "--out", str(out), *AT)
    texts = [path.read_text("utf-8", "replace") for path in out.rglob("*") if path.is_file()]
    assert not [text for text in texts if "一千二百三十四" in text]


def test_what_the_asker_wants_private_is_filed_without_its_words(tmp_path: Path) -> None:
    ledger = "- {编号: Y9, 来源: 电话, 收到日期: 2026-12-01, 意见: 只对工会说的话, 不公开: 是}\n"
    make_site(tmp_path, {"content/opinions/1.yml": ledger, "content/items/a.md": item(**GOOD)})
    run(tmp_path, "archive", "--year", "2026", "--out", str(tmp_path / "out"), *AT)
    folder = tmp_path / "out/2026"
    assert "Y9" in (folder / "opinions.csv").read_text("utf-8")
    for name in ("opinions.csv", "missing.csv"):
        assert "只对工会说的话" not in (folder / name).read_text("utf-8")


def test_a_survey_is_filed_with_its_counts(filed: Path) -> None:
    (survey,) = json.loads((filed / "surveys.json").read_text("utf-8"))
    count = survey["count"]
    assert (count["sent"], count["returned"], count["valid"]) == (9, 8, 7)
    assert count["answers"] == {"truth": {"satisfied": 6, "fairly": 0, "dissatisfied": 1}}


@pytest.mark.parametrize("year", ["0", "9999", "2028"])
def test_a_year_that_is_not_there_is_told(year: str, site: Path, tmp_path: Path) -> None:
    done = run(site, "archive", "--year", year, "--out", str(tmp_path), *AT)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])


def test_what_is_missing_is_listed_and_nothing_else(filed: Path) -> None:
    assert missing(filed) == {
        ("bare", "缺归档类别或保管期限"), ("bare", "缺审批记录"),
        ("steps", "五步记录不全"), ("notice", "缺公示结果"), ("Y2", "意见没有办结"),
            ("contract", "缺会议纪要"),
    }  # fmt: skip


def test_of_what_was_hidden_only_its_id_is_kept(filed: Path) -> None:
    assert [path.name for path in (filed / "items/hidden").iterdir()] == ["record.json"]
    for path in filed.rglob("*"):
        assert path.is_dir() or "误登的事".encode() not in path.read_bytes()


def test_the_list_is_a_spreadsheet_and_paper(filed: Path) -> None:
    page = openpyxl.load_workbook(filed / "index.xlsx").active
    assert page
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]
    assert [row[3] for row in rows][:2] == ["什么都没记", "合同"]
    assert {row[2] for row in rows} == {"'=1+1", "", None} - {""}, "no cell is a formula"
    assert all(int(row[5]) >= 1 for row in rows)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(filed / "index.pdf").pages)
    assert "2026年归档文件目录" in "".join(text.split())


def test_verify_holds_it_to_its_manifest(filed: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(filed, copy)
    assert main(["verify", str(copy)]) == 0
    (copy / "items/soup/soup.md").write_text("改了", "utf-8")
    assert main(["verify", str(copy)]) == 1


def test_a_second_run_makes_equal_bytes(site: Path, filed: Path) -> None:
    before = {path: path.read_bytes() for path in filed.rglob("*") if path.is_file()}
    later = ("--at", "2027-05-20")
    out = str(filed.parent)
    run(site, "archive", "--year", "2026", "--out", out, *later)
    assert {path: path.read_bytes() for path in filed.rglob("*") if path.is_file()} == before


def test_it_writes_over_nothing_else(site: Path, tmp_path: Path) -> None:
    (tmp_path / "2026").mkdir()
    (tmp_path / "2026/letter.txt").write_text("重要", "utf-8")
    done = run(site, "archive", "--year", "2026", "--out", str(tmp_path), *AT)
    assert done.returncode == 2
    assert (tmp_path / "2026/letter.txt").read_text("utf-8") == "重要"


def test_a_complete_year_is_fine(tmp_path: Path) -> None:
    site = tmp_path / "site"
    make_site(site, {"content/items/soup.md": item(**GOOD)})
    done = run(site, "archive", "--year", "2026", "--out", str(tmp_path), *AT)
    assert (done.returncode, done.stdout.strip()) == (0, str(tmp_path / "2026"))


def test_with_errors_nothing_is_filed(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/x.md": item(category="不存在")})
    done = run(tmp_path, "archive", "--year", "2026", "--out", str(tmp_path / "out"), *AT)
    assert done.returncode == 2
    assert not (tmp_path / "out").exists()


RULES = item(
    category="labor-rules",
    notice="made-known",
    congress="{act: pass, session: 九届四次, date: 2026-10-01, delegates: 80, present: 78,"
    " agree: 70, ballot: secret}",
)


@pytest.mark.parametrize(
    ("at", "severity"),
    [
        ("2026-10-31", None),  # not up yet
        ("2026-11-01", Severity.INFO),
        ("2026-12-20", Severity.INFO),  # over, and still to be filed
        ("2027-06-30", Severity.INFO),
        ("2027-07-01", Severity.WARNING),
    ],
)
def test_a_document_that_the_archive_will_miss_is_told(
    at: str, severity: Severity | None, tmp_path: Path
) -> None:
    findings = check(make_site(tmp_path, {"content/items/a.md": RULES}), at).findings
    found = [finding.severity for finding in findings if finding.rule == "archive/lacking"]
    assert found == ([severity] if severity else [])


def test_the_archive_names_what_items_and_records_lack(tmp_path: Path) -> None:
    files = {
        "content/items/a.md": RULES,
        "content/meetings/a.yml": "{编号: M1, 种类: 职代会, 届次: 九届四次, 日期: 2026-10-01}\n",
        "content/inspections/a.yml": (
            "{编号: J1, 日期: 2026-10-05, 方式: 自查, 检查人: 工会, 发现: [{问题: 灯坏了}]}\n"
        ),
        "content/appraisal.yml": (
            "项目: [{编号: 甲, 内容: 公开, 分值: 60, 指标: disclosure},"
            " {编号: 乙, 内容: 有计划, 分值: 40}]\n"
        ),
    }
    standings = check(make_site(tmp_path, files), "2027-01-02").standings
    found = {
        (lacking_record.name, lacking_record.lack)
        for lacking_record in package(standings, 2026, None).missing
    }
    assert found >= {
        ("a", RecordLack.DOCUMENTS),
        ("M1", RecordLack.MINUTES),
        ("J1", RecordLack.MENDING),
        ("2026-H1 乙", RecordLack.SCORE),
        ("2026-H2 乙", RecordLack.SCORE),
    }


def test_the_archive_takes_inspections_appraisal_and_summary(tmp_path: Path) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (3, 5)).save(photo, "PNG")
    ledger = "{编号: J1, 日期: 2026-10-05, 方式: 自查, 检查人: 工会, 照片: [墙.png]}\n"
    files = {"content/inspections/a.yml": ledger, "content/appraisal.yml": "评分: []\n"}
    make_site(tmp_path, {"content/items/a.md": item(), **files})
    (tmp_path / "content/inspections/墙.png").write_bytes(photo.getvalue())
    out = tmp_path / "filed"
    run(tmp_path, "archive", "--year", "2026", "--out", str(out), "--at", "2027-01-02")
    names = {path.relative_to(out / "2026").as_posix() for path in (out / "2026").rglob("*.*")}
    assert names >= {
        "inspections.json",
        "inspections/1-墙.png",
        "appraisal-2026-H1.csv",
        "appraisal-2026-H2.csv",
        "summary.pdf",
        "summary.docx",
    }
    assert run(tmp_path, "verify", str(out / "2026")).returncode == 0
    (out / "2026/summary.docx").write_bytes(b"PK")
    assert run(tmp_path, "verify", str(out / "2026")).returncode == 1
