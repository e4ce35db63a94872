"""Pages to look things up in, and what is missing where workers see it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.render.web.reference import slug
from gongkai.rulebook import page, rules
from tests.conftest import Example
from tests.sites import instant, item, make_site

CATALOGUE = """\
地区: 浙江
起始: 2026-10
类别:
  canteen-accounts: {期限天数: 15}
  reward-discipline: {免公开: {原因: 涉密, 批准: 党委}}
放假安排:
  2027: {文号: 国办发明电〔2026〕0号, 放假: [2027-01-01], 上班: []}
"""


def text_of(html: str) -> str:
    """What a reader reads, in one line."""
    body = html.partition('<div class="gk')[2].rpartition("</article>")[0]
    whole = re.sub(r'<span lang="zh-Hans">(.*?)</span>', r"\1", body)
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", whole).split()))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("reference")
    files = {
        "content/catalogue.yml": CATALOGUE,
        "boards/casting.yml": "title: 铸造车间公开栏\nworkshop: 铸造车间\n",
        "boards/machining.yml": "title: 机加工车间公开栏\nworkshop: 机加工车间\n",
        "content/items/safety.md": item(
            category="safety-hazards", period="2026-10", boards="[casting]", publish="2026-11-09"
        ),
    }
    made = make_site(root, files)
    build(BuildRequest(made, instant(made, "2026-11-22"), made.out, render_shell))
    return made.out


def test_every_rule_has_a_page_in_both_languages(example: Example) -> None:
    for rule in rules():
        told = text_of(example.page(f"checks/{slug(rule)}/index.html"))
        for lang in ("zh", "en"):
            one = page(rule, lang)
            assert all(" ".join(part.split()) in told for part in (one.what, one.why, one.mend)), (
                rule,
                lang,
            )


def test_pages_of_rules_are_found_from_the_front_page(example: Example) -> None:
    assert 'href="checks/"' in example.page("index.html")
    listed = re.findall(r'<a href="([a-z-]+)/">', example.page("checks/index.html"))
    assert set(listed) >= {slug(rule) for rule in rules()}


def test_what_is_due_says_what_it_rests_on_and_how_sure_that_is(site: Path) -> None:
    told = text_of((site / "duties/index.html").read_text("utf-8"))
    assert "企业民主管理规定（国有）(3)（条文未核实）" in told
    assert "参照山东省厂务公开条例15（外省，2026年11月22日阅）" in told
    assert "意见答复不超过 30 天 浙江省企业民主管理条例第二十三条 2026年11月22日" in told
    assert "三分之二以上代表到会，全体代表过半数通过，无记名" in told


def test_what_a_site_says_otherwise_is_said_openly(site: Path) -> None:
    told = text_of((site / "duties/index.html").read_text("utf-8"))
    assert "奖励处罚和解除合同 免公开：涉密（党委批准）" in told
    assert "食堂账目 本单位改过这一行 每月，期满后 15 天内" in told
    assert "2027 国办发明电〔2026〕0号" in told


def test_what_was_never_written_hangs_where_it_is_missed(site: Path) -> None:
    here, there, home = (
        text_of((site / path).read_text("utf-8"))
        for path in ("boards/machining/index.html", "boards/casting/index.html", "index.html")
    )
    missing = (
        "安全生产和隐患治理 机加工车间 2026年10月 最早的应在 2026年11月10日 前公开；由安环部负责"
    )
    assert missing in here
    assert "机加工车间2026年10月安全生产和隐患治理 11月10日 12天 安环部" in home
    assert "2026年10月工资奖金分配" in home
    assert "2026年10月食堂账目 11月15日" in home
    assert "奖励处罚" not in home
    assert missing not in there
    for text in (here, there):
        assert "工资奖金分配 2026年10月" in text  # the company's own is missed everywhere
        assert "食堂账目 2026年10月 最早的应在 2026年11月15日" in text
        assert "奖励处罚" not in text
