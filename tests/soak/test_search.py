"""On a site of ten thousand items every fragment of what hangs is found, for 300 KB."""

from __future__ import annotations

from pathlib import Path

from benchmarks.search import ask, fragments, make
from tests.browser.conftest import Serve, Start

ITEMS, FRAGMENTS, MOST = 10_000, 200, 300_000


def test_two_hundred_fragments_are_found(
    tmp_path: Path,
    serve: Serve,
    start: Start,
    share: int,
) -> None:
    """How soon is measured by ``python -m benchmarks.search``."""
    out = make(tmp_path / "site", ITEMS)
    browser = start()
    found = ask(browser, serve(out), fragments(out, FRAGMENTS // share))
    browser.close()
    assert found.lost == []
    assert 0 < max(found.fetched) <= MOST
