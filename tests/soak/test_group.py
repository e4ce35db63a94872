"""A thousand factories, ten of them broken in ten ways: each of the ten is named, none is left
out, and the memory stays under half a gigabyte."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.source.site import read_site
from tests.federation.test_federate import BROKEN, MIDNIGHT, NOW
from tests.group import Pattern
from tests.sites import instant

FACTORIES = 1000
CEILING = 500_000
"""Kilobytes of the whole run."""
MEASURED = """\
import re, sys
from pathlib import Path
from gongkai.cli import main as cli
status = cli.main(sys.argv[1:])
told = Path("/proc/self/status")
text = told.read_text() if told.exists() else "VmHWM: 0 kB"
print("peak", re.search(r"VmHWM:\\s+(\\d+)", text)[1])
raise SystemExit(status)
"""
"""Not by getrusage: what that tells is begun by the process that this one was started from."""


def test_a_thousand_factories(tmp_path: Path, share: int) -> None:
    example = read_site(Path(__file__).parent.parent.parent)
    build(BuildRequest(example, instant(example, "2026-11-22"), tmp_path / "example", render_shell))
    pattern = Pattern(tmp_path / "example")
    rates = {"timeliness": (1, 3)}
    count = max(2 * len(BROKEN), FACTORIES // share)
    sites = [
        pattern.publish(tmp_path / f"{number:04}", f"第{number}厂", MIDNIGHT, rates=rates)
        for number in range(count)
    ]
    command = [sys.executable, "-c", MEASURED, "federate", *map(str, sites)]
    command += ["--out", str(tmp_path / "out"), "--at", NOW.isoformat()]
    assert subprocess.run(command, capture_output=True).returncode == 0
    step = count // len(BROKEN)
    spoiled = {number * step: how for number, how in enumerate(BROKEN)}
    for number, how in spoiled.items():
        BROKEN[how][0](sites[number])
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    named = done.stderr.splitlines()[:-1]
    for number in spoiled:
        assert [line for line in named if f"第{number}厂：" in line], (number, done.stderr)
    assert len(named) == len(spoiled)
    text = (tmp_path / "out/index.html").read_text("utf-8")
    assert all(f">第{number}厂<" in text for number in range(count))
    peak = int(done.stdout.rpartition("peak ")[2])
    assert peak < CEILING, peak
