"""Every word of a text is found, of what hangs and of what hung before, in a real browser; with all
texts at once and with pieces that are fetched."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Response

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.render.web import search
from tests.browser.conftest import Open, Serve, settle
from tests.conftest import Once
from tests.sites import instant, item, make_site

MORNING = "2026-11-22T09:00:00+08:00"
FILES = {
    "content/items/now.md": item(title="食堂收支", body="临时食堂座位不够，示例甲提出。"),
    "content/items/other.md": item(title="座食堂临", body="位时，座。不够。"),
    "content/items/tag.md": item(title="<img src=x onerror=alert(1)> & 名"),
    "content/items/old.md": item(title="旧事", publish="2026-03-02", expires="2026-03-31"),
    "content/items/older.md": item(
        title="更早", publish="2025-03-02", expires="2025-03-31", body="旧事一桩"
    ),
    "content/pages/object.md": "# 怎样提意见\n",
}


@pytest.fixture
def front(tmp_path: Path, serve: Serve, open_page: Open, monkeypatch: pytest.MonkeyPatch) -> Page:
    """The front page of a site whose past lies by the month."""
    monkeypatch.setattr(search, "LARGEST", 100)
    site = make_site(tmp_path, FILES)
    build(BuildRequest(site, instant(site, "2026-11-22"), site.out, render_shell))
    return open_page(serve(site.out), MORNING, 1280, 900)


def typed(page: Page, word: str) -> list[str]:
    """The titles that are shown in Material's box."""
    box = page.locator(".md-search__input")
    box.click()
    box.fill(word)
    page.locator(".gk-found[aria-busy=true]").wait_for(state="detached")
    settle(page)
    return [text.strip() for text in page.locator(".gk-found h1").all_inner_texts()]


@pytest.mark.parametrize("word", ["座位", "堂座位不", "示例甲", "食堂收"])
def test_only_what_has_that_very_piece_is_shown_first(word: str, front: Page) -> None:
    assert typed(front, word) == ["食堂收支"]


PUNCTUATED = item(
    title="关于津贴的通知",
    number="示例发〔2026〕118号",
    period="2026-10",
    body="公司决定，高温津贴照发；夜班补贴（每班）按月发放：合计五项！详见《考勤办法》，谢谢？"
    "“优秀班组”另行公布……完毕——甲级。共55,400元，第**三**季度、𬭎合金 3.5吨，77号楼。\n\n"
    "| 项目 | 元 |\n|---|---|\n| 取暖补 | 12345 |",
)
WORDS = (
    "公司决定 高温津贴 津贴照 夜班补贴 每班 按月发放 合计五项 详见 考勤办法 谢谢 优秀班组 另行 "
    "完毕 甲级 55400元 55,400 第三季度 𬭎合金 3.5吨 77号 取暖补 12345 〔2026〕118号 118号 示例发 "
    "10月"
).split()


@pytest.fixture(params=[100, 250_000], ids=["pieces", "whole"])
def punctuated(request: pytest.FixtureRequest, once: Once, serve: Serve, open_page: Open) -> Page:
    """A site whose search fetches pieces, and one whose search has everything."""

    def make(folder: Path) -> None:
        others = {
            f"content/items/n{at}.md": item(
                title=f"别的{at}", body=f"高温天气，{at}号楼停电。", channels="[web]"
            )
            for at in range(40)
        }
        site = make_site(folder, {"content/items/a.md": PUNCTUATED, **others})
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(search, "LARGEST", request.param)
            build(BuildRequest(site, instant(site, "2026-11-22"), site.out, render_shell))

    site = once(f"punctuated-{request.param}", make) / "site"
    return open_page(serve(site), MORNING, 1280, 900)


def test_every_word_is_found_after_any_sign_and_between_han_and_figures(punctuated: Page) -> None:
    assert [word for word in WORDS if typed(punctuated, word) != ["关于津贴的通知"]] == []


def test_all_words_together_come_first_and_what_was_typed_in_one_is_taken_apart(
    punctuated: Page,
) -> None:
    assert typed(punctuated, "高温 津贴") == ["关于津贴的通知"]
    assert typed(punctuated, "津贴10月") == ["关于津贴的通知"]


def test_where_nothing_is_found_it_says_so_and_leads_on(punctuated: Page) -> None:
    assert typed(punctuated, "没有的词") == []
    assert "没有找到“没有的词”" in punctuated.locator(".gk-told").inner_text()


def test_what_people_say_leads_to_what_the_boards_call_it(punctuated: Page) -> None:
    assert typed(punctuated, "高温费") == ["关于津贴的通知"]
    assert "“高温费”在公开栏上写作：高温津贴" in punctuated.locator(".gk-called").inner_text()


