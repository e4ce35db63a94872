"""On a phone without scripts, from the code on a poster to the answer that hangs on the wall."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_access import AXE, RULES
from tests.command import run
from tests.inbox.test_inbox import DAY, photo, site_of, user
from tests.inboxes import ORG, PASSWORD, ROOM, Inbox
from tests.rules.test_opinions import scanned, text_of

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


Scheme = Literal["dark", "light"]


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


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_axe_finds_nothing(box: Inbox, browser: Browser, width: int, scheme: Scheme) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()

    def found() -> object:
        page.add_script_tag(content=AXE)
        return page.evaluate("rules => axe.run({runOnly: rules})", RULES)["violations"]

    for path in ("say/new?item=x", "say/look", "say/look?number=W26-0001", "desk/", "nowhere"):
        page.goto(box.url + path)
        assert found() == [], path
    sent = box.send()
    number, word = sent.output("number"), sent.output("word")
    page.goto(f"{box.url}say/{number}?word={word}")
    assert found() == []
    clerk_answers(page, box, number, "新增40组")
    assert found() == []
    page.goto(f"{box.url}desk/")
    assert found() == []
    context.close()


def publish(box: Inbox) -> Path:
    """The site, with the inbox among its channels."""
    web = f"{{kind: web, text: 网上提意见, address: '{box.url}say/new?item={{item}}'}}"
    org = ORG.replace("channels: [", f"channels: [{web}, ")
    (box.root / "content/org.yml").write_text(org, "utf-8")
    done = run(box.root, "build", "--at", DAY)
    assert done.returncode == 0, done.stderr
    return box.root / "site"


def test_from_the_code_on_a_poster_to_the_second_round(
    box: Inbox, browser: Browser, tmp_path: Path
) -> None:
    site = publish(box)
    code = next(text for text in scanned(site / "posters/items/x.pdf") if "/say/" in text)
    (tmp_path / "photo.jpg").write_bytes(photo((800, 600)))
    phone = without_scripts(browser, PHONE)
    phone.goto(code)
    assert "一项公开" in phone.inner_text("main")
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

    done = run(box.root, "inbox", "sync", "--dir", str(box.folder), "--at", DAY)
    assert done.returncode == 0, done.stderr
    publish(box)
    for path, told in (("boards", "新增40组更衣柜"), ("screen", "已解决")):
        shown = (site / path / "machining/index.html").read_text("utf-8")
        assert number in shown, path
        assert told in shown, path
    sheet = text_of(site / "posters/boards/machining.pdf")
    assert "更衣柜不足" in sheet
    assert "新增40组更衣柜" in sheet

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
