"""Pages for desks and phones: home, boards, items, the archive, the print kiosk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup, escape

from gongkai.edition import Edition
from gongkai.model import Board, File, Item
from gongkai.render.artifact import Artifact
from gongkai.render.attached import whole_body
from gongkai.render.frame import Shell
from gongkai.render.html import Writer, quick_html
from gongkai.render.shown import Shown, show, status_of
from gongkai.render.templates import fill
from gongkai.render.words import Words
from gongkai.standing import Freshness, Standing
from gongkai.terms import Channel
from gongkai.text import Body, skim

SUMMARY = 150
"""Characters of a page's description."""


def media_path(file: File) -> str:
    """Where an image is published: by its content, so that nobody can guess it beforehand."""
    return f"media/{file.sha256[:16]}{PurePosixPath(file.name).suffix.lower()}"


def summary_of(item: Item) -> str:
    """The beginning of an item in words, for what lists pages."""
    return skim(Body(item.body.text[: SUMMARY * 3]))[:SUMMARY]


def body_html(standing: Standing, up: str, own: str | None = None) -> Markup:
    """The body of an item for a page; ``up`` leads from the page to the top of the site."""
    item = standing.item
    if not item.attached and (html := quick_html(item.body, own)):
        return html
    addresses = {one.name: up + media_path(one) for one in item.images}
    return Writer(lambda name: addresses.get(name, ""), own).write(whole_body(item))


class Pages:
    """All pages of one edition in one language."""

    def __init__(self, edition: Edition, shell: Shell) -> None:
        self.edition, self.shell = edition, shell
        self.site = edition.site
        self.words = Words(self.site.lang)

    def _stamp(
        self, kind: str, path: str, template: str, title: str, summary: str, **values: Any
    ) -> Artifact:
        """One page; ``lang`` among the values is for a board in a language of its own."""
        name = PurePosixPath(path).parent.name
        lang = values.pop("lang", self.words.lang)
        values = {"edition": self.edition, "show": self._show, "title": title, **values}
        body = fill(self.site.root, lang, f"pages/{template}.html", **values)
        page = self.shell.stamp(kind, name=name, title=title, summary=summary, body=body)
        return Artifact.text(path, page)

    def _show(self, standing: Standing, board: Board | None = None) -> Shown:
        words = Words(board.lang) if board else self.words
        return show(self.edition, standing, board, words, Channel.WEB)

    def home(self) -> Artifact:
        """All boards at a glance."""
        views = [self.edition.view(board, Channel.WEB) for board in self.edition.library.boards]
        notices = {one.item.id: one for view in views for one in view.notices}
        late = {one.item.id: one for view in views for one in view.late}
        name = self.edition.library.org.name
        ordered = sorted(notices.values(), key=lambda one: self._show(one).left[-1:])
        return self._stamp(
            "home", "index.html", "home", self.site.name, name,
            views=views, notices=ordered, late=list(late.values()),
        )  # fmt: skip

    def board(self, board: Board) -> Artifact:
        """One board for a desk or a phone."""
        view = self.edition.view(board, Channel.WEB)

        def body(standing: Standing) -> Markup:
            return body_html(standing, "../../", board.workshop)

        path = f"boards/{board.id}/index.html"
        titles = " ".join(entry.item.title for entry in view.entries[:6])
        return self._stamp(
            "board", path, "board", board.title, titles, view=view, body=body, lang=board.lang
        )

    def item(self, standing: Standing) -> Iterator[Artifact]:
        """The page of an item, and those that lead to it from its former addresses."""
        yield self._item(standing)
        yield from self._aliases(standing)

    def _item(self, standing: Standing) -> Artifact:
        item = standing.item
        shown = self._show(standing, self._only_board(standing))
        is_paper_only = Channel.WEB not in item.channels
        is_bare = is_paper_only or shown.is_gone
        title = self._public_title(standing, is_paper_only)
        return self._stamp(
            "item",
            f"items/{item.id}/index.html",
            "sheet" if is_paper_only else "item",
            title,
            title if is_bare else summary_of(item),
            shown=shown,
            body="" if is_bare else body_html(standing, "../../"),
            boards=[b for b in self.edition.library.boards if b.id in standing.boards],
            successor=self._successor(standing),
        )

    def _public_title(self, standing: Standing, is_paper_only: bool) -> str:
        return standing.item.id if is_paper_only or standing.is_hidden else standing.item.title

    def _only_board(self, standing: Standing) -> Board | None:
        """The board whose contacts hold for an item: its own if it has just one."""
        boards = [one for one in self.edition.library.boards if one.id in standing.boards]
        return boards[0] if len(boards) == 1 else None

    def _successor(self, standing: Standing) -> Standing | None:
        """What took its place, for a reader who comes by an old QR code."""
        if standing.freshness is not Freshness.SUPERSEDED:
            return None
        item = standing.item
        same = [
            one
            for one in self.edition.published()
            if one.hangs
            and one.item.category == item.category
            and one.item.thread == item.thread
            and one.item.period
            and item.period
            and one.item.period.grain is item.period.grain
            and Channel.WEB in one.item.channels
            and set(one.boards) & set(standing.left)
        ]
        return max(same, key=lambda one: one.item.publish, default=None)

    def _aliases(self, standing: Standing) -> Iterator[Artifact]:
        """Former addresses lead on, so that printed QR codes go on working."""
        for alias in standing.item.aliases:
            target = f"../{standing.item.id}/"
            text = escape(self.words.t("redirect"))
            page = (
                f'<!doctype html><html lang="{self.words.lang}"><meta charset="utf-8">'
                f'<meta http-equiv="refresh" content="0;url={target}">'
                f'<meta name="robots" content="noindex"><title>{text}</title>'
                f'<p><a href="{target}">{text}</a></p></html>\n'
            )
            yield Artifact.text(f"items/{alias}/index.html", page)

    def archive(self) -> Artifact:
        """What was shown before."""
        past = [
            one
            for one in self.edition.published()
            if not one.hangs and Channel.WEB in one.item.channels and not one.is_hidden
        ]
        past.sort(key=lambda one: (one.item.publish, one.item.id), reverse=True)
        title = self.words.t("archive")
        return self._stamp(
            "archive",
            "archive/index.html",
            "archive",
            title,
            title,
            past=past,
            status=status_of,
            words=self.words,
        )

    def posters(self) -> Artifact:
        """The print kiosk."""
        views = [self.edition.view(board, Channel.POSTER) for board in self.edition.library.boards]
        title = self.words.t("posters")
        return self._stamp("posters", "posters/index.html", "posters", title, title, views=views)
