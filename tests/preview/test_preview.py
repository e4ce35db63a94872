"""Preview: what is saved is shown, what is broken is told, and nothing loops."""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.domain.model import Site
from gongkai.files.workers import ALONE
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.preview.pages import Preview
from gongkai.preview.server import serve
from gongkai.source.site import read_site
from tests.sites import ASIDE, instant, item, make_site


class Running:
    """A preview in a thread, with what it said."""

    def __init__(self, root: Path, poll: bool) -> None:
        self.root, self.said, self.at = root, list[str](), "2026-11-10"
        self.preview = Preview(
            read=lambda: read_site(root),
            clock=lambda site: instant(site, self.at),
            tell=self.said.append,
            make_shell=render_shell,
            means=ALONE,
            folder=root / ".gongkai" / "frame",
        )
        self.thread = threading.Thread(target=serve, args=(self.preview, root, 0, poll))
        self.thread.start()

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.said[0] + path) as answer:  # noqa: S310 - loopback
            return str(answer.read().decode())

    def next(self, seen: int) -> dict[str, object]:
        state: dict[str, object] = json.loads(self.get(f"__preview__/state?{seen}"))
        return state


@pytest.fixture(params=[False, True], ids=["events", "poll"])
def running(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Running]:
    make_site(tmp_path, {"content/items/x.md": item(title="第一版")})
    started = Running(tmp_path, request.param)
    started.preview.wait(0, 30)
    yield started
    started.preview.stop()
    started.thread.join(10)
    assert not started.thread.is_alive()


def save(path: Path, text: str) -> None:
    """Save as editors do that never leave half a file; of the others the preview may see half."""
    half = path.with_name(f".{path.name}")
    half.write_text(text, "utf-8")
    half.replace(path)


def test_what_is_saved_is_shown_and_what_is_broken_is_told(running: Running) -> None:
    path = running.root / "content/items/x.md"
    assert "第一版" in running.get("items/x/")
    assert "__preview__" in running.get("boards/machining/")
    save(path, item(title="第二版"))
    assert running.next(1)["problems"] == []
    assert "第二版" in running.get("items/x/")
    save(path, item(title="第三版", expires="2026-02-30"))
    assert "content/items/x.md:5:10" in str(running.next(2)["problems"])
    assert "第二版" in running.get("items/x/")
    save(path, item(title="第四版"))
    assert running.next(3)["problems"] == []
    assert "第四版" in running.get("items/x/")


def test_a_broken_configuration_is_told_and_healed(running: Running) -> None:
    config = (running.root / "mkdocs.yml").read_text("utf-8")
    (running.root / "mkdocs.yml").write_text("a: [", "utf-8")
    assert running.next(1)["problems"] != []
    (running.root / "mkdocs.yml").write_text(config, "utf-8")
    assert running.next(2)["problems"] == []


def test_it_does_not_loop_on_its_own_output(running: Running) -> None:
    number = running.preview.state.number
    time.sleep(1.5)  # nothing is waited for: nothing may come
    assert running.preview.state.number == number


def test_only_what_is_in_the_site_is_served(running: Running) -> None:
    for path in ("../../mkdocs.yml", "%2e%2e/%2e%2e/mkdocs.yml", "..%2f..%2fmkdocs.yml"):
        with pytest.raises(urllib.error.HTTPError):
            running.get(path)


def test_it_builds_when_an_instant_passes(running: Running) -> None:
    running.at = "2026-12-01 00:00"  # the item's last day is over
    running.preview.hint.set()
    assert running.next(1)["problems"] == []
    assert "第一版" not in running.get("boards/machining/").split("gk-section")[1]


def test_nothing_is_written_to_show_a_page(running: Running) -> None:
    assert "第一版" in running.get("items/x/")
    assert running.get("manifest.json")
    assert {path.name for path in running.root.iterdir()} <= {
        ".gongkai",
        "boards",
        "content",
        "mkdocs.yml",
    }


def shown(site: Site, folder: Path, *, drafts: bool = False) -> Preview:
    """A preview of a site on one day, without a server."""
    preview = Preview(
        read=lambda: site,
        clock=lambda site: instant(site, "2026-11-10"),
        tell=lambda _: None,
        make_shell=render_shell,
        means=ALONE,
        folder=folder / "frame",
        drafts=drafts,
    )
    preview.build(site.root)
    return preview


def test_every_page_of_a_preview_is_what_a_build_makes(tmp_path: Path) -> None:
    files = {
        "content/items/x.md": item(title="第一版", aliases="[former-x]"),
        "content/items/old.md": item(publish="2025-11-01", expires="2025-12-01"),
    }
    site = make_site(tmp_path / "site", files)
    build(BuildRequest(site, instant(site, "2026-11-10"), tmp_path / "out", render_shell))
    preview = shown(site, tmp_path)
    out = tmp_path / "out"
    made = {p.relative_to(out).as_posix(): p for p in out.rglob("*.*")}
    for path, file in made.items():
        if file.is_file() and path not in ("manifest.json", *ASIDE):
            assert preview.find(path) == file.read_bytes(), path
    assert preview.find("items/nobody/index.html") is None


def test_drafts_are_shown_only_when_asked_for_and_say_so(tmp_path: Path) -> None:
    files = {
        "content/items/draft.md": item(title="还没写完", draft="true"),
        "content/items/later.md": item(title="还没到日子", publish="2026-11-20"),
    }
    site = make_site(tmp_path / "site", files)
    for drafts in (False, True):
        preview = shown(site, tmp_path, drafts=drafts)
        board = (preview.find("boards/machining/index.html") or b"").decode()
        assert ("【草稿】还没写完" in board) is drafts
        assert ("【未到公开日期】还没到日子" in board) is drafts
        assert (preview.find("items/draft/index.html") is not None) is drafts
