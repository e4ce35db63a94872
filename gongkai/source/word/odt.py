"""An .odt file (OpenDocument 1.2): its paragraphs, tables and pictures as they are shown."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from gongkai.source.ooxml import DAMAGED, name_of
from gongkai.source.word.cells import Row, WordCell, grid_of
from gongkai.source.word.gathered import Gathered, note_text
from gongkai.source.word.labels import BULLET
from gongkai.source.word.model import Block, Document, Paragraph, WordPicture
from gongkai.source.word.odt_styles import Counter, Levels, Looks, OdtStyle, list_styles
from gongkai.source.word.runs import raised
from gongkai.source.word.story import margin_texts
from gongkai.source.word.styles import child, value
from gongkai.source.workbook.errors import Unreadable

_AROUND = ("section", "index-body", "numbered-paragraph", "soft-page-break", "meta", "a", "ruby")
_DRAWN = ("frame", "custom-shape", "g", "line", "rect", "polyline", "path", "control")
_PAGES = ("page-number", "page-count", "sequence-decls")
_MARGINS = ("header", "footer", "header-first", "footer-first", "header-left", "footer-left")
_TITLES = ("title", "标题")
_MANIFEST = "META-INF/manifest.xml"
_MOST_COLUMNS, _MOST_BLANKS = 200, 200


def read_odt(data: bytes, gathered: Gathered) -> Document:
    """The document in the bytes of a file. Unreadable when it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if _MANIFEST in packed.namelist() and b"encryption-data" in packed.read(_MANIFEST):
                raise Unreadable("encrypted")
            return _Odt(packed, gathered).document()
    except (*DAMAGED, RecursionError) as bad:
        raise Unreadable("content") from bad


@dataclass
class _Line:
    """A paragraph that is being read."""

    look: OdtStyle
    pieces: list[str] = field(default_factory=list)
    looks: list[OdtStyle] = field(default_factory=list)
    frames: list[Element] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    changes: list[tuple[str, str]] = field(default_factory=list)


