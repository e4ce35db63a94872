"""The preview's web server: the last good site, and a line in each page that waits for the next."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import msgspec
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from gongkai.domain.errors import GongkaiError
from gongkai.messages import say
from gongkai.preview.pages import Preview, is_watched
from gongkai.source.looking import folders_of

ADDRESS = "/__preview__/"
FORMS = "/forms/"
_SCRIPT = (Path(__file__).parent / "preview.js").read_bytes()
_OURSELVES = ("127.0.0.1", "localhost", "::1")
"""Names by which this machine may be asked: a page of another host that has its own name lead here
must not read drafts."""
LARGEST = 25_000_000
"""Bytes of what is sent to the forms: a file of 20 MB, or a table of 5,000 rows."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""What a page of the forms may do."""
_LONG = 25
"""Seconds after which a waiting browser is answered even if nothing changed."""


class FormRequest(NamedTuple):
    """What a browser asks of the forms: ``is_ours`` says that a page of ours sends it."""

    path: str
    query: str
    body: bytes | None
    is_ours: bool


class FormAnswer(NamedTuple):
    """What it gets."""

    status: int
    kind: str
    body: bytes
    location: str = ""


AnswerForms = Callable[[FormRequest], FormAnswer]


def serve(
    preview: Preview, root: Path, port: int, poll: bool, forms: AnswerForms | None = None
) -> None:
    """Serve a preview on loopback until interrupted, and beside it the forms that write into the
    site. OSError when the port is taken."""
    server = _Server(("127.0.0.1", port), partial(_Handler, preview=preview, forms=forms))
    server.daemon_threads = True
    for place in ("", FORMS.lstrip("/")) if forms else ("",):
        preview.tell(f"http://127.0.0.1:{server.server_port}/{place}")
    observer = None
    try:
        preview.build(root)  # before there are threads, so that all cores can help
        threading.Thread(target=server.serve_forever, daemon=True).start()
        observer = None if poll else _observe(preview, root)
        preview.watch(root, poll)
    finally:
        preview.stop()
        if observer:
            observer.stop()
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away is no fault; any other breaks off its own answer only."""


class _Handler(BaseHTTPRequestHandler):
    def __init__(
        self, *arguments: Any, preview: Preview, forms: AnswerForms | None, **options: Any
    ) -> None:
        self.preview, self.forms = preview, forms
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        if not _is_for_us(self.headers.get("Host", "")):
            self._answer(b"403", "text/plain", HTTPStatus.FORBIDDEN)
            return
        path, _, query = self.path.partition("?")
        if self.forms and path.startswith(FORMS):
            self._answer_form(self.forms, None)
        elif path == f"{ADDRESS}script.js":
            self._answer(_SCRIPT, "text/javascript")
        elif path == f"{ADDRESS}state":
            seen = int(query) if query.isdecimal() and len(query) < 10 else -1
            state = self.preview.wait(seen, _LONG)
            self._answer(msgspec.json.encode(state), "application/json")
        else:
            self._answer_file(unquote(path).lstrip("/"))

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        is_known = _is_for_us(self.headers.get("Host", "")) and self.path.startswith(FORMS)
        if not is_known or self.forms is None:
            self._answer(b"403", "text/plain", HTTPStatus.FORBIDDEN)
        elif not length.isdecimal() or int(length) > LARGEST:
            self.close_connection = True
            self._answer(b"413", "text/plain", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            self._answer_form(self.forms, self.rfile.read(int(length)))

    def _answer_form(self, forms: AnswerForms, body: bytes | None) -> None:
        path, _, query = self.path.partition("?")
        answer = forms(FormRequest(path, query, body, self._is_ours()))
        self.send_response(answer.status)
        if answer.location:
            self.send_header("Location", answer.location)
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self._end(answer.body, answer.kind)

    def _is_ours(self) -> bool:
        """Does a page of ours send this? A browser says where a form comes from."""
        site = self.headers.get("Sec-Fetch-Site")
        if site:
            return site == "same-origin"
        origin = urlsplit(self.headers.get("Origin", "")).netloc
        return bool(origin) and origin == self.headers.get("Host")

    def _answer_file(self, path: str) -> None:
        name = f"{path}index.html" if path == "" or path.endswith("/") else path
        try:
            data = self.preview.find(name)
        except GongkaiError as error:
            self._answer(say("zh", error.key, **error.values).encode(), "text/plain; charset=utf-8")
            return
        if data is None:
            self._turn_away(path)
            return
        kind = guess_type(name)[0] or "application/octet-stream"
        if kind == "text/html":
            kind = "text/html; charset=utf-8"
            data = self._with_script(data)
        self._answer(data, kind)

    def _turn_away(self, path: str) -> None:
        """A folder without its slash leads on; anything else is not there."""
        if path and self.preview.find(f"{path}/index.html") is not None:
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{self.path.partition('?')[0]}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._answer(b"404", "text/plain", HTTPStatus.NOT_FOUND)

    def _with_script(self, page: bytes) -> bytes:
        mark = say("zh", "ui.mark-preview") if self.preview.drafts else ""
        script = f'<script src="{ADDRESS}script.js" data-drafts="{mark}" defer></script></body>'
        return page.replace(b"</body>", script.encode())

    def _answer(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self._end(body, kind)

    def _end(self, body: bytes, kind: str) -> None:
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None: ...  # noqa: A002 - the base's name


def _is_for_us(host: str) -> bool:
    """Was this machine asked by one of its own names?"""
    try:
        return urlsplit(f"//{host}").hostname in _OURSELVES
    except ValueError:
        return False


class _Hints(FileSystemEventHandler):
    def __init__(self, preview: Preview, root: Path, pages: Path | None) -> None:
        self.preview, self.root, self.pages = preview, root, pages

    def on_any_event(self, event: FileSystemEvent) -> None:
        is_news = event.event_type not in ("opened", "closed_no_write")
        if not is_news or (event.is_directory and event.event_type == "modified"):
            return  # what changed in a folder is told of itself
        for path in (event.src_path, event.dest_path):
            name = path if isinstance(path, str) else bytes(path).decode()
            if name and is_watched(name, self.root, self.pages):
                self.preview.hinted.add(name)
                self.preview.hint.set()


def _observe(preview: Preview, root: Path) -> Any:
    pages = preview.site.pages if preview.site else None
    hints, observer = _Hints(preview, root, pages), Observer()
    for folder in folders_of(root, pages):
        if folder.is_dir():
            observer.schedule(hints, str(folder), recursive=True)
    observer.schedule(hints, str(root), recursive=False)
    observer.start()
    return observer
