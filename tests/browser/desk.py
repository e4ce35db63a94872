"""The forms of a preview in Chromium, and somebody at them whose clicks are counted."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Page

from gongkai.preview.server import serve
from tests.clerk import Clerk


@contextmanager
def forms_of(root: Path, at: str) -> Iterator[str]:
    """The address of a site's forms, served by this process."""
    clerk, said, ready = Clerk(root, at), list[str](), threading.Event()

    def tell(line: str) -> None:
        said.append(line)
        if len(said) > 1:
            ready.set()

    clerk.preview.tell = tell
    started = threading.Thread(target=serve, args=(clerk.preview, root, 0, True, clerk.forms))
    started.start()
    try:
        assert ready.wait(30)
        yield said[1]
    finally:
        clerk.preview.stop()
        started.join(30)


class AtDesk:
    """A clerk with a mouse and a keyboard."""

    def __init__(self, browser: Browser, url: str, width: int = 1280) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="zh-CN", bypass_csp=True
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.url, self.clicks = url, 0
        self.foreign: list[str] = []
        self.broken: list[str] = []
        base = url.removesuffix("forms/")
        self.page.on("request", lambda one: self._asked(one.url, base))
        self.page.on("pageerror", lambda one: self.broken.append(str(one)))
        self.page.goto(url)

    def _asked(self, url: str, base: str) -> None:
        if not url.startswith((base, "data:", "blob:")):
            self.foreign.append(url)

    def click(self, name: str, role: str = "button") -> None:
        """Press something by what it is called."""
        self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
        self.clicks += 1

    def fill(self, name: str, text: str) -> None:
        """Fill in a field; to get there is a click."""
        self.page.locator(f'[name="{name}"]:visible').first.fill(text)
        self.clicks += 1

    def choose(self, name: str, text: str) -> None:
        self.page.locator(f'select[name="{name}"]:visible').select_option(text)
        self.clicks += 1

    def drop(self, selector: str, *paths: Path) -> None:
        """Drag files out of a folder into a page."""
        self.page.locator(selector).set_input_files([str(path) for path in paths])
        self.clicks += 1

    def open_all(self) -> None:
        """Every part that is folded, for a look at all fields."""
        self.page.evaluate(
            "for (const one of document.querySelectorAll('details')) one.open = true"
        )

    def save(self) -> None:
        self.click("保存")
        self.page.locator("p.done").wait_for()

    def leave(self) -> None:
        """Nothing left for elsewhere, nothing broke."""
        assert (self.foreign, self.broken) == ([], [])
        self.context.close()

    @property
    def path(self) -> str:
        """The file that is open."""
        return parse_qs(urlsplit(self.page.url).query)["path"][0]
