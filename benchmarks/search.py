"""How soon a reader finds what hangs, in a real browser: ``python -m benchmarks.search``.

Fragments of two to six characters out of titles and texts of current items are typed into the
search of the front page; it prints the bytes that were fetched and the seconds each took.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from playwright.sync_api import Browser, Error, Response, sync_playwright

from benchmarks.corpus import make_corpus
from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.source.scalars import Moment
from gongkai.source.site import read_site

AT = "2026-11-22"
FLAGS = "--no-sandbox --disable-gpu --disable-quic --disable-background-networking".split()
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The same engine, of which the first draws no window that nobody sees: a third of the time."""
RESULTS = ".gk-found li"
_FOUND = """([selector, piece]) => [...document.querySelectorAll(selector)]
  .some((one) => one.innerText.includes(piece))"""


class Asked(NamedTuple):
    """What came of it: fragments that were not found; of each the bytes fetched before it was, by a
    browser that had nothing yet, and the seconds it took."""

    lost: list[str]
    fetched: list[int]
    seconds: list[float]


def make(root: Path, items: int) -> Path:
    """A published site of so many items."""
    make_corpus(root, items)
    site = read_site(root)
    build(BuildRequest(site, Moment(site.zone)(AT), site.out, render_shell))
    return site.out


def fragments(out: Path, count: int, seed: int = 5) -> Iterator[str]:
    """Pieces of the titles and texts of what hangs."""
    chance = Random(seed)  # noqa: S311 (a sample, no secret)
    files = (out / "search/texts").glob("*.json")
    items = [row for path in sorted(files) for row in json.loads(path.read_text("utf-8"))]
    while count:
        _, title, words = chance.choice(items)
        text = f"{title} {words}"
        length = chance.randrange(2, 7)
        at = chance.randrange(0, max(1, len(text) - length))
        piece = text[at : at + length]
        if len(piece) >= 2 and all("\u4e00" <= one <= "\u9fff" for one in piece):
            count -= 1
            yield piece


def ask(browser: Browser, address: str, pieces: Iterator[str]) -> Asked:
    """Type each into the search of a site's front page, and wait for a hit that shows it."""
    found = Asked([], [], [])
    for piece in pieces:
        page = browser.new_page()
        sizes: list[int] = []
        page.on("response", functools.partial(_count, sizes))
        page.goto(address)
        box = page.locator(".md-search__input")
        box.click()
        begun = time.perf_counter()
        box.fill(piece)
        try:
            page.wait_for_function(_FOUND, arg=[RESULTS, piece], polling=5, timeout=5000)
        except Error:
            found.lost.append(piece)
        found.seconds.append(time.perf_counter() - begun)
        found.fetched.append(sum(sizes))
        page.close()
    return found


def _count(sizes: list[int], one: Response) -> None:
    if "search" in one.url or "lunr" in one.url:
        sizes.append(int(one.headers["content-length"]))


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--items", type=int, default=10_000)
    asked.add_argument("--fragments", type=int, default=200)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        out = make(Path(folder) / "site", options.items)
        handler = functools.partial(_Quiet, directory=str(out))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        program = next(filter(None, map(shutil.which, PROGRAMS)), None)
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        address = f"http://127.0.0.1:{server.server_port}/"
        found = ask(browser, address, fragments(out, options.fragments))
        browser.close()
        server.shutdown()
    middle, worst = statistics.median(found.seconds), max(found.seconds)
    print(f"{len(found.seconds)} fragments, {len(found.lost)} not found {found.lost[:5]}")
    most = max(found.fetched)
    print(f"up to {most} bytes before a hit, median {middle:.3f} s, longest {worst:.3f} s")


if __name__ == "__main__":
    main()
