"""What a PDF looks like, as a picture for a screen."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image

_SIDE = 1080
"""Pixels of its longer side."""
_COLOURS = 24


def preview_of(pdf: bytes) -> bytes:
    """The first page of a PDF as PNG. Equal input gives equal bytes."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        bitmap = page.render(scale=_SIDE / max(page.get_size()))
        out = io.BytesIO()
        bitmap.to_pil().convert("RGB").quantize(_COLOURS, Image.Quantize.FASTOCTREE).save(
            out, "PNG"
        )
        return out.getvalue()
    finally:
        document.close()
