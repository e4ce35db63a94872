"""Two thousand items that pass ``check``, and are built."""

from __future__ import annotations

from pathlib import Path

from tests.test_green import breaches

SITES, ITEMS = 90, 40
"""About half of the items are wrong on purpose and left out."""


def test_what_passes_the_check_is_built(tmp_path: Path, share: int) -> None:
    seeds = range(SITES if share == 1 else 3)
    found = {seed: breaches(seed, ITEMS, tmp_path / str(seed)) for seed in seeds}
    assert {seed: value for seed, value in found.items() if value} == {}
