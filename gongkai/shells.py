"""The frame kept between builds: MkDocs runs only when what it renders may have changed."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from gongkai import theme
from gongkai.disk import see
from gongkai.fingerprint import fingerprint
from gongkai.model import Site
from gongkai.render.frame import Frame, Shell
from gongkai.sealed import Spoiled, seal, unseal
from gongkai.source.files import Seen, look

MakeShell = Callable[[Site, Path], Shell]
"""Renders the frame of a site into a folder."""

_MARK = b"gongkai shell 1\n"


class _Kept(msgspec.Struct, array_like=True):
    frames: dict[str, Frame]
    files: dict[str, tuple[str, Seen]]


class Shells:
    """The frame of a site, kept in a folder under what it was made from. With no folder, or when
    MkDocs may look at things that we do not know of, it is made each time."""

    def __init__(self, site: Site, keep: Path | None, name: str = "shell") -> None:
        self.site = site
        self.top = keep / name if keep and site.is_plain else None
        self.key = _key_of(site) if self.top else ""
        self.is_spoiled = False

    def find(self) -> Shell | None:
        """The frame as it was made before, if it is all there."""
        if self.top is None:
            return None
        index, folder = self.top / f"{self.key}.index", self.top / self.key
        try:
            body = unseal(index, _MARK)
        except Spoiled:
            self.is_spoiled = True
            return None
        if body is None:
            return None
        kept = msgspec.msgpack.decode(body, type=_Kept)
        if all(see(f"{folder}/{name}") == seen for name, (_, seen) in kept.files.items()):
            hashes = {name: sha256 for name, (sha256, _) in kept.files.items()}
            return Shell(folder, hashes, kept.frames)
        self.is_spoiled = True
        return None

    def make(self, make: MakeShell, spare: Path) -> Shell:
        """Have it made: in the folder it is kept in, or in ``spare`` when it cannot be kept."""
        if self.top is None:
            return make(self.site, spare)
        shutil.rmtree(self.top, ignore_errors=True)
        folder = self.top / self.key
        shell = make(self.site, folder)
        files = {name: (sha256, see(f"{folder}/{name}")) for name, sha256 in shell.files.items()}
        body = msgspec.msgpack.encode((shell.frames, files))
        seal(self.top / f"{self.key}.index", _MARK, body)
        return shell


def _key_of(site: Site) -> str:
    """What stands for everything that MkDocs renders: configuration, pages, and our additions."""
    digest = hashlib.blake2b(fingerprint() + site.digest, digest_size=16)
    for folder in (site.pages, *theme.folders(site.root)):
        if folder.is_dir():
            for path, seen in look(str(folder), ("",)):
                digest.update(f"{path}\0{seen}".encode())
    return digest.hexdigest()
