"""Takes the pictures of the README and the manual from a build of the example."""

from __future__ import annotations

import functools
import http.server
import shutil
import tempfile
import threading
from pathlib import Path

import pypdfium2
from playwright.sync_api import sync_playwright

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.source.scalars import Moment
from gongkai.source.site import read_site

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
DAY = "2026-11-22 08:00"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
PAGES = {
    "screen": ("screen/machining/", 1920, 1080),
    "home": ("", 1440, 1100),
    "board": ("boards/machining/", 1280, 900),
    "phone": ("boards/machining/", 390, 844),
    "report": ("report/", 1440, 1100),
    "screens": ("screen/", 1280, 900),
}
POSTERS = {"poster": "2026-10-wages-company", "notice": "2026-11-appointment"}


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server that does not talk, at the pictures' instant."""

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002 - the base's name

    def date_time_string(self, timestamp: float | None = None) -> str:
        return "Sun, 22 Nov 2026 00:00:00 GMT" if timestamp is None else ""


def main() -> None:
    """Build, look, and keep what was seen."""
    site = read_site(ROOT)
    folder = Path(tempfile.mkdtemp())
    out = folder / "site"
    build(BuildRequest(site, Moment(site.zone)(DAY), out, render_shell))
    for name, item in POSTERS.items():
        page = pypdfium2.PdfDocument(out / f"posters/items/{item}.pdf")[0]
        width = 720 / page.get_width()
        page.render(scale=width).to_pil().quantize(64).save(IMAGES / f"{name}.png", optimize=True)
    _pages(out)
    shutil.rmtree(folder)


def _pages(out: Path) -> None:
    handler = functools.partial(Quiet, directory=str(out))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, (path, width, height) in PAGES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.clock.install(time="2026-11-22T08:00:00+08:00")
            page.goto(f"http://127.0.0.1:{server.server_port}/{path}")
            page.clock.run_for(1000)
            if name == "screen":
                _turn_to(page, "2026-10-wages-company")
            page.wait_for_timeout(6000 if name == "screens" else 1000)  # pages fade in, frames load
            page.screenshot(path=IMAGES / f"{name}.png")
        browser.close()


def _turn_to(page: object, item: str) -> None:
    """Turn the screen's pages until an item shows."""
    for _ in range(100):
        if page.locator(f".page.on article[data-item='{item}']").count():  # type: ignore[attr-defined]
            return
        page.keyboard.press("ArrowRight")  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
