"""One story of a .docx file, that is its body, a header, a note: paragraphs, tables, pictures."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from gongkai.source.ooxml import OfficePackage, first_of, name_of
from gongkai.source.word.cells import Row, WordCell, grid_of
from gongkai.source.word.drawn import Drawn, Image
from gongkai.source.word.gathered import Gathered
from gongkai.source.word.labels import BULLET
from gongkai.source.word.model import Block, Paragraph, WordPicture, WordTable
from gongkai.source.word.numbering import Numbering
from gongkai.source.word.runs import OpenParagraph, Runs, chosen, is_ground, joined, texts_of
from gongkai.source.word.styles import WordStyles, child, is_on, value

_AROUND = ("customXml", "smartTag", "sdtContent", "sdt", "ins", "moveTo")
_ALIGNS = {"center": "center", "right": "right", "end": "right"}


class Story:
    """Reads the blocks of one part. What is counted is counted on from story to story."""

    def __init__(
        self,
        package: OfficePackage,
        part: str,
        styles: WordStyles,
        numbering: Numbering,
        runs: Runs,
        gathered: Gathered,
    ) -> None:
        self._package, self._part = package, part
        self._styles, self._numbering = styles, numbering
        self._runs, self._gathered = runs, gathered
        self._relations = package.relations(part)
        self._carried: OpenParagraph | None = None

    def blocks(self, element: Element, *, is_boxed: bool = False) -> Iterator[Block]:
        """What is in an element, in its order."""
        yield from self._in_order(element, is_boxed=is_boxed)
        yield from self._left(is_boxed=is_boxed)

    def _left(self, *, is_boxed: bool) -> Iterator[Block]:
        """A paragraph without an end of its own that no other follows."""
        if self._carried is not None:
            line, self._carried = self._carried, None
            yield from self._whole(line, is_boxed=is_boxed)

    def _in_order(self, element: Element, *, is_boxed: bool) -> Iterator[Block]:
        for one in element:
            name = name_of(one)
            if name == "p":
                yield from self._paragraph(one, is_boxed=is_boxed)
            elif name == "tbl":
                yield from self._left(is_boxed=is_boxed)
                yield from self._table(one, is_boxed=is_boxed)
            elif name == "AlternateContent":
                yield from self._in_order(chosen(one), is_boxed=is_boxed)
            elif name == "altChunk":
                self._gathered.object("object", self._gathered.number)
            # whoever adds an element of his own around paragraphs has them shown
            elif name in _AROUND or any(first_of(one, part) is not None for part in ("p", "tbl")):
                yield from self._in_order(one, is_boxed=is_boxed)

    def _paragraph(self, element: Element, *, is_boxed: bool) -> Iterator[Block]:
        line = self._runs.line(element)
        if self._carried is not None:
            line, self._carried = joined(self._carried, line), None
        if child(line.properties, "rPr", "del") is not None and self._gathered.accepts:
            self._carried = line
            return
        yield from self._whole(line, is_boxed=is_boxed)

    def _whole(self, line: OpenParagraph, *, is_boxed: bool) -> Iterator[Block]:
        """A paragraph with all that hangs on it."""
        text = line.text
        if text and self._styles.is_contents(line.properties):
            self._gathered.remark("contents", text.partition("\t")[0])
            return
        label, depth = self._label(line)
        if label == BULLET and not text:
            label = ""
        number = self._gathered.next() if text or label else self._gathered.number
        self._report(line, text, number)
        if text or label:
            yield self._made(line, text, label, depth, number, is_boxed=is_boxed)
        for drawn in line.drawn:
            yield from self._drawn(drawn, text, number)

    def _made(
        self, line: OpenParagraph, text: str, label: str, depth: int, number: int, *, is_boxed: bool
    ) -> Paragraph:
        aligned = value(self._styles.of_paragraph(line.properties, "jc")) or ""
        return Paragraph(
            text=text,
            number=number,
            label=label,
            depth=depth,
            heading=self._styles.heading(line.properties),
            is_title=self._styles.is_title(line.properties),
            align=_ALIGNS.get(aligned, ""),
            size=max(line.sizes, default=0.0),
            is_red=bool(line.reds) and all(line.reds),
            is_boxed=is_boxed,
        )

    def _report(self, line: OpenParagraph, text: str, number: int) -> None:
        for key, words in line.faults:
            self._gathered.object(key, number, words or text)
        for kind, words in line.changes:
            self._gathered.change(kind, number, words or text)

    def _label(self, line: OpenParagraph) -> tuple[str, int]:
        """The number of a paragraph of a list, and how deep it stands."""
        own = child(line.properties, "numPr")
        number, at = value(child(own, "numId")), value(child(own, "ilvl"))
        if number is None:
            style = value(child(line.properties, "pStyle"))
            found = self._styles.of_style(style, "numPr")
            number = value(child(found, "numId"))
            if at is None and number:
                at = value(child(found, "ilvl")) or self._numbering.level_of_style(number, style)
        if not number or number == "0":
            return "", 0
        depth = int(at) if at and at.isdecimal() else 0
        return self._numbering.label(number, depth), depth

    def _drawn(self, drawn: Drawn, text: str, number: int) -> Iterator[Block]:
        if drawn.fault:
            self._gathered.object(drawn.fault, number, text)
            return
        for image in drawn.images:
            if (found := self._picture(image, drawn, text, number)) is not None:
                yield found
        for box in drawn.boxes:
            # its ground is not looked at
            before, self._runs.is_shaded = self._runs.is_shaded, True
            yield from self.blocks(box, is_boxed=True)
            self._runs.is_shaded = before
        if drawn.art:
            yield Paragraph(drawn.art, self._gathered.next(), is_boxed=True)
        if not (drawn.images or drawn.boxes or drawn.art):
            self._gathered.remark("shapes")

    def _picture(self, image: Image, drawn: Drawn, text: str, number: int) -> WordPicture | None:
        found = self._relations.get(image.relation)
        if found is None:
            return None
        if image.is_linked or found.is_outside or found.part not in self._package.parts:
            self._gathered.object("linked", number, text)
            return None
        ending = posixpath.splitext(found.part)[1]
        data = self._package.read(found.part)
        return WordPicture(data, ending, drawn.title, number, drawn.is_floating, image.crop)

    def _table(self, table: Element, *, is_boxed: bool) -> Iterator[Block]:
        first = self._gathered.number + 1
        is_styled = child(table, "tblPr", "tblStyle") is not None
        rows = [self._row(element, is_styled=is_styled) for element in self._rows(table)]
        yield from grid_of([row for row in rows if row], first, self._gathered, is_boxed=is_boxed)

    def _rows(self, table: Element) -> Iterator[Element]:
        for element in table:
            name = name_of(element)
            if name in _AROUND:
                yield from self._rows(element)
            elif name == "tr" and self._is_kept(element):
                yield element

    def _is_kept(self, row: Element) -> bool:
        """Is a row shown, and not one that somebody took out?"""
        properties = child(row, "trPr")
        for change in ("ins", "del"):
            if child(properties, change) is not None:
                self._gathered.change("changed", self._gathered.number + 1, "")
                if change == "del":
                    return False
        if is_on(child(properties, "hidden")) and not self._gathered.takes_hidden:
            self._gathered.remark("hidden", texts_of(row))
            return False
        return True

    def _row(self, row: Element, *, is_styled: bool) -> Row:
        """The cells of a row: the column of each, how many it takes, whether it goes on from the
        row above, and what is in it."""
        found: Row = []
        column = _count(child(row, "trPr", "gridBefore"), 0)
        for cell in self._cells(row):
            properties = child(cell, "tcPr")
            if not self._is_whole(properties):
                continue
            wide = _count(child(properties, "gridSpan"), 1)
            merge = child(properties, "vMerge")
            goes_on = merge is not None and value(merge) != "restart"
            blocks = self._inside(cell, is_shaded=is_styled or is_ground(child(properties, "shd")))
            if value(child(properties, "hMerge")) == "continue" and found:
                last = found.pop()
                found.append(last._replace(wide=last.wide + wide, blocks=last.blocks + blocks))
            else:
                found.append(WordCell(column, wide, goes_on, blocks))
            column += wide
        return found

    def _is_whole(self, properties: Element | None) -> bool:
        """Is a cell one that nobody put in, took out or merged without its being accepted?"""
        changed = [change for change in _CELL_CHANGES if child(properties, change) is not None]
        for _ in changed:
            self._gathered.change("changed", self._gathered.number + 1, "")
        return "cellDel" not in changed

    def _inside(self, cell: Element, *, is_shaded: bool) -> tuple[Block, ...]:
        """What is in a cell, on its ground."""
        before, self._runs.is_shaded = self._runs.is_shaded, self._runs.is_shaded or is_shaded
        blocks = tuple(self.blocks(cell))
        self._runs.is_shaded = before
        return blocks

    def _cells(self, row: Element) -> Iterator[Element]:
        for element in row:
            if name_of(element) == "tc":
                yield element
            elif name_of(element) in _AROUND:
                yield from self._cells(element)


_CELL_CHANGES = ("cellIns", "cellDel", "cellMerge")
_MOST_COLUMNS = 200


def _count(element: Element | None, otherwise: int) -> int:
    text = value(element) or ""
    return min(int(text), _MOST_COLUMNS) if text.isdecimal() and len(text) < 9 else otherwise


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.whole
        elif isinstance(block, WordTable):
            yield from (cell for row in block.rows for cell in row if cell)


_PAGE = re.compile(r"[\s\-—–―·.|/第页共\d]*|[\s\-—–―]*\d*[\s\-—–―]*", re.IGNORECASE)


def is_page_number(text: str) -> bool:
    """Is a line nothing but the number of a page?"""
    return any(sign.isdigit() for sign in text) and _PAGE.fullmatch(text) is not None


def margin_texts(blocks: Iterable[Block], gathered: Gathered) -> Iterator[str]:
    """What a header or a footer says, but for the number of the page."""
    for block in blocks:
        if isinstance(block, WordPicture):
            gathered.remark("margin-picture")
            continue
        for text in _texts([block]):
            # the number itself was a field, which is not read
            if _PAGE.fullmatch(text):
                gathered.remark("page-number")
            else:
                yield text
