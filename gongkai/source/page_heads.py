"""What ordinary pages say of themselves above their text, as far as MkDocs fails on it.

MkDocs takes whatever stands there and hands it to the templates, which know texts, lists and
mappings apart only by failing. Keys that no template asks for may be anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

import yaml

from gongkai.domain.errors import PageError
from gongkai.domain.finding import Finding, Severity
from gongkai.domain.model import Site
from gongkai.files import theme
from gongkai.files.reading import walk
from gongkai.source.document import finding_of
from gongkai.source.files import read_text
from gongkai.source.problems import Problem
from gongkai.source.shapes import nearest
from gongkai.source.yaml import MappingNode, Node, ScalarNode, SequenceNode

TEXTS = ("title", "description", "author", "template", "icon", "status", "subtitle")
"""Keys with one value behind them."""
_ENDINGS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""How the names of pages end."""
_HIDE = "navigation, toc"
_SEARCH = "{exclude: true}"
_FENCED = re.compile(r"---[ \t]*+\n(.*?\n)(?:\.{3}|---)[ \t]*+\n", re.DOTALL)
_BARE = re.compile(r"(?: {0,3}[A-Za-z0-9_-]+:.*\n|(?: {4}|\t).*\n)+")
"""Keys without lines above and below them, whose values are all texts."""
_BARE_SEARCH = re.compile(r"^ {0,3}search:[ \t]*+", re.IGNORECASE | re.MULTILINE)
_TEXT_TAG = "tag:yaml.org,2002:str"


def check_pages(site: Site) -> Iterator[Finding]:
    """Every value above a page's text that the page cannot be made with, in both languages."""
    folders = {site.pages, site.english.pages if site.english else site.pages}
    known = _templates(site) if site.is_plain else None
    for path in (path for folder in sorted(folders) for path in _pages(folder)):
        inside = path.is_relative_to(site.root)
        where = path.relative_to(site.root).as_posix() if inside else path.name
        text, problems = read_text(path)
        for problem in [problem for problem in problems if problem.case == "not-utf8"] or _problems(
            text, known
        ):
            yield finding_of(problem, where)


def unmade_pages(
    errors: Iterable[PageError], site: Site, found: Iterable[Finding]
) -> Iterator[Finding]:
    """Pages that MkDocs cannot make, unless it is ``found`` already what is wrong with them."""
    told = {finding.path for finding in found if finding.severity is Severity.ERROR}
    for error in errors:
        path = Path(str(error.values["path"]))
        where = path.relative_to(site.root).as_posix() if path.is_relative_to(site.root) else ""
        if where not in told:
            values = {"why": error.values["why"]}
            problem = Problem("format/type", 1, 1, "page", values)
            yield finding_of(problem, where or path.name)


def _pages(folder: Path) -> Iterator[Path]:
    return walk(folder, _ENDINGS) if folder.is_dir() else iter(())


def _templates(site: Site) -> frozenset[str]:
    """The templates that a page may name; none is loaded for it."""
    specs = [find_spec(name) for name in ("material", "mkdocs")]
    homes = [Path(spec.origin).parent / "templates" for spec in specs if spec and spec.origin]
    homes += [path / "mkdocs" for path in theme.folders(site.root)]
    return frozenset(
        path.relative_to(home).as_posix()
        for home in homes
        for path in (*home.glob("*.html"), *home.glob("blog*/*.html"))
    )


def _problems(text: str, templates: frozenset[str] | None) -> Iterator[Problem]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _FENCED.match(text):
        yield from _of_fenced(found[1], templates)
    elif (bare := _BARE.match(text)) and (key := _BARE_SEARCH.search(bare[0])):
        line = bare[0].count("\n", 0, key.start()) + 1
        values = {"key": "search", "near": _SEARCH}
        yield Problem("format/type", line, 1, "mapping", values)


def _of_fenced(front: str, templates: frozenset[str] | None) -> Iterator[Problem]:
    try:
        node = yaml.compose(front, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return  # MkDocs shows such lines as a part of the text
    for name, value in node.value if isinstance(node, MappingNode) else ():
        case = _wrong(name.value, value) if isinstance(name, ScalarNode) else ""
        mark = value.start_mark
        is_template = isinstance(name, ScalarNode) and name.value == "template"
        if is_template and not case and templates is not None and value.value not in templates:
            values = {"key": "template", **nearest(value.value, sorted(templates))}
            place = mark.line + 2, mark.column + 1
            yield Problem("format/unknown-value", *place, "choice", values)
        if case:
            near = {"list": _HIDE, "mapping": _SEARCH}.get(case, "")
            values = {"key": name.value, "near": near}
            yield Problem("format/type", mark.line + 2, mark.column + 1, case, values)


def _wrong(key: str, value: Node) -> str:
    """The case of ``format/type``; empty if the value is one that the page can be made with."""
    is_nothing = isinstance(value, ScalarNode) and value.tag == "tag:yaml.org,2002:null"
    is_text = isinstance(value, ScalarNode) and value.tag == _TEXT_TAG
    if key == "template":
        return "" if is_text else "scalar"
    if is_nothing:
        return ""
    if key in TEXTS:
        return "" if isinstance(value, ScalarNode) else "scalar"
    if key == "hide":
        return "" if is_text or isinstance(value, SequenceNode) else "list"
    return "mapping" if key == "search" and not isinstance(value, MappingNode) else ""
