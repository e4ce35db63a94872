"""QR codes that lead from paper to the site."""

from __future__ import annotations

import re
from functools import lru_cache

from gongkai.domain.model import Site
from gongkai.files.signals import uninterrupted

with uninterrupted():
    import zxingcpp
    from zxingcpp import Barcode

_PATH = re.compile(r'<path d="([^"]+)"')
_LEVELS = ("M", "Q", "H")
"""How much of a code may be lost: 15, 25 and 30 % (ISO/IEC 18004)."""


def code(site: Site, address: str) -> str:
    """The code, as SVG, of an address within a site; empty where the site's own is not known."""
    return _code(site.url + address) if site.url else ""


def code_of(address: str) -> str:
    """The code, as SVG, of an address anywhere; empty for none."""
    return _code(address) if address else ""


@lru_cache(maxsize=64)
def _code(url: str) -> str:
    """One address, as hard to spoil as it can be without more squares than at the first level; the
    same sheet is printed for several boards."""
    best = _made(url, _LEVELS[0])
    for level in _LEVELS[1:]:
        try:
            other = _made(url, level)
        except ValueError:  # there is no code so large
            break
        if _across(other) > _across(best):
            break
        best = other
    path, width = _PATH.search(best.to_svg(add_quiet_zones=False)), _across(best)
    if path is None:
        raise RuntimeError("zxing-cpp draws otherwise than it did")
    box = f"0 0 {width} {width}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><path d="{path[1]}"/></svg>'


def _made(url: str, level: str) -> Barcode:
    """A code at a level. ValueError when there is none so large."""
    return zxingcpp.create_barcode(url, zxingcpp.QRCode, ec_level=level)


def _across(made: Barcode) -> int:
    """How many squares a code has from side to side."""
    return int(made.to_image(add_quiet_zones=False).shape[0])
