"""The verbs that reach other machines, when they are told to."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from gongkai.checking import read_and_check
from gongkai.errors import UsageError
from gongkai.finding import Severity
from gongkai.lock import locked
from gongkai.matters import Matter, matters
from gongkai.messages import say
from gongkai.model import Library, Robot, Site
from gongkai.progress import NOBODY
from gongkai.reports.report import printable
from gongkai.source.library import Reader
from gongkai.telling.digest import Digest, digest
from gongkai.telling.record import Told, read_told, write_told
from gongkai.telling.remind import news, remind
from gongkai.telling.robots import Access, Answer, Fate, send
from gongkai.work import ALONE

FINE, FOUND = 0, 1


def _note(lang: str, key: str, /, **values: object) -> None:
    print(f"gongkai: {printable(say(lang, key, **values))}", file=sys.stderr)


class _Round(NamedTuple):
    """One round of reminders: about what, when, in whose words, and whether what may have arrived
    is sent again."""

    library: Library
    found: tuple[Matter, ...]
    now: datetime
    lang: str
    is_again: bool

    def digests(self, told: Told) -> list[Digest]:
        org, url = self.library.org.short, self.library.site.url
        parts = news(self.found, told, again=self.is_again)
        return [
            digest(org, dept, ones, self.now.date(), self.lang, url) for dept, ones in parts.items()
        ]


def notify(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """Remind departments; 1 when somebody could not be told, or the content has errors."""
    lang = options.lang or site.lang
    if not options.record and not options.dry_run:
        raise UsageError("error.no-record")
    checked = read_and_check(Reader(site, ALONE), now, NOBODY)
    errors = sum(one.severity is Severity.ERROR for one in checked.findings)
    if errors:  # what cannot be read would seem to be missing
        _note(lang, "tell.errors", count=errors)
        return FOUND
    standings = checked.standings
    this = _Round(standings.library, matters(standings), now, lang, options.unsettled == "again")
    if options.dry_run:
        told = read_told(Path(options.record)) if options.record else Told()
        for one in this.digests(told):
            print(*map(printable, one.text.splitlines()), "", sep="\n")
        return FINE
    access = _access(this.library, os.environ)
    path = Path(options.record).absolute()
    with locked(path.with_name(f"{path.name}.lock"), None):
        told = read_told(path).among(one.key for one in this.found)
        told = told.taken(told.sending) if options.unsettled == "arrived" else told
        write_told(path, told)
        return _tell(this, access, told, path)


def _tell(this: _Round, access: Mapping[Robot, Access], told: Told, path: Path) -> int:
    """Tell everybody what is new, as the record has it."""
    status = FINE
    if told.sending and not this.is_again:
        named = sorted(told.sending)[:_NAMED]
        _note(this.lang, "tell.unsettled", count=len(told.sending), names=named)
        status = FOUND
    ready = []
    for one in this.digests(told):
        robot = this.library.org.robot(one.dept)
        if robot:
            ready.append((one, robot))
        else:
            _note(this.lang, "tell.no-robot", dept=_called(one, this.lang), count=len(one.matters))
            status = FOUND

    def deliver(one: Digest, robot: Robot) -> Answer:
        return send(robot.service, access[robot], one, this.now)

    for one, answer in remind(ready, deliver, told, path):
        dept = _called(one, this.lang)
        if answer.fate is Fate.TAKEN:
            print(f"{printable(dept)}\t{len(one.matters)}")
        else:
            _note(this.lang, f"tell.{answer.fate.value}", dept=dept, why=answer.why)
            status = FOUND
    return status


_NAMED = 5


def _called(one: Digest, lang: str) -> str:
    return one.dept or say(lang, "tell.nobody")


def _access(library: Library, environ: Mapping[str, str]) -> dict[Robot, Access]:
    """Where each robot is; UsageError for a variable that is not set, before anything is sent."""
    names = {name for one in library.org.robots for name in (one.address, one.secret) if name}
    lacking = sorted(name for name in names if not environ.get(name))
    if lacking:
        raise UsageError("error.no-variable", names=lacking)
    return {
        one: Access(environ[one.address], environ[one.secret] if one.secret else None)
        for one in library.org.robots
    }
