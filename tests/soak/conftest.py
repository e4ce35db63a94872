"""Long runs: a tenth of each unless ``--whole`` is given (``make soak``)."""

from __future__ import annotations

import pytest

from tests.browser.conftest import browser, open_page, serve, start

__all__ = ["browser", "open_page", "serve", "start"]
"""One browser for all: Playwright cannot be started twice."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--whole", action="store_true", help="the whole of each long run")


@pytest.fixture(scope="session")
def share(request: pytest.FixtureRequest) -> int:
    """By how much a long run is divided."""
    return 1 if request.config.getoption("--whole") else 10
