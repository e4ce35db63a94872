"""Is a picture whole, of its type, and of a size that can be shown and printed?"""

from __future__ import annotations

import io
import warnings

WIDEST, MOST = 12_000, 60_000_000
"""Pixels of a side and of the whole."""
_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF"}


def is_whole_picture(data: bytes, ending: str) -> bool:
    """Can it be unpacked to its last pixel? A damaged one cannot be printed."""
    # 38 ms; most sites have few pictures.
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd but harmless metadata
            with Image.open(io.BytesIO(data), formats=[_FORMATS[ending]]) as picture:
                width, height = picture.size
                if max(width, height) > WIDEST or width * height > MOST:
                    return False
                picture.load()
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, UnidentifiedImageError):
        return False
    except Image.DecompressionBombError:
        return False
    return True
