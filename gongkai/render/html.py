"""A body as HTML: every text escaped here, and an allow-list behind it as a second fence."""

from __future__ import annotations

import re
from collections.abc import Callable

import comrak
import nh3
from markupsafe import Markup, escape

from gongkai.domain.text import SUMS, Body, Node, plain_text, width_of
from gongkai.source.markdown import tree
from gongkai.source.masks import shield, unshield

_TAGS = {
    "a", "blockquote", "br", "code", "div", "em", "h3", "h4", "h5", "h6", "hr", "img", "li",
    "ol", "p", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul", "caption",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "th": {"class", "scope"},
    "td": {"class"},
    "tr": {"class"},
    "div": {"class"},
}
_WRAP = {
    "paragraph": "p",
    "quote": "blockquote",
    "entry": "li",
    "emph": "em",
    "strong": "strong",
}


_RISKY_SIGNS = "<[]&!\x01\t"
_RISKY_START = re.compile(
    r"\n(?: {4}| {0,3}(?:[#>=-]|```|~~~|[*+](?:[ \n]|\Z)|(?:\* *){3}|(?:_ *){3}"
    r"|\d+[.)](?:[ \n]|\Z)))"
)
"""How a line begins that is more than text. The line's end before it is there for speed: it is
looked for as such."""
_EXTENSIONS = comrak.ExtensionOptions(table=True, cjk_friendly_emphasis=True)
_ROW = re.compile(r"<tr>\n<td(?: [^>]*)?>([^<]*)</td>")
_SUM = re.compile(rf"<tr>(\n<td(?: [^>]*)?>\s*(?:{'|'.join(SUMS)})\s*</td>)")
_SIDES = {
    ' align="right"': ' class="gk-right"',
    ' align="center"': ' class="gk-centre"',
    ' align="left"': "",
}


def quick_html(body: Body, own: str | None) -> Markup | None:
    """The HTML of a body without going through its tree, or None where only the tree will do.

    Only bodies that cannot hold markup, links, images or code take this way, so there is nothing
    to clean. It gives the same page as ``Writer``: a test holds the two against each other.
    """
    text = body.text
    if any(sign in text for sign in _RISKY_SIGNS) or _RISKY_START.search("\n" + text):
        return None
    html = unshield(comrak.markdown_to_html(shield(text), extension_options=_EXTENSIONS))
    if "<table>" not in html:
        return Markup(html)  # noqa: S704 - see above
    for side, klass in _SIDES.items():
        html = html.replace(side, klass)
    html = html.replace("<th>", '<th scope="col">').replace("<th class", '<th scope="col" class')
    html = html.replace("<table>", '<div class="gk-table"><table>')
    html = html.replace("</table>", "</table></div>")
    html = _SUM.sub(r'<tr class="gk-sum">\1', html)
    if own:
        html = _ROW.sub(lambda row: _marked(row, own), html)
    return Markup(html)  # noqa: S704 - see above


_WITHIN = re.compile(r"</?(?:strong|em|code)>")


def read_text(body: Body) -> str:
    """What a reader reads of a body, on one line."""
    quick = quick_html(body, None)
    if quick is None:
        text = plain_text(tree(body))
    else:
        text = Markup(_WITHIN.sub("", quick).replace("<", " <")).striptags()  # noqa: S704 - only read
    return " ".join(text.split())


def _marked(row: re.Match[str], own: str) -> str:
    return row[0].replace("<tr>", '<tr class="gk-own">', 1) if row[1].strip() == own else row[0]


class Writer:
    """Writes trees as HTML. ``picture`` maps the name of an image to its address from the page;
    ``own`` is the name whose rows are marked as the reader's own workshop; ``whole`` tells up to
    how many Han characters wide a cell of a table stays on one line."""

    def __init__(
        self,
        picture: Callable[[str], str],
        own: str | None = None,
        whole: Callable[[Node], float] = lambda _: 0,
    ) -> None:
        self.picture = picture
        self.own = own
        self.whole = whole

    def write(self, nodes: tuple[Node, ...]) -> Markup:
        """The HTML of a body."""
        html = self._all(nodes)
        return Markup(  # noqa: S704 - cleaned by the allow-list in this very call
            nh3.clean(
                html,
                tags=_TAGS,
                attributes=_ATTRIBUTES,
                url_schemes={"http", "https", "mailto", "tel"},
                link_rel="noopener noreferrer",
            )
        )

    def _all(self, nodes: tuple[Node, ...]) -> str:
        return "".join(map(self._node, nodes))

    def _node(self, node: Node) -> str:
        kind = node.kind
        if kind == "text":
            return str(escape(node.text)).replace("\n", "<br>")
        if kind == "entry" and [child.kind for child in node.children] == ["paragraph"]:
            return f"<li>{self._all(node.children[0].children)}</li>"
        if kind in _WRAP:
            return f"<{_WRAP[kind]}>{self._all(node.children)}</{_WRAP[kind]}>"
        if kind in ("soft", "hard"):
            return "<br>" if kind == "hard" else "\n"
        if kind == "table":
            return self._table(node)
        return self._other(node)

    def _other(self, node: Node) -> str:
        inner = self._all(node.children)
        if node.kind == "heading":
            level = min(node.level + 2, 6)
            return f"<h{level}>{inner}</h{level}>"
        if node.kind == "list":
            start = f' start="{node.level}"' if node.level != 1 else ""
            return f"<ol{start}>{inner}</ol>" if node.level >= 0 else f"<ul>{inner}</ul>"
        if node.kind == "link":
            return f'<a href="{escape(node.text)}">{inner}</a>'
        if node.kind == "image":
            alt = escape(plain_text(node.children))
            return f'<img src="{escape(self.picture(node.text))}" alt="{alt}">'
        if node.kind == "code":
            return f"<code>{escape(node.text)}</code>"
        if node.kind == "block":
            return f"<pre><code>{escape(node.text)}</code></pre>"
        return "<hr>"

    def _table(self, table: Node) -> str:
        head, *rows = table.children
        cells = self._cells(head, 'th scope="col"', table.align)
        whole = self.whole(table)
        body = "".join(self._row(row, table.align, whole) for row in rows)
        return (
            f'<div class="gk-table"><table><thead><tr>{cells}</tr></thead>'
            f"<tbody>{body}</tbody></table></div>"
        )

    def _row(self, row: Node, align: str, whole: float) -> str:
        first = plain_text(row.children[:1]).strip()
        mark = "gk-sum" if first in SUMS else "gk-own" if self.own and first == self.own else ""
        klass = f' class="{mark}"' if mark else ""
        return f"<tr{klass}>{self._cells(row, 'td', align, whole)}</tr>"

    def _cells(self, row: Node, tag: str, align: str, whole: float = 0) -> str:
        return "".join(
            f"<{tag}{_class(cell, side, whole)}>{self._all(cell.children)}</{tag[:2]}>"
            for cell, side in zip(row.children, align, strict=False)
        )


_SIDE = {"r": "gk-right", "c": "gk-centre"}


def _class(cell: Node, side: str, whole: float) -> str:
    names = [_SIDE[side]] if side in _SIDE else []
    if whole and 0 < width_of(plain_text(cell.children)) <= whole:
        names.append("gk-whole")
    return f' class="{" ".join(names)}"' if names else ""
