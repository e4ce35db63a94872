"""Publish: stage, compare, swap at once. Readers see the old site or the new one."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gongkai.edition import Edition
from gongkai.errors import PublishError
from gongkai.listing import instant, item_record, json_text
from gongkai.model import Site
from gongkai.render.frame import Shell
from gongkai.standing import Standing
from gongkai.swap import swap
from gongkai.work import Means, do_all

MANIFEST = "manifest.json"
SCHEMA = 1


@contextmanager
def folder_beside(out: Path) -> Iterator[Path]:
    """A folder of this build's own, on the same file system as ``out``, gone when it is done."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{out.name}.gongkai-", dir=out.parent) as folder:
            yield Path(folder)
    except OSError as error:
        raise PublishError("error.publish", why=error.strerror, path=error.filename) from error


def publish(
    out: Path,
    folder: Path,
    edition: Edition,
    shell: Shell,
    manifest: dict[str, Any],
    means: Means,
) -> int:
    """Make ``out`` the new site; how many files it has. An error leaves the old one as it was."""
    stage = folder / "stage"
    hashes = fill(stage, edition, shell, means)
    text = json_text({**manifest, "files": dict(sorted(hashes.items()))})
    (stage / MANIFEST).write_text(text, encoding="utf-8")
    swap(stage, out, folder / "previous")
    return len(hashes) + 1


def fill(folder: Path, edition: Edition, shell: Shell, means: Means) -> dict[str, str]:
    """Write a site into a folder; the SHA-256 of every file by its path. Ours win over MkDocs'."""
    hashes = do_all(edition, shell, folder, means)
    for name in shell.files:
        if name not in hashes:
            target = folder / name
            if target != shell.folder / name:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(shell.folder / name, target)
            hashes[name] = hashlib.sha256(target.read_bytes()).hexdigest()
    return hashes


def check_target(out: Path, site: Site) -> None:
    """Never replace a folder that is not a site of ours, nor publish into the content."""
    inside = [site.root / name for name in ("content", "boards", "theme")] + [site.pages]
    if any(out.is_relative_to(one) for one in inside) or site.root.is_relative_to(out):
        raise PublishError("error.inside", path=str(out))
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise PublishError("error.not-a-site", path=str(out))
    if out.is_dir() and any(out.iterdir()) and not is_ours(out):
        raise PublishError("error.not-a-site", path=str(out))


def is_ours(folder: Path) -> bool:
    """Did this product make the site in a folder? Only the plugin writes the manifest."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        return str(manifest["generator"]).startswith("gongkai")
    except (OSError, ValueError, KeyError, TypeError):
        return False


def make_manifest(edition: Edition, version: str, built_at: str, **rest: Any) -> dict[str, Any]:
    """What the site is, without its files: every item that was ever up, and the boards."""
    records = [_public(one) for one in edition.published()]
    return {
        "schema": SCHEMA,
        "generator": f"gongkai {version}",
        "built_at": built_at,
        "at": instant(edition.now),
        **rest,
        "items": sorted(records, key=lambda record: str(record["id"])),
        "boards": [
            {"id": one.id, "title": one.title, "workshop": one.workshop, "url": f"boards/{one.id}/"}
            for one in edition.library.boards
        ],
    }


def _public(standing: Standing) -> dict[str, Any]:
    """The record of an item; of a hidden one only that it was taken down."""
    record = item_record(standing)
    if standing.is_hidden:
        return {name: record[name] for name in ("id", "state", "version")}
    return record
