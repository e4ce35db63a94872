"""The editing page at GitLab, as at Gitea."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.conftest import Serve
from tests.browser.test_forms import commit_at, factory

__all__ = ["factory"]


def test_an_item_becomes_a_commit_at_gitlab(
    browser: Browser,
    serve: Serve,
    factory: Path,
    tmp_path: Path,
) -> None:
    commit_at("gitlab", browser, serve, factory, tmp_path)
