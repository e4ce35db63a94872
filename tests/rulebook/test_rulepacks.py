"""The law as data: provinces, texts that were read and texts that were not, and working days."""

from __future__ import annotations

import warnings
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from gongkai.domain.finding import Severity
from gongkai.domain.model import Category, Library
from gongkai.domain.terms import Authority
from tests.command import run
from tests.sites import check, item, make_site


def library(root: Path, catalogue: str = "") -> Library:
    """What an empty site with a catalogue of its own reads."""
    return check(
        make_site(root, {"content/catalogue.yml": catalogue}), "2026-11-22"
    ).standings.library


def category(root: Path, name: str, catalogue: str = "") -> Category:
    return library(root, catalogue).catalogue.categories[name]


# -- provinces ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "minimum", "reply", "material", "results"),
    [
        ("山东", 15, None, 7, 3),
        ("重庆", 15, 30, 5, None),
        ("河南", 7, None, 7, None),
        ("浙江", None, 30, None, None),
        ("上海", None, None, 7, None),
        ("无", None, None, None, None),
    ],
)
def test_what_a_province_asks_for(
    name: str,
    minimum: int | None,
    reply: int | None,
    material: int | None,
    results: int | None,
    tmp_path: Path,
) -> None:
    region = library(tmp_path, f"地区: {name}\n").catalogue.region
    figures = [region.minimum, region.reply, region.material, region.results]
    assert [figure and figure.days for figure in figures] == [minimum, reply, material, results]
    assert all(figure.basis and figure.seen == date(2026, 11, 22) for figure in figures if figure)


# -- what a duty rests on -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "region", "authority", "basis"),
    [
        ("labor-rules", "无", Authority.LAW, "劳动合同法4"),
        ("safety-hazards", "无", Authority.LAW, "安全生产法41"),
        ("wages-bonus", "无", Authority.UNVERIFIED, "企业民主管理规定（国有）(3)"),
        ("business-entertainment", "无", Authority.UNVERIFIED, "监发〔1998〕4号"),
        ("welfare-fund", "山东", Authority.LAW, "山东省厂务公开条例14(3)"),
        ("welfare-fund", "重庆", Authority.ELSEWHERE, "山东省厂务公开条例14(3)"),
        ("canteen-accounts", "无", Authority.CUSTOM, "惯例"),
    ],
)
def test_the_strongest_text_a_duty_rests_on(
    name: str, region: str, authority: Authority, basis: str, tmp_path: Path
) -> None:
    assert category(tmp_path, name, f"地区: {region}\n").strongest() == (authority, basis)


def test_no_built_in_duty_rests_on_a_text_that_is_not_in_the_list(tmp_path: Path) -> None:
    rows = library(tmp_path).catalogue.categories.values()
    assert not [
        category.id
        for category in rows
        for each in category.sources
        if each.authority is Authority.OWN
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("wages-bonus", "（依据：企业民主管理规定（国有）(3)，条文未核实）"),
        ("safety-hazards", "（依据：安全生产法41）"),
        ("canteen-accounts", "（惯例）"),
        ("opinion-reply", "（惯例，参照山东省厂务公开条例15）"),
    ],
)
def test_a_missing_item_says_how_sure_its_duty_is(name: str, words: str, tmp_path: Path) -> None:
    make_site(tmp_path, {"content/catalogue.yml": "起始: 2026-10\n"})
    told = run(tmp_path, "check", "--at", "2026-11-22").stdout
    (line,) = [
        splitline
        for splitline in told.splitlines()
        if f"2026-10-{name}" in splitline and "warning" in splitline
    ]
    assert line.endswith(words)


def test_what_a_site_changes_of_a_row_is_known_by_name(tmp_path: Path) -> None:
    own = "类别: {canteen-accounts: {期限天数: 15, 依据: 本公司食堂管理办法}}\n"
    row = category(tmp_path, "canteen-accounts", own)
    assert (row.lag, row.own) == (15, ("lag", "basis"))
    assert row.strongest() == (Authority.OWN, "本公司食堂管理办法")


# -- working days ---------------------------------------------------------------------------------


