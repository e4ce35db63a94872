"""The board on the wall, in a real browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from gongkai.mkdocs_plugin import render_shell
from gongkai.pipeline import build, rollback
from gongkai.source.site import read_site
from tests.browser.conftest import Open, Serve
from tests.conftest import Example
from tests.sites import instant, item, make_site


def showing(page: Page) -> str:
    return page.locator(".slide.on h2").inner_text()


def titles(page: Page) -> set[str]:
    """Every title that comes up while the pages turn twice round."""
    seen = set()
    for _ in range(12):
        if page.locator(".slide.on").count():
            seen.add(showing(page))
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
    build(site, instant(site, "2026-11-10 00:00"), tmp_path / "site", render_shell)
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
    assert page.locator("#blank").is_visible()
    assert page.locator("#stale").is_visible()
    assert "无法确认" in page.locator("#stale").inner_text()


def test_the_age_of_the_data_is_always_visible(board: Path, open_page: Open) -> None:
    page = open_page((board / "screen/machining/index.html").as_uri(), "2026-11-10T08:00:00+08:00")
    assert "2026年11月10日 00:00" in page.locator("header").inner_text()
    assert not page.locator("#stale").is_visible()


def test_without_scripts_it_is_a_readable_board(board: Path, serve: Serve, open_page: Open) -> None:
    url = serve(board) + "screen/machining/"
    page = open_page(url, "2026-11-10T08:00:00+08:00", java_script_enabled=False)
    assert page.locator(".slide").count() == 2
    assert page.locator(".slide").first.is_visible()
    box = page.locator("noscript .alarm").bounding_box()
    assert box is not None
    assert box["height"] > 50


def waits(page: Page) -> bool:
    """Does a page stay for a few polls, after it was there for a while?"""
    page.evaluate("window.kept = true")
    for _ in range(3):
        page.clock.fast_forward(40_000)
        page.wait_for_timeout(500)
    return bool(page.evaluate("window.kept === true"))


def test_another_build_is_taken_up_and_so_is_going_back(
    board: Path, serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(board) + "screen/machining/", "2026-11-10T08:00:00+08:00")
    (board.parent / "content/items/new.md").write_text(
        item(title="新的", category="leave-holiday"), "utf-8"
    )
    site = read_site(board.parent)
    build(site, instant(site, "2026-11-10 09:00"), board, render_shell)
    with page.expect_event("load", timeout=20_000):
        page.clock.fast_forward(40_000)
    assert titles(page) == {"长的", "短的", "新的"}
    assert waits(page)
    rollback(site, instant(site, "2026-11-10 10:00"), board)
    with page.expect_event("load", timeout=20_000):
        page.clock.fast_forward(40_000)
    assert titles(page) == {"长的", "短的"}
    assert waits(page)


@pytest.mark.parametrize("built_at", ["2026-11-09T09:00:00+08:00", "2026-11-10T09:00:00+08:00"])
def test_a_manifest_that_is_not_of_the_page_changes_nothing(
    built_at: str, board: Path, serve: Serve, open_page: Open
) -> None:
    """A stale copy on the way, of the manifest or of the page."""
    page = open_page(serve(board) + "screen/machining/", "2026-11-10T08:00:00+08:00")
    manifest = json.loads((board / "manifest.json").read_text("utf-8"))
    (board / "manifest.json").write_text(json.dumps({**manifest, "built_at": built_at}), "utf-8")
    assert waits(page)


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (3840, 2160)])
def test_no_page_of_the_example_runs_over(
    size: tuple[int, int], example: Example, serve: Serve, open_page: Open
) -> None:
    url = serve(example.folder)
    for board in example.standings.library.boards:
        is_tall = board.screen.orientation.value == "portrait"
        if is_tall != (size[0] < size[1]):
            continue
        page = open_page(f"{url}screen/{board.id}/", "2026-11-22T08:00:00+08:00", *size)
        for _ in range(page.locator(".slide").count()):
            zoom = page.evaluate("Number(document.querySelector('.slide.on').style.zoom || 1)")
            assert zoom >= 0.85, (board.id, showing(page))
            over = page.evaluate(
                "document.querySelector('.slide.on').getBoundingClientRect().bottom"
                " - document.querySelector('#pager').getBoundingClientRect().top"
            )
            assert over <= 1, (board.id, showing(page))
            page.keyboard.press("ArrowRight")
