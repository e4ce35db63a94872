"""A month of news for workers, with power cuts and failing robots."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reminders.test_news import server, tells_workers_once
from tests.robots import Robots

__all__ = ["server"]


def test_each_piece_of_news_of_a_month_once(
    server: Robots, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tells_workers_once(30, server, tmp_path, monkeypatch)
