"""Looking for personal numbers in a whole file, in a process of its own where its reader could
hang, grow or fall.

Run as a program, this file reads the bytes of a file from standard input and writes as JSON what is
in them: rules, and of each number a hash, so that none leaves that process.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Collection
from typing import NamedTuple

from gongkai.source.bounded import asked, bound

MEMORY, SECONDS = 2 << 30, 60
"""Bytes and seconds (of the processor) for one file; nearly all need a thousandth of it."""
_HERE = (".txt", ".csv", ".tsv", ".md", ".html", ".png", ".jpg", ".jpeg", ".gif")
"""What is looked into in this process: text, and pictures, in which nothing is read."""


class Inside(NamedTuple):
    """What is in a file: rules and hashes of numbers; why it cannot be looked into, if it cannot,
    or not wholly; and whether a table or a list in it seems to name persons."""

    found: tuple[tuple[str, str], ...] = ()
    unread: str = ""
    has_persons: bool = False

    def rules(self, allowed: Collection[str]) -> tuple[str, ...]:
        """The rules that it breaks, but for numbers that are allowed."""
        passed = {_hash_of(text) for text in allowed}
        return tuple(dict.fromkeys(rule for rule, number in self.found if number not in passed))


_known: dict[tuple[bytes, str], Inside] = {}
"""What was in files, by the hashes of their bytes: a preview asks again after every save, and need
not hold the bytes for that."""


def look_into(data: bytes, ending: str) -> Inside:
    """What is in the bytes of a file whose name has an ending."""
    key = hashlib.sha256(data).digest(), ending
    if key not in _known:
        _known[key] = _looked(data, ending)
    return _known[key]


def _looked(data: bytes, ending: str) -> Inside:
    if ending in _HERE:
        return _inside(data, ending)
    answer = asked("gongkai.source.privacy.opened", data, ending)
    if answer is None:
        return Inside((), "large")
    found = tuple((rule, number) for rule, number in answer["found"])
    return Inside(found, answer["unread"], answer["has_persons"])


def _inside(data: bytes, ending: str) -> Inside:
    # Only in the process that opens a file (50 ms).
    from gongkai.source.privacy.extracted import texts_of
    from gongkai.source.privacy.lists import names_in_lines
    from gongkai.source.privacy.numbers import personal_numbers
    from gongkai.source.privacy.persons import told_by_content, told_by_head
    from gongkai.source.privacy.rows import numbers_in_lines, numbers_in_row
    from gongkai.source.privacy.texts import TableRow, UnreadError

    found: dict[tuple[str, str], None] = {}
    tables: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    lines: list[str] = []
    unread = ""
    try:
        for text in texts_of(data, ending):
            if isinstance(text, TableRow):
                tables.setdefault(text.heads, []).append(text.cells)
                numbers = list(numbers_in_row(text.cells, text.heads))
                numbers += (number for cell in text.cells for number in personal_numbers(cell))
            else:
                lines += text.split("\n")
                numbers = list(personal_numbers(text))
            found |= {(number.rule, _hash_of(number.number)): None for number in numbers}
    except UnreadError as error:
        unread = error.why
    found |= {(line.rule, _hash_of(line.number)): None for line in numbers_in_lines(lines)}
    rows = [tuple(dict.fromkeys((heads, *cells))) for heads, cells in tables.items()]
    has_persons = any(map(told_by_head, rows)) or names_in_lines(lines)
    has_persons = has_persons or any(told_by_content(row, (), ()) is not None for row in rows)
    return Inside(tuple(found), unread, has_persons)


def _hash_of(number: str) -> str:
    return hashlib.sha256(number.encode()).hexdigest()


if __name__ == "__main__":
    bound(MEMORY, SECONDS)
    sys.stdout.write(json.dumps(_inside(sys.stdin.buffer.read(), sys.argv[2])._asdict()))
