"""What anybody may do: send an opinion, and with its word read the answer and rate it."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from msgspec import structs
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from gongkai.domain.terms import Rating
from gongkai.inbox.door import TurnedAway, let_in
from gongkai.inbox.entry import InboxEntry
from gongkai.inbox.forms import read_form
from gongkai.inbox.pages import lang_of, page, style
from gongkai.inbox.service import InboxService
from gongkai.inbox.states import DeskStage
from gongkai.inbox.voting import questions
from gongkai.inbox.word import kept, new_word
from gongkai.source.problems import Mistake
from gongkai.source.scalars import read_id
from gongkai.source.surveys import OF_AN_ITEM

NUMBER = re.compile(r"W[0-9]{2}-[0-9]{4,9}(-2)?")


class Public:
    """The pages for senders. None sets a cookie."""

    def __init__(self, service: InboxService) -> None:
        self.service = service

    async def home(self, _: Request) -> Response:
        return RedirectResponse("/say/new")

    async def style(self, _: Request) -> Response:
        return Response(style(self.service), media_type="text/css")

    async def health(self, _: Request) -> Response:
        await self.service.keeper.do(lambda store: store.is_well())
        return PlainTextResponse("ok\n")

    async def new(self, request: Request) -> Response:
        """The form, with the item or the board that the poster's code names."""
        of = self.service.titles.of
        item, board = (self._id(request, key) for key in ("item", "board"))
        if of("boards", item) and not of("items", item):
            item, board = "", item  # a screen's code has its board where others have their item
        about = {"item": item, "board": board}
        titles = {"item": of("items", item) or item, "board": of("boards", board) or board}
        lang = lang_of(request, self.service)
        here = f"/say/new?{urlencode(about)}&"
        return page(
            self.service, lang, "new",
            here=here, about=about, titles=titles, ratings=list(Rating),
            questions=questions(OF_AN_ITEM, lang, has_overall=False) if of("items", item) else [],
        )  # fmt: skip

    def _id(self, request: Request, key: str) -> str:
        try:
            return read_id(request.query_params.get(key, ""))
        except Mistake:
            return ""

    async def send(self, request: Request) -> Response:
        """Keep an opinion; its number and word, once it is on the disk."""
        form = await read_form(request)
        service = self.service
        # Texts first: who is turned away for one need not wait for the photo.
        sent = let_in(form.fields, service.settings.phones)
        photo = await service.photos.clean(form.photo)
        sent = structs.replace(sent, photo=photo, title=service.titles.of("items", sent.item))
        word, today = new_word(), service.clocks.instant().date()
        hashed, days = kept(word), service.settings.reply_days
        number = await service.keeper.do(lambda store: store.add(sent, hashed, today, days))
        lang = lang_of(request, service, form.fields.get("lang", ""))
        return page(service, lang, "sent", status=201, number=number, word=word, days=days)

    async def look(self, request: Request) -> Response:
        """Asks for a number, then for its word."""
        typed = request.query_params.get("number", "").strip().upper()
        number = typed if NUMBER.fullmatch(typed) else ""
        lang = lang_of(request, self.service)
        return page(self.service, lang, "look", number=number, is_wrong=bool(typed) and not number)

    async def opinion(self, request: Request) -> Response:
        """Where an opinion stands, for whoever has its word; takes a rating."""
        number = request.path_params["number"]
        fields = (await read_form(request)).fields if request.method == "POST" else {}
        word = fields.get("word") or request.query_params.get("word", "")
        lang = lang_of(request, self.service, fields.get("lang", ""))
        if not word:
            return page(self.service, lang, "look", number=number, is_wrong=False)
        entry = await self._opened(number, word)
        if rating := _rating(fields.get("rating", "")):
            await self._rate(entry, rating)
        first = await self.service.keeper.do(lambda store: store.entry(number)) or entry
        second = await self.service.keeper.do(lambda store: store.second_round(number))
        rounds = [first, second] if second else [first]
        return page(
            self.service, lang, "opinion",
            rounds=rounds, word=word, ratings=list(Rating), answered=DeskStage.ANSWERED,
        )  # fmt: skip

    async def _opened(self, number: str, word: str) -> InboxEntry:
        """The opinion of a number and its word. TurnedAway for a wrong one, and for the right one
        too after so many."""
        if not NUMBER.fullmatch(number):
            raise TurnedAway(403, "wrong-word")
        guesses = self.service.guesses
        if not guesses.allows(number):
            raise TurnedAway(429, "too-many-words")
        entry = await self.service.keeper.do(lambda store: store.opened(number, word))
        if entry is None:
            raise TurnedAway(403, "wrong-word")
        guesses.forgive(number)
        return entry

    async def _rate(self, entry: InboxEntry, rating: Rating) -> None:
        today, days = self.service.clocks.instant().date(), self.service.settings.reply_days
        await self.service.keeper.do(lambda store: store.rate(entry.number, rating, today, days))


def _rating(typed: str) -> Rating | None:
    return next((rating for rating in Rating if rating.value == typed), None)
