"""From the save of a file to its new page being served by ``serve``."""

from __future__ import annotations

import json
import re
import subprocess
import time
import urllib.request
from pathlib import Path

from benchmarks.measure import surroundings

PATIENCE = 120.0


def latencies(command: list[str], root: Path, edits: int) -> list[float]:
    """Seconds from each save until its new page was answered, under one running preview.

    It goes as in a browser: one request waits to be told of a change, then the page is fetched.
    """
    path = sorted((root / "content" / "items").rglob("*.md"))[-1]
    before = path.read_text("utf-8")
    with subprocess.Popen(
        command, cwd=root, env=surroundings(), stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            line = server.stderr.readline() if server.stderr else ""
            found = re.search(r"http://\S+/", line)
            url = found[0] if found else ""
            page = f"{url}items/{path.stem}/"
            _get(page)
            time.sleep(1)
            return [_one(path, before, url, page, f"改动 {n} 次") for n in range(edits)]
        finally:
            server.terminate()
            path.write_text(before, "utf-8")


def _one(path: Path, before: str, url: str, page: str, title: str) -> float:
    text = re.sub(r"(?m)^title: .*$", f"title: {title}", before)
    seen = json.loads(_get(f"{url}__preview__/state?-1"))["number"]
    started = time.perf_counter()
    path.write_text(text, "utf-8")
    while title not in _get(page):
        seen = json.loads(_get(f"{url}__preview__/state?{seen}"))["number"]
    took = time.perf_counter() - started
    time.sleep(0.7)  # an editor is not quicker; the preview looks around in the meantime
    return took


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 - loopback
        return str(answer.read().decode())
