"""Long runs of a real browser: a month of a screen, and the rest of the looks at every page."""

from __future__ import annotations

import functools
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs
from playwright.sync_api import Browser

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.domain.terms import Channel
from gongkai.files.workers import ALONE
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.source.library import Reader
from gongkai.status.edition import make_edition
from gongkai.status.standing import stand
from tests.browser.conftest import Open, Serve
from tests.browser.test_access import PAGES, found_by_axe
from tests.browser.test_screens import (
    INSTANTS,
    SIZES,
    UNSERVED,
    YEAR,
    answer_with,
    board,
    breaks_no_policy_for,
    costs_only_the_mark,
    forward,
    goes_round,
    renewed,
    shows_what_the_list_does,
)
from tests.conftest import Example
from tests.sites import instant, item, make_site

__all__ = ["board"]
"""Fixtures, used by their names."""


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_any_page_in_any_light(
    width: int, scheme: str, example: Example, serve: Serve, browser: Browser, share: int
) -> None:
    pages = PAGES[:: min(share, 4)]
    assert found_by_axe(serve(example.folder), pages, width, scheme, browser) == {}


@pytest.mark.parametrize("horizon", [0, 72])
def test_for_a_year_a_screen_that_nobody_reaches_shows_what_the_list_does(
    horizon: int, tmp_path: Path, open_page: Open
) -> None:
    shows_what_the_list_does(INSTANTS, horizon, tmp_path, open_page)


@pytest.mark.parametrize("size", SIZES)
def test_a_round_of_the_example_is_short_and_full_and_nothing_runs_over(
    size: tuple[int, int], example: Example, serve: Serve, open_page: Open, share: int
) -> None:
    for shown in example.standings.library.boards[:: min(share, 5)]:
        goes_round(size, shown.id, example, serve, open_page)


def test_while_it_runs_for_an_hour_no_policy_is_broken_and_nobody_else_is_asked(
    board: Path, serve: Serve, open_page: Open
) -> None:
    breaks_no_policy_for(12, board, serve, open_page)


@pytest.mark.parametrize("status", [500, 404, 0])
def test_a_server_that_fails_for_long_costs_nothing_but_the_mark_for_it(
    status: int, board: Path, serve: Serve, open_page: Open
) -> None:
    costs_only_the_mark(status, 10, board, serve, open_page)


@pytest.mark.parametrize("status", [500, 0])
def test_for_three_days_without_a_server_it_neither_blanks_nor_grows_nor_begins_anew(
    status: int, board: Path, serve: Serve, open_page: Open, share: int
) -> None:
    page = open_page(serve(board) + "screen/machining/", "2026-11-10T08:00:00+08:00", **UNSERVED)
    page.route("**/manifest.json", functools.partial(answer_with, status))
    began_anew: list[str] = []
    page.on("framenavigated", lambda frame: began_anew.append(frame.url))
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def heap() -> float:
        session.send("HeapProfiler.collectGarbage")
        found = session.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in found if one["name"] == "JSHeapUsedSize"))

    shown = page.locator(".page.on:visible")
    forward(page, 3600)
    assert shown.count() == 1  # which brings along what looks, and takes room itself
    before = heap()
    for _ in range(max(2, 72 // share)):
        forward(page, 3600)
        assert shown.count() == 1
    assert heap() <= before * 1.2
    assert began_anew == []


PAGES_OF = """[...new Set(gongkaiScreen.pages().flatMap(({ element }) =>
  [...element.querySelectorAll("article[data-item], .fixed[data-item]:not([hidden])")]
    .map((one) => one.dataset.item)))]"""


def test_at_every_hour_of_a_year_it_composes_what_the_list_has(
    tmp_path: Path, open_page: Open, share: int
) -> None:
    """Offline, from one build, without beginning anew."""
    site = make_site(tmp_path, YEAR)
    first = instant(site, INSTANTS[0])
    build(BuildRequest(site, first, tmp_path / "site", render_shell))
    library = Reader(site, ALONE).read()[0]
    known = [item for item in library.items if item.publish <= first]
    library = structs.replace(library, items=tuple(known))
    page = open_page((tmp_path / "site/screen/machining/index.html").as_uri(), first.isoformat())
    for hour in range(0, 365 * 24, share):
        now = first + timedelta(hours=hour)
        view = make_edition(stand(library, now)).view(library.boards[0], Channel.SCREEN)
        page.clock.set_fixed_time(now)
        page.keyboard.press("ArrowRight")
        assert set(page.evaluate(PAGES_OF)) == {standing.item.id for standing in view.entries}, now


def test_after_thirty_days_it_is_no_larger_than_on_the_first(
    board: Path, serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(board) + "screen/machining/", "2026-11-10T08:00:00+08:00")
    session = page.context.new_cdp_session(page)

    def size() -> tuple[float, float]:
        session.send("HeapProfiler.collectGarbage")
        found = {
            one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]
        }
        return found["Nodes"], found["JSHeapUsedSize"]

    session.send("Performance.enable")
    forward(page, 3600)
    nodes, heap = size()
    for number in range(30):
        if number % 4 == 0:
            at = f"2026-11-{11 + number % 19} 00:0{number // 19}"
            renewed(board, at, long=item(title=f"长的{number}", category="leave-holiday"))
        for _ in range(2):
            forward(page, 12 * 3600)
    later_nodes, later_heap = size()
    assert later_nodes <= nodes * 1.3
    assert later_heap <= heap * 1.5
