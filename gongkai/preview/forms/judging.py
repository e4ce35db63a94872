"""What is wrong with what is being typed, beside its field, before anything is written.

The rules are those of ``check``; nothing is judged in the browser. What takes the other items to
judge is told once it is saved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from msgspec import structs

from gongkai.domain.finding import Finding, Severity
from gongkai.domain.model import Library
from gongkai.editing.filed import ITEM, FileKind
from gongkai.editing.schemas import shapes
from gongkai.messages import hint, message
from gongkai.rules import check, settle
from gongkai.source.boards import board_names
from gongkai.source.document import finding_of
from gongkai.source.item_shape import item_shape
from gongkai.source.items import Context, read_item, split
from gongkai.source.kept import digest_of
from gongkai.source.meetings import proved
from gongkai.source.privacy.leaks import phones_of
from gongkai.source.shapes import Reading
from gongkai.source.yaml import compose
from gongkai.status.standing import stand


class FormFinding(NamedTuple):
    """A finding at the field it is about, or at none."""

    trail: str
    severity: Severity
    text: str


def judged(
    library: Library, kind: FileKind, path: str, text: str, now: datetime
) -> list[FormFinding]:
    """What there is to say about a file as it would be."""
    is_item = kind.name == ITEM
    found = _of_item(library, path, text, now) if is_item else _of_shape(library, kind, path, text)
    trails = _trails(library, kind, path, text)
    return [_form_finding(finding, trails, library.site.lang) for finding in found]


def placed(
    library: Library, kind: FileKind, path: str, text: str, found: list[Finding]
) -> list[FormFinding]:
    """Findings of the last look at the site at the fields of a file."""
    trails = _trails(library, kind, path, text)
    return [
        _form_finding(finding, trails, library.site.lang)
        for finding in found
        if finding.path == path
    ]


def _form_finding(finding: Finding, trails: Mapping[int, str], lang: str) -> FormFinding:
    text = f"{message(finding, lang)} → {hint(finding, lang)}"
    at = max((line for line in trails if line <= finding.line), default=0)
    trail = finding.keys[0] if finding.keys else trails.get(at, "")
    return FormFinding(trail, finding.severity, text)


def _of_item(library: Library, path: str, text: str, now: datetime) -> Iterator[Finding]:
    site, data = library.site, text.encode()
    context = Context.of(site, library.catalogue, board_names(site.root), phones_of(library.org))
    read = read_item(path, data, context, digest_of(data))
    yield from read.findings
    if read.item is None:
        return
    meetings = {meeting.id: meeting for meeting in library.meetings}
    item = proved(read.item, meetings, library.catalogue) if read.item.meeting else read.item
    others = [one for one in library.items if one.id == item.corrects and one.path != path]
    standings = stand(structs.replace(library, items=(item, *others)), now)
    for finding in settle(check(standings), standings):
        if finding.path == path:
            yield finding


def _of_shape(library: Library, kind: FileKind, path: str, text: str) -> Iterator[Finding]:
    node, problems = compose(text)
    reading = Reading()
    if node is not None:
        shapes(library)[kind.name].read(node, "", reading)
    for problem in (*problems, *reading.problems):
        yield finding_of(problem, path)


def _trails(library: Library, kind: FileKind, path: str, text: str) -> Mapping[int, str]:
    """The name of the key that stands on each line; the text of an item begins on a line, too."""
    keys, first, body = text, 1, 0
    if path.lower().endswith(".md"):
        plain = text.replace("\r\n", "\n")
        keys, _, body, problems = split(plain)
        first = 2
        if problems:
            return {}
    node, _ = compose(keys, first)
    if node is None:
        return {}
    reading = Reading(first)
    shape = item_shape(library.site.zone) if kind.name == ITEM else shapes(library)[kind.name]
    shape.read(node, "", reading)
    found = {line: trail.lstrip(".") for trail, (line, _) in reading.spots.items()}
    return {**found, **({body: "body"} if body else {})}
