"""The board on the wall, in a real browser."""

from __future__ import annotations

import functools
import json
import re
import shutil
import statistics
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec import structs
from playwright.sync_api import Page, Route, expect

from gongkai.build.pipeline import build, rollback
from gongkai.build.request import BuildRequest
from gongkai.domain.terms import Channel
from gongkai.files.workers import ALONE
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.source.library import Reader
from gongkai.source.site import read_site
from gongkai.status.edition import make_edition
from gongkai.status.standing import stand
from tests.browser.conftest import FLAGS, Open, Serve, settle
from tests.cases import sampled
from tests.conftest import DAY, Example
from tests.sites import instant, item, make_site

DAY_BEGUN = "2026-11-10T08:00:00+08:00"
PICTURE = Path(__file__).parent.parent.parent / "docs/images/screen.png"


def showing(page: Page) -> list[str]:
    """The titles of the items on the page that is up."""
    return page.locator(".page.on article h2:visible").all_inner_texts()


def titles(page: Page) -> set[str]:
    """Every title that comes up in full while the pages turn twice round."""
    seen = set[str]()
    for _ in range(12):
        seen.update(showing(page))
        page.keyboard.press("ArrowRight")
    return seen


@pytest.fixture
def board(tmp_path: Path) -> Path:
    files = {
        "content/items/long.md": item(title="长的", category="leave-holiday", expires="2026-12-31"),
        "content/items/short.md": item(title="短的", category="leave-holiday"),
        "content/items/later.md": item(
            title="以后的", category="leave-holiday", publish="2026-11-20", expires="2026-12-31"
        ),
    }
    site = make_site(tmp_path, files)
    build(BuildRequest(site, instant(site, "2026-11-10 00:00"), tmp_path / "site", render_shell))
    return tmp_path / "site"


def test_it_shows_what_is_current_and_drops_it_by_its_own_clock(
    board: Path, serve: Serve, open_page: Open
) -> None:
    url = serve(board) + "screen/machining/"
    assert titles(open_page(url, "2026-11-10T08:00:00+08:00")) == {"长的", "短的"}
    for at in ("2026-12-01T00:00:01+08:00", "2026-12-31T23:59:00+08:00"):
        page = open_page((board / "screen/machining/index.html").as_uri(), at)
        assert titles(page) == {"长的"}


def test_nothing_unpublished_is_in_its_source(board: Path) -> None:
    assert "以后的" not in (board / "screen/machining/index.html").read_text("utf-8")


def test_an_empty_board_says_so(board: Path, open_page: Open) -> None:
    page = open_page((board / "screen/machining/index.html").as_uri(), "2027-06-01T08:00:00+08:00")
    assert page.locator(".page:visible [data-item]").count() == 0
    assert "上一项《长的》公开到 2026年12月31日" in page.locator("main").inner_text()
    assert "现在没有" in page.locator("#open").inner_text()
    assert page.locator("#stale").is_visible()
    assert "无法确认" in page.locator("#stale").inner_text()


def test_the_age_of_the_data_is_always_visible(board: Path, open_page: Open) -> None:
    address = (board / "screen/machining/index.html").as_uri()
    page = open_page(address, "2026-11-10T08:00:00+08:00")
    assert "内容核对于00:00" in page.locator("header").first.inner_text()
    assert not page.locator("#stale").is_visible()
    page = open_page(address, "2026-11-11T08:00:00+08:00")
    assert "内容核对于11月10日 00:00" in page.locator("header").first.inner_text()


def test_a_clock_set_back_shows_what_was_built(board: Path, open_page: Open) -> None:
    """Nothing was published in the future: the build is the least that the time can be."""
    page = open_page((board / "screen/machining/index.html").as_uri(), "2020-01-01T08:00:00+08:00")
    assert titles(page) == {"长的", "短的"}
    assert page.locator("#clock-wrong").is_visible()


