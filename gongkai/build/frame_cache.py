"""The frame kept between builds: MkDocs runs only when what it renders may have changed."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec

from gongkai.domain.errors import PageError
from gongkai.domain.model import Site
from gongkai.domain.progress import NOBODY, BuildStep, Watcher
from gongkai.files import theme
from gongkai.files.checked_file import Spoiled, seal, unseal
from gongkai.files.program_version import fingerprint
from gongkai.files.reading import look
from gongkai.files.workers import Means, set_to_work
from gongkai.render.frame import Frame, Shell

MakeShell = Callable[[Site, Path], Shell]
"""Renders the frame of a site into a folder."""

_MARK = b"gongkai shell 2\n"


class _KeptFrame(msgspec.Struct, array_like=True):
    frames: dict[str, Frame]
    files: dict[str, str]


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
        kept = msgspec.msgpack.decode(body, type=_KeptFrame)
        # By their bytes, of which there are few: what was changed may look as it did.
        if all(_hash_of(folder / name) == sha256 for name, sha256 in kept.files.items()):
            return Shell(folder, kept.files, kept.frames)
        self.is_spoiled = True
        return None

    def make(self, make: MakeShell, spare: Path) -> Shell:
        """Have it made: in the folder it is kept in, or in ``spare`` when it cannot be kept."""
        if self.top is None:
            return make(self.site, spare)
        shutil.rmtree(self.top, ignore_errors=True)
        folder = self.top / self.key
        shell = make(self.site, folder)
        body = msgspec.msgpack.encode((shell.frames, shell.files))
        seal(self.top / f"{self.key}.index", _MARK, body)
        return shell


def _hash_of(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _key_of(site: Site) -> str:
    """What stands for everything that MkDocs renders: configuration, pages, and our additions."""
    digest = hashlib.blake2b(fingerprint() + site.digest, digest_size=16)
    for folder in (site.pages, *theme.folders(site.root)):
        if folder.is_dir():
            for path, seen in look(str(folder), ("",)):
                digest.update(f"{path}\0{seen}".encode())
    return digest.hexdigest()


class Frames(NamedTuple):
    """The frame of a site, and that of the site in English if there is to be one; each is waited
    for when it is asked for."""

    shell: Callable[[], Shell]
    english: Callable[[], Shell | None]


@contextmanager
def frames_of(
    site: Site, make: MakeShell, means: Means, watch: Watcher = NOBODY
) -> Iterator[Frames]:
    """The frames of a site: as they were kept, or made anew in the meantime by a process of its own
    if there may be one."""
    with _frame_of(site, make, means, watch) as shell, _english(site, make, means, watch) as other:
        yield Frames(shell, other)


@contextmanager
def _frame_of(
    site: Site, make: MakeShell, means: Means, watch: Watcher, name: str = "shell"
) -> Iterator[Callable[[], Shell]]:
    shells = Shells(site, means.keep, name)
    kept = shells.find()
    if shells.is_spoiled:
        watch.note("cli.spoiled")
    with TemporaryDirectory(prefix="gongkai-") as spare:
        make_it = partial(shells.make, make, Path(spare))
        if kept:
            yield lambda: kept
        elif means.workers > 1 and means.may_copy:
            with set_to_work(make_it, means) as made:
                yield partial(_waited, made, watch)
        else:
            yield make_it


@contextmanager
def _english(
    site: Site, make: MakeShell, means: Means, watch: Watcher
) -> Iterator[Callable[[], Shell | None]]:
    if site.english is None:
        yield lambda: None
        return
    alone = means._replace(may_copy=False)
    with _frame_of(site.english, make, alone, watch, "shell-en") as shell:
        yield shell


def _waited(made: Callable[[], Shell], watch: Watcher) -> Shell:
    watch.step(BuildStep.FRAME)
    return made()


TRIED = "tried"
"""The folder in which is kept which frames MkDocs has rendered without a fault."""
_TAKEN = set[bytes]()
"""The configurations that it has rendered in this process."""


@contextmanager
def tried(site: Site, attempt: Callable[[Site], None], means: Means) -> Iterator[list[PageError]]:
    """Have MkDocs render the frame in the meantime, unless it is known that it can: what a check
    passes can be built. ``attempt`` renders it. What is yielded holds at the end the pages that it
    cannot make; ConfigurationError for anything else, with its words."""
    unmade: list[PageError] = []
    with ExitStack() as held:
        waiting = [held.enter_context(_tried(one, attempt, means)) for one in _both(site)]
        yield unmade
        for wait in waiting:
            try:
                wait()
            except PageError as error:
                unmade.append(error)


def _both(site: Site) -> Iterator[Site]:
    yield site
    if site.english:
        yield site.english


@contextmanager
def _tried(
    site: Site, attempt: Callable[[Site], None], means: Means
) -> Iterator[Callable[[], None]]:
    mark = means.keep / TRIED / _key_of(site) if means.keep and site.is_plain else None
    if site.digest in _TAKEN or (mark and mark.exists()):
        yield lambda: None
        return

    with ExitStack() as held:
        attempt_it: Callable[[], None] = partial(attempt, site)
        if means.workers > 1 and means.may_copy:
            attempt_it = held.enter_context(set_to_work(attempt_it, means))

        def wait() -> None:
            attempt_it()
            _TAKEN.add(site.digest)
            if mark:
                mark.parent.mkdir(parents=True, exist_ok=True)
                mark.touch()

        yield wait
