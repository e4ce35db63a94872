"""Files that go with items: images where they are shown, attachments where the text is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from gongkai.domain.errors import PublishError
from gongkai.domain.model import File
from gongkai.domain.terms import Channel
from gongkai.files.reading import Refused, read_bytes
from gongkai.render.web.pages import media_path
from gongkai.source.beside import IMAGES, LARGEST
from gongkai.status.edition import Entry


def checked_bytes(root: Path, file: File) -> bytes:
    """A file beside an item, if it is still the one that was checked. PublishError if not."""
    try:
        data = read_bytes(root / file.path, LARGEST)
    except Refused as refused:
        raise PublishError("error.changed", path=file.path) from refused
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise PublishError("error.changed", path=file.path)
    return data


def published_bytes(root: Path, file: File) -> bytes:
    """A file beside an item as it goes out: a picture without what the camera wrote into it."""
    data = checked_bytes(root, file)
    if not file.name.lower().endswith(IMAGES):
        return data
    # 61 ms with what unpacks pictures; most runs publish none anew.
    from gongkai.render.pictures import cleaned

    clean = cleaned(data)
    if clean is None:
        raise PublishError("error.changed", path=file.path)
    return clean


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
