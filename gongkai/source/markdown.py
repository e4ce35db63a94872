"""Bodies: CommonMark with tables, as HTML and as a small tree with positions.

comrak parses (with its Chinese-friendly emphasis) and writes the HTML; this module only translates
its tree into values. Raw HTML and links that are not plainly safe become the text that was typed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise, repeat
from typing import Any

import comrak

from gongkai.domain.text import Body, Node, plain_text, tables_in
from gongkai.source.masks import shield, unshield

_EXTENSIONS = comrak.ExtensionOptions(table=True, cjk_friendly_emphasis=True)
_COMPACT = comrak.RenderOptions(compact_html=True)
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|tel:)[^\s\x00-\x1f]+", re.IGNORECASE)
_PIPE = re.compile(r"(?<!\\)\|")
DEEPEST = 12
BULLETS = -1
"""The first number of a list that has none."""
_ALIGN = {"TableAlignment::Left": "l", "TableAlignment::Center": "c", "TableAlignment::Right": "r"}


_BREAK = "\x03"
"""Stands for the end of a line within what is shown as typed; no file may contain it."""
_URL = r'"(?:https?://|mailto:|tel:)(?:(?!%0[12])[^"<>\s])*"'
_TITLE = r'(?: title="[^"<>]*")?'
_STRAY = re.compile(
    r"<(?!/?(?:p|h[1-6]|blockquote|ul|ol|li|em|strong|code|pre|table|thead|tbody|tr|th|td)>|/a>"
    r'|[bh]r />|ol start="\d+">|t[hd] align="(?:left|center|right)">|code class="[^"<>]*">'
    rf'|a href={_URL}{_TITLE}>|img src="(?!\.)[^":/\\?#<>]+" alt="[^"<>]*"{_TITLE} />)',
    re.IGNORECASE,
)
"""The beginning of anything but what bodies may consist of."""
_WITHIN = re.compile(r"<(?:strong|em)>[^<]*<(?!/)")


_PLAIN = {
    "Paragraph": "paragraph",
    "BlockQuote": "quote",
    "Item": "entry",
    "TableCell": "cell",
    "ThematicBreak": "rule",
    "Emph": "emph",
    "Strong": "strong",
    "SoftBreak": "soft",
    "LineBreak": "hard",
}


_KNOWN = {*_PLAIN, "Text", "Heading", "List", "Table", "TableRow", "Code", "CodeBlock", "Document"}


class _Translator:
    def __init__(self, text: str, first_line: int) -> None:
        self.lines = text.split("\n")
        self.first = first_line
        self.is_ascii = text.isascii()
        self.line, self.encoded, self.seen = 0, b"", (1, 1)

    def blocks(self, node: comrak.AstNode, depth: int = 0) -> tuple[Node, ...]:
        return tuple(self.node(child, depth) for child in node.children)

    def node(self, node: comrak.AstNode, depth: int) -> Node:
        value: Any = node.node_value  # each kind has a type of its own, named like the kind
        name = type(value).__name__
        where = node.sourcepos.start
        line, column = where.line + self.first - 1, self._column(where.line, where.column)
        if depth > DEEPEST:
            return Node("text", self._typed(node), (), line, column)
        if name == "Text":
            return Node("text", unshield(value.value), (), line, column)
        if name in _PLAIN:
            return Node(_PLAIN[name], "", self.blocks(node, depth + 1), line, column)
        return self._special(node, name, line, column, depth)

    def _column(self, line: int, column: int) -> int:
        """A column in characters; those of comrak count bytes."""
        if self.is_ascii or column == 1 or line > len(self.lines):
            return column
        if line != self.line:
            self.line, self.encoded, self.seen = line, self.lines[line - 1].encode(), (1, 1)
        first, counted = self.seen if column >= self.seen[0] else (1, 1)
        counted += len(self.encoded[first - 1 : column - 1].decode("utf-8", "ignore"))
        self.seen = (column, counted)
        return counted

    def _special(self, node: comrak.AstNode, name: str, line: int, column: int, depth: int) -> Node:
        value: Any = getattr(node.node_value, "value", None)
        inside = () if name in ("Link", "Image") else self.blocks(node, depth + 1)
        if name == "Heading":
            return Node("heading", "", inside, line, column, value.level)
        if name == "List":
            start = value.start if str(value.list_type).endswith("Ordered") else BULLETS
            return Node("list", "", inside, line, column, start)
        if name == "Table":
            return Node("table", "", inside, line, column, 0, _aligns(value.alignments))
        if name == "TableRow":
            return Node("row", "head" if value else "", inside, line, column, self._cells(node))
        if name == "Code":
            return Node("code", unshield(value.literal), (), line, column)
        if name == "CodeBlock":
            return Node("block", unshield(value.literal), (), line, column)
        if name == "Link" and _is_shown(name, value):
            return Node("link", value.url, self.blocks(node, depth + 1), line, column)
        if name == "Image" and _is_shown(name, value):
            alt = (Node("text", plain_text(self.blocks(node, depth + 1)), (), line, column),)
            return Node("image", unshield(value.url), alt, line, column)
        if name == "HtmlBlock":
            typed = Node("text", unshield(value.literal.rstrip("\n")), (), line, column)
            return Node("paragraph", "", (typed,), line, column)
        return Node("text", self._typed(node), (), line, column)

    def _typed(self, node: comrak.AstNode) -> str:
        """The source of a node, as typed; columns of comrak count bytes."""
        start, end = node.sourcepos.start, node.sourcepos.end
        lines = [line.encode() for line in self.lines[start.line - 1 : end.line]]
        if not lines:
            return ""
        lines[-1] = lines[-1][: end.column]
        lines[0] = lines[0][start.column - 1 :]
        return unshield(b"\n".join(lines).decode("utf-8", "replace"))

    def _cells(self, node: comrak.AstNode) -> int:
        """How many cells were typed in a row; the parser pads or drops to the head's number."""
        start = node.sourcepos.start
        line = self.lines[start.line - 1].encode()[start.column - 1 :].decode("utf-8", "replace")
        line = line.strip()
        inner = line.removeprefix("|")
        if inner.endswith("|") and not inner.endswith("\\|"):
            inner = inner[:-1]
        return len(_PIPE.findall(inner)) + 1

    def write_as_typed(self, node: comrak.AstNode, depth: int = 0) -> None:
        """Put the text that was typed in place of every node below one that is not shown as what
        it is."""
        for child in node.children:
            value: Any = getattr(child.node_value, "value", None)
            name = type(child.node_value).__name__
            if name == "HtmlBlock" and depth <= DEEPEST:
                text = comrak.Text(_in_one(value.literal.rstrip("\n")))
                child.node_value = comrak.Paragraph()
                child.children = [comrak.AstNode(text, child.sourcepos, child, [])]
            elif depth > DEEPEST or not _is_shown(name, value):
                child.node_value = comrak.Text(_in_one(self._typed(child)))
                child.children = []
            else:
                self.write_as_typed(child, depth + 1)


