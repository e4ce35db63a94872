"""Scans and photos of papers: pictures that hold a text which nobody can search or check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gongkai.editing.illustrations import Illustration
from gongkai.editing.sheets import Trouble
from gongkai.source.privacy.numbers import personal_numbers
from gongkai.source.word.model import Document
from gongkai.source.word.recognized import recognized, recognizer


def is_scan(document: Document) -> bool:
    """Are there pages of which nobody can read the text?"""
    return any(remark.key == "pages" for remark in document.remarks)


def recognized_in(illustrations: Mapping[int, Illustration]) -> dict[int, tuple[str, ...]]:
    """What a program of this machine reads in pictures, by their places."""
    program = recognizer()
    if program is None:
        return {}
    found = {at: recognized(program, value.data) for at, value in illustrations.items()}
    return {at: lines for at, lines in found.items() if lines}


def numbers_seen(seen: Mapping[int, Sequence[str]]) -> Iterator[Trouble]:
    """Personal numbers that can be read in a picture, by its number."""
    for number, lines in enumerate(seen.values(), 1):
        if next(personal_numbers("\n".join(lines)), None):
            yield Trouble("import.word-picture-personal", str(number))
