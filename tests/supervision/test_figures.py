"""The supervision group's figures: the worked check of a month, and laws that hold for any."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.domain.calendar import Period
from gongkai.domain.rates import Rate
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.source.library import read_library
from gongkai.status.standing import stand
from gongkai.supervision.figure import Figure
from gongkai.supervision.metrics import supervision
from gongkai.supervision.overview import TRENDS, overview
from tests.command import run
from tests.conftest import Example
from tests.sites import instant, item, make_site

OPINIONS = """\
- {编号: Y26-101, 来源: 意见箱, 收到日期: 2026-10-08, 意见: 一, 承办: 后勤部, 期限: 2026-11-07,
   答复日期: 2026-10-20, 答复: 好, 结果: A, 评价: 满意}
- {编号: Y26-102, 来源: 接待日, 收到日期: 2026-10-12, 意见: 二, 承办: 后勤部, 期限: 2026-11-11,
   答复日期: 2026-10-28, 答复: 好, 结果: A, 评价: 基本满意}
- {编号: Y26-103, 来源: 二维码, 收到日期: 2026-10-13, 意见: 三, 承办: 机加工车间, 期限: 2026-11-12,
   答复日期: 2026-11-06, 答复: 好, 结果: B, 承诺日期: 2026-12-31, 评价: 基本满意}
- {编号: Y26-104, 来源: 职工代表, 收到日期: 2026-10-15, 意见: 四, 承办: 劳资科, 期限: 2026-11-14,
   答复日期: 2026-10-30, 答复: 好, 结果: A, 评价: 不满意}
- {编号: Y26-105, 来源: 意见箱, 收到日期: 2026-10-20, 意见: 五, 承办: 办公室, 期限: 2026-11-19,
   答复日期: 2026-11-09, 答复: 好, 结果: C}
- {编号: Y26-106, 来源: 电话, 收到日期: 2026-10-26, 意见: 六, 承办: 后勤部, 期限: 2026-11-25}
- {编号: Y26-104-2, 来源: 职工代表, 收到日期: 2026-11-16, 意见: 四, 承办: 劳资科, 期限: 2026-12-16}
"""
SURVEY = (
    "- {编号: s, 标题: 调查, 日期: 2026-11-20, 发放: 80, 收回: 78, 有效: 75,"
    " 满意: 58, 基本满意: 15, 不满意: 2}\n"
)
WAIVED = (
    "production-results strategy-plan recruitment reward-discipline rationalization-awards "
    "labor-dispute union-finance education-fund-training collective-contract-performance "
    "workshop-expense"
).split()
"""Rows that this factory says it does not have, so that November is as in the worked check."""

WAIVERS = "".join(f"  {one}: {{免公开: {{reason: 无, by: 领导小组}}}}\n" for one in WAIVED)


def duty(category: str, publish: str, **keys: str) -> str:
    return item(category=category, publish=publish, expires="2027-01-31", **keys)


FILES = {
    "content/catalogue.yml": "所有制: 民营\n起始: 2026-10\n类别:\n" + WAIVERS,
    "content/opinions/2026.yml": OPINIONS,
    "content/surveys/2026.yml": SURVEY,
    "boards/machining.yml": "title: 机加工\nworkshop: 机加工车间\n",
    "content/items/wages.md": duty("wages-bonus", "2026-11-09", period="2026-10"),
    "content/items/insurance.md": duty("social-insurance", "2026-11-10", period="2026-10"),
    "content/items/opinions.md": duty(
        "opinion-reply", "2026-11-10", period="2026-10",
        body="Y26-101 Y26-102 Y26-103 Y26-104 Y26-105",
    ),
    "content/items/canteen.md": duty("canteen-accounts", "2026-11-12", period="2026-10"),
    "content/items/accident.md": duty(
        "accident-handling", "2026-11-04", formed="2026-11-03", channels="[poster]"
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def november(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    root = tmp_path_factory.mktemp("site")
    make_site(root, FILES)
    window = ("--from", "2026-11-01", "--to", "2026-11-30")
    done = run(root, "report", *window, "--format", "json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("name", "numerator", "denominator", "percent"),
    [
        ("disclosure", 5, 6, 83.33),  # the machining workshop's safety sheet is missing
        ("timeliness", 4, 6, 66.67),  # and the canteen's accounts were two days late
        ("opinions_closed", 5, 6, 83.33),
        ("opinions_on_time", 5, 6, 83.33),
        ("replies_published", 5, 5, 100.0),
        ("opinion_satisfaction", 3, 4, 75.0),
        ("satisfaction", 73, 75, 97.33),
        ("currency", 4, 5, 80.0),  # that sheet never was; the rest is next due on 10 December
        ("coverage", 1, 1, 100.0),
        ("notices", 0, 0, None),
        ("rectified", 0, 0, None),
        ("corrected", 0, 5, 0.0),
    ],
)
def test_the_worked_check(
    name: str, numerator: int, denominator: int, percent: float | None, november: dict[str, Any]
) -> None:
    """November 2026, as worked out by hand in the domain's own formulas."""
    wanted = {"numerator": numerator, "denominator": denominator, "percent": percent}
    assert november["metrics"][name] == wanted


