"""Where the keys that a rule names stand in their files; few are asked for, so read again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import structs

from gongkai.domain.finding import Finding
from gongkai.domain.model import Site
from gongkai.source import catalogue, holidays, org
from gongkai.source.beside import cell_with
from gongkai.source.boards import board_shape
from gongkai.source.document import read_document
from gongkai.source.files import read_text
from gongkai.source.items import spots_of
from gongkai.source.privacy.numbers import veiled
from gongkai.source.shapes import Spot


def place(findings: Iterable[Finding], site: Site) -> list[Finding]:
    """Findings with the line and column of the first of their keys that was typed, once each, and
    without the digits of personal numbers that somebody wrote into a file's name."""
    known: dict[str, Mapping[str, Spot]] = {}
    placed = []
    for finding in findings:
        if finding.keys:
            if finding.path not in known:
                known[finding.path] = _spots(finding.path, site)
            spots = known[finding.path]
            line, column = next((spots[key] for key in finding.keys if key in spots), (1, 1))
            finding = structs.replace(finding, keys=(), line=line, column=column)
        if finding.sign:
            finding = _at_sign(finding, site)
        placed.append(_sayable(finding))
    return list(
        {(finding.order, finding.item, finding.board): finding for finding in placed}.values()
    )


_SITE_NAME = re.compile(r"^site_name[ \t]*:", re.MULTILINE)


def _at_sign(finding: Finding, site: Site) -> Finding:
    """At a sign, from where its key stands on: as itself, escaped, or as an entity; in a table
    beside the item, by its cell."""
    sign, path = finding.sign, site.root / finding.path
    finding = structs.replace(finding, sign="")
    if "sheet" in finding.values:
        cell = cell_with(
            path.parent / str(finding.values["file"]), str(finding.values["sheet"]), sign
        )
        return structs.replace(finding, values={**finding.values, "cell": cell})
    text, _ = read_text(path)
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: finding.line - 1]) + finding.column - 1
    found = _typings(sign).search(text, start)
    if not found:
        return finding
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    return structs.replace(finding, line=line, column=column)


def _typings(sign: str) -> re.Pattern[str]:
    """Every way to type a sign."""
    code = f"{ord(sign):x}"
    escapes = [f"\\\\U{code:0>8}"]
    escapes += [f"\\\\u{code:0>4}"] if len(code) <= 4 else []
    escapes += [f"\\\\x{code:0>2}"] if len(code) <= 2 else []
    entities = [f"&#x0{{0,8}}{code};", f"&#0{{0,8}}{ord(sign)};"]
    return re.compile("|".join([re.escape(sign), *escapes, *entities]), re.IGNORECASE)


def _spots(path: str, site: Site) -> Mapping[str, Spot]:
    """Where each key of a file stands that was read by its shape."""
    if path.startswith("boards/"):
        known, _ = catalogue.read_catalogue(site.root, site.lang, (), {})
        shape = board_shape(known)
    elif path == org.PATH:
        shape = org.org_shape()
    elif path == catalogue.PATH:
        shape = catalogue.site_shape()
    elif path == holidays.PATH:
        shape = holidays.calendar_shape()
    elif path == site.config.name:
        text, _ = read_text(site.config)
        found = _SITE_NAME.search(text)
        return {"site_name": (text.count("\n", 0, found.start()) + 1, 1)} if found else {}
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
