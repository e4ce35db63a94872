"""Posters: one PDF an item, one for each board that it tells something else, all of a board bound
together, and the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from gongkai.domain.glyphs import INVISIBLE
from gongkai.domain.model import Board, Item
from gongkai.domain.sheets import size_of
from gongkai.domain.terms import Channel, Handled
from gongkai.domain.text import Node
from gongkai.render.attached import table_of
from gongkai.render.papers import TILE, paper_of
from gongkai.render.pictures import Picture, printable
from gongkai.render.poster.lists import Lists
from gongkai.render.poster.preview import preview_of
from gongkai.render.poster.sheet import Sheet, sheet_of_item
from gongkai.render.poster.tiles import TextPlacement, moved_off_the_cut, tiled
from gongkai.render.poster.typesetter import typeset
from gongkai.render.web.files import checked_bytes
from gongkai.render.web.reference import when
from gongkai.render.words import Words
from gongkai.status.duties import applies
from gongkai.status.edition import Edition, View
from gongkai.status.standing import Standing

_NO_DAY = date(2000, 1, 1)


class Posters:
    """All posters of one edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition, self.site = edition, edition.site
        self.firm = edition.library.org.name
        self.lists = Lists(self.site, self.firm)
        self._printable: dict[str, Picture] = {}

    def item(self, standing: Standing) -> list[bytes]:
        """One item as a poster for its only board or for all, a picture of its first sheet, and
        where it is larger than A4, the same on sheets of A4."""
        pdf, board = self.pdf(standing), self._first_board(standing)
        made = [pdf, preview_of(pdf)]
        if size_of(paper_of(standing.item, board, self.site)) != TILE:
            made.append(self._tiled(pdf, standing))
        return made

    def pdf(self, standing: Standing) -> bytes:
        """One item as a poster; for the only board that it hangs on, or for all."""
        return self._set(standing, self._first_board(standing), self.said(standing))

    def said(self, standing: Standing) -> Sheet:
        """What stands on an item's own sheet, as data."""
        board = self._first_board(standing)
        return self._said(standing, board, board if len(standing.boards) == 1 else None)

    def _said(self, standing: Standing, board: Board, own: Board | None) -> Sheet:
        return sheet_of_item(self.edition, standing, board, own, self._pictures(standing.item))

    def for_board(self, standing: Standing, board: Board) -> bytes:
        """One item as it hangs on one of its boards."""
        return self._set(standing, board, self._said(standing, board, board))

    def _set(self, standing: Standing, board: Board, said: Sheet) -> bytes:
        """The sheets of an item. Where a cut of the paper would go through a line, the text is
        moved down a little and set once more."""
        item = standing.item

        def done(place: TextPlacement) -> bytes:
            return typeset(
                self.site, item.title, self.firm, [item.id], board.lang, said, item.publish,
                self._bytes(item), place.nudge, place.part,
            )  # fmt: skip

        return moved_off_the_cut(done, said["paper"]["play"])

    def cover(self, board: Board) -> bytes:
        """The sheet that lies on top of all those of a board."""
        view = self.edition.view(board, Channel.POSTER)
        stamp = self.site.start_of(self._newest(view))
        return typeset(
            self.site, board.title, self.firm,
            [standing.item.id for standing in view.entries], board.lang,
            self._cover(board, view), stamp, {},
        )  # fmt: skip

    def heard(self, board: Board) -> bytes:
        """What workers said, where a board has heard anything."""
        stamp = self.site.start_of(self._heard(board))
        sheet = self._opinions(board)
        return typeset(self.site, board.title, self.firm, [], board.lang, sheet, stamp, {})

    def catalogue(self) -> bytes:
        """What has to be made public, how often, and who answers for it."""
        words, catalogue = Words(self.site.lang), self.edition.library.catalogue
        duties = [
            category for category in catalogue.categories.values() if applies(category, catalogue)
        ]
        heads = tuple(words.t(f"catalogue-{name}") for name in ("what", "often", "who"))
        rows = [
            (words.category(category), when(category, words), category.dept) for category in duties
        ]
        facts = [(words.t("ownership"), words.name(catalogue.ownership))]
        if catalogue.region.id != "none":
            facts.append((words.t("region"), catalogue.region.id))
        read = [source.seen for category in duties for source in category.sources if source.seen]
        stamp = self.site.start_of(max(read, default=_NO_DAY))
        return self.lists.paper(words, words.t("catalogue"), heads, rows, facts, "duties/", stamp)

    def _first_board(self, standing: Standing) -> Board:
        boards = self.edition.library.boards
        return next(board for board in boards if board.id in standing.boards)

    def _newest(self, view: View) -> date:
        """The day of the newest thing on a board; of one on which nothing hangs, today."""
        days = [standing.item.first_day for standing in view.entries]
        return max(days, default=self.edition.standings.today)

    def _pictures(self, item: Item) -> Mapping[str, Picture]:
        """The pictures of an item as they are printed, by the names they have in its body."""
        for file in item.images:
            if file.sha256 not in self._printable:
                data = checked_bytes(self.site.root, file)
                self._printable[file.sha256] = printable(file, data)
        return {file.name: self._printable[file.sha256] for file in item.images}

    def _bytes(self, item: Item) -> Mapping[str, bytes]:
        """The pictures of an item by the names they go by on paper."""
        return {picture.name: picture.data for picture in self._pictures(item).values()}

    def _tiled(self, pdf: bytes, standing: Standing) -> bytes:
        item, words = standing.item, Words(self._first_board(standing).lang)
        return tiled(pdf, self.site, item.title, words, item.publish)

    def _cover(self, board: Board, view: View) -> Sheet:
        """What hangs on a board, in its order; or that nothing does, so that paper says so too."""
        words = Words(board.lang)
        body = Node("paragraph", "", (Node("text", words.t("empty")),))
        if view.entries:
            heads = tuple(words.t(f"cover-{name}") for name in ("number", "kind", "title", "until"))
            rows = [
                (
                    str(number),
                    words.name(standing.item.kind),
                    INVISIBLE.sub("", standing.item.title),
                    words.day(standing.item.last_day)
                    if standing.item.last_day
                    else words.t("forever"),
                )
                for number, standing in enumerate(view.entries, 1)
            ]
            body = table_of((heads, *rows))
        key = "newest" if view.entries else "as-of"
        facts = [(words.t(key), words.day(self._newest(view)))]
        address = f"boards/{board.id}/"
        return self.lists.sheet(words, board.title, (body,), board.paper, facts, address)

    def _opinions(self, board: Board) -> Sheet:
        """What workers said, and where each of it stands."""
        words = Words(board.lang)
        heads = tuple(words.t(f"opinion-{name}") for name in ("number", "text", "stand", "reply"))
        rows = [
            (
                raised.opinion.id,
                words.t("opinion-private") if raised.opinion.private else raised.opinion.text,
                words.stands(raised),
                (raised.opinion.reply or "")
                if raised.is_answered and not raised.opinion.private
                else "",
            )
            for raised in self.edition.raised_on(board)
        ]
        facts = [(words.t("as-of"), words.day(self._heard(board)))]
        title, body = words.t("opinions"), (table_of((heads, *rows)),)
        return self.lists.sheet(words, title, body, board.paper, facts, "opinions/")

    def _heard(self, board: Board) -> date:
        """The day on which an opinion last came in, was answered, or had its day pass."""
        today = self.edition.standings.today
        days = []
        for raised in self.edition.raised_on(board):
            opinion = raised.opinion
            passed = {Handled.LATE: opinion.due, Handled.PUT_OFF: opinion.promised}.get(
                raised.handled
            )
            days += [opinion.received, opinion.replied, passed and passed + timedelta(days=1)]
        return max((day for day in days if day and day <= today), default=_NO_DAY)
