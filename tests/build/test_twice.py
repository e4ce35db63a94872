"""A program that calls us twice in one process gets two sites."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.sites import item, make_site

TWICE = """\
import sys
from gongkai.cli.main import main
for count, day in enumerate(("2026-11-10", "2026-11-11")):
    place = ["--root", sys.argv[1], "--at", day, "--out", f"{sys.argv[1]}/site{count}"]
    assert main(["build", "--clean", "--jobs", str(count + 1), *place]) == 0
"""


def test_building_again_in_the_same_process_does_not_wait_for_ever(tmp_path: Path) -> None:
    files = {
        f"content/items/{n}.md": item(title=f"第{n}项", channels="[poster]") for n in range(16)
    }
    make_site(tmp_path, files)
    command = [sys.executable, "-c", TWICE, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
