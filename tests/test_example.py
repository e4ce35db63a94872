"""The example factory: worth looking at, publishable on any day, and what it shows is true."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from gongkai.domain.finding import Severity
from gongkai.domain.terms import Channel, Freshness, State
from gongkai.rules import check, settle
from gongkai.source.library import read_library
from gongkai.source.site import read_site
from gongkai.status.edition import is_open, make_edition
from gongkai.status.standing import stand
from tests import cases
from tests.conftest import ROOT, Example
from tests.sites import ASIDE, instant


def test_every_board_has_something_of_everything(example: Example) -> None:
    edition = make_edition(example.standings)
    assert len(edition.library.boards) == 5
    for board in edition.library.boards:
        entries = edition.view(board, Channel.WEB).entries
        kinds = {standing.freshness for standing in entries}
        assert {Freshness.FRESH, Freshness.DUE} <= kinds, board.id
        assert any(standing.is_late for standing in entries), board.id
        notices = [standing for standing in entries if is_open(standing, edition.standings.today)]
        windows = {
            (str(n.item.notice.first), str(n.item.notice.last)) for n in notices if n.item.notice
        }
        assert ("2026-11-18", "2026-11-24") in windows


def test_the_example_holds_a_correction_a_rule_a_withdrawal_and_something_to_come(
    example: Example,
) -> None:
    standings = list(example.standings.all())
    assert any(standing.item.correction and standing.hangs for standing in standings)
    assert any(standing.item.made_known and standing.hangs for standing in standings)
    assert any(standing.state is State.WITHDRAWN for standing in standings)
    assert any(standing.state is State.SCHEDULED for standing in standings)


@pytest.mark.sampled
def test_it_publishes_on_any_day_and_has_boards_worth_looking_at_through_2027() -> None:
    site = read_site(ROOT)
    library, findings = read_library(site)
    assert findings == []
    day, step = date(2026, 1, 1), timedelta(days=9 if cases.is_whole else 27)
    while day.year <= 2030:
        standings = stand(library, instant(site, str(day)))
        errors = [
            finding
            for finding in settle(check(standings), standings)
            if finding.severity is Severity.ERROR
        ]
        assert errors == [], day
        if day.year <= 2027 and day >= date(2026, 3, 1):
            edition = make_edition(standings)
            for board in library.boards:
                assert len(edition.view(board, Channel.WEB).entries) >= 6, (board.id, day)
        day += step


class Links(HTMLParser):
    """Addresses and anchors of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value and tag != "base":
                self.links.append(value)
            if name in ("id", "name") and value:
                self.anchors.add(value)


def read(page: Path) -> Links:
    links = Links()
    links.feed(page.read_text("utf-8"))
    return links


def test_no_link_and_no_anchor_leads_nowhere(example: Example) -> None:
    seen = {page: read(page) for page in example.pages()}
    lost = []
    for page, found in seen.items():
        here = "/" + page.relative_to(example.folder).as_posix().removesuffix("index.html")
        for link in found.links:
            parts = urlsplit(urljoin(f"http://site{here}", link))
            if parts.netloc != "site" or link.startswith(("mailto:", "tel:", "data:")):
                continue
            target = example.folder / unquote(parts.path).lstrip("/")
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or (
                parts.fragment and unquote(parts.fragment) not in seen[target].anchors
            ):
                lost.append((here, link))
    assert lost == []


def test_nothing_asks_another_host(example: Example) -> None:
    asking = re.compile(
        r"""(?:src|srcset|action|poster|data)=["']?https?://|@import|url\(["']?https?:"""
    )
    loading = re.compile(r"<link[^>]+href=[\"']?https?://(?!gongkai\.hengchuan\.example)[^>]+>")
    for path in [*example.pages(), *example.folder.rglob("*.css")]:
        text = path.read_text("utf-8")
        assert not asking.search(text), path
        assert not loading.search(text), path


