"""The editing page of a site: a clerk who never saw YAML writes an item to a forge."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.source.items import split
from gongkai.source.shapes import is_empty
from gongkai.source.yaml import MappingNode, compose
from tests.browser.conftest import Serve
from tests.command import run
from tests.conftest import Once
from tests.forges.gitea import Gitea
from tests.forges.gitlab import GitLab
from tests.forges.repository import Api, Forge, Repository, running
from tests.sites import CONFIG, instant, make_site

ROOT = Path(__file__).parent.parent.parent
DAY = "2026-12-10"
ITEM = "content/items/2026/12/2026-11-wages-bonus.md"
WRITTEN = """\
---
标题: 更衣柜新增安排
类别: 工资奖金分配
所属期: 2026-11
公开日期: 2026-12-09
公开期限: 2027-01-31
公开栏: [machining]
责任: {部门: 劳资科, 岗位: 劳资科科长}
草稿: true
---

新增四十组更衣柜

| 位置 | 组数 |
|---|---:|
| 一层 | 24 |
| 合计 | 24 |
"""
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation",
  (one) => window.violations.push(`${one.violatedDirective} ${one.blockedURI}`));
"""
ROUND = """async (files) => {
  const { itemFormat } = await import("./items.js");
  const { fields } = await (await fetch("config.json")).json();
  return Object.keys(files).filter((path) => {
    const format = itemFormat(fields, path.endsWith(".yml"));
    return format.toFile(format.fromFile(files[path])).trimEnd() !== files[path].trimEnd();
  });
}"""


class Clerk:
    """Somebody at the editing page; what left for another host or was forbidden is written down."""

    def __init__(self, browser: Browser, url: str, *allowed: str) -> None:
        self.context = browser.new_context(viewport={"width": 1280, "height": 2600})
        self.context.add_init_script(WATCH)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.url, self.allowed = url, (url, "data:", "blob:", *allowed)
        self.foreign: list[str] = []
        self.page.on("request", lambda one: self._asked(one.url))
        self.page.goto(f"{url}forms/")

    def _asked(self, url: str) -> None:
        if not url.startswith(self.allowed):
            self.foreign.append(url)

    def field(self, path: str) -> Locator:
        return self.page.locator(f'[data-key-path="{path}"]').first

    def pick(self, path: str, what: str) -> None:
        self.field(path).get_by_role("combobox").click()
        self.page.get_by_role("option", name=what, exact=True).click()

    def compose(self, text: str, *steps: str) -> None:
        """Type as with an input method: what is being composed changes until it is chosen."""
        typing = self.context.new_cdp_session(self.page)
        for step in steps:
            place = {"selectionStart": len(step), "selectionEnd": len(step)}
            typing.send("Input.imeSetComposition", {"text": step, **place})
        typing.send("Input.insertText", {"text": text})
        typing.detach()

    def begin(self) -> None:
        """An empty form. It is set up in two steps, and what is typed before the second is taken
        away again; a person is not as quick as that, so it is waited until something stays."""
        self.page.get_by_text("新建", exact=True).first.click()
        box = self.field("所属期").get_by_role("textbox")

        def stays() -> bool:
            box.fill("2026-12")
            self.page.wait_for_timeout(1_000)
            return box.input_value() == "2026-12"

        until(stays)
        box.fill("")

    def write(self) -> None:
        """The form, from empty to saved."""
        page = self.page
        self.begin()
        self.field("标题").get_by_role("textbox").click()
        self.compose("更衣柜", "g", "geng", "geng yi", "更衣", "更衣gui")
        self.compose("新增安排", "x", "xin z", "新增", "新增an pai")
        self.pick("类别", "工资奖金分配")
        self.field("所属期").get_by_role("textbox").fill("2026-11")
        self.field("公开日期").locator("input").fill("2026-12-09")
        self.field("公开期限").get_by_role("textbox").fill("2027-01-31")
        self.field("公开栏").get_by_text("机加工车间公开栏").click()
        self.pick("责任.部门", "劳资科")
        self.field("责任.岗位").get_by_role("textbox").fill("劳资科科长")
        self.field("body").locator("textarea").click()
        self.compose("新增四十组更衣柜", "xin", "新增si", "新增四十zu")
        page.keyboard.insert_text("\n\n| 位置 | 组数 |\n|---|---:|\n| 一层 | 24 |\n| 合计 | 24 |\n")
        self.save()

    def save(self) -> None:
        self.page.get_by_role("button", name="保存").click()
        self.page.get_by_text("已保存").first.wait_for()

    def open(self, name: str) -> None:
        self.page.goto(f"{self.url}forms/#/collections/items/entries/{name}")
        self.field("标题").get_by_role("textbox").wait_for()

    def leave(self) -> None:
        """Nothing left for elsewhere, nothing was forbidden."""
        assert self.foreign == []
        assert self.page.evaluate("window.violations") == []
        self.context.close()


OLD = "content/items/2026/11/2026-10-wages-company.md"
ORG = """\
名称: 测试厂
部门:
  - {名称: 劳资科, 岗位: [劳资科科长]}
""" + "".join(f"  - {{名称: 第{one}科}}\n" for one in "一二三四五六七")


@pytest.fixture
def factory(tmp_path: Path) -> Path:
    """A site with one item and all that the clerk chooses from."""
    config = CONFIG.replace("plugins: [search, gongkai]", "plugins:\n  - search\n  - gongkai:")
    board = "标题: 机加工车间公开栏\n车间: 机加工车间\n"
    files = {"mkdocs.yml": config, "boards/machining.yml": board, "content/org.yml": ORG}
    make_site(tmp_path / "factory", {**files, OLD: (ROOT / OLD).read_text("utf-8")})
    return tmp_path / "factory"


