"""News for workers as text to be copied into chats that no robot reaches: a page with a text for
each board."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from gongkai.build.kind import PageKind
from gongkai.domain.model import Board
from gongkai.render.artifact import Artifact
from gongkai.render.news import news_text
from gongkai.render.tasks import Task
from gongkai.status.news import news_of

if TYPE_CHECKING:
    from gongkai.build.plan import Plan, Renderer

WEEK = timedelta(days=7)


def _texts(plan: Plan) -> list[tuple[Board, str]]:
    """The week's news of each board that has any."""
    standings, lang = plan.edition.standings, plan.site.lang
    org, url, found = plan.library.org.short, plan.site.url, []
    for board in plan.library.boards:
        ones = news_of(standings, {board.id}, WEEK)
        where = f"{url}boards/{board.id}/" if url else None
        place = board.workshop or board.title
        if ones:
            text = news_text(org, place, ones, standings.today, lang, where)
            found.append((board, text))
    return found


def _inputs(plan: Plan, _: Task) -> Iterator[Any]:
    yield [(board.id, text) for board, text in _texts(plan)], plan.places


def _make(renderer: Renderer, _: Task) -> tuple[Artifact, ...]:
    pages = renderer.pages
    words = pages.words
    page = pages.stamp(
        "chat", CHAT.address, "chat", words.t("chat"), words.t("chat-hint"),
        texts=[(words.named(board), text) for board, text in _texts(renderer.plan)],
    )  # fmt: skip
    return (page,)


CHAT = PageKind("chat", "chat/index.html", _make, _inputs, templates=("pages/chat.html",))
