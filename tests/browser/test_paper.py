"""From paper to the site and back, in a real browser: QR codes, and the print kiosk."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.mkdocs_plugin.plugin import render_shell
from tests.browser.conftest import Open, Serve
from tests.sites import CONFIG, instant, item, make_site

FIX = item(
    title="关于食堂收支的更正", kind="correction", corrects="x", publish="2026-11-12",
    correction="{reason: 录入错误, changes: [{where: 合计, old: 100, new: 120}]}",
)  # fmt: skip


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    """A site under a folder of its server, built on the 10th and, corrected, on the 12th."""
    files = {
        "mkdocs.yml": CONFIG + "site_url: http://board.example/factory/\n",
        "content/items/x.md": item(title="食堂收支"),
        "content/items/paper.md": item(title="只上墙", channels="[poster]"),
    }
    site = make_site(tmp_path, files)
    out = tmp_path / "www/factory"
    build(BuildRequest(site, instant(site, "2026-11-10"), out, render_shell))
    for name in ("x", "paper"):
        sheet = out / f"posters/items/{name}.png"
        (tmp_path / f"{name}.png").write_bytes(sheet.read_bytes())
    (tmp_path / "content/items/x.md").write_text(item(title="食堂收支", body="改过"), "utf-8")
    (tmp_path / "content/items/fix.md").write_text(FIX, "utf-8")
    build(BuildRequest(site, instant(site, "2026-11-12"), out, render_shell))
    return tmp_path


def scanned(picture: Path) -> str:
    """Where the code on a sheet leads, from the top of its server."""
    image = Image.open(io.BytesIO(picture.read_bytes())).convert("RGB")
    (found,) = zxingcpp.read_barcodes(image)
    text: str = found.text
    assert text.startswith("http://board.example/")
    return text.removeprefix("http://board.example/")


def answer(page: Page) -> str:
    box = page.locator(".gk-verdict")
    box.wait_for(state="visible")
    return box.inner_text()


MORNING = "2026-11-12T09:00:00+08:00"


def test_a_sheet_that_holds_says_so(printed: Path, serve: Serve, open_page: Open) -> None:
    address = scanned(printed / "www/factory/posters/items/x.png")
    text = answer(open_page(serve(printed / "www") + address, MORNING))
    assert text.startswith("现行有效")


def test_a_sheet_of_an_older_version_says_what_changed(
    printed: Path, serve: Serve, open_page: Open
) -> None:
    text = answer(open_page(serve(printed / "www") + scanned(printed / "x.png"), MORNING))
    assert text.startswith("内容已更新")
    assert "2026-11-12" in text
    assert "合计：原公布 100，应为 120" in text


def test_a_sheet_ends_by_the_readers_clock(printed: Path, serve: Serve, open_page: Open) -> None:
    address = serve(printed / "www") + scanned(printed / "www/factory/posters/items/x.png")
    assert answer(open_page(address, "2026-11-30T23:59:00+08:00")).startswith("现行有效")
    assert answer(open_page(address, "2026-12-01T00:00:01+08:00")).startswith("已到期")


def test_a_version_that_never_was_is_not_taken_for_an_old_one(
    printed: Path, serve: Serve, open_page: Open
) -> None:
    site = serve(printed / "www")
    page = open_page(f"{site}factory/items/fix/?v=deadbeef", MORNING)
    assert answer(page).startswith("没有公开过这个版本")
    page = open_page(f"{site}factory/items/x/?v=deadbeef", MORNING)  # up before the list began
    assert answer(page).startswith("内容已更新")


@pytest.mark.parametrize("version", ["", "<b>x</b>", "DEADBEEF", "27e831b2a"])
def test_what_is_no_version_is_not_answered(
    version: str, printed: Path, serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(printed / "www") + f"factory/items/x/?v={version}", MORNING)
    page.wait_for_timeout(200)
    assert page.locator(".gk-verdict").is_hidden()
    assert page.locator(".gk-status").is_visible()


def test_a_sheet_of_what_hangs_on_paper_only_is_answered_too(
    printed: Path, serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(printed / "www") + scanned(printed / "paper.png"), MORNING)
    assert answer(page).startswith("现行有效")
    assert "只上墙" not in page.content()


def test_a_sheet_of_what_was_taken_down_says_so(
    printed: Path, serve: Serve, open_page: Open
) -> None:
    gone = "{date: 2026-11-13, by: 办公室, reason: 有误}"
    (printed / "content/items/x.md").write_text(item(title="食堂收支", withdrawn=gone), "utf-8")
    (printed / "content/items/fix.md").unlink()
    site = make_site(printed, {"mkdocs.yml": (printed / "mkdocs.yml").read_text("utf-8")})
    build(BuildRequest(site, instant(site, "2026-11-13"), printed / "www/factory", render_shell))
    page = open_page(serve(printed / "www") + scanned(printed / "x.png"), MORNING)
    assert answer(page).startswith("已撤下")


def test_one_press_prints_the_right_pdf(printed: Path, serve: Serve, open_page: Open) -> None:
    page = open_page(serve(printed / "www") + "factory/posters/", MORNING)
    stand_in = "<script>window.print = () => parent.postMessage(location.pathname, '*')</script>"
    page.route("**/*.pdf", lambda route: route.fulfill(body=stand_in, content_type="text/html"))
    page.evaluate("window.sent = []; addEventListener('message', (e) => sent.push(e.data))")
    page.evaluate("Object.defineProperty(navigator, 'pdfViewerEnabled', {value: true})")
    for name, link in (
        ("items/x", ".gk-sheets [data-item=x] .gk-sheet"),
        ("boards/machining", ".gk-kit .gk-second"),
    ):
        page.locator(link).click()
        while not page.evaluate("sent.length"):
            page.wait_for_timeout(20)
        assert page.evaluate("sent.splice(0)") == [f"/factory/posters/{name}.pdf"]


def test_the_kiosk_shows_what_is_current_by_its_own_clock(
    printed: Path, serve: Serve, open_page: Open
) -> None:
    address = serve(printed / "www") + "factory/posters/"
    page = open_page(address, MORNING)
    assert page.locator(".gk-sheets li:visible").count() == 3
    assert page.locator(".gk-sheets img").first.evaluate("one => one.naturalHeight") == 1080
    page = open_page(address, "2026-12-01T00:00:01+08:00")
    assert page.locator(".gk-sheets li:visible").count() == 0
    assert page.locator(".gk-age.gk-stale").is_visible()


def test_the_kiosk_shows_one_board_when_asked(
    tmp_path: Path, serve: Serve, open_page: Open
) -> None:
    files = {
        "boards/casting.yml": "title: 铸造\nworkshop: 铸造车间\n",
        "boards/machining.yml": "title: 机加工\nworkshop: 机加工车间\n",
        "content/items/a.md": item(title="两处都有"),
        "content/items/b.md": item(title="只在铸造", boards="[casting]"),
    }
    site = make_site(tmp_path, files)
    build(BuildRequest(site, instant(site, "2026-11-10"), tmp_path / "site", render_shell))
    address = serve(tmp_path / "site") + "posters/"
    page = open_page(address, MORNING)
    page.get_by_role("button", name="机加工车间").click()
    assert page.locator(".gk-sheets b:visible").all_inner_texts() == ["两处都有"]
    again = open_page(page.url, MORNING)  # a kiosk of one workshop is opened at its own board
    assert again.locator(".gk-sheets b:visible").all_inner_texts() == ["两处都有"]
