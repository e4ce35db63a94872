"""QR codes that lead from paper to the site."""

from __future__ import annotations

import io
from functools import lru_cache

from gongkai.model import Site


def code(site: Site, address: str) -> str:
    """The code, as SVG, of an address within a site; empty where the site's own is not known."""
    return _code(site.url + address) if site.url else ""


def code_of(address: str) -> str:
    """The code, as SVG, of an address anywhere; empty for none."""
    return _code(address) if address else ""


@lru_cache(maxsize=64)
def _code(url: str) -> str:
    """One address; the same sheet is printed for several boards."""
    import segno  # only when one is drawn: it brings half of the standard library along

    out = io.BytesIO()
    segno.make(url, error="m").save(out, kind="svg", border=0, xmldecl=False, omitsize=True)
    return out.getvalue().decode()
