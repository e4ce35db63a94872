"""Where other machines begin to pay: ``python -m benchmarks.afar``.

The same site is built cold by this machine alone, with one process and with two, and by two workers
of a cluster on this machine, each with one core. What a cluster costs is what it takes more than
two processes here; what it gives is the cores of other machines.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.corpus import make_corpus
from benchmarks.measure import seconds

HERE = Path(__file__).resolve().parent.parent
SITES = (
    (10_000, 50, 0.0),
    (1_000, 50, 0.0),
    (1_000, 50, 1.0),
    (10_000, 500, 0.0),
    (10_000, 500, 1.0),
)
"""Items, boards, and how many items have posters. What hangs, and so is set, is mostly the last
month of each board."""
WAYS = ("one process", "two processes", "two workers of a cluster")


def main() -> None:
    """Build with all three in turns, and print medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    memory = Path("/dev/shm")  # noqa: S108 - where there is one, no disk has a say
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        for items, boards, posters in SITES:
            took = _measure(Path(folder), items, boards, posters, rounds)
            told = ", ".join(f"{way} {statistics.median(took[way]):.2f} s" for way in WAYS)
            print(f"{items} items, {boards} boards, {posters:.0%} with posters: {told}", flush=True)


def _measure(
    folder: Path, items: int, boards: int, posters: float, rounds: int
) -> dict[str, list[float]]:
    root, out = folder / "site", folder / "out"
    make_corpus(root, items, boards, posters=posters)
    took: dict[str, list[float]] = {way: [] for way in WAYS}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.cluster", "2"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=HERE,
    ) as cluster:
        assert cluster.stdout
        address = cluster.stdout.readline().split()[0]
        options = dict(
            zip(WAYS, (["--jobs", "1"], ["--jobs", "2"], ["--executor", address]), strict=True)
        )
        for _ in range(rounds):
            for way, option in options.items():
                for left in (root / ".gongkai", out, folder / ".out.gongkai"):
                    shutil.rmtree(left, ignore_errors=True)
                command = [sys.executable, "-m", "gongkai", "build", "--root", str(root)]
                command += ["--at", "2026-11-22", "--out", str(out), "--quiet", *option]
                took[way].append(seconds(command, HERE))
        cluster.communicate()
    shutil.rmtree(root)
    return took


if __name__ == "__main__":
    main()
