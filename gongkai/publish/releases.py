"""Earlier sites, kept so that one of them can be put up again.

Beside a site ``out`` lies ``.out.gongkai``. In it, ``stage`` is the folder that is being brought up
to date, and ``previous`` holds the sites that were up before, each under the hash of its manifest.
Which of them count, and in what order, is told by the chain of the site that is up and by nothing
else; so whatever moment a run ended at, the next one finds out what each folder is.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path

from gongkai.domain.errors import PublishError
from gongkai.files.checked_file import replace
from gongkai.files.disk import settle
from gongkai.files.swap import come_back, swap
from gongkai.publish.chain import HISTORY, ChainLine, PublicationKind, breaks, last, past
from gongkai.publish.hanging_log import HUNG, read_hung
from gongkai.publish.inventory import Inventories
from gongkai.publish.manifest import MANIFEST, commit_told, instant_of
from gongkai.publish.recall import RECALL, RECALL_PATHS, EarlierSite, read_recall

ASIDE = (*RECALL_PATHS, HUNG)
"""Files of a site, besides the chain, that depend on the past and are written when it turns."""


KEPT = "past"
"""Where copies of what depends on the past lie, should the site's be spoiled."""


BROKEN = "history.broken.jsonl"
"""What is left of a chain that did not fit together, for those who want to look into it."""


