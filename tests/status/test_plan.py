"""年度计划: every duty of a year with its day, who answers, and what was done beside it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import icalendar
import pypdf
import pytest

from gongkai.status.year_plan import year_plan
from tests.command import run
from tests.sites import BOARD, check, item, make_site

AT = "2026-11-22"
OTHER = "title: 铸造\nworkshop: 铸造车间\n"
FILES = {
    "content/catalogue.yml": "所有制: 民营\n起始: 2026-01\n",
    "content/org.yml": "名称: 厂\n部门: [{名称: 后勤部}, {名称: 安环部}]\n",
    "boards/machining.yml": BOARD,
    "boards/casting.yml": OTHER,
    "content/items/canteen.md": item(period="2026-09", publish="2026-10-09", expires="2026-12-30"),
}


def told(root: Path, *more: str) -> list[dict[str, str | None]]:
    found: list[dict[str, str | None]] = json.loads(
        run(root, "plan", "--at", AT, "--format", "json", *more).stdout
    )
    return found


def test_every_duty_of_the_year_with_its_day_and_who_answers(tmp_path: Path) -> None:
    make_site(tmp_path, FILES)
    canteen = [mapping for mapping in told(tmp_path) if mapping["category"] == "canteen-accounts"]
    assert [mapping["period"] for mapping in canteen] == [
        f"2026-{month:02}" for month in range(1, 12)
    ]
    assert {mapping["owner"] for mapping in canteen} == {"后勤部"}
    assert [mapping["due"] for mapping in canteen][-2:] == ["2026-11-10", "2026-12-10"]
    assert [mapping["done"] for mapping in canteen if mapping["done"]] == ["2026-10-09"]


def test_a_duty_of_workshops_is_one_for_each(tmp_path: Path) -> None:
    make_site(tmp_path, FILES)
    found = [mapping for mapping in told(tmp_path) if mapping["category"] == "workshop-expense"]
    assert {mapping["board"] for mapping in found} == {"machining", "casting"}


def test_the_next_year_is_planned_before_anything_is_written(tmp_path: Path) -> None:
    """B4 「制定工作计划」: also by a site that has nothing but its catalogue. December's accounts
    are due in the next year."""
    make_site(tmp_path, {"content/catalogue.yml": "所有制: 民营\n"})
    found = told(tmp_path, "--year", "2027")
    assert len([mapping for mapping in found if mapping["category"] == "canteen-accounts"]) == 11
    assert all(str(mapping["due"]).startswith("2027") for mapping in found)
    assert not any(mapping["done"] for mapping in found)


def test_an_event_is_in_the_plan_once_it_was_made_public(tmp_path: Path) -> None:
    """Before, nothing may be told of it, not even that there will be something."""
    event = {"category": "accident-handling", "formed": "2026-11-20", "expires": "2027-06-30"}
    up = item(publish="2026-11-21", **event)
    coming = item(publish="2026-11-25", **event)
    files = {**FILES, "content/items/up.md": up, "content/items/coming.md": coming}
    standings = check(make_site(tmp_path, files), AT).standings
    events = [planned for planned in year_plan(standings, 2026).planned if planned.item]
    assert [(event.item, event.done) for event in events] == [("up", date(2026, 11, 21))]


def test_it_is_a_table_a_calendar_and_a_sheet(tmp_path: Path) -> None:
    make_site(tmp_path, FILES)
    window = ("plan", "--at", AT, "--format")
    rows = [*csv.reader(io.StringIO(run(tmp_path, *window, "csv").stdout.lstrip("\ufeff")))]
    assert rows[0] == ["期限", "责任部门", "公开内容", "范围", "公开日期"]
    assert ["2026-10-10", "后勤部", "2026年9月食堂账目", "公司", "2026-10-09"] in rows
    calendar = icalendar.Calendar.from_ical(run(tmp_path, *window, "ics").stdout)
    assert len(calendar.walk("VEVENT")) == len(told(tmp_path))
    assert "2026-10-10  后勤部" in run(tmp_path, *window, "text").stdout


def test_a_year_that_nobody_plans_is_refused(tmp_path: Path) -> None:
    make_site(tmp_path, FILES)
    done = run(tmp_path, "plan", "--at", AT, "--year", "12")
    assert done.returncode == 2
    assert "1949" in done.stderr


def test_the_page_and_the_sheet_tell_the_same(tmp_path: Path) -> None:
    site = make_site(tmp_path, FILES)
    run(tmp_path, "build", "--at", AT)
    page = (site.out / "plan/index.html").read_text("utf-8")
    assert "2026年厂务公开计划" in page
    assert "2026年9月食堂账目" in page
    sheet = pypdf.PdfReader(site.out / "posters/plan.pdf")
    text = "".join("".join(page.extract_text().split()) for page in sheet.pages)
    assert "2026年9月食堂账目" in text
    assert 'href="plan/"' in (site.out / "index.html").read_text("utf-8")


def test_the_plan_is_printed_like_any_sheet(tmp_path: Path) -> None:
    make_site(tmp_path, FILES)
    done = run(tmp_path, "print", "plan", "2027", "--at", AT, "--out", str(tmp_path / "p.pdf"))
    assert (done.returncode, done.stdout.strip()) == (0, str(tmp_path / "p.pdf"))
    assert "2027" in pypdf.PdfReader(tmp_path / "p.pdf").pages[0].extract_text()


@pytest.mark.parametrize(
    ("words", "said"), [(["approval"], "print approval"), (["plan", "甲"], "1949")]
)
def test_what_is_printed_of_nothing_is_said(words: list[str], said: str, tmp_path: Path) -> None:
    make_site(tmp_path, FILES)
    done = run(tmp_path, "print", *words, "--at", AT)
    assert done.returncode == 2
    assert said in done.stderr