def test_at_its_hours_off_it_is_dark(tmp_path: Path, open_page: Open) -> None:
    off = 'screen: {off: [{from: "22:00", to: "6:00"}, {from: "12:00", to: "12:30"}]}'
    board = f"title: 机加工\nworkshop: 机加工车间\n{off}\n"
    site = make_site(tmp_path, {"content/items/a.md": item(), "boards/machining.yml": board})
    build(BuildRequest(site, instant(site, "2026-11-10"), tmp_path / "site", render_shell))
    address = (tmp_path / "site/screen/machining/index.html").as_uri()
    for at, is_dark in (
        ("21:59", False), ("22:00", True), ("05:59", True), ("06:00", False), ("12:10", True),
    ):  # fmt: skip
        page = open_page(address, f"2026-11-11T{at}:00+08:00")
        assert page.locator("header").first.is_visible() is not is_dark, at


def test_what_is_urgent_is_alone_on_a_red_screen(tmp_path: Path, open_page: Open) -> None:
    files = {
        "content/items/a.md": item(title="平常的", category="leave-holiday"),
        "content/items/b.md": item(title="停水通知", category="leave-holiday", urgent="true"),
    }
    site = make_site(tmp_path, files)
    build(BuildRequest(site, instant(site, "2026-11-10"), tmp_path / "site", render_shell))
    address = (tmp_path / "site/screen/machining/index.html").as_uri()
    page = open_page(address, "2026-11-10T08:00:00+08:00")
    assert titles(page) == {"停水通知"}
    shown = page.locator(".page.on")
    colour = shown.evaluate("(one) => getComputedStyle(one).backgroundColor")
    assert colour == "rgb(168, 32, 26)"
    assert page.evaluate(MEASURE)["over"] == []
    assert shown.locator("h2").evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)") > 80


def test_without_scripts_it_is_a_readable_board(board: Path, serve: Serve, open_page: Open) -> None:
    url = serve(board) + "screen/machining/"
    page = open_page(url, "2026-11-10T08:00:00+08:00", java_script_enabled=False)
    assert page.locator("#items article:visible").count() == 2
    assert "2026年11月10日 00:00" in page.locator("header").first.inner_text()
    box = page.locator("noscript .alarm").bounding_box()
    assert box is not None
    assert box["height"] > 50


def test_a_section_that_ends_says_since_when_and_who_answers_for_it(
    board: Path, open_page: Open
) -> None:
    address = (board / "screen/machining/index.html").as_uri()
    page = open_page(address, "2026-12-31T23:59:00+08:00")
    assert page.locator(".page.on .empty").count() == 0
    page = open_page(address, "2027-01-01T00:00:01+08:00")
    assert not page.locator("#blank").is_visible()
    text = page.locator(".page.on .empty").inner_text()
    assert "上一项《长的》公开到 2026年12月31日，由后勤部负责" in text


def months(number: int, **keys: str) -> str:
    """A month's wages, so that one month takes the place of the one before."""
    return item(category="wages-bonus", period=f"2026-{number:02}", **keys)


YEAR = {
    "content/items/wages-08.md": months(8, publish="2026-09-09", expires="2027-09-01"),
    "content/items/wages-09.md": months(9, publish="2026-10-09", expires="2027-08-01"),
    "content/items/wages-10.md": months(10, publish="2026-11-09", expires="2026-12-10"),
    "content/items/wages-11.md": months(11, publish="2026-12-09", expires="2027-01-10"),
    "content/items/rules.md": item(category="常设信息", expires="never"),
    "content/items/gone.md": item(
        category="leave-holiday", expires="2027-03-01",
        withdrawn="{date: 2027-01-05, by: 办公室, reason: 会后作废}",
    ),
    "content/items/soon.md": item(
        category="leave-holiday", publish="2026-11-12 10:00", expires="2026-11-20"
    ),
    "content/items/notice.md": item(
        category="困难职工帮扶", kind="notice", publish="2026-11-08", expires="2026-11-25",
        notice="{from: 2026-11-09, to: 2026-11-13, channel: 工会 8001}",
    ),
    "content/items/paper.md": item(category="leave-holiday", channels="[poster]"),
}  # fmt: skip
INSTANTS = [
    "2026-11-10 00:00", "2026-11-10 08:00", "2026-11-12 09:59", "2026-11-12 10:00",
    "2026-11-14 00:00", "2026-11-18 12:00", "2026-11-19 00:00", "2026-11-21 00:00",
    "2026-11-26 00:00", "2026-12-01 00:00", "2026-12-09 00:00", "2026-12-10 23:59",
    "2026-12-11 00:00", "2027-01-04 23:59", "2027-01-05 00:00", "2027-03-02 00:00",
    "2027-06-01 00:00", "2027-08-02 00:00", "2027-09-02 00:00", "2027-11-09 00:00",
]  # fmt: skip


def test_a_screen_that_nobody_reaches_shows_what_the_list_does(
    tmp_path: Path, open_page: Open
) -> None:
    """For the whole of a year, and with another horizon, among the long runs."""
    shows_what_the_list_does(INSTANTS[::3], 72, tmp_path, open_page)


UP = """[...document.querySelectorAll(".page.on :is(article, .fixed)[data-item]")]
  .filter((one) => one.checkVisibility()).map((one) => one.dataset.item)"""
"""What is on the page that is up, in full; a correction is folded into what it corrects."""


def shows_what_the_list_does(
    instants: list[str], horizon: int, tmp_path: Path, open_page: Open
) -> None:
    """As far as the build carried it: what was not up yet is not there, nor what it would have
    taken the place of."""
    board = f"title: 机加工\nworkshop: 机加工车间\nscreen: {{horizon: {horizon}h}}\n"
    site = make_site(tmp_path, {**YEAR, "boards/machining.yml": board})
    first = instant(site, INSTANTS[0])
    build(BuildRequest(site, first, tmp_path / "site", render_shell))
    library = Reader(site, ALONE).read()[0]
    known = [item for item in library.items if item.publish <= first + timedelta(hours=horizon)]
    library = structs.replace(library, items=tuple(known))
    page = open_page((tmp_path / "site/screen/machining/index.html").as_uri(), first.isoformat())
    for at in instants:
        now = instant(site, at)
        view = make_edition(stand(library, now)).view(library.boards[0], Channel.SCREEN)
        page.clock.set_fixed_time(now)
        page.reload()
        seen = set()
        for _ in range(12):
            seen |= set(page.evaluate(UP))
            page.keyboard.press("ArrowRight")
        assert seen == {standing.item.id for standing in view.entries}, at


def test_what_will_be_taken_down_goes_by_the_screens_own_clock(
    tmp_path: Path, open_page: Open
) -> None:
    gone = "{date: 2026-11-12, by: 办公室, reason: 会后作废}"
    files = {
        "content/items/a.md": item(title="到期为止", category="leave-holiday"),
        "content/items/b.md": item(title="提前撤下", category="leave-holiday", withdrawn=gone),
    }
    site = make_site(tmp_path, files)
    build(BuildRequest(site, instant(site, "2026-11-10"), tmp_path / "site", render_shell))
    address = (tmp_path / "site/screen/machining/index.html").as_uri()
    for at, expected in (
        ("2026-11-11T23:59:00+08:00", {"到期为止", "提前撤下"}),
        ("2026-11-12T00:00:01+08:00", {"到期为止"}),
    ):
        assert titles(open_page(address, at)) == expected


def forward(page: Page, seconds: int = 31) -> None:
    """Let a screen's clock go on, and its requests be answered."""
    page.clock.fast_forward(seconds * 1000)
    settle(page)


def built_of(page: Page) -> str:
    return page.locator("body").get_attribute("data-built") or ""


def goes_to(page: Page, built_at: str) -> bool:
    """Does a screen take up a build, once it has polled and turned a page?"""
    for _ in range(8):
        if built_of(page) == built_at:
            return True
        forward(page, 45)
    return False


def renewed(board: Path, at: str, **files: str) -> str:
    """The site built once more at an instant, which is told, with some items changed."""
    for name, text in files.items():
        (board.parent / f"content/items/{name}.md").write_text(text, "utf-8")
    site = read_site(board.parent)
    build(BuildRequest(site, instant(site, at), board, render_shell))
    return instant(site, at).isoformat()


def test_another_build_is_taken_up_between_two_pages_and_so_is_going_back(
    board: Path, serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(board) + "screen/machining/", "2026-11-10T08:00:00+08:00")
    first = built_of(page)
    page.evaluate("window.kept = true")
    later = renewed(board, "2026-11-10 09:00", new=item(title="新的", category="leave-holiday"))
    assert goes_to(page, later)
    assert titles(page) == {"长的", "短的", "新的"}
    site = read_site(board.parent)
    rollback(site, instant(site, "2026-11-10 10:00"), board)
    assert goes_to(page, first)
    assert titles(page) == {"长的", "短的"}
    assert page.evaluate("window.kept")  # nothing was loaded anew, so nothing could fail half-way