def test_a_workshop_has_its_own(november: dict[str, Any]) -> None:
    unit = november["units"]["machining"]
    assert unit["disclosure"] == {"numerator": 0, "denominator": 1, "percent": 0.0}
    assert unit["opinions_closed"] == {"numerator": 1, "denominator": 1, "percent": 100.0}
    assert set(unit) == set(november["metrics"])
    assert (november["from"], november["to"], november["formulas"]) == (
        "2026-11-01", "2026-11-30", "2",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("figure", "percent"),
    [((1, 3), "33.33"), ((2, 3), "66.67"), ((1, 800), "0.13"), ((1, 8), "12.50"), ((0, 0), "None")],
)
def test_two_decimals_half_up_and_nothing_out_of_nothing(
    figure: tuple[int, int], percent: str
) -> None:
    assert str(Figure(*figure).percent) == percent


def test_without_days_it_is_the_month_before(tmp_path: Path) -> None:
    make_site(tmp_path, FILES)
    text = run(tmp_path, "report", "--at", "2026-12-05").stdout
    assert text.startswith("2026年11月1日 至 2026年11月30日\n")
    assert "公开率" in text
    page = run(tmp_path, "report", "--at", "2026-12-05", "--format", "html").stdout
    assert "83.33%" in page
    assert "<script" not in page


def test_days_the_wrong_way_round_are_told(tmp_path: Path) -> None:
    make_site(tmp_path, {})
    done = run(tmp_path, "report", "--from", "2026-12-01", "--to", "2026-11-01")
    assert (done.returncode, done.stdout) == (2, "")


def test_later_repairs_do_not_change_a_month(tmp_path: Path, november: dict[str, Any]) -> None:
    """What is put up in December for October changes nothing of November."""
    late = duty(
        "safety-hazards",
        "2026-12-03",
        period="2026-10",
        boards="[machining]",
        owner="{dept: 安环部}",
    )  # fmt: skip
    make_site(tmp_path, {**FILES, "content/items/late.md": late})
    window = ("--from", "2026-11-01", "--to", "2026-11-30")
    found = json.loads(run(tmp_path, "report", *window, "--format", "json").stdout)
    assert found["metrics"] == november["metrics"]
    assert date.fromisoformat(found["to"]) == date(2026, 11, 30)


def test_the_page_of_the_supervision_group(tmp_path: Path) -> None:
    """Last month's figures, the year, how each row was kept, what is overdue, and where; without a
    script it says it all."""
    site = make_site(tmp_path, FILES)
    assert build(BuildRequest(site, instant(site, "2026-12-05"), site.out, render_shell)).files
    text = (site.out / "report/index.html").read_text("utf-8")
    rows = re.findall(r"<tr><td>公开率</td>.*?</tr>", text)
    assert "83.33%" in rows[0]  # November's six duties
    assert "5/6" in rows[0]
    assert rows[1].count("—") == 11  # nothing was due before
    heat = dict(re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', text))
    assert re.findall("gk-(kept|slow|never)", heat["食堂账目"]) == ["slow"]
    assert re.findall("gk-(kept|slow|never)", heat["工资奖金分配"]) == ["kept"]
    assert re.findall("gk-(kept|slow|never)", heat["安全生产和隐患治理"]) == ["never"]
    assert "<b>25天</b> <span>机加工车间2026年10月安全生产和隐患治理<br>" in text
    assert "机加工车间</a>: 没有公开 1" in text
    assert '<svg viewBox="' in text


def test_a_correction_of_what_is_over_is_counted_and_the_report_agrees(tmp_path: Path) -> None:
    """It ends with what it corrects, so it ends before it begins."""
    files = {
        "content/items/wrong.md": item(
            publish="2026-09-01", expires="2026-10-15", archive="{class: A}"
        ),
        "content/items/right.md": item(
            kind="correction", corrects="wrong", publish="2026-11-10", expires="2026-12-31"
        ),
    }
    site = make_site(tmp_path, files)
    library, _ = read_library(site)
    october = supervision(library, date(2026, 10, 1), date(2026, 10, 31)).metrics
    november = supervision(library, date(2026, 11, 1), date(2026, 11, 30)).metrics
    assert overview(stand(library, instant(site, "2026-11-22"))).month.metrics == october
    assert october[Rate.ARCHIVED] == Figure(1, 1)
    assert november[Rate.CORRECTED] == Figure(1, 0)


def test_a_year_of_renewal_ends_with_what_the_month_says(example: Example) -> None:
    """One page never contradicts itself, though months are told from less than the month is."""
    found = overview(example.standings)
    assert {rate: found.months[-1][1][rate] for rate in TRENDS} == {
        rate: found.month.metrics[rate] for rate in TRENDS
    }


def test_every_month_of_renewal_is_what_the_report_of_that_month_says(example: Example) -> None:
    library = example.standings.library
    first, figures = overview(example.standings).months[5]
    alone = supervision(library, first, Period.parse(f"{first:%Y-%m}").end).metrics
    assert figures[Rate.CURRENCY] == alone[Rate.CURRENCY]


def test_all_figures_are_there_for_a_spreadsheet(example: Example) -> None:
    rows = list(csv.reader(example.page("report/figures.csv").lstrip("\ufeff").splitlines()))
    assert rows[0] == ["起", "止", "单位", "指标", "分子", "分母", "百分比"]
    month = [row for row in rows if row[0] == "2026-10-01" and row[2] == "全公司"]
    assert len(month) == len(Rate)
    assert len({row[2] for row in rows[1:]}) == 1 + len(example.standings.library.boards)
