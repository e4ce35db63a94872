"""When only the clock has moved on: the site as it is, with a new instant on it.

Between the instants at which anything changes, a site whose files nobody touched stays the same
but for the instant of its build. Then nothing is read or made: a few pages are stamped anew. It
gives the same bytes as going the whole way, and whenever one of its conditions does not hold, that
way is gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum

import msgspec

from gongkai.domain.finding import Both, Finding
from gongkai.domain.labels import name_of
from gongkai.domain.model import Site
from gongkai.files.artifact_cache import shelf_in
from gongkai.files.workers import Means
from gongkai.messages import hint, message
from gongkai.publish.manifest import MANIFEST, manifest_about, manifest_parts, whole_manifest
from gongkai.publish.stage import Stage
from gongkai.render.built import stamped


class BuildRecord(msgspec.Struct, array_like=True):
    """How a build that made a site ended: from when until when that holds, and what was found.

    ``timed`` are the pages that tell the instant of the build, with their keys on the shelf.
    ``inputs`` stand for what it was made from.
    """

    since: datetime
    until: datetime
    findings: tuple[Finding, ...]
    items: int
    boards: int
    timed: dict[str, str] = {}
    inputs: bytes = b""

    def holds(self, inputs: bytes | None, now: datetime) -> bool:
        """Would a build from these inputs at an instant end in the same way?"""
        return bool(inputs) and inputs == self.inputs and self.since <= now < self.until

    def encoded(self, inputs: bytes | None) -> bytes:
        """As it is kept: without its inputs when it cannot be told what it was made from, or when
        a finding would not say the same when it comes back."""
        findings = tuple(
            msgspec.structs.replace(
                finding, values={key: _both(it) for key, it in finding.values.items()}
            )
            for finding in self.findings
        )
        whole = msgspec.structs.replace(self, findings=findings, inputs=inputs or b"")
        data = msgspec.msgpack.encode(whole)
        again = _decoded(data)
        pairs = zip(self.findings, again.findings, strict=True)
        if all(_sentences(finding) == _sentences(other) for finding, other in pairs):
            return data
        return msgspec.msgpack.encode(msgspec.structs.replace(self, findings=(), inputs=b""))

    def renews(self, before: BuildRecord | None, stage: Stage) -> bool:
        """Is nothing new but the instant of the build?"""
        is_same = before is not None and before.timed == self.timed
        return is_same and not stage.differs((*self.timed, MANIFEST))


def _sentences(finding: Finding) -> list[str]:
    return [say(finding, lang) for say in (message, hint) for lang in ("zh", "en")]


def outcome_of(stage: Stage) -> BuildRecord | None:
    """How the build of the site as it is ended, if that is known."""
    kept = stage.live.outcome
    return _decoded(kept) if kept else None


def _decoded(kept: bytes) -> BuildRecord:
    """An outcome as it was kept; names in two languages come back as what they were."""
    outcome = msgspec.msgpack.decode(kept, type=BuildRecord)
    findings = tuple(
        msgspec.structs.replace(
            finding, values={key: _named(it) for key, it in finding.values.items()}
        )
        for finding in outcome.findings
    )
    return msgspec.structs.replace(outcome, findings=findings)


def _both(value: object) -> object:
    """A value as it is kept: a member of an enum by its names in two languages."""
    if isinstance(value, Enum):
        return Both(name_of(value, "zh"), name_of(value, "en"))
    return [_both(one) for one in value] if isinstance(value, (list, tuple)) else value


def _named(value: object) -> object:
    """What was kept of it."""
    if isinstance(value, list):
        return [_named(one) for one in value]
    is_name = isinstance(value, dict) and value.keys() == {"zh", "en"}
    return msgspec.convert(value, Both) if is_name else value


def renew(
    site: Site,
    stage: Stage,
    outcome: BuildRecord | None,
    inputs: bytes | None,
    now: datetime,
    means: Means,
    commit: str | None,
) -> BuildRecord | None:
    """Bring a site to an instant by stamping alone; None when more than that has to be done.

    ``outcome`` is how the build of the site as it is ended.
    """
    if outcome is None or not outcome.holds(inputs, now):
        return None
    shelf = shelf_in(means.keep)
    pages = {path: shelf.find(key) for path, key in outcome.timed.items()}
    if not all(pages.values()):
        return None
    stage.begin()
    if not _reuse_rest(stage, pages):
        return None
    for path, page in pages.items():
        stage.write(path, stamped(page or b"", now.astimezone(site.zone)))
    head, items = manifest_parts((stage.out / MANIFEST).read_bytes())
    about = manifest_about(head, now.astimezone(site.zone), commit)
    hashes = {path: filed.sha256 for path, filed in sorted(stage.next.files.items())}
    stage.write(MANIFEST, whole_manifest(about, items, hashes))
    stage.next.hidden, stage.next.proved = stage.live.hidden, stage.live.proved
    stage.next.outcome = stage.live.outcome
    stage.keeps_tasks = True
    return outcome


def _reuse_rest(stage: Stage, pages: Mapping[str, bytes | None]) -> bool:
    """See to it that every file that tells no instant is in its place."""
    others = (
        item for item in stage.live.files.items() if item[0] not in pages and item[0] != MANIFEST
    )
    return all(stage.reuse(path, filed.sha256) for path, filed in others)
