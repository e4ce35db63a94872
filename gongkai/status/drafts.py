"""Looking ahead: a library in which drafts and scheduled items are up already, each marked as such.

For previews on one's own machine only; what is published never goes this way.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import structs

from gongkai.domain.model import Item, Library
from gongkai.messages import say


def unveiled(library: Library, now: datetime) -> Library:
    """The library as if everything in it were up at an instant."""
    lang = library.site.lang
    items = tuple(_unveiled(item, now, lang) for item in library.items)
    return structs.replace(library, items=items)


def _unveiled(item: Item, now: datetime, lang: str) -> Item:
    is_early = item.publish > now
    if not item.draft and not is_early:
        return item
    mark = say(lang, "ui.mark-draft" if item.draft else "ui.mark-scheduled")
    publish = min(item.publish, now)
    return structs.replace(item, draft=False, publish=publish, title=f"{mark}{item.title}")
