"""The verbs that keep a site: a backup of what is not in git, and a task for the night."""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from gongkai.cli.note import note
from gongkai.domain.model import Site
from gongkai.editing.written import replace_file
from gongkai.operations.backup import RECORDS, Places, back_up
from gongkai.operations.backup import restore as put_back
from gongkai.operations.schedule import ScheduledTask, System, plan

FINE = 0
_INBOX = ".inbox"


def _places(options: argparse.Namespace, site: Site) -> Places:
    published = Path(options.out).absolute() if options.out else site.out
    inbox = Path(options.inbox).absolute() if options.inbox else site.root / _INBOX
    return Places(published, inbox, site.root / RECORDS)


def backup(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """Everything that is not in git, in one file."""
    lang, out = options.lang or site.lang, Path(options.file).absolute()
    names = back_up(_places(options, site), out, now.isoformat())
    print(out)
    note(lang, "setup.backed-up", count=len(names), path=out)
    return FINE


def restore(options: argparse.Namespace, site: Site, _: datetime) -> int:
    """What a backup holds, where it was."""
    lang = options.lang or site.lang
    written = put_back(_places(options, site), Path(options.file))
    for path in written:
        print(path)
    note(lang, "setup.restored", count=len(written))
    return FINE


def schedule(options: argparse.Namespace, site: Site, _: datetime) -> int:
    """A nightly task for this system: its files, and the command that switches it on."""
    lang = options.lang or site.lang
    out = Path(options.out).absolute() if options.out else site.out
    task = ScheduledTask(Path(sys.executable), site.root, out, site.zone)
    system = _system()
    made = plan(task, system)
    for name, text in made.files.items():
        path = (site.root / RECORDS if system is System.WINDOWS else Path.home()) / name
        replace_file(path, text.encode("utf-16" if system is System.WINDOWS else "utf-8"))
        print(path)
    where = site.root / RECORDS if system is System.WINDOWS else Path.home()
    words = (str(where / text) if text in made.files else text for text in made.command)
    join = subprocess.list2cmdline if system is System.WINDOWS else shlex.join
    note(lang, f"setup.{system.value}", command=join([*words]))
    return FINE


def _system() -> System:
    if sys.platform == "win32":
        return System.WINDOWS
    return System.SYSTEMD if Path("/run/systemd/system").is_dir() else System.CRON