@sampled("built_at", ["2026-11-09T09:00:00+08:00", "2026-11-10T09:00:00+08:00"], step=2)
def test_a_manifest_that_is_not_of_the_page_changes_nothing(
    built_at: str, board: Path, serve: Serve, open_page: Open
) -> None:
    """A stale copy on the way, of the manifest or of the page."""
    page = open_page(serve(board) + "screen/machining/", "2026-11-10T08:00:00+08:00")
    first = built_of(page)
    manifest = json.loads((board / "manifest.json").read_text("utf-8"))
    (board / "manifest.json").write_text(json.dumps({**manifest, "built_at": built_at}), "utf-8")
    assert not goes_to(page, built_at)
    assert built_of(page) == first


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


UNSERVED = {"service_workers": "block"}
"""A box on plain http has no service worker, so the page has to look after itself. And while one
starts, Chromium may ask the server past answers made up for a test."""
SCREEN = "screen/machining/index.html"


@sampled(
    "broken, box",
    [(SCREEN, UNSERVED), (SCREEN, {}), ("manifest.json", {}), ("manifest.json", UNSERVED)],
    step=4,
)
def test_what_was_cut_off_changes_nothing_until_it_is_whole(
    broken: str, box: dict[str, str], board: Path, serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(board) + "screen/machining/", "2026-11-10T08:00:00+08:00", **box)
    later = renewed(board, "2026-11-10 09:00", new=item(title="新的", category="leave-holiday"))
    whole = (board / broken).read_bytes()
    cut_off(board / broken)
    assert not goes_to(page, later)
    assert titles(page) == {"长的", "短的"}
    (board / broken).write_bytes(whole)
    assert goes_to(page, later)
    assert "新的" in titles(page)


def answer_with(status: int, route: Route) -> None:
    """A server's answer that is none; 0 for none at all."""
    if status:
        route.fulfill(status=status, body="<html>no</html>")
    else:
        route.abort()


@pytest.mark.parametrize("status", [500, 0])
def test_a_server_that_fails_costs_nothing_but_the_mark_for_it(
    status: int, board: Path, serve: Serve, open_page: Open
) -> None:
    costs_only_the_mark(status, 3, board, serve, open_page)


def costs_only_the_mark(
    status: int, minutes: int, board: Path, serve: Serve, open_page: Open
) -> None:
    """With answers of a status, for some minutes, and then with true ones again."""
    page = open_page(serve(board) + "screen/machining/", "2026-11-10T08:00:00+08:00", **UNSERVED)
    page.route("**/manifest.json", functools.partial(answer_with, status))
    for _ in range(minutes):
        forward(page, 60)
    expect(page.locator(".net.off")).to_be_visible()
    assert titles(page) == {"长的", "短的"}
    page.unroute_all()
    for _ in range(6):
        forward(page, 100)
    expect(page.locator(".net.off")).to_have_count(0)


def test_an_answer_that_never_comes_is_not_waited_for(
    board: Path, serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(board) + "screen/machining/", "2026-11-10T08:00:00+08:00", **UNSERVED)
    page.route("**/manifest.json", lambda _: None)
    for _ in range(4):
        page.clock.fast_forward(60_000)
        page.wait_for_timeout(200)
    expect(page.locator(".net.off")).to_be_visible()


def test_a_picture_that_never_comes_keeps_no_newer_text_from_the_board(
    board: Path, serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(board) + "screen/machining/", "2026-11-10T08:00:00+08:00", **UNSERVED)
    page.route("**/*.png", lambda _: None)
    shutil.copy(PICTURE, board.parent / "content/items/a.png")
    new = item(title="新的", category="leave-holiday", body="![图](a.png)")
    later = renewed(board, "2026-11-10 09:00", new=new)
    for _ in range(8):
        page.clock.fast_forward(45_000)
        page.wait_for_timeout(200)
    assert built_of(page) == later
    assert "新的" in titles(page)


