"""Who has signed in at the desk: in memory only, so that a restart signs everybody out."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import NamedTuple

from gongkai.inbox.accounts import Account

_LASTS = 8 * 3600.0
"""Seconds for which somebody stays signed in: a shift."""
_MOST = 1_000


class Clerk(NamedTuple):
    """Somebody at the desk, and the token that the desk's forms carry for them."""

    account: Account
    csrf: str


class Sessions:
    """Sessions by the token of their cookie."""

    def __init__(self, ticks: Callable[[], float]) -> None:
        self.ticks = ticks
        self._secret = secrets.token_bytes(32)
        self._open: dict[str, tuple[Account, float]] = {}

    def begin(self, account: Account) -> str:
        """The token of a new session."""
        if len(self._open) >= _MOST:
            del self._open[next(iter(self._open))]
        token = secrets.token_urlsafe(32)
        self._open[token] = account, self.ticks() + _LASTS
        return token

    def end(self, token: str) -> None:
        """The session is over."""
        self._open.pop(token, None)

    def clerk(self, token: str) -> Clerk | None:
        """Whose session it is, while it lasts."""
        account, until = self._open.get(token, (None, 0.0))
        if account is None or self.ticks() > until:
            self.end(token)
            return None
        return Clerk(account, self.csrf(token))

    def csrf(self, about: str) -> str:
        """The token of forms for a session, or for somebody whom a proxy names."""
        return hmac.new(self._secret, about.encode(), hashlib.sha256).hexdigest()
