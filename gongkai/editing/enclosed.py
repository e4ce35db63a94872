"""Files that a document says are attached to it and that lie beside it: they come along."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from gongkai.domain.model import Value
from gongkai.editing.asked import Told
from gongkai.source.beside import find_beside
from gongkai.source.privacy.numbers import personal_numbers
from gongkai.source.problems import Mistake

_LABEL = re.compile(r"^附件\s*[\d一二三四五六七八九十]*\s*[-:：.、．_]?\s*|^\d{1,2}\s*[.、．]\s*")
_MARKS = re.compile(r"[\s《》“”\"'()（）_-]+")
MOST = 20
"""Attachments of a document that are looked for."""


class Enclosed(Value, frozen=True):
    """One of them: where it lies, and under which name it goes beside the item."""

    source: Path
    name: str


def enclosed(document: Path, said: Sequence[str]) -> tuple[Enclosed, ...]:
    """The files beside a document that are called like what it says is attached, each where there
    is one and no other of that name, and it may lie beside an item."""
    if not said:
        return ()
    known: dict[str, list[Path]] = {}
    for path in sorted(document.parent.iterdir()):
        if path != document and path.is_file() and not path.is_symlink():
            known.setdefault(_plain(path.stem), []).append(path)
    found = (known.get(_plain(name), []) for name in said[:MOST])
    only = dict.fromkeys(ones[0] for ones in found if len(ones) == 1)
    return tuple(Enclosed(path, path.name) for path in only if _may_be_beside(path))


def _plain(name: str) -> str:
    """A name without its number and marks: 附件1：冬季检查表 is 冬季检查表."""
    return _MARKS.sub("", _LABEL.sub("", name.strip())).casefold()


def _may_be_beside(path: Path) -> bool:
    if next(personal_numbers(path.name), None):
        return False
    with suppress(Mistake):
        find_beside(path, path.name, path.parent)
        return True
    return False


def attachment_lines(files: Sequence[Enclosed]) -> tuple[tuple[str, object], ...]:
    """What an item says of its attachments."""
    return (("附件", [each.name for each in files]),) if files else ()


def told_of(said: Sequence[str], files: Sequence[Enclosed]) -> Told:
    """Which attachments came along, and how many others the document speaks of."""
    told: Told = []
    if files:
        told.append(("import.word-enclosed", {"texts": [each.name for each in files]}))
    if len(files) < len(said):
        told.append(("import.word-attached", {"texts": list(said)}))
    return told
