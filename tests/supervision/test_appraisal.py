"""Every half-year is appraised: from the figures, by hand with a reason, unit by unit, and what was
lost is told with its cause."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from gongkai.domain.calendar import Period
from gongkai.domain.model import AppraisalCriterion
from gongkai.domain.rates import Rate
from gongkai.source.library import read_library
from gongkai.supervision.appraisal import appraise, score_of
from gongkai.supervision.figure import Figure
from tests.appraisal_again import read, scores
from tests.cases import some
from tests.command import run
from tests.conftest import ROOT
from tests.factory_year import SHOPS, files
from tests.figures_again import figures
from tests.sites import check, item, make_site

AT = "2026-11-22"
SHEET = ROOT / "gongkai/rulebook/packs/appraisal.zh.yml"
OWN = (
    "标题: 本厂考评表\n项目:\n"
    "  - {编号: 甲, 内容: 都公开了, 分值: 60, 指标: disclosure, 目标: 80}\n"
    "  - {编号: 乙, 内容: 有计划, 分值: 40}\n"
)


def told(root: Path, text: str, at: str = AT) -> set[tuple[str, str]]:
    """The rules and cases broken by an appraisal, in a site whose duties count from 2025."""
    found = {"content/appraisal.yml": text, "content/catalogue.yml": "起始: 2025-01\n"}
    findings = check(make_site(root, found), at).findings
    return {
        (finding.rule, finding.case)
        for finding in findings
        if finding.rule.startswith("appraisal/")
    }


@pytest.mark.parametrize(
    ("points", "target", "figure", "score"),
    [
        (10, 100, (5, 6), "8.33"),
        (10, 80, (5, 6), "10.00"),  # no more than its points
        (5, 90, (3, 4), "4.17"),
        (8, 100, (1, 16), "0.50"),
        (2.5, 100, (1, 8), "0.31"),  # 0.3125
        (1, 100, (1, 200), "0.01"),  # half up
    ],
)
def test_a_score_is_points_times_rate_by_target(
    points: float, target: float, figure: tuple[int, int], score: str
) -> None:
    row = AppraisalCriterion("1", "", points, rate=Rate.DISCLOSURE, target=target)
    assert score_of(row, Figure(*figure)) == Decimal(score)


def test_corrections_count_the_other_way_round() -> None:
    row = AppraisalCriterion("1", "", 10, rate=Rate.CORRECTED)
    assert score_of(row, Figure(1, 4)) == Decimal("7.50")


@pytest.fixture(scope="module", params=some([2026, 1, 7], 3))
def year(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated year of a factory, with an appraisal."""
    root = tmp_path_factory.mktemp("year")
    duties = list(read_library(make_site(root / "empty", {}))[0].catalogue.categories)
    given = [
        {"period": "2026-H1", "id": "1", "score": 3.5, "reason": "一", "date": "2026-07-02"},
        {"period": "2026-H1", "id": "1", "score": 2, "reason": "二", "board": "casting"},
        {"period": "2026-H2", "id": "17", "score": 2, "reason": "三"},
    ]
    made = yaml.safe_dump({"results": given}, allow_unicode=True)
    make_site(root, {**files(request.param, duties), "content/appraisal.yml": made})
    return root


@pytest.mark.parametrize(("period", "last"), [("2026-H1", "2026-06-30"), ("2026-H2", "2026-12-31")])
def test_every_score_of_every_unit_is_that_of_another_script(
    period: str, last: str, year: Path
) -> None:
    standings = check(make_site(year, {}), "2027-03-01").standings
    made = appraise(standings.library, Period.parse(period), standings)
    half = Period.parse(period)
    rates = figures(year, half.start, date.fromisoformat(last))
    given = read(year / "content/appraisal.yml")["results"]
    sheets = {"company": made.company, **made.units}
    assert set(sheets) == {"company", *SHOPS}
    for unit, sheet in sheets.items():
        again = scores(read(SHEET)["items"], given, rates[unit], period, unit)
        ours = {
            row.criterion.id: None if row.score is None else int(row.score * 100)
            for row in sheet.rows
        }
        assert ours == again, unit
        assert int(sheet.total * 100) == sum(filter(None, again.values()))


