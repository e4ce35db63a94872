"""Typst: data in, PDF out. Fonts come with pip or lie in the theme; the machine's own are never
looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from gongkai.domain.errors import ThemeError
from gongkai.domain.model import Site
from gongkai.files import theme
from gongkai.render.templates import FONTS, POSTER, poster_sources
from gongkai.source.site import TYPED

FAMILY = "Noto Sans CJK JP"
"""Holds every Han shape; the Chinese forms come by the document's language and region."""
_LARGE = 200_000
"""Characters of a document from which on it is forgotten again."""
_REMEMBERED = 11
"""Documents after which Typst has forgotten one."""
_SUSPECTS = b"/Suspects false"
"""Says that the tags can be relied on, which is so without it; poppler reads it as its contrary."""
_UA = "PDF/UA"
_MAIN = "main.typ"
"""What Typst wants the first of several sources to be called."""
_PLACE = re.compile(r"gongkai-\w+[\\/]([\w.\\/-]+\.typ:\d+:\d+)")
_PACKAGES = ("noto_cjk_sans_jp_regular", "noto_cjk_sans_jp_bold")


@lru_cache(maxsize=4)
def _fonts(own: tuple[str, ...]) -> typst.Fonts:
    """The fonts of posters, read once in a process."""
    folders = [*own, *(str(files(name)) for name in _PACKAGES)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def typeset(
    site: Site,
    title: str,
    author: str,
    names: list[str],
    lang: str,
    sheet: dict[str, Any],
    stamp: datetime,
    pictures: Mapping[str, bytes],
    nudge: float = 0.0,
    part: float = 1.0,
) -> bytes:
    """A PDF of what one sheet says, which may take several; the template can read its parts and
    these pictures, and no other file. The text is moved down by ``nudge`` mm, and is no larger than
    a ``part`` of what would fit.

    ``names`` are the ids of the items in it. The bytes depend on what is given, the template and
    the fonts alone. ThemeError with the line when the template is wrong.
    """
    about: dict[str, Any] = {"title": title, "org": author, "keywords": names, "lang": lang}
    own = tuple(str(path / FONTS) for path in theme.folders(site.root) if (path / FONTS).is_dir())
    about["fonts"] = {name: _families(name, site, own) for name in TYPED}
    moment = stamp.astimezone(UTC)
    sources = dict(poster_sources(site.root))
    sources[_MAIN] = sources.pop(POSTER)
    with TemporaryDirectory(prefix="gongkai-") as folder:
        for name, content in pictures.items():
            Path(folder, name).write_bytes(content)
        return _compile(
            sources, folder, {**about, "sheet": sheet}, moment, own, place=(nudge, part)
        )


def typeset_around(
    site: Site,
    template: str,
    data: Mapping[str, Any],
    files_beside: Mapping[str, bytes],
    stamp: datetime,
) -> bytes:
    """A PDF made around another, which lies in ``files_beside``, by a template of the theme (see
    ``poster/tiles.typ`` and ``poster/approval.typ``).

    It is for printing alone: the sheet itself is what lasts and is read aloud.
    """
    own = tuple(str(path / FONTS) for path in theme.folders(site.root) if (path / FONTS).is_dir())
    about = {**data, "fonts": _families("body", site, own)}
    with TemporaryDirectory(prefix="gongkai-") as folder:
        for name, content in files_beside.items():
            Path(folder, name).write_bytes(content)
        sources = {_MAIN: poster_sources(site.root)[template]}
        moment = stamp.astimezone(UTC)
        return _compile(sources, folder, about, moment, own, standards=[], template=template)


def _families(name: str, site: Site, own: tuple[str, ...]) -> list[str]:
    """The families that something is set in, the first that has a character. ThemeError when the
    site names one that is not there: nobody would see that it is missing."""
    wanted = site.fonts.get(name)
    if wanted is None:
        return [FAMILY]
    known = _fonts(own).families()
    if wanted not in known:
        raise ThemeError("error.font", found=wanted, known=sorted(set(known)))
    return [wanted, FAMILY]


def _compile(
    sources: Mapping[str, bytes],
    root: str,
    data: Any,
    moment: datetime,
    own: tuple[str, ...],
    standards: Sequence[str] = ("a-2a", "ua-1"),
    place: tuple[float, float] = (0.0, 1.0),
    template: str = POSTER,
) -> bytes:
    """A PDF of data; Typst finds these sources, the pictures in the folder ``root``, and no other
    file."""
    # Apart from the data, so that what was worked out of them once is known the second time.
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    inputs |= {"nudge": str(place[0]), "part": str(place[1])}

    def compiled(standards: Sequence[str]) -> bytes:
        return bytes(
            typst.compile(  # type: ignore[call-overload] # takes several files, undeclared
                sources,
                root=root,
                font_paths=_fonts(own),
                sys_inputs=inputs,
                timestamp=moment,
                pdf_standards=list(standards),
            )
        )

    try:
        try:
            pdf = compiled(standards)
        except typst.TypstError as error:
            if _UA not in str(error):
                raise
            # A theme of the site's own that readers for the blind cannot rely on does not say so.
            pdf = compiled([standard for standard in standards if standard != "ua-1"])
    except typst.TypstError as error:
        raise ThemeError("error.theme", place=template, why=_fault_in(error, template)) from error
    if len(inputs["data"]) > _LARGE:
        _forget(own)
    return pdf.replace(_SUSPECTS, b" " * len(_SUSPECTS))


def _forget(own: tuple[str, ...]) -> None:
    """Have Typst give up what it remembers of a large document: it keeps what the last ten took,
    which for those of a board is several hundred megabytes."""
    for _ in range(_REMEMBERED):
        typst.compile(b"", font_paths=_fonts(own))


def _fault_in(error: typst.TypstError, template: str) -> str:
    """What is wrong, and in which line of which file of the theme."""
    where = _PLACE.search(str(error.diagnostic))
    return f"{where[1].replace(_MAIN, template)}: {error}" if where else str(error)
