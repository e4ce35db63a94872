"""Text files of a site: what is in them, or what is wrong with them."""

from __future__ import annotations

from pathlib import Path

from gongkai.files.reading import Refused, read_bytes
from gongkai.source.problems import Problem
from gongkai.source.yaml import LONGEST, unreadable

LARGEST_TEXT = LONGEST * 4
"""Bytes of a text file; a character of UTF-8 has at most four."""


def read_text(path: Path | str) -> tuple[str, list[Problem]]:
    """The text of a file, or an empty text with what is wrong with it."""
    try:
        return decoded(read_bytes(path, LARGEST_TEXT))
    except Refused as refused:
        return "", [Problem("format/syntax", 1, 1, refused.case, refused.values)]


def decoded(data: bytes) -> tuple[str, list[Problem]]:
    """Bytes as text with ``\\n`` at the end of each line, or an empty text with what is wrong."""
    try:
        text = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", [Problem("format/syntax", line, 1, "not-utf8")]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, list(unreadable(text))
