"""`content/calendar.yml`: a year's holidays out of the words of the State Council's notice."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from gongkai.domain.calendar import WorkCalendar
from gongkai.source.holidays import announced
from gongkai.source.library import read_library
from gongkai.source.problems import Mistake
from tests.command import run
from tests.sites import check, make_site

# Worded as these notices are, with the days of 2026, which the program knows from elsewhere.
NOTICE = """\
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""


def calendar(text: str, year: int = 2026) -> str:
    lines = "".join(f"      {line}\n" for line in text.splitlines())
    return f"放假安排:\n  - 年份: {year}\n    文号: 国办发明电〔2025〕7号\n    通知: |\n{lines}"


def work_of(root: Path, files: dict[str, str]) -> WorkCalendar:
    return read_library(make_site(root, files))[0].catalogue.work


def test_the_words_of_a_notice_mean_the_days_that_are_known_from_elsewhere(tmp_path: Path) -> None:
    known = work_of(tmp_path / "known", {})
    off, worked = announced(2026, NOTICE)
    assert {*off} == {holiday for holiday in known.holidays if holiday.year == 2026}
    assert {*worked} == {day for day in known.worked if day.year == 2026}


def test_spans_over_the_turn_of_a_year_and_single_days_are_read() -> None:
    text = NOTICE.replace("1月1日（周四）至3日（周六）", "2025年12月31日至2026年1月2日").replace(
        "6月19日（周五）至21日（周日）放假，共3天", "6月19日放假，与周末连休"
    )
    off, _ = announced(2026, text)
    assert date(2026, 1, 1) in off
    assert date(2026, 6, 19) in off
    assert date(2025, 12, 31) not in off


@pytest.mark.parametrize(
    ("before", "after", "case"),
    [
        ("清明节", "节", "holidays"),
        ("至23日（农历正月初七、周一）", "至22日", "holiday-count"),
        ("5月9日（周六）上班", "5月8日上班", "worked-weekday"),
        ("10月1日（周四）至7日", "10月1日至37日", "no-such-day"),
        ("9月25日（周五）至27日", "9月27日至25日", "no-such-day"),
    ],
)
def test_what_does_not_add_up_is_refused(before: str, after: str, case: str) -> None:
    assert before in NOTICE
    with pytest.raises(Mistake) as found:
        announced(2026, NOTICE.replace(before, after))
    assert found.value.case == case


def test_a_site_learns_a_year_without_a_release(tmp_path: Path) -> None:
    text = NOTICE.replace("1月4日（周日）上班", "").replace("9月20日（周日）、", "")
    text = text.replace("2月14日（周六）、2月28日（周六）上班", "").replace(
        "5月9日（周六）上班", ""
    )
    text = text.replace("10月10日（周六）上班", "10月9日（周六）上班")
    work = work_of(tmp_path, {"content/calendar.yml": calendar(text, 2027)})
    assert 2027 in work.years
    assert (2027, "国办发明电〔2025〕7号") in work.notices
    assert not work.is_workday(date(2027, 2, 16))
    assert work.is_workday(date(2027, 10, 9))


def test_days_may_be_written_one_by_one(tmp_path: Path) -> None:
    text = "years: [{year: 2027, notice: x, holidays: [2027-01-01], worked: [2027-01-03]}]\n"
    work = work_of(tmp_path, {"content/calendar.yml": text})
    assert not work.is_workday(date(2027, 1, 1))
    assert work.is_workday(date(2027, 1, 3))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (calendar("看附件"), "format/missing"),
        ("放假安排: [{年份: 2027, 文号: x}]", "format/missing"),
        ("放假安排: [{年份: 2027, 文号: x, 放假: [2026-01-01]}]", "dates/order"),
        ("放假: []", "format/unknown-key"),
        ("", "format/syntax"),
    ],
)
def test_a_calendar_that_cannot_be_read_is_an_error_that_names_its_file(
    text: str, rule: str, tmp_path: Path
) -> None:
    site = make_site(tmp_path, {"content/calendar.yml": text})
    found = [
        finding for finding in check(site, "2026-10-01").findings if "calendar" in finding.path
    ]
    assert rule in {finding.rule for finding in found}
    done = run(tmp_path, "check", "--at", "2026-10-01")
    assert done.returncode == 1
    assert "content/calendar.yml" in done.stdout


@pytest.mark.parametrize(
    ("at", "year"), [("2026-10-31", None), ("2026-11-01", "2027"), ("2027-01-01", "2027")]
)
def test_check_asks_for_the_next_year_from_november_on(
    at: str, year: str | None, tmp_path: Path
) -> None:
    make_site(tmp_path, {})
    said = run(tmp_path, "check", "--at", at).stderr
    assert ("content/calendar.yml" in said) == (year is not None)
    assert year is None or f"{year} 年的放假安排" in said
    records = run(tmp_path, "check", "--at", at, "--format", "json")
    assert json.loads(records.stdout)["findings"] is not None
    assert "content/calendar.yml" not in records.stderr
