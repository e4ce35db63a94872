"""The editing page at the forges, and what it refuses; what it writes is in browser/test_forms."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Serve
from tests.browser.test_forms import (
    FORGES,
    ITEM,
    WRITTEN,
    commit_at,
    factory,
    signed_in,
    until,
)

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


def test_what_is_missing_is_said_and_nothing_is_saved(
    browser: Browser, serve: Serve, factory: Path, tmp_path: Path
) -> None:
    with signed_in("gitea", browser, serve, factory, tmp_path) as (clerk, forge):
        clerk.begin()
        clerk.field("公开期限").get_by_role("textbox").fill("明年")
        clerk.page.get_by_role("button", name="保存").click()
        clerk.page.get_by_text("写成 2026-12-09，或者写 长期").wait_for()
        assert clerk.page.get_by_text("此字段为必填项").count() >= 3
        assert len(forge.repository.log()) == 1


def test_what_is_reviewed_at_gitlab_waits_as_a_merge_request(
    browser: Browser, serve: Serve, factory: Path, tmp_path: Path
) -> None:
    """What is saved is a draft that the branch of the site knows nothing of."""
    review = ", review: true"
    with signed_in("gitlab", browser, serve, factory, tmp_path, review) as (clerk, forge):
        clerk.write()
        until(lambda: bool(forge.requests))
        (one,) = forge.requests.values()
        assert one["title"].startswith("Draft: ")
        assert len(forge.repository.log()) == 1
        assert forge.repository.on(one["source_branch"]).read(ITEM).rstrip() == WRITTEN.rstrip()
