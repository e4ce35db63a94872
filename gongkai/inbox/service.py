"""What the inbox works with: settings, clocks, and the one thread that owns the database."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypeVar, cast

from gongkai.domain.model import Library, Org, Value
from gongkai.inbox.door import TurnedAway
from gongkai.inbox.limits import GUESSES, PUBLIC, Limiter, RateLimit
from gongkai.inbox.photo import clean_photo
from gongkai.inbox.sessions import Sessions
from gongkai.inbox.store import Outcome, Store
from gongkai.inbox.titles import Titles
from gongkai.source.ledgers import REPLY_DAYS
from gongkai.source.privacy.leaks import phones_of

T = TypeVar("T")
_PHOTOS = 20
"""Photos that may wait to be unpacked."""


class Settings(Value, frozen=True):
    """How an inbox is run. ``proxy`` is the address of the one proxy whose headers count;
    ``user_header`` the one in which it names who has signed in, empty for the desk's own login."""

    root: Path
    folder: Path
    lang: str
    org: Org
    reply_days: int
    published: Path
    proxy: str = ""
    user_header: str = ""
    rate: RateLimit = PUBLIC

    @property
    def phones(self) -> frozenset[str]:
        """Numbers that anybody may know."""
        return phones_of(self.org)

    def is_proxy(self, peer: str) -> bool:
        """Is it the named proxy that asks?"""
        return bool(self.proxy) and peer == self.proxy

    @property
    def depts(self) -> tuple[str, ...]:
        """The departments an opinion may be handed on to."""
        return tuple(department.name for department in self.org.departments)


class Clocks(NamedTuple):
    """What tells the time: an instant in the site's zone, and seconds that only go forward."""

    instant: Callable[[], datetime]
    ticks: Callable[[], float]


def reply_days(library: Library) -> int:
    """The days within which an opinion is answered."""
    reply = library.catalogue.region.reply
    return reply.days if reply else REPLY_DAYS


class Keeper:
    """The one thread that reads and writes the database. What waits while the disk is busy is done
    in one transaction, since a disk takes as long for one opinion as for fifty."""

    def __init__(self, folder: Path) -> None:
        self._thread = ThreadPoolExecutor(1, "inbox")
        self._store = self._thread.submit(Store, folder).result()
        self._waiting: deque[tuple[Callable[[Store], object], Future[Outcome]]] = deque()

    async def do(self, work: Callable[[Store], T]) -> T:
        """What comes of some work with the database, once it is on the disk."""
        done: Future[Outcome] = Future()
        # Whoever no longer waits must not keep the others of a round from their results.
        done.set_running_or_notify_cancel()
        self._waiting.append((work, done))
        self._thread.submit(self._round)
        result, error = await asyncio.wrap_future(done)
        if error:
            raise error
        return cast("T", result)

    def _round(self) -> None:
        """Does all that waits by now; the rounds asked for meanwhile find nothing to do."""
        jobs = [self._waiting.popleft() for _ in range(len(self._waiting))]
        for (_, done), outcome in zip(
            jobs, self._store.together([work for work, _ in jobs]), strict=True
        ):
            done.set_result(outcome)

    def close(self) -> None:
        """Finishes what was begun, and closes the file."""
        self._thread.submit(self._store.close).result()
        self._thread.shutdown()


class Photos:
    """Unpacks one photo at a time, away from everything else."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "photos")
        self._waiting = 0

    async def clean(self, data: bytes) -> bytes:
        """A photo as it is kept; nothing for none. TurnedAway for what is no photo."""
        if not data:
            return b""
        if self._waiting >= _PHOTOS:
            raise TurnedAway(503, "busy")
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            photo = await loop.run_in_executor(self._thread, clean_photo, data)
        finally:
            self._waiting -= 1
        if photo is None:
            raise TurnedAway(422, "photo")
        return photo


async def apart(work: Callable[[], T]) -> T:
    """What comes of some work that takes a while, done beside everything else."""
    return await asyncio.get_running_loop().run_in_executor(None, work)


class InboxService:
    """A running inbox."""

    def __init__(self, settings: Settings, clocks: Clocks) -> None:
        self.settings, self.clocks = settings, clocks
        self.keeper = Keeper(settings.folder)
        self.photos = Photos()
        self.sessions = Sessions(clocks.ticks)
        self.senders = Limiter(settings.rate, clocks.ticks)
        self.guesses = Limiter(GUESSES, clocks.ticks)
        self.titles = Titles(settings.published)

    async def forget_contacts(self) -> None:
        """Delete names and contacts whose days are over."""
        today, days = self.clocks.instant().date(), self.settings.org.keep_contacts
        await self.keeper.do(lambda store: store.forget_contacts(today, days))
