"""What is said about every key of every file, in Chinese and English, with an example."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml


class KeyHelp(NamedTuple):
    """What is said about a key, and an example of its value as it is typed."""

    zh: str
    en: str
    example: str


def told(trail: str) -> KeyHelp:
    """What is said about the key at a trail, such as ``item.notice.from``. KeyError if nothing."""
    name, _, below = trail.partition(".")
    known = _keys()
    found = known[name].get(below) or known["anywhere"][below.rpartition(".")[2]]
    return KeyHelp(*map(str, found))


@cache
def _keys() -> Mapping[str, Any]:
    text = (files("gongkai.source") / "keys.yml").read_text("utf-8")
    found: Mapping[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return found
