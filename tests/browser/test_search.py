"""Any piece of a text is found, of what hangs and of what hung before, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from gongkai.mkdocs_plugin import render_shell
from gongkai.pipeline import build
from gongkai.render import search
from tests.browser.conftest import Open, Serve, settle
from tests.sites import instant, item, make_site

MORNING = "2026-11-22T09:00:00+08:00"
FILES = {
    "content/items/now.md": item(title="食堂收支", body="临时食堂座位不够，示例甲提出。"),
    "content/items/other.md": item(title="座食堂临", body="位时，座。不够。"),
    "content/items/tag.md": item(title="<img src=x onerror=alert(1)> & 名"),
    "content/items/old.md": item(title="旧事", publish="2026-03-02", expires="2026-03-31"),
    "content/items/older.md": item(
        title="更早", publish="2025-03-02", expires="2025-03-31", body="旧事一桩"
    ),
}


@pytest.fixture
def front(tmp_path: Path, serve: Serve, open_page: Open, monkeypatch: pytest.MonkeyPatch) -> Page:
    """The front page of a site whose past lies by the month."""
    monkeypatch.setattr(search, "LARGEST", 100)
    site = make_site(tmp_path, FILES)
    build(site, instant(site, "2026-11-22"), site.out, render_shell)
    return open_page(serve(site.out), MORNING, 1280, 900)


def typed(page: Page, word: str) -> list[str]:
    """What is shown above Material's own results."""
    box = page.locator(".md-search__input")
    box.click()
    box.fill(word)
    settle(page)
    return [one.splitlines()[0].strip() for one in page.locator(".gk-exact li").all_inner_texts()]


@pytest.mark.parametrize("word", ["座位", "堂座位不", "示例甲", "食堂收"])
def test_only_what_has_that_very_piece_is_shown_first(word: str, front: Page) -> None:
    assert typed(front, word) == ["食堂收支"]


def test_what_has_it_in_the_title_stands_before_what_has_it_in_the_text(
    tmp_path: Path, serve: Serve, open_page: Open
) -> None:
    files = {
        "content/items/a.md": item(title="别的事", body="说到浴室。"),
        "content/items/b.md": item(title="浴室开放", body="时间。"),
    }
    site = make_site(tmp_path, files)
    build(site, instant(site, "2026-11-22"), site.out, render_shell)
    page = open_page(serve(site.out), MORNING, 1280, 900)
    assert typed(page, "浴室") == ["浴室开放", "别的事"]


def test_a_title_with_html_in_it_stays_text(front: Page) -> None:
    assert typed(front, "onerror") == ["<img src=x onerror=alert(1)> & 名"]
    assert front.locator(".gk-exact img").count() == 0


def test_what_hung_before_is_offered_and_found_the_newest_first(front: Page) -> None:
    assert typed(front, "旧事") == []
    front.locator(".gk-past-link").click()
    rows = front.locator(".gk-past li")
    rows.nth(1).wait_for()
    assert [one.split()[0] for one in rows.all_inner_texts()] == ["旧事", "更早"]
    assert "已到期" in rows.nth(0).inner_text()
    assert "找到 2 项" in front.locator(".gk-past [role=status]").inner_text()
    assert "find=" in front.url
