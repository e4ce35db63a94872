"""Posters: one PDF an item, and one a board with all of its sheets."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

import segno

from gongkai.edition import Edition
from gongkai.glyphs import INVISIBLE
from gongkai.model import Board, File, Item
from gongkai.render.artifact import Artifact
from gongkai.render.attached import whole_body
from gongkai.render.files import checked_bytes
from gongkai.render.paging import width_of
from gongkai.render.shown import show
from gongkai.render.typesetter import typeset
from gongkai.render.words import Words
from gongkai.standing import Standing
from gongkai.terms import Channel, Kind, Paper
from gongkai.text import Node, plain_text


class Posters:
    """All posters of one edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition, self.site = edition, edition.site

    def _first_board(self, standing: Standing) -> Board:
        boards = self.edition.library.boards
        return next(one for one in boards if one.id in standing.boards)

    def item(self, standing: Standing) -> Artifact:
        """One item as a poster that fits each of its boards."""
        item, board = standing.item, self._first_board(standing)
        sheets = [self._sheet(standing, board, is_its_own=len(standing.boards) == 1)]
        pdf = self._typeset(item.title, [item.id], sheets, board.lang, item.publish)
        return Artifact(f"posters/items/{item.id}.pdf", pdf)

    def board(self, board: Board) -> Artifact:
        """All posters of one board, in its order, in one file."""
        view = self.edition.view(board, Channel.POSTER)
        sheets = [self._sheet(one, board, is_its_own=True) for one in view.entries]
        today = self.site.start_of(self.edition.standings.today)
        newest = max((one.item.publish for one in view.entries), default=today)
        names = [one.item.id for one in view.entries]
        pdf = self._typeset(board.title, names, sheets or [self._blank(board)], board.lang, newest)
        return Artifact(f"posters/boards/{board.id}.pdf", pdf)

    def _typeset(
        self, title: str, names: list[str], sheets: list[Any], lang: str, stamp: datetime
    ) -> bytes:
        org = self.edition.library.org.name
        data = {"title": title, "org": org, "keywords": names, "lang": lang, "sheets": sheets}
        return typeset(self.site.root, data, stamp, self._pictures(names))

    def _pictures(self, names: list[str]) -> dict[str, bytes]:
        """The pictures of some items by the names they go by in a sheet."""
        items = (self.edition.standings.by_id[one].item for one in names)
        return {
            _picture(file): checked_bytes(self.site.root, file)
            for item in items
            for file in item.images
        }

    def _sheet(self, standing: Standing, board: Board, *, is_its_own: bool) -> dict[str, Any]:
        """One item for one board, or (not ``is_its_own``) a sheet that fits all of its boards."""
        item, words = standing.item, Words(board.lang)
        own = board if is_its_own else None
        entry = self.edition.entry(standing)
        shown = show(self.edition.library, entry, own, words, Channel.POSTER)
        workshop = board.workshop if is_its_own else None
        facts = [{"label": one.label, "value": one.value} for one in shown.facts]
        if shown.period:
            facts.insert(0, {"label": words.t("period"), "value": shown.period})
        last, body = item.last_day, whole_body(item)
        take_down = words.t("take-down", day=last) if last else words.t("take-down-never")
        return {
            "paper": (item.paper or board.paper).value,
            "board": words.t("board"),
            "org": " ".join(filter(None, (self.edition.library.org.name, workshop))),
            "number": item.number or "",
            "kind": shown.kind,
            "notice": item.kind is Kind.NOTICE and item.notice is not None,
            "title": INVISIBLE.sub("", item.title),
            "facts": facts,
            "body": [_plain(node, item) for node in body],
            "weight": _weight(body, shown.notes, shown.objection),
            "images": [one.sha256 for one in item.images],
            "fixes": list(_fixes(item, words)),
            "notes": list(shown.notes),
            "speak": words.t("objection"),
            "objection": list(shown.objection),
            "dates": f"{shown.category} · {item.owner.dept}",
            "take-down": take_down,
            "stamp": words.t("stamp"),
            "sign": item.owner.dept,
            "scan": words.t("scan"),
            "print": self._print(standing, words),
            "pages": words.t("sheet-of", n="{n}", total="{total}"),
            "qr": self._qr(standing),
        }

    def _print(self, standing: Standing, words: Words) -> str:
        """The small line at the bottom: how to check the sheet, and which version it is."""
        scan = f"{words.t('scan')} · " if self.site.url else ""
        return f"{scan}{standing.item.id} · {words.t('version')} {standing.version}"

    def _qr(self, standing: Standing) -> str:
        if self.site.url is None:
            return ""
        url = f"{self.site.url}items/{standing.item.id}/?v={standing.version}"
        out = io.BytesIO()
        segno.make(url, error="m").save(out, kind="svg", border=0, xmldecl=False)
        return out.getvalue().decode()

    def _blank(self, board: Board) -> dict[str, Any]:
        """The one sheet of a board on which nothing may hang, so that printing it says so."""
        words = Words(board.lang)
        text = ["paragraph", "", [["text", words.t("empty"), [], 0, ""]], 0, ""]
        empty = dict.fromkeys(("number", "dates", "stamp", "sign", "scan", "qr", "speak"), "")
        return {
            **empty,
            "paper": Paper.A4.value,
            "board": words.t("board"),
            "org": self.edition.library.org.name,
            "kind": words.t("board"),
            "notice": False,
            "title": board.title,
            "facts": [],
            "body": [text],
            "weight": {"ems": 10, "parts": 1},
            "fixes": [],
            "notes": [],
            "objection": [],
            "take-down": words.t("built-at", at=words.day(self.edition.standings.today)),
            "print": board.id,
            "pages": words.t("sheet-of", n="{n}", total="{total}"),
        }