@pytest.mark.parametrize("year", range(2019, 2027))
def test_working_days_are_those_of_an_independent_calendar(year: int, tmp_path: Path) -> None:
    work = library(tmp_path).catalogue.work
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = [chinese_calendar.is_workday(day) for day in days]
    assert [work.is_workday(day) for day in days] == expected


OWN_YEAR = """\
放假安排:
  2027: {文号: 国办发明电〔2026〕0号, 放假: [2027-03-03], 上班: [2027-03-06]}
"""
WINDOW = {
    "category": "honors-selection",
    "publish": "2027-03-01",
    "expires": "2027-03-31",
    "notice": "{from: 2027-03-01, to: 2027-03-06, channel: 工会}",
    "approval": "{by: 评审委员会, date: 2027-03-01}",
    "steps": "[{step: propose, by: 工会, date: 2027-03-01}, "
    "{step: review, by: 纪检监察室, date: 2027-03-01}, "
    "{step: disclose, by: 办公室, date: 2027-03-01}]",
}


def test_a_year_without_data_is_counted_and_marked(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/items/a.md": item(**WINDOW)})
    found = [finding for finding in check(site, "2027-03-02").findings if finding.item == "a"]
    assert [(finding.rule, finding.severity) for finding in found] == [
        ("calendar/provisional", Severity.INFO)
    ]
    told = run(tmp_path, "why", "a", "--at", "2027-03-02").stdout
    assert "计首日 5 个工作日，不计首日 4 个。其中有官方还没有公布放假安排的年份" in told


def test_a_site_may_add_a_year(tmp_path: Path) -> None:
    files = {"content/items/a.md": item(**WINDOW), "content/catalogue.yml": OWN_YEAR}
    site = make_site(tmp_path, files)
    assert not [finding for finding in check(site, "2027-03-02").findings if finding.item == "a"]
    told = run(tmp_path, "why", "a", "--at", "2027-03-02").stdout
    days = "共 6 天，去掉休息日和放假 1 天（周末调休上班的 1 天算工作日）"
    assert f"{days}，计首日 5 个工作日，不计首日 4 个" in told


@pytest.mark.parametrize(
    "year",
    [
        "2027: {文号: x, 放假: [2026-03-03], 上班: []}",  # another year's day
        "2027: {文号: x, 放假: [2027-03-06], 上班: [2027-03-06]}",  # off and worked
        "2027: {放假: [], 上班: []}",  # without the notice it comes from
        "二零二七: {文号: x, 放假: [], 上班: []}",
    ],
)
def test_a_year_that_cannot_be_is_a_finding(year: str, tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/catalogue.yml": f"放假安排:\n  {year}\n"})
    found = [
        finding for finding in check(site, "2026-11-22").findings if "catalogue.yml" in finding.path
    ]
    assert [finding.severity for finding in found] == [Severity.ERROR]


# -- the arithmetic in a sentence -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        (
            {"notice": "{from: 2026-09-28, to: 2026-10-10, channel: 工会}"},
            "公示期 2026-09-28 至 2026-10-10 共 13 天，去掉休息日和放假 7 天"
            "（周末调休上班的 1 天算工作日），计首日 6 个工作日，不计首日 5 个。",
        ),
        (
            {"category": "canteen-accounts", "period": "2026-09"},
            "下一期 2026-10 到 2026-10-31 止，加 10 天，应在 2026-11-10 前公开。",
        ),
        (
            {
                "category": "leave-holiday",
                "refresh": "30 天",
                "reviewed": "[{date: 2026-10-02, by: 工会, checked: 看过}]",
            },
            "从 2026-10-02 起算 30 天，应在 2026-11-01 前核对。",
        ),
        (
            {"category": "leave-holiday"},
            "共公开 24 天，本地区至少 15 天（山东省厂务公开条例第十二条）。",
        ),
    ],
)
def test_why_shows_how_days_were_counted(
    keys: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    shown = {"category": "honors-selection", "publish": "2026-09-28", "expires": "2026-10-21"}
    files = {
        "content/items/a.md": item(**{**shown, **keys}),
        "content/catalogue.yml": "地区: 山东\n",
    }
    make_site(tmp_path, files)
    assert sentence in run(tmp_path, "why", "a", "--at", "2026-10-05").stdout
    assert sentence in run(tmp_path, "why", "a", "--at", "2026-09-20").stdout or "核对" in sentence
