"""Pages for desks and phones, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.mkdocs_plugin import render_shell
from gongkai.pipeline import build
from tests.browser.conftest import Open, Serve
from tests.conftest import Example
from tests.sites import instant, item, make_site

AT = "2026-11-22T08:00:00+08:00"
KINDS = ["", "boards/machining/", "items/2026-10-wages-company/", "items/2026-11-aid/", "archive/",
         "posters/", "about/", "object/"]  # fmt: skip


@pytest.mark.parametrize("path", KINDS)
def test_a_phone_never_scrolls_sideways(
    path: str, example: Example, serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(example.folder) + path, AT, 390, 844)
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


@pytest.mark.parametrize("word", ["工资", "食堂", "三坐标", "工匠"])
def test_search_finds_words_and_fragments(
    word: str, example: Example, serve: Serve, open_page: Open
) -> None:
    page = open_page(f"{serve(example.folder)}?q={word}", AT, 1440, 900)
    results = page.locator(".md-search-result__list h1")
    results.first.wait_for(state="attached")
    assert any(word in text for text in results.all_inner_texts())


def test_what_has_expired_since_the_build_is_gone_by_the_readers_clock(
    example: Example, serve: Serve, open_page: Open
) -> None:
    url = serve(example.folder)
    page = open_page(url + "boards/machining/", "2026-12-11T00:00:01+08:00", 1440, 900)
    assert not page.locator("article[data-item='2026-10-wages-company']").is_visible()
    assert "无法确认" in page.locator(".gk-age").inner_text()
    page = open_page(url + "items/2026-10-wages-company/", "2026-12-11T00:00:01+08:00", 1440, 900)
    assert "已到期" in page.locator(".gk-status").inner_text()


def test_days_left_are_counted_in_working_days(
    example: Example, serve: Serve, open_page: Open
) -> None:
    url = serve(example.folder)
    for at, words in (
        ("2026-11-18T08:00:00+08:00", "还剩5个工作日"),
        ("2026-11-22T08:00:00+08:00", "还剩2个工作日"),
        ("2026-11-24T08:00:00+08:00", "今天截止"),
    ):
        page = open_page(url, at, 1440, 900)
        assert page.locator(".gk-newest .gk-left").first.inner_text() == words


def test_a_board_can_be_searched_picked_from_and_enlarged(
    tmp_path: Path, serve: Serve, open_page: Open
) -> None:
    files = {
        "content/items/a.md": item(title="食堂收支", body="大米 100 元"),
        "content/items/b.md": item(title="安排", category="常设信息", body="调休"),
    }
    site = make_site(tmp_path, files)
    build(site, instant(site, "2026-11-10"), tmp_path / "site", render_shell)
    address = serve(tmp_path / "site") + "boards/machining/"
    page = open_page(address, "2026-11-10T09:00:00+08:00", 390, 800)
    titles = page.locator(".gk-item:visible h3")
    page.get_by_label("在本栏查找").fill("大米")
    assert titles.all_inner_texts() == ["食堂收支"]
    assert page.locator(".gk-tools [role=status]").inner_text() == "找到1项"
    page.get_by_label("在本栏查找").fill("")
    assert titles.count() == 2
    section = page.locator(".gk-section", has_text="调休").get_attribute("aria-labelledby")
    page.locator(".gk-tools select").select_option(section)
    assert titles.all_inner_texts() == ["安排"]
    before = titles.first.bounding_box()
    page.get_by_role("button", name="大字").click()
    after = titles.first.bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] > before["height"] * 1.2
    page.reload()
    assert page.locator(".gk-large").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
