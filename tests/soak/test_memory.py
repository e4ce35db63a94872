"""Two thousand posters in one process stay under a ceiling (typst#8628)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.sites import item, make_site

DRAW = """\
import resource, sys
from pathlib import Path
from gongkai.status.edition import make_edition
from gongkai.render.poster.posters import Posters
from tests.sites import check, instant
from gongkai.source.site import read_site
site = read_site(Path(sys.argv[1]))
edition = make_edition(check(site, "2026-11-22").standings)
posters = Posters(edition)
for number, standing in enumerate(edition.published()):
    posters.item(standing)
    if number == 100:
        early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(number + 1, early, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
CEILING = 250_000
"""Kilobytes by which a process may grow between its 100th poster and its last."""


def test_posters_do_not_fill_the_memory(tmp_path: Path, share: int) -> None:
    wanted = 2000 // share
    text = "第{n}项的正文，{n}号，" * 20
    files = {
        f"content/items/x{n}.md": item(title=f"第{n}项", body=text.format(n=n))
        for n in range(wanted)
    }
    make_site(tmp_path, files)
    command = [sys.executable, "-c", DRAW, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    count, early, late = map(int, done.stdout.split())
    assert count == wanted
    assert late - early < CEILING