def test_what_has_it_in_the_title_stands_before_what_has_it_in_the_text(
    tmp_path: Path, serve: Serve, open_page: Open
) -> None:
    files = {
        "content/items/a.md": item(title="别的事", body="说到浴室。"),
        "content/items/b.md": item(title="浴室开放", body="时间。"),
    }
    site = make_site(tmp_path, files)
    build(BuildRequest(site, instant(site, "2026-11-22"), site.out, render_shell))
    page = open_page(serve(site.out), MORNING, 1280, 900)
    assert typed(page, "浴室") == ["浴室开放", "别的事"]


def test_a_title_with_html_in_it_stays_text(front: Page) -> None:
    assert typed(front, "onerror") == ["<img src=x onerror=alert(1)> & 名"]
    assert front.locator(".gk-found img").count() == 0


def test_what_hung_before_is_offered_and_found_the_newest_first(front: Page) -> None:
    assert typed(front, "旧事") == []
    front.locator(".gk-rest a", has_text="往期").click()
    rows = front.locator(".gk-past li")
    rows.nth(1).wait_for()
    assert [text.split()[0] for text in rows.all_inner_texts()] == ["旧事", "更早"]
    assert "已到期" in rows.nth(0).inner_text()
    assert "找到 2 项" in front.locator(".gk-past [role=status]").inner_text()
    assert "find=" in front.url


def test_where_the_archive_has_nothing_it_says_so_and_leads_on(front: Page) -> None:
    typed(front, "旧事")
    front.locator(".gk-rest a", has_text="往期").click()
    front.locator(".gk-past input").fill("从来没有")
    status = front.locator(".gk-past [role=status]")
    status.get_by_text("没有找到“从来没有”").wait_for()
    assert status.locator("a", has_text="怎样提意见").count() == 1


@pytest.mark.parametrize("word", ["★", "constructor", "$& 没有"])
def test_whatever_is_typed_gets_an_answer(word: str, punctuated: Page) -> None:
    assert typed(punctuated, word) == []
    assert f"没有找到“{word}”" in punctuated.locator(".gk-told").inner_text()


def test_enter_opens_the_first_hit(punctuated: Page) -> None:
    typed(punctuated, "高温费")
    punctuated.keyboard.press("Enter")
    punctuated.wait_for_url("**/items/a/**")


ROWS = "".join(
    f"| 第{at}项 | 说明{at * 37 % 9973} | {at * 7919 % 100000} |\n" for at in range(4_000)
)
PROSE = "".join(
    f"第{at}条：{chr(0x4E00 + at)}{chr(0x5E00 + at)}的办法。\n\n" for at in range(9_000)
)
LONG = {
    "content/items/table.md": item(
        title="一张长表", channels="[web]", body=f"| 项目 | 说明 | 数 |\n|---|---|---|\n{ROWS}"
    ),
    "content/pages/long.md": f"# 一页长文\n\n{PROSE}",
}
MOST = 300_000
"""Bytes that may be fetched before the first hit."""


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("第3712项", "一张长表"),
        ("说明5001", "一张长表"),
        ("第1项 第3712项", "一张长表"),
        ("第7001条", "一页长文"),
        ("的办法", "一页长文"),
        ("第7001条 的办法 第1条", "一页长文"),
        ("说明5001 3项 712", "一张长表"),
    ],
)
def test_of_a_long_page_and_a_long_table_little_is_fetched_before_the_first_hit(
    word: str, title: str, once: Once, serve: Serve, open_page: Open
) -> None:
    def make(folder: Path) -> None:
        site = make_site(folder, LONG)
        build(BuildRequest(site, instant(site, "2026-11-22"), site.out, render_shell))

    page = open_page(serve(once("long-texts", make) / "site"), MORNING, 1280, 900)
    fetched: list[int] = []

    def count(reply: Response) -> None:
        if "/search/" in reply.url:
            fetched.append(len(reply.body()))

    page.on("response", count)
    assert typed(page, word)[:1] == [title]
    assert 0 < sum(fetched) <= MOST


def test_confirmations_and_published_opinions_are_found(
    tmp_path: Path, serve: Serve, open_page: Open
) -> None:
    files = {
        "content/items/a.md": item(
            title="浴室开放", reviewed="[{date: 2026-11-10, by: 后勤部, checked: 逐间看过锅炉}]"
        ),
        "content/opinions/a.yml": (
            "- {编号: Y26-1, 来源: 意见箱, 收到日期: 2026-11-01, 意见: 热水不足, 承办: 后勤部, "
            "答复日期: 2026-11-10, 答复: 已换水泵, 结果: A}\n"
            "- {编号: Y26-2, 来源: 意见箱, 收到日期: 2026-11-01, 意见: 班长骂人, 承办: 后勤部, "
            "不公开: 是}\n"
        ),
    }
    site = make_site(tmp_path, files)
    build(BuildRequest(site, instant(site, "2026-11-22"), site.out, render_shell))
    page = open_page(serve(site.out), MORNING, 1280, 900)
    assert typed(page, "看过锅炉") == ["浴室开放"]
    assert typed(page, "热水不足") == typed(page, "已换水泵") == ["意见办理 Y26-1"]
    assert typed(page, "骂人") == []
