"""What asking a repository's past costs a check: thousands of commits over a corpus."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Command, seconds

COMMITS = 5_000
_START = 1_600_000_000
_APART = 30_000
"""Seconds from one commit to the next."""


def cost(check: Command, site: Path, cwd: Path, rounds: int = 3) -> float:
    """The seconds that a check of a site takes longer once it has a history; best of some runs."""
    before = min(seconds(check, cwd) for _ in range(rounds))
    _commit(site)
    return min(seconds(check, cwd) for _ in range(rounds)) - before


def _commit(site: Path) -> None:
    """Commit a site's items, a few at a time, and now and then that one was looked at."""
    subprocess.run(["git", "init", "-q", "-b", "main", str(site)], check=True)
    command = ["git", "-C", str(site), "fast-import", "--quiet"]
    subprocess.run(command, input=b"".join(_stream(site)), check=True)
    subprocess.run(["git", "-C", str(site), "reset", "-q", "--mixed"], check=True)


def _stream(site: Path) -> Iterator[bytes]:
    rng = random.Random(1)  # noqa: S311 - a corpus, not a key
    items = sorted((site / "content" / "items").rglob("*.md"))
    each = -(-len(items) // COMMITS)
    known: list[Path] = []
    for number in range(COMMITS):
        at = _START + number * _APART
        yield f"commit refs/heads/main\ncommitter 示例 <a@example.invalid> {at} +0800\n".encode()
        yield b"data 1\nx\n"
        for path in items[number * each : (number + 1) * each]:
            known.append(path)
            yield _file(site, path, path.read_bytes())
        if rng.random() < 0.9:
            path = rng.choice(known)
            entry = f"\nreviewed: [{{date: 2026-10-01, by: 工会, checked: 第{number}次}}]\n---\n"
            yield _file(site, path, path.read_bytes().replace(b"\n---\n", entry.encode(), 1))
    yield f"commit refs/heads/main\ncommitter 示例 <a@example.invalid> {at + 1} +0800\n".encode()
    yield b"data 1\nx\n"
    yield from (_file(site, path, path.read_bytes()) for path in items)


def _file(site: Path, path: Path, text: bytes) -> bytes:
    name = path.relative_to(site).as_posix()
    return f"M 100644 inline {name}\ndata {len(text)}\n".encode() + text + b"\n"
