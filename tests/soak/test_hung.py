"""Fifty days of a generated year: each is answered as it was built."""

from __future__ import annotations

from gongkai.domain.model import Site
from tests.publish.test_hung import answered_as_built, year

__all__ = ["year"]


def test_fifty_days_of_a_year(year: Site, share: int) -> None:
    answered_as_built(year, 50 // share)
