"""Who reads the manual in English and does what it says gets there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.test_manual import RUN, follow, name


@pytest.mark.skipif(sys.platform == "win32", reason="the blocks are for a POSIX shell")
def test_a_reader_of_the_english_pages(tmp_path: Path, kept: Path, share: int) -> None:
    pages = [one for one in RUN if name(one).startswith("en")]
    for number, page in enumerate(pages[:: min(share, 8)]):
        follow(page, tmp_path / str(number), kept)