def test_it_can_be_stopped_to_read_on_but_not_for_ever(board: Path, open_page: Open) -> None:
    """By touch, button or key; what ends meanwhile goes at its second, and after a minute it turns
    again."""
    address = (board / "screen/machining/index.html").as_uri()
    for way in ("main", "#pause", ""):
        page = open_page(address, "2026-11-30T23:58:54+08:00")
        page.clock.run_for(26_000)  # behind the overview
        assert "短的" in showing(page)
        page.locator(way).click() if way else page.keyboard.press("p")
        page.clock.run_for(39_000)
        assert "短的" in showing(page)
        page.clock.run_for(2_000)  # its last day is over
        assert showing(page) == ["长的"]
        page.clock.run_for(17_000)
        assert showing(page) == ["长的"]
        page.clock.run_for(3_000)
        assert showing(page) == []  # the overview, with which a round begins


def test_a_clock_set_back_does_not_stop_it(board: Path, open_page: Open) -> None:
    page = open_page((board / "screen/machining/index.html").as_uri(), "2026-11-10T08:00:00+08:00")
    page.clock.run_for(3_000)
    page.evaluate("() => { const now = Date.now; Date.now = () => now() - 3600e3 }")
    seen = []
    for _ in range(8):
        page.clock.run_for(7_000)
        seen.append(bool(showing(page)))
    assert set(seen) == {True, False}


@pytest.mark.parametrize(
    ("kind", "shown"), [("correction", {"原来的"}), ("disclosure", {"原来的", "后来的"})]
)
def test_only_a_correction_is_folded_into_what_it_corrects(
    kind: str, shown: set[str], tmp_path: Path, open_page: Open
) -> None:
    fix = item(
        title="后来的", kind=kind, corrects="a",
        correction="{reason: 写错, changes: [{where: 合计, old: '1', new: '2'}]}",
    )  # fmt: skip
    site = make_site(
        tmp_path, {"content/items/a.md": item(title="原来的"), "content/items/b.md": fix}
    )
    build(BuildRequest(site, instant(site, "2026-11-10"), tmp_path / "site", render_shell))
    page = open_page((tmp_path / "site/screen/machining/index.html").as_uri(), DAY_BEGUN)
    assert titles(page) == shown


def test_a_link_leads_nowhere(tmp_path: Path, open_page: Open) -> None:
    body = "[官网](https://example.test/)"
    site = make_site(tmp_path, {"content/items/a.md": item(title="有链接", body=body)})
    build(BuildRequest(site, instant(site, "2026-11-10"), tmp_path / "site", render_shell))
    address = (tmp_path / "site/screen/machining/index.html").as_uri()
    page = open_page(address, "2026-11-10T08:00:00+08:00")
    page.keyboard.press("ArrowRight")
    page.locator(".page.on .body a").click()
    assert page.url == address
    assert showing(page) == ["有链接"]


def test_however_much_is_open_the_rest_has_its_turn(tmp_path: Path, open_page: Open) -> None:
    files = {
        f"content/items/n{number}.md": item(
            title=f"公示{number}", category="leave-holiday", publish="2026-11-09", body="字" * 520,
            kind="notice", notice="{from: 2026-11-09, to: 2026-11-20, channel: 工会 8001}",
        )
        for number in range(12)
    }  # fmt: skip
    files["content/items/old.md"] = item(category="leave-holiday", publish="2026-10-01")
    files["content/items/new.md"] = item(category="leave-holiday", publish="2026-11-09")
    site = make_site(tmp_path, files)
    build(BuildRequest(site, instant(site, "2026-11-10"), tmp_path / "site", render_shell))
    address = (tmp_path / "site/screen/machining/index.html").as_uri()
    found = lap(open_page(address, "2026-11-10T08:00:00+08:00"))
    assert max(found.rounds) <= 300
    assert found.first["old"] <= 300
    assert found.first["new"] <= 300


def test_a_touch_on_a_title_of_the_overview_shows_the_item(board: Path, open_page: Open) -> None:
    page = open_page((board / "screen/machining/index.html").as_uri(), "2026-11-10T08:00:00+08:00")
    page.locator(".overview li:visible", has_text="短的").click()
    assert "短的" in showing(page)


