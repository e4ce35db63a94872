"""Nothing an author types runs in a browser, and no page breaks its own policy."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.mkdocs_plugin.plugin import render_shell
from tests.browser.conftest import Open, Serve, settle
from tests.cases import sampled, some
from tests.conftest import Example
from tests.hostile import DAY
from tests.sites import instant, item, make_site

AT = "2026-11-22T08:00:00+08:00"
KINDS = ["", "boards/machining/", "items/2026-10-wages-company/", "items/2026-11-aid/", "archive/",
         "posters/", "report/", "opinions/", "as-of/",
         "about/", "object/", "404.html", "screen/machining/"]  # fmt: skip
WATCH = """
window.broken = [];
addEventListener("securitypolicyviolation", (event) => window.broken.push(
  `${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
LIVING = """(page) => [...page.querySelectorAll("*")].flatMap((one) => [
  ...[...one.attributes].filter((a) => /^on/i.test(a.name)).map((a) => `${one.tagName} ${a.name}`),
  ...["href", "src", "action", "formAction", "data"]
    .filter((name) => typeof one[name] === "string")
    .filter((name) => /^(javascript|vbscript|data:text|view-source|feed):/i.test(one[name]))
    .map((name) => `${one.tagName} ${name}=${one[name]}`),
])"""


@pytest.fixture
def unguarded(browser: Browser) -> Iterator[Page]:
    """A page whose policy the browser ignores, so that only our own care is left."""
    context = browser.new_context(bypass_csp=True, timezone_id="Asia/Shanghai")
    yield context.new_page()
    context.close()


@pytest.mark.sampled
def test_a_browser_reads_nothing_living_on_any_page(
    hostile: Path, serve: Serve, unguarded: Page
) -> None:
    """Pages as the browser's own parser reads it; on some of them it is also looked whether
    anything runs."""
    unguarded.goto(serve(hostile) + "404.html")
    found = [path.relative_to(hostile).as_posix() for path in sorted(hostile.rglob("*.html"))]
    assert len(found) > 700
    paths = some(found, 5)
    read = """async ([path, look]) => {
      const text = await (await fetch("/" + path)).text();
      return eval(look)(new DOMParser().parseFromString(text, "text/html"));
    }"""
    many = f"async ([paths, look]) => Promise.all(paths.map((path) => ({read})([path, look])))"
    read_all = [
        unguarded.evaluate(many, [paths[n : n + 50], LIVING]) for n in range(0, len(paths), 50)
    ]
    living = zip(paths, chain.from_iterable(read_all), strict=True)
    assert not {path: one for path, one in living if one}


@pytest.mark.parametrize("kind", ["items", "boards", "screen"])
def test_nothing_runs_on_pages_that_are_opened_even_without_a_policy(
    kind: str, hostile: Path, serve: Serve, unguarded: Page
) -> None:
    base = serve(hostile)
    if kind == "items":  # the same script on all of them; boards and screens run theirs
        unguarded.route("**/assets/javascripts/**", lambda route: route.abort())
    for folder in sorted((hostile / kind).iterdir())[:: 60 if kind == "items" else 18]:
        unguarded.goto(f"{base}{kind}/{folder.name}/", wait_until="domcontentloaded")
        assert living(unguarded) == [], folder.name
        assert unguarded.evaluate("window.hurt") is None, folder.name


def living(page: Page) -> object:
    return page.evaluate(f"({LIVING})(document)")


@pytest.mark.parametrize("path", ["", "archive/", "posters/", "items/named/"])
def test_nothing_runs_where_many_are_listed(
    path: str, hostile: Path, serve: Serve, unguarded: Page
) -> None:
    unguarded.goto(f"{serve(hostile)}{path}")
    unguarded.wait_for_timeout(100)
    assert living(unguarded) == []
    assert unguarded.evaluate("window.hurt") is None


@sampled("path", KINDS, step=6)
def test_no_page_breaks_its_own_policy(path: str, example: Example, browser: Browser) -> None:
    """Checked from a folder, and what the page's own scripts do at once included."""
    context = browser.new_context(timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(f"file://{quote(str(example.folder / path))}{'' if '.' in path else '/index.html'}")
    page.wait_for_timeout(50)
    broken = page.evaluate("window.broken")
    context.close()
    assert [one for one in broken if "file" not in one] == []


@sampled("path", KINDS, step=4)
def test_no_page_breaks_its_own_policy_on_a_server(
    path: str, example: Example, serve: Serve, browser: Browser
) -> None:
    context = browser.new_context(timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(serve(example.folder) + path)
    page.wait_for_timeout(50)
    if page.locator(".md-header [for=__palette_1]").is_visible():
        page.locator(".md-header [for=__palette_1]").click()
        page.wait_for_timeout(50)
    broken = page.evaluate("window.broken")
    context.close()
    assert broken == []


def test_a_script_that_gets_into_a_page_does_not_run(
    tmp_path: Path, serve: Serve, browser: Browser
) -> None:
    """A page that somebody added by hand to the pages' folder, with a script in it."""
    text = "# 页\n\n<script>window.hurt=1</script>\n\n<img src=x onerror=window.hurt=1>\n"
    site = make_site(tmp_path / "site", {"content/pages/evil.md": text})
    assert build(BuildRequest(site, instant(site, DAY), site.out, render_shell)).files
    page = browser.new_page()
    page.goto(serve(site.out) + "evil/")
    page.wait_for_timeout(300)
    assert "<script>window.hurt=1</script>" in page.content()
    assert page.evaluate("window.hurt") is None
    page.close()


@pytest.mark.parametrize("query", ["<img src=x onerror=window.hurt=1>", '"><script>window.hurt=1'])
def test_what_is_typed_into_the_search_stays_text(
    query: str, tmp_path: Path, serve: Serve, open_page: Open
) -> None:
    """CVE-2026-73295 and mdBook's CVE-2020-26297; the titles found are hostile too."""
    title = "'<img src=x onerror=window.hurt=1> 食堂收支'"
    files = {"content/items/x.md": item(title=title, body="<svg onload=window.hurt=1> 食堂")}
    site = make_site(tmp_path / "site", files)
    assert build(BuildRequest(site, instant(site, DAY), site.out, render_shell)).files
    for words in (query, "食堂"):
        page = open_page(f"{serve(site.out)}?q={quote(words)}", AT, 1440, 900)
        settle(page)
        assert page.evaluate("window.hurt") is None
        assert living(page) == []
    assert "<img src=x" in page.locator(".md-search-result__list").inner_text()
