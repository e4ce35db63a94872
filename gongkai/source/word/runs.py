"""The text of a paragraph of a .docx file as Word shows it, with what hangs on it: pictures, boxes,
notes, fields, changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from gongkai.source.heights import at_height
from gongkai.source.ooxml import all_of, first_of, name_of
from gongkai.source.word.drawn import Drawn, drawn_in
from gongkai.source.word.fields import EQUATION, OUTSIDE_FIELD, PAGE_FIELD, circled
from gongkai.source.word.formulas import formula
from gongkai.source.word.gathered import Gathered
from gongkai.source.word.styles import WordStyles, child, is_on, value
from gongkai.source.word.symbols import is_symbol_font, sign_of

_AROUND = (
    "hyperlink smartTag customXml bdo dir fldSimple sdtContent sdt ins moveTo subDoc rt".split()
)
_CHANGED, _GONE = ("ins", "moveTo", "conflictIns"), ("del", "moveFrom", "conflictDel")


WHITE, INVISIBLE = "FFFFFF", 2.0
"""The colour of paper, and points of a size that nobody can see."""


Mark = Callable[[str, str, bool], str]
"""Gives the mark of a note by its kind, its id, and whether the text has a mark of its own."""


@dataclass
class OpenParagraph:
    """A paragraph that is being read."""

    properties: Element | None
    pieces: list[str] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    reds: list[bool] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    """Keys of objections, with the words they are about, if not those of the paragraph."""
    changes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All pieces, without blanks around each of its lines."""
        lines = "".join(self.pieces).split("\n")
        return "\n".join(line.strip(" \u3000\xa0\u200b") for line in lines).strip("\n")


def joined(first: OpenParagraph, second: OpenParagraph) -> OpenParagraph:
    """Two paragraphs as one, which looks like the second: somebody took out the mark between."""
    parts = (
        (first.pieces, second.pieces), (first.sizes, second.sizes), (first.reds, second.reds),
        (first.drawn, second.drawn), (first.faults, second.faults),
        (first.changes, second.changes),
    )  # fmt: skip
    return OpenParagraph(second.properties, *([*part, *other] for part, other in parts))


@dataclass
class OpenField:
    """A field that is open: its code, and whether its result has begun."""

    code: str = ""
    has_result: bool = False


