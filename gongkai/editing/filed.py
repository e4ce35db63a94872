"""What the files of a site say, by their kinds, and how something else is written into them."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from gongkai.domain.errors import UsageError
from gongkai.domain.model import Library
from gongkai.editing.lines import changed_lines
from gongkai.editing.parts import KeyGroup, Part, Rows, Said, part_of, said
from gongkai.editing.schemas import GLOBS, shapes
from gongkai.editing.spliced import applied, spliced, tree_of
from gongkai.editing.values import TooOdd
from gongkai.source.items import split

ITEM = "item"
_MARK = "\ufeff"
"""What some editors put before a text."""


class FileKind(NamedTuple):
    """A kind of file: its name, what it consists of, and where such files lie."""

    name: str
    part: KeyGroup | Rows
    globs: tuple[str, ...]

    def owns(self, path: str) -> bool:
        """Is a file, by its path from the site's folder, of this kind?"""
        one = path.removesuffix(".yaml") + ".yml" if path.endswith(".yaml") else path
        return any(fnmatch.fnmatchcase(one, glob.replace("**/", "*")) for glob in self.globs)

    @property
    def folder(self) -> str:
        """The folder in which its files lie; of a single file, that file."""
        return self.globs[0].partition("/*")[0]

    @property
    def is_single(self) -> bool:
        """Has a site one such file at most?"""
        return "*" not in self.globs[0]


def kinds_of(library: Library) -> Mapping[str, FileKind]:
    """Every kind of file that a form can be made of, by name, as it is declared."""
    found = {}
    for name, shape in shapes(library).items():
        part = part_of(shape)
        globs = GLOBS[name] + (("content/items/**/*.md",) if name == ITEM else ())
        if isinstance(part, (KeyGroup, Rows)):
            found[name] = FileKind(name, part, globs)
    return found


def _halves(path: str, text: str) -> tuple[int, str, int]:
    """Where the keys of an item begin, the keys, and where its text begins; a file of YAML is all
    keys. UsageError for a file without its keys."""
    if not path.lower().endswith(".md"):
        return 0, text, len(text)
    plain = text.replace("\r\n", " \n")  # as long, so that places stay true
    front, body, _, problems = split(plain)
    if problems:
        raise UsageError("error.form-broken", line=problems[0].line)
    begin = text.index("\n") + 1
    return begin, text[begin : begin + len(front)], len(text) - len(body)


def said_in(kind: FileKind, path: str, text: str) -> Said:
    """What a file says. UsageError when it cannot be read."""
    text = text.removeprefix(_MARK)
    if not text.strip():
        return None
    _, keys, body = _halves(path, text)
    found = said(kind.part, tree_of(keys)) if keys.strip() else {}
    if path.lower().endswith(".md") and isinstance(found, dict):
        typed = text[body:].replace("\r\n", "\n").strip("\n")
        return {**found, **({"body": typed} if typed else {})}
    return found


def revised(kind: FileKind, path: str, text: str, new: Said) -> str:
    """A file that says something new, with only that changed. UsageError when it cannot be."""
    mark = _MARK if text.startswith(_MARK) else ""
    text = text.removeprefix(_MARK)
    if said_in(kind, path, text) == new:
        return mark + text
    try:
        made = _revised(kind.part, path, text, new)
    except TooOdd:
        raise UsageError("error.form-odd", path=PurePosixPath(path).name) from None
    if said_in(kind, path, made) != new:
        raise UsageError("error.form-odd", path=PurePosixPath(path).name)
    return mark + made


def _revised(part: Part, path: str, text: str, new: Said) -> str:
    if not path.lower().endswith(".md") or not isinstance(new, dict):
        return spliced(text, part, new)
    begin, keys, at = _halves(path, text)
    body = _body(text, at, new.get("body") or "")
    head = spliced(keys, part, {name: value for name, value in new.items() if name != "body"})
    return text[:begin] + head + body[begin + len(keys) :]


def _body(text: str, at: int, new: str) -> str:
    """The text with another body, which begins at a place; blank lines around it stay."""
    typed = text[at:]
    plain = typed.replace("\r\n", "\n").strip("\n")
    if plain == new:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    if not plain:
        gap = "" if text.endswith("\n") else newline
        return (
            f"{text[:at].rstrip()}{gap}{newline}{newline}{new.replace(chr(10), newline)}{newline}"
        )
    head = at + len(typed) - len(typed.lstrip("\r\n"))
    stood = text[head:].split("\n")[: plain.count("\n") + 1]
    if not new:
        return text[:head] + text[head + sum(len(one) + 1 for one in stood) :]
    return applied(text, [changed_lines(text, head, stood, new, "", newline)])
