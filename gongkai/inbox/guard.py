"""What stands before every page: bounds on size and time, the address that counts, headers.

No address is written down: it is counted in memory and forgotten.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from gongkai.inbox.door import TurnedAway
from gongkai.inbox.limits import counted_as
from gongkai.inbox.service import InboxService

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "connection": "close",
}
"""Of every answer. A connection serves one request, so that a slow one holds nothing up."""
_SMALL, _LARGE = 100_000, 13_000_000
"""Bytes of a form, and of one with a photo."""
_IN_ALL = 300_000_000
"""Bytes of all forms that are being read at once."""
SECONDS = 30.0
"""For the whole of a form; a photo over a slow network takes ten."""
OPEN = ("/healthz", "/say/inbox.css")
"""What is not counted."""


class RequestGuard:
    """Stands around the pages. ``refuse`` makes the answer to what is turned away before they are
    asked; ``fault`` is told of a mistake of ours, by its place alone."""

    def __init__(
        self,
        pages: ASGIApp,
        service: InboxService,
        refuse: Callable[[Scope, TurnedAway], ASGIApp],
        fault: Callable[[BaseException], None],
    ) -> None:
        self.pages, self.service, self.refuse, self.fault = pages, service, refuse, fault
        self.reading = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.pages(scope, receive, send)
            return
        answer = self.pages
        name = counted_as(self._address(scope))
        if scope["path"] not in OPEN and not self.service.senders.allows(name):
            answer = self.refuse(scope, TurnedAway(429, "too-often"))
        bounded = _Bounded(self, scope, receive)
        try:
            await answer(scope, bounded.receive, _with_headers(send))
        except Exception as fault:  # a page of ours failed; its answer has been given
            self.fault(fault)
        finally:
            self.reading -= bounded.read

    def _address(self, scope: Scope) -> str:
        """Who asks: of the named proxy, whoever it says."""
        peer = str(scope["client"][0]) if scope.get("client") else "?"
        is_proxy = self.service.settings.is_proxy(peer)
        return (header(scope, "x-real-ip") if is_proxy else "") or peer


def header(scope: Scope, name: str) -> str:
    """A header that stands there once; empty when it is missing or stands there twice."""
    found = [value for key, value in scope["headers"] if key == name.encode()]
    return found[0].decode("latin-1").strip() if len(found) == 1 else ""


class _Bounded:
    """Reads the body of one request, no longer and no more than it may be."""

    def __init__(self, guard: RequestGuard, scope: Scope, receive: Receive) -> None:
        self.guard, self._receive = guard, receive
        is_parts = header(scope, "content-type").startswith("multipart/")
        self.most = _LARGE if is_parts else _SMALL
        self.read = 0
        self.until = guard.service.clocks.ticks() + SECONDS

    async def receive(self) -> Message:
        left = self.until - self.guard.service.clocks.ticks()
        try:
            async with asyncio.timeout(max(left, 0)):
                message = await self._receive()
        except TimeoutError as error:
            raise TurnedAway(408, "slow") from error
        size = len(message.get("body", b""))
        self.read += size
        self.guard.reading += size
        if self.read > self.most:
            raise TurnedAway(413, "large", most=_LARGE // 1_000_000)
        if self.guard.reading > _IN_ALL:
            raise TurnedAway(503, "busy")
        return message


def _with_headers(send: Send) -> Send:
    added = [(key.encode(), value.encode()) for key, value in HEADERS.items()]

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *added]}
        await send(message)

    return sent
