"""Long runs of a real browser: a month of a screen, and the rest of the looks at every page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Open, Serve
from tests.browser.test_access import found_by_axe
from tests.browser.test_screens import board, forward, renewed
from tests.conftest import Example
from tests.sites import item

__all__ = ["board"]
"""Fixtures, used by their names."""


@pytest.mark.parametrize(("width", "scheme"), [(1280, "slate"), (390, "default")])
def test_axe_finds_nothing_in_the_other_light_either(
    width: int, scheme: str, example: Example, serve: Serve, browser: Browser
) -> None:
    assert found_by_axe(serve(example.folder), width, scheme, browser) == {}


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
