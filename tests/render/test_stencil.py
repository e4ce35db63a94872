"""A page out of a stencil is the page that its template makes, whatever the template does."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.build.plan import Plan, Renderer, Work
from gongkai.domain.model import Site
from gongkai.files.artifact_cache import Shelf
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.render.web.item_page import Given, Stencils, values_of
from gongkai.source.site import read_site
from gongkai.status.edition import make_edition
from tests.cases import sampled
from tests.sites import check, item, make_site


@pytest.fixture(autouse=True)
def _from_the_first_page_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few pages there are."""
    monkeypatch.setattr("gongkai.render.web.item_page._FEW", 0)


HERE = Path(__file__).parents[2]
DAYS = ("2026-11-22", "2026-12-20", "2028-01-05")
ITEMS = {
    "content/items/now.md": item(title="十月 <b>工资</b> & '奖金'", number="厂办〔2026〕5号"),
    "content/items/later.md": item(title="另一项", body="另一段。"),
    "content/items/gone.md": item(publish="2026-03-02", expires="2026-03-31"),
    "content/items/older.md": item(title="更早的", publish="2025-03-02", expires="2025-03-31"),
    "content/items/nothing.md": item(title="只有一个链接的定义", body="[a]: http://a.example"),
}


def pages_of(site: Site, day: str, folder: Path) -> tuple[dict[str, bytes], Stencils, list[Given]]:
    """Every item's page at a day, what made them, and what they were made from."""
    edition = make_edition(check(site, day).standings)
    renderer = Renderer(Plan(Work(edition, render_shell(site, folder))), Shelf(None))
    stencils, seen = renderer.pages.stencils, list[Given]()
    page = stencils.page

    def noting(given: Given) -> str:
        seen.append(given)
        return page(given)

    stencils.page = noting  # type: ignore[method-assign]
    found: dict[str, bytes] = {}
    for task in renderer.plan.tasks():
        if task.kind == "item":
            found |= {file.path: file.data for file in renderer.make(task).files}
    return found, stencils, seen


@pytest.mark.parametrize("day", DAYS)
def test_the_examples_pages_are_those_of_their_template(day: str, tmp_path: Path) -> None:
    site = read_site(HERE, {})
    _, stencils, given = pages_of(site, day, tmp_path / "shell")
    again = Stencils(stencils.fill, lambda: True)
    assert len(given) > 100
    for one in given:
        assert again.page(one) == stencils.fill(values_of(one)), one.entry.item.id
    assert all(again.known.values()), "the theme looks at what all pages of a shape have alike"
    assert len(again.known) < len(given) / 2


LOOKING = [
    "{{ title | upper }}", "{{ title | length }}", "{{ title[:2] }}", "{{ title | safe }}",
    "{{ title | replace('工', '公') }}", "{{ title | striptags }}", "{{ title | forceescape }}",
    "{% if title == '另一项' %}是{% endif %}", "{% if '工' in title %}有{% endif %}",
    "{{ title is string }}", "{{ title is escaped }}", "{{ title is sequence }}",
    "{{ title | default('无') }}", "{{ title ~ '&' ~ id }}", "{{ '%s!' | format(title) }}",
    "{% for one in title %}{{ one }} {% endfor %}", "{{ [title, id] | join('&') }}",
    "{{ {title: 1}[title] }}", "{{ title | tojson }}", "{{ title.upper() }}",
    "{% set x %}{{ title }}{% endset %}{{ x | length }}",
    "{% macro m(x) %}{{ x }}{% endmacro %}{% if m(title) == '另一项' %}是{% endif %}{{ m(title) }}",
    "{% filter upper %}{{ title }}{% endfilter %}", "{{ item.owner.dept }}{{ item.thread }}",
    "{{ item.publish.year }}", "{{ boards[0].title }}", "{{ named(boards[0]) }}",
    "{{ item.last_day }}", "{{ day(item.last_day) }}", "{{ shown.facts[0].value | upper }}",
    "{{ shown.facts | map(attribute='label') | join('/') }}", "{{ marked(title) }}",
    "{% autoescape false %}{{ title }}{% endautoescape %}", "{{ item.number }}",
    "{{ '有' if body else '无' }}", "{% for one in shown.notes %}{{ one or '无' }}{% endfor %}",
    "{{ t('expired-line', day=item.last_day) }}", "{{ places | length }}{{ title if id else '' }}",
]  # fmt: skip


@sampled("template", LOOKING, step=3)
def test_whatever_a_template_does_the_page_is_its_own(
    template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path, {**ITEMS, "theme/pages/item.html": f"<p>{template}</p>"})
    made, _, given = pages_of(site, "2026-11-22", tmp_path / "shell")

    def fill_each(self: Stencils, given: Given) -> str:
        return self.fill(values_of(given))

    monkeypatch.setattr(Stencils, "page", fill_each)
    plain, _, _ = pages_of(site, "2026-11-22", tmp_path / "again")
    assert len(given) >= len(ITEMS)
    assert made == plain


def test_a_template_that_only_writes_is_filled_once_a_shape(tmp_path: Path) -> None:
    template = "<h1>{{ title }}</h1>{% if item.number %}<p>{{ item.number }}</p>{% endif %}"
    site = make_site(tmp_path, {**ITEMS, "theme/pages/item.html": template})
    made, stencils, _ = pages_of(site, "2026-11-22", tmp_path / "shell")
    assert all(stencils.known.values())
    page = made["items/now/index.html"].decode()
    assert (
        "<h1>十月 &lt;b&gt;工资&lt;/b&gt; &amp; &#39;奖金&#39;</h1><p>厂办〔2026〕5号</p>" in page
    )
