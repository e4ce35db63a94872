"""Sheets that are no item: what hangs on a board, the catalogue, what must come down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from gongkai.domain.model import Site, Value
from gongkai.domain.sheets import fitting
from gongkai.domain.terms import Paper
from gongkai.domain.text import Node
from gongkai.render.attached import table_of
from gongkai.render.codes import code
from gongkai.render.poster.setting import cut, set_body, told
from gongkai.render.poster.typesetter import typeset
from gongkai.render.poster.whole import words_of
from gongkai.render.words import Words

Facts = Sequence[tuple[str, str]]
"""Labels with what stands behind them."""
Rows = Sequence[tuple[str, ...]]


class Lists(Value, frozen=True):
    """Lists of one site; ``firm`` stands in their bar."""

    site: Site
    firm: str

    def paper(
        self,
        words: Words,
        title: str,
        heads: tuple[str, ...],
        rows: Rows,
        facts: Facts,
        address: str,
        stamp: datetime,
        paper: Paper = Paper.A3,
    ) -> bytes:
        """A list as a PDF of its own."""
        sheet = self.sheet(words, title, (table_of((heads, *rows)),), paper, facts, address)
        return typeset(self.site, title, self.firm, [], words.lang, sheet, stamp, {})

    def sheet(
        self,
        words: Words,
        title: str,
        body: tuple[Node, ...],
        paper: Paper,
        facts: Facts,
        address: str,
    ) -> dict[str, Any]:
        """Nobody signs it, and no day says when to take it down."""
        part = words.t("table-part", n="{n}", total="{total}")
        setting = set_body(body, fitting(paper, self.site.largest_paper), {}, part)
        empty = dict.fromkeys(
            ("number", "place", "until", "take-down", "stamp", "sign", "signed"), ""
        )
        address_code = code(self.site, address)
        return {
            **empty,
            **told(setting, []),
            **dict.fromkeys(("fixes", "notes", "contacts", "fine"), ()),
            **dict.fromkeys(("window", "figure")),
            "board": words.t("board"),
            "org": self.firm,
            "kind": words.t("list"),
            "title": words_of(title),
            "again": words.t("continued-on", kind=words.t("list"), title=cut(title)),
            "facts": [{"label": label, "value": value} for label, value in facts],
            "pictures": False,
            "speak": "",
            "print": "",
            "pages": words.t("sheet-of", n="{n}", total="{total}"),
            "goes-on": words.t("goes-on", n="{n}"),
            "codes": [{"svg": address_code, "says": words.t("scan-list")}] if address_code else [],
        }
