"""A clerk's week at the forms, from an empty site: no YAML is ever seen."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.desk import AtDesk, forms_of
from tests.command import run
from tests.inbox.test_inbox import photo
from tests.sites import errors

OFFICE = Path(__file__).parent.parent / "office"
DAY = "2026-12-10"
CLICKS = 47
"""Clicks and fields of the whole week."""


def publish(clerk: AtDesk) -> str:
    """What was taken over is looked at and let go, to all boards."""
    clerk.page.get_by_label("全部").check()
    clerk.page.get_by_label("草稿").uncheck()
    clerk.clicks += 2
    clerk.save()
    return clerk.path


def act(clerk: AtDesk, title: str, action: str) -> None:
    row = clerk.page.locator("li", has=clerk.page.get_by_role("link", name=title, exact=True))
    row.get_by_role("link", name=action, exact=True).click()
    clerk.clicks += 1


def test_a_week(browser: Browser, tmp_path: Path) -> None:
    root = tmp_path / "factory"
    assert run(tmp_path, "init", str(root), "--empty").returncode == 0
    photos = [tmp_path / "现场.jpg", tmp_path / "门口.jpg"]
    for path in photos:
        path.write_bytes(photo())
    with forms_of(root, DAY) as url:
        clerk = AtDesk(browser, url)
        page = clerk.page

        clerk.drop("#import", OFFICE / "来文/关于做好冬季安全生产工作的通知.docx")
        page.wait_for_url("**/edit**")
        notice = publish(clerk)
        title = page.locator("[name=title]").input_value()
        page.goto(url)

        clerk.drop("#import", OFFICE / "工资奖金汇总-2026-11.xlsx")
        page.wait_for_url("**/edit**")
        wages = publish(clerk)
        wages_title = page.locator("[name=title]").input_value()
        page.goto(url)

        made = []
        for category in ("食堂账目", "安全生产和隐患治理"):
            clerk.choose("category", category)
            clerk.fill("period", "2026-10")
            clerk.click("填写")
            page.wait_for_url("**/edit**")
            clerk.fill("body.0.text", "本月情况正常。")
            made.append((publish(clerk), page.locator("[name=title]").input_value()))
            page.goto(url)

        act(clerk, title, "更正")
        clerk.fill(".reason", "日期录入错误")
        text = page.locator("[name='body.0.text']")
        text.fill(text.input_value() + "\n\n请各车间于12月20日前报送。")
        clerk.drop("#upload", *photos)
        page.get_by_text("门口.jpg").wait_for()
        clerk.save()

        act(clerk, wages_title, "撤下")
        clerk.fill("withdrawn.reason", "内容有误")
        clerk.save()
        act(clerk, made[0][1], "延期")
        clerk.fill("expires", "2027-06-30")
        clerk.save()
        act(clerk, made[1][1], "核对")
        clerk.fill("reviewed.0.checked", "与台账逐项一致")
        clerk.save()

        clerk.click("意见和答复", "link")
        clerk.click("新增", "link")
        for name, said in {
            "id": "Y26-1", "source": "意见箱", "received": "2026-12-01", "text": "更衣柜不足",
        }.items():  # fmt: skip
            clerk.fill(name, said)
        clerk.save()
        clerk.click("意见和答复", "link")
        clerk.click("答复", "link")
        clerk.fill("reply", "新增40组更衣柜")
        clerk.choose("result", "已解决")
        clerk.save()

        page.goto(url)
        sheet = page.request.get(f"{url}approval.pdf?path={notice}")
        assert sheet.body().startswith(b"%PDF-")
        assert page.get_by_role("link", name="打印审批单").count() >= 4
        clerk.leave()
    assert errors(root, DAY) == set()
    assert clerk.clicks == CLICKS
    after = {text: (root / text).read_text("utf-8") for text in (notice, wages, *dict(made))}
    assert "12月20日前报送" in after[notice]
    assert "![现场](现场.jpg)" in after[notice]
    assert "![门口](门口.jpg)" in after[notice]
    assert "撤下: {日期: 2026-12-10" in after[wages]
    assert "公开期限: 2027-06-30" in after[made[0][0]]
    assert "核对内容: 与台账逐项一致" in after[made[1][0]]
    assert "答复: 新增40组更衣柜" in (root / "content/opinions/2026.yml").read_text("utf-8")
    (correction,) = root.glob("content/items/**/*-c1.yml")
    assert "日期录入错误" in correction.read_text("utf-8")
