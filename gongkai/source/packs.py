"""The built-in rule packs: files that come with the program."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from gongkai.source.document import read_document
from gongkai.source.shapes import BAD, Shape


@cache
def pack(name: str, shape: Shape) -> Any:
    """A built-in file. It is ours, so a problem in it is a defect and not a finding."""
    value, reading = read_document(Path(str(files("gongkai") / "rulebook" / "packs" / name)), shape)
    if value is BAD:
        raise AssertionError(f"{name}: {reading.problems}")
    return value