def test_while_it_runs_no_policy_is_broken_and_nobody_else_is_asked(
    board: Path, serve: Serve, open_page: Open
) -> None:
    """For an hour among the long runs."""
    breaks_no_policy_for(2, board, serve, open_page)


def breaks_no_policy_for(times: int, board: Path, serve: Serve, open_page: Open) -> None:
    """Five minutes, some times over, with another build taken up, and with its log; ``open_page``
    sees requests to others."""
    page = open_page(serve(board) + "screen/machining/", "2026-11-10T08:00:00+08:00")
    watch = """() => { window.broken = [];
      const note = (event) => window.broken.push(event.blockedURI);
      addEventListener("securitypolicyviolation", note) }"""
    page.evaluate(watch)
    later = renewed(board, "2026-11-10 09:00", new=item(title="𠮷", category="leave-holiday"))
    assert goes_to(page, later)
    for _ in range(times):
        forward(page, 300)
    assert page.evaluate("window.broken") == []
    page.goto(serve(board) + "screen/machining/?log")
    page.evaluate(watch)
    with page.expect_download():
        page.locator(".log a").click()
    assert page.evaluate("window.broken") == []


def test_a_picture_of_what_begins_soon_is_there_on_time(tmp_path: Path, open_page: Open) -> None:
    begins = "2026-11-11 08:00"
    files = {
        "boards/machining.yml": "title: 机加工\nworkshop: 机加工车间\nscreen: {horizon: 72h}\n",
        "content/items/soon.md": item(
            title="就要公开", category="leave-holiday", publish=begins, body="![图](a.png)"
        ),
    }
    site = make_site(tmp_path, files)
    shutil.copy(PICTURE, tmp_path / "content/items/a.png")
    build(BuildRequest(site, instant(site, "2026-11-10"), tmp_path / "site", render_shell))
    address = (tmp_path / "site/screen/machining/index.html").as_uri()
    page = open_page(address, "2026-11-11T08:00:01+08:00")
    page.keyboard.press("ArrowRight")
    assert showing(page) == ["就要公开"]
    page.wait_for_timeout(300)
    assert page.evaluate("document.querySelector('.page.on img').naturalWidth") > 0


def test_an_urgent_item_takes_over_within_thirty_seconds_and_leaves_at_its_end(
    board: Path, serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(board) + "screen/machining/", "2026-11-10T08:00:00+08:00")
    forward(page)
    now = item(
        title="紧急", category="leave-holiday", urgent="true",
        publish="2026-11-10 08:00", expires="2026-11-10 12:00",
    )  # fmt: skip
    renewed(board, "2026-11-10 08:01", now=now)
    forward(page, 30)
    page.wait_for_timeout(600)
    assert titles(page) == {"紧急"}
    page.clock.fast_forward("04:00:00")
    page.wait_for_timeout(400)
    assert titles(page) == {"长的", "短的"}


KEPT = """async () => {
  const store = await caches.open("gongkai-screen");
  const parts = document.querySelectorAll("link[rel=stylesheet], script[src]");
  const names = [location.href, ...[...parts].map((one) => one.href || one.src)];
  const found = await Promise.all(names.map((one) => store.match(one.split(/[?#]/)[0])));
  return found.every(Boolean);
}"""
"""Does the box have the board, with what it needs, in its own keeping?"""


def test_a_box_that_starts_without_network_shows_its_last_good_board(
    board: Path, serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(board) + "screen/machining/", "2026-11-10T08:00:00+08:00")
    while not page.evaluate(KEPT):
        page.wait_for_timeout(50)
    page.context.set_offline(True)
    page.reload()
    assert titles(page) == {"长的", "短的"}
    forward(page)
    assert page.locator(".net.off").is_visible()
    page.clock.set_fixed_time("2026-12-02T08:00:00+08:00")
    page.reload()
    assert titles(page) == {"长的"}
    assert "无法确认" in page.locator("#stale").inner_text()


def lines_of(page: Page) -> list[list[str]]:
    """What a screen's log tells: item, version, from, to."""
    rows = page.locator(".log tr").all()
    return [row.locator("td").all_inner_texts() for row in rows]


