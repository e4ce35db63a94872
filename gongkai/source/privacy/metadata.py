"""What a picture carries unseen: texts in EXIF, XMP and comments, and where it was taken."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice

_MOST = 1_000_000
"""Characters of one packed text."""
_PLACES = 0x8825
"""The table of EXIF for coordinates; 2 and 4 in it are latitude and longitude."""
_OF_PHOTO = re.compile(rb"\xff\xd8\xff")
_PHOTOS = 300
"""Photos in one file of which the first bytes are read."""


def tells_place(data: bytes) -> bool:
    """Does a photo within a file (of Office, OpenDocument, a PDF, an archive) tell where it was
    taken? One that goes out by itself goes out without."""
    try:
        return any(map(_is_placed, islice(_photos(data), _PHOTOS)))
    except Exception:  # a part that is spoiled, locked, or not what it begins like: told by others
        return False


def _photos(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """Every photo in a file, by what it is and not by its name, and in files within it."""
    if data.startswith(b"PK") and depth < _DEEPEST:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for part in parts.infolist():
                yield from _photos(parts.read(part), depth + 1)
    elif data.startswith(_BY_THEMSELVES):
        yield data
    elif data.startswith(b"%PDF"):
        yield from _in_pdf(data, depth)
    elif data.startswith(b"{\\rtf"):
        runs = (found[0].split() for found in _IN_HEX.finditer(data))
        yield from (bytes.fromhex(b"".join(run).decode()[: 2 * _MOST]) for run in runs)
    else:
        yield from (data[found.start() :] for found in _OF_PHOTO.finditer(data))


def _in_pdf(data: bytes, depth: int) -> Iterator[bytes]:
    """Photos as they lie in a PDF, packed once more or not, and those attached to it."""
    # 125 ms; most sites attach no PDF.
    import pikepdf

    yield from (data[found.start() :] for found in _OF_PHOTO.finditer(data))
    with pikepdf.open(io.BytesIO(data)) as document:
        for file in document.attachments.values():
            if depth < _DEEPEST:
                yield from _photos(file.get_file().read_bytes(), depth + 1)
        for one in document.objects:
            filters = one.get("/Filter") if isinstance(one, pikepdf.Stream) else None
            if isinstance(filters, pikepdf.Array) and [*map(str, filters)] == _PACKED_PHOTO:
                yield zlib.decompressobj().decompress(one.read_raw_bytes(), _MOST)


_DEEPEST = 3
_BY_THEMSELVES = (b"\x89PNG", b"RIFF", b"II*\0", b"MM\0*")
_IN_HEX = re.compile(rb"(?i)ffd8ff[0-9a-f\s]{200,}")
_PACKED_PHOTO = ["/FlateDecode", "/DCTDecode"]


def _is_placed(data: bytes) -> bool:
    # 38 ms; few sites attach such files.
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as picture:
            found = picture.getexif().get_ifd(_PLACES)
            return {2, 4} <= found.keys() or b"GPSLatitude" in picture.info.get("xmp", b"")
    except Exception:  # whatever a spoiled picture makes of its reader, which is not ours
        return False


def texts_in_picture(data: bytes) -> Iterator[str]:
    """Every text beside the pixels of a JPEG, PNG or GIF, in the ways it may be written."""
    for part in _parts(data):
        yield part.decode("utf-8", "ignore").replace("\0", " ")
        yield part.decode("utf-16-le", "ignore")
        yield part.decode("utf-16-be", "ignore")


def _parts(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"\xff\xd8"):
        yield from _of_jpeg(data)
    elif data.startswith(b"\x89PNG"):
        yield from _of_png(data)
    elif data.startswith(b"GIF8"):
        yield data[13:65_549]


def _of_jpeg(data: bytes) -> Iterator[bytes]:
    """Application segments (EXIF is in the first) and comments, up to the picture itself."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xE0 <= data[at + 1] <= 0xEF or data[at + 1] == 0xFE:
            yield data[at + 4 : at + 2 + length]
        at += 2 + max(length, 2)


def _of_png(data: bytes) -> Iterator[bytes]:
    at = 8
    while at + 12 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        if kind in (b"tEXt", b"iTXt", b"eXIf"):
            yield body
        if kind in (b"zTXt", b"iTXt"):
            yield _unpacked(body)
        at += 12 + length


def _unpacked(body: bytes) -> bytes:
    """The packed text behind its keyword."""
    start = body.find(b"\x78")
    try:
        return zlib.decompressobj().decompress(body[start:], _MOST) if start >= 0 else b""
    except zlib.error:
        return b""
