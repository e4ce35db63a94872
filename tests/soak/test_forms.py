"""The editing page at the forges; what it writes into a folder is in browser/test_forms."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Serve
from tests.browser.test_forms import FORGES, commit_at, factory

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