def _fixes(item: Item, words: Words) -> Iterator[str]:
    if item.correction:
        lines = [words.t("reason", reason=item.correction.reason)]
        lines += [
            words.t("changed", where=one.where, old=one.old, new=one.new)
            for one in item.correction.changes
        ]
        yield "\n".join(lines)


def _plain(node: Node, item: Item) -> list[Any]:
    """A node as the template takes it; an image by the name it goes by."""
    text = INVISIBLE.sub("", node.text)
    if node.kind == "image":
        text = next((_picture(one) for one in item.images if one.name == node.text), "")
    children = [_plain(child, item) for child in node.children]
    plain = [node.kind, text, children, node.level, node.align]
    return [*plain, _shape(node)] if node.kind == "table" else plain


def _picture(file: File) -> str:
    return f"{file.sha256}{PurePosixPath(file.name).suffix.lower()}"


def _weight(
    body: tuple[Node, ...], notes: tuple[str, ...], objection: tuple[str, ...]
) -> dict[str, float]:
    """How much text there is outside of tables, for a first guess at its size: its length in em,
    and how many paragraphs it comes in."""
    texts = [plain_text((node,)) for node in body if node.kind != "table"]
    lines = [line for text in texts for line in text.split("\n") if line]
    lines += [*notes, " ".join(objection)]
    return {"ems": sum(map(width_of, lines)), "parts": len(lines)}


_PADDING = 1.0
"""Between the columns of a table, in em."""
_SHORT = 4.0
"""Han characters of a cell that should not be broken if it can be helped."""
_RIGID = re.compile(r"[\x21-\x7e]+")


def _shape(table: Node) -> dict[str, list[float]]:
    """What each column needs, in em: for one line, to keep short cells whole, and at the least."""
    columns = list(zip(*(row.children for row in table.children), strict=False))
    texts = [[plain_text(cell.children) for cell in column] for column in columns]
    natural = [max(map(width_of, column)) for column in texts]
    rigid = [
        max([1.0, *(width_of(run) for text in column for run in _RIGID.findall(text))])
        for column in texts
    ]
    firm = [max(r, min(n, _SHORT)) for n, r in zip(natural, rigid, strict=True)]
    needs = {"natural": natural, "firm": firm, "rigid": rigid}
    return {name: [one + _PADDING for one in need] for name, need in needs.items()}
