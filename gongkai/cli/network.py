"""The verbs that reach other machines, when they are told to."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from gongkai.cli.reports.report import printable
from gongkai.domain.errors import UsageError
from gongkai.domain.finding import Severity
from gongkai.domain.model import Library, Robot, Site
from gongkai.domain.progress import NOBODY
from gongkai.federation.gather import FactoryState, gather
from gongkai.federation.overview import (
    KEPT,
    PAGE,
    kept,
    page,
    read_kept,
    reason,
    sorted_for_reading,
)
from gongkai.files.lock import locked
from gongkai.files.workers import ALONE
from gongkai.messages import say
from gongkai.reminders.deputies import with_deputies
from gongkai.reminders.digest import Digest, digest
from gongkai.reminders.matters import Reminder, matters
from gongkai.reminders.news import Bulletin, bulletins, is_quiet
from gongkai.reminders.record import NOTHING, SentRecord, read_told, write_told
from gongkai.reminders.remind import news, remind
from gongkai.reminders.robots import Access, Delivery, Fate, send
from gongkai.rules.checking import read_and_check
from gongkai.source.library import Reader

FINE, FOUND = 0, 1


def _note(lang: str, key: str, /, **values: object) -> None:
    print(f"gongkai: {printable(say(lang, key, **values))}", file=sys.stderr)


class _Round(NamedTuple):
    """One round of reminders: about what, when, in whose words, and whether what may have arrived
    is sent again."""

    library: Library
    found: tuple[Reminder, ...]
    bulletins: tuple[Bulletin, ...]
    now: datetime
    lang: str
    is_again: bool

    @property
    def keys(self) -> list[str]:
        """Of everything that there is to tell, told or not."""
        pieces = (piece.key for bulletin in self.bulletins for piece in bulletin.pieces)
        return [*(reminder.key for reminder in self.found), *pieces]

    def news(self, told: SentRecord) -> list[tuple[Digest, Robot]]:
        """What workers have still to be told, and by which robot; nothing in its quiet hours."""
        known = told if not self.is_again else told.refused(told.sending)
        return [
            (digest, bulletin.robot)
            for bulletin in self.bulletins
            if not is_quiet(bulletin.robot, self.now)
            for digest in bulletin.digests(self.library, self.now, self.lang, known)
        ]

    def digests(self, told: SentRecord) -> list[Digest]:
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
    errors = sum(finding.severity is Severity.ERROR for finding in checked.findings)
    if errors:  # what cannot be read would seem to be missing
        _note(lang, "tell.errors", count=errors)
        return FOUND
    standings = checked.standings
    library = standings.library
    found = with_deputies(matters(standings), library, standings.today)
    again = options.unsettled == "again"
    this = _Round(library, found, bulletins(standings), now, lang, again)
    if options.dry_run:
        told = read_told(Path(options.record)) if options.record else NOTHING
        for one in (*this.digests(told), *(digest for digest, _ in this.news(told))):
            print(*map(printable, one.text.splitlines()), "", sep="\n")
        return FINE
    access = _access(this.library, os.environ)
    path = Path(options.record).absolute()
    with locked(path.with_name(f"{path.name}.lock"), None):
        told = read_told(path).among(this.keys, now.date())
        told = told.taken(told.sending) if options.unsettled == "arrived" else told
        write_told(path, told)
        return _tell(this, access, told, path)


def _tell(this: _Round, access: Mapping[Robot, Access], told: SentRecord, path: Path) -> int:
    """Tell everybody what is new, as the record has it."""
    status = FINE
    if told.sending and not this.is_again:
        named = sorted(told.sending)[:_NAMED]
        _note(this.lang, "tell.unsettled", count=len(told.sending), names=named)
        status = FOUND
    ready = []
    for ours in this.digests(told):
        robot = this.library.org.robot(ours.dept)
        if robot:
            ready.append((ours, robot))
        else:
            _note(
                this.lang,
                "tell.no-robot",
                dept=_called(ours, this.lang),
                count=len(ours.matters),
            )
            status = FOUND

    ready += this.news(told)

    def deliver(one: Digest, robot: Robot) -> Delivery:
        return send(robot.service, access[robot], one, this.now)

    for ours, answer in remind(ready, deliver, told, path):
        dept = _called(ours, this.lang)
        if answer.fate is Fate.TAKEN:
            print(f"{printable(dept)}\t{len(ours.matters)}")
        else:
            _note(this.lang, f"tell.{answer.fate.value}", dept=dept, why=answer.why)
            status = FOUND
    return status


_NAMED = 5


def federate(options: argparse.Namespace) -> int:
    """The factories of a group on one page; 1 when one of them cannot be believed or is old."""
    lang, out = options.lang or "zh", Path(options.out)
    if out.exists() and not (out / KEPT).exists() and any(out.iterdir()):
        raise UsageError("error.not-empty", path=str(out))
    now, known = _instant(options.at), read_kept(out / KEPT)
    factories = gather(options.places, known, now, timedelta(hours=options.max_age))
    out.mkdir(parents=True, exist_ok=True)
    for name, data in {
        PAGE: page(factories, now, lang).encode(),
        KEPT: kept(factories, known),
    }.items():
        spare = out / f".{name}.new"
        spare.write_bytes(data)
        spare.replace(out / name)
    print(out / PAGE)
    doubtful = [
        factory
        for factory in sorted_for_reading(factories)
        if factory.sight is not FactoryState.FINE
    ]
    for factory in doubtful:
        where = {
            "name": factory.name,
            "place": factory.place,
            "sight": say(lang, f"federation.sight.{factory.sight.value}"),
        }
        _note(lang, "federation.doubt", why=reason(factory, lang), **where)
    _note(lang, "federation.done", count=len(factories), doubtful=len(doubtful))
    return FOUND if doubtful else FINE


def _instant(text: str | None) -> datetime:
    """``--at`` with its offset: a group has no zone of its own."""
    try:
        at = datetime.fromisoformat(text) if text else datetime.now().astimezone()
    except ValueError as error:
        raise UsageError("error.offset", found=str(text)[:40]) from error
    if at.tzinfo is None:
        raise UsageError("error.offset", found=str(text)[:40])
    return at.replace(microsecond=0)


def _called(one: Digest, lang: str) -> str:
    return one.dept or say(lang, "tell.nobody")


def _access(library: Library, environ: Mapping[str, str]) -> dict[Robot, Access]:
    """Where each robot is; UsageError for a variable that is not set, before anything is sent."""
    names = {name for robot in library.org.robots for name in (robot.address, robot.secret) if name}
    lacking = sorted(name for name in names if not environ.get(name))
    if lacking:
        raise UsageError("error.no-variable", names=lacking)
    return {
        robot: Access(environ[robot.address], environ[robot.secret] if robot.secret else None)
        for robot in library.org.robots
    }
