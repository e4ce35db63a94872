"""Writing an item as a clerk would: Chinese keys, with a word of explanation where it helps."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from gongkai.domain.errors import UsageError

SCHEMAS = ".vscode/schema"
"""Where a site keeps what its editors check and complete by."""


class KeyLine(NamedTuple):
    """One key of an item with its value, and what is said beside it. ``is_open`` says that it is
    written as a comment, for somebody to fill in."""

    key: str
    value: Any
    comment: str = ""
    is_open: bool = False


def item_text(root: Path, path: Path, lines: Iterable[KeyLine], body: str) -> str:
    """An item as YAML, the body at its end."""
    schema = os.path.relpath(root / SCHEMAS / "item.json", path.parent).replace(os.sep, "/")
    head = [f"# yaml-language-server: $schema={schema}", *map(_line, lines), "正文: |"]
    return "\n".join([*head, *(f"  {line}".rstrip() for line in body.splitlines())]) + "\n"


def _line(line: KeyLine) -> str:
    comment = f"  # {line.comment}" if line.comment else ""
    start = "# " if line.is_open else ""
    return f"{start}{line.key}: {plain(line.value)}{comment}"


def plain(value: Any) -> str:
    """A value as YAML on one line."""
    made = yaml.dump(value, Dumper=_ItemDumper, allow_unicode=True, sort_keys=False, width=10**6,
                     default_flow_style=True)  # fmt: skip
    return str(made).removesuffix("\n").removesuffix("\n...")


class _ItemDumper(yaml.SafeDumper):
    """Leaves ``2026-12`` as it is, which only an older YAML would take for something else, and
    writes ``~`` for what is still to be filled in."""

    def represent_nothing(self, _: None) -> yaml.Node:
        """``~``: a key left so counts as not given."""
        return self.represent_scalar("tag:yaml.org,2002:null", "~")


_ItemDumper.add_representer(type(None), _ItemDumper.represent_nothing)


def table_text(rows: list[list[str]], align: str = "") -> str:
    """Rows as a Markdown table, heads first; ``align`` has ``r`` for columns of numbers."""
    marks = [("---:" if align[n : n + 1] == "r" else "---") for n in range(len(rows[0]))]
    lines = ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "|".join(marks) + "|", *lines[1:]])


def _cell(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text).replace("|", "\\|").replace("\n", " ")


_SIGNS = re.compile(r"[\\`*_\[\]<~]|&(?=#?\w+;)")
"""What Markdown would read as more than itself, wherever it stands."""
_BLOCK = re.compile(r"[-+](?=\s|$)|#{1,6}(?=\s|$)|>|[-=]+\s*$")
"""What begins a list, a heading or a quotation, or underlines one, at the start of a line."""
_NUMBERED = re.compile(r"\d{1,9}[.)](?=\s|$)")


def as_typed(line: str) -> str:
    """A line as Markdown that shows it as it was typed."""
    escaped = _SIGNS.sub(r"\\\g<0>", line.strip())
    if found := _NUMBERED.match(escaped):
        return f"{found[0][:-1]}\\{escaped[found.end() - 1 :]}"
    return f"\\{escaped}" if _BLOCK.match(escaped) else escaped


def replace_file(path: Path, data: bytes) -> None:
    """Put a file in the place of another, in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    spare = path.with_name(f".{path.name}.new")
    spare.write_bytes(data)
    spare.replace(path)


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet. UsageError when it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise UsageError("error.exists", path=str(path)) from error
