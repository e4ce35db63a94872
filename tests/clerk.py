"""Somebody at the forms without a browser: sends back what a page shows, as a browser would."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode

import msgspec

from gongkai.build.frame_cache import MakeShell
from gongkai.domain.model import Site
from gongkai.files.workers import ALONE
from gongkai.preview.forms.door import Forms
from gongkai.preview.pages import Preview
from gongkai.preview.server import FormAnswer, FormRequest
from gongkai.render.frame import Shell
from gongkai.source.site import read_site
from tests.sites import instant

Pairs = list[tuple[str, str]]


class Fields(HTMLParser):
    """What the form of a page would send, and what its page says."""

    def __init__(self, page: str, selector: str = "edit") -> None:
        super().__init__()
        self.pairs: Pairs = []
        self.said: list[str] = []
        self.depth = 0
        self.is_in, self.select, self.area = False, "", ""
        self.selector = selector
        self.first: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "template":
            self.depth += 1
        if self.depth:
            return
        if tag == "form":
            self.is_in = found.get("class") == self.selector
        elif self.is_in:
            self._input(tag, found)

    def _input(self, tag: str, found: Mapping[str, str]) -> None:
        kind = found.get("type", "text")
        if tag == "input" and "name" in found:
            if kind != "checkbox" or "checked" in found:
                self.pairs.append((found["name"], found.get("value", "")))
        elif tag == "select":
            self.select, self.first = found["name"], None
        elif tag == "option" and self.select:
            if self.first is None or "selected" in found:
                self.first = found.get("value", "")
        elif tag == "textarea":
            self.area = found["name"]
            self.pairs.append((self.area, ""))

    def handle_data(self, data: str) -> None:
        if self.area and not self.depth:
            name, value = self.pairs[-1]
            self.pairs[-1] = (name, value + data)
        elif data.strip():
            self.said.append(data.strip())

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self.depth -= 1
        elif tag == "form":
            self.is_in = False
        elif tag == "select" and self.select and not self.depth:
            self.pairs.append((self.select, self.first or ""))
            self.select = ""
        elif tag == "textarea" and self.area:
            name, value = self.pairs[-1]
            self.pairs[-1] = (name, value.removeprefix("\n"))
            self.area = ""


def no_shell(_: Site, folder: Path) -> Shell:
    """A frame that nobody looks at."""
    return Shell(folder, {}, {})


class Clerk:
    """A clerk at the forms of a site."""

    def __init__(self, root: Path, at: str) -> None:
        self.root, self.at = root, at
        make: MakeShell = no_shell
        self.preview = Preview(
            read=lambda: read_site(root),
            clock=lambda site: instant(site, self.at),
            tell=lambda _: None,
            make_shell=make,
            means=ALONE,
            folder=root / ".gongkai" / "frame",
        )
        self.preview.build(root)
        self.forms = Forms(self.preview)

    def get(self, page: str) -> str:
        answer = self.forms(
            FormRequest(f"/forms/{page.partition('?')[0]}", page.partition("?")[2], None, True)
        )
        assert answer.status == 200, answer.body.decode()
        return answer.body.decode()

    def open(self, path: str, row: str = "", act: str = "") -> Pairs:
        """What the form of a file would send if nothing were touched."""
        page = self.get(f"edit?path={quote(path)}&row={quote(row)}&act={act}")
        return Fields(page).pairs

    def post(self, page: str, pairs: Pairs, *, is_ours: bool = True) -> FormAnswer:
        lines = [(name, value.replace("\n", "\r\n")) for name, value in pairs]
        asked = FormRequest(f"/forms/{page}", "", urlencode(lines).encode(), is_ours)
        return self.forms(asked)

    def save(self, pairs: Pairs, **new: str) -> FormAnswer:
        """Send a form with some fields filled in anew, by their names with ``__`` for dots."""
        return self.post("save", with_new(pairs, **new))

    def put(self, page: str, name: str, data: bytes, **asked: str) -> dict[str, object]:
        """Drop a file."""
        query = urlencode({**asked, "name": name})
        answer = self.forms(FormRequest(f"/forms/{page}", query, data, True))
        found: dict[str, object] = msgspec.json.decode(answer.body)
        return found

    def text(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()


def with_new(pairs: Pairs, **new: str) -> Pairs:
    """A form with some fields filled in anew."""
    names = {name.replace("__", "."): value for name, value in new.items()}
    kept = [(name, value) for name, value in pairs if name not in names]
    return [*kept, *names.items()]
