"""Pictures of documents as files beside an item: whole, of a type that is shown, cut as they were
shown, and without a word of where, when and by whom they were taken."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import suppress

from PIL import Image

from gongkai.domain.model import Value
from gongkai.render.pictures import cleaned
from gongkai.source.pictures import MOST, WIDEST
from gongkai.source.word.model import WordPicture

_SHOWN = {"PNG": ".png", "JPEG": ".jpg", "MPO": ".jpg", "GIF": ".gif"}
_KNOWN = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
"""Formats that are opened; what is not shown by every browser becomes a PNG."""
_DRAWINGS = (
    b"\xd7\xcd\xc6\x9a",
    b"\x01\x00\x09\x00",
    b"\x02\x00\x09\x00",
    b"\x1f\x8b",
    b"<svg",
    b"<?xml",
)
"""How pictures begin that are made of lines: WMF, packed ones, SVG."""
_NAME = re.compile(r"[^\w-]+")
_LONGEST = 40
"""Characters of the stem of a file's name."""


class Illustration(Value, frozen=True):
    """A picture as a file beside an item."""

    name: str
    data: bytes


class Unshowable(Exception):
    """A picture that cannot be shown; ``case`` is the end of a sentence's key."""

    def __init__(self, case: str) -> None:
        super().__init__(case)
        self.case = case


def safe_stem(stem: str) -> str:
    """The name of a file with nothing but letters, Han characters, figures and hyphens."""
    return _NAME.sub("-", stem).strip("-")[:_LONGEST] or "文件"


def ready(picture: WordPicture) -> tuple[bytes, str]:
    """The bytes of a picture for pages, and the ending that goes with them. Unshowable for drawings
    made of lines, damaged pictures and those that are too large."""
    try:
        data = _usual(picture)
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as bad:
        raise Unshowable("picture-broken") from bad
    except Image.DecompressionBombError as bad:
        raise Unshowable("picture-broken") from bad
    made = cleaned(data)
    if made is None:
        raise Unshowable("picture-broken")
    return made, _SHOWN[_format(made)]


def _usual(picture: WordPicture) -> bytes:
    """A picture in a format that is shown, without what is cut off of it."""
    if _is_drawing(picture.data):
        raise Unshowable("picture-kind")
    format_ = _format(picture.data)
    with _opened(picture.data) as image:
        if max(image.size) > WIDEST or image.width * image.height > MOST:
            raise Unshowable("picture-broken")
        image.load()
        if format_ in _SHOWN and not picture.crop:
            return picture.data
        return _saved(_cut(image, picture.crop), format_)


def _opened(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # odd but harmless metadata
        return Image.open(io.BytesIO(data), formats=_KNOWN)


def _is_drawing(data: bytes) -> bool:
    return data.startswith(_DRAWINGS) or data[40:44] == b" EMF"


def _format(data: bytes) -> str:
    with suppress(OSError, ValueError, SyntaxError), _opened(data) as image:
        return str(image.format)
    return ""


def _cut(image: Image.Image, crop: Sequence[float]) -> Image.Image:
    if not crop:
        return image
    left, top, right, bottom = (min(max(share, 0.0), 1.0) for share in crop)
    width, height = image.size
    box = (
        int(width * left),
        int(height * top),
        int(width * (1 - right)),
        int(height * (1 - bottom)),
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        raise Unshowable("picture-broken")
    return image.crop(box)


def _saved(image: Image.Image, format_: str) -> bytes:
    out = io.BytesIO()
    if format_ in ("JPEG", "MPO"):
        image.convert("RGB").save(out, "JPEG", quality=95)
    else:
        image.convert("RGBA").save(out, "PNG")
    return out.getvalue()


def numbered(stem: str, made: Sequence[tuple[bytes, str]]) -> Iterator[Illustration]:
    """Names for pictures, in their order; equal ones are one file."""
    known: dict[bytes, str] = {}
    for data, ending in made:
        name = known.setdefault(data, f"{safe_stem(stem)}-{len(known) + 1}{ending}")
        yield Illustration(name, data)
