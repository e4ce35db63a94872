"""The verb that takes opinions: it serves the inbox, and brings what was let in into the ledger."""

from __future__ import annotations

import argparse
import gc
import getpass
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path

from gongkai.cli.faults import place_of
from gongkai.cli.note import note
from gongkai.domain.errors import UsageError
from gongkai.domain.model import Site
from gongkai.editing.committing import commit, has_changes, is_repository
from gongkai.editing.ledger import Merged
from gongkai.editing.written import replace_file
from gongkai.inbox.accounts import new_account, read_accounts, write_accounts
from gongkai.inbox.ballot_box import BallotBox
from gongkai.inbox.exported import as_csv
from gongkai.inbox.states import Role
from gongkai.inbox.store import NAME, Store
from gongkai.inbox.survey_sync import counts, over
from gongkai.inbox.sync import synced
from gongkai.messages import say
from gongkai.source.library import read_library
from gongkai.source.surveys import FOLDER

FINE, FOUND = 0, 1
_LEDGERS = "content/opinions"


def inbox(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """Run the inbox, or do one task with it."""
    return _TASKS[options.task](options, site, now)


def _folder(options: argparse.Namespace, site: Site) -> Path:
    return Path(options.dir).absolute() if options.dir else site.root / ".inbox"


def _store(options: argparse.Namespace, site: Site) -> Store:
    """The database that is there. UsageError where there is none."""
    folder = _folder(options, site)
    if not (folder / NAME).exists():
        raise UsageError("error.inbox-none", path=str(folder))
    return Store(folder)


def _serve(options: argparse.Namespace, site: Site, now: datetime) -> int:
    try:
        # 110 ms, and an extra that most do not install.
        from gongkai.inbox.server import listen, serve
        from gongkai.inbox.service import Clocks, InboxService, Settings, reply_days
    except ImportError as error:
        raise UsageError("error.no-inbox") from error
    from gongkai.inbox.limits import RateLimit

    lang, folder = options.lang or site.lang, _folder(options, site)
    _refuse_wrong(options)
    library, _ = read_library(site)
    settings = Settings(
        root=site.root,
        folder=folder,
        lang=site.lang,
        org=library.org,
        reply_days=reply_days(library),
        published=Path(options.site).absolute() if options.site else site.out,
        proxy=options.proxy,
        user_header=options.user_header.lower(),
        rate=RateLimit(options.burst, options.rate),
    )

    def clock() -> datetime:
        return now if options.at else datetime.now(site.zone)

    gc.enable()  # it runs for days
    opened = listen(options.host, options.port)
    service = InboxService(settings, Clocks(clock, time.monotonic))
    url = f"http://{_written(opened.getsockname())}/"
    note(lang, "cli.inbox-at", url=f"{url}say/new", desk=f"{url}desk/")
    if not read_accounts(folder):
        note(lang, "cli.inbox-nobody")
    serve(service, opened, lambda fault: _tell_fault(lang, fault))
    return FINE


def _written(address: tuple[str, int]) -> str:
    host, port = address[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _refuse_wrong(options: argparse.Namespace) -> None:
    for found in filter(None, (options.host, options.proxy)):
        try:
            ip_address(found)
        except ValueError as error:
            raise UsageError("error.inbox-host", found=found[:60]) from error
    if options.user_header and not options.proxy:
        raise UsageError("error.inbox-proxy")
    if options.burst < 1 or options.rate <= 0:
        raise UsageError("error.inbox-rate")


def _tell_fault(lang: str, fault: BaseException) -> None:
    """Where in our code something went wrong; never what with, which is somebody's opinion."""
    note(lang, "error.fault", kind=type(fault).__name__, at=place_of(fault))


def _user(options: argparse.Namespace, site: Site, _: datetime) -> int:
    """Make or change a user of the desk; the password is typed, or comes on standard input."""
    lang, folder = options.lang or site.lang, _folder(options, site)
    if not options.name:
        raise UsageError("error.inbox-name")
    account = new_account(options.name, _roles(options.roles), _password(lang))
    Store(folder).close()  # it makes the folder, which is its owner's alone
    path = write_accounts(folder, {**read_accounts(folder), account.name: account})
    roles = [say(lang, f"ui.inbox.role.{role.value}") for role in account.roles]
    note(lang, "cli.inbox-user", name=account.name, roles=roles, path=path)
    return FINE


def _roles(typed: str) -> tuple[Role, ...]:
    known = {role.value: role for role in Role}
    names = [text.strip() for text in typed.split(",") if text.strip()]
    if wrong := [name for name in names if name not in known] or not names:
        raise UsageError("error.inbox-roles", found=wrong if names else "", known=[*known])
    return tuple(known[name] for name in names)


def _password(lang: str) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(say(lang, "cli.inbox-password"))
    if getpass.getpass(say(lang, "cli.inbox-again")) != first:
        raise UsageError("error.inbox-passwords")
    return first


def _sync(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """Bring what was let in into the ledger, and commit it; 1 when something had to stay out."""
    lang = options.lang or site.lang
    library, _ = read_library(site)
    is_kept = is_repository(site.root)
    if is_kept and any(has_changes(site.root, folder) for folder in (_LEDGERS, FOLDER)):
        raise UsageError("error.inbox-changed")
    with closing(_store(options, site)) as store:
        store.forget_contacts(now.date(), library.org.keep_contacts)
        found, box = synced(library, store.entries()), BallotBox(store)
        ballots = counts(library, box, now.date())
        files = {**found.merged.files, **ballots}
        for path, text in files.items():
            replace_file(path, text.encode())
        for survey in over(library, now.date()):
            box.forget(survey.id)
    if is_kept and files:
        count = len(found.merged.added) + len(found.merged.filled) + len(ballots)
        commit(site.root, files, say(site.lang, "cli.inbox-commit", count=count))
    for path in files:
        print(path)
    if ballots:
        note(lang, "cli.inbox-counted", count=len(ballots))
    return _report_sync(lang, found.merged, found.stopped)


def _report_sync(lang: str, merged: Merged, stopped: tuple[str, ...]) -> int:
    added, filled = len(merged.added), len(merged.filled)
    note(lang, "cli.inbox-synced", added=added, filled=filled)
    for number, key in merged.kept:
        note(lang, "cli.inbox-same", number=number, key=key)
    for number in stopped:
        note(lang, "cli.inbox-stopped", number=number)
    return FOUND if merged.kept or stopped else FINE


def _export(options: argparse.Namespace, site: Site, _: datetime) -> int:
    """Every opinion as a table, or the whole database as it stands."""
    out = Path(options.out or "inbox.csv").absolute()
    if out.exists():
        raise UsageError("error.exists", path=str(out))
    with closing(_store(options, site)) as store:
        if out.suffix == ".sqlite3":
            store.copy_to(out)
        else:
            out.write_bytes(as_csv(store.entries()))
    print(out)
    return FINE


def _words(options: argparse.Namespace, site: Site, now: datetime) -> int:
    # 265 ms to draw on paper, which the other tasks need not wait for.
    from gongkai.cli.ballots import words

    return words(options, site, now, _folder(options, site))


_TASKS: dict[str | None, Callable[[argparse.Namespace, Site, datetime], int]] = {
    None: _serve,
    "user": _user,
    "sync": _sync,
    "export": _export,
    "words": _words,
}
