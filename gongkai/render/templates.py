"""Templates of pages and screens, in one language, with everything escaped."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from gongkai.domain.errors import ThemeError
from gongkai.files import theme
from gongkai.render.compiled import Compiled
from gongkai.render.reading import changed
from gongkai.render.stencil import blind, looks_back
from gongkai.render.words import Words

POSTER, PARTS = "poster.typ", "poster"
TILES, APPROVAL = f"{PARTS}/tiles.typ", f"{PARTS}/approval.typ"
RECTIFICATION = f"{PARTS}/rectification.typ"
BALLOT, SLIPS, RESULTS = (f"{PARTS}/{name}.typ" for name in ("ballot", "slips", "results"))
"""The template of posters, the folder of what it is drawn with, what is made around a sheet, and
the sheets of inspections and surveys."""
FONTS = "fonts"
"""The folder of the theme for fonts that a site may use but nobody may pass on."""


class _Spoken(NodeTransformer):
    """Puts the sentences that a template asks for by name into it: half of a page is such words,
    and they are the same on ten thousand pages."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the visitor's naming
        self.generic_visit(node)
        is_plain = isinstance(node.node, nodes.Name) and node.node.name == "t" and not node.kwargs
        if is_plain and len(node.args) == 1 and isinstance(node.args[0], nodes.Const):
            return nodes.Const(self.words.t(node.args[0].value), lineno=node.lineno)
        return node


class _Environment(jinja2.Environment):
    """Templates in which the sentences of one language already stand."""

    words: Words

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What templates may call by name, as a plain dictionary: it is copied for each page."""
        return {**self.globals, **(d or {})}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        spoken: nodes.Template = _Spoken(self.words).visit(tree)
        return spoken


def environment(root: Path, lang: str) -> jinja2.Environment:
    """The templates of a site. Undefined names are errors, so that a theme's typo is found."""
    return loaded(tuple(theme.folders(root)), lang)


@cache
def loaded(folders: tuple[Path, ...], lang: str) -> jinja2.Environment:
    """The templates of some folders, read once in a process."""
    made = _Environment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        bytecode_cache=Compiled(f"templates-{lang}", [theme.built_in()]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.words = Words(lang)
    made.globals.update(made.words.globals(), changed=changed)
    helpers: tuple[MutableMapping[str, Any], ...] = (made.filters, made.tests, made.globals)
    for known in helpers:
        asked = [name for name, value in known.items() if callable(value) and name not in _SIMPLE]
        known.update({name: blind(known[name]) for name in asked})
    return made


_SIMPLE = ("defined", "undefined", "none", "range", "dict", "cycler", "joiner", "namespace")
"""What answers rightly of a hole, and what is no function."""


def may_be_cut(root: Path, lang: str, template: str) -> bool:
    """Can there be a stencil of a template and of those that it names?"""
    made = environment(root, lang)
    try:
        return not any(
            looks_back(made.parse(text), made.globals) for text in Sources(root).of(template)
        )
    except jinja2.TemplateSyntaxError:
        return False  # it is told where it is filled


def fill(root: Path, lang: str, template: str, /, **values: object) -> str:
    """One template filled in."""
    try:
        return environment(root, lang).get_template(template).render(values)
    except jinja2.TemplateSyntaxError as error:
        place = f"{error.name}:{error.lineno}"
        raise ThemeError("error.theme", place=place, why=error.message) from error
    except jinja2.TemplateError as error:
        raise ThemeError("error.theme", place=template, why=error.message) from error


class Sources:
    """The texts of a site's templates."""

    def __init__(self, root: Path) -> None:
        kinds = ("pages", "screen", "forms")
        files = ((kind, *file) for kind in kinds for file in theme.files(root, kind))
        self.paths = {
            f"{kind}/{name}": path for kind, name, path in files if path.suffix == ".html"
        }
        self.texts: dict[str, str] = {}

    def of(self, template: str) -> list[str]:
        """A template and all templates that it names, to import or to include them."""
        todo, names = [template], set[str]()
        while todo:
            name = todo.pop()
            if name in self.paths and name not in names:
                names.add(name)
                text = self._text(name)
                todo += [other for other in self.paths if other in text]
        return [f"{name}\n{self._text(name)}" for name in sorted(names)]

    def _text(self, name: str) -> str:
        if name not in self.texts:
            self.texts[name] = self.paths[name].read_text("utf-8")
        return self.texts[name]


def poster_sources(root: Path) -> Mapping[str, bytes]:
    """The template of posters and the parts it is drawn with, by their paths in the theme."""
    names = [POSTER, *(f"{PARTS}/{name}" for name, _ in theme.files(root, PARTS))]
    return {name: theme.find(root, name).read_bytes() for name in names}


def font_hashes(root: Path) -> Mapping[str, str]:
    """The files of a site's own fonts, and what stands for what is in them."""
    found = {}
    for name, path in theme.files(root, FONTS):
        with path.open("rb") as file:
            found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found