def test_hidden_and_scheduled_texts_are_nowhere(example: Example) -> None:
    unseen = [
        standing.item
        for standing in example.standings.all()
        if standing.state in (State.SCHEDULED, State.DRAFT)
        or (
            standing.state is State.WITHDRAWN
            and standing.item.withdrawn
            and standing.item.withdrawn.hide
        )
    ]
    assert unseen
    shown = {
        standing.item.title for standing in example.standings.all() if standing.item not in unseen
    }
    texts = {
        path: path.read_text("utf-8")
        for path in example.folder.rglob("*")
        if path.suffix in (".html", ".json", ".xml")
    }
    for item in unseen:
        if not any(item.title in title for title in shown):
            for path, text in texts.items():
                assert item.title not in text, (item.id, path)


def test_paper_only_items_are_on_paper_only(example: Example) -> None:
    paper = [
        standing for standing in example.standings.all()
        if standing.item.channels == (Channel.POSTER,) and standing.state is not State.SCHEDULED
    ]  # fmt: skip
    assert any(standing.hangs for standing in paper)
    for standing in paper:
        for path in example.pages():
            inside = path.relative_to(example.folder).as_posix()
            text = path.read_text("utf-8")
            if not inside.startswith("posters/"):
                assert standing.item.title not in text, (standing.item.id, inside)
        if standing.hangs:
            assert (example.folder / f"posters/items/{standing.item.id}.pdf").is_file()
            page = example.page(f"items/{standing.item.id}/index.html")
            assert standing.version in page
            assert standing.item.id in page


def test_the_manifest_says_what_the_site_is(example: Example) -> None:
    import hashlib

    manifest = example.manifest
    assert manifest["schema"] == 1
    assert manifest["at"] == manifest["built_at"] == "2026-11-22T00:00:00+08:00"
    assert manifest["next_change"] > manifest["at"]
    states = {one["state"] for one in manifest["items"]}
    assert states == {"current", "expired", "withdrawn"}
    files = {
        path.relative_to(example.folder).as_posix()
        for path in example.folder.rglob("*")
        if path.is_file()
    }
    assert files - set(ASIDE) == {*manifest["files"], "manifest.json"}
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((example.folder / name).read_bytes()).hexdigest() == digest
    for one in manifest["items"]:
        for key in ("url", "poster"):
            if one.get(key):
                assert (example.folder / one[key]).exists()


def test_every_element_of_an_item_carries_its_instants(example: Example) -> None:
    for path in [
        *example.folder.glob("boards/*/index.html"),
        *example.folder.glob("screen/*/*.html"),
    ]:
        text = path.read_text("utf-8")
        marked = re.findall(r"<[^>]+data-item=[^>]+>", text)
        assert marked
        assert all("data-publish=" in one and "data-expires=" in one for one in marked)
    for path in example.folder.glob("screen/*/*.html"):
        assert re.search(
            r'<body[^>]+data-board="[^"]+" data-built="2026-11-22T', path.read_text("utf-8")
        )


@pytest.mark.parametrize("kind", ["image", "attachment", "table", "alias"])
def test_what_goes_with_items_is_there(example: Example, kind: str) -> None:
    items = [standing.item for standing in example.standings.all() if standing.hangs]
    if kind == "image":
        assert list((example.folder / "media").iterdir())
        screens = "".join(
            path.read_text("utf-8") for path in example.folder.glob("screen/*/*.html")
        )
        assert "../../media/" in screens
    elif kind == "attachment":
        (one, *_) = [item for item in items if item.attachments]
        assert (example.folder / f"items/{one.id}/{one.attachments[0].name}").is_file()
    elif kind == "table":
        (one, *_) = [item for item in items if item.attached]
        assert one.attached[0][1][0] in example.page(f"items/{one.id}/index.html")
    else:
        (one, *_) = [item for item in items if item.aliases]
        assert f"../{one.id}/" in example.page(f"items/{one.aliases[0]}/index.html")


def test_markdown_as_office_workers_type_it(example: Example) -> None:
    site = read_site(ROOT)
    assert site.zone.key == "Asia/Shanghai"
    bold = [
        standing
        for standing in example.standings.all()
        if standing.hangs and "**关于“" in standing.item.body.text
    ]
    assert bold
    page = example.page(f"items/{bold[0].item.id}/index.html")
    assert "<strong>" in page
