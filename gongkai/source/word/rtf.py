"""An .rtf file (Rich Text Format 1.9.1): its paragraphs, tables and pictures as they are shown."""

from __future__ import annotations

import re
from dataclasses import replace

from gongkai.source.word.fields import EQUATION, OUTSIDE_FIELD, PAGE_FIELD, circled
from gongkai.source.word.gathered import Gathered, note_text
from gongkai.source.word.labels import BULLET
from gongkai.source.word.model import Block, Document, Paragraph, WordPicture
from gongkai.source.word.rtf_state import ParagraphFormat, RtfGroup, RtfParagraph, RtfStory
from gongkai.source.word.rtf_tokens import CODINGS, PAGES, SIGNS, RtfToken, tokens
from gongkai.source.word.runs import INVISIBLE, WHITE, is_red, raised
from gongkai.source.word.story import margin_texts
from gongkai.source.workbook.errors import Unreadable

_DEEPEST = 500
_PARSED = ("fonttbl", "colortbl", "stylesheet")
_MARGINS = "header headerl headerr headerf footer footerl footerr footerf".split()
_LABELS, _BOXES = ("listtext", "pntext"), ("shptxt", "dptxbxtext")
_ENTERED = ("shppict", "shpinst", "shp", "rtf", "field", "fldrslt", "result", "object", "do",
            "nesttableprops", "upr", "ud", "shpgrp")  # fmt: skip
_UNSEEN = (
    "info generator listtable listoverridetable themedata datastore xmlnstbl rsidtbl latentstyles "
    "filetbl revtbl nonshppict shprslt sn picprop bkmkstart bkmkend atnid atnauthor atntime atnref "
    "atndate atrfstart atrfend objclass objname objdata pgptbl template nonesttables fldtype "
    "colorschememapping defchp defpap pnseclvl wgrffmtfilter ftnsep ftnsepc aftnsep aftnsepc "
    "docvar userprops mmathPr private oldcprops falt panose".split()
)
_PICTURES = {"pngblip": ".png", "jpegblip": ".jpg", "emfblip": ".emf", "wmetafile": ".wmf",
             "dibitmap": ".bmp", "macpict": ".pict"}  # fmt: skip
_HEADING = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)
_TITLES = ("title", "标题")


def read_rtf(data: bytes, gathered: Gathered) -> Document:
    """The document in the bytes of a file. Unreadable when it is none, or is cut off."""
    if not data.startswith(b"{\\rtf"):
        raise Unreadable("content")
    return _Rtf(gathered).document(data)


