"""Posters: one PDF an item, one a board with all of its sheets, and the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import Any

from gongkai.duties import applies
from gongkai.edition import Edition, View
from gongkai.glyphs import INVISIBLE
from gongkai.model import Board, Item
from gongkai.render.artifact import Artifact
from gongkai.render.attached import table_of, whole_body
from gongkai.render.codes import code, code_of
from gongkai.render.files import checked_bytes
from gongkai.render.lists import Lists
from gongkai.render.pictures import Picture, printable
from gongkai.render.preview import preview_of
from gongkai.render.reading import changed, for_reading, places_of
from gongkai.render.reference import when
from gongkai.render.setting import cut, set_body, told
from gongkai.render.shown import Shown, show
from gongkai.render.typesetter import typeset
from gongkai.render.words import Words
from gongkai.standing import Standing
from gongkai.terms import Channel, Handled, Kind
from gongkai.text import Node, width_of

_REPEATED = 170
"""Ems of facts that are repeated on every sheet of several; more would take the text's room."""
_NO_DAY = date(2000, 1, 1)

_Sheet = dict[str, Any]


class Posters:
    """All posters of one edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition, self.site = edition, edition.site
        self.firm = edition.library.org.name
        self.lists = Lists(self.site, self.firm)
        self._printable: dict[str, Picture] = {}

    def item(self, standing: Standing) -> tuple[Artifact, ...]:
        """One item as a poster that fits each of its boards, and a picture of its first sheet."""
        pdf, path = self.pdf(standing), f"posters/items/{standing.item.id}"
        return Artifact(f"{path}.pdf", pdf), Artifact(f"{path}.png", preview_of(pdf))

    def pdf(self, standing: Standing) -> bytes:
        """One item as a poster."""
        item, board = standing.item, self._first_board(standing)
        return typeset(
            self.site, item.title, self.firm, [item.id], board.lang, [self.said(standing)],
            item.publish, self._bytes([item]),
        )  # fmt: skip

    def said(self, standing: Standing) -> _Sheet:
        """What stands on an item's own sheet, as data."""
        is_its_own = len(standing.boards) == 1
        return self._sheet(standing, self._first_board(standing), is_its_own=is_its_own)

    def board(self, board: Board) -> tuple[Artifact, ...]:
        """All posters of one board, in its order, in one file, behind a sheet that lists them."""
        view = self.edition.view(board, Channel.POSTER)
        items = [one.item for one in view.entries]
        own = (self._sheet(one, board, is_its_own=True) for one in view.entries)
        last = [self._opinions(board)] if self.edition.raised_on(board) else []
        sheets = chain([self._cover(board, view)], own, last)
        stamp = self.site.start_of(max(self._newest(view), self._heard(board)))
        pdf = typeset(
            self.site, board.title, self.firm, [one.id for one in items], board.lang, sheets, stamp,
            self._bytes(items),
        )  # fmt: skip
        return (Artifact(f"posters/boards/{board.id}.pdf", pdf),)

    def catalogue(self) -> tuple[Artifact, ...]:
        """What has to be made public, how often, and who answers for it."""
        words, catalogue = Words(self.site.lang), self.edition.library.catalogue
        duties = [one for one in catalogue.categories.values() if applies(one, catalogue)]
        heads = tuple(words.t(f"catalogue-{one}") for one in ("what", "often", "who"))
        rows = [(words.category(one), when(one, words), one.dept) for one in duties]
        facts = [(words.t("ownership"), words.name(catalogue.ownership))]
        if catalogue.region.id != "none":
            facts.append((words.t("region"), catalogue.region.id))
        read = [source.seen for one in duties for source in one.sources if source.seen]
        stamp = self.site.start_of(max(read, default=_NO_DAY))
        pdf = self.lists.paper(words, words.t("catalogue"), heads, rows, facts, "duties/", stamp)
        return (Artifact("posters/catalogue.pdf", pdf),)

    def _first_board(self, standing: Standing) -> Board:
        boards = self.edition.library.boards
        return next(one for one in boards if one.id in standing.boards)

    def _newest(self, view: View) -> date:
        """The day of the newest thing on a board; of one on which nothing hangs, today."""
        days = [one.item.first_day for one in view.entries]
        return max(days, default=self.edition.standings.today)

    def _pictures(self, item: Item) -> Mapping[str, Picture]:
        """The pictures of an item as they are printed, by the names they have in its body."""
        for file in item.images:
            if file.sha256 not in self._printable:
                data = checked_bytes(self.site.root, file)
                self._printable[file.sha256] = printable(file, data)
        return {file.name: self._printable[file.sha256] for file in item.images}

    def _bytes(self, items: Sequence[Item]) -> Mapping[str, bytes]:
        """The pictures of some items by the names they go by on paper."""
        return {one.name: one.data for item in items for one in self._pictures(item).values()}

    def _sheet(self, standing: Standing, board: Board, *, is_its_own: bool) -> _Sheet:
        """One item for one board, or (not ``is_its_own``) a sheet that fits all of its boards."""
        item, words, own = standing.item, Words(board.lang), board if is_its_own else None
        shown = show(self.edition.library, self.edition.entry(standing), own, words, Channel.POSTER)
        paper, part = item.paper or board.paper, words.t("table-part", n="{n}", total="{total}")
        workshop = own.workshop if own else None
        nodes = for_reading(whole_body(item), workshop, places_of(self.edition.library))
        setting = set_body(nodes, paper, self._pictures(item), part, workshop)
        facts = list(self._facts(standing, shown, words, own))
        title = INVISIBLE.sub("", item.title)
        return {
            **told(setting, [*shown.notes, " ".join(shown.objection)]),
            **_take_down(item, words),
            "board": words.t("board"),
            "org": " ".join(filter(None, (self.firm, workshop))),
            "number": item.number or "",
            "kind": shown.kind,
            "frame": item.kind is Kind.NOTICE and item.notice is not None,
            "title": title,
            "again": words.t("continued-on", kind=shown.kind, title=cut(title)),
            "facts": [{"label": label, "value": value} for label, value in facts],
            "pictures": bool(item.images),
            "fixes": list(_fixes(item, words)),
            "notes": list(shown.notes),
            "speak": words.t("objection"),
            "objection": list(shown.objection),
            "repeated": _repeated(facts, shown, words),
            "stamp": words.t("stamp"),
            "sign": item.owner.dept,
            "signed": words.day(item.first_day),
            "scan": words.t("scan"),
            "print": self._print(standing, words),
            "pages": words.t("sheet-of", n="{n}", total="{total}"),
            "qr": code(self.site, f"items/{item.id}/?v={standing.version}"),
            "checks": words.t("scan-short"),
            "form": code_of(self.edition.library.org.form(item.id)),
            "form-scan": words.t("speak-scan"),
        }

    def _facts(
        self, standing: Standing, shown: Shown, words: Words, board: Board | None
    ) -> Iterator[tuple[str, str]]:
        """Where an item hangs, about which time it is, and the rest of what is told in a line."""
        boards = [board] if board else self.edition.library.boards
        places = [one.workshop or one.title for one in boards if one.id in standing.boards]
        is_everywhere = board is None and 1 < len(places) == len(boards)
        where = words.t("all-boards") if is_everywhere else words.t("list-comma").join(places)
        yield words.t("scope"), where
        if shown.period:
            yield words.t("period"), shown.period
        yield from ((one.label, one.value) for one in shown.facts)

    def _print(self, standing: Standing, words: Words) -> str:
        """The small line at the bottom: how to check the sheet, and which version it is."""
        scan = f"{words.t('scan')} · " if self.site.url else ""
        return f"{scan}{standing.item.id} · {words.t('version')} {standing.version}"

    def _cover(self, board: Board, view: View) -> _Sheet:
        """What hangs on a board, in its order; or that nothing does, so that paper says so too."""
        words = Words(board.lang)
        body = Node("paragraph", "", (Node("text", words.t("empty")),))
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
        key = "newest" if view.entries else "as-of"
        facts = [(words.t(key), words.day(self._newest(view)))]
        address = f"boards/{board.id}/"
        return self.lists.sheet(words, board.title, (body,), board.paper, facts, address)

    def _opinions(self, board: Board) -> _Sheet:
        """What workers said, and where each of it stands."""
        words = Words(board.lang)
        heads = tuple(words.t(f"opinion-{one}") for one in ("number", "text", "stand", "reply"))
        rows = [
            (
                one.opinion.id,
                words.t("opinion-private") if one.opinion.private else one.opinion.text,
                words.stands(one),
                (one.opinion.reply or "") if one.is_answered and not one.opinion.private else "",
            )
            for one in self.edition.raised_on(board)
        ]
        facts = [(words.t("as-of"), words.day(self._heard(board)))]
        title, body = words.t("opinions"), (table_of((heads, *rows)),)
        return self.lists.sheet(words, title, body, board.paper, facts, "opinions/")

    def _heard(self, board: Board) -> date:
        """The day on which an opinion last came in, was answered, or had its day pass."""
        today = self.edition.standings.today
        days = []
        for one in self.edition.raised_on(board):
            opinion = one.opinion
            passed = {Handled.LATE: opinion.due, Handled.PUT_OFF: opinion.promised}.get(one.handled)
            days += [opinion.received, opinion.replied, passed and passed + timedelta(days=1)]
        return max((day for day in days if day and day <= today), default=_NO_DAY)


