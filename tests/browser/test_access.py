"""Everybody can read it: axe finds nothing at WCAG 2.2 AA on any page, in light and dark."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.conftest import Serve
from tests.conftest import Example

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = [
    "", "boards/machining/", "items/2026-10-wages-company/", "items/2026-11-appointment/",
    "items/2026-10-wages-company/?v=deadbeef", "archive/", "posters/", "posters/recall.html",
    "duties/", "report/", "opinions/", "as-of/",
    "checks/", "checks/coverage-missing/", "changes/", "screen/", "screen/machining/",
    "screen/machining/?log", "about/",
]  # fmt: skip


DESK, PHONE = PAGES[1:15:4], PAGES[2:15:4]


@pytest.mark.parametrize(
    ("pages", "width", "scheme"), [(DESK, 1280, "default"), (PHONE, 390, "slate")]
)
def test_axe_finds_nothing(
    pages: list[str], width: int, scheme: str, example: Example, serve: Serve, browser: Browser
) -> None:
    """Half of the pages, some in the light of a desk, some at night on a phone; each page in each
    light and width is among the long runs."""
    assert found_by_axe(serve(example.folder), pages, width, scheme, browser) == {}


def found_by_axe(
    site: str, pages: list[str], width: int, scheme: str, browser: Browser
) -> dict[str, Any]:
    """What axe has to say about pages, if anything."""
    size = ViewportSize(width=width, height=900)
    context = browser.new_context(viewport=size, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    found: dict[str, Any] = {}
    for path in pages:
        page.goto(site + path)
        page.evaluate("name => document.body.setAttribute('data-md-color-scheme', name)", scheme)
        page.wait_for_timeout(100)
        page.add_script_tag(content=AXE)
        result = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
        told = [
            (one["id"], node["html"][:120]) for one in result["violations"] for node in one["nodes"]
        ]
        if told:
            found[path] = told[:3]
    context.close()
    return found


def test_a_wide_table_is_reached_by_keyboard(
    example: Example, serve: Serve, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto(serve(example.folder) + "items/2026-10-wages-company/")
    page.wait_for_timeout(300)
    table = page.locator(".md-typeset__scrollwrap").first
    table.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert table.evaluate("one => one.scrollLeft") > 0
    page.close()
