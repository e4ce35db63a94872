"""On a phone without scripts: an opinion with a photo is sent, answered, seen and rated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.inboxes import PASSWORD, ROOM, Inbox
from tests.test_inbox import DAY, photo, site_of, user

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Inbox]:
    root = site_of(tmp_path)
    user(root, tmp_path / "box", "示例甲", "receive,answer,publish")
    started = Inbox(root, tmp_path / "box", "--burst", str(ROOM), "--at", DAY)
    yield started
    started.kill()


def without_scripts(browser: Browser, size: dict[str, int]) -> Page:
    context = browser.new_context(viewport=size, java_script_enabled=False)  # type: ignore[arg-type]
    return context.new_page()


def clerk_answers(page: Page, box: Inbox, number: str, reply: str) -> None:
    page.goto(f"{box.url}desk/")
    if page.locator("#password").count():
        page.fill("#name", "示例甲")
        page.fill("#password", PASSWORD)
        page.click("main button")
    page.click(f"text='{number}'")
    page.click("text='受理' >> nth=-1")
    page.select_option("#dept", "后勤部")
    page.click("button:has-text('转办')")
    page.fill("#reply", reply)
    page.click("form:has(#reply) button")
    page.click("button:has-text('批准入台账')")


def test_from_the_code_on_a_poster_to_the_second_round(
    box: Inbox, browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "photo.jpg").write_bytes(photo((800, 600)))
    phone = without_scripts(browser, PHONE)
    phone.goto(f"{box.url}say/new?item=x&board=machining")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.fill("#text", "更衣柜不足")
    phone.set_input_files("#photo", tmp_path / "photo.jpg")
    phone.click("text='提交'")
    number = phone.inner_text("output[name=number]")
    word = phone.inner_text("output[name=word]")
    assert re.fullmatch(r"W26-\d{4}", number)

    desk = without_scripts(browser, DESK)
    clerk_answers(desk, box, number, "新增40组更衣柜")
    assert desk.locator("img").evaluate("one => one.naturalWidth") == 800

    phone.goto(f"{box.url}say/look")
    phone.fill("#number", number)
    phone.click("main button")
    phone.fill("#word", word)
    phone.click("main button")
    assert "新增40组更衣柜" in phone.inner_text("main")
    phone.click("text='不满意'")
    assert f"{number}-2" in phone.inner_text("main")
    assert phone.context.cookies() == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    desk.goto(f"{box.url}desk/")
    assert f"{number}-2" in desk.inner_text("main")
    for page in (phone, desk):
        page.context.close()
