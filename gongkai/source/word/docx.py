"""A .docx file (ECMA-376): its paragraphs, tables and pictures as Word shows them."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from gongkai.source.ooxml import DAMAGED, OfficePackage, all_of, name_of
from gongkai.source.word.gathered import Gathered, note_text
from gongkai.source.word.labels import shown_number
from gongkai.source.word.model import Document
from gongkai.source.word.numbering import Numbering
from gongkai.source.word.runs import Runs, raised, texts_of
from gongkai.source.word.story import Story, margin_texts
from gongkai.source.word.styles import WordStyles, child, is_on, value
from gongkai.source.workbook.errors import Unreadable

_NOTES = {"footnote": "decimal", "endnote": "lowerRoman"}
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


def read_docx(data: bytes, gathered: Gathered) -> Document:
    """The document in the bytes of a file. Unreadable when it is none."""
    try:
        return _Docx(OfficePackage(data), gathered).document()
    except (*DAMAGED, RecursionError) as bad:
        raise Unreadable("content") from bad


class _Docx:
    """A file that is being read."""

    def __init__(self, package: OfficePackage, gathered: Gathered) -> None:
        self._package, self._gathered = package, gathered
        self._main = package.part_of("", "/officeDocument") or "word/document.xml"
        self._styles = WordStyles(self._tree("/styles"))
        self._numbering = Numbering(self._tree("/numbering"))
        self._settings = self._tree("/settings")
        self._comments = _by_id(self._tree("/comments"), "comment")
        self._marks: dict[tuple[str, str], str] = {}

    def document(self) -> Document:
        root = self._package.tree(self._main)
        body = child(root, "body")
        if body is None:
            raise Unreadable("content")
        blocks = tuple(self._story(self._main, body).blocks(body))
        notes = tuple(self._noted())
        self._linked()
        margins = tuple(self._margins(body))
        gathered = self._gathered
        return Document(blocks, notes, margins, gathered.objections, gathered.remarks)

    def _linked(self) -> None:
        """Tell the addresses of links, of which a page shows the words."""
        for relation in self._package.relations(self._main).values():
            if relation.is_outside and relation.kind.endswith("/hyperlink"):
                self._gathered.remark("links", relation.part)

    def _tree(self, kind: str) -> Element | None:
        """The part of a kind that the document refers to."""
        part = self._package.part_of(self._main, kind)
        return self._package.tree(part) if part in self._package.parts else None

    def _story(self, part: str, tree: Element, *, is_margin: bool = False) -> Story:
        runs = Runs(self._styles, self._gathered, self._comments, self._mark)
        runs = runs.of(tree, is_margin=is_margin)
        return Story(self._package, part, self._styles, self._numbering, runs, self._gathered)

    def _mark(self, kind: str, identity: str, is_own: bool) -> str:
        """The mark of a note: notes are counted as they are referred to, but for those that have
        a mark of their own, which stands in the text and in the note."""
        known = self._marks.get((kind, identity))
        if known is None and is_own:
            known = self._marks[kind, identity] = ""
        elif known is None:
            count = sum(of == kind and mark != "" for (of, _), mark in self._marks.items()) + 1
            number = shown_number(count, self._format(kind))
            known = self._marks[kind, identity] = raised(number, "superscript")
        return known

    def _format(self, kind: str) -> str:
        found = child(self._settings, f"{kind}Pr", "numFmt")
        return value(found) or _NOTES[kind]

    def _noted(self) -> Iterator[tuple[str, str]]:
        """The notes that the text refers to, by their marks."""
        for kind in _NOTES:
            part = self._package.part_of(self._main, f"/{kind}s")
            if part not in self._package.parts:
                continue
            for note in self._package.tree(part):
                identity = value(note, "id") or ""
                if value(note, "type") in _SEPARATORS or (kind, identity) not in self._marks:
                    continue
                text = note_text(self._story(part, note).blocks(note), self._gathered)
                yield self._marks[kind, identity], text

    def _margins(self, body: Element) -> Iterator[str]:
        """The texts of the headers and footers that are shown on some page."""
        has_even = is_on(child(self._settings, "evenAndOddHeaders"))
        relations = self._package.relations(self._main)
        seen: set[str] = set()
        for section in all_of(body, "sectPr"):
            has_first = is_on(child(section, "titlePg"))
            for element in section:
                kind = value(element, "type") or "default"
                is_shown = {"first": has_first, "even": has_even}.get(kind, True)
                found = relations.get(_relation(element))
                if name_of(element) not in ("headerReference", "footerReference") or not is_shown:
                    continue
                if found and found.part in self._package.parts and found.part not in seen:
                    seen.add(found.part)
                    tree = self._package.tree(found.part)
                    blocks = self._story(found.part, tree, is_margin=True).blocks(tree)
                    yield from margin_texts(blocks, self._gathered)


def _relation(element: Element) -> str:
    return next((v for key, v in element.attrib.items() if key.endswith("}id")), "")


def _by_id(tree: Element | None, name: str) -> dict[str, str]:
    if tree is None:
        return {}
    return {
        value(element, "id") or "": texts_of(element)
        for element in tree
        if name_of(element) == name
    }
