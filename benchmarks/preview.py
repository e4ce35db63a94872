"""From the save of a file to its new page being served by ``serve``."""

from __future__ import annotations

import re
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

PATIENCE = 120.0


def latencies(command: list[str], root: Path, edits: int) -> list[float]:
    """Seconds from each save to the first answer that shows it, under one running preview."""
    path = sorted((root / "content" / "items").rglob("*.md"))[-1]
    before = path.read_text("utf-8")
    with subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True) as server:
        try:
            line = server.stderr.readline() if server.stderr else ""
            found = re.search(r"http://\S+", line)
            url = f"{found[0] if found else ''}items/{path.stem}/"
            _wait_for(url, path.stem)
            time.sleep(1)
            return [_one(path, before, url, f"改动 {number} 次") for number in range(edits)]
        finally:
            server.terminate()
            path.write_text(before, "utf-8")


def _one(path: Path, before: str, url: str, title: str) -> float:
    text = re.sub(r"(?m)^title: .*$", f"title: {title}", before)
    started = time.perf_counter()
    path.write_text(text, "utf-8")
    _wait_for(url, title)
    took = time.perf_counter() - started
    time.sleep(0.7)  # an editor is not quicker; the preview looks around in the meantime
    return took


def _wait_for(url: str, text: str) -> None:
    """Ask until the answer has a text in it."""
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 - loopback
                if text in answer.read().decode():
                    return
        except urllib.error.URLError:
            time.sleep(0.05)
        time.sleep(0.002)
    raise TimeoutError(url)
