"""Posters: one PDF an item, one a board with all of its sheets, and the catalogue."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import segno

from gongkai.duties import applies
from gongkai.edition import Edition, View
from gongkai.glyphs import INVISIBLE
from gongkai.model import Board, Item
from gongkai.render.artifact import Artifact
from gongkai.render.attached import table_of, whole_body
from gongkai.render.files import checked_bytes
from gongkai.render.pictures import Picture, printable
from gongkai.render.preview import preview_of
from gongkai.render.reference import when
from gongkai.render.setting import Setting, set_body
from gongkai.render.shown import Shown, show
from gongkai.render.typesetter import typeset
from gongkai.render.words import Words
from gongkai.sheets import Sheet
from gongkai.standing import Standing
from gongkai.terms import Channel, Kind, Paper
from gongkai.text import Node, width_of

_REPEATED = 170
"""Ems of facts that are repeated on every sheet of several; more would take the text's room."""
_AGAIN = 36
"""Ems of a title that are repeated there."""

_NO_DAY = date(2000, 1, 1)
_Sheet = dict[str, Any]


class Posters:
    """All posters of one edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition, self.site = edition, edition.site
        self._printable: dict[str, Picture] = {}

    def item(self, standing: Standing) -> tuple[Artifact, ...]:
        """One item as a poster that fits each of its boards, and a picture of its first sheet."""
        item, board = standing.item, self._first_board(standing)
        sheets = [self._sheet(standing, board, is_its_own=len(standing.boards) == 1)]
        pdf = self._typeset(item.title, [item], sheets, board.lang, item.publish)
        path = f"posters/items/{item.id}"
        return Artifact(f"{path}.pdf", pdf), Artifact(f"{path}.png", preview_of(pdf))

    def board(self, board: Board) -> tuple[Artifact, ...]:
        """All posters of one board, in its order, in one file, behind a sheet that lists them."""
        view = self.edition.view(board, Channel.POSTER)
        sheets += [self._sheet(one, board, is_its_own=True) for one in view.entries]
        newest = max((one.item.publish for one in view.entries), default=self._midnight)
        sheets = [self._cover(board, view, newest)]
        items = [one.item for one in view.entries]
        pdf = self._typeset(board.title, items, sheets, board.lang, newest)
        return (Artifact(f"posters/boards/{board.id}.pdf", pdf),)

    def catalogue(self) -> tuple[Artifact, ...]:
        """What has to be made public, how often, and who answers for it."""
        words = Words(self.site.lang)
        title = words.t("catalogue")
        catalogue = self.edition.library.catalogue
        heads = tuple(words.t(f"catalogue-{one}") for one in ("what", "often", "who"))
        rows = [
            (one.name if words.lang == "zh" else one.en, when(one, words), one.dept)
            for one in catalogue.categories.values()
            if applies(one, catalogue)
        ]
        setting = set_body((table_of((heads, *rows)),), Paper.A3, {}, words.t("table-part"))
        region, owner = catalogue.region.id, words.name(catalogue.ownership)
        facts = [(words.t("ownership"), owner)]
        facts += [(words.t("region"), region)] if region != "none" else []
        sheet = self._plain_sheet(words, title, setting, facts, "duties/")
        read = [one.seen for row in catalogue.categories.values() for one in row.sources if one.seen]
        day = self.site.start_of(max(read, default=_NO_DAY))
        pdf = self._typeset(title, [], [sheet], words.lang, day)
        return (Artifact("posters/catalogue.pdf", pdf),)

    @property
    def _midnight(self) -> datetime:
        return self.site.start_of(self.edition.standings.today)

    def _first_board(self, standing: Standing) -> Board:
        boards = self.edition.library.boards
        return next(one for one in boards if one.id in standing.boards)

    def _typeset(
        self, title: str, items: list[Item], sheets: list[_Sheet], lang: str, stamp: datetime
    ) -> bytes:
        org = self.edition.library.org.name
        names = [one.id for one in items]
        data = {"title": title, "org": org, "keywords": names, "lang": lang, "sheets": sheets}
        printable = [one for item in items for one in self._pictures(item).values()]
        pictures = {one.name: one.data for one in printable}
        return typeset(self.site.root, data, stamp, pictures)

    def _pictures(self, item: Item) -> Mapping[str, Picture]:
        """The pictures of an item as they are printed, by the names they have in its body."""
        for file in item.images:
            if file.sha256 not in self._printable:
                data = checked_bytes(self.site.root, file)
                self._printable[file.sha256] = printable(file, data)
        return {file.name: self._printable[file.sha256] for file in item.images}

    def _sheet(self, standing: Standing, board: Board, *, is_its_own: bool) -> _Sheet:
        """One item for one board, or (not ``is_its_own``) a sheet that fits all of its boards."""
        item, words = standing.item, Words(board.lang)
        own = board if is_its_own else None
        shown = show(self.edition.library, self.edition.entry(standing), own, words, Channel.POSTER)
        workshop = board.workshop if is_its_own else None
        part = words.t("table-part")
        setting = set_body(whole_body(item), item.paper or board.paper, self._pictures(item), part)
        title = INVISIBLE.sub("", item.title)
        facts = list(self._facts(standing, shown, words, own))
        last = item.last_day
        return {
            **_set(setting, shown),
            "board": words.t("board"),
            "org": " ".join(filter(None, (self.edition.library.org.name, workshop))),
            "number": item.number or "",
            "kind": shown.kind,
            "frame": item.kind is Kind.NOTICE and item.notice is not None,
            "title": title,
            "again": words.t("continued-on", kind=shown.kind, title=_cut(title)),
            "facts": facts,
            "pictures": bool(item.images),
            "fixes": list(_fixes(item, words)),
            "notes": list(shown.notes),
            "speak": words.t("objection"),
            "objection": list(shown.objection),
            "repeated": _repeated(facts, shown, words),
            "until": words.t("hangs-until", day=last) if last else words.t("hangs-from", day=item.first_day),
            "take-down": words.t("take-down", day=words.short(last)) if last else words.t("take-down-never"),
            "stamp": words.t("stamp"),
            "sign": item.owner.dept,
            "signed": words.day(item.first_day),
            "scan": words.t("scan"),
            "print": self._print(standing, words),
            "pages": words.t("sheet-of", n="{n}", total="{total}"),
            "qr": self._qr(f"items/{item.id}/?v={standing.version}"),
        }  # fmt: skip

    def _facts(
        self, standing: Standing, shown: Shown, words: Words, board: Board | None
    ) -> Iterator[dict[str, str]]:
        """The facts of an item: where it hangs and about which time it is, and the rest."""
        boards = self.edition.library.boards
        places = [one.workshop or one.title for one in boards if one.id in standing.boards]
        scope = (board.workshop or board.title) if board else words.t("list-comma").join(places)
        if len(places) > 1 and len(places) == len(boards) and not board:
            scope = words.t("all-boards")
        yield {"label": words.t("scope"), "value": scope}
        if shown.period:
            yield {"label": words.t("period"), "value": shown.period}
        yield from ({"label": one.label, "value": one.value} for one in shown.facts)

    def _print(self, standing: Standing, words: Words) -> str:
        """The small line at the bottom: how to check the sheet, and which version it is."""
        scan = f"{words.t('scan')} · " if self.site.url else ""
        return f"{scan}{standing.item.id} · {words.t('version')} {standing.version}"

    def _qr(self, address: str) -> str:
        return _code(self.site.url + address) if self.site.url else ""

    def _cover(self, board: Board, view: View, newest: datetime) -> _Sheet:
        """What hangs on a board, in its order; or that nothing does, so that printing it says so."""
        words = Words(board.lang)
        if view.entries:
            heads = tuple(words.t(f"cover-{one}") for one in ("number", "kind", "title", "until"))
            rows = [
                (
                    str(number),
                    words.name(one.item.kind),
                    INVISIBLE.sub("", one.item.title),
                    words.day(one.item.last_day) if one.item.last_day else words.t("forever"),
                )
                for number, one in enumerate(view.entries, 1)
            ]
            body = table_of((heads, *rows))
        else:
            body = Node("paragraph", "", (Node("text", words.t("empty")),))
        setting = set_body((body,), board.paper, {}, words.t("table-part"))
        key = "newest" if view.entries else "as-of"
        facts = [(words.t(key), words.day(newest.date()))]
        return self._plain_sheet(words, board.title, setting, facts, f"boards/{board.id}/")

    def _plain_sheet(
        self,
        words: Words,
        title: str,
        setting: Setting,
        facts: list[tuple[str, str]],
        address: str,
    ) -> _Sheet:
        """A sheet that is no item: nobody signs it, and no day says when to take it down."""
        empty = dict.fromkeys(("number", "until", "take-down", "stamp", "sign", "signed"), "")
        return {
            **empty,
            **_set(setting, None),
            "board": words.t("board"),
            "org": self.edition.library.org.name,
            "kind": words.t("list"),
            "frame": False,
            "title": title,
            "again": words.t("continued-on", kind=words.t("list"), title=_cut(title)),
            "facts": [{"label": label, "value": value} for label, value in facts],
            "pictures": False,
            "fixes": [],
            "notes": [],
            "speak": "",
            "objection": [],
            "repeated": "",
            "scan": words.t("scan-list"),
            "print": words.t("scan-list") if self.site.url else "",
            "pages": words.t("sheet-of", n="{n}", total="{total}"),
            "qr": self._qr(address),
        }


@lru_cache(maxsize=512)
def _code(url: str) -> str:
    """An address as a QR code in SVG; the same sheet is printed for several boards."""
    out = io.BytesIO()
    segno.make(url, error="m").save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()


def _set(setting: Setting, shown: Shown | None) -> dict[str, Any]:
    """Body and paper, and how much text there is, for a first guess at its size."""
    beside = [*shown.notes, " ".join(shown.objection)] if shown else []
    return {
        "paper": _paper(setting.sheet),
        "body": setting.nodes,
        "weight": {
            "ems": setting.ems + sum(map(width_of, beside)),
            "parts": setting.parts + len(beside),
        },
    }


def _paper(sheet: Sheet) -> dict[str, Any]:
    return {name: getattr(sheet, name) for name in sheet.__struct_fields__}


def _cut(title: str) -> str:
    """A title for the sheets that follow; all of it stands on the first."""
    if width_of(title) <= _AGAIN:
        return title
    while width_of(title) > _AGAIN:
        title = title[:-1]
    return title.rstrip() + "…"


def _repeated(facts: list[dict[str, str]], shown: Shown, words: Words) -> str:
    """The facts and where to object, for each of several sheets, unless they are very long."""
    told = [f"{one['label']} {one['value']}" for one in facts]
    if shown.objection:
        told.append(f"{words.t('objection')} {words.t('list-comma').join(shown.objection)}")
    text = "　".join(told)
    return text if width_of(text) <= _REPEATED else words.t("facts-on-first")


def _fixes(item: Item, words: Words) -> Iterator[str]:
    if item.correction:
        lines = [words.t("reason", reason=item.correction.reason)]
        lines += [
            words.t("changed", where=one.where, old=one.old, new=one.new)
            for one in item.correction.changes
        ]
        yield "\n".join(lines)
