"""Typst: data in, PDF out. Fonts come with pip; the machine's own are never looked at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from gongkai import theme
from gongkai.errors import ThemeError

FAMILY = "Noto Sans CJK JP"
"""Holds every Han shape; the Chinese forms come by the document's language and region."""
_PACKAGES = ("noto_cjk_sans_jp_regular", "noto_cjk_sans_jp_bold")


@cache
def fonts() -> typst.Fonts:
    """The fonts of posters, read once in a process."""
    folders = [str(files(name)) for name in _PACKAGES]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def typeset(
    root: Path, data: dict[str, Any], timestamp: datetime, pictures: Mapping[str, bytes]
) -> bytes:
    """A PDF of the poster template; it can read these pictures by name, and no other file.

    The bytes depend on the data, the template, the pictures and ``timestamp`` alone.
    """
    template = theme.find(root, "poster/poster.typ").read_bytes()
    text = json.dumps({**data, "fonts": [FAMILY]}, ensure_ascii=False)
    with TemporaryDirectory(prefix="gongkai-") as folder:
        for name, picture in pictures.items():
            Path(folder, name).write_bytes(picture)
        return _compile(Path(folder), template, text, timestamp.astimezone(UTC))


def _compile(root: Path, template: bytes, data: str, moment: datetime) -> bytes:
    inputs = {"data": data}
    try:
        pdf = typst.compile(  # type: ignore[type-var] # root may be of another type than the input
            template,
            root=str(root),
            font_paths=fonts(),
            sys_inputs=inputs,
            timestamp=moment,
            pdf_standards=["a-2a"],
        )
    except typst.TypstError as error:
        raise ThemeError("error.theme", place="poster/poster.typ", why=str(error)) from error
    return bytes(pdf)
