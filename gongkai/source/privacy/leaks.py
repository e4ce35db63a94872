"""Personal numbers wherever a site holds text: in any file, table, file name or picture.

Judged in every state, drafts and past items too, because a leak is one whenever it happens (PIPL
art. 25, 28; Civil Code art. 1032 to 1036). Exceptions are exact values: the site's public phones,
and what an item names under ``privacy: allow`` with a reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec import structs

from gongkai.finding import Finding
from gongkai.model import Item, Org
from gongkai.source.beside import LARGEST
from gongkai.source.document import finding_of
from gongkai.source.files import YAML, Refused, read_bytes, read_text, walk
from gongkai.source.privacy.metadata import texts_in_picture
from gongkai.source.privacy.numbers import personal_numbers, squeezed
from gongkai.source.problems import Problem

_AROUND = ("content/opinions", "content/surveys", "content/inspections", "boards")
_ALONE = ("content/org.yml", "content/catalogue.yml")


class _Place(NamedTuple):
    """Where a number stands: a file's path from the site's folder, an item, the key of it."""

    path: str
    item: str | None = None
    keys: tuple[str, ...] = ()


def leaks_in_item(
    where: str, text: str, item: Item | None, item_id: str, root: Path, phones: Collection[str]
) -> Iterator[Finding]:
    """Every personal number in an item's file and in what lies beside it."""
    place = _Place(where, item_id)
    allowed = {*phones, *(squeezed(one.text) for one in (item.privacy.allow if item else ()))}
    yield from _in_text(place, text, allowed)
    yield from _in_name(place, where, allowed)
    if item is None:
        return
    for number, rows in enumerate(item.attached):
        beside = place._replace(keys=(f"tables.{number}",))
        for row, cells in enumerate(rows, 1):
            for cell in cells:
                yield from _found(beside, cell, allowed, "table", row=row)
    for number, file in enumerate(item.attachments):
        yield from _in_name(place._replace(keys=(f"attachments.{number}",)), file.name, allowed)
    for file in item.images:
        yield from _in_picture(place._replace(keys=("body",)), root / file.path, allowed)


def leaks_around(root: Path, pages: Path, org: Org) -> Iterator[Finding]:
    """The same for everything of a site but its items."""
    phones = phones_of(org)
    files = [root / name for name in _ALONE]
    for folder in _AROUND:
        files += walk(root / folder, YAML) if (root / folder).is_dir() else ()
    files += walk(pages, (".md",)) if pages.is_dir() else ()
    for path in files:
        if path.is_file() and not path.is_symlink():
            where = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
            text, problems = read_text(path)
            yield from _in_text(_Place(where), "" if problems else text, phones)


def phones_of(org: Org) -> frozenset[str]:
    """Phones that may be shown anywhere, such as the one for complaints."""
    return frozenset(squeezed(one) for one in org.public_phones)


def _in_text(place: _Place, text: str, allowed: Collection[str]) -> Iterator[Finding]:
    for one in personal_numbers(text, allowed):
        line = text.count("\n", 0, one.start) + 1
        column = one.start - text.rfind("\n", 0, one.start)
        yield _finding(place, one.rule, one.case, line, column)


def _in_name(place: _Place, name: str, allowed: Collection[str]) -> Iterator[Finding]:
    yield from _found(place, name, allowed, "name")


def _in_picture(place: _Place, path: Path, allowed: Collection[str]) -> Iterator[Finding]:
    try:
        texts = list(texts_in_picture(read_bytes(path, LARGEST)))
    except Refused:
        return
    for text in texts:
        yield from _found(place, text, allowed, "picture")


def _found(
    place: _Place, text: str, allowed: Collection[str], case: str, **values: object
) -> Iterator[Finding]:
    for one in personal_numbers(text, allowed):
        yield _finding(place, one.rule, case, 1, 1, **values)


def _finding(
    place: _Place, rule: str, case: str, line: int, column: int, **values: object
) -> Finding:
    problem = Problem(rule, line, column, case, values)
    return structs.replace(finding_of(problem, place.path, place.item), keys=place.keys)
