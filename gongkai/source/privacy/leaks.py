"""Personal numbers wherever a site holds text: in any file, table, file name or attachment.

A text is searched as it was typed and as a reader sees it. Judged in every state, drafts and past
items too, because a leak is one whenever it happens (PIPL art. 25, 28; Civil Code art. 1032 to
1036). Exceptions are exact values: the site's public phones, and what an item names under
``privacy: allow`` with a reason.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from msgspec import structs

from gongkai.domain.finding import Finding, Severity
from gongkai.domain.model import File, Item, Org
from gongkai.domain.terms import Channel, PrivacyClass
from gongkai.files import theme
from gongkai.files.reading import YAML, Refused, read_bytes, walk
from gongkai.source.beside import IMAGES, LARGEST, MOST_ROWS, TABLES
from gongkai.source.document import finding_of
from gongkai.source.files import decoded
from gongkai.source.privacy.numbers import LABEL, personal_numbers, squeezed
from gongkai.source.privacy.opened import look_into
from gongkai.source.privacy.persons import told_by_content, told_by_head
from gongkai.source.privacy.rows import numbers_in_lines, numbers_in_row, numbers_in_table
from gongkai.source.privacy.shown import Spotted, folds, in_body, in_scalars, looks_risky
from gongkai.source.privacy.texts import decoded as as_text
from gongkai.source.privacy.webpages import page_texts, rows_of_page
from gongkai.source.problems import Problem
from gongkai.source.workbook.delimited import read_delimited
from gongkai.source.workbook.errors import Unreadable
from gongkai.source.workbook.reading import read_sheet

_ITEMS = ("content", "items")
_MARKUP = (".md", ".html", ".htm", ".xhtml", ".svg", ".xml")
_TEXTS = (*_MARKUP, *YAML, ".txt", ".json", ".xml", ".css", ".js", ".svg", ".typ")
_CLOSE = (PrivacyClass.SENSITIVE, PrivacyClass.PERSONNEL)
"""Classes of whose files somebody must have looked into each."""


class _Place(NamedTuple):
    """Where a number stands: a file's path from the site's folder, an item, the key of it."""

    path: str
    item: str | None = None
    keys: tuple[str, ...] = ()


def leaks_in_item(
    where: str, text: str, item: Item | None, item_id: str, root: Path, phones: Collection[str]
) -> Iterator[Finding]:
    """Every personal number in an item's file and in what lies beside it, and every file that
    nobody can look into."""
    place = _Place(where, item_id)
    allowed = {
        *phones,
        *(squeezed(allowed.text) for allowed in (item.privacy.allow if item else ())),
    }
    is_risky = looks_risky(text)
    typed = list(_typed(text, allowed)) if is_risky or LABEL.search(text) else []
    yield from (_finding(place, *spotted) for spotted in typed)
    yield from _in_name(place, where, allowed)
    if is_risky:
        shown = list(in_scalars(text, allowed)) if folds(text) else []
        for body in item.bodies if item else ():
            shown += in_body(body, allowed)
        yield from (_finding(place, *beside) for beside in _besides(shown, typed))
    if item is None:
        return
    for split in numbers_in_row(item.legal_basis, (), allowed):
        yield _finding(place._replace(keys=("legal_basis",)), split.rule, "", 1, 1)
    for number, rows in enumerate(item.attached):
        for rule in dict.fromkeys(found.rule for found in numbers_in_table(rows, allowed)):
            yield _finding(place._replace(keys=(f"tables.{number}",)), rule, "", 1, 1)
        yield from _in_rows(place._replace(keys=(f"tables.{number}",)), rows, allowed)
    for number, file in enumerate(item.attachments):
        beside = place._replace(keys=(f"attachments.{number}",))
        yield from _in_name(beside, file.name, allowed)
        yield from _in_file(beside, item, file, root, allowed)


def leaks_around(root: Path, pages: Path, org: Org) -> Iterator[Finding]:
    """The same for everything of a site but its items: what lies in the folder of pages goes out as
    it is, whatever it is."""
    phones = phones_of(org)
    files = sorted(path for ending in YAML for path in root.glob(f"*{ending}"))
    for folder in (root / "content", root / "boards"):
        found = walk(folder, YAML) if folder.is_dir() else ()
        files += (path for path in found if path.relative_to(root).parts[:2] != _ITEMS)
    files += walk(pages, ("",)) if pages.is_dir() else ()
    own = root / "theme"
    files += walk(own, ("",)) if own.is_dir() and own != theme.built_in() else ()
    for path in dict.fromkeys(files):
        if path.is_file() and not path.is_symlink():
            where = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
            yield from _in_name(_Place(where), where, phones)
            yield from _around(_Place(where), path, phones)


def phones_of(org: Org) -> frozenset[str]:
    """Phones that may be shown anywhere, such as the one for complaints."""
    return frozenset(squeezed(phone) for phone in org.public_phones)


def _typed(text: str, allowed: Collection[str]) -> Iterator[Spotted]:
    ends: list[int] = []
    for number in personal_numbers(text, allowed):
        ends = ends or [-1, *(found.start() for found in re.finditer("\n", text))]
        line = bisect_left(ends, number.start)
        yield Spotted(number.rule, number.case, line, number.start - ends[line - 1])


def _besides(shown: list[Spotted], typed: list[Spotted]) -> Iterator[Spotted]:
    """What is seen beyond what was found as it was typed, once a line."""
    known = {(spotted.rule, spotted.line) for spotted in typed}
    for spotted in shown:
        if (spotted.rule, spotted.line) not in known:
            known.add((spotted.rule, spotted.line))
            yield spotted


def _around(place: _Place, path: Path, allowed: Collection[str]) -> Iterator[Finding]:
    ending = path.suffix.lower()
    try:
        data = read_bytes(path, LARGEST)
    except Refused as refused:
        if refused.case == "too-large":
            yield _unread(place, path.name, "large", Severity.WARNING)
        return
    if ending not in _TEXTS:
        yield from _inside(place, data, path.name, allowed, Severity.WARNING)
        return
    text, problems = decoded(data)
    if problems:
        text = as_text(data)
    typed = list(_typed(text, allowed))
    shown: list[Spotted] = []
    for seen in page_texts(text):
        shown += _typed(seen, allowed)
        shown += (Spotted(*line[:2], 1, 1) for line in numbers_in_lines(seen.split("\n"), allowed))
    if folds(text) and (ending in YAML or (ending == ".md" and text.startswith("---"))):
        shown += in_scalars(text, allowed)
    if ending in _MARKUP:
        shown += _over_cells(text, allowed)
    yield from (_finding(place, *spotted) for spotted in (*typed, *_besides(shown, typed)))


def _over_cells(text: str, allowed: Collection[str]) -> Iterator[Spotted]:
    """Numbers over the cells of tables in a page, whether they are typed with bars or tags."""
    heads: tuple[str, ...] = ()
    rows = [*rows_of_page(text)]
    for _, run in groupby(rows, lambda row: len(row[1])):
        table = [*run]
        for personal in numbers_in_table([cells for _, cells in table], allowed):
            yield Spotted(personal.rule, personal.case, table[0][0], 1)
    for line, cells in rows:
        for personal in numbers_in_row(cells, heads or cells, allowed):
            yield Spotted(personal.rule, personal.case, line, 1)
        heads = heads if len(heads) == len(cells) else cells


_PARTED = re.compile("[;|；｜]")
"""What parts cells in a file whose rows were not read as such."""


def _in_rows(
    place: _Place, rows: tuple[tuple[str, ...], ...], allowed: Collection[str]
) -> Iterator[Finding]:
    for number, cells in enumerate(rows, 1):
        found = [number.rule for cell in cells for number in personal_numbers(cell, allowed)]
        found += [personal.rule for personal in numbers_in_row(cells, rows[0], allowed)]
        parts = [part for cell in cells for part in _PARTED.split(cell)]
        if len(parts) > len(cells):
            found += [personal.rule for personal in numbers_in_row(parts, (), allowed)]
        for rule in dict.fromkeys(found):
            yield _finding(place, rule, "table", 1, 1, row=number)


def _in_name(place: _Place, name: str, allowed: Collection[str]) -> Iterator[Finding]:
    for number in personal_numbers(name, allowed):
        yield _finding(place, number.rule, "name", 1, 1)


def _in_file(
    place: _Place, item: Item, file: File, root: Path, allowed: Collection[str]
) -> Iterator[Finding]:
    """What is in an attachment; its own pictures go out without all that was in them unseen."""
    klass, ending = item.privacy.klass, Path(file.name).suffix.lower()
    try:
        data = read_bytes(root / file.path, LARGEST)
    except Refused:
        return
    severity = Severity.ERROR if klass in _CLOSE else Severity.WARNING
    is_accepted = any(one.file == file.name for one in item.privacy.allow)
    if ending in IMAGES and klass is PrivacyClass.SENSITIVE and not is_accepted:
        yield _unread(place, file.name, "picture", severity)
    is_for_all = klass is PrivacyClass.SENSITIVE and Channel.WEB in item.channels
    if is_for_all and not item.draft and _names_persons(data, file.name, item, is_accepted):
        yield _finding(place, "privacy/class", "file", 1, 1, file=file.name, klass=klass)
    for finding in _inside(place, data, file.name, allowed, severity):
        if not (is_accepted and finding.rule == "privacy/unread"):
            yield finding


def _names_persons(data: bytes, name: str, item: Item, is_accepted: bool) -> bool:
    """Is there a column about persons in any sheet of a file that is a table, or a table or list of
    persons in another, which somebody has not looked into?"""
    ending, columns = Path(name).suffix.lower(), item.privacy.columns
    if ending not in (*TABLES, ".csv", ".tsv"):
        return not is_accepted and look_into(data, ending).has_persons
    return any(
        told_by_head(rows, columns) or told_by_content(rows, columns, ()) is not None
        for rows in _tables(data, name)
    )


def _tables(data: bytes, name: str) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Every sheet of a workbook, hidden rows as well, or the table of a text. What cannot be read
    is told by others."""
    ending = Path(name).suffix.lower()
    names: list[str | None] = [None]
    with suppress(Unreadable):
        for text in names:
            if ending in (".csv", ".tsv"):
                sheet = read_delimited(data, name, MOST_ROWS)
            elif ending in TABLES:
                sheet = read_sheet(data, text, MOST_ROWS, takes_hidden=True)
            else:
                return
            if text is None:
                names += [other.name for other in sheet.known if other.name != sheet.name]
            yield tuple(tuple(cell.text for cell in row) for row in sheet.rows)


def _inside(
    place: _Place, data: bytes, name: str, allowed: Collection[str], severity: Severity
) -> Iterator[Finding]:
    ending = Path(name).suffix.lower()
    inside = look_into(data, ending)
    for rule in inside.rules(allowed):
        yield _finding(place, rule, "file", 1, 1, file=name)
    if inside.unread and ending not in _HARMLESS:
        yield _unread(place, name, inside.unread, severity)


_HARMLESS = (".woff", ".woff2", ".ttf", ".otf", ".ico", ".webp", ".map")
"""Letters, signs and the like among the pages' files, in which nobody writes."""


def _unread(place: _Place, name: str, case: str, severity: Severity) -> Finding:
    found = _finding(place, "privacy/unread", case, 1, 1, file=name)
    return structs.replace(found, severity=severity)


def _finding(
    place: _Place, rule: str, case: str, line: int, column: int, **values: object
) -> Finding:
    problem = Problem(rule, line, column, case, values)
    return structs.replace(finding_of(problem, place.path, place.item), keys=place.keys)
