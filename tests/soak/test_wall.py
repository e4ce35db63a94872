"""Whatever is written, a screen shows all of it and nothing runs over its page."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.mkdocs_plugin.plugin import render_shell
from tests.browser.conftest import Open, Serve
from tests.browser.test_screens import MEASURE, PICTURE, SIZES, lap
from tests.sites import instant, item, make_site

BODIES, A_SITE = 300, 25
HAN = "".join(map(chr, range(0x4E00, 0x9FA5, 7)))
"""Characters of all kinds, most of them rare."""
ALL_PAGES = f"""() => [...document.querySelectorAll("main > .page")].map((page) => {{
  for (const one of document.querySelectorAll("main > .page")) {{
    one.classList.toggle("on", one === page);
    one.hidden = one !== page;
  }}
  if (page.dataset.page === "items") gongkaiCompose.grow(page);
  const texts = [...page.querySelectorAll("article[data-item]")]
    .map((one) => [one.dataset.item, one.querySelector(":scope > .body").textContent]);
  return {{ ...({MEASURE})(), texts }};
}})"""
SOURCES = """() => Object.fromEntries([...document.querySelectorAll("#items > article[data-item]")]
  .map((one) => [one.dataset.item, {
    all: one.querySelector(":scope > .body").textContent,
    blocks: [...one.querySelectorAll(":scope > .body > :is(p, pre, h3, h4)")]
      .map((part) => part.textContent),
  }]))"""


class Wild:
    """Bodies of which no screen was thought."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311 - a sample

    def text(self, most: int) -> str:
        length = self.chance.randrange(1, most)
        parts = "".join(self.chance.choices(f"{HAN}，。、；：“”（）0123456789abcdefgh ", k=length))
        return re.sub(r"\s+", " ", parts).strip(" #>-+*=") or "字"

    def body(self) -> str:
        makers = [self.paragraph, self.table, self.list, self.quote, self.address, self.code]
        makers += [self.paragraph, self.table, self.picture, self.heading]
        return "\n\n".join(self.chance.choice(makers)() for _ in range(self.chance.randrange(1, 7)))

    def paragraph(self) -> str:
        return self.text(self.chance.choice((20, 200, 2_000)))

    def table(self) -> str:
        columns, rows = self.chance.randrange(1, 15), self.chance.randrange(1, 30)
        most = self.chance.choice((4, 12, 60, 2_000 if rows < 5 else 30))
        head = " | ".join(self.text(8) for _ in range(columns))
        lines = [f"| {head} |", "|" + "---|" * columns]
        for _ in range(rows):
            cells = (self.cell(most) for _ in range(columns))
            lines.append(f"| {' | '.join(cells)} |")
        return "\n".join(lines)

    def cell(self, most: int) -> str:
        return str(self.chance.randrange(10**7)) if self.chance.random() < 0.5 else self.text(most)

    def list(self) -> str:
        sign = self.chance.choice(("- ", "1. "))
        return "\n".join(f"{sign}{self.text(300)}" for _ in range(self.chance.randrange(1, 25)))

    def quote(self) -> str:
        return f"> {self.text(1_500)}"

    def address(self) -> str:
        return f"见 http://board.example/{'a' * self.chance.randrange(1, 180)}?b={'%20' * 9} 。"

    def code(self) -> str:
        return f"```\n{'x' * self.chance.randrange(1, 300)}\n{self.text(100)}\n```"

    def picture(self) -> str:
        return "![图](a.png)"

    def heading(self) -> str:
        return f"## {self.text(60)}"


def bare(text: str) -> str:
    """Without what separators and line ends add."""
    return re.sub(r"[\s,]", "", text)


@pytest.mark.parametrize("size", SIZES)
def test_all_of_it_is_shown_and_nothing_runs_over(
    size: tuple[int, int], tmp_path: Path, serve: Serve, open_page: Open, share: int
) -> None:
    starts = range(0, BODIES, A_SITE)
    for number in starts[: max(1, len(starts) // share)]:
        wild = Wild(number + size[0])
        files = {
            f"content/items/n{number}.md": item(
                title=wild.text(40).replace(": ", ":").strip("：:，“”'\"[]{}"),
                category="leave-holiday",
                channels="[screen]",
                body=wild.body(),
                expires="2027-12-31",
                publish=f"2026-0{1 + number % 9}-10",
            )
            for number in range(A_SITE)
        }
        root = tmp_path / str(number)
        site = make_site(root, files)
        shutil.copy(PICTURE, root / "content/items/a.png")
        assert build(BuildRequest(site, instant(site, "2026-11-22"), site.out, render_shell)).files
        page = open_page(serve(site.out) + "screen/machining/", "2026-11-22T08:00:00+08:00", *size)
        page.wait_for_timeout(500)
        sources, pages = page.evaluate(SOURCES), page.evaluate(ALL_PAGES)
        shown = dict.fromkeys(sources, "")
        for one in pages:
            assert one["over"] == [], (number, one["texts"][:1])
            for name, text in one["texts"]:
                shown[name] += text
        for name, source in sources.items():
            missing = Counter(bare(source["all"])) - Counter(bare(shown[name]))
            assert not missing, (number, name, missing)
            for block in source["blocks"]:
                assert bare(block) in bare(shown[name]), (number, name, block[:40])
        page.close()


WORK = (
    "车间本月按计划完成设备检修和安全培训，参加人员全部合格，剩余问题由责任部门整改完毕并公布结果。"
)


def usual(chance: Random) -> str:
    """A body as a factory has them: some sentences, often a table, sometimes a list."""
    parts = ["".join(WORK for _ in range(chance.randrange(1, 5)))]
    if chance.random() < 0.6:
        columns = chance.randrange(2, 7)
        head = "".join(f"项目{one} |" for one in range(1, columns))
        rows = [f"| 班组 |{head}", "|---|" + "--:|" * (columns - 1)]
        for number in range(chance.randrange(3, 10)):
            figures = "".join(f"{chance.randrange(10, 10**6)} |" for _ in range(1, columns))
            rows.append(f"| 第{number}组 |{figures}")
        parts.append("\n".join(rows))
    if chance.random() < 0.3:
        parts.append("\n".join(f"- {WORK[: chance.randrange(8, 40)]}" for _ in range(4)))
    return "\n\n".join(parts)


@pytest.mark.parametrize("size", SIZES[:2])
def test_of_a_hundred_and_fifty_items_all_are_seen_within_the_hour(
    size: tuple[int, int], tmp_path: Path, serve: Serve, open_page: Open
) -> None:
    chance = Random(3)  # noqa: S311 - a sample
    files = {
        f"content/items/n{number}.md": item(
            title=f"第{number}项{WORK[: chance.randrange(4, 16)]}情况",
            category="leave-holiday" if number % 2 else "standing-info",
            channels="[screen]",
            body=usual(chance),
            expires="2027-12-31",
            publish="2026-11-17" if number < 7 else f"2026-{1 + number % 10:02}-10",
        )
        for number in range(150)
    }
    site = make_site(tmp_path, files)
    assert build(BuildRequest(site, instant(site, "2026-11-19"), site.out, render_shell)).files
    page = open_page(serve(site.out) + "screen/machining/", "2026-11-19T10:20:00+08:00", *size)
    found = lap(page)
    assert found.over == []
    assert max(found.rounds) <= 300
    assert max(found.first.values()) <= 3600