def _is_shown(name: str, value: Any) -> bool:
    """Is a node shown as what it is, and not as it was typed?"""
    if name == "Link":
        return _SAFE_LINK.fullmatch(value.url) is not None
    return _is_file(value.url) if name == "Image" else name in _KNOWN


def _in_one(text: str) -> str:
    return text.replace("\n", _BREAK)


def _aligns(alignments: list[comrak.TableAlignment]) -> str:
    return "".join(_ALIGN.get(str(alignment), "-") for alignment in alignments)


_NESTED = re.compile(r"^(?:[ \t]*+(?:>|[-*+](?=[ \t])|\d{1,9}+[.)](?=[ \t]))){100}", re.MULTILINE)


def nests_too_deep(text: str) -> int | None:
    """The line of a text, from 1, in which quotes and lists begin in one another a hundred times;
    the parser would run out of room."""
    found = _NESTED.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else None


def _is_file(url: str) -> bool:
    """A plain file name beside the item: no scheme, no folder, no host."""
    return bool(url) and not re.search(r"[:/\\?#%\x00-\x1f]", url) and not url.startswith(".")


@lru_cache(maxsize=600)
def tree(body: Body) -> tuple[Node, ...]:
    """The tree of a body; its lines count in the file."""
    shielded = shield(body.text)
    document = comrak.parse_document(shielded, extension_options=_EXTENSIONS)
    return _Translator(shielded, body.line).blocks(document)


@lru_cache(maxsize=2_000)
def html_of(text: str) -> str:
    """The HTML of a text, without blanks between its elements, every text of it escaped. Images
    have the names of their files for addresses. What is not on the list of elements is escaped once
    more, whatever comrak lets through."""
    shielded = shield(text)
    html = comrak.markdown_to_html(shielded, extension_options=_EXTENSIONS, render_options=_COMPACT)
    if not _has_typed(html, text):
        return unshield(html)
    document = comrak.parse_document(shielded, extension_options=_EXTENSIONS)
    _Translator(shielded, 1).write_as_typed(document)
    html = comrak.format_html(document, extension_options=_EXTENSIONS, render_options=_COMPACT)
    return unshield(_STRAY.sub("&lt;", html)).replace(_BREAK, "<br />")


def _has_typed(html: str, text: str) -> bool:
    """May there be anything in a text that is shown as it was typed?"""
    if "<" in text or "[" in text:  # else there are no tags, links or images
        is_odd = "](<" in text or "]: <" in text or ("![" in text and "%" in text)
        if is_odd or _STRAY.search(html):
            return True
    count = html.count("<ul>") + html.count("<ol") + html.count("<blockquote>")
    return (count > 3 or bool(_WITHIN.search(html))) and _depth(html) > DEEPEST - 4


_STEP = re.compile(r"<(/?)(?:ul|ol|li|blockquote|p|em|strong|a)\b")


def _depth(html: str) -> int:
    """How many elements stand in one another."""
    depth = most = 0
    for found in _STEP.finditer(html):
        depth += -1 if found[1] else 1
        most = max(most, depth)
    return most


_BELOW = re.compile(r"\|\n[ \t]*+[^ \t|\n][^|\n]*+(?:\n|\Z)")
"""A line of text right below one that ends with a bar; a wide space is a text, too."""

_BARE = re.compile(r"^ {0,3}(?::-+:?|-+:)[ \t]*$", re.MULTILINE)
"""What stands below a head without bars."""


def looks_even(text: str) -> bool:
    """Do the bars alone tell that all rows of a table have equally many cells? So it is with nearly
    every text; of the rest a tree has to be made. A line right below a table is a row of it."""
    if "|" not in text:
        return True
    counts = list(map(str.count, text.split("\n"), repeat("|")))
    barred = len(counts) - counts.count(0)
    begun = text.count("\n|") + text.startswith("|")
    ended = text.count("|\n") + text.endswith("|")
    if begun != barred or ended != barred or "\\|" in text:  # bars do not tell how many cells
        return False
    if _BARE.search(text):  # the head of a table of one column needs no bar
        return False
    is_uneven = len({*counts} - {0}) > 1 and any(
        number != other and number and other for number, other in pairwise(counts)
    )
    return not is_uneven and not _BELOW.search(text)


def has_even_tables(text: str, line: int) -> bool:
    """Have all rows of each table equally many cells? Told once, when a body is read."""
    tables = () if looks_even(text) else tables_in(tree(Body(text, line)))
    return all(len({row.level for row in table.children}) == 1 for table in tables)
