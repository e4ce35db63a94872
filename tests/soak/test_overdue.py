"""The law that all agree on what is overdue, at four instants of each day of a year."""

from __future__ import annotations

from pathlib import Path

from tests.sites import make_site
from tests.status.test_overdue import DAYS, SITE, all_agree


def test_at_every_sixth_hour_of_a_year_everybody_agrees(tmp_path: Path, share: int) -> None:
    all_agree(make_site(tmp_path, SITE).root, range(0, DAYS * 24, 6 if share == 1 else 42))