def test_the_script_shares_no_code_with_the_product() -> None:
    assert "gongkai" not in (ROOT / "tests/appraisal_again.py").read_text("utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_built_in_sheet_has_a_hundred_points(lang: str) -> None:
    rows = read(ROOT / f"gongkai/rulebook/packs/appraisal.{lang}.yml")["items"]
    assert sum(int(row["points"]) for row in rows) == 100
    assert {row.get("metric") for row in rows} - {rate.value for rate in Rate} == {None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (OWN, {("appraisal/unscored", "")}),
        (OWN + "评分: [{时期: 2026-H1, 编号: 乙, 得分: 30, 理由: 有}]\n", set()),
        (
            OWN + "评分: [{时期: 2026-H1, 编号: 乙, 得分: 41, 理由: 有}]\n",
            {("appraisal/score", "")},
        ),
        (OWN.replace("40", "30"), {("appraisal/sum", ""), ("appraisal/unscored", "")}),
    ],
)
def test_a_sheet_adds_up_and_is_filled_in(
    text: str, expected: set[tuple[str, str]], tmp_path: Path
) -> None:
    assert told(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("row", "case"),
    [
        ("{时期: 2026-H1, 编号: 丙, 得分: 3, 理由: 有}", "unknown"),
        ("{时期: 2026-H1, 编号: 乙, 得分: 3, 理由: 有, 公开栏: 无}", "board"),
    ],
)
def test_what_is_given_is_given_for_something_that_is_there(
    row: str, case: str, tmp_path: Path
) -> None:
    assert ("appraisal/score", case) in told(tmp_path, OWN + f"评分: [{row}]\n")


def test_a_score_by_hand_has_a_reason(tmp_path: Path) -> None:
    text = OWN + "评分: [{时期: 2026-H1, 编号: 乙, 得分: 3}]\n"
    findings = check(make_site(tmp_path, {"content/appraisal.yml": text}), AT).findings
    assert "format/missing" in {finding.rule for finding in findings}


@pytest.mark.parametrize(
    ("at", "expected"),
    [("2026-07-30", "2025-H2"), ("2026-07-31", "2026-H1"), ("2027-01-31", "2026-H2")],
)
def test_a_half_year_is_appraised_within_thirty_days(
    at: str, expected: str, tmp_path: Path
) -> None:
    found = {"content/appraisal.yml": OWN, "content/catalogue.yml": "起始: 2025-01\n"}
    findings = check(make_site(tmp_path, found), at).findings
    periods = [
        finding.values["period"] for finding in findings if finding.rule == "appraisal/unscored"
    ]
    assert periods == [expected]


def test_the_page_the_table_and_the_sheet_tell_the_scores(tmp_path: Path) -> None:
    text = OWN + "评分: [{时期: 2026-H2, 编号: 乙, 得分: 30, 理由: 计划晚了, 经办: 工会}]\n"
    found = {"content/appraisal.yml": text, "content/items/a.md": item(period="2026-10")}
    found["content/catalogue.yml"] = "起始: 2026-01\n"
    root = make_site(tmp_path, found).root
    assert run(root, "build", "--at", AT).returncode == 0
    page = (root / "site/appraisal/index.html").read_text("utf-8")
    for said in ("2026年下半年 至今", "计划晚了；工会评", "coverage/missing", "公开率 "):
        assert said in page
    table = (root / "site/appraisal/scores.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(table.splitlines()))
    by_hand = [row for row in rows if (row["时期"], row["编号"]) == ("2026-H2", "乙")]
    assert [(one["单位"], one["得分"]) for one in by_hand] == [
        ("全公司", "30"),
        ("机加工车间", "—"),
    ]
    assert (root / "site/posters/appraisal.pdf").read_bytes().startswith(b"%PDF")
    assert 'href="appraisal/"' in (root / "site/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "words", "status"),
    [(OWN, ["2026-H1"], 0), (OWN, ["甲"], 2), ("", [], 2)],
)
def test_the_sheet_of_a_period_is_printed(
    text: str, words: list[str], status: int, tmp_path: Path
) -> None:
    found = {"content/items/a.md": item()} | ({"content/appraisal.yml": text} if text else {})
    root = make_site(tmp_path, found).root
    out = tmp_path / "a.pdf"
    done = run(root, "print", "appraisal", *words, "--at", AT, "--out", str(out))
    assert (done.returncode, out.exists()) == (status, status == 0)
