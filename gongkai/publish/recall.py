"""Which printed sheets must come down, and where: ``posters/recall.json``.

Paper outlives the build it was printed from, so every sheet that was ever in a published manifest
is remembered until some time after it should have come down. It depends on the past, so it is not
in the manifest; its hash is in the chain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import NamedTuple

import msgspec
from msgspec import structs

from gongkai.domain.terms import Freshness, State

RECALL, RECALL_PAGE = "posters/recall.json", "posters/recall.html"
RECALL_PAPER = "posters/recall.pdf"
"""The list, and the same for people; where nothing has to come down, there is no paper."""
POSTED = "posters/posted.json"
"""What was seen on the walls; in a site where somebody recorded it."""
RECALL_PATHS = (RECALL, RECALL_PAGE, RECALL_PAPER)
REMEMBERED = timedelta(days=60)
"""For how long a sheet is listed after it should have come down."""


class TakeDownReason(Enum):
    """Why a sheet must come down."""

    EXPIRED = "expired"
    """Its last day has passed."""
    WITHDRAWN = "withdrawn"
    """What it says was taken down."""
    REPLACED = "replaced"
    """There is a newer version of it."""
    SUPERSEDED = "superseded"
    """The item of the next period stands in its place."""
    MOVED = "moved"
    """It hangs on other boards now."""
    GONE = "gone"
    """It is no longer among what is printed."""


class Printed(msgspec.Struct, frozen=True, omit_defaults=True):
    """A sheet that may hang on a board: an item in one version. Instants are ISO 8601 with offset.

    ``since`` is when it should have come down; ``new`` and ``poster`` are the version that takes
    its place and the path of its PDF in the site. ``posted`` are the days on which its paper was
    seen to be right before that, ``down`` is the first such day since: then it is off the list.
    """

    item: str
    version: str
    board: str
    title: str | None = None
    expires: str | None = None
    why: TakeDownReason | None = None
    since: str | None = None
    new: str | None = None
    poster: str | None = None
    posted: tuple[str, ...] = ()
    down: str | None = None


class Recalled(msgspec.Struct, frozen=True):
    """What must come down, for the boards it hangs on together."""

    item: str
    title: str | None
    version: str
    boards: tuple[str, ...]
    why: TakeDownReason
    since: str
    new: str | None
    poster: str | None


class Recall(msgspec.Struct, frozen=True):
    """The list, and everything printed that it was made from. ``begun`` is the instant since which
    it knows of everything that was printed."""

    schema: int
    at: str
    begun: str
    sheets: tuple[Recalled, ...]
    printed: tuple[Printed, ...]


class PaperRecord(msgspec.Struct, frozen=True):
    """What a manifest says of an item, as far as its paper is concerned."""

    id: str
    state: str
    version: str
    title: str | None = None
    freshness: str | None = None
    boards: tuple[str, ...] = ()
    expires: str | None = None
    poster: str | None = None
    channels: tuple[str, ...] = ()


class PrintedBoard(msgspec.Struct, frozen=True):
    """A board in a manifest."""

    id: str
    title: str


class Manifest(msgspec.Struct, frozen=True):
    """A manifest, as far as paper is concerned."""

    items: tuple[PaperRecord, ...]
    boards: tuple[PrintedBoard, ...]


class OnWall(msgspec.Struct, frozen=True):
    """That the paper of an item was seen to be right on a board, on a day (ISO 8601)."""

    item: str
    board: str
    date: str


class Posted(msgspec.Struct, frozen=True):
    """All such records of a site: ``posters/posted.json``."""

    schema: int
    posted: tuple[OnWall, ...]


class EarlierSite(NamedTuple):
    """What is left of the site before: its manifest, its list of sheets and its record of what
    hung, as bytes; empty if none."""

    manifest: bytes = b""
    recall: bytes = b""
    hung: bytes = b""


class Present(NamedTuple):
    """What a site that is to be up says of paper."""

    manifest: Manifest
    on_wall: tuple[OnWall, ...]


def present_of(manifest: bytes, posted: bytes) -> Present:
    """The same out of its files, as bytes; empty where there is none."""
    return Present(read_manifest(manifest), read_posted(posted))


_MANIFEST = msgspec.json.Decoder(Manifest)
_RECALL = msgspec.json.Decoder(Recall)
_POSTED = msgspec.json.Decoder(Posted)
_Key = tuple[str, str, str]


def read_manifest(data: bytes) -> Manifest:
    """What a manifest says; an empty one if it cannot be read."""
    try:
        return _MANIFEST.decode(data)
    except msgspec.DecodeError:
        return Manifest((), ())


def read_posted(data: bytes) -> tuple[OnWall, ...]:
    """What a site says was seen on its walls; nothing if it says nothing, or cannot be read."""
    try:
        return _POSTED.decode(data).posted if data else ()
    except msgspec.DecodeError:
        return ()


def read_recall(data: bytes) -> Recall | None:
    """A list that was published, if it can be read and every instant in it is one."""
    try:
        found = _RECALL.decode(data)
    except msgspec.DecodeError:
        return None
    instants = {found.at, found.begun, *(sheet.since for sheet in found.sheets)}
    instants |= {
        text for printed in found.printed for text in (printed.expires, printed.since) if text
    }
    return found if all(map(_is_instant, instants)) else None


def _is_instant(text: str) -> bool:
    """ISO 8601 with offset, not so far off that days cannot be added to it."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    return moment.tzinfo is not None and 1900 < moment.year < 9000


def recall_of(
    past: EarlierSite, present: Manifest, now: datetime, on_wall: Iterable[OnWall] = ()
) -> Recall:
    """What must come down at an instant, once a site is up whose manifest is ``present``, but for
    what was seen to have come down."""
    records = {item.id: item for item in present.items}
    days: dict[tuple[str, str], list[str]] = {}
    for seen in on_wall:
        days.setdefault((seen.item, seen.board), []).append(seen.date)
    before = read_recall(past.recall)
    ever = _ever(read_manifest(past.manifest), before)
    judged = (_judged(printed, records.get(printed.item), now) for printed in ever.values())
    kept = [printed for printed in judged if not _is_forgotten(printed, now)]
    printed = [
        _ticked(printed, days.get((printed.item, printed.board), ()), now) for printed in kept
    ]
    printed.sort(key=lambda one: (one.board, one.item, one.version))
    begun = before.begun if before else now.isoformat()
    return Recall(1, now.isoformat(), begun, tuple(_together(printed)), tuple(printed))


def _ever(latest: Manifest, before: Recall | None) -> Mapping[_Key, Printed]:
    """Every sheet that was published before, as far as it is remembered."""
    found = {_key(printed): printed for printed in before.printed} if before else {}
    for record in latest.items:
        if record.poster:
            for board in record.boards:
                one = Printed(record.id, record.version, board, record.title, record.expires)
                found.setdefault(_key(one), one)
    return found


def _key(one: Printed) -> _Key:
    return one.item, one.version, one.board


def _judged(one: Printed, record: PaperRecord | None, now: datetime) -> Printed:
    """A sheet with what has become of it; what should have come down before keeps its reason."""
    title = one.title if record is None or record.title else None  # hidden: no word of it is left
    new = record.version if record and record.poster and record.version != one.version else None
    poster = record.poster if record and new else None
    why = _why(one, record, now)
    if why is None:
        return Printed(one.item, one.version, one.board, title, one.expires)
    at = one.expires if why is TakeDownReason.EXPIRED and one.expires else now.isoformat()
    since = one.since or at
    return structs.replace(
        one, title=title, why=one.why or why, since=since, new=new, poster=poster
    )


def _ticked(one: Printed, days: Sequence[str], now: datetime) -> Printed:
    """A sheet with the days on which its paper was seen to be right. Days that were known while it
    still held are of this sheet; one that was added since, from the day on which it should have
    come down, says that it did."""
    if one.since is None:
        return structs.replace(one, posted=tuple(sorted(days))) if days else one
    since = datetime.fromisoformat(one.since).astimezone(now.tzinfo).date().isoformat()
    added = (Counter(days) - Counter(one.posted)).elements()
    down = one.down or min((day for day in added if day >= since), default=None)
    return structs.replace(one, down=down)


def _why(one: Printed, record: PaperRecord | None, now: datetime) -> TakeDownReason | None:
    """Why a sheet must come down; None while it holds."""
    if record is None:
        return TakeDownReason.EXPIRED if _is_past(one.expires, now) else TakeDownReason.GONE
    if record.state == State.WITHDRAWN.value:
        return TakeDownReason.WITHDRAWN
    if record.poster and record.version != one.version:
        return TakeDownReason.REPLACED
    if record.poster:
        return None if one.board in record.boards else TakeDownReason.MOVED
    if record.state == State.EXPIRED.value or _is_past(one.expires, now):
        return TakeDownReason.EXPIRED
    return (
        TakeDownReason.SUPERSEDED
        if record.freshness == Freshness.SUPERSEDED.value
        else TakeDownReason.GONE
    )


def _is_past(instant: str | None, now: datetime) -> bool:
    return instant is not None and datetime.fromisoformat(instant) <= now


def _is_forgotten(one: Printed, now: datetime) -> bool:
    return one.since is not None and datetime.fromisoformat(one.since) + REMEMBERED < now


def _together(printed: Sequence[Printed]) -> Iterator[Recalled]:
    """What must come down, the latest first, with all boards it hangs on."""
    groups: dict[tuple[str, str, TakeDownReason, str], list[Printed]] = {}
    for one in printed:
        if one.why and one.since and not one.down:
            groups.setdefault((one.item, one.version, one.why, one.since), []).append(one)
    order = sorted(groups, key=lambda key: key[:2])
    for key in sorted(order, key=lambda key: datetime.fromisoformat(key[3]), reverse=True):
        item, version, why, since = key
        rows = groups[key]
        first = rows[0]
        boards = tuple(row.board for row in rows)
        yield Recalled(item, first.title, version, boards, why, since, first.new, first.poster)


def on_board(sheets: Iterable[Recalled], board: str) -> list[Recalled]:
    """What must come down from one board."""
    return [sheet for sheet in sheets if board in sheet.boards]
