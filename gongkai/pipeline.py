"""The whole way of the data, in order. Read this first."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from gongkai import __version__
from gongkai.changes import next_change
from gongkai.edition import Edition, make_edition
from gongkai.finding import Finding, Severity
from gongkai.listing import instant, json_text
from gongkai.model import Site, Value
from gongkai.publish import MANIFEST, check_target, fill, folder_beside, make_manifest, publish
from gongkai.render.frame import Shell
from gongkai.rules import check, settle
from gongkai.source.library import read_library
from gongkai.source.places import place
from gongkai.standing import Standings, stand
from gongkai.work import ALONE, Means

MakeShell = Callable[[Site, Path], Shell]
"""Renders the frame of a site into a folder."""


class Checked(Value, frozen=True):
    """A library at an instant, with everything that was found about it."""

    standings: Standings
    findings: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(one.severity is severity for one in self.findings)


class Built(Value, frozen=True):
    """What a build came to; ``files`` is 0 when errors kept it from publishing."""

    checked: Checked
    files: int


def build(
    site: Site, now: datetime, out: Path, make_shell: MakeShell, means: Means = ALONE
) -> Built:
    """Check a site and publish it to ``out``; with an error nothing is published.

    ``make_shell`` has the frame rendered; it is handed in because only the rim knows MkDocs.
    The site is the same whatever the ``means``.
    """
    checked = read_and_check(site, now)
    if checked.count(Severity.ERROR):
        return Built(checked, 0)
    check_target(out, site)
    edition = make_edition(checked.standings)
    with folder_beside(out) as folder:
        shell = make_shell(site, folder / "shell")
        files = publish(out, folder, edition, shell, manifest_of(edition), means)
    return Built(checked, files)


def read_and_check(site: Site, now: datetime) -> Checked:
    """Read a site and judge it at an instant."""
    library, findings = read_library(site)
    standings = stand(library, now)
    findings += check(standings)
    placed = place(settle(findings, standings), site)
    return Checked(standings, tuple(sorted(placed, key=lambda one: one.order)))


def fill_in_place(checked: Checked, shell: Shell, folder: Path) -> None:
    """Fill a site that MkDocs has written itself, where it lies."""
    edition = make_edition(checked.standings)
    hashes = fill(folder, edition, shell, ALONE)
    text = json_text({**manifest_of(edition), "files": dict(sorted(hashes.items()))})
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def manifest_of(edition: Edition) -> dict[str, object]:
    """The manifest of an edition, without its files."""
    following = next_change(edition.standings).next
    return make_manifest(
        edition,
        __version__,
        str(instant(edition.now)),
        next_change=instant(following),
        commit=_commit(edition.site.root),
    )


def _commit(root: Path) -> str | None:
    """The commit the content is at, or None outside git."""
    command = ["git", "-C", str(root), "rev-parse", "--verify", "-q", "HEAD"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout.strip() or None
