"""The editing page at the forges, and what it refuses; what it writes into a folder is in
browser/test_forms."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Serve
from tests.browser.test_forms import FORGES, PUT, TAKE, Clerk, commit_at, factory, preview, texts

__all__ = ["factory"]


@pytest.mark.parametrize("forge", FORGES)
def test_an_item_becomes_a_commit(
    forge: str,
    browser: Browser,
    serve: Serve,
    factory: Path,
    tmp_path: Path,
) -> None:
    commit_at(forge, browser, serve, factory, tmp_path)


def test_what_is_missing_is_said_and_nothing_is_saved(browser: Browser, factory: Path) -> None:
    with preview(factory) as url:
        clerk = Clerk(browser, url)
        clerk.page.evaluate(PUT, texts(factory))
        clerk.page.get_by_role("button", name="使用本地仓库").click()
        clerk.begin()
        clerk.field("公开期限").get_by_role("textbox").fill("明年")
        clerk.page.get_by_role("button", name="保存").click()
        clerk.page.get_by_text("写成 2026-12-09，或者写 长期").wait_for()
        assert clerk.page.get_by_text("此字段为必填项").count() >= 3
        assert clerk.page.evaluate(TAKE) == texts(factory)
