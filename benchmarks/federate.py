"""How long it takes to gather a thousand factories: ``python -m benchmarks.federate``.

Their manifests are those of the example site. Beside it stands the floor: the same files only read
and hashed, by one process.
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import peak, seconds
from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.source.scalars import Moment
from gongkai.source.site import read_site
from tests.group import Pattern

HERE = Path(__file__).resolve().parent.parent


def main() -> None:
    """Make the group, gather it three times, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--factories", type=int, default=1000)
    count = parser.parse_args().factories
    with tempfile.TemporaryDirectory() as folder:
        places = _group(Path(folder), count)
        at = "2026-11-22T07:00:00+08:00"
        command = [sys.executable, "-m", "gongkai", "federate", *places, "--at", at]
        command += ["--out", str(Path(folder, "out"))]
        took = [seconds(command, HERE) for _ in range(3)]
        most = peak(command, HERE)
        print(f"{count} factories: {statistics.median(took):.2f} s, {most:.0f} MB", end="; ")
        print(f"only read and hashed: {_floor(places):.2f} s")


def _group(folder: Path, count: int) -> Sequence[str]:
    site = read_site(HERE)
    midnight = Moment(site.zone)("2026-11-22")
    build(BuildRequest(site, midnight, folder / "example", render_shell))
    pattern = Pattern(folder / "example")
    return [
        str(pattern.publish(folder / f"{number:05}", f"第{number}厂", midnight, nights=365))
        for number in range(count)
    ]


def _floor(places: Sequence[str]) -> float:
    started = time.perf_counter()
    for place in places:
        for path in Path(place).rglob("*.json*"):
            hashlib.sha256(path.read_bytes()).hexdigest()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
