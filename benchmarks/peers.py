"""The same items for the peers: Hugo with pages of the same weight as ours, MkDocs, Zensical."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import yaml

_HUGO = """\
baseURL: http://bench.example/
title: 基准厂务公开
buildFuture: true
buildExpired: true
disableKinds: [RSS, sitemap]
taxonomies: {board: boards}
"""
_HUGO_BODY = """\
<div class="gk gk-single" data-item="{{ .File.ContentBaseName }}">
<p class="gk-status"><b>{{ .Params.until }}</b></p>
<h1>{{ .Title }}</h1>
<p class="gk-tag">{{ .Params.category }}</p>
<dl class="gk-facts">
<div><dt>所属期</dt><dd>{{ .Params.period }}</dd></div>
<div><dt>公开日期</dt><dd>{{ .Date.Format "2006年1月2日" }}</dd></div>
<div><dt>公开期限至</dt><dd>{{ .Params.until }}</dd></div>
<div><dt>责任</dt><dd>{{ .Params.owner.dept }} {{ .Params.owner.post }}</dd></div>
<div><dt>审批</dt><dd>{{ .Params.approval.by }} {{ .Params.approval.date }}</dd></div>
</dl>
<div class="gk-body">{{ .Content }}</div>
{{ range .Params.steps }}<p class="gk-note">{{ .step }} {{ .by }}，{{ .date }}</p>{{ end }}
<p class="gk-soft">依据：{{ delimit .Params.legal_basis "；" }}</p>
<p>{{ range .Params.boards }}<a href="../../boards/{{ . }}/">{{ . }}</a>{{ end }}</p>
</div>
"""
_HUGO_LIST = """\
<h1>{{ .Title }}</h1>
<ul>{{ range first 40 .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
"""
_MKDOCS = """\
site_name: 基准厂务公开
theme: {name: material, language: zh, font: false, features: [navigation.tabs]}
extra: {generator: false}
plugins: [search]
nav: [index.md]
not_in_nav: items/
"""


def make_hugo(corpus: Path, ours: Path, folder: Path) -> None:
    """A Hugo site of the corpus in our own frame, so that its pages weigh what ours weigh."""
    shutil.rmtree(folder, ignore_errors=True)
    page = next((ours / "items").iterdir()) / "index.html"
    html = page.read_text("utf-8")
    start = html.index('<div class="gk gk-single"')
    end = html.index("</div>\n", html.index("gk-links", start)) + len("</div>\n")
    title = re.search("<title>(.*?)</title>", html)
    before, after = html[:start].replace("{{", '{{"{{"}}'), html[end:].replace("{{", '{{"{{"}}')
    if title:
        before = before.replace(title[1], "{{ .Title }}")
    layouts = folder / "layouts" / "_default"
    _write(layouts / "single.html", before + _HUGO_BODY + after)
    for name in ("list", "taxonomy", "term"):
        _write(layouts / f"{name}.html", before + _HUGO_LIST + after)
    _write(folder / "layouts" / "index.html", before + _HUGO_LIST + after)
    _write(folder / "hugo.yaml", _HUGO)
    shutil.copytree(ours / "assets", folder / "static" / "assets")
    boards = sorted(one.stem for one in (corpus / "boards").iterdir())
    for source, front, body in _items(corpus):
        front["date"], front["until"] = front.pop("publish"), str(front.pop("expires"))
        front.pop("kind", None)  # a word of Hugo's own
        if front["boards"] == "all":
            front["boards"] = boards
        _write(folder / "content" / "items" / source.name, _page(front, body))


def make_mkdocs(corpus: Path, folder: Path) -> None:
    """An ordinary MkDocs site of the corpus, which Zensical reads too; no item is in its menu."""
    shutil.rmtree(folder, ignore_errors=True)
    _write(folder / "mkdocs.yml", _MKDOCS)
    _write(folder / "docs" / "index.md", "# 首页\n")
    for source, front, body in _items(corpus):
        lines = [f"{key}：{value}\n" for key, value in front.items() if key != "title"]
        text = f"# {front['title']}\n\n" + "\n".join(lines) + body
        _write(folder / "docs" / "items" / source.name, _page({"title": front["title"]}, text))


def _items(corpus: Path) -> list[tuple[Path, dict[str, Any], str]]:
    found = []
    for path in sorted((corpus / "content" / "items").rglob("*.md")):
        _, front, body = path.read_text("utf-8").split("---\n", 2)
        found.append((path, yaml.load(front, yaml.CSafeLoader), body))
    return found


def _page(front: dict[str, Any], body: str) -> str:
    head = yaml.dump(front, allow_unicode=True, Dumper=yaml.CSafeDumper)
    return f"---\n{head}---\n{body}"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