def test_a_screen_tells_what_it_showed_from_when_to_when(
    board: Path, serve: Serve, open_page: Open
) -> None:
    url = serve(board) + "screen/machining/"
    page = open_page(url, "2026-11-10T08:00:00+08:00")
    for _ in range(20):
        page.clock.run_for(15_000)
    page.clock.fast_forward("06:00:00")  # the box was asleep, and goes on
    for _ in range(20):
        page.clock.run_for(15_000)
    page.goto(url + "?log")
    lines = lines_of(page)
    told = [(item, start[11:13], end[11:13]) for item, _, start, end in lines]
    assert sorted(told) == [
        ("long", "00", "00"), ("long", "06", "06"), ("short", "00", "00"), ("short", "06", "06"),
    ]  # fmt: skip
    assert all(re.fullmatch("[0-9a-f]{8}", version) for _, version, _, _ in lines)
    with page.expect_download() as download:
        page.locator(".log a").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert text.splitlines()[0] == '"board","item","version","from","to"'
    assert len(text.splitlines()) == 5


def test_a_full_store_costs_the_board_nothing(board: Path, serve: Serve, open_page: Open) -> None:
    page = open_page(serve(board) + "screen/machining/", "2026-11-10T08:00:00+08:00")
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full') } }")
    for _ in range(30):
        page.clock.run_for(15_000)
    assert titles(page) == {"长的", "短的"}


def test_all_screens_are_listed_for_whoever_sets_up_a_box(
    board: Path, serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(board) + "screen/", "2026-11-10T08:00:00+08:00")
    page.get_by_role("link", name="机加工车间厂务公开栏").click()
    assert page.locator("body").get_attribute("data-board") == "machining"


def test_whoever_sets_up_boxes_sees_each_board_and_what_was_measured_of_it(
    board: Path, serve: Serve, open_page: Open
) -> None:
    """In frames in which nothing is logged and nobody is told."""
    page = open_page(serve(board) + "screen/", "2026-11-10T08:00:00+08:00")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.get_by_label("屏幕大小").select_option("1080x1920")
    least = page.locator("[data-screen=machining] [data-figure=least]")
    expect(least).to_have_text(re.compile(r"\d+ px"), timeout=15_000)
    assert page.locator("[data-screen=machining] [data-figure=pages]").inner_text() == "2"
    assert not [text for text in asked if "alive" in text or "manifest" in text]
    assert page.evaluate("localStorage.length") == 0


def test_a_box_tells_that_it_is_alive_with_its_board_and_build_and_nothing_else(
    board: Path, open_page: Open, serve: Serve
) -> None:
    page = open_page("about:blank", "2026-11-10T08:00:00+08:00")
    with page.expect_request("**/alive.txt?*") as asked:
        page.goto(serve(board) + "screen/machining/")
    query = "board=machining&build=2026-11-10T00%3A00%3A00%2B08%3A00"
    assert asked.value.url.endswith(f"/screen/alive.txt?{query}")


SIZES = [(1920, 1080), (1080, 1920), (3840, 2160), (1366, 768), (1280, 1024), (800, 1280)]
MEASURE = (Path(__file__).parent / "measure.js").read_text("utf-8")
"""Of the page that is up: texts outside of their place, the smallest type and how much of the main
area is used, both as on a screen whose short side has 1080 pixels, how long it stays."""


class Lap(NamedTuple):
    """What a board shows until everything on it was up, and two rounds more."""

    rounds: list[float]
    fills: list[float]
    least: float
    over: list[str]
    first: dict[str, float]


def lap(page: Page) -> Lap:
    """Every page that comes up, in its turn, without waiting for it."""
    items = "[...document.querySelectorAll('#items > article[data-version]')]"
    up = f"{items}.filter((one) => !one.dataset.corrects).map((one) => one.dataset.item)"
    unseen = set(page.evaluate(up))
    found = Lap([], [], 999, [], {})
    total = round_began = 0.0
    was, after = "", 0
    while after < 3 and total < 4000:
        one = page.evaluate(MEASURE)
        if one["kind"] == "overview" and was not in ("", "overview"):
            found.rounds.append(total - round_began)
            round_began = total
            after += not unseen
        for name in one["items"]:
            found.first.setdefault(name, total)
        unseen -= set(one["items"])
        found.fills.append(one["fill"])
        found.over.extend(one["over"])
        found = found._replace(least=min(found.least, one["least"]))
        total += one["seconds"]
        was = one["kind"]
        page.keyboard.press("ArrowRight")
    assert not unseen
    return found


