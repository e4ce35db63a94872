"""What a page may do in a browser: a content security policy in the page itself, so that it holds
on any web server and from a folder.

Scripts come from the site's own files. Those that Material writes into its pages are named by
their hashes, taken from the page as it was built; one that stands in a page's own text is not
among them and does not run.
"""

from __future__ import annotations

import base64
import hashlib
import re

_PLACE = re.compile(r"^.*?<meta charset=[^>]*>|^.*?<head[^>]*>", re.IGNORECASE | re.DOTALL)
"""Behind the character set, which has to come early, and before anything that runs."""
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
_DATA = re.compile(r"\bsrc=|\btype=[\"']?application/json", re.IGNORECASE)
_RULES = (
    "default-src 'none'; script-src 'self'{hashes}; style-src 'self'; "
    "style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; media-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'"
)
"""``style-src-attr``: Markdown tables in ordinary pages align their columns by such attributes;
items have none. ``data:`` pictures: Material's icons."""


def with_policy(page: str, own: str) -> str:
    """A page that MkDocs rendered, with its policy. ``own`` is the part of it that comes from the
    page's text."""
    around = page.replace(own, "") if own else page
    scripts = [
        found["text"] for found in _SCRIPT.finditer(around) if not _DATA.search(found["attributes"])
    ]
    hashes = "".join(f" 'sha256-{_hash(text)}'" for text in dict.fromkeys(scripts))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{_RULES.format(hashes=hashes)}">'
    return _PLACE.sub(lambda found: found[0] + meta, page, count=1)


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
