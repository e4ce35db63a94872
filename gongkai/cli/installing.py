"""The verb that collects what an installation without a network needs."""

from __future__ import annotations

import argparse
import platform
import sys
from datetime import datetime
from pathlib import Path

from gongkai.cli.note import note
from gongkai.domain.errors import UsageError
from gongkai.domain.model import Site
from gongkai.messages import say
from gongkai.operations.bundle import PLATFORMS, SUMS, WHEELS, collect, finish, lists_of

FINE = 0
_TOLD_EVERY = 10
"""Packages after which is told how far it is."""


def bundle(options: argparse.Namespace, site: Site, _: datetime) -> int:
    """Packages by hash for the platforms wanted, in one folder."""
    lang, folder = options.lang or site.lang, Path(options.folder).absolute()
    if folder.exists() and any(folder.iterdir()) and not (folder / SUMS).exists():
        raise UsageError("error.not-empty", path=str(folder))
    wanted = options.platform or [_this_platform()]
    python = options.python or ".".join(map(str, sys.version_info[:3]))
    lists = lists_of(site.root, with_tests=options.with_tests)
    lock = lists[-1].read_text("utf-8")
    (folder / WHEELS).mkdir(parents=True, exist_ok=True)
    for name in wanted:
        note(lang, "setup.collecting", platform=name, python=python)
        count = 0
        for line in collect(lock, PLATFORMS[name], python, folder):
            if line.startswith("Collecting "):
                count += 1
                if count % _TOLD_EVERY == 0:
                    note(lang, "setup.collected", count=count, name=line.split()[1])
    about = say(lang, "setup.read-me", platforms=wanted, python=python)
    finish(folder, lists, wanted, about)
    print(folder)
    note(lang, "setup.bundled", count=len([*(folder / WHEELS).iterdir()]), path=folder)
    return FINE


def _this_platform() -> str:
    here = {"linux": "linux", "win32": "windows", "darwin": "mac"}.get(sys.platform, "linux")
    is_arm = here == "linux" and platform.machine() in ("aarch64", "arm64")
    return "linux-arm" if is_arm else here
