"""Pictures as they go out: upright, no finer than needed, and nothing but their pixels."""

from __future__ import annotations

import io
from contextlib import suppress

from PIL import Image, ImageCms, ImageOps, ImageSequence, UnidentifiedImageError

from gongkai.domain.model import File, Value

MOST = 2_400
"""Pixels of a side: 8 inches at 300 dots, and more than a screen has. A photo of a phone has twice
as many."""
ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_LOSSY = ("JPEG", "MPO")
"""Formats of photos; phones write the second, which is several JPEGs in one."""


class Picture(Value, frozen=True):
    """A picture as it is printed; ``ratio`` is its width by its height."""

    name: str
    data: bytes
    ratio: float


def printable(file: File, data: bytes) -> Picture:
    """A picture turned as the camera says, in colours a printer knows and of a sane size, with
    nothing else of what the camera wrote down. It has been found whole before."""
    with Image.open(io.BytesIO(data)) as original:
        is_photo = original.format in _LOSSY
        picture = _upright(original).convert("RGB" if is_photo else "RGBA")
    if not is_photo:
        picture = _on_white(picture)
    ending = ".jpg" if is_photo else ".png"
    ratio = picture.width / picture.height
    return Picture(f"{file.sha256[:32]}{ending}", _saved(picture, ending), ratio)


def cleaned(data: bytes) -> bytes | None:
    """A picture for pages, in the format that it has: turned as the camera says, of a sane size,
    and with no word of where, when and by whom it was taken; None if it cannot be read."""
    try:
        with Image.open(io.BytesIO(data)) as original:
            if original.format == "GIF":
                return _moving(original)
            ending = {"PNG": ".png", "WEBP": ".webp"}.get(str(original.format), ".jpg")
            return _saved(_upright(original), ending)
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError):
        return None


def _upright(original: Image.Image) -> Image.Image:
    """The pixels alone, upright, no larger than needed, in the colours that browsers expect."""
    if original.format in _LOSSY:
        original.draft("RGB", (MOST, MOST))  # a JPEG is unpacked no larger than need be
    picture = ImageOps.exif_transpose(original)
    profile = picture.info.get("icc_profile")
    if original.format in _LOSSY and picture.mode not in ("RGB", "L"):
        picture = picture.convert("RGB")
    elif picture.mode in ("P", "PA", "LA", "1"):
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    if profile and picture.mode == "RGB":
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            picture = ImageCms.profileToProfile(picture, source, target) or picture
    picture.thumbnail((MOST, MOST))
    picture.info = {}
    return picture


def _saved(picture: Image.Image, ending: str) -> bytes:
    out = io.BytesIO()
    if ending == ".jpg":
        picture.save(out, "JPEG", quality=88)
    else:
        picture.save(out, ending[1:].upper())
    return out.getvalue()


def _moving(original: Image.Image) -> bytes:
    """All frames of a GIF, with their times and without its comments."""
    frames = [frame.convert("RGBA") for frame in ImageSequence.Iterator(original)]
    times = [frame.info.get("duration", 0) for frame in ImageSequence.Iterator(original)]
    for frame in frames:
        frame.thumbnail((MOST, MOST))
        frame.info = {}
    out = io.BytesIO()
    loop = {"loop": original.info["loop"]} if "loop" in original.info else {}
    more = {"save_all": True, "append_images": frames[1:], "duration": times, **loop}
    frames[0].save(out, "GIF", **(more if len(frames) > 1 else {}))
    return out.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """A picture with its clear parts as the paper shows them."""
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper
