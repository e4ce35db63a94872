"""How things stand, as plain records for JSON: the same in ``list``, ``why``, ``next`` and the
manifest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from gongkai.domain.model import Stub
from gongkai.domain.terms import Channel, Freshness, Kind, State
from gongkai.messages import say
from gongkai.status.next_change import Next
from gongkai.status.standing import Standing
from gongkai.status.why import Reason, Why

_OBEYED = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def json_text(value: Any) -> str:
    """JSON as people and programs read it: indented, Chinese as it is, a line at the end. What a
    terminal would obey, controls and marks of direction, is written as numbers."""
    text = msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def instant(moment: datetime | None) -> str | None:
    """ISO 8601 with the offset of the site's zone."""
    return moment.isoformat() if moment else None


class ManifestRecord(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One item as it is listed, in ``list`` and in the manifest; what is not known is null.

    ``url`` and ``poster`` are relative to the site, null where there is none.
    """

    id: str
    title: str | None = None
    category: str | None = None
    kind: Kind | None = None
    state: State = State.DRAFT
    freshness: Freshness | None = None
    boards: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    period: str | None = None
    publish: str | None = None
    expires: str | None = None
    due: date | None = None
    review_by: date | None = None
    owner: Mapping[str, str | None] | None = None
    url: str | None = None
    poster: str | None = None
    version: str | None = None
    source: str


class Tombstone(msgspec.Struct, frozen=True):
    """What the manifest says of a hidden item: only that it was taken down."""

    id: str
    state: State
    version: str


def item_record(standing: Standing, version: str) -> ManifestRecord:
    """The record of an item; its version is given, because it takes a while to work out."""
    item = standing.item
    has_address = item.has_page and standing.state not in (State.DRAFT, State.SCHEDULED)
    has_poster = standing.hangs and Channel.POSTER in item.channels
    return ManifestRecord(
        id=item.id,
        title=item.title,
        category=item.category,
        kind=item.kind,
        state=standing.state,
        freshness=standing.freshness,
        boards=standing.boards,
        channels=item.channels,
        period=str(item.period) if item.period else None,
        publish=instant(item.publish),
        expires=instant(item.expires),
        due=item.due,
        review_by=standing.review_by,
        owner={"dept": item.owner.dept, "post": item.owner.post},
        url=f"items/{item.id}/" if has_address else None,
        poster=f"posters/items/{item.id}.pdf" if has_poster else None,
        version=version,
        source=item.path,
    )


def public_record(standing: Standing, version: str) -> ManifestRecord | Tombstone:
    """The record of an item in the manifest, which everyone can read."""
    if standing.is_hidden:
        return Tombstone(standing.item.id, standing.state, version)
    return item_record(standing, version)


def stub_record(stub: Stub) -> ManifestRecord:
    """An unfinished draft in the same shape."""
    return ManifestRecord(id=stub.id, title=stub.title, source=stub.path)


def why_record(answer: Why, lang: str) -> dict[str, Any]:
    """The answer of ``why``."""
    return {
        "item": answer.item,
        "board": answer.board,
        "visible": answer.visible,
        "reasons": [
            {
                "code": reason.code,
                "message": _sentences(reason, lang),
            }
            for reason in answer.reasons
        ],
        "changes_at": instant(answer.changes_at),
    }


def _sentences(reason: Reason, lang: str) -> str:
    """The reason, and how its days were counted."""
    values = dict(reason.values)
    if "span" in values:
        values["span"] = say(lang, f"why.{values['span']}")
    first, *further = [say(lang, f"why.{key}", **values) for key in reason.sentences]
    if not further:
        return first
    return " ".join([f"{first}.", *further]) if lang == "en" else "".join([f"{first}。", *further])


def next_record(answer: Next) -> dict[str, Any]:
    """The answer of ``next``."""
    return {
        "at": instant(answer.at),
        "next": instant(answer.next),
        "changes": [
            {
                "item": change.item,
                "opinion": change.opinion,
                "duty": change.duty,
                "what": change.what,
                "from": change.before,
                "to": change.after,
            }
            for change in answer.changes
        ],
    }
