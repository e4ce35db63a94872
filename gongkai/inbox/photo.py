"""A photo that somebody sends: decoded in a process of its own, kept as pixels alone."""

from __future__ import annotations

import base64
import json
import sys

from gongkai.render.pictures import cleaned
from gongkai.source.bounded import asked, bound
from gongkai.source.pictures import is_whole_picture

LARGEST = 12_000_000
"""Bytes of a photo; a phone's are a third of it."""
_MEMORY, _SECONDS = 1 << 30, 20
_STARTS = {b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n\x1a\n": ".png"}


def clean_photo(data: bytes) -> bytes | None:
    """A photo without metadata or anything behind its end, at most 2,400 pixels a side; None when
    it is none, is damaged, or would take too much to unpack."""
    if len(data) > LARGEST or _ending(data) is None:
        return None
    found = asked("gongkai.inbox.photo", data)
    return base64.b64decode(found) if found else None


def _ending(data: bytes) -> str | None:
    return next((ending for start, ending in _STARTS.items() if data.startswith(start)), None)


def media_type(photo: bytes) -> str:
    """What a cleaned photo is served as."""
    return "image/png" if _ending(photo) == ".png" else "image/jpeg"


def _decoded(data: bytes) -> str | None:
    ending = _ending(data)
    if ending is None or not is_whole_picture(data, ending):
        return None
    picture = cleaned(data)
    return base64.b64encode(picture).decode() if picture else None


if __name__ == "__main__":
    bound(_MEMORY, _SECONDS)
    sys.stdout.write(json.dumps(_decoded(sys.stdin.buffer.read())))
