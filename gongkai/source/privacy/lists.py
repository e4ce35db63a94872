"""Lists of persons that are no tables: entries or lines one below the other, and names in a row
within a sentence. They matter for the class ``sensitive`` only, where a doubt has to be settled.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from gongkai.domain.text import Node, plain_text
from gongkai.source.privacy.persons import is_person

_PARTS = re.compile(r"[\s，,：:；;（()）、。【】“”\[\]…]+|\d[\d.,]*元?|[①-⑳]|[-—]")
"""What stands around a name in an entry."""
_APART = re.compile(
    r"(?<![\u3400-\u9fff])([\u3400-\u9fff])[ \u3000]+([\u3400-\u9fff])(?![\u3400-\u9fff])"
)
"""A name of two characters, set as wide as one of three."""
_OF_PERSONS = re.compile(
    r"名单|人员|人选|职工|员工|同志|患者|家庭|对象|[一二两三四五六七八九十\d]\s*(?:名|位|人)"
)
"""What says of a row of names that they are persons."""
_BETWEEN = r"(?:[、，,；;/和与及 ]|[(（][^（()）\n]{0,20}[)）]|\d[\d.,]*+元?)++"
_NAME = r"[\u3400-\u9fff]{2,3}(?:(?=[和与及])|(?![\u3400-\u9fff]))"
_ROW = re.compile(
    rf"[\u3400-\u9fff]{{2,40}}{_BETWEEN}(?:{_NAME}{_BETWEEN}){{1,60}}[\u3400-\u9fff]{{2,6}}"
)
_FEWEST, _MOSTLY, _WITHIN, _IN_ROW = 2, 0.6, 3, 3


Names = Sequence[tuple[str, ...]]
"""Each by how it may be read: of what begins a row it is not known how long it is."""


def lists_of_persons(
    nodes: tuple[Node, ...], words: Collection[str]
) -> Iterator[tuple[int, Names]]:
    """The line of each list, paragraph or sentence that seems to name persons, and their names."""
    heading = ""
    for node in nodes:
        if node.kind == "heading":
            heading = plain_text((node,))
        elif node.kind == "list":
            entries = [plain_text((child,)) for child in node.children]
            rows = _in_rows("\n".join(entries), heading, words)
            names = [*_names_of(entries, words), *rows]
            if names:
                yield node.line, names
                continue
        elif node.kind == "paragraph":
            text = plain_text((node,))
            names = [*_names_of(text.split("\n"), words), *_in_rows(text, heading, words)]
            if names:
                yield node.line, names
        if node.kind in ("list", "entry", "quote"):
            yield from lists_of_persons(node.children, words)


def names_in_lines(lines: Sequence[str]) -> bool:
    """Do lines of a file name persons: three in a row, or several on one?"""
    filled = [line.strip() for line in lines if line.strip()]
    if any(_in_rows(text, "", ()) for text in filled):
        return True
    named = [bool(_name_in(text, ())) for text in filled]
    runs = zip(named, named[1:], named[2:], strict=False)
    return any(map(all, runs))


def _names_of(entries: list[str], words: Collection[str]) -> Names:
    """The names among the first words of entries, if most of them have one, and not one and the
    same."""
    filled = [entry for entry in entries if entry.strip()]
    found = [name for name in (_name_in(text, words) for text in filled) if name]
    is_list = len(set(found)) >= _FEWEST and len(found) >= _MOSTLY * len(filled)
    return [(name,) for name in found] if is_list else []


def _name_in(entry: str, words: Collection[str]) -> str:
    """The first name among the first words of an entry; empty if there is none."""
    parts = [one for one in _PARTS.split(_APART.sub(r"\1\2", entry).strip()) if one]
    return next((part for part in parts[:_WITHIN] if is_person(part, words)), "")


def _in_rows(text: str, heading: str, words: Collection[str]) -> Names:
    """The names of rows of three or more, of which those within are names and nothing else."""
    names: list[tuple[str, ...]] = []
    if not _OF_PERSONS.search(text + heading):
        return names
    for found in _ROW.finditer(_APART.sub(r"\1\2", text)):
        row = [one for one in re.split(_BETWEEN, found[0]) if one]
        if len(row) < _IN_ROW:
            continue
        first = tuple(row[0][-size:] for size in (2, 3) if is_person(row[0][-size:], words))
        last = tuple(row[-1][:size] for size in (2, 3) if is_person(row[-1][:size], words))
        if first and last and all(is_person(one, words) for one in row[1:-1]):
            names += [first, *((one,) for one in row[1:-1]), last]
    return names
