"""Files that go with items: images where they are shown, attachments where the text is."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.edition import Edition
from gongkai.model import File
from gongkai.render.artifact import Artifact
from gongkai.render.pages import media_path
from gongkai.render.shown import is_gone
from gongkai.terms import Channel


def files(edition: Edition) -> Iterator[Artifact]:
    """Images and attachments of everything whose text can be read on the web or a screen."""
    seen: set[str] = set()
    for standing in edition.published():
        item = standing.item
        on_web = Channel.WEB in item.channels and not is_gone(edition, standing)
        on_screen = Channel.SCREEN in item.channels and standing.hangs
        wanted = [(file, media_path(file)) for file in item.images if on_web or on_screen]
        wanted += [(file, f"items/{item.id}/{file.name}") for file in item.attachments if on_web]
        for file, path in wanted:
            if path not in seen:
                seen.add(path)
                yield Artifact(path, _data(edition, file))


def _data(edition: Edition, file: File) -> bytes:
    return (edition.site.root / file.path).read_bytes()
