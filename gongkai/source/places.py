"""Where the keys that a rule names stand in their files; few are asked for, so read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import structs

from gongkai.finding import Finding
from gongkai.model import Site
from gongkai.source.items import spots_of
from gongkai.source.personal import veiled
from gongkai.source.shapes import Spot


def place(findings: Iterable[Finding], site: Site) -> list[Finding]:
    """Findings with the line and column of the first of their keys that was typed, and without the
    digits of personal numbers that somebody wrote into a file's name."""
    known: dict[str, Mapping[str, Spot]] = {}
    placed = []
    for finding in findings:
        if finding.keys:
            if finding.path not in known:
                known[finding.path] = spots_of(site.root / finding.path, site.zone)
            spots = known[finding.path]
            line, column = next((spots[key] for key in finding.keys if key in spots), (1, 1))
            finding = structs.replace(finding, keys=(), line=line, column=column)
        path, item = veiled(finding.path), finding.item and veiled(finding.item)
        if (path, item) != (finding.path, finding.item):
            finding = structs.replace(finding, path=path, item=item)
        placed.append(finding)
    return placed
