"""The manifest: what a site is, as JSON, a line an item and a line a file."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from gongkai.domain.model import Board
from gongkai.domain.terms import State

MANIFEST = "manifest.json"
SCHEMA = 1
_OURS = re.compile(rb'\s*\{\s*"schema":\s*\d+,\s*"generator":\s*"gongkai ')


def about(boards: Sequence[Board], version: str, now: datetime, **rest: Any) -> dict[str, Any]:
    """What the manifest says of the site, before what it lists."""
    return {
        "schema": SCHEMA,
        "generator": f"gongkai {version}",
        "built_at": now.isoformat(),
        "at": now.isoformat(),
        **rest,
        "boards": [
            {
                "id": board.id,
                "title": board.title,
                "workshop": board.workshop,
                "url": f"boards/{board.id}/",
            }
            for board in boards
        ],
    }


def manifest_bytes(
    about: Mapping[str, Any], records: Sequence[bytes], files: Mapping[str, str]
) -> bytes:
    """The manifest as JSON, a line an item and a line a file, so that two can be compared."""
    return whole_manifest(about, b",\n".join(b"  " + record for record in records), files)


_ITEMS, _FILES = b',\n "items": [\n', b'\n ],\n "files": '


def whole_manifest(about: Mapping[str, Any], items: bytes, files: Mapping[str, str]) -> bytes:
    """The manifest from its three parts."""
    head = msgspec.json.format(msgspec.json.encode(about), indent=1)[:-2]
    paths = msgspec.json.format(msgspec.json.encode(files), indent=1).replace(b"\n", b"\n ")
    return b"".join((head, _ITEMS, items, _FILES, paths, b"\n}\n"))


def manifest_parts(manifest: bytes) -> tuple[dict[str, Any], bytes]:
    """What a manifest of ours says of the site, and its items as they stand there.

    No text can be taken for what separates them: a line's end inside a text is written otherwise.
    """
    head, _, rest = manifest.partition(_ITEMS)
    items, _, _ = rest.rpartition(_FILES)
    about: dict[str, Any] = msgspec.json.decode(head + b"}")
    return about, items


def manifest_about(before: Mapping[str, Any], now: datetime, commit: str | None) -> dict[str, Any]:
    """What a manifest says of the site, at a later instant."""
    return {**before, "built_at": now.isoformat(), "at": now.isoformat(), "commit": commit}


def is_ours(folder: Path) -> bool:
    """Did this product make the site in a folder? Only the plugin writes the manifest."""
    try:
        with (folder / MANIFEST).open("rb") as file:
            return _OURS.match(file.read(200)) is not None
    except OSError:
        return False


def instant_of(folder: Path) -> str:
    """The instant a site tells of itself (ISO 8601). OSError if it cannot be read."""
    about, _ = manifest_parts((folder / MANIFEST).read_bytes())
    return str(about["at"])


def commit_told(folder: Path) -> str | None:
    """The commit a site tells of itself, if any. OSError if it cannot be read."""
    about, _ = manifest_parts((folder / MANIFEST).read_bytes())
    commit = about.get("commit")
    return str(commit) if commit else None


def withdrawn_in(folder: Path) -> set[str]:
    """The items that a site says are taken down; none if its manifest cannot be read."""
    try:
        items = msgspec.json.decode((folder / MANIFEST).read_bytes())["items"]
        return {item["id"] for item in items if item["state"] == State.WITHDRAWN.value}
    except (OSError, msgspec.DecodeError, KeyError, TypeError):
        return set()


def commit_of(root: Path) -> str | None:
    """The commit the content is at, or None outside git."""
    command = ["git", "-C", str(root), "rev-parse", "--verify", "-q", "HEAD"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout.strip() or None
