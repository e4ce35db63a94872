"""The law of ``next`` for many more libraries than ``make test`` has time for."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.status.test_next import holds, texts


def test_rebuilding_when_next_says_so_is_as_good_as_every_hour(share: int) -> None:
    count = 120 if share == 1 else 6

    @settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck))
    @given(some.lists(texts(), min_size=1, max_size=6))
    def law(items: list[str]) -> None:
        holds(items, range(365 * 24))

    law()
