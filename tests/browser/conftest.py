"""A real Chromium, or a skip that says so; a server on loopback; no network beyond it."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from weakref import WeakKeyDictionary

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from benchmarks.search import PROGRAMS

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

Start = Callable[..., Browser]


@pytest.fixture(scope="session")
def start() -> Iterator[Start]:
    """Starts a browser, with an environment of its own if one is given."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        yield functools.partial(playwright.chromium.launch, executable_path=program, args=FLAGS)


@pytest.fixture(scope="session")
def browser(start: Start) -> Iterator[Browser]:
    started = start()
    yield started
    started.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Does not tell the time: a screen would take the true one over the clock set for the test."""

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002

    def date_time_string(self, timestamp: float | None = None) -> str:
        return "" if timestamp is None else super().date_time_string(timestamp)


Serve = Callable[[Path], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers = []

    def start(folder: Path) -> str:
        handler = functools.partial(Quiet, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


Open = Callable[..., Page]
_asked: WeakKeyDictionary[Page, set[Request]] = WeakKeyDictionary()


def settle(page: Page) -> None:
    """Wait until whatever a page asked for was answered, and nothing more comes of it."""
    still = 0
    while still < 4:
        page.wait_for_timeout(25)
        still = 0 if _asked[page] else still + 1


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens an address at an instant of the reader's clock; off-host requests fail the test."""
    contexts = []
    foreign: list[str] = []

    def go(url: str, at: str, width: int = 1920, height: int = 1080, **options: object) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            timezone_id="Asia/Shanghai",
            **options,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        asked = _asked[page] = set()
        page.on("request", lambda one: asked.add(one))
        for end in ("requestfinished", "requestfailed"):
            page.on(end, lambda one: asked.discard(one))
        page.on("request", lambda r: foreign.append(r.url) if "127.0.0.1" not in r.url else None)
        page.clock.install(time=at)
        page.goto(url)
        return page

    yield go
    for context in contexts:
        context.close()
    assert [url for url in foreign if not url.startswith(("data:", "blob:", "file:"))] == []
