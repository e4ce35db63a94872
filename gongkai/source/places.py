"""Where the keys that a rule names stand in their files; few are asked for, so read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import structs

from gongkai.domain.finding import Finding
from gongkai.domain.model import Site
from gongkai.source import catalogue, org
from gongkai.source.boards import board_shape
from gongkai.source.document import read_document
from gongkai.source.items import spots_of
from gongkai.source.privacy.numbers import veiled
from gongkai.source.scalars import LINE
from gongkai.source.shapes import Key, Record, Spot


def place(findings: Iterable[Finding], site: Site) -> list[Finding]:
    """Findings with the line and column of the first of their keys that was typed, and without the
    digits of personal numbers that somebody wrote into a file's name."""
    known: dict[str, Mapping[str, Spot]] = {}
    placed = []
    for finding in findings:
        if finding.keys:
            if finding.path not in known:
                known[finding.path] = _spots(finding.path, site)
            spots = known[finding.path]
            line, column = next((spots[key] for key in finding.keys if key in spots), (1, 1))
            finding = structs.replace(finding, keys=(), line=line, column=column)
        placed.append(_sayable(finding))
    return placed


_NAMED = Record(dict, Key("site_name", "站点名称", LINE))
"""What a finding may be about in MkDocs' own file."""


def _spots(path: str, site: Site) -> Mapping[str, Spot]:
    """Where each key of a file stands that was read by its shape."""
    if path.startswith("boards/"):
        known, _ = catalogue.read_catalogue(site.root, site.lang, ())
        shape = board_shape(known)
    elif path == org.PATH:
        shape = org.org_shape()
    elif path == catalogue.PATH:
        shape = catalogue.site_shape()
    elif path == site.config.name:
        shape = _NAMED
    else:
        return spots_of(site.root / path, site.zone)
    return read_document(site.root / path, shape)[1].spots


def _sayable(finding: Finding) -> Finding:
    """A finding that repeats no personal number, and no sign that is none."""
    said = structs.replace(
        finding,
        path=_plain(finding.path),
        item=finding.item and _plain(finding.item),
        values={name: _value(value) for name, value in finding.values.items()},
    )
    return finding if said == finding else said


def _value(value: object) -> object:
    if isinstance(value, str):
        return _plain(value)
    return [_value(one) for one in value] if isinstance(value, (list, tuple)) else value


def _plain(text: str) -> str:
    """A text without digits of persons; bytes of names that are no UTF-8 as ``\\xff``."""
    if not text.isprintable():
        text = text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return veiled(text)
