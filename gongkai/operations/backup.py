"""What a site has that is not in git, in one file: the chain of what was published, the inbox,
records and archives; and how it comes back."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path, PurePosixPath

import msgspec

from gongkai import __version__
from gongkai.domain.errors import UsageError
from gongkai.domain.model import Value
from gongkai.editing.written import write_new
from gongkai.inbox.store import NAME, Store
from gongkai.publish.chain import HISTORY
from gongkai.publish.manifest import MANIFEST
from gongkai.publish.releases import ASIDE

RECORDS = "records"
"""Where a site keeps what is neither content nor made again: what was told to whom, archives."""
ABOUT = "backup.json"
FORMAT = 1


class Places(Value, frozen=True):
    """Where a site keeps what is not in git."""

    published: Path
    inbox: Path
    records: Path

    def of(self, name: str) -> Path:
        """Where a file of a backup belongs, by its name there."""
        room, _, rest = name.partition("/")
        return Path(getattr(self, room), *PurePosixPath(rest).parts)


class About(msgspec.Struct, frozen=True):
    """What a backup says of itself: its format, and the SHA-256 of every file."""

    format: int
    generator: str
    at: str
    files: dict[str, str]


def back_up(places: Places, out: Path, at: str) -> list[str]:
    """Write a backup that only its owner can read; the names of what is in it. UsageError where
    there is nothing to keep, or where the file is there already."""
    if out.exists():
        raise UsageError("error.exists", path=str(out))
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="gongkai-") as spare:
        found = dict(_found(places, Path(spare)))
        if not found:
            raise UsageError("error.nothing-kept")
        made = Path(f"{out}.new")
        made.unlink(missing_ok=True)
        os.close(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            sums = {name: _packed(archive, name, path) for name, path in sorted(found.items())}
            about = About(FORMAT, f"gongkai {__version__}", at, sums)
            archive.writestr(ABOUT, msgspec.json.format(msgspec.json.encode(about), indent=1))
        made.replace(out)
    return sorted(found)


def _found(places: Places, spare: Path) -> Iterator[tuple[str, Path]]:
    """Every file to keep, by its name in the backup. The inbox goes on while it is copied."""
    for name in (HISTORY, MANIFEST, *ASIDE):
        if (places.published / name).is_file():
            yield f"published/{name}", places.published / name
    if (places.inbox / NAME).is_file():
        with closing(Store(places.inbox)) as store:
            store.copy_to(spare / NAME)
        yield f"inbox/{NAME}", spare / NAME
    for path in sorted(places.records.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"{RECORDS}/{path.relative_to(places.records).as_posix()}", path


def _packed(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    data = path.read_bytes()
    archive.writestr(name, data)
    return hashlib.sha256(data).hexdigest()


def restore(places: Places, file: Path) -> list[Path]:
    """Put everything of a backup back; the files that were written. Nothing is overwritten: with
    one file in the way that differs, nothing is written at all. UsageError then, and for a backup
    that is not whole."""
    wanted = {places.of(name): data for name, data in _checked(file).items()}
    missing = {path: data for path, data in wanted.items() if not path.exists()}
    for path in wanted.keys() - missing.keys():
        if not path.is_file() or path.read_bytes() != wanted[path]:
            raise UsageError("error.in-the-way", path=str(path))
    for path, data in missing.items():
        is_private = path.parent == places.inbox
        if is_private:
            places.inbox.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_new(path, data)
        if is_private:
            path.chmod(0o600)
    return sorted(missing)


def _checked(file: Path) -> Mapping[str, bytes]:
    """The files of a backup, each compared with its hash."""
    try:
        with zipfile.ZipFile(file) as archive:
            about = msgspec.json.decode(archive.read(ABOUT), type=About)
            files = {name: archive.read(name) for name in about.files}
    except FileNotFoundError as error:
        raise UsageError("error.no-file", path=str(file)) from error
    except (OSError, KeyError, zipfile.BadZipFile, msgspec.MsgspecError, ValueError) as error:
        raise UsageError("error.no-backup", path=str(file)) from error
    if about.format != FORMAT:
        raise UsageError("error.backup-format", found=about.format, known=FORMAT)
    for name, data in files.items():
        if hashlib.sha256(data).hexdigest() != about.files[name] or not _is_ours(name):
            raise UsageError("error.no-backup", path=str(file))
    return files


def _is_ours(name: str) -> bool:
    """Does a name stay within the three places?"""
    parts = name.split("/")
    is_plain = not any(part in ("", ".", "..") or "\\" in part or ":" in part for part in parts)
    return is_plain and len(parts) > 1 and parts[0] in Places.__struct_fields__
