"""The forms in Chromium: by keyboard, with an input method, for everybody, on a phone; and tables
that are pasted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.desk import AtDesk, forms_of
from tests.browser.test_access import AXE, RULES
from tests.browser.test_inbox import Scheme
from tests.preview.test_desk import OPINIONS, PLAIN, WAGES
from tests.sites import make_site

ORG = """\
名称: 测试厂
部门: [{名称: 劳资科, 岗位: [科长]}]
小组: [{名称: 监督小组, 成员: [{岗位: 科长}]}]
"""
EDIT = f"edit?path={WAGES}"
PAGES = (
    "", EDIT, f"{EDIT}&act=correct", f"{EDIT}&act=confirm", "?kind=opinions",
    "edit?path=content/org.yml", "edit?kind=meetings&row=%2B", "edit?path=nowhere",
)  # fmt: skip
PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def desk(browser: Browser, tmp_path: Path) -> Iterator[AtDesk]:
    files = {WAGES: PLAIN, "content/opinions/2026.yml": OPINIONS, "content/org.yml": ORG}
    make_site(tmp_path, files)
    with forms_of(tmp_path, "2026-11-20") as url:
        clerk = AtDesk(browser, url)
        yield clerk
        clerk.leave()


def text(tmp_path: Path) -> str:
    return (tmp_path / WAGES).read_text("utf-8")


def axe(page: Page) -> list[tuple[str, str]]:
    page.add_script_tag(content=AXE)
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    return [(one["id"], node["html"][:120]) for one in found["violations"] for node in one["nodes"]]


@pytest.mark.parametrize(
    ("pages", "width", "scheme"), [(PAGES[::2], 1280, "light"), (PAGES[1::2], 390, "dark")]
)
def test_everybody_can_use_every_page(
    pages: tuple[str, ...], width: int, scheme: Scheme, desk: AtDesk
) -> None:
    """Axe finds nothing, with all folded parts open, and nothing is wider than the screen: half of
    the pages at a desk in the light, half on a phone at night."""
    desk.page.set_viewport_size({"width": width, "height": 900})
    desk.page.emulate_media(color_scheme=scheme)
    for path in pages:
        desk.page.goto(desk.url + path)
        desk.open_all()
        assert axe(desk.page) == [], path
        assert desk.page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_an_input_method_can_be_used_in_every_field(desk: AtDesk) -> None:
    """What is being composed changes until it is chosen, and nothing is taken away meanwhile."""
    page = desk.page
    page.goto(desk.url + EDIT)
    desk.open_all()
    boxes = page.locator(
        "form.edit :is(input:not([type]), textarea:not([hidden]), td):visible"
    ).all()
    typing = desk.context.new_cdp_session(page)
    for box in boxes:
        box.focus()
        page.keyboard.press("Control+A")
        for step in ("g", "geng", "更", "更yi"):
            place = {"selectionStart": len(step), "selectionEnd": len(step)}
            typing.send("Input.imeSetComposition", {"text": step, **place})
        typing.send("Input.insertText", {"text": "更衣"})
        said = box.evaluate("one => one.value ?? one.textContent")
        assert said == "更衣", box.evaluate("one => one.name || one.outerHTML")
    assert len(boxes) > 30


def test_a_clerk_without_a_mouse(desk: AtDesk, tmp_path: Path) -> None:
    """From the list to the item, into its table, out of it again and to the end."""
    page = desk.page
    page.get_by_role("link", name="2026年10月工资奖金分配情况").focus()
    page.keyboard.press("Enter")
    page.locator("[name=title]").focus()
    page.keyboard.press("End")
    page.keyboard.type("（试）")
    page.locator("[name='body.0.text']").focus()
    page.keyboard.press("Tab")
    for key in ("Tab", "ArrowDown", "Control+A"):
        page.keyboard.press(key)
    page.keyboard.type("1178601")
    page.keyboard.press("Enter")
    page.keyboard.type("1178601")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "加一行"
    page.get_by_role("button", name="保存").focus()
    page.keyboard.press("Enter")
    page.locator("p.done").wait_for()
    after = PLAIN.replace("1178600", "1178601").replace("分配情况", "分配情况（试）")
    assert text(tmp_path) == after


def test_a_table_is_pasted_from_excel(desk: AtDesk, tmp_path: Path) -> None:
    page = desk.page
    page.goto(desk.url + EDIT)
    page.locator("td").first.focus()
    page.evaluate(PASTE, '车间\t人数\t合计\r\n"机加\n工"\t12\t1,178\r\n*装配*\t3\t200\r\n')
    desk.save()
    made = (
        "| 车间 | 人数 | 合计 |\n|---|---:|---:|\n| 机加 工 | 12 | 1,178 |\n"
        "| \\*装配\\* | 3 | 200 |\n\n说明在后。\n"
    )
    assert text(tmp_path).endswith(made)


def test_five_thousand_rows_are_pasted_and_no_more(desk: AtDesk, tmp_path: Path) -> None:
    page = desk.page
    page.goto(desk.url + EDIT)
    page.locator("td").first.focus()
    page.evaluate(PASTE, "车间\t数\n" + "甲\t1\n" * 5_001)
    page.get_by_text("超过5000行，没有粘贴").wait_for()
    assert page.locator("td").count() == 6
    page.evaluate(PASTE, "车间\t数\n" + "甲\t1\n" * 5_000)
    assert page.locator("tr").count() == 5_001
    desk.save()
    assert text(tmp_path).count("| 甲 | 1 |") == 5_000


def test_rows_come_and_go(desk: AtDesk, tmp_path: Path) -> None:
    page = desk.page
    page.goto(desk.url + EDIT)
    desk.open_all()
    for _ in range(2):
        desk.click("加一条程序")
    desk.choose("steps.0.step", "提出")
    desk.fill("steps.0.by", "劳资科")
    page.get_by_role("button", name="去掉这条程序").last.click()
    desk.save()
    assert "程序: [{环节: 提出, 经办: 劳资科}]\n" in text(tmp_path)


def test_what_is_wrong_is_said_while_it_is_typed(desk: AtDesk, tmp_path: Path) -> None:
    page = desk.page
    page.goto(desk.url + EDIT)
    page.locator("[name=expires]").fill("2026-11-01")
    page.locator("[data-notes=expires] .error").wait_for()
    page.locator("[name=expires]").fill("2026-12-31")
    page.locator("[data-notes=expires] .error").wait_for(state="detached")
    assert text(tmp_path) == PLAIN
    page.once("dialog", lambda one: one.accept())  # it is not saved