class Runs:
    """Reads the insides of paragraphs. ``mark`` gives the mark of a note by its kind and id."""

    def __init__(
        self,
        styles: WordStyles,
        gathered: Gathered,
        comments: Mapping[str, str],
        mark: Mark,
    ) -> None:
        self._styles, self._gathered = styles, gathered
        self._comments, self._mark = comments, mark
        self._fields: list[OpenField] = []
        self._endless: set[int] = set()
        self._is_margin = False
        self.is_shaded = False
        """Is what is read now on a ground that may have a colour?"""

    def of(self, tree: Element, *, is_margin: bool = False) -> Runs:
        """The same for a part. The number of a page is told nowhere but in the text."""
        self._endless, self._is_margin = endless_fields(tree), is_margin
        return self

    def line(self, element: Element) -> OpenParagraph:
        """A paragraph, its text and what hangs on it."""
        line = OpenParagraph(child(element, "pPr"))
        self._inside(element, line)
        if (marked := child(line.properties, "rPr")) is not None:
            if child(marked, "ins") is not None:
                line.changes.append(("changed", ""))
            if child(marked, "del") is not None:
                line.changes.append(("changed", ""))
        return line

    def _inside(self, element: Element, line: OpenParagraph) -> None:
        for one in element:
            name = name_of(one)
            if name == "r":
                self._run(one, line)
            elif name in ("oMath", "oMathPara"):
                self._formula(one, line)
            elif name in _GONE:
                self._gone(one, line)
            elif name == "AlternateContent":
                self._inside(chosen(one), line)
            # whoever adds an element of his own around text has it shown
            elif name in _AROUND or first_of(one, "r") is not None:
                self._around(one, name, line)

    def _around(self, element: Element, name: str, line: OpenParagraph) -> None:
        before = len(line.pieces)
        if name == "fldSimple":
            self._fields.append(OpenField(value(element, "instr") or "", has_result=True))
        self._inside(element, line)
        if name == "fldSimple":
            self._fields.pop()
        if name in _CHANGED:
            line.changes.append(("changed", "".join(line.pieces[before:])))
        if name == "subDoc":
            line.faults.append(("outside", ""))

    def _gone(self, element: Element, line: OpenParagraph) -> None:
        """What somebody struck out and nobody accepted: it is told, and not taken."""
        texts = (one.text or "" for one in element.iter() if name_of(one) in ("delText", "t"))
        line.changes.append(("changed", "".join(texts)))

    def _formula(self, element: Element, line: OpenParagraph) -> None:
        shown = formula(element)
        line.pieces.append(shown.text)
        if not shown.is_sure:
            line.faults.append(("formula", shown.text))

    def _run(self, run: Element, line: OpenParagraph) -> None:
        piece = "".join(self._pieces(run, line))
        if not piece:
            return
        properties = child(run, "rPr")
        if self._is_unseen(properties, line) and not self._gathered.takes_hidden:
            self._gathered.remark("hidden", piece)
            return
        if piece.strip():
            if self._is(properties, line, "strike") or self._is(properties, line, "dstrike"):
                line.faults.append(("struck", piece))
            line.sizes.append(self._size(properties, line))
            line.reds.append(self._is_red(properties, line))
        height = value(self._styles.of_run(properties, line.properties, "vertAlign"))
        line.pieces.append(raised(piece, height or ""))

    def _is_unseen(self, run: Element | None, line: OpenParagraph) -> bool:
        """Is text hidden, white on white, or too small for anybody to see?"""
        if self._is(run, line, "vanish") or 0 < self._size(run, line) <= INVISIBLE:
            return True
        colour = value(self._styles.of_run(run, line.properties, "color")) or ""
        grounds = (
            self._styles.of_run(run, line.properties, "shd"),
            self._styles.of_run(run, line.properties, "highlight"),
            self._styles.of_paragraph(line.properties, "shd"),
        )
        is_shaded = self.is_shaded or any(map(is_ground, grounds))
        return colour.upper() == WHITE and not is_shaded

    def _is(self, run: Element | None, line: OpenParagraph, name: str) -> bool:
        return is_on(self._styles.of_run(run, line.properties, name))

    def _size(self, run: Element | None, line: OpenParagraph) -> float:
        found = value(self._styles.of_run(run, line.properties, "sz")) or ""
        return int(found) / 2 if found.isdecimal() and len(found) < 5 else 0.0

    def _is_red(self, run: Element | None, line: OpenParagraph) -> bool:
        return is_red(value(self._styles.of_run(run, line.properties, "color")) or "")

    def _pieces(self, run: Element, line: OpenParagraph) -> Iterator[str]:
        is_silent = any(map(self._is_silent, self._fields))
        for element in run:
            name = name_of(element)
            if name == "fldChar":
                yield from self._field(element, line)
                is_silent = any(map(self._is_silent, self._fields))
            elif name == "instrText" and self._fields:
                self._fields[-1].code += element.text or ""
            elif name == "AlternateContent":
                yield from self._pieces(chosen(element), line)
            elif not is_silent:
                yield self._piece(element, name, run, line)

    def _is_silent(self, field: OpenField) -> bool:
        """Is what comes now not to be seen, or the number of a page in a margin?"""
        is_page = self._is_margin and PAGE_FIELD.match(field.code) is not None
        return not field.has_result or is_page

    def _piece(self, one: Element, name: str, run: Element, line: OpenParagraph) -> str:
        if name == "t":
            return self._typed(one.text or "", run, line)
        if name in ("br", "cr", "tab", "ptab", "noBreakHyphen"):
            return {"br": "\n", "cr": "\n", "noBreakHyphen": "-"}.get(name, "\t")
        if name == "sym":
            return self._sign(value(one, "char") or "", value(one, "font") or "", line)
        if name in ("footnoteReference", "endnoteReference"):
            kind = name.removesuffix("Reference")
            is_own = value(one, "customMarkFollows") in ("1", "true", "on")
            return self._mark(kind, value(one, "id") or "", is_own)
        if name == "commentReference":
            line.changes.append(("remark", self._comments.get(value(one, "id") or "", "")))
        elif name in ("drawing", "pict", "object"):
            line.drawn.append(drawn_in(one))
        elif name == "ruby":
            inner = OpenParagraph(line.properties)
            for part in ("rubyBase", "rt"):
                if (found := child(one, part)) is not None:
                    self._inside(found, inner)
                    inner.pieces.append("（" if part == "rubyBase" else "）")
            return "".join(inner.pieces)
        return ""

    def _typed(self, text: str, run: Element, line: OpenParagraph) -> str:
        """Letters in a symbol font are signs."""
        fonts = child(run, "rPr", "rFonts")
        font = value(fonts, "ascii") or value(fonts, "hAnsi") or ""
        if not is_symbol_font(font) and not any("\uf000" <= one <= "\uf0ff" for one in text):
            return text
        return "".join(
            self._sign(f"{ord(one):X}", font, line)
            if "\uf000" <= one <= "\uf0ff" or (is_symbol_font(font) and "!" <= one <= "ÿ")
            else one
            for one in text
        )

    def _sign(self, code: str, font: str, line: OpenParagraph) -> str:
        try:
            sign = sign_of(int(code, 16), font)
        except ValueError:
            sign = None
        if sign is None:
            line.faults.append(("symbol", ""))
        return sign or ""

    def _field(self, one: Element, line: OpenParagraph) -> Iterator[str]:
        kind = value(one, "fldCharType")
        if kind == "begin":
            if id(one) not in self._endless:
                self._fields.append(OpenField())
            if (box := first_of(one, "checkBox")) is not None:
                is_checked = is_on(child(box, "checked")) or is_on(child(box, "default"))
                yield "☑" if is_checked else "□"
        elif kind == "separate" and self._fields:
            self._fields[-1].has_result = True
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            if OUTSIDE_FIELD.match(field.code):
                line.faults.append(("outside", ""))
            elif EQUATION.match(field.code):
                shown = circled(field.code)
                line.faults += [("formula", field.code)] if shown is None else []
                yield shown or ""


