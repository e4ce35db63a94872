"""A body as HTML: what comrak writes, made ready for a reader in one pass.

Every text is escaped and every element made by comrak or here, so nothing that was typed becomes
markup. A body is made ready once and kept by its content; what differs from place to place (the
reader's own workshop, the addresses of images) is put in where it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from markupsafe import Markup, escape

from gongkai.domain.model import Item
from gongkai.domain.text import SUMS, Body, TableGrid, width_of
from gongkai.render.attached import aligns_of
from gongkai.render.reading import columns_of, counted, counting, figure, in_order
from gongkai.source.markdown import html_of

Rows = tuple[tuple[str, ...], ...]


class Table(NamedTuple):
    """A table: the HTML of its cells, on which side each column stands (``l``, ``c``, ``r`` or
    ``-``), and what a reader reads of it."""

    heads: tuple[str, ...]
    rows: Rows
    align: str
    grid: TableGrid


class BodyPlace(NamedTuple):
    """Where a body is shown: the addresses of its images, the workshop whose rows are marked, the
    ``places`` of tables in which its row comes first, and up to how many Han characters wide a cell
    stays on one line."""

    addresses: Mapping[str, str]
    own: str | None = None
    places: Collection[str] = ()
    whole: float = 0


def body_html(item: Item, place: BodyPlace) -> Markup:
    """The body of an item with its attached tables behind it."""
    parts = parts_of(item)
    html = "".join(part if isinstance(part, str) else _written(part, place) for part in parts)
    if "<img" in html:
        html = _IMAGE.sub(lambda found: _image(found, place.addresses), html)
    return Markup(html)  # noqa: S704 - see the head of this module


def first_table(item: Item, own: str | None, places: Collection[str]) -> TableGrid | None:
    """The first table as a reader of a place reads it."""
    table = next((table for table in parts_of(item) if isinstance(table, Table)), None)
    if table is None:
        return None
    rows = table.grid.rows
    return TableGrid(table.grid.heads, tuple(rows[at] for at in in_order(table.grid, own, places)))


def read_text(body: Body) -> str:
    """What a reader reads of a body as it was typed, on one line."""
    return " ".join(_text(_WITHIN.sub("", html_of(body.text)).replace("<", " <")).split())


def parts_of(item: Item) -> tuple[str | Table, ...]:
    """The parts of a body, made ready: HTML, and tables."""
    captions = tuple(table.caption for table in item.tables)
    return _parts(item.body.text, captions, item.attached)


@lru_cache(maxsize=2_000)
def _parts(
    text: str, captions: tuple[str | None, ...], attached: tuple[Rows, ...]
) -> tuple[str | Table, ...]:
    html = html_of(text)
    if "<a " in html:
        html = _LINK.sub(r'<a href="\1" rel="noopener noreferrer">', html)
    if "<code " in html:
        html = _LANGUAGE.sub("<code>", html)
    prose, *rest = _TABLE.split(html)
    parts: list[str | Table] = [_prose(prose)]
    for head, body, behind in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        parts += [_typed_table(head, body or ""), _prose(behind)]
    for caption, rows in zip(captions, attached, strict=True):
        parts += [f"<p><strong>{escape(caption)}</strong></p>"] if caption else []
        parts += [_attached_table(rows)] if rows else []
    return tuple(parts)


_TABLE = re.compile(
    r"<table><thead><tr>(.*?)</tr></thead>(?:<tbody>(.*?)</tbody>)?</table>", re.DOTALL
)
_CELL = re.compile(r'<t[hd](?: align="(\w)\w+")?>(.*?)</t[hd]>', re.DOTALL)
_LINK = re.compile(r'<a href="([^"]*)"(?: title="[^"]*")?>')
_IMAGE = re.compile(r'<img src="([^"]*)" alt="([^"]*)"(?: title="[^"]*")? />')
_LANGUAGE = re.compile(r"<code [^>]*>")
_HEADING = re.compile(r"<(/?)h([1-6])>")
_LOOSE = re.compile(r"<li><p>((?:[^<]|<(?!/p>))*+)</p></li>")
_APART = re.compile(r"(<code>.*?</code>|<[^>]*>)", re.DOTALL)
_WITHIN = re.compile(r"</?(?:strong|em|code|a)\b[^>]*>")
_ALT = re.compile(r'<img [^>]*alt="([^"]*)"[^>]*>')
_TAG = re.compile(r"<[^>]*>")
_LONG = re.compile(r"\d{4}")


def _prose(html: str) -> str:
    """What is no table: headings below those of the page, separators in figures that count."""
    if "<h" in html:
        html = _HEADING.sub(lambda found: f"<{found[1]}h{min(int(found[2]) + 2, 6)}>", html)
    if "<li><p>" in html:
        html = _LOOSE.sub(r"<li>\1</li>", html)
    return _changed(html, counted) if _LONG.search(html) else html


def _changed(html: str, change: Callable[[str], str]) -> str:
    """HTML with its texts changed, but for those of code."""
    if "<" not in html:
        return change(html)
    pieces = _APART.split(html)
    pieces[::2] = map(change, pieces[::2])
    return "".join(pieces)


def _typed_table(head: str, body: str) -> Table:
    """A table of a text."""
    heads = _CELL.findall(head)
    rows = [tuple(cell for _, cell in _CELL.findall(row)) for row in body.split("</tr>")[:-1]]
    align = "".join(side or "-" for side, _ in heads)
    return _table(tuple(cell for _, cell in heads), rows, align)


def _attached_table(rows: Rows) -> Table:
    """A table of a file."""
    heads, *body = (tuple(_escaped(cell) for cell in row) for row in rows)
    return _table(heads, body, aligns_of(rows))


def _escaped(text: str) -> str:
    return str(escape(text)).replace("\n", "<br />")


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], align: str) -> Table:
    """A table with separators in its figures."""
    grid = TableGrid(_texts(heads), tuple(map(_texts, rows)))
    if not any(_LONG.search(cell) for row in grid.rows for cell in row):
        return Table(heads, tuple(rows), align, grid)
    columns = counting(grid)
    told = [
        tuple(_separated(row, columns_of(name, columns)))
        for row, name in zip(rows, grid.names, strict=True)
    ]
    return Table(heads, tuple(told), align, TableGrid(grid.heads, tuple(map(_texts, told))))


def _separated(row: tuple[str, ...], columns: Collection[int]) -> Iterator[str]:
    for at, cell in enumerate(row):
        is_long = _LONG.search(cell) is not None
        yield _changed(cell, figure if at in columns else counted) if is_long else cell


def _texts(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(_text, cells))


def _text(html: str) -> str:
    """What a reader reads of a piece of HTML."""
    if "<" in html:
        html = _TAG.sub("", _ALT.sub(r"\1", html))
    return (unescape(html) if "&" in html else html).strip()


_SIDE = {"r": "gk-right", "c": "gk-centre"}


def _written(table: Table, place: BodyPlace) -> str:
    """A table as HTML."""
    names, own = table.grid.names, place.own
    sides = [_SIDE.get(text, "") for text in table.align]
    head = "".join(
        f'<th scope="col"{_class(side)}>{cell}</th>'
        for cell, side in zip(table.heads, sides, strict=False)
    )
    begins = [f"<td{_class(side)}>" for side in sides]
    body = []
    for at in in_order(table.grid, own, place.places):
        mark = "gk-sum" if names[at] in SUMS else "gk-own" if own and names[at] == own else ""
        if place.whole:
            begins = [
                f"<td{_class(side, text, place.whole)}>"
                for side, text in zip(sides, table.grid.rows[at], strict=False)
            ]
        cells = "".join(
            f"{begin}{cell}</td>" for begin, cell in zip(begins, table.rows[at], strict=False)
        )
        body.append(f"<tr{_class(mark)}>{cells}</tr>")
    return (
        f'<div class="gk-table"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def _class(name: str, text: str = "", whole: float = 0) -> str:
    if text and width_of(text) <= whole:
        name = f"{name} gk-whole".strip()
    return f' class="{name}"' if name else ""


def _image(found: re.Match[str], addresses: Mapping[str, str]) -> str:
    address = addresses.get(unquote(unescape(found[1])), "")
    return f'<img src="{escape(address)}" alt="{found[2]}" />'
