"""The version that an approval sheet was printed of, written into the item's own file, so that a
change behind the signature is told."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from gongkai.editing.written import replace_file
from gongkai.source.files import read_text
from gongkai.source.items import split
from gongkai.source.shapes import is_empty
from gongkai.source.yaml import MappingNode, Node, ScalarNode, compose

_APPROVAL, _VERSION, _BODY = ("审批", "approval"), ("版本", "version"), ("正文", "body")


def write_version(path: Path, version: str) -> bool:
    """Write into an item's file which version its sheet was printed of; nothing else of the file
    changes. False where that cannot be done for sure, or the disk does not let it."""
    text, problems = read_text(path)
    after = None if problems else with_version(text, version, path.suffix.lower() == ".md")
    if after is None:
        return False
    try:
        data = path.read_bytes()
        mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
        ends = "\r\n" if b"\r\n" in data else "\n"
        if after != text:
            replace_file(path, mark + after.replace("\n", ends).encode())
    except OSError:
        return False
    return True


def with_version(text: str, version: str, is_markdown: bool) -> str | None:
    """The text of an item with a version under ``approval``; None where it is written in a way that
    this cannot mend."""
    front, _, body_line, problems = split(text) if is_markdown else (text, "", 1, [])
    root, syntax = compose(front)
    if problems or syntax or not isinstance(root, MappingNode) or root.flow_style:
        return None
    lines = text.split("\n")
    first = 1 if is_markdown else 0
    change = _change(root, version, body_line - 3 if is_markdown else len(lines))
    if change is None:
        return None
    row = change.line + first
    if change.is_line:
        lines.insert(row, change.text)
    else:
        line = lines[row]
        lines[row] = line[: change.column] + change.text + line[change.end :]
    after = "\n".join(lines)
    return after if _says(after, version, is_markdown) else None


class _Change(NamedTuple):
    """What is written: a line of its own, or some characters in the place of others. Counted from 0
    within the front matter."""

    line: int
    column: int
    end: int
    text: str
    is_line: bool = False


def _change(root: MappingNode, version: str, last: int) -> _Change | None:
    name, value = _pair(root, _APPROVAL)
    if name is None or value is None:
        is_english = any(getattr(one, "value", "") == "title" for one, _ in root.value)
        keys = ("approval", "version") if is_english else ("审批", "版本")
        body, _ = _pair(root, _BODY)
        row = body.start_mark.line if body else last
        indent = " " * root.start_mark.column
        return _Change(row, 0, 0, f"{indent}{keys[0]}: {{{keys[1]}: {version}}}", is_line=True)
    word = "version" if name.value == "approval" else "版本"
    if isinstance(value, ScalarNode) and is_empty(value):
        return _in_place(value, f"{{{word}: {version}}}", name)
    return _within(value, word, version) if isinstance(value, MappingNode) else None


def _within(value: MappingNode, word: str, version: str) -> _Change | None:
    """A mapping in brackets or in lines of its own."""
    key, old = _pair(value, _VERSION)
    if key is not None and isinstance(old, ScalarNode):
        return _in_place(old, version, key)
    if not value.value:
        column = value.start_mark.column + 1
        return _Change(value.start_mark.line, column, column, f"{word}: {version}")
    first, _ = value.value[0]
    mark = first.start_mark
    if value.flow_style:
        return _Change(mark.line, mark.column, mark.column, f"{word}: {version}, ")
    return _Change(mark.line, 0, 0, f"{' ' * mark.column}{word}: {version}", is_line=True)


def _in_place(old: ScalarNode, text: str, key: ScalarNode) -> _Change | None:
    """In the place of a value on one line; behind the colon of a key that has none."""
    if not is_empty(old) or old.value:
        start, end = old.start_mark, old.end_mark
        is_one_line = start.line == end.line
        return _Change(start.line, start.column, end.column, text) if is_one_line else None
    column = key.end_mark.column + 1
    return _Change(key.end_mark.line, column, column, f" {text}")


def _pair(node: MappingNode, names: tuple[str, str]) -> tuple[ScalarNode, Node] | tuple[None, None]:
    """A key by either of its names, with its value."""
    for name, value in node.value:
        if isinstance(name, ScalarNode) and name.value in names:
            return name, value
    return None, None


def _says(text: str, version: str, is_markdown: bool) -> bool:
    """Does a text now say the version, and can it be read?"""
    front = split(text)[0] if is_markdown else text
    root, problems = compose(front)
    if problems or not isinstance(root, MappingNode):
        return False
    _, approval = _pair(root, _APPROVAL)
    if not isinstance(approval, MappingNode):
        return False
    _, found = _pair(approval, _VERSION)
    return isinstance(found, ScalarNode) and found.value == version