def endless_fields(tree: Element) -> set[int]:
    """The beginnings of fields that have no end: a damaged file, of which nothing may be lost."""
    begun: list[int] = []
    todo = [tree]
    while todo:
        one = todo.pop()
        name = name_of(one)
        if name == "fldChar":
            kind = value(one, "fldCharType")
            if kind == "begin":
                begun.append(id(one))
            elif kind == "end" and begun:
                begun.pop()
        elif name == "AlternateContent":
            todo += reversed(list(chosen(one)))
        elif name not in _GONE:
            todo += reversed(list(one))
    return set(begun)


def chosen(alternative: Element) -> Element:
    """Of several forms of one thing the first, which is the newest."""
    for element in alternative:
        if name_of(element) in ("Choice", "Fallback") and len(element):
            return element
    return alternative


def is_ground(element: Element | None) -> bool:
    """Does a property give text a ground other than white?"""
    if element is None:
        return False
    fill = (value(element, "fill") or "auto").upper()
    named = value(element) or "clear"
    is_filled = fill not in ("AUTO", WHITE)
    return is_filled or (name_of(element) == "highlight" and named not in ("none", "white"))


def raised(text: str, height: str) -> str:
    """Raised or lowered text, where there are characters for it; else as it is."""
    if height not in ("superscript", "subscript"):
        return text
    shown = at_height(text, height)
    return text if shown is None else shown


def is_red(colour: str) -> bool:
    """Is a colour of six hexadecimal digits a red one?"""
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", colour):
        return False
    red, green, blue = (int(colour[n : n + 2], 16) for n in (0, 2, 4))
    return red >= 0xA0 and green < 0x60 and blue < 0x60


def texts_of(element: Element) -> str:
    """All text of an element, a line for each paragraph."""
    lines = ("".join(t.text or "" for t in all_of(p, "t")) for p in all_of(element, "p"))
    return "\n".join(lines)
