"""What hangs on a wall is read from metres away: letters there are, large and dark enough."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.domain.errors import ConfigurationError
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.source.site import read_site
from tests.browser.conftest import Open, Serve, Start
from tests.cases import sampled
from tests.conftest import Example
from tests.sites import CONFIG, instant, item, make_site

FRESH, STALE = "2026-11-22T08:00:00+08:00", "2026-11-24T08:00:00+08:00"
MILLIMETRES = 1217.6 / 1920
"""Of a pixel on a screen of 55 inches, the least that is hung up."""
SCREENS = [("machining", 1920, 1080), ("casting", 3840, 2160), ("assembly", 1080, 1920)]
"""From four, five and three metres."""
LOOK = """() => {
  const rgb = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((one) => one / 255)
    .map((one) => one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    .reduce((sum, one, n) => sum + one * [0.2126, 0.7152, 0.0722][n], 0);
  const behind = (one) => {
    for (; one; one = one.parentElement) {
      const colour = rgb(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), one = walker.currentNode.parentElement;
    if (!text || !one.checkVisibility() || ["NOSCRIPT", "SCRIPT"].includes(one.tagName)) continue;
    const style = getComputedStyle(one), pair = [light(rgb(style.color)), light(behind(one))];
    found.push({
      text, px: parseFloat(style.fontSize) * one.currentCSSZoom,
      isRead: one.closest(".body") !== null && one.closest("th, .head") === null,
      contrast: (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05),
    });
  }
  return found;
}"""


def all_pages(page: Page) -> Iterator[list[dict[str, object]]]:
    for _ in range(16):
        page.keyboard.press("ArrowRight")
        yield page.evaluate(LOOK)


@sampled(
    "board, width, height, at",
    [(*SCREENS[0], STALE), *((*screen, FRESH) for screen in reversed(SCREENS))],
    step=2,
)
def test_it_can_be_read_from_where_people_stand(
    board: str, width: int, height: int, at: str, example: Example, serve: Serve, open_page: Open
) -> None:
    """Text and tables a two-hundredth of the distance high, everything else a three-hundredth, all
    with a contrast of 4.5 however large; with an alarm too, which takes no room from the text."""
    screen = next(one.screen for one in example.standings.library.boards if one.id == board)
    page = open_page(
        f"{serve(example.folder)}screen/{board}/", at, width, height, reduced_motion="reduce"
    )
    pixel = MILLIMETRES * 1920 / max(width, height)
    for texts in all_pages(page):
        for text in texts:
            height_mm, least = text["px"] * pixel, screen.distance * 1000  # type: ignore[operator]
            assert height_mm >= least / (200 if text["isRead"] else 300) - 0.01, text
            assert text["contrast"] >= 4.5, text  # type: ignore[operator]


@pytest.fixture
def bare(tmp_path: Path, start: Start) -> Iterator[Browser]:
    """A browser on a box that has DejaVu and no Chinese font."""
    fonts = "/usr/share/fonts/truetype/dejavu"
    if not Path(fonts).is_dir():
        pytest.skip("no DejaVu on this machine")
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{fonts}</dir><cachedir>{tmp_path}</cachedir></fontconfig>")
    started = start(env={"FONTCONFIG_FILE": str(config)})
    yield started
    started.close()


def fonts_of(page: Page, selector: str) -> set[tuple[str, bool]]:
    """The fonts that a part of a page is drawn with, and whether the site brought them."""
    page.evaluate("document.fonts.ready")
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    used = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return {(one["familyName"], one["isCustomFont"]) for one in used}


RARE = "𠮷"
"""In no slice; in the poster font. As in names."""


def one_board(tmp_path: Path, option: str) -> Path:
    config = CONFIG.replace("gongkai]", f"{{gongkai: {{web_font: {option}}}}}]")
    files = {
        "content/items/x.md": item(title=f"示例{RARE}甲", expires="never"),
        "mkdocs.yml": config,
    }
    site = make_site(tmp_path / "site", files)
    assert build(BuildRequest(site, instant(site, "2026-11-22"), site.out, render_shell)).files
    return site.out


def test_a_box_without_chinese_fonts_shows_every_character(
    tmp_path: Path, bare: Browser, serve: Serve
) -> None:
    page = bare.new_page()
    page.goto(serve(one_board(tmp_path, "true")) + "screen/machining/")
    page.wait_for_timeout(500)
    assert fonts_of(page, ".page.on .title") == {
        ("Noto Sans SC Thin", True),
        ("Noto Sans CJK JP", True),
    }
    assert {is_ours for _, is_ours in fonts_of(page, "header")} == {True}


def test_a_site_may_keep_its_letters(tmp_path: Path) -> None:
    out = one_board(tmp_path, "false")
    assert not (out / "screen/letters").exists()
    assert "letters" not in (out / "screen/machining/index.html").read_text("utf-8")


def test_web_font_is_yes_or_no(tmp_path: Path) -> None:
    config = CONFIG.replace("gongkai]", "{gongkai: {web_font: maybe}}]")
    make_site(tmp_path / "one", {"mkdocs.yml": CONFIG})
    (tmp_path / "one/mkdocs.yml").write_text(config)
    with pytest.raises(ConfigurationError):
        read_site(tmp_path / "one")
