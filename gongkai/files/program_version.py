"""By what it is known whether this product is the one that made something earlier."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import msgspec

_PACKAGE = Path(__file__).parents[1]
_BESIDE = Path(msgspec.__file__).parent.parent
_ENDINGS = (".py", ".yml", ".txt")


@cache
def fingerprint() -> bytes:
    """A digest of this product's own files, and of the names and versions of all that is installed
    beside it: parsers, templates and MkDocs' plugins have a say in the bytes of a page."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(_PACKAGE.rglob("*")):
        if path.suffix in _ENDINGS:
            digest.update(path.read_bytes())
    for path in sorted(_BESIDE.glob("*.dist-info")):
        digest.update(path.name.encode())
    return digest.digest()
