"""Letters for screens: a box without Chinese fonts shows every character nevertheless.

Most come from slices that lie in the theme, of which a browser fetches what a page shows and the
machine's own fonts lack. The slices hold some fifteen thousand characters; a rarer one, such as
there are in names, is cut out of the poster font, which has to have it (rule poster/glyph).
"""

from __future__ import annotations

import io
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from gongkai.domain.glyphs import INVISIBLE, undrawable
from gongkai.domain.model import Site
from gongkai.files import theme

FOLDER = "letters"
"""Of the theme; and of the site, below ``screen/``."""
RARE = f"screen/{FOLDER}/rare.css"
"""The style with the characters that no slice has; empty in most sites."""
_STYLE = "letters.css"
_PACKAGE, _FILE = "noto_cjk_sans_jp_regular", "NotoSansCJKjp-Regular.otf"
_RANGE = re.compile(r"unicode-range:([^;}]+)")


def letter_files(site: Site) -> Iterator[tuple[str, Path]]:
    """The slices and what comes with them, by their paths in the site, if it wants them."""
    if site.web_font:
        for name, path in theme.files(site.root, FOLDER):
            yield f"screen/{FOLDER}/{name}", path


@cache
def _covered(style: Path) -> frozenset[str]:
    """Whatever is in a slice, and what every machine can draw."""
    ranges = _RANGE.findall(style.read_text("utf-8"))
    spans = [one for found in ranges for one in re.split(r"[,\s]+", found) if one]
    covered = set(map(chr, range(0x80)))
    for span in spans:
        first, _, last = span[2:].partition("-")
        covered.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(covered)


def rare_in(root: Path, texts: Iterable[str]) -> str:
    """The characters of some texts that are in no slice and that the poster font can draw."""
    found = "".join(set().union(*texts) - _covered(theme.find(root, f"{FOLDER}/{_STYLE}")))
    shown = INVISIBLE.sub("", found)
    return "".join(sorted(set(shown) - set(undrawable(shown))))


def rare_style(characters: str) -> bytes:
    """A style that brings some characters along; with none, one that says nothing."""
    if not characters:
        return b"/* Every character of these screens is in the slices. */\n"
    font = b64encode(_cut_out(characters)).decode()
    ranges = ",".join(f"U+{ord(character):x}" for character in characters)
    return (
        '@font-face{font-family:"Gongkai Letters";font-weight:100 900;font-display:swap;'
        f'src:url(data:font/woff;base64,{font})format("woff");unicode-range:{ranges}}}\n'
    ).encode()


def _cut_out(characters: str) -> bytes:
    """A font of these characters alone; its Chinese forms come by the language of the page."""
    # 61 ms and more; most sites have no character that is so rare.
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(flavor="woff", layout_features=["locl"], notdef_outline=True)
    with TTFont(str(files(_PACKAGE) / _FILE), lazy=True, recalcTimestamp=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=characters)
        cutter.subset(font)
        font.flavor = "woff"
        data = io.BytesIO()
        font.save(data)
    return data.getvalue()
