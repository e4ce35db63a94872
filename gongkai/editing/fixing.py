"""Mending what can be mended safely: colons, quotation marks, brackets, bars and digits of the
wrong width, days in another spelling, misspelt keys, blanks at the ends of lines, and an end that
comes too soon.

Each mend is made at the place of a finding; a file is only written when what is wrong with it has
become less and nothing new is wrong.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from difflib import SequenceMatcher, unified_diff
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.domain.finding import Finding, Severity
from gongkai.domain.model import Item, Value
from gongkai.editing.narrow import barred
from gongkai.editing.readable import BODIES, readable
from gongkai.source.appraisal import APPRAISAL
from gongkai.source.boards import shape_with
from gongkai.source.catalogue import site_shape
from gongkai.source.checklist import CHECKLIST
from gongkai.source.item_shape import item_shape
from gongkai.source.ledgers import INSPECTIONS, OPINIONS
from gongkai.source.org import org_shape
from gongkai.source.privacy.numbers import veiled
from gongkai.source.shapes import Record
from gongkai.source.surveys import SURVEYS

_ALIKE = 0.7
"""How like the known key a misspelt one must be."""
_ROUNDS = 4
"""A colon that is mended shows what else is wrong; more rounds than this nobody needs."""

Judge = Callable[[], tuple[Iterable[Finding], Mapping[str, Item]]]
"""Reads the site as it is: what is wrong, and its items by path."""


class Mended(Value, frozen=True):
    """What was done: for each file, by its path from the site's folder, the text before and
    after."""

    files: Mapping[str, tuple[str, str]]

    def differences(self) -> str:
        """As a difference, the way version control shows it; without personal numbers."""
        parts: list[str] = []
        for path, (before, after) in sorted(self.files.items()):
            lines = before.splitlines(keepends=True), after.splitlines(keepends=True)
            parts += unified_diff(*lines, f"a/{path}", f"b/{path}")
        return "".join(f"{veiled(line.rstrip(chr(10)))}\n" for line in parts)


def mend(root: Path, judge: Judge) -> Mended:
    """Mend what is safe in a site, file by file, until nothing more can be."""
    first: dict[str, str] = {}
    given_up: set[str] = set()
    for _ in range(_ROUNDS):
        found, items = _by_path(judge)
        changed = {}
        for path, findings in found.items():
            text = _read(root / path)
            after = (
                mended(text, findings, items.get(path)) if text and path not in given_up else text
            )
            if after != text:
                changed[path] = (text, after)
        if not changed:
            break
        for path, (_before, after) in changed.items():
            _write(root / path, after)
        again, _ = _by_path(judge)
        for path, (before, _after) in changed.items():
            if _is_better(found[path], again.get(path, [])):
                first.setdefault(path, before)
            else:
                _write(root / path, before)
                given_up.add(path)
    return Mended({path: (text, _read(root / path)) for path, text in first.items()})


def _is_better(before: list[Finding], after: list[Finding]) -> bool:
    """Is less wrong? What can be read at last may have warnings of its own."""
    return _weight(after) < _weight(before) or _is_deeper(before, after)


def _weight(findings: list[Finding]) -> tuple[int, int]:
    return sum(finding.severity is Severity.ERROR for finding in findings), len(findings)


def _is_deeper(before: list[Finding], after: list[Finding]) -> bool:
    """Was a mistake mended that hid others? Is the next one further down?"""
    first, then = (
        min((finding.line for finding in found if _hides(finding)), default=0)
        for found in (before, after)
    )
    return first > 0 and (not then or then > first)


def _hides(one: Finding) -> bool:
    """Is it something of which nothing further down can be read?"""
    return (one.rule, one.case) == ("format/type", "mapping") or one.rule == "format/syntax"


def _by_path(judge: Judge) -> tuple[dict[str, list[Finding]], Mapping[str, Item]]:
    findings, items = judge()
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.path.endswith((".md", ".yml", ".yaml")):
            found[finding.path].append(finding)
    return found, items


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8") if path.is_file() else ""
    except UnicodeDecodeError:
        return ""


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def mended(text: str, findings: Iterable[Finding], item: Item | None) -> str:
    """A text with what is safe mended; later places first, so that earlier ones stay true."""
    findings = list(findings)
    if any((finding.rule, finding.case) == ("table/ragged", "wide-bar") for finding in findings):
        return "\n".join(barred(text.split("\n")))
    if item is None or any(_is_punctuation(finding) for finding in findings):
        whole = readable(text, _names())
        if whole != text:
            return whole
    lines = text.split("\n")
    for finding in sorted(findings, key=lambda one: (one.line, one.column), reverse=True):
        at = finding.line - 1
        if 0 <= at < len(lines):
            lines[at] = _line(lines[at], finding, item)
    return "\n".join(_trimmed(lines))


def _is_punctuation(one: Finding) -> bool:
    return one.rule == "format/syntax" or str(one.values.get("found", ""))[:1] in tuple("“”‘’｛［")


@cache
def _names() -> frozenset[str]:
    """What may stand before a colon in an item, a board or another file of a site."""
    shapes: list[Any] = [
        item_shape(ZoneInfo("UTC")),
        site_shape(),
        org_shape(),
        shape_with({}),
        OPINIONS,
        SURVEYS,
        INSPECTIONS,
        CHECKLIST,
        APPRAISAL,
    ]
    found: set[str] = set()
    while shapes:
        shape = shapes.pop()
        if isinstance(shape, Record):
            found |= shape.table.keys()
            shapes += [key.shape for key in shape.keys]
        inner = map(vars(shape).get, ("shape", "scalar", "mapping", "many"))
        shapes += [one for one in inner if one]
    return frozenset(found)


def _line(line: str, one: Finding, item: Item | None) -> str:
    found, near = str(one.values.get("found") or ""), str(one.values.get("near") or "")
    case = (one.rule, one.case)
    if case == ("format/syntax", "wide-colon"):
        return line.replace("：", ": ", 1)
    if one.rule == "format/unknown-key" and near and _alike(found, near):
        return _replaced(line, found, near, one.column - 1)
    if one.rule == "format/type" and one.case in ("day", "period", "far-day") and near:
        return _replaced(line, found, near, 0)
    plain = unicodedata.normalize("NFKC", found)
    if one.rule in ("ref/board", "format/unknown-value") and found != plain == near:
        return _replaced(line, found, near, 0)
    if one.rule == "format/type" and found != plain and plain.isascii():
        return _replaced(line, found, plain, 0)
    if one.rule == "dates/too-short" and item is not None and one.values.get("minimum"):
        end = item.first_day + timedelta(days=int(str(one.values["minimum"])) - 1)
        return _replaced(line, str(item.last_day), str(end), 0)
    return line


def _alike(found: str, near: str) -> bool:
    return SequenceMatcher(None, found.lower(), near.lower()).ratio() >= _ALIKE


def _replaced(line: str, found: str, near: str, start: int) -> str:
    """One word for another, if it stands there once and only once."""
    if not found or line.count(found, start) != 1:
        return line
    return line[:start] + line[start:].replace(found, near, 1)


def _trimmed(lines: list[str]) -> list[str]:
    """Lines without blanks at their ends, as far as the keys go: in a text two of them mean
    something."""
    is_front = bool(lines) and lines[0].rstrip() == "---"
    done: list[str] = []
    for number, line in enumerate(lines):
        is_end = is_front and number > 0 and line.rstrip() == "---"
        if is_end or line.partition(":")[0].strip() in BODIES:
            return [*done, line.rstrip(" \t"), *lines[number + 1 :]]
        done.append(line.rstrip(" \t"))
    return done
