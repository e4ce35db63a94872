"""A month of reminders, with power cuts and failing robots."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reminders.test_notify import server, tells_once
from tests.robots import Robots

__all__ = ["server"]


def test_a_month_tells_each_matter_once_and_nothing_twice_whatever_breaks(
    server: Robots, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tells_once(30, server, tmp_path, monkeypatch)