def _take_down(item: Item, words: Words) -> dict[str, str]:
    """Until when a sheet hangs, and the same to be read from two metres."""
    last = item.last_day
    if last is None:
        from_day = words.t("hangs-from", day=item.first_day)
        return {"until": from_day, "take-down": words.t("take-down-never")}
    return {
        "until": words.t("hangs-until", day=last),
        "take-down": words.t("take-down", day=words.short(last)),
    }


def _repeated(facts: Sequence[tuple[str, str]], shown: Shown, words: Words) -> str:
    """The facts and where to object, for each of several sheets, unless they are very long."""
    lines = [f"{label} {value}" for label, value in facts]
    if shown.objection:
        lines.append(f"{words.t('objection')} {words.t('list-comma').join(shown.objection)}")
    text = "　".join(lines)
    return text if width_of(text) <= _REPEATED else words.t("facts-on-first")


def _fixes(item: Item, words: Words) -> Iterator[str]:
    """What a correction changed, in one text."""
    if item.correction:
        lines = [words.t("reason", reason=item.correction.reason)]
        lines += [
            words.t(
                "changed",
                where=one.where,
                old=changed(one.old, one.where),
                new=changed(one.new, one.where),
            )
            for one in item.correction.changes
        ]
        yield "\n".join(lines)
