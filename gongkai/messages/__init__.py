"""Every sentence the product says, in Chinese and English, from files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from gongkai.domain.finding import Both, Finding
from gongkai.domain.labels import name_of

_NUMBER = re.compile(r"(?P<day>(?<!\d)\d{4}-\d\d-\d\d(?!\d))|(?:\d[ _/-]?){9,}[\dXx]?")
"""A day, or anything long enough to be a personal number; the latter is never repeated."""


@cache
def _file(lang: str) -> Mapping[str, Any]:
    text = (files("gongkai") / "messages" / f"{lang}.yml").read_text("utf-8")
    loaded: Mapping[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return loaded


def say(lang: str, key: str, /, **values: object) -> str:
    """The sentence of a dotted key, with its values filled in. KeyError if there is none."""
    sentence = str(_entry(lang, key))
    if "{" not in sentence:
        return sentence
    return sentence.format_map(_ShownValues({name: _shown(v, lang) for name, v in values.items()}))


def sentences(lang: str) -> Iterator[str]:
    """Every sentence of a language, its place-holders as they stand."""
    open_ones: list[Any] = [_file(lang)]
    while open_ones:
        one = open_ones.pop()
        if isinstance(one, Mapping):
            open_ones += one.values()
        else:
            yield str(one)


@cache
def _entry(lang: str, key: str) -> Any:
    entry: Any = _file(lang)
    for part in key.split("."):
        entry = entry[part]
    return entry


def message(finding: Finding, lang: str) -> str:
    """What a finding says."""
    return _of(finding, lang, "message")


def hint(finding: Finding, lang: str) -> str:
    """How to mend it."""
    return _of(finding, lang, "hint")


def _of(finding: Finding, lang: str, part: str) -> str:
    case = f".{finding.case}" if finding.case else ""
    near = finding.values.get("near")
    suffix = (
        "-near" if part == "hint" and near and _has(lang, f"rules.{finding.rule}{case}") else ""
    )
    text = say(lang, f"rules.{finding.rule}{case}.{part}{suffix}", **finding.values)
    return _NUMBER.sub(lambda found: found["day"] or "…", text)


def _has(lang: str, key: str) -> bool:
    return "hint-near" in _entry(lang, key)


class _ShownValues(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _shown(value: object, lang: str) -> str:
    """A value as a clerk would write it."""
    if isinstance(value, Enum):
        return name_of(value, lang)
    if isinstance(value, Both):
        return value.zh if lang == "zh" else value.en
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        shown = [_shown(one, lang) for one in value[:40]]
        return ("、" if lang == "zh" else ", ").join(shown)
    return str(value)
