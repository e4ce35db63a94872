"""Who reads the manual in English and does what it says gets there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.test_manual import LONG, RUN, follow, name


@pytest.mark.skipif(sys.platform == "win32", reason="the blocks are for a POSIX shell")
def test_a_reader_of_the_english_pages_and_of_long_ones(
    tmp_path: Path, kept: Path, share: int
) -> None:
    pages = [path for path in RUN if name(path).startswith("en")][:: min(share, 8)]
    pages += [path for path in RUN if name(path) in LONG]
    for number, page in enumerate(pages):
        follow(page, tmp_path / str(number), kept)