class _Odt:
    """A file that is being read."""

    def __init__(self, packed: zipfile.ZipFile, gathered: Gathered) -> None:
        self._packed, self._gathered = packed, gathered
        names = set(packed.namelist())
        self._content = ElementTree.fromstring(packed.read("content.xml"))  # noqa: S314 - bounded
        trees = [self._content]
        self._styles = self._content
        if "styles.xml" in names:
            self._styles = ElementTree.fromstring(packed.read("styles.xml"))  # noqa: S314
            trees.insert(0, self._styles)
        self._names = names
        self._looks, self._lists = Looks(trees), list_styles(trees)
        self._outline = Counter(self._lists.get("", {}))
        self._counters: dict[str, Counter] = {}
        self._notes: list[tuple[str, str]] = []
        self._changes: dict[str, str] = {}
        self._is_margin = False
        self._is_shaded = False

    def document(self) -> Document:
        text = child(self._content, "body", "text")
        if text is None:
            raise Unreadable("content")
        blocks = tuple(self._blocks(text))
        margins = tuple(self._margins())
        gathered = self._gathered
        return Document(blocks, tuple(self._notes), margins, gathered.objections, gathered.remarks)

    def _margins(self) -> Iterator[str]:
        """The texts of headers and footers of the pages."""
        seen: set[str] = set()
        self._is_margin = True
        for element in self._styles.iter():
            if name_of(element) in _MARGINS and value(element, "display") != "false":
                for text in margin_texts(self._blocks(element), self._gathered):
                    if text not in seen:
                        seen.add(text)
                        yield text

    def _blocks(self, element: Element, *, is_boxed: bool = False) -> Iterator[Block]:
        for one in element:
            name = name_of(one)
            if name in ("p", "h"):
                yield from self._paragraph(one, is_boxed=is_boxed)
            elif name == "list":
                yield from self._list(one, 1, None, is_boxed=is_boxed)
            elif name == "table":
                yield from self._table(one, is_boxed=is_boxed)
            elif name == "tracked-changes":
                self._tracked(one)
            elif name == "table-of-content":
                self._gathered.remark("contents", _texts(one)[:40])
            elif name in _DRAWN:
                yield from self._frame(one, self._gathered.number)
            elif value(one, "display") == "none" and not self._gathered.takes_hidden:
                self._gathered.remark("hidden", _texts(one))
            elif name in _AROUND or name.endswith(("-index", "bibliography")):
                yield from self._blocks(one, is_boxed=is_boxed)

    # -- lists ------------------------------------------------------------------------------------

    def _list(
        self, element: Element, depth: int, counter: Counter | None, *, is_boxed: bool
    ) -> Iterator[Block]:
        if counter is None:
            counter = self._counter(element)
        for item in element:
            if name_of(item) not in ("list-item", "list-header"):
                continue
            is_first = name_of(item) == "list-item"
            for one in item:
                if name_of(one) == "list":
                    yield from self._list(one, depth + 1, counter, is_boxed=is_boxed)
                elif name_of(one) in ("p", "h"):
                    label = counter.label(depth, _start(item)) if is_first else ""
                    is_first = False
                    yield from self._paragraph(one, label, depth - 1, is_boxed=is_boxed)

    def _counter(self, element: Element) -> Counter:
        """What counts the items: a new one, or that of the list that is said to go on."""
        goes_on = value(element, "continue-list") or ""
        name = value(element, "style-name") or self._style_in(element)
        levels: Levels = self._lists.get(name, {})
        is_new = value(element, "continue-numbering") != "true" and not goes_on
        key = goes_on if goes_on in self._counters else name
        if is_new or key not in self._counters:
            self._counters[key] = Counter(levels)
        counter = self._counters[key]
        self._counters[name] = counter
        if identity := value(element, "id"):
            self._counters[identity] = counter
        return counter

    def _style_in(self, element: Element) -> str:
        """The style of the list that the style of its first paragraph names."""
        for one in element.iter():
            if name_of(one) in ("p", "h"):
                return self._looks.of("paragraph", value(one, "style-name")).list_name or ""
        return ""

    # -- paragraphs -------------------------------------------------------------------------------

    def _paragraph(
        self, element: Element, label: str = "", depth: int = 0, *, is_boxed: bool
    ) -> Iterator[Block]:
        look = self._looks.of("paragraph", value(element, "style-name"))
        line = _Line(look)
        self._inside(element, line, look)
        lines = "".join(line.pieces).split("\n")
        text = "\n".join(line.strip(" \u3000\xa0") for line in lines).strip("\n")
        heading = self._heading(element, look)
        if heading and text and not label:
            label = self._outline.label(heading) if self._lists.get("") else ""
        label = "" if label == BULLET and not text else label
        number = self._gathered.next() if text or label else self._gathered.number
        for key, words in line.faults:
            self._gathered.object(key, number, words or text)
        for kind, words in line.changes:
            self._gathered.change(kind, number, words or text)
        if text or label:
            yield Paragraph(
                text=text,
                number=number,
                label=label,
                depth=depth,
                heading=heading,
                is_title=look.name.lower() in _TITLES,
                align=look.align if look.align in ("center", "right") else "",
                size=max((look.size or 0.0 for look in line.looks), default=0.0),
                is_red=bool(line.looks) and all(look.is_red for look in line.looks),
                is_boxed=is_boxed,
            )
        for frame in line.frames:
            yield from self._frame(frame, number)

    def _heading(self, element: Element, look: OdtStyle) -> int:
        level = value(element, "outline-level") or ""
        if name_of(element) == "h":
            return int(level) if level.isdecimal() and len(level) == 1 else 1
        return look.heading or 0

    def _inside(self, element: Element, line: _Line, look: OdtStyle) -> None:
        self._said(element.text, line, look)
        for one in element:
            self._piece(one, line, look)
            self._said(one.tail, line, look)

    def _said(self, text: str | None, line: _Line, look: OdtStyle) -> None:
        """A piece of text; runs of blanks are one, as in every XML of this kind."""
        if not text:
            return
        plain = " ".join(text.replace("\n", " ").replace("\t", " ").split(" "))
        is_unseen = look.is_hidden or (look.is_unseen and not self._is_shaded)
        if is_unseen and plain.strip() and not self._gathered.takes_hidden:
            self._gathered.remark("hidden", plain)
            return
        if plain.strip():
            line.looks.append(look)
            if look.is_struck:
                line.faults.append(("struck", plain))
        line.pieces.append(raised(plain, look.height or ""))

    def _piece(self, one: Element, line: _Line, look: OdtStyle) -> None:
        name = name_of(one)
        if name == "s":
            count = value(one, "c") or "1"
            blanks = int(count) if count.isdecimal() and len(count) < 6 else 1
            line.pieces.append(" " * min(blanks, _MOST_BLANKS))
        elif name in ("tab", "line-break"):
            line.pieces.append("\t" if name == "tab" else "\n")
        elif name == "note":
            self._note(one, line)
        elif name == "annotation":
            line.changes.append(("remark", _texts(one)))
        elif name in ("change-start", "change"):
            kind = self._changes.get(value(one, "change-id") or "", "")
            line.changes.append(("changed", kind))
        elif name in _DRAWN:
            line.frames.append(one)
        elif name in ("hidden-text", "hidden-paragraph"):
            self._gathered.remark("hidden", value(one, "string-value") or _texts(one))
        elif name == "ruby-text":
            line.pieces.append(f"（{''.join(one.itertext())}）")
        elif name == "span":
            inner = self._looks.of("text", value(one, "style-name")).under(look)
            self._inside(one, line, inner)
        elif name == "a":
            if not (value(one, "href") or "#").startswith("#"):
                self._gathered.remark("links", value(one, "href") or "")
            self._inside(one, line, look)
        elif name in _PAGES and (self._is_margin or name == "sequence-decls"):
            return  # the number of a page
        elif name not in ("annotation-end", "change-end", "bookmark"):
            self._inside(one, line, look)

    def _note(self, note: Element, line: _Line) -> None:
        cited, body = child(note, "note-citation"), child(note, "note-body")
        mark = raised("".join(cited.itertext()) if cited is not None else "", "superscript")
        line.pieces.append(mark)
        if body is not None:
            self._notes.append((mark, note_text(self._blocks(body), self._gathered)))

    def _tracked(self, element: Element) -> None:
        """What was taken out stands here, what was put in does in the text."""
        for region in element:
            identity = value(region, "id") or ""
            self._changes[identity] = _texts(region)

    # -- tables and pictures ----------------------------------------------------------------------

    def _table(self, table: Element, *, is_boxed: bool) -> Iterator[Block]:
        first = self._gathered.number + 1
        rows = [self._row(element) for element in _rows(table)]
        yield from grid_of([row for row in rows if row], first, self._gathered, is_boxed=is_boxed)

    def _row(self, row: Element) -> Row:
        found: Row = []
        column = 0
        for element in row:
            if name_of(element) not in ("table-cell", "covered-table-cell"):
                continue
            count = _bounded(value(element, "number-columns-repeated"))
            if name_of(element) == "table-cell":
                wide = _bounded(value(element, "number-columns-spanned"))
                high = _bounded(value(element, "number-rows-spanned"), 100_000)
                blocks = self._on_ground(element)
                for at in range(column, min(column + count, _MOST_COLUMNS)):
                    found.append(WordCell(at, wide, False, blocks, high))
            column += count
        return found

    def _on_ground(self, element: Element, *, is_boxed: bool = False) -> tuple[Block, ...]:
        """What is in a cell or a box, which may have a colour of its own."""
        before, self._is_shaded = self._is_shaded, True
        blocks = tuple(self._blocks(element, is_boxed=is_boxed))
        self._is_shaded = before
        return blocks

    def _frame(self, frame: Element, number: int) -> Iterator[Block]:
        box, image = child(frame, "text-box"), child(frame, "image")
        if box is not None:
            yield from self._on_ground(box, is_boxed=True)
        elif child(frame, "object") is not None or child(frame, "object-ole") is not None:
            self._gathered.object("object", number)
        elif image is not None:
            yield from self._image(frame, image, number)
        elif name_of(frame) == "g":
            for element in frame:
                yield from self._frame(element, number)
        else:
            texts = self._on_ground(frame, is_boxed=True)
            yield from texts
            if not texts:
                self._gathered.remark("shapes")

    def _image(self, frame: Element, image: Element, number: int) -> Iterator[Block]:
        name = posixpath.normpath(value(image, "href") or "")
        if name not in self._names:
            self._gathered.object("linked", number)
            return
        told = (child(frame, part) for part in ("title", "desc"))
        title = next(
            ("".join(element.itertext()).strip() for element in told if element is not None), ""
        )
        is_floating = (value(frame, "anchor-type") or "") not in ("as-char", "")
        data, ending = self._packed.read(name), posixpath.splitext(name)[1]
        yield WordPicture(data, ending, title, number, is_floating)


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        name = name_of(element)
        if name == "table-row":
            yield element
        elif name in ("table-rows", "table-header-rows", "table-row-group"):
            yield from _rows(element)


def _bounded(text: str | None, most: int = _MOST_COLUMNS) -> int:
    return min(int(text), most) if text and text.isdecimal() and len(text) < 9 else 1


def _start(item: Element) -> int | None:
    text = value(item, "start-value")
    return int(text) if text and text.isdecimal() and len(text) < 7 else None


def _texts(element: Element) -> str:
    lines = ("".join(one.itertext()) for one in element.iter() if name_of(one) in ("p", "h"))
    return "\n".join(lines)
