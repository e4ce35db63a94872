"""Sites made for a test: a folder with just what the test is about."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from gongkai.domain.finding import Severity
from gongkai.domain.model import Site
from gongkai.files.workers import ALONE
from gongkai.rules.checking import Checked, read_and_check
from gongkai.source.library import Reader
from gongkai.source.scalars import Moment
from gongkai.source.site import read_site

CONFIG = """\
site_name: 测试厂
docs_dir: content/pages
theme: {name: material, language: zh}
plugins: [search, gongkai]
"""
BOARD = "title: 机加工车间厂务公开栏\nworkshop: 机加工车间\n"

WAGES = """\
---
title: 2026年10月工资奖金分配情况
category: wages-bonus
period: 2026-10
publish: 2026-11-09
expires: 2027-06-30
owner: {dept: 劳资科}
approval: {by: 厂务公开领导小组, date: 2026-11-09}
steps:
  - {step: propose, by: 劳资科, date: 2026-11-09}
  - {step: review, by: 财务部, date: 2026-11-09}
  - {step: disclose, by: 厂务公开办公室, date: 2026-11-09}
---
| 车间 | 合计 |
|---|---:|
| 机加工车间 | 1178600 |
"""


def make_site(root: Path, files: Mapping[str, str]) -> Site:
    """A site of one board unless ``files`` says otherwise; paths are relative to its folder."""
    base = {
        "mkdocs.yml": CONFIG,
        "boards/machining.yml": BOARD,
        "content/pages/about.md": "# 关于\n",
    }
    if any(name.startswith("boards/") for name in files):
        del base["boards/machining.yml"]
    (root / "content" / "items").mkdir(parents=True, exist_ok=True)
    for name, text in {**base, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    return read_site(root)


def instant(site: Site, text: str) -> datetime:
    """A day or an instant in the site's zone."""
    return Moment(site.zone)(text)


def written(root: Path, done: subprocess.CompletedProcess[str]) -> list[str]:
    """The paths that a verb printed, from the site's folder."""
    return [Path(line).relative_to(root).as_posix() for line in done.stdout.splitlines()]


def errors(root: Path, at: str) -> set[tuple[str, str]]:
    """The rules and cases of every error found in a site."""
    findings = check(read_site(root), at).findings
    return {
        (finding.rule, finding.case) for finding in findings if finding.severity is Severity.ERROR
    }


def check(site: Site, at: str) -> Checked:
    """Read and judge a site at an instant."""
    return read_and_check(Reader(site, ALONE), instant(site, at))


def item(**keys: str) -> str:
    """The text of an item: the least there must be, with some keys changed or added."""
    base = {
        "title": "一项公开",
        "category": "canteen-accounts",
        "publish": "2026-11-01",
        "expires": "2026-11-30",
        "owner": "{dept: 后勤部}",
    }
    body = keys.pop("body", "正文。")
    lines = [f"{key}: {value}" for key, value in {**base, **keys}.items()]
    return "\n".join(["---", *lines, "---", body, ""])


def at_noon(day: str) -> datetime:
    """Noon of a day in Shanghai."""
    return datetime.fromisoformat(f"{day}T12:00:00+08:00")


ASIDE = (
    "history.jsonl",
    "as-of/hung.json",
    "posters/recall.json",
    "posters/recall.html",
    "posters/recall.pdf",
)
"""Files of a site that depend on the past."""


def tree(folder: Path) -> dict[str, str]:
    """Every file of a folder with the hash of its bytes, but for those that depend on the past."""
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in files.items()
        if path.is_file() and not name.endswith(ASIDE)
    }


def commit(root: Path, at: str, files: Mapping[str, str | bytes], *, say: str = "改动") -> None:
    """Write files (an empty text deletes one) and commit everything, at an instant (ISO 8601)."""
    if not (root / ".git").exists():
        git(root, "init", "-q", "-b", "main")
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text:
            path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        else:
            path.unlink()
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", say, at=at)


def git(root: Path, *arguments: str, at: str = "2026-11-01T08:00+08:00") -> str:
    """What git says, as nobody in particular and without anybody's configuration."""
    who = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "示例甲"), ("EMAIL", "a@example.invalid"), ("DATE", at))
    }
    nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ["git", "-C", str(root), *arguments]
    env = {**os.environ, **who, **nobody}
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=True)
    return done.stdout
