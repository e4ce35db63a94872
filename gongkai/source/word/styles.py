"""The styles of a .docx file: what a paragraph or a run looks like when it does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from gongkai.source.ooxml import name_of

_HEADING = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录) ?(?:[1-9]|heading|标题)$", re.IGNORECASE)
_TITLES = ("title", "标题", "文章标题", "公文标题")
_DEEPEST = 20
"""Styles that rest upon each other; Word itself takes half as many."""
_OFF = ("0", "false", "off", "none")


def child(element: Element | None, *names: str) -> Element | None:
    """The element at the end of a way of names."""
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if name_of(one) == name), None)
    return element


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute, in whatever namespace."""
    if element is None:
        return None
    return next((v for key, v in element.attrib.items() if key.rpartition("}")[2] == name), None)


def is_on(element: Element | None) -> bool:
    """Is a property there and not switched off?"""
    return element is not None and (value(element) or "1").lower() not in _OFF


class WordStyles:
    """The styles by name, each with those it rests upon."""

    def __init__(self, tree: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._defaults: list[Element] = []
        self._normal = ""
        self._known: dict[tuple[str | None, str | None, str], Element | None] = {}
        for element in tree if tree is not None else ():
            if name_of(element) == "docDefaults":
                self._defaults = [element]
            elif name_of(element) == "style":
                self._styles[value(element, "styleId") or ""] = element
                if value(element, "type") == "paragraph" and value(element, "default") == "1":
                    self._normal = value(element, "styleId") or ""

    def chain(self, identity: str | None) -> Iterator[Element]:
        """A style, and what it rests upon, the nearest first."""
        for _ in range(_DEEPEST):
            if not identity or identity not in self._styles:
                return
            yield self._styles[identity]
            identity = value(child(self._styles[identity], "basedOn"))

    def of_paragraph(self, properties: Element | None, name: str) -> Element | None:
        """A property of a paragraph: its own, or that of its styles."""
        own = child(properties, name)
        if own is not None:
            return own
        return self.of_style(value(child(properties, "pStyle")), name)

    def of_style(self, style: str | None, name: str) -> Element | None:
        """A property of paragraphs of a style, or of those it rests upon."""
        found = (child(element, "pPr", name) for element in self.chain(style or self._normal))
        return next((element for element in found if element is not None), None)

    def of_run(self, run: Element | None, paragraph: Element | None, name: str) -> Element | None:
        """A property of a run: its own, or that of its styles, or of the whole file."""
        own = child(run, name)
        if own is not None:
            return own
        key = value(child(run, "rStyle")), value(child(paragraph, "pStyle")), name
        if key not in self._known:
            self._known[key] = self._of_styles(*key)
        return self._known[key]

    def _of_styles(self, run: str | None, paragraph: str | None, name: str) -> Element | None:
        for identity in (run, paragraph or self._normal):
            for style in self.chain(identity):
                if (found := child(style, "rPr", name)) is not None:
                    return found
        return child(self._defaults[0], "rPrDefault", "rPr", name) if self._defaults else None

    def heading(self, properties: Element | None) -> int:
        """The level of a heading, 1 the uppermost; 0 for none."""
        outline = value(self.of_paragraph(properties, "outlineLvl"))
        if outline and outline.isdecimal() and int(outline) < 9:
            return int(outline) + 1
        for style in self.chain(value(child(properties, "pStyle"))):
            if found := _HEADING.fullmatch(value(child(style, "name")) or ""):
                return int(found[1])
        return 0

    def is_contents(self, properties: Element | None) -> bool:
        """Is it a line of the table of contents?"""
        styles = self.chain(value(child(properties, "pStyle")))
        return any(_CONTENTS.match(value(child(element, "name")) or "") for element in styles)

    def is_title(self, properties: Element | None) -> bool:
        """Is it in the style that programs have for titles?"""
        styles = self.chain(value(child(properties, "pStyle")))
        return any((value(child(element, "name")) or "").lower() in _TITLES for element in styles)
