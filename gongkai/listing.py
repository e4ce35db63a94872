"""How things stand, as plain records for JSON: the same in ``list``, ``why``, ``next`` and the
manifest."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec

from gongkai.changes import Next
from gongkai.messages import say
from gongkai.model import Stub
from gongkai.standing import Standing, State
from gongkai.terms import Channel
from gongkai.why import Why


def json_text(value: Any) -> str:
    """JSON as people and programs read it: indented, Chinese as it is, a line at the end."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"


def instant(moment: datetime | None) -> str | None:
    """ISO 8601 with the offset of the site's zone."""
    return moment.isoformat() if moment else None


def day(value: date | None) -> str | None:
    """ISO 8601 of a day."""
    return value.isoformat() if value else None


def item_record(standing: Standing) -> dict[str, Any]:
    """One item as in the manifest. ``url`` and ``poster`` are null where there is none."""
    item = standing.item
    has_address = item.has_page and standing.state not in (State.DRAFT, State.SCHEDULED)
    has_poster = standing.hangs and Channel.POSTER in item.channels
    return {
        "id": item.id,
        "title": item.title,
        "category": item.category,
        "kind": item.kind.value,
        "state": standing.state.value,
        "freshness": standing.freshness.value if standing.freshness else None,
        "boards": list(standing.boards),
        "channels": [one.value for one in Channel if one in item.channels],
        "period": str(item.period) if item.period else None,
        "publish": instant(item.publish),
        "expires": instant(item.expires),
        "due": day(item.due),
        "review_by": day(standing.review_by),
        "owner": {"dept": item.owner.dept, "post": item.owner.post},
        "url": f"items/{item.id}/" if has_address else None,
        "poster": f"posters/items/{item.id}.pdf" if has_poster else None,
        "version": standing.version,
        "source": item.path,
    }


def stub_record(stub: Stub) -> dict[str, Any]:
    """An unfinished draft in the same shape: what is not known yet is null."""
    return {
        **dict.fromkeys(RECORD),
        "id": stub.id,
        "title": stub.title,
        "state": State.DRAFT.value,
        "boards": [],
        "channels": [],
        "source": stub.path,
    }


RECORD = (
    "id title category kind state freshness boards channels period publish expires due review_by "
    "owner url poster version source"
).split()
"""The names in the record of an item, in their order."""


def why_record(answer: Why, lang: str) -> dict[str, Any]:
    """The answer of ``why``."""
    return {
        "item": answer.item,
        "board": answer.board,
        "visible": answer.visible,
        "reasons": [
            {
                "code": one.code,
                "message": " ".join(say(lang, f"why.{key}", **one.values) for key in one.sentences),
            }
            for one in answer.reasons
        ],
        "changes_at": instant(answer.changes_at),
    }


def next_record(answer: Next) -> dict[str, Any]:
    """The answer of ``next``."""
    return {
        "at": instant(answer.at),
        "next": instant(answer.next),
        "changes": [
            {
                "item": one.item,
                "opinion": one.opinion,
                "what": one.what,
                "from": one.before,
                "to": one.after,
            }
            for one in answer.changes
        ],
    }
