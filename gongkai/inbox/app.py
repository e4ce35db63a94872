"""The application: which address leads to which page, within the guard."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Scope

from gongkai.inbox.desk import InboxDesk
from gongkai.inbox.door import TurnedAway
from gongkai.inbox.guard import RequestGuard
from gongkai.inbox.pages import lang_of, refused
from gongkai.inbox.public import Public
from gongkai.inbox.service import InboxService
from gongkai.inbox.voting import Voting

_HOUR = 3600
_SAID = {404: "no-page", 405: "no-page"}


def application(service: InboxService, fault: Callable[[BaseException], None]) -> ASGIApp:
    """The inbox as an application of ASGI; ``fault`` is told of mistakes of ours."""

    def refuse(scope: Scope, turned: TurnedAway) -> ASGIApp:
        return refused(service, lang_of(Request(scope), service), turned)

    async def turned_away(request: Request, error: Exception) -> Response:
        return refused(service, lang_of(request, service), _as_turned(error))

    pages = Starlette(
        routes=_routes(Public(service), Voting(service), InboxDesk(service)),
        exception_handlers={
            TurnedAway: turned_away,
            HTTPException: turned_away,
            sqlite3.OperationalError: turned_away,
            Exception: turned_away,
        },
        lifespan=_lifespan(service, fault),
    )
    return RequestGuard(pages, service, refuse, fault)


def _as_turned(error: Exception) -> TurnedAway:
    if isinstance(error, TurnedAway):
        return error
    if isinstance(error, HTTPException):
        return TurnedAway(error.status_code, _SAID.get(error.status_code, "broken"))
    if isinstance(error, sqlite3.OperationalError):  # the disk is full, or cannot be written
        return TurnedAway(507, "full")
    return TurnedAway(500, "fault")


def _routes(public: Public, voting: Voting, desk: InboxDesk) -> list[Route]:
    return [
        Route("/", public.home),
        Route("/healthz", public.health),
        Route("/say/inbox.css", public.style),
        Route("/say/new", public.new),
        Route("/say/look", public.look),
        Route("/say", public.send, methods=["POST"]),
        Route("/say/appraise", voting.appraise, methods=["POST"]),
        Route("/say/vote/{survey:path}", voting.ballot, methods=["GET", "POST"]),
        Route("/say/{number}", public.opinion, methods=["GET", "POST"]),
        Route("/desk/", desk.list),
        Route("/desk/login", desk.sign_in, methods=["POST"]),
        Route("/desk/logout", desk.sign_out, methods=["POST"]),
        Route("/desk/{number}", desk.opinion),
        Route("/desk/{number}", desk.take_step, methods=["POST"]),
        Route("/desk/{number}/photo", desk.photo),
    ]


def _lifespan(
    service: InboxService, fault: Callable[[BaseException], None]
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        cleaning = asyncio.create_task(_forget(service, fault))
        yield
        cleaning.cancel()
        with suppress(asyncio.CancelledError):
            await cleaning
        service.keeper.close()

    return running


async def _forget(service: InboxService, fault: Callable[[BaseException], None]) -> None:
    """Every hour, names and contacts whose days are over are deleted."""
    while True:
        try:
            await service.forget_contacts()
        except sqlite3.Error as error:
            fault(error)
        await asyncio.sleep(_HOUR)
