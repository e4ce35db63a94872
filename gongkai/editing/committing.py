"""Commits of what was written into a site's content, where there is a repository."""

from __future__ import annotations

import subprocess
from collections.abc import Collection
from pathlib import Path

from gongkai.domain.errors import UsageError


def is_repository(root: Path) -> bool:
    """Does the site lie in a repository, and is there git?"""
    return _git(root, "rev-parse", "--is-inside-work-tree").stdout.strip() == "true"


def has_changes(root: Path, folder: str) -> bool:
    """Does a folder of the site hold what is not committed?"""
    return bool(_git(root, "status", "--porcelain", "--", folder).stdout.strip())


def commit(root: Path, paths: Collection[Path], message: str) -> None:
    """Commit some files and nothing else. UsageError with what git says when it does not."""
    names = [str(path) for path in paths]
    for arguments in (("add", "--", *names), ("commit", "-q", "-m", message, "--", *names)):
        done = _git(root, *arguments)
        if done.returncode:
            why = (done.stderr or done.stdout).strip().splitlines() or ["git"]
            raise UsageError("error.inbox-commit", why=why[-1][:200])


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["git", "-C", str(root), "--literal-pathspecs", *arguments]
    try:
        return subprocess.run(
            command, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    except OSError as error:
        return subprocess.CompletedProcess(command, 127, "", str(error))
