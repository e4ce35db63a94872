"""Every word of the example is found, and on a site of ten thousand items every fragment of what
hangs, for 300 KB."""

from __future__ import annotations

from pathlib import Path
from random import Random
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page

from benchmarks.search import ask, fragments, make
from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.domain.terms import State
from gongkai.mkdocs_plugin.plugin import render_shell
from tests.browser.conftest import Open, Serve, Start, settle
from tests.conftest import DAY, Example
from tests.sites import instant, item, make_site

ITEMS, FRAGMENTS, MOST = 10_000, 200, 300_000
WORDS, TWO = 1_000, 200
READ = """async ([ids, part]) => {
  const words = new Intl.Segmenter("zh", {granularity: "word"});
  const read = async (id) => {
    const text = await (await fetch(`items/${id}/`)).text();
    const shown = new DOMParser().parseFromString(text, "text/html").querySelector(part);
    shown?.querySelectorAll("td, th").forEach((one) => one.append(" "));
    const found = [...words.segment(shown?.textContent || "")].filter((one) => one.isWordLike);
    return [id, found.map((one) => one.segment).filter((one) => one.length > 1)];
  };
  return Object.fromEntries(await Promise.all(ids.map(read)));
}"""
"""The words of a part of the pages of items, as another program parts them."""


@pytest.fixture
def front(example: Example, serve: Serve, open_page: Open) -> Page:
    return open_page(serve(example.folder), f"{DAY}T09:00:00+08:00", 1280, 900)


def words_of(part: str, example: Example, page: Page) -> dict[str, list[str]]:
    """By item, the words of a part of its page, of all that have a text and were not taken down."""
    known = example.standings.by_id
    pages = {path.parent.name for path in example.folder.glob("items/*/index.html")}
    ids = [text for text in pages & known.keys() if known[text].state is not State.WITHDRAWN]
    found: dict[str, list[str]] = page.evaluate(READ, [ids, part])
    return {name: words for name, words in found.items() if words}


def listed(page: Page, typed: str) -> list[str]:
    """The items that are found, in their order."""
    page.locator(".md-search__input").fill(typed)
    page.locator(".gk-found[aria-busy=true]").wait_for(state="detached")
    settle(page)
    links = page.locator(".gk-found a").evaluate_all("all => all.map((one) => one.pathname)")
    return [unquote(link.split("/")[2]) for link in links if link.startswith("/items/")]


def test_a_thousand_words_of_the_examples_texts_are_found(
    example: Example, front: Page, share: int
) -> None:
    words, chance = words_of(".gk-body", example, front), Random(11)  # noqa: S311 - a sample
    asked = []
    for _ in range(WORDS // share):
        name = chance.choice(sorted(words))
        asked.append((name, chance.choice(words[name])))
    assert [(name, word) for name, word in asked if name not in listed(front, word)] == []


def test_of_two_words_the_right_item_is_among_the_first_three(
    example: Example, front: Page, share: int
) -> None:
    """One of the title, which most people know by half, and one of the text; where no more than
    three items have both, one in the title, for of more nobody could say which is the right one."""
    titles, texts = words_of("h1", example, front), words_of(".gk-body", example, front)
    chance, names = Random(12), sorted(titles.keys() & texts.keys())  # noqa: S311 - a sample
    late, asked = [], 0
    while asked < TWO // share:
        name = chance.choice(names)
        two = chance.choice(titles[name]), chance.choice(texts[name])
        found = listed(front, " ".join(two))
        heads = ["".join(titles[text]) for text in found if text in titles]
        if sum(any(word in head for word in two) for head in heads) <= 3:
            asked += 1
            late += [(name, two, found)] if name not in found[:3] else []
    assert late == []


def test_two_hundred_fragments_are_found(
    tmp_path: Path,
    serve: Serve,
    start: Start,
    share: int,
) -> None:
    """How soon is measured by ``python -m benchmarks.search``."""
    out = make(tmp_path / "site", ITEMS)
    browser = start()
    found = ask(browser, serve(out), fragments(out, FRAGMENTS // share))
    browser.close()
    assert found.lost == []
    assert 0 < max(found.fetched) <= MOST


def test_figures_of_two_thousand_lists_are_found(
    tmp_path: Path, serve: Serve, start: Start, share: int
) -> None:
    """Every list has every pair of figures in it, which tells nothing of where a figure stands."""
    chance, lists, rows = Random(7), 2_000 // share, range(25)  # noqa: S311 - a sample
    asked: list[str] = []
    files: dict[str, str] = {}
    for number in range(lists):
        body = ["\n| 项目 | 应发 | 扣款 | 实发 |", "|---|--:|--:|--:|"]
        for row in rows:
            cells = [f"{chance.uniform(100, 99_999):.2f}" for _ in range(3)]
            body.append(f"| 第{row}组 | {' | '.join(cells)} |")
            asked += cells if not number % 97 and not row % 9 else []
        files[f"content/items/n{number}.md"] = item(
            title=f"第{number}份", channels="[web]"
        ) + "\n".join(body)
    site = make_site(tmp_path, files)
    assert build(BuildRequest(site, instant(site, "2026-11-22"), site.out, render_shell)).files
    browser = start()
    whole = ask(browser, serve(site.out), iter(asked[: 60 // share]))
    parts = ask(browser, serve(site.out), (text[1:6] for text in asked[: 60 // share]))
    browser.close()
    assert (whole.lost, parts.lost) == ([], [])
    assert max(whole.fetched + parts.fetched) <= MOST
