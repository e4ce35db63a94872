"""Preview: save a file and the browser shows it. On loopback only.

Nothing is written: the edition is kept, and a page is made when a browser asks for it. Events of
the file system are hints; what counts is a look at the disk, at what was hinted at once and at the
rest right after. A broken file shows its findings over the last good site, and the next save heals
it. It also looks again when an instant passes at which something changes. The clock and the voice
come from the caller.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from gongkai.build.frame_cache import MakeShell, Shells
from gongkai.build.plan import Work
from gongkai.build.steps import english_work, manifest_of
from gongkai.domain.errors import GongkaiError
from gongkai.domain.finding import Severity
from gongkai.domain.model import Site
from gongkai.files.lock import LOCK, locked
from gongkai.files.reading import see
from gongkai.files.workers import Means
from gongkai.messages import hint, message, say
from gongkai.preview.on_demand import Showing
from gongkai.render.frame import Shell
from gongkai.rules.checking import Checked, check, read
from gongkai.source.library import Reader
from gongkai.source.looking import CONFIGS, Look, around_of, folders_of, items_among, look_around
from gongkai.status.drafts import unveiled
from gongkai.status.edition import make_edition
from gongkai.status.next_change import next_change
from gongkai.status.standing import Standings, stand

SETTLE = 0.005
"""Seconds of quiet that end a burst of changes."""
BURST = 0.2
"""Seconds after which a burst is looked at even if it goes on."""
PAUSE = 0.05
"""Seconds in which the browser fetches the new page, before the rest of the disk is looked at."""
LOOK = 1.0
"""Seconds between looks at the disk where events cannot be relied on."""
LONGEST = 3600.0
"""Seconds after which to look at the clock again, however far the next change is."""


class PreviewState(msgspec.Struct, frozen=True):
    """What the browser is told: which build it sees, and what keeps the next from being made."""

    number: int = 0
    problems: tuple[str, ...] = ()


class Preview:
    """Shows a site as it is now, and tells who waits that it has changed."""

    def __init__(
        self,
        read: Callable[[], Site],
        clock: Callable[[Site], datetime],
        tell: Callable[[str], None],
        make_shell: MakeShell,
        means: Means,
        folder: Path,
        *,
        drafts: bool = False,
    ) -> None:
        self.read, self.clock, self.tell = read, clock, tell
        self.make_shell, self.means, self.drafts = make_shell, means, drafts
        self.root = self.folder = folder
        self.shell: Shell | None = None
        self.second: Shell | None = None
        self.site: Site | None = None
        self.around: object = None
        self.state = PreviewState()
        self.showing: Showing | None = None
        self.changed = threading.Condition()
        self.hint = threading.Event()
        self.hinted: set[str] = set()
        self.stopped = threading.Event()
        self.reader: Reader | None = None
        self.standings: Standings | None = None
        self.checked: Checked | None = None
        self.busy = threading.RLock()
        self.following: tuple[Standings | None, datetime | None] = None, None
        self.seen: Look = {}

    def build(self, root: Path) -> None:
        """Look at everything, and show it."""
        with self.busy:
            self.root, self.seen = root, self.look(root)
            self._show()

    def look(self, root: Path) -> Look:
        """Look at everything; where MkDocs' pages lie, only the configuration can tell."""
        return look_around(root, self.site.pages if self.site else None)

    def rebuild(self, root: Path, hinted: set[str]) -> None:
        """Look at a few files only, and show what has changed with them."""
        with self.busy:
            before = {path: self.seen.get(path) for path in hinted}
            now = {path: see(path) for path in hinted}
            if any(found is None or Path(path).is_dir() for path, found in now.items()):
                self.build(root)  # a folder may have come or gone, with all that is in it
            elif now != before:
                self.seen |= {path: found for path, found in now.items() if found}
                self._show()

    def _show(self) -> None:
        """Make the edition of now; with errors the last good one stays, and they are told."""
        try:
            problems = tuple(self._problems())
        except GongkaiError as error:
            problems = (say("zh", error.key, **error.values),)
        except OSError as error:
            problems = (f"{error.strerror}: {error.filename or ''}",)
        with self.changed:
            self.state = PreviewState(self.state.number + 1, problems)
            self.changed.notify_all()
        for line in problems:
            self.tell(line)

    def _problems(self) -> Iterator[str]:
        """What keeps the site from being shown; with nothing of that it is."""
        around = around_of(self.seen, self.root)
        if self.site is None or self.around != around:
            self.site, self.shell, self.around = self.read(), None, around
            self.second = None
        site, before, self.standings = self.site, self.standings, None
        now = self.clock(site)
        if self.reader is None or self.reader.site != site:
            self.reader = Reader(site, self.means)
        self.reader.listing = items_among(self.seen, site)
        self.reader.unchanged_around = around
        checked = check(read(self.reader), now, before=before)
        self.standings, self.checked = checked.standings, checked
        self.means = self.means._replace(may_copy=False)  # there are threads from here on
        errors = [finding for finding in checked.findings if finding.severity is Severity.ERROR]
        for finding in errors:
            place = f"{finding.path}:{finding.line}:{finding.column}"
            yield f"{place} {message(finding, site.lang)} → {hint(finding, site.lang)}"
        if not errors:
            self.showing = self._showing(checked.standings, site, now)

    def _showing(self, standings: Standings, site: Site, now: datetime) -> Showing:
        if self.drafts:
            standings = stand(unveiled(standings.library, now), now)
        if self.shell is None:
            with locked(self.folder.parent / LOCK, lambda _: None):  # a build may be using it
                shells = Shells(site, self.means.keep)
                self.shell = shells.find() or shells.make(self.make_shell, self.folder)
        before = self.showing.work.edition if self.showing else None
        edition = make_edition(standings, before)
        english = english_work(edition, self._english(site))
        return Showing(Work(edition, self.shell, english), lambda: manifest_of(edition, None))

    def _english(self, site: Site) -> Shell | None:
        """The frame of the site in English, if there is to be one; made once."""
        if site.english is None:
            return None
        if self.second is None:
            shells = Shells(site.english, self.means.keep, "shell-en")
            folder = self.folder.with_name("frame-en")
            self.second = shells.find() or shells.make(self.make_shell, folder)
        return self.second

    def find(self, path: str) -> bytes | None:
        """A file of the last good site; an empty page while there is none yet."""
        if self.showing is None:
            return b"<!doctype html><body></body>" if path.endswith(".html") else None
        return self.showing.find(path)

    def wait(self, seen: int, seconds: float) -> PreviewState:
        """The state as soon as it is another one than the build already seen."""
        with self.changed:
            self.changed.wait_for(lambda: self.state.number != seen, seconds)
            return self.state

    def watch(self, root: Path, poll: bool) -> None:
        """Show whatever changed on the disk, or when an instant passes, until stopped."""
        while not self.stopped.is_set():
            if self._left() <= 0 or self.look(root) != self.seen:
                self.build(root)
            hinted = self._wait_for_hints(LOOK if poll else max(0.0, self._left()) + SETTLE)
            if hinted and not self.stopped.is_set():
                self.rebuild(root, hinted)
                self.stopped.wait(PAUSE)

    def _wait_for_hints(self, seconds: float) -> set[str]:
        """Paths at which something happened, once nothing more happens there for a moment."""
        if self.hint.wait(seconds):
            for _ in range(int(BURST / SETTLE)):
                self.hint.clear()
                if not self.hint.wait(SETTLE):
                    break
        self.hint.clear()
        hinted, self.hinted = self.hinted, set()
        return hinted

    def _left(self) -> float:
        """Seconds until something changes by itself; only the disk can mend what was not read."""
        if self.standings is None:
            return LONGEST
        if self.standings is not self.following[0]:
            self.following = self.standings, next_change(self.standings).next
        instant = self.following[1]
        if instant is None:
            return LONGEST
        site = self.standings.library.site
        return min(LONGEST, (instant - self.clock(site)).total_seconds())

    def stop(self) -> None:
        """End the watch."""
        self.stopped.set()
        self.hint.set()


def is_watched(path: str, root: Path, pages: Path | None) -> bool:
    """Is a path among what is watched, and neither hidden nor an office program's lock?"""
    found = Path(path)
    if not found.is_relative_to(root):
        return False
    is_hidden = any(part.startswith((".", "~$")) for part in found.relative_to(root).parts)
    folders = folders_of(root, pages)
    is_config = found.parent == root and found.match(CONFIGS)
    is_ours = is_config or any(found.is_relative_to(folder) for folder in folders)
    return is_ours and not is_hidden
