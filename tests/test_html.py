"""Two ways to the HTML of a body, one page; and nothing an item says becomes markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from gongkai.domain.text import Body
from gongkai.render.html import Writer, quick_html
from gongkai.source.markdown import tree

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


def same(html: str) -> str:
    """HTML without what makes no difference to a reader."""
    html = str(html).replace("<br />", "<br>").replace("&quot;", '"').replace("&#34;", '"')
    html = html.replace("&#39;", "'").replace("&gt;", ">").replace("<tbody></tbody>", "")
    return re.sub(r"\s+", " ", re.sub(r"\s*(</?(?:p|t\w+|div|br)[^>]*>)\s*", r"\1", html)).strip()


@given(BODIES)
@settings(max_examples=300, deadline=None)
def test_the_quick_way_gives_the_same_page(text: str) -> None:
    body = Body(text)
    quick = quick_html(body, "工资")
    if quick is not None:
        assert same(quick) == same(Writer(str, "工资").write(tree(body)))


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
    body = Body(text)
    for html in (quick_html(body, None), Writer(lambda name: name).write(tree(body))):
        seen = Seen()
        seen.feed(html or "")
        assert seen.found == []


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
    assert str(Writer(str).write(tree(Body(typed)))) == shown
    assert same(quick_html(Body(typed), None) or "") == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("奖金，计**5人**", "奖金，计<strong>5人</strong>"),
        ("罚款，和**300元**。", "罚款，和<strong>300元</strong>。"),
        ("王**5000元，李**6000元", "王**5000元，李**6000元"),
    ],
)
def test_a_bold_figure_behind_a_surnames_character_is_bold(typed: str, shown: str) -> None:
    assert shown in str(quick_html(Body(typed), None))
