"""A reader asks what hung on a board on a day, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.mkdocs_plugin.plugin import render_shell
from tests.browser.conftest import Open, Serve
from tests.sites import instant, item, make_site

MORNING = "2026-11-20T09:00:00+08:00"


@pytest.fixture
def asked(tmp_path: Path, serve: Serve, open_page: Open) -> Page:
    """Published on the 10th, on the 12th at half past nine with another text and without the tea,
    and on the 15th after the soup's last day."""
    site = make_site(
        tmp_path,
        {
            "content/items/soup.md": item(title="汤", expires="2026-11-14"),
            "content/items/tea.md": item(title="茶"),
        },
    )
    for at in ("2026-11-10", "2026-11-12T09:30", "2026-11-15"):
        if at.startswith("2026-11-12"):
            (tmp_path / "content/items/tea.md").unlink()
            text = item(title="汤", expires="2026-11-14", body="改过")
            (tmp_path / "content/items/soup.md").write_text(text, "utf-8")
        build(BuildRequest(site, instant(site, at), site.out, render_shell))
    return open_page(f"{serve(site.out)}as-of/#2026-11-11,machining", MORNING)


def test_an_item_has_its_history(asked: Page) -> None:
    """Each version with when it was up, fetched when somebody asks."""
    asked.goto(asked.url.partition("as-of/")[0] + "items/soup/")
    asked.locator(".gk-history summary").click()
    asked.locator(".gk-history li").first.wait_for()
    rows = asked.locator(".gk-history li").all_inner_texts()
    assert ["2026-11-10 00:00 至 2026-11-12 09:30" in rows[0], len(rows)] == [True, 2]
    assert "2026-11-12 09:30 至 2026-11-15 00:00" in rows[1]
    assert rows[0].split()[1] != rows[1].split()[1]


def shown(page: Page, day: str = "") -> list[str]:
    """What the page lists, after another day was chosen if one is given."""
    page.locator(".gk-hung form").wait_for(state="visible")
    if day:
        page.locator("input[name=day]").fill(day)
    return [
        text.split(" ")[0] for text in page.locator(".gk-hung [role=status] li").all_inner_texts()
    ]


def test_each_day_is_answered(asked: Page) -> None:
    assert shown(asked) == ["汤", "茶"]
    assert shown(asked, "2026-11-13") == ["汤"]
    assert shown(asked, "2026-11-15") == []
    assert "什么也没有" in asked.locator(".gk-hung [role=status]").inner_text()


def test_a_day_on_which_something_changed_tells_when(asked: Page) -> None:
    assert shown(asked, "2026-11-12") == ["汤", "茶", "汤"]
    rows = asked.locator(".gk-hung [role=status] li").all_inner_texts()
    assert "09:30 止" in rows[0]
    assert "09:30 起" in rows[2]


def test_days_before_the_record_and_after_it_say_so(asked: Page) -> None:
    shown(asked, "2026-11-09")
    assert "2026-11-10 开始" in asked.locator(".gk-hung [role=status]").inner_text()
    shown(asked, "2026-11-19")
    assert "以后没有变化" in asked.locator(".gk-hung [role=status]").inner_text()


def test_an_answer_has_an_address_of_its_own(asked: Page) -> None:
    shown(asked, "2026-11-13")
    asked.reload()
    assert shown(asked) == ["汤"]