class _Rtf:
    """A file that is being read."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._coding, self._codings = "gb18030", dict[int, str]()
        self._colours: list[str] = [""]
        self._colour = [0, 0, 0]
        self._styles: dict[int, str] = {}
        self._state, self._states = RtfGroup(), list[RtfGroup]()
        self._stories = [RtfStory("body")]
        self._bytes, self._pieces = bytearray(), list[str]()
        self._left = 0
        self._hex, self._ending = bytearray(), ""
        self._code: list[str] = []
        self._notes: list[tuple[str, str]] = []
        self._margins: list[str] = []
        self._name = ""

    def document(self, data: bytes) -> Document:
        for token in tokens(data):
            self._take(token)
        self._flush()
        if self._states:
            raise Unreadable("content")  # it is cut off
        story = self._stories[0]
        self._end_paragraph(story)
        story.end_tables(0, self._gathered)
        gathered = self._gathered
        return Document(
            tuple(story.blocks), tuple(self._notes), tuple(dict.fromkeys(self._margins)),
            gathered.objections, gathered.remarks,
        )  # fmt: skip

    # -- groups -----------------------------------------------------------------------------------

    def _take(self, token: RtfToken) -> None:
        if token.kind == "text":
            self._text(token.data)
            return
        if token.kind == "word" and token.name == "u" and token.number is not None:
            self._decode()
            self._pieces.append(chr(token.number % 65_536))
            self._left = self._state.skips
            return
        self._flush()
        if token.kind == "open":
            if len(self._states) > _DEEPEST:
                raise Unreadable("bomb")
            self._states.append(self._state)
            self._left = 0
        elif token.kind == "close":
            self._close()
        elif token.kind == "bytes":
            self._hex += token.data.hex().encode() if self._state.place == "pict" else b""
        elif token.kind == "word":
            self._word(token.name, token.number)
        else:
            self._sign(token.name)

    def _close(self) -> None:
        if not self._states:
            return
        inner, self._state = self._state, self._states.pop()
        self._left = 0
        if inner.place != self._state.place:
            self._leave(inner.place)

    def _enter(self, place: str) -> None:
        self._state = replace(self._state, place=place, may_be_unknown=False)
        if place in ("note", "margin", "box", "remark"):
            self._stories.append(RtfStory(place))
        elif place == "pict":
            self._hex, self._ending = bytearray(), ""
        elif place == "code":
            self._code.append("")

    def _leave(self, place: str) -> None:
        """The end of a group that is something by itself."""
        if place == "pict":
            self._picture()
        elif place == "field" and self._code:
            self._end_field(self._code.pop())
        elif place == "style":
            self._styles[self._story.look.style] = self._name.strip("; ")
            self._name = ""
        if place in ("note", "margin", "box", "remark"):
            self._leave_story(place)

    def _end_field(self, code: str) -> None:
        if OUTSIDE_FIELD.match(code):
            self._story.line.faults.append(("outside", ""))
        elif EQUATION.match(code):
            self._equation(code)

    def _equation(self, code: str) -> None:
        shown = circled(code)
        if shown is None:
            self._story.line.faults.append(("formula", code))
        else:
            self._story.line.pieces.append(shown)

    def _leave_story(self, place: str) -> None:
        inner = self._stories.pop()
        self._end_paragraph(inner)
        inner.end_tables(0, self._gathered)
        texts = [block.whole for block in inner.blocks if isinstance(block, Paragraph)]
        if place == "box":
            self._story.line.after += inner.blocks
        elif place == "margin":
            self._margins += margin_texts(inner.blocks, self._gathered)
        elif place == "remark":
            self._story.line.changes.append(("remark", "\n".join(texts)))
            self._story.line.is_gone = None
        else:
            mark = raised(str(len(self._notes) + 1), "superscript")
            self._notes.append((mark, note_text(inner.blocks, self._gathered)))
            self._story.line.pieces.append(mark)

    @property
    def _story(self) -> RtfStory:
        return self._stories[-1]

    # -- words ------------------------------------------------------------------------------------

    def _word(self, name: str, number: int | None) -> None:
        place = self._state.place
        self._left = 0
        if self._begins(name):
            return
        if place in _PARSED or place == "style":
            self._of_table(name, number)
        elif name in SIGNS:
            self._said(SIGNS[name])
        elif place == "pict":
            self._ending = _PICTURES.get(name, self._ending)
        elif name == "ansicpg":
            self._coding = PAGES.get(number or 0, f"cp{number}")
        elif not (self._of_characters(name, number) or self._of_paragraphs(name, number)):
            self._of_cells(name, number)

    def _begins(self, name: str) -> bool:
        """Does a group begin with this word that is something by itself?"""
        place = self._state.place
        if place == "unseen":
            return True
        if place == "value" and name != "pict":
            return True  # of a shape, of which only its picture is shown
        kind = _PLACES.get(name)
        if kind == "margin" and len(self._stories) > 1:
            kind = None
        if kind:
            self._enter(kind)
        elif self._state.may_be_unknown:
            self._state = replace(self._state, may_be_unknown=False)
            if name not in _ENTERED:
                self._enter("unseen")
                return True
        if place == "stylesheet" and name in ("s", "cs", "ds", "ts"):
            return False
        return kind is not None

    def _of_table(self, name: str, number: int | None) -> None:
        """Words of the tables of fonts, colours and styles."""
        if name == "f":
            self._state = replace(self._state, font=number or 0)
        elif name == "fcharset" and (number or 0) in CODINGS:
            self._codings[self._state.font] = CODINGS[number or 0]
        elif name in ("red", "green", "blue"):
            self._colour[("red", "green", "blue").index(name)] = min(max(number or 0, 0), 255)
        elif name == "s" and self._state.place == "stylesheet":
            self._enter("style")
            self._story.look.style = number or 0

    def _of_characters(self, name: str, number: int | None) -> bool:
        is_on = number != 0
        known: dict[str, dict[str, object]] = {
            "f": {"font": number or 0},
            "fs": {"size": (number or 24) / 2},
            "cf": {"colour": number or 0},
            "highlight": {"has_ground": bool(number)},
            "chcbpat": {"has_ground": bool(number)},
            "cb": {"has_ground": bool(number)},
            "v": {"is_hidden": is_on},
            "strike": {"is_struck": is_on},
            "striked": {"is_struck": is_on},
            "deleted": {"is_gone": is_on},
            "revised": {"is_new": is_on},
            "super": {"height": "superscript" if is_on else ""},
            "sub": {"height": "subscript" if is_on else ""},
            "nosupersub": {"height": ""},
            "uc": {"skips": min(max(number or 0, 0), 20)},
            "plain": {"size": 12.0, "colour": 0, "is_hidden": False, "is_struck": False,
                      "has_ground": False, "is_gone": False, "is_new": False, "height": ""},
        }  # fmt: skip
        changes = known.get(name, {})
        self._state = replace(self._state, **changes) if changes else self._state  # type: ignore[arg-type]
        return bool(changes)

    def _of_paragraphs(self, name: str, number: int | None) -> bool:
        story = self._story
        look = story.look
        if name in ("par", "sect"):
            self._end_paragraph(story)
        elif name == "pard":
            story.look = ParagraphFormat()
        elif name in ("qc", "qr", "ql", "qj"):
            look.align = {"qc": "center", "qr": "right"}.get(name, "")
        elif name == "s":
            look.style = number or 0
        elif name == "cbpat":
            look.has_ground = bool(number)
        elif name == "outlinelevel":
            look.outline = number
        elif name == "ilvl":
            look.depth = min(max(number or 0, 0), 8)
        elif name in ("intbl", "itap"):
            look.table = max(look.table, 1) if name == "intbl" else min(number or 0, 9)
        else:
            return False
        return True

    def _of_cells(self, name: str, number: int | None) -> None:
        story = self._story
        if name == "trowd":
            table = story.table(max(story.look.table, 1), self._gathered)
            table.edges, table.merge = [], ""
        elif name in ("clvmrg", "clmrg", "clvmgf", "clmgf") and story.tables:
            story.tables[-1].merge += f" {name}"
        elif name == "cellx" and story.tables:
            table = story.tables[-1]
            table.edges.append((number or 0, table.merge))
            table.merge = ""
        elif name in ("cell", "nestcell"):
            self._end_paragraph(story, in_cell=True)
            table = story.table(max(story.look.table, 1), self._gathered)
            table.row.append(tuple(table.cell))
            table.cell = []
        elif name in ("row", "nestrow") and story.tables:
            table = story.tables[-1]
            table.rows.append((table.edges, table.row))
            table.row = []

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._state = replace(self._state, may_be_unknown=True)
        elif sign in "\\{}":
            self._text(sign.encode())
        elif sign in "~_\r\n":
            known = {"~": "\u00a0", "_": "-"}
            if sign in known:
                self._said(known[sign])
            else:
                self._end_paragraph(self._story)

    # -- text -------------------------------------------------------------------------------------

    def _text(self, data: bytes) -> None:
        """Bytes of text; those that repeat a character for old readers are passed over."""
        if self._left:
            passed = min(self._left, len(data))
            self._left -= passed
            data = data[passed:]
        if self._state.place == "pict":
            self._hex += data
        else:
            self._bytes += data

    def _flush(self) -> None:
        self._decode()
        if self._pieces:
            text, self._pieces = "".join(self._pieces), []
            self._said(_joined_surrogates(text))

    def _decode(self) -> None:
        """Bytes as text, once all of a character are there."""
        if self._bytes:
            coding = self._codings.get(self._state.font, self._coding)
            data, self._bytes = bytes(self._bytes), bytearray()
            try:
                self._pieces.append(data.decode(coding, "replace"))
            except LookupError:
                self._pieces.append(data.decode("cp1252", "replace"))

    def _said(self, text: str) -> None:
        place, state, line = self._state.place, self._state, self._story.line
        if place == "colortbl":
            for _ in range(text.count(";")):
                self._colours.append("".join(f"{number:02X}" for number in self._colour))
                self._colour = [0, 0, 0]
        elif place == "style":
            self._name += text
        elif place == "code" and self._code:
            self._code[-1] += text
        elif place == "label":
            line.label.append(text)
        elif place in ("body", "note", "margin", "box", "remark", "field"):
            self._shown(text, state, line)

    def _shown(self, text: str, state: RtfGroup, line: RtfParagraph) -> None:
        is_margin = self._story.place == "margin"
        if is_margin and self._code and PAGE_FIELD.match(self._code[-1]):
            return
        if state.is_gone or state.is_new:
            line.change(text, is_gone=state.is_gone)
        else:
            line.is_gone = None
        if state.is_gone:
            return
        is_unseen = state.is_hidden or self._is_unseen(state)
        if is_unseen and text.strip() and not self._gathered.takes_hidden:
            self._gathered.remark("hidden", text)
            return
        if text.strip():
            if state.is_struck:
                line.faults.append(("struck", text))
            line.sizes.append(state.size)
            line.reds.append(is_red(self._coloured(state)))
        line.pieces.append(raised(text, state.height))

    def _coloured(self, state: RtfGroup) -> str:
        at = state.colour + 1  # behind the one that stands for none
        return self._colours[at] if 0 < at < len(self._colours) else ""

    def _is_unseen(self, state: RtfGroup) -> bool:
        """Is text white on white, or too small for anybody to see? Of cells and boxes the ground is
        not known."""
        look = self._story.look
        has_ground = state.has_ground or look.has_ground or look.table or self._story.place == "box"
        is_white = self._coloured(state) == WHITE and not has_ground
        return is_white or 0 < state.size <= INVISIBLE

    # -- paragraphs, tables, pictures -------------------------------------------------------------

    def _end_paragraph(self, story: RtfStory, *, in_cell: bool = False) -> None:
        line, story.line = story.line, RtfParagraph()
        lines = "".join(line.pieces).split("\n")
        text = "\n".join(line.strip(" \u3000\xa0") for line in lines).strip("\n")
        is_filled = bool(text) or any(sign.isalnum() for sign in "".join(line.label))
        is_counted = is_filled and story.place in ("body", "box")
        number = self._gathered.next() if is_counted else self._gathered.number
        for key, words in line.faults:
            self._gathered.object(key, number, words or text)
        for kind, words in line.changes if story.place != "remark" else ():
            self._gathered.change(kind, number, words or text)
        blocks: list[Block] = [self._made(story, line, text, number)] if is_filled else []
        blocks += line.after
        if in_cell or story.look.table:
            story.table(max(story.look.table, 1), self._gathered).cell.extend(blocks)
        else:
            story.end_tables(0, self._gathered)
            story.blocks += blocks

    def _made(self, story: RtfStory, line: RtfParagraph, text: str, number: int) -> Paragraph:
        look = story.look
        label = "".join(line.label).strip()
        name = self._styles.get(look.style, "")
        heading = _HEADING.match(name)
        outline = 0 if look.outline is None or look.outline > 8 else look.outline + 1
        is_sign = label and not any(one.isalnum() for one in label) and len(label) == 1
        return Paragraph(
            text=text,
            number=number,
            label=BULLET if is_sign else label,
            depth=look.depth if label else 0,
            heading=outline or (int(heading[1]) if heading else 0),
            is_title=name.lower() in _TITLES,
            align=look.align,
            size=max(line.sizes, default=0.0),
            is_red=bool(line.reds) and all(line.reds),
            is_boxed=story.place == "box",
        )

    def _picture(self) -> None:
        digits = b"".join(bytes(self._hex).split())
        try:
            data = bytes.fromhex(digits.decode("ascii"))
        except ValueError:
            data = b""
        if data:
            number = self._gathered.number + 1
            is_floating = self._state.place == "value"  # of a shape
            found = WordPicture(data, self._ending, "", number, is_floating)
            if found not in self._story.line.after:  # a shape is told twice, for old readers
                self._story.line.after.append(found)


_PLACES = {
    **{text: text for text in _PARSED},
    **dict.fromkeys(_MARGINS, "margin"),
    **dict.fromkeys(_LABELS, "label"),
    **dict.fromkeys(_BOXES, "box"),
    **dict.fromkeys(_UNSEEN, "unseen"),
    "footnote": "note",
    "annotation": "remark",
    "pict": "pict",
    "field": "field",
    "fldinst": "code",
    "sv": "value",
}
"""What a group is that begins with one of these words."""


def _joined_surrogates(text: str) -> str:
    """Characters beyond the first plane are written as two."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
