"""What hung where and when, as it was published: ``as-of/hung.json``.

Each publication adds to it what its manifest says; so it answers for a day by what was up then and
not by what the content says today. It depends on the past, so it is not in the manifest; its hash
is in the chain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from gongkai.domain.terms import Channel, Freshness, State
from gongkai.publish.recall import Manifest, PaperRecord

HUNG = "as-of/hung.json"


class Stay(
    msgspec.Struct, frozen=True, omit_defaults=True, rename={"since": "from", "until": "to"}
):
    """One item in one version on some boards, from one publication up to another that ended it
    (None while it hangs). Instants are ISO 8601 with offset."""

    item: str
    version: str
    boards: tuple[str, ...]
    since: str
    until: str | None = None
    title: str | None = None

    @property
    def is_open(self) -> bool:
        """Does it hang still?"""
        return self.until is None


class Hung(msgspec.Struct, frozen=True):
    """Everything that hung since ``begun``, told at the publication of ``at``; ``boards`` are the
    titles of those there are or were, by id."""

    schema: int
    begun: str
    at: str
    boards: dict[str, str]
    stays: tuple[Stay, ...]


_HUNG = msgspec.json.Decoder(Hung)


def read_hung(data: bytes) -> Hung | None:
    """What was published, if it can be read."""
    try:
        return _HUNG.decode(data)
    except msgspec.DecodeError:
        return None


def hung_bytes(before: bytes, present: Manifest, now: datetime) -> bytes:
    """The file once a site is up whose manifest is ``present``; ``before`` is the one before."""
    old, at = read_hung(before), now.isoformat()
    hanging = {item.id: item for item in present.items if _hangs(item)}
    hidden = {item.id for item in present.items if _title(item) is None}
    stays = [_as_of_now(stay, hanging, hidden, at) for stay in old.stays] if old else []
    going_on = {stay.item for stay in stays if stay.is_open}
    stays += _begun((item for name, item in hanging.items() if name not in going_on), at)
    boards = {**(old.boards if old else {}), **{board.id: board.title for board in present.boards}}
    found = Hung(1, old.begun if old else at, at, boards, tuple(stays))
    return msgspec.json.encode(found) + b"\n"


def _hangs(one: PaperRecord) -> bool:
    """Does it hang? What a later period has superseded keeps its boards in a manifest."""
    is_left = one.freshness == Freshness.SUPERSEDED.value
    return one.state == State.CURRENT.value and not is_left and bool(one.boards)


def _as_of_now(one: Stay, hanging: dict[str, PaperRecord], hidden: set[str], at: str) -> Stay:
    """A stay as it is now: it ends when the item leaves, changes, or hangs elsewhere. Of what is
    hidden since, or on paper only, no word is left."""
    record = hanging.get(one.item)
    is_same = record and (record.version, record.boards) == (one.version, one.boards)
    until = one.until or (None if is_same else at)
    title = None if one.item in hidden else one.title
    return Stay(one.item, one.version, one.boards, one.since, until, title)


def _begun(records: Iterable[PaperRecord], at: str) -> Iterator[Stay]:
    for record in records:
        yield Stay(record.id, record.version, record.boards, at, None, _title(record))


def _title(one: PaperRecord) -> str | None:
    """Its title, unless it is hidden or on paper only."""
    return one.title if Channel.WEB.value in one.channels else None


def on_day(found: Hung, board: str, day: str) -> list[Stay]:
    """What hung on a board at some time of a day (ISO 8601, in the zone of the file's instants)."""
    return [
        stay
        for stay in found.stays
        if board in stay.boards
        and stay.since[:10] <= day
        and (stay.until is None or stay.until[:19] > f"{day}T00:00:00")
    ]
