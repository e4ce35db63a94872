"""The HTML of a body: what a tree of it says, and nothing of it becomes markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from gongkai.domain.text import Body, plain_text
from gongkai.render.html import read_text
from gongkai.source.markdown import html_of, tree
from tests.bodies import html_in

PLAIN = some.text("公示关于工资张李*_|`\\ \n0123456789“”，。：ab\"'~-#>", max_size=120)
ROW = some.lists(some.text("工资张*三李欧阳0123.% ", max_size=8), min_size=3, max_size=3)
TABLES = some.lists(ROW, min_size=1, max_size=5).map(
    lambda rows: "\n".join(
        [
            "| 项目 | 金额 | 人均 |",
            "|---|---:|:-:|",
            *("| " + " | ".join(row) + " |" for row in rows),
        ]
    )
)
BODIES = some.lists(PLAIN | TABLES, max_size=3).map("\n\n".join)


def words(text: str) -> list[str]:
    """A text without what makes no difference to a reader."""
    return text.split()


@given(BODIES)
@settings(max_examples=300, deadline=None)
def test_a_page_says_what_the_tree_says_that_sheets_and_checks_read(text: str) -> None:
    body = Body(text)
    assert words(read_text(body)) == words(plain_text(tree(body)))


class Seen(HTMLParser):
    """Everything in a page that could do something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        bad = tag in ("script", "iframe", "object", "embed", "svg", "style", "form", "base", "link")
        for name, value in attrs:
            scheme = (value or "").strip().lower().split(":")[0]
            bad |= name.startswith("on") or scheme in ("javascript", "data", "vbscript")
        if bad:
            self.found.append(self.get_starttag_text() or tag)


PAYLOADS = """\
<script> </script> <img onerror=a src=x> [x](javascript:a) [x](data:text/html,a) ![x](javascript:a)
<a href=javascript:a> <svg/onload=a> `<b>` &lt;script&gt; [x]: javascript:a <javascript:a>
<http://a"onx=y> [a](<javascript:a>) | |---| ** *"""
HOSTILE = some.sampled_from([*PAYLOADS.split(), "\n", "\n\n"])


@given(some.lists(HOSTILE | PLAIN, max_size=12).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_nothing_an_item_says_does_anything(text: str) -> None:
    seen = Seen()
    seen.feed(html_in(text))
    assert seen.found == []


@given(some.lists(HOSTILE, max_size=8).map(" ".join))
@settings(max_examples=200, deadline=None)
def test_what_is_no_markup_is_shown_as_typed(text: str) -> None:
    assert words(read_text(Body(text))) == words(plain_text(tree(Body(text))))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("张*三、李*四", "<p>张*三、李*四</p>"),
        ("李*、钱*和王*五", "<p>李*、钱*和王*五</p>"),
        ("欧阳**的申请", "<p>欧阳**的申请</p>"),
        ("阿**·买**", "<p>阿**·买**</p>"),
        ("**关于“公示”**的通知", "<p><strong>关于“公示”</strong>的通知</p>"),
        ("请于**周一**前", "<p>请于<strong>周一</strong>前</p>"),
        ("*强调*，文字", "<p><em>强调</em>，文字</p>"),
        ("公示**重要**通知", "<p>公示<strong>重要</strong>通知</p>"),
    ],
)
def test_masked_names_and_bold(typed: str, shown: str) -> None:
    assert html_in(typed) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("奖金，计**5人**", "奖金，计<strong>5人</strong>"),
        ("罚款，和**300元**。", "罚款，和<strong>300元</strong>。"),
        ("王**5000元，李**6000元", "王**5,000元，李**6,000元"),
    ],
)
def test_a_bold_figure_behind_a_surnames_character_is_bold(typed: str, shown: str) -> None:
    assert shown in html_in(typed)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("甲<b>乙</b>", "<p>甲&lt;b&gt;乙&lt;/b&gt;</p>"),
        ("<div>\n甲\n</div>", "<p>&lt;div&gt;<br />甲<br />&lt;/div&gt;</p>"),
        ("[1](见附表)", "<p>[1](见附表)</p>"),
        ("[甲](javascript:a)", "<p>[甲](javascript:a)</p>"),
        ("![甲](../乙.png)", "<p>![甲](../乙.png)</p>"),
        (
            '[甲](http://a.example "乙")',
            '<p><a href="http://a.example" rel="noopener noreferrer">甲</a></p>',
        ),
        ("![甲](乙.png)", '<p><img src="../乙.png" alt="甲" /></p>'),
        ("# 甲\n\n###### 乙", "<h3>甲</h3><h6>乙</h6>"),
        ("- 甲\n\n- 乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("计`1234元`和1234元", "<p>计<code>1234元</code>和1,234元</p>"),
        ("```py\n1234元\n```", "<pre><code>1234元\n</code></pre>"),
    ],
)
def test_what_is_ours_in_the_html(typed: str, shown: str) -> None:
    assert html_in(typed, {"乙.png": "../乙.png"}) == shown


def test_rows_of_sums_and_of_the_own_workshop_are_marked() -> None:
    text = "| 车间 | 金额 |\n|---|---:|\n| 铸造 | 1234 |\n| **合计** | 1234 |"
    html = html_in(text, own="铸造")
    assert '<tr class="gk-own"><td>铸造</td><td class="gk-right">1,234</td>' in html
    assert '<tr class="gk-sum"><td><strong>合计</strong></td>' in html


def test_what_begins_in_one_another_too_often_is_shown_as_typed() -> None:
    text = "\n".join(f"{'  ' * deep}- 第{deep}层" for deep in range(20))
    assert html_of(text).count("<ul>") < 10
    assert "第19层" in html_of(text)
