"""The inbox on a socket: nothing is logged, and whoever is slow is let go."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from ipaddress import ip_address

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from gongkai.inbox.app import application
from gongkai.inbox.service import InboxService

_HEAD = 10.0
"""Seconds in which a request's headers have to be there."""
_CONNECTIONS = 900
"""At once; a system commonly allows a process a thousand open files."""


class _Prompt(H11Protocol):
    """Lets go of a connection on which nothing was asked for a while."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.loop.call_later(_HEAD, self._let_go)

    def _let_go(self) -> None:
        if self.cycle is None:
            self.transport.close()


def listen(host: str, port: int) -> socket.socket:
    """An open port. OSError when it is taken."""
    family = socket.AF_INET6 if ip_address(host).version == 6 else socket.AF_INET
    made = socket.socket(family)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError:
        made.close()
        raise
    return made


def serve(
    service: InboxService, opened: socket.socket, fault: Callable[[BaseException], None]
) -> None:
    """Serve until told to stop; what was begun is finished first."""
    config = uvicorn.Config(
        application(service, fault),
        http=_Prompt,
        ws="none",
        loop="asyncio",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=_CONNECTIONS,
        backlog=1024,
        timeout_graceful_shutdown=5,
    )
    uvicorn.Server(config).run(sockets=[opened])
