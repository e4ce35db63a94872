"""What is overdue is overdue everywhere, and what is not is so nowhere: in the list, the findings,
the reminders, the figures, the front page and on the boards, at any instant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from gongkai.build.plan import Plan, Renderer, Work
from gongkai.domain.terms import Channel
from gongkai.files.artifact_cache import Shelf
from gongkai.files.workers import ALONE
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.reminders.matters import ReminderStage, matters
from gongkai.render.tasks import Task
from gongkai.rules.checking import Checked, read_and_check
from gongkai.source.library import Reader
from gongkai.source.site import read_site
from gongkai.status.deadlines import Due, deadlines
from gongkai.status.edition import make_edition
from gongkai.supervision.overview import overview
from tests.command import run
from tests.sites import instant, item, make_site


def month(title: str, period: str, publish: str, expires: str) -> str:
    """One of a series, on one board."""
    keys = {"period": period, "publish": publish, "expires": expires, "boards": "[machining]"}
    return item(title=title, category="canteen-accounts", **keys)


def standing(title: str, refresh: str, publish: str, expires: str, **keys: str) -> str:
    """One that is confirmed from time to time."""
    dates = {"refresh": refresh, "publish": publish, "expires": expires}
    return item(title=title, category="standing-info", **dates, **keys)


SITE = {
    "content/items/m08.md": month("八月", "2026-08", "2026-09-10", "2027-09-30"),
    "content/items/m09.md": month("九月", "2026-09", "2026-10-12", "2027-03-31"),
    "content/items/m12.md": month("十二月", "2026-12", "2027-02-20", "2027-08-31"),
    "content/items/rules.md": standing(
        "办法", "90d", "2026-09-01", "2027-08-15", reviewed="[{date: 2026-12-20, by: 办公室}]"
    ),
    "content/items/ever.md": standing("永久", "never", "2026-09-01", "长期"),
    "content/items/month.md": standing(
        "半月一看", "15d", "2026-11-01", "2027-06-30", channels="[web, poster]"
    ),
    "content/items/paper.md": standing(
        "只在纸上", "30d", "2026-10-01", "2027-05-31", channels="[poster]"
    ),
}
FRESH = ("fresh/overdue", "fresh/long-overdue")
LATE = (ReminderStage.OVERDUE, ReminderStage.LONG_OVERDUE)
FIRST, DAYS = "2026-09-01T00:00", 366


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path, SITE).root


def overdue(checked: Checked) -> dict[str, set[str]]:
    """Who calls which items overdue: without a page being made."""
    standings = checked.standings
    edition = make_edition(standings)
    views = [edition.view(board, Channel.WEB) for board in standings.library.boards]
    papers = [edition.view(board, Channel.POSTER) for board in standings.library.boards]
    of_duties = {
        standing.item.id
        for standing in standings.all()
        if standing.is_late and standing.item.period
    }
    return {
        "list": {
            standing.item.id for standing in standings.all() if standing.is_late and standing.hangs
        },
        "check": {finding.item or "" for finding in checked.findings if finding.rule in FRESH},
        "report": {standing.item.id for standing in overview(standings).late},
        "boards": {standing.item.id for view in (*views, *papers) for standing in view.late},
        "notify": {
            matter.name
            for matter in matters(standings)
            if matter.stage in LATE and matter.due is Due.REVIEW
        }
        | of_duties,
    }


def all_agree(root: Path, hours: Iterable[int]) -> None:
    """At so many hours after the first instant."""
    reader = Reader(read_site(root), ALONE)
    begun, seen = instant(reader.site, FIRST), 0
    for hour in hours:
        told = overdue(read_and_check(reader, begun + timedelta(hours=hour)))
        assert len(set(map(frozenset, told.values()))) == 1, (hour, told)
        seen += bool(told["list"])
    assert seen > 100


def test_at_an_instant_of_each_other_day_of_a_year_everybody_agrees(site: Path) -> None:
    """At midnight, six, noon and eighteen in turns; ``make soak`` takes all four of each day."""
    all_agree(site, (day * 24 + day % 4 * 6 for day in range(0, DAYS, 2)))


@pytest.mark.parametrize("at", ["2026-11-20", "2026-12-25", "2027-02-10", "2027-04-02"])
def test_the_pages_say_it_of_the_same_items(at: str, site: Path, tmp_path: Path) -> None:
    """Front page, board, screen and report, as they are made; what hangs on paper only is told by
    its kind and has no link."""
    known = read_site(site)
    checked = read_and_check(Reader(known, ALONE), instant(known, at))
    plan = Plan(Work(make_edition(checked.standings), render_shell(known, tmp_path / "shell")))
    renderer = Renderer(plan, Shelf(None))
    titles = {standing.item.title for standing in checked.standings.all()}

    def said(kind: str, name: str, part: str) -> set[str]:
        page = renderer.make(Task(kind, name, ("x",))).files[0].data.decode()
        found = re.findall(part, page, re.DOTALL)
        return {title for title in titles if any(title in one for one in found)}

    late = {
        standing.item.title
        for standing in checked.standings.all()
        if standing.is_late and standing.hangs
    }
    assert late
    on_web = late - {"只在纸上"}
    assert said("home", "", r'<table class="gk-lates">.*?</table>') == on_web
    assert said("board", "machining", r'<p class="gk-warn">.*?</p>') == on_web
    assert said("report", "", r"<ol>.*?</ol>") == on_web


NOTICE = item(
    title="八月", category="canteen-accounts", period="2026-08", publish="2026-09-10",
    expires="2027-09-30", boards="[machining, foundry]",
    notice="{from: 2026-09-10, to: 2027-01-31, channel: 工会}",
)  # fmt: skip
FOLLOWED = {
    "boards/machining.yml": "title: 机加工\nworkshop: 机加工车间\n",
    "boards/foundry.yml": "title: 铸造\nworkshop: 铸造车间\n",
    "content/items/m08.md": NOTICE,
    "content/items/m09.md": SITE["content/items/m09.md"],
}
"""A notice stays while objections may be raised, beside the next month on one of its boards."""


def test_on_a_board_where_its_successor_hangs_it_is_not_overdue(tmp_path: Path) -> None:
    known = make_site(tmp_path, FOLLOWED)
    checked = read_and_check(Reader(known, ALONE), instant(known, "2026-12-15"))
    edition = make_edition(checked.standings)
    hanging = {board.id: edition.view(board, Channel.WEB) for board in edition.library.boards}
    late = {board: {standing.item.id for standing in view.late} for board, view in hanging.items()}
    assert {standing.item.id for standing in hanging["machining"].entries} == {"m08", "m09"}
    assert late == {"machining": {"m09"}, "foundry": {"m08"}}


def told(files: dict[str, str], at: str, root: Path) -> tuple[set[str], set[str], set[str]]:
    """What is late in the list, what departments are reminded of, and what stands in calendars."""
    known = make_site(root, files)
    checked = read_and_check(Reader(known, ALONE), instant(known, at))
    standings = checked.standings
    late = {standing.item.id for standing in standings.all() if standing.is_late and standing.hangs}
    reminded = {matter.name for matter in matters(standings) if matter.stage in LATE}
    return late, reminded, {deadline.name for deadline in deadlines(standings)}


def test_what_is_from_before_duties_count_is_late_in_reminders_and_calendars(
    tmp_path: Path,
) -> None:
    """No duty stands for what should follow it: ``since`` lies behind."""
    files = {
        "content/items/m08.md": month("八月", "2026-08", "2026-09-10", "2027-09-30"),
        "content/catalogue.yml": "since: 2026-12\n",
    }
    assert "m08" in told(files, "2026-10-05", tmp_path)[2]
    late, reminded, _ = told(files, "2026-11-20", tmp_path)
    assert late == reminded == {"m08"}


def test_each_thread_of_a_row_is_late_by_itself(tmp_path: Path) -> None:
    """The other thread's item meets the duty of the row, and nothing else."""
    first = month("一食堂八月", "2026-08", "2026-09-10", "2027-09-30")
    second = month("二食堂八月", "2026-08", "2026-09-10", "2027-09-30")
    files = {
        "content/items/a08.md": first.replace("title:", "thread: a\ntitle:"),
        "content/items/b08.md": second.replace("title:", "thread: b\ntitle:"),
        "content/items/a09.md": month("九月", "2026-09", "2026-10-05", "2027-09-30").replace(
            "title:", "thread: a\ntitle:"
        ),
        "content/catalogue.yml": "since: 2026-08\n",
    }
    assert {"b08"} == told(files, "2026-10-08", tmp_path)[2] & {"a08", "b08"}
    late, reminded, _ = told(files, "2026-10-20", tmp_path)
    assert late == {"b08"}
    assert late <= reminded


def test_what_is_missing_is_told_once_and_not_again_as_late(tmp_path: Path) -> None:
    files = {
        "content/items/m08.md": month("八月", "2026-08", "2026-09-10", "2027-09-30"),
        "content/catalogue.yml": "since: 2026-08\n",
    }
    late, reminded, _ = told(files, "2026-10-20", tmp_path)
    assert late == {"m08"}
    assert "m08" not in reminded
    assert "canteen-accounts-2026-09" in reminded


def test_the_list_of_a_board_calls_nothing_overdue_that_is_followed_there(tmp_path: Path) -> None:
    make_site(tmp_path, FOLLOWED)

    def listed(*more: str) -> list[str]:
        done = run(tmp_path, "list", "--freshness", "overdue", "--at", "2026-10-20", *more)
        return [line.split("\t")[0] for line in done.stdout.splitlines()]

    assert listed("--board", "machining") == []
    assert listed("--board", "foundry") == ["m08"]
    assert listed() == ["m08"]
