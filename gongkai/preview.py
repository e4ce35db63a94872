"""Preview: save a file and the browser shows it. On loopback only.

Events of the file system are hints; what counts is a look at the disk. A broken file shows its
findings over the last good site, and the next save heals it. It also builds when an instant passes
at which something changes. The clock and the voice come from the caller.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import msgspec
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from gongkai.changes import next_change
from gongkai.errors import GongkaiError
from gongkai.finding import Severity
from gongkai.messages import hint, message, say
from gongkai.model import Site
from gongkai.pipeline import Built, MakeShell, build
from gongkai.work import Means

WATCHED = ("content", "boards", "theme", "mkdocs.yml")
SETTLE = 0.15
"""Seconds to wait for the rest of a burst of changes."""
LOOK = 1.0
"""Seconds between looks at the disk where events cannot be relied on."""
LONGEST = 3600.0
"""Seconds after which to look at the clock again, however far the next change is."""
ADDRESS = "/__preview__/"

_SCRIPT = (Path(__file__).parent / "preview.js").read_bytes()
Snapshot = dict[str, tuple[int, int]]


class State(msgspec.Struct, frozen=True):
    """What the browser is told: which build it sees, and what keeps the next from being made."""

    number: int = 0
    problems: tuple[str, ...] = ()


class Preview:
    """Builds a site again and again into a folder, and tells who waits."""

    def __init__(
        self,
        read: Callable[[], Site],
        clock: Callable[[Site], datetime],
        tell: Callable[[str], None],
        make_shell: MakeShell,
        means: Means,
        folder: Path,
    ) -> None:
        self.read, self.clock, self.tell = read, clock, tell
        self.make_shell, self.means, self.folder = make_shell, means, folder
        self.state = State()
        self.changed = threading.Condition()
        self.hint = threading.Event()
        self.stopped = threading.Event()
        self.left: Callable[[], float] = lambda: LONGEST
        self.seen: Snapshot = {}

    def build(self, root: Path) -> None:
        """Build once; with errors the last good site stays, and the problems are told."""
        self.seen = look(root)  # before reading, so that no later change is taken for seen
        try:
            site = self.read()
            now = self.clock(site)
            built = build(site, now, self.folder, self.make_shell, self.means)
            problems = tuple(_lines(built, site.lang)) if not built.files else ()
            self.left = self._countdown(site, next_change(built.checked.standings).next)
        except GongkaiError as error:
            problems = (say("zh", error.key, **error.values),)
            self.left = lambda: LONGEST  # only a change on the disk can mend this
        self._show(problems)

    def _countdown(self, site: Site, instant: datetime | None) -> Callable[[], float]:
        """How many seconds are left to an instant by the clock, whenever asked."""
        if instant is None:
            return lambda: LONGEST
        return lambda: min(LONGEST, (instant - self.clock(site)).total_seconds())

    def _show(self, problems: tuple[str, ...]) -> None:
        with self.changed:
            self.state = State(self.state.number + 1, problems)
            self.changed.notify_all()
        for line in problems:
            self.tell(line)

    def wait(self, seen: int, seconds: float) -> State:
        """The state as soon as it is another one than the build already seen."""
        with self.changed:
            self.changed.wait_for(lambda: self.state.number != seen, seconds)
            return self.state

    def watch(self, root: Path, poll: bool) -> None:
        """Build whenever something changed on the disk, or an instant passed, until stopped."""
        while not self.stopped.is_set():
            hinted = self.hint.wait(LOOK if poll else max(0.0, self.left()) + SETTLE)
            self.hint.clear()
            if self.stopped.wait(SETTLE if hinted else 0):
                return
            if look(root) != self.seen or self.left() <= 0:
                self.build(root)

    def stop(self) -> None:
        """End the watch."""
        self.stopped.set()
        self.hint.set()


def look(root: Path) -> Snapshot:
    """Every watched file with its time and size."""
    seen: Snapshot = {}
    for name in WATCHED:
        top = root / name
        for path in [top, *top.rglob("*")] if top.is_dir() else [top]:
            try:
                found = path.stat()
            except OSError:
                continue
            seen[str(path)] = (found.st_mtime_ns, found.st_size)
    return seen


def _lines(built: Built, lang: str) -> Iterator[str]:
    for one in built.checked.findings:
        if one.severity is Severity.ERROR:
            yield f"{one.path}:{one.line}:{one.column} {message(one, lang)} → {hint(one, lang)}"


class _Hints(FileSystemEventHandler):
    def __init__(self, preview: Preview) -> None:
        self.preview = preview

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in ("opened", "closed_no_write"):
            self.preview.hint.set()


class _Handler(SimpleHTTPRequestHandler):
    """Serves the site, with a line in each page that waits for the next build."""

    def __init__(self, *arguments: Any, preview: Preview, **options: Any) -> None:
        self.preview = preview
        super().__init__(*arguments, directory=str(preview.folder), **options)

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path == f"{ADDRESS}script.js":
            self._answer(_SCRIPT, "text/javascript")
        elif path == f"{ADDRESS}state":
            seen = int(query) if query.isdigit() else -1
            state = self.preview.wait(seen, 25)
            self._answer(msgspec.json.encode(state), "application/json")
        elif (page := self._page(path)) is not None:
            script = f'<script src="{ADDRESS}script.js" defer></script></body>'.encode()
            self._answer(page.replace(b"</body>", script), "text/html; charset=utf-8")
        else:
            super().do_GET()

    def _page(self, path: str) -> bytes | None:
        """A page of the site; while there is none yet, an empty one that waits for it."""
        if not (path.endswith(("/", ".html"))):
            return None
        file = Path(self.translate_path(path))
        file = file / "index.html" if path.endswith("/") else file
        if file.is_file():
            return file.read_bytes()
        return b"<!doctype html><body></body>" if not self.preview.folder.exists() else None

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None: ...  # noqa: A002 - the base's name


def serve(preview: Preview, root: Path, port: int, poll: bool) -> None:
    """Serve a preview on loopback until interrupted. OSError when the port is taken."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, preview=preview))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    observer = None if poll else _observe(preview, root)
    preview.tell(f"http://127.0.0.1:{server.server_port}/")
    try:
        preview.build(root)
        preview.watch(root, poll)
    finally:
        preview.stop()
        if observer:
            observer.stop()
        server.shutdown()
        server.server_close()


def _observe(preview: Preview, root: Path) -> Any:
    observer = Observer()
    for name in ("content", "boards", "theme"):
        if (root / name).is_dir():
            observer.schedule(_Hints(preview), str(root / name), recursive=True)
    observer.schedule(_Hints(preview), str(root), recursive=False)
    observer.start()
    return observer
