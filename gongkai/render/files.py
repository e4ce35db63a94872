"""Files that go with items: images where they are shown, attachments where the text is."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.edition import Entry
from gongkai.model import File
from gongkai.render.pages import media_path
from gongkai.terms import Channel


def files_of(entry: Entry) -> Iterator[tuple[str, File]]:
    """The files of an item whose text can be read on the web or a screen, by their paths."""
    item = entry.item
    if not item.images and not item.attachments:
        return
    on_web = Channel.WEB in item.channels and not entry.is_gone
    on_screen = Channel.SCREEN in item.channels and entry.standing.hangs
    if on_web or on_screen:
        yield from ((media_path(file), file) for file in item.images)
    if on_web:
        yield from ((f"items/{item.id}/{file.name}", file) for file in item.attachments)
