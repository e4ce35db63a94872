"""Pictures on paper: upright, in colours a printer knows, no finer than it prints."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from gongkai.model import File, Value

_MOST = 2_400
"""Pixels of a side: 8 inches at 300 dots. A photo of a phone has twice as many."""


class Picture(Value, frozen=True):
    """A picture as it is printed; ``ratio`` is its width by its height."""

    name: str
    data: bytes
    ratio: float


def printable(file: File, data: bytes) -> Picture:
    """A picture turned as the camera says, in RGB and of a sane size, with nothing else of what the
    camera wrote down: not its place, not its owner. It has been found whole before."""
    with Image.open(io.BytesIO(data)) as original:
        original.draft("RGB", (_MOST, _MOST))  # a JPEG is unpacked no larger than need be
        picture = ImageOps.exif_transpose(original)
        is_photo = original.format == "JPEG"
        picture = picture.convert("RGB" if is_photo else "RGBA")
        picture.thumbnail((_MOST, _MOST))
        out = io.BytesIO()
        if is_photo:
            picture.save(out, "JPEG", quality=88)
        else:
            _on_white(picture).save(out, "PNG")
        ending = ".jpg" if is_photo else ".png"
        name = f"{file.sha256[:32]}{ending}"
        return Picture(name, out.getvalue(), picture.width / picture.height)


def _on_white(picture: Image.Image) -> Image.Image:
    """A picture with its clear parts as the paper shows them."""
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper
