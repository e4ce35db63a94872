"""A picture by itself, or several in one file, as a document without text."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageSequence, UnidentifiedImageError

from gongkai.source.pictures import MOST, WIDEST
from gongkai.source.word.gathered import Gathered
from gongkai.source.word.model import Block, Document, WordPicture
from gongkai.source.workbook.errors import Unreadable

_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_MOST_PAGES = 40


def read_picture(data: bytes, gathered: Gathered) -> Document:
    """The pages of a picture. Unreadable when it is none, damaged, or too large."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd but harmless metadata
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                blocks = _pages(data, image)
    except (OSError, ValueError, SyntaxError, EOFError, UnidentifiedImageError) as bad:
        raise Unreadable("content") from bad
    except Image.DecompressionBombError as bad:
        raise Unreadable("bomb") from bad
    gathered.remark("pages", str(len(blocks)))
    return Document(blocks, (), (), gathered.objections, gathered.remarks)


def _pages(data: bytes, image: Image.Image) -> tuple[Block, ...]:
    if max(image.size) > WIDEST or image.width * image.height > MOST:
        raise Unreadable("bomb")
    count = int(getattr(image, "n_frames", 1))
    if image.format != "TIFF" or count == 1:
        image.load()
        return (WordPicture(data, f".{image.format}".lower()),)
    if count > _MOST_PAGES:
        raise Unreadable("too-large", most=_MOST_PAGES)
    return tuple(WordPicture(_png(frame), ".png") for frame in ImageSequence.Iterator(image))


def _png(frame: Image.Image) -> bytes:
    if max(frame.size) > WIDEST or frame.width * frame.height > MOST:
        raise Unreadable("bomb")
    out = io.BytesIO()
    frame.convert("RGB").save(out, "PNG")
    return out.getvalue()
