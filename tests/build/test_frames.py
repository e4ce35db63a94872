"""A stamped page is, to the byte, what MkDocs and Material make of the same page by themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from markupsafe import escape
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from gongkai.build.kinds import FRAMES, KINDS, STAMPED_TITLES, TAKEN
from gongkai.build.plan import Plan, Renderer, Work
from gongkai.files.artifact_cache import Shelf
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.render.frame import Frame
from gongkai.render.web.pages import Pages
from gongkai.status.edition import make_edition
from tests import sites
from tests.command import run
from tests.conftest import Example
from tests.sites import WAGES, check, item, make_site, tree

CONFIG: dict[str, Any] = {
    "site_name": "测试厂 & “公开”",
    "site_url": "http://example.test/board/",
    "docs_dir": "content/pages",
    "nav": [
        {"公开栏": "index.md"},
        {"往期": "archive/index.md"},
        {"打印": "posters/index.md"},
        {"关于": [{"关于公开": "about.md"}, {"怎样提意见": "object.md"}]},
    ],
    "theme": {
        "name": "material",
        "language": "zh",
        "font": False,
        "features": ["navigation.tabs", "navigation.top", "search.highlight"],
        "palette": [
            {"scheme": "default", "toggle": {"icon": "material/weather-night", "name": "深色"}},
            {"scheme": "slate", "toggle": {"icon": "material/weather-sunny", "name": "浅色"}},
        ],
    },
    "extra": {"generator": False},
    "markdown_extensions": ["admonition", "attr_list", "tables"],
}
HOOK = """\
import json
from pathlib import Path
BODIES = json.loads(Path(__file__).with_name("bodies.json").read_text("utf-8"))
def on_page_content(html, page, **_):
    return BODIES.get(page.file.src_uri, html)
def on_post_page(output, page, **_):
    from gongkai.render.policy import with_policy
    return with_policy(output, page.content)
"""
AWKWARD = "“恒川工匠”&<候选人> 'x' \\ {{ 7*7 }} 张*三"


class Stamped:
    """One page as it was stamped, and what was put into it."""

    def __init__(self, kind: str, path: str, parts: dict[str, str], page: bytes) -> None:
        self.kind, self.path, self.parts, self.page = kind, path, parts, page

    @property
    def source(self) -> str:
        stem = self.path.removesuffix("/index.html").removesuffix("index.html")
        is_single = self.kind not in STAMPED_TITLES
        return f"{stem}/index.md".lstrip("/") if is_single else f"{stem}.md"

    @property
    def text(self) -> str:
        title = self.parts["title"]
        # Material puts title and description into the page as they are. Those of items may hold
        # anything, so we escape them; for the same page MkDocs has to be given them escaped.
        front = {
            "title": str(escape(title) if self.kind in STAMPED_TITLES else title),
            "description": str(escape(" ".join(self.parts["summary"].split()))),
            "hide": ["navigation", "toc", "path"],
            "search": {"exclude": True},
        }
        return f"---\n{yaml.safe_dump(front, allow_unicode=True, width=10**6)}---\n"


@pytest.fixture
def stamped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Stamped]:
    """Every page of a site with every kind of page, stamped."""
    plugins = {"plugins": [{"search": {"lang": "zh"}}, {"gongkai": {"timezone": "Asia/Shanghai"}}]}
    files = {
        "mkdocs.yml": yaml.safe_dump({**CONFIG, **plugins}, allow_unicode=True),
        "content/pages/object.md": "# 怎样提意见\n",
        "content/items/wages.md": WAGES,
        "content/items/odd.md": item(title=json.dumps(AWKWARD, ensure_ascii=False), body=AWKWARD),
        "content/items/past.md": item(publish="2024-11-01", expires="2024-12-01"),
        "content/items/older.md": item(publish="2023-11-01", expires="2023-12-01"),
        "content/meetings/2026.yml": "{编号: M, 种类: 职代会, 日期: 2026-11-01}\n",
        "content/appraisal.yml": "评分: []\n",
        "content/surveys/2026.yml": "{编号: S, 标题: 测评, 日期: 2026-12-01}\n",
        "content/catalogue.yml": "起始: 2025-01\n",
        "content/checklist.yml": "安排: []\n",
    }
    site = make_site(tmp_path / "site", files)
    monkeypatch.setattr("gongkai.render.web.pages.ARCHIVE", 1)
    monkeypatch.setattr("gongkai.build.plan.ARCHIVE", 1)
    edition = make_edition(check(site, "2026-11-22").standings)
    plan = Plan(Work(edition, render_shell(site, tmp_path / "shell")))
    found: list[Stamped] = []
    parts: list[dict[str, str]] = []
    stamp, page_of = Frame.stamp, Pages.framed

    def noting_parts(self: Frame, **given: str) -> bytes:
        parts.append(given)
        return stamp(self, **given)

    def noting_pages(self: Pages, kind: str, path: str, *rest: str) -> Any:
        artifact = page_of(self, kind, path, *rest)
        found.append(Stamped(kind, path, parts[-1], artifact.data))
        return artifact

    monkeypatch.setattr(Frame, "stamp", noting_parts)
    monkeypatch.setattr(Pages, "framed", noting_pages)
    renderer = Renderer(plan, Shelf(None))
    for task in plan.tasks():
        if not KINDS[task.kind].is_slow and task.kind != "screen":
            renderer.make(task)
    return found


def test_every_kind_of_page_is_what_mkdocs_itself_makes(
    stamped: list[Stamped], tmp_path: Path
) -> None:
    folder = tmp_path / "direct"
    assert {one.kind for one in stamped} == set(FRAMES)
    for one in stamped:
        path = folder / "content/pages" / one.source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(one.text, "utf-8")
    for name in ("about", "object"):
        page = tmp_path / "site/content/pages" / f"{name}.md"
        (folder / "content/pages" / page.name).write_bytes(page.read_bytes())
    scripts = [
        f"{name}.js" for name in ("board", "gongkai", "hung", "paper", "reading", "search", "share")
    ]
    for name in ("gongkai.css", *scripts):
        asset = folder / "content/pages/assets/gongkai" / name
        asset.parent.mkdir(parents=True, exist_ok=True)
        asset.write_text("", "utf-8")
    bodies = {one.source: one.parts["body"] for one in stamped}
    (folder / "bodies.json").write_text(json.dumps(bodies), "utf-8")
    (folder / "hook.py").write_text(HOOK, "utf-8")
    ours = {
        "plugins": [{"search": {"lang": "zh"}}],
        "hooks": ["hook.py"],
        "extra_css": ["assets/gongkai/gongkai.css"],
        "extra_javascript": [f"assets/gongkai/{name}" for name in scripts],
    }
    text = yaml.safe_dump({**CONFIG, **ours}, allow_unicode=True)
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    config = load_config(str(folder / "mkdocs.yml"), site_dir=str(tmp_path / "made"))
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)
    for one in stamped:
        assert (tmp_path / "made" / one.path).read_bytes() == one.page, one.path


def test_what_is_not_looked_through_was_never_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Material's hidden folders: left out, MkDocs writes the same files."""
    site = make_site(tmp_path / "site", {})
    render_shell(site, tmp_path / "quick")
    monkeypatch.setattr(
        "gongkai.mkdocs_plugin.plugin._have_templates_found_quickly", lambda _: None
    )
    render_shell(site, tmp_path / "as it is")
    assert tree(tmp_path / "quick") == tree(tmp_path / "as it is")