@sampled("size", SIZES[:2], step=2)
def test_a_round_of_the_example_is_short_and_full_and_nothing_runs_over(
    size: tuple[int, int], example: Example, serve: Serve, open_page: Open
) -> None:
    """On one board; on all of them, in every size, among the long runs."""
    goes_round(size, "machining", example, serve, open_page)


def goes_round(
    size: tuple[int, int], board: str, example: Example, serve: Serve, open_page: Open
) -> None:
    """Wages within two minutes, everything within the hour, pages mostly full, large type."""
    url = f"{serve(example.folder)}screen/{board}/"
    found = lap(open_page(url, f"{DAY}T10:20:00+08:00", *size))
    assert found.over == []
    assert max(found.rounds) <= 300
    assert found.first["2026-10-wages-company"] <= 120
    assert max(found.first.values()) <= 3600
    assert found.least >= 27.9
    assert statistics.median(found.fills) >= 0.5


@sampled("size", [(1080, 1920), (1920, 1080)], step=2)
def test_an_overview_of_forty_titles_takes_one_page_and_breaks_them_between_words(
    size: tuple[int, int], example: Example, serve: Serve, open_page: Open
) -> None:
    page = open_page(f"{serve(example.folder)}screen/machining/", f"{DAY}T10:20:00+08:00", *size)
    found = page.evaluate(MEASURE)
    assert (found["kind"], page.locator(".page.overview").count()) == ("overview", 1)
    assert found["fill"] >= 0.6
    broken = page.locator(".overview li.two .title").evaluate_all(LAST_LINES)
    assert min(broken, default=2) >= 2


def test_an_overview_of_many_pages_runs_over_none(
    tmp_path: Path, serve: Serve, open_page: Open
) -> None:
    many = {
        f"content/items/n{number}.md": item(
            title=f"第{number}项{'设备检修按计划完成' * (number % 4)}情况", channels="[screen]",
            category="leave-holiday" if number % 2 else "standing-info", expires="2027-12-31",
        )
        for number in range(120)
    }  # fmt: skip
    site = make_site(tmp_path, many)
    assert build(BuildRequest(site, instant(site, "2026-11-19"), site.out, render_shell)).files
    page = open_page(serve(site.out) + "screen/machining/", "2026-11-19T10:20:00+08:00")
    count, seen = page.locator(".page.overview").count(), 0
    for _ in range(40):
        found = page.evaluate(MEASURE)
        seen += found["kind"] == "overview"
        assert found["over"] == []
        page.keyboard.press("ArrowRight")
        if seen == count:
            break
    assert seen == count > 1


LAST_LINES = """(titles) => titles.map((title) => {
  const range = document.createRange(), boxes = [];
  const walker = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    [...walker.currentNode.data].forEach((_, at) => {
      range.setStart(walker.currentNode, at); range.setEnd(walker.currentNode, at + 1);
      boxes.push(Math.round(range.getBoundingClientRect().top));
    });
  return boxes.filter((top) => top === Math.max(...boxes)).length;
})"""
"""How many characters the last line of each title has."""


def test_the_command_of_the_manual_shows_the_board(board: Path, serve: Serve) -> None:
    docs = Path(__file__).parent.parent.parent / "docs"
    texts = [(docs / lang / "howto/screens.md").read_text("utf-8") for lang in ("zh", "en")]
    found = [re.findall(r"^chromium (--kiosk .*) http\S+$", text, re.MULTILINE) for text in texts]
    ((line,),) = {tuple(row) for row in found}
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no Chromium on this machine")
    ours = ["--headless", *FLAGS, "--virtual-time-budget=3000", "--dump-dom"]
    command = [program, *line.split(), *ours, f"{serve(board)}screen/machining/"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert re.search(r'<body [^>]*class="js"', done.stdout), done.stderr[-500:]
    assert "machining" in done.stdout
