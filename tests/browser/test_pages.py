"""Pages for desks and phones, in a real browser."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.mkdocs_plugin.plugin import render_shell
from tests.browser.conftest import Open, Serve
from tests.browser.test_screens import PICTURE
from tests.cases import sampled, some
from tests.conftest import Example
from tests.sites import instant, item, make_site

AT = "2026-11-22T08:00:00+08:00"
KINDS = ["", "boards/machining/", "items/2026-10-wages-company/", "items/2026-11-aid/", "archive/",
         "posters/", "about/", "object/"]  # fmt: skip


@sampled("path", KINDS, step=3)
def test_a_phone_never_scrolls_sideways(
    path: str, example: Example, serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(example.folder) + path, AT, 390, 844)
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


@pytest.mark.parametrize("word", ["工资", "食堂", "三坐标", "工匠"])
def test_search_finds_words_and_fragments(
    word: str, example: Example, serve: Serve, open_page: Open
) -> None:
    page = open_page(f"{serve(example.folder)}?q={word}", AT, 1440, 900)
    results = page.locator(".md-search-result__list h1")
    results.first.wait_for(state="attached")
    assert any(word in text for text in results.all_inner_texts())


def test_what_has_expired_since_the_build_is_gone_by_the_readers_clock(
    example: Example, serve: Serve, open_page: Open
) -> None:
    url = serve(example.folder)
    page = open_page(url + "boards/machining/", "2026-12-11T00:00:01+08:00", 1440, 900)
    assert not page.locator("article[data-item='2026-10-wages-company']").is_visible()
    assert "无法确认" in page.locator(".gk-age").inner_text()
    page = open_page(url + "items/2026-10-wages-company/", "2026-12-11T00:00:01+08:00", 1440, 900)
    assert "已到期" in page.locator(".gk-status").inner_text()


def test_days_left_are_counted_in_working_days(
    example: Example, serve: Serve, open_page: Open
) -> None:
    url = serve(example.folder)
    for at, words in (
        ("2026-11-18T08:00:00+08:00", "还剩5个工作日"),
        ("2026-11-22T08:00:00+08:00", "还剩2个工作日"),
        ("2026-11-24T08:00:00+08:00", "今天截止"),
    ):
        page = open_page(url, at, 1440, 900)
        assert page.locator(".gk-newest .gk-left").first.inner_text() == words


def test_a_board_can_be_searched_picked_from_and_enlarged(
    tmp_path: Path, serve: Serve, open_page: Open
) -> None:
    files = {
        "content/items/a.md": item(title="食堂收支", body="大米 100 元"),
        "content/items/b.md": item(title="安排", category="常设信息", body="调休"),
    }
    site = make_site(tmp_path, files)
    build(BuildRequest(site, instant(site, "2026-11-10"), tmp_path / "site", render_shell))
    address = serve(tmp_path / "site") + "boards/machining/"
    page = open_page(address, "2026-11-10T09:00:00+08:00", 390, 800)
    titles = page.locator(".gk-item:visible h3")
    page.get_by_label("在本栏查找").fill("大米")
    assert titles.all_inner_texts() == ["食堂收支"]
    assert page.locator(".gk-tools [role=status]").inner_text() == "找到1项"
    page.get_by_label("在本栏查找").fill("")
    assert titles.count() == 2
    page.get_by_role("button", name="常设信息 1").click()
    assert titles.all_inner_texts() == ["安排"]
    before = titles.first.bounding_box()
    page.get_by_role("button", name="大字").click()
    after = titles.first.bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] > before["height"] * 1.2
    page.reload()
    assert page.locator(".gk-large").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


WIDTHS = [360, 390, 768, 1440, 2560]
SMALL = """[...document.querySelectorAll(".md-content button, .gk-button, .gk-thumb a, .gk-go a")]
  .filter((one) => one.getClientRects().length && one.getBoundingClientRect().height < 43.5)
  .map((one) => one.textContent)"""


@sampled("width", WIDTHS, step=3)
def test_nothing_scrolls_sideways_and_a_finger_hits_what_it_means(
    width: int, example: Example, serve: Serve, open_page: Open
) -> None:
    """But tables and chips, within themselves."""
    url = serve(example.folder)
    for path in ("", "boards/machining/", "items/2026-10-wages-company/", "posters/"):
        page = open_page(url + path, AT, width, 844)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate(SMALL) == [], path


@pytest.mark.sampled
def test_a_board_is_at_most_fourteen_screens_of_a_phone_long(
    example: Example, serve: Serve, open_page: Open
) -> None:
    url = serve(example.folder)
    for board in some(("machining", "assembly", "casting", "company", "heat-treatment"), 5):
        page = open_page(f"{url}boards/{board}/", AT, 390, 844)
        assert page.evaluate("document.documentElement.scrollHeight") <= 14 * 844, board


def test_a_worker_finds_the_way_from_the_front_page(
    example: Example, serve: Serve, open_page: Open
) -> None:
    """Taps at 390 pixels: the own wages two, how to object two, what is new one, where an opinion
    stands one."""
    url = serve(example.folder)

    def front() -> Page:
        return open_page(url, AT, 390, 844)

    page = front()
    page.locator(".gk-boards li", has_text="机加工车间").get_by_role("link", name="工资").click()
    assert "8,300.00" in page.locator(".gk-figure:visible").last.inner_text()
    page = front()
    page.locator(".gk-opening h2 a").first.click()
    assert "内线 8001" in page.locator(".gk-speak").inner_text()
    page = front()
    page.locator(".gk-thumb").get_by_text("本周").click()
    assert page.locator("#new").bounding_box()["y"] < 844  # type: ignore[index]
    page = front()
    page.get_by_role("link", name="答复意见").click()
    assert page.get_by_text("Y26-106").first.is_visible()


def test_the_front_page_counts_what_can_still_be_objected_to(
    example: Example, serve: Serve, open_page: Open
) -> None:
    url = serve(example.folder)
    page = open_page(url, "2026-11-24T23:00:00+08:00", 390, 844)
    counts = page.locator(".gk-opening:visible .gk-count b").all_inner_texts()
    assert counts[0] == "1"
    later = open_page(url, "2026-11-25T00:00:01+08:00", 390, 844)
    assert later.locator(".gk-opening:visible").count() == len(counts) - 1


WORDS = """\
| 类别 | 项目 | 承办 | 主要内容 |
|---|---|---|---|
| 技改 | 砂芯烘干炉 | 铸造车间 | 更换保温层和温控柜，每班节电约四十度 |
| 技改 | 刀具磨床 | 机加工车间 | 加装除尘罩，改进冷却液回收 |
"""
FIGURES = "| 车间 | 人数 | 工资(元) |\n|---|---:|---:|\n| 机加工车间 | 142 | 1178600 |"


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """A board with a table of words, one of figures, and pictures."""
    files = {
        "content/items/words.md": item(title="名单", body=WORDS, category="leave-holiday"),
        "content/items/figures.md": item(title="数字", body=FIGURES, category="leave-holiday"),
        "content/items/pictures.md": item(
            title="照片", body="![前](a.png)\n![后](a.png)\n\n完工。", category="leave-holiday"
        ),
    }
    site = make_site(tmp_path, files)
    shutil.copy(PICTURE, tmp_path / "content/items/a.png")
    made = build(BuildRequest(site, instant(site, "2026-11-10"), tmp_path / "site", render_shell))
    assert made.files, made.findings
    return tmp_path / "site"


def test_on_a_phone_a_row_of_words_is_a_card_that_says_what_is_what(
    told: Path, serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(told) + "items/words/", "2026-11-10T09:00:00+08:00", 390, 800)
    assert page.locator(".gk-words .gk-subject").all_inner_texts() == ["砂芯烘干炉", "刀具磨床"]
    table = page.locator(".gk-words table")
    assert table.evaluate("one => one.getBoundingClientRect().width") <= 390
    what = "one => getComputedStyle(one, '::before').content"
    assert "承办" in page.locator(".gk-words td").nth(2).evaluate(what)
    assert not page.locator(".gk-words thead").is_visible()


def test_a_table_of_figures_stays_a_table(told: Path, serve: Serve, open_page: Open) -> None:
    page = open_page(serve(told) + "items/figures/", "2026-11-10T09:00:00+08:00", 390, 800)
    assert page.locator(".gk-words").count() == 0
    assert page.locator(".gk-table thead").is_visible()


def test_pictures_are_a_gallery_that_opens_each_in_full(
    told: Path, serve: Serve, open_page: Open
) -> None:
    page = open_page(serve(told) + "items/pictures/", "2026-11-10T09:00:00+08:00", 390, 800)
    page.locator(".gk-pictures .gk-picture").first.click()
    assert page.locator("dialog p").first.inner_text() == "1/2 前"
    page.keyboard.press("ArrowRight")
    assert page.locator("dialog p").first.inner_text() == "2/2 后"
    page.get_by_role("button", name="关闭").click()
    assert page.locator("dialog").count() == 0


def test_an_address_at_which_nothing_is_leads_on(example: Example) -> None:
    page = example.page("404.html")
    assert "这里没有这一页" in page
    assert "archive/" in page


def test_of_many_corrections_the_first_is_told_and_the_rest_are_a_tap_away(
    example: Example, serve: Serve, open_page: Open
) -> None:
    url = serve(example.folder)
    page = open_page(url + "items/2026-10-wages-company/", AT, 390, 844)
    fixes = page.locator(".gk-fix li:visible")
    assert fixes.count() == 1
    page.locator(".gk-more summary").click()
    assert fixes.count() == 6
    assert page.locator(".gk-status .gk-fixed").is_visible()


def test_an_items_page_hands_its_address_on_as_a_code_that_can_be_read(
    told: Path, serve: Serve, open_page: Open
) -> None:
    """Of any length that addresses have; each version of a code is laid out otherwise."""
    page = open_page(serve(told) + "items/words/", "2026-11-10T09:00:00+08:00", 390, 800)
    for length in (1, 30, 60, 100, 150):
        page.evaluate("n => history.replaceState(null, '', `/items/${'a'.repeat(n)}/`)", length)
        page.get_by_role("button", name="扫码分享").click()
        picture = Image.open(io.BytesIO(page.locator(".gk-code svg").screenshot()))
        assert [barcode.text for barcode in zxingcpp.read_barcodes(picture)] == [page.url]
        page.locator(".gk-code button").click()