def texts(root: Path) -> dict[str, str]:
    kinds = ("content/**/*.md", "content/**/*.yml", "boards/*.yml", "*.yml")
    found = [path for kind in kinds for path in root.glob(kind)]
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in found}


@pytest.fixture(scope="session")
def page(once: Once) -> Path:
    """A site of which only the editing page is looked at."""

    def make(folder: Path) -> None:
        option = "gongkai: {forms: {gitea: 'http://127.0.0.1:9', repo: office/board}}"
        config = CONFIG.replace("plugins: [search, gongkai]", f"plugins: [search, {option}]")
        site = make_site(folder, {"mkdocs.yml": config})
        build(BuildRequest(site, instant(site, DAY), site.out, render_shell))

    return once("editing-page", make) / "site"


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_no_file_changes_by_being_opened(browser: Browser, serve: Serve, page: Path) -> None:
    """Comments, English keys, the form of lists and numbers as they were typed."""
    clerk = Clerk(browser, serve(page))
    items = {path: text for path, text in texts(ROOT).items() if "/items/" in path}
    items["content/items/x.md"] = "---\ntitle: 甲 # 说明\nnumber: 007\nboards: all\n---\n正文"
    assert clerk.page.evaluate(ROUND, items) == []


ODD = (
    *(
        "是",
        "null",
        "~",
        "1:30",
        "007",
        "2026-10",
        "#x",
        "- a",
        "a: b",
        "a #b",
        "{a}",
        "[x]",
        "---",
    ),
    *(
        "a---",
        "? x",
        ":a",
        "e:?~",
        "?",
        "'x'",
        '"x"',
        "x\\y",
        "%x",
        "@x",
        "`x",
        "|",
        ">",
        "!x",
        "&x",
    ),
    *("*x", "甲，乙", "甲,乙", "😀", "a\u2028b", "长" * 150, "# ---- 说明 ----", "true", "<<", "="),
)
WRITE = """async (words) => {
  const { itemFormat } = await import("./items.js");
  const { fields } = await (await fetch("config.json")).json();
  const format = itemFormat(fields, false);
  return words.map((one) => {
    const text = format.toFile({ 标题: one, 责任: { 部门: "工会", 岗位: one }, body: "正文" });
    return [text, format.toFile(format.fromFile(text))];
  });
}"""


def test_whatever_is_typed_means_the_same_in_the_file(
    browser: Browser, serve: Serve, page: Path
) -> None:
    clerk = Clerk(browser, serve(page))
    for typed, (text, again) in zip(ODD, clerk.page.evaluate(WRITE, list(ODD)), strict=True):
        front, body, _, problems = split(text)
        assert not problems, typed
        node, faults = compose(front, 2)
        assert isinstance(node, MappingNode), (typed, faults)
        found = {key.value: value for key, value in node.value}
        ((_, dept), (_, post)) = found["责任"].value
        meant = typed.replace("\u2028", " ")
        assert (found["标题"].value, dept.value, post.value) == (meant, "工会", meant)
        assert not is_empty(found["标题"])
        assert body.strip() == "正文"
        assert again == text


FORGES: dict[str, type[Api]] = {"gitea": Gitea, "gitlab": GitLab}


@contextmanager
def signed_in(
    kind: str, browser: Browser, serve: Serve, factory: Path, tmp_path: Path, more: str = ""
) -> Iterator[tuple[Clerk, Forge]]:
    """A clerk at the editing page of a site, with an access token of a forge."""
    forge = Forge(Repository.of(factory, tmp_path / "repo.git"))
    with running(FORGES[kind], forge) as there:
        config = factory / "mkdocs.yml"
        text = config.read_text("utf-8")
        assert text.count("- gongkai:") == 1
        about = f"{kind}: '{there}', repo: office/board, branch: main{more}"
        option = f"- gongkai:\n      forms: {{{about}}}"
        config.write_text(text.replace("- gongkai:", option), "utf-8")
        assert run(factory, "build", "--at", DAY).returncode == 0
        clerk = Clerk(browser, serve(factory / "site"), there)
        clerk.page.get_by_role("button", name="使用访问令牌登录").click()
        clerk.page.get_by_role("textbox").fill(forge.account.token)
        clerk.page.keyboard.press("Enter")
        yield clerk, forge
        clerk.leave()


def commit_at(kind: str, browser: Browser, serve: Serve, factory: Path, tmp_path: Path) -> None:
    """Sign in, write an item, change another: two commits."""
    with signed_in(kind, browser, serve, factory, tmp_path) as (clerk, forge):
        clerk.write()
        until(lambda: len(forge.repository.log()) == 2)
        title = "2026年10月工资奖金分配情况"
        clerk.open("2026/11/2026-10-wages-company")
        clerk.field("标题").get_by_role("textbox").fill(f"{title}（改）")
        clerk.save()
        until(lambda: len(forge.repository.log()) == 3)
    assert forge.repository.read(ITEM).rstrip() == WRITTEN.rstrip()
    before = (factory / OLD).read_text("utf-8")
    after = before.replace(title, f"{title}（改）", 1)
    assert forge.repository.read(OLD).rstrip() == after.rstrip()
    told = [(name, message) for _, name, _, _, message in forge.repository.log()]
    assert told[1] == ("劳资科公开员", "新增《2026-11-wages-bonus》")