class Beside:
    """What is kept beside a site, on the same file system."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.folder = out.parent / f".{out.name}.gongkai"
        self.stage = self.folder / "stage"
        self.previous = self.folder / "previous"
        self._leaving = self.folder / "leaving"
        self._turning = self.folder / "turning"
        self.inventories = Inventories(self.folder)

    @property
    def history(self) -> bytes:
        """The chain of the site that is up. The copy kept here counts, so that nobody shortens or
        rewrites it in the site unseen, unless the site's has grown out of it, or only the site's
        holds: then the copy here was spoiled. Empty where neither fits together: nobody can tell
        which of its lines are true, and the next one begins anew."""
        ours, theirs = self._unbroken(self.folder), self._unbroken(self.out)
        if ours == theirs or not self._holds(theirs):
            return ours or theirs
        if theirs.startswith(ours) or not self._holds(ours):
            return theirs
        return theirs if self._witnesses(theirs) > self._witnesses(ours) else ours

    def _unbroken(self, folder: Path) -> bytes:
        """The chain in a folder, if its lines fit together and the last one tells of the site that
        is up what its manifest tells."""
        chain = _bytes(folder / HISTORY)
        line = last(chain)
        return b"" if _is_broken(chain) or line is None or self._is_belied(line) else chain

    def _is_belied(self, line: ChainLine) -> bool:
        """Does the manifest that a line vouches for tell another instant or commit? A site that was
        put up again tells its own."""
        if line.act is PublicationKind.ROLLBACK or line.manifest != _hash(
            _bytes(self.out / MANIFEST)
        ):
            return False
        try:
            told = (instant_of(self.out), commit_told(self.out))
        except (OSError, ValueError, KeyError):
            return True
        return told != (line.at, line.commit)

    @property
    def _lost_chain(self) -> bytes:
        """A chain that is not believed, where there is no other."""
        found = _bytes(self.out / HISTORY) or _bytes(self.folder / HISTORY)
        return b"" if self.history else found

    def _witnesses(self, chain: bytes) -> int:
        """How much of what the last line tells is told by something else, too: the instant and the
        commit by the manifest, and the hashes of what depends on the past by those files or their
        copies."""
        line = last(chain)
        if line is None:
            return 0
        told = line.aside.items()
        fitting = sum(sha256 in map(_hash, self._copies(path)) for path, sha256 in told)
        with suppress(OSError, ValueError, KeyError):
            fitting += line.at == instant_of(self.out)
            fitting += line.commit == commit_told(self.out)
        return fitting

    @cached_property
    def was_rewritten(self) -> bool:
        """Did somebody change the chain in the site? Asked for the first time under the lock."""
        return bool(self.history) and self.history != _bytes(self.out / HISTORY)

    def _holds(self, chain: bytes) -> bool:
        """Does every line fit to the one before it, and the last to the site that is up, if all of
        it was fetched and not its chain alone?"""
        line, manifest = last(chain), _bytes(self.out / MANIFEST)
        is_of_site = line is not None and (not manifest or line.manifest == _hash(manifest))
        return is_of_site and not _is_broken(chain)

    def aside(self) -> Mapping[str, bytes]:
        """The other files of the site that is up which depend on the past, as published."""
        return {path: data for path, data in self._as_published.items() if data}

    @cached_property
    def _as_published(self) -> Mapping[str, bytes]:
        """Each of them as the last line of the chain vouches for it: in the site, or in the copy
        kept here; empty where neither fits, or nothing vouches for it."""
        line = last(self.history)
        vouched = line.aside if line else {}
        found = {}
        for path in ASIDE:
            fits = (copy for copy in self._copies(path) if _hash(copy) == vouched.get(path))
            found[path] = next(fits, b"")
        return found

    def _copies(self, path: str) -> tuple[bytes, bytes]:
        return _bytes(self.out / path), _bytes(self.folder / KEPT / path)

    @property
    def forged(self) -> tuple[str, ...]:
        """The files that depend on the past and are not as they were published, nor is a copy; and
        those that cannot be read."""
        found = self._as_published
        line = last(self.history)
        told = line.aside if line else {}
        lost = {
            path
            for path in (RECALL, HUNG)
            if not found[path] and (path in told or (self.out / path).exists())
        }
        if self._manifest is None:
            lost.add(MANIFEST)
        if self._lost_chain or (line is None and self._manifest):
            lost.add(HISTORY)
        unread = {RECALL} if found[RECALL] and read_recall(found[RECALL]) is None else set()
        unread |= {HUNG} if found[HUNG] and read_hung(found[HUNG]) is None else set()
        return tuple(sorted(lost | unread))

    @property
    def past(self) -> EarlierSite:
        """What the site that is up knows of the past."""
        aside = (self._as_published[name] for name in (RECALL, HUNG))
        return EarlierSite(self._manifest or b"", *aside)

    @cached_property
    def _manifest(self) -> bytes | None:
        """The manifest of the site that is up; None where the chain's last line tells another."""
        manifest, line = _bytes(self.out / MANIFEST), last(self.history)
        is_other = manifest and line is not None and line.manifest != _hash(manifest)
        return None if is_other else manifest

    def sites(self) -> Iterator[Path]:
        """The earlier sites, the latest first."""
        for manifest in past(self.history):
            folder = self.previous / manifest
            if folder.is_dir():
                yield folder

    def recover(self, count: int) -> None:
        """Finish what a run that ended in the middle of a swap left behind."""
        come_back(self.out, self._leaving, self.stage)
        if self._turning.exists():
            self._put_away(count)

    def turn(
        self, history: bytes, aside: Mapping[str, bytes], count: int, *, purge: bool = False
    ) -> None:
        """Let the stage and the site change places, and keep at most ``count`` earlier sites.

        ``aside`` are the other files that depend on the past, by their paths. With ``purge`` none
        is kept, nor what the site was made with. OSError on failure, and then the old site is up as
        before; PublishError when the new one is up and only what lies beside it could not be put in
        order, which the next run tries again.
        """
        if lost := self._lost_chain:
            replace(self.folder / BROKEN, lost)
        for path in ASIDE:
            if path in aside:
                self._put(path, aside[path])
            else:
                (self.stage / path).unlink(missing_ok=True)
        self._put(HISTORY, history)
        replace(self._turning, b"purge" if purge else b"keep")
        settle(self.stage)
        swap(self.stage, self.out, self._leaving)
        try:
            for path in (RECALL, HUNG):
                if path in aside and _bytes(self.folder / KEPT / path) != aside[path]:
                    (self.folder / KEPT / path).parent.mkdir(parents=True, exist_ok=True)
                    replace(self.folder / KEPT / path, aside[path])
            replace(self.folder / HISTORY, history)
            self._put_away(count)
        except OSError as error:
            why, path = error.strerror, error.filename
            raise PublishError("error.left-over", why=why, path=path) from error

    def _put(self, path: str, data: bytes) -> None:
        """Put a file into the stage. No half of it is ever there: the stage may be an earlier site,
        which with a file too many would no longer be as it was published."""
        replace(self.stage / path, data, by_way_of=self.folder)

    def bring_back(
        self, folder: Path, history: bytes, aside: Mapping[str, bytes], count: int
    ) -> None:
        """Let an earlier site and the one that is up change places. OSError on failure."""
        shutil.rmtree(self.stage, ignore_errors=True)
        replace(self._turning, b"keep")
        folder.rename(self.stage)
        self.turn(history, aside, count)

    def _put_away(self, count: int) -> None:
        """Put the folder that is left at the stage where it belongs, and take away what is too
        old; done twice it comes to the same."""
        if _bytes(self._turning) == b"purge":
            for folder in (self.stage, self.previous):
                if folder.exists():
                    shutil.rmtree(folder)
        wanted = list(islice(past(self.history), count))
        manifest = _bytes(self.stage / MANIFEST)
        name = hashlib.sha256(manifest).hexdigest()
        if manifest and name in wanted:
            self.previous.mkdir(exist_ok=True)
            shutil.rmtree(self.previous / name, ignore_errors=True)
            self.stage.rename(self.previous / name)
        for folder in list(self.previous.iterdir()) if self.previous.is_dir() else []:
            if folder.name not in wanted:
                self._give_up(folder)
        self.inventories.keep_only([self.out, self.stage, *self.sites()])
        self._turning.unlink(missing_ok=True)

    def _give_up(self, folder: Path) -> None:
        """What is too old to be put up again still spares the next build much writing."""
        if not self.stage.exists():
            with suppress(OSError):
                folder.rename(self.stage)
                return
        shutil.rmtree(folder, ignore_errors=True)


@lru_cache(maxsize=4)
def _is_broken(chain: bytes) -> bool:
    return any(breaks(chain))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