def test_what_lies_at_the_top_by_us_is_not_to_be_had_for_a_page(example: Example) -> None:
    """``.md`` behind each name; what else lies there is MkDocs' and Material's own."""
    theirs = {
        "index.html",
        "404.html",
        "assets",
        "about",
        "object",
        "sitemap.xml",
        "sitemap.xml.gz",
    }
    assert {path.name for path in example.folder.iterdir()} - theirs <= TAKEN


REFUSED = {
    'site_url: "https://[x/"': "site_url",
    "site_url: http://a.example:99999/": "site_url",
    f"site_url: http://a.example/{'a' * 3000}/": "site_url",
    "theme: {name: material, language: zh, palette: 7}": "mkdocs.yml",
    "theme: {name: material, language: xx}": "xx.html",
    "theme: {name: mkdocs}": "material",
    "markdown_extensions: [nope]": "nope",
    "plugins: [gongkai, nope]": "nope",
    "docs_dir: nowhere": "nowhere",
    "nav: 7": "nav",
    "extra_css: 7": "extra_css",
}


@pytest.mark.parametrize("line", REFUSED)
def test_what_a_build_would_refuse_of_the_configuration_a_check_does(
    line: str, tmp_path: Path
) -> None:
    key = line.split(":")[0]
    kept = [splitline for splitline in sites.CONFIG.splitlines() if not splitline.startswith(key)]
    root = make_site(tmp_path, {}).root
    (root / "mkdocs.yml").write_text("\n".join([*kept, line]), "utf-8")
    for verb in ("check", "build"):
        done = run(root, verb)
        assert done.returncode == 2
        assert REFUSED[line] in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("name", ["screen", "items/wages", "feed.xml", "manifest.json/index"])
def test_a_page_where_one_of_ours_will_lie_is_refused_by_its_name(
    name: str, tmp_path: Path
) -> None:
    config = sites.CONFIG.replace("测试厂", name)
    files = {f"content/pages/{name}.md": "# 页\n", "mkdocs.yml": config}
    root = make_site(tmp_path, files).root
    for verb in ("check", "build"):
        done = run(root, verb)
        assert done.returncode == 2
        assert f"{name}.md" in done.stderr.splitlines()[-1]
