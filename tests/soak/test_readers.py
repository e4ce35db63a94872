"""Readers during publications: no error, nothing lost, and no page of another version than the
manifest that was up when it was fetched."""

from __future__ import annotations

import functools
import hashlib
import http.client
import http.server
import json
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.sites import item, make_site

DAY = "2026-11-22"
PUBLICATIONS = 100
CROWD = 200
PATHS = ("index.html", "items/canteen/index.html", "screen/machining/index.html",
         "posters/items/canteen.pdf", "boards/machining/index.html", "404.html")  # fmt: skip


class Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 1024


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {f"content/items/item-{n}.md": item(title=f"第{n}项") for n in range(5)}
    files["content/items/canteen.md"] = item(title="第0版")
    make_site(tmp_path / "site", files)
    build(tmp_path / "site")
    return tmp_path / "site"


def build(root: Path) -> None:
    command = [sys.executable, "-m", "gongkai", "build", "--root", str(root), "--at", DAY]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def port(site: Path) -> Iterator[int]:
    server = Server(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site / "site")))
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


class Fetched(NamedTuple):
    """A page, by its hash, and the manifests that were up before and after it was fetched."""

    path: str
    sha256: str
    before: bytes
    after: bytes


class Reader(threading.Thread):
    """Fetches without pause until told to stop."""

    def __init__(self, port: int, stop: threading.Event, first: int) -> None:
        super().__init__(daemon=True)
        self.port, self.stop, self.first = port, stop, first
        self.fetched: list[Fetched] = []
        self.faults: list[str] = []

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with closing(connection):
            self._read(connection)

    def _read(self, connection: http.client.HTTPConnection) -> None:
        number = self.first
        before = self._get(connection, "manifest.json")
        while not self.stop.is_set() or not self.fetched:  # each gets its turn, however busy
            path = PATHS[number % len(PATHS)]
            number += 1
            page = self._get(connection, path)
            after = self._get(connection, "manifest.json")
            self.fetched.append(Fetched(path, hashlib.sha256(page).hexdigest(), before, after))
            before = after

    def _get(self, connection: http.client.HTTPConnection, path: str) -> bytes:
        try:
            connection.request("GET", f"/{path}")
            answer = connection.getresponse()
            data = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.faults.append(f"{path}: {error!r}")
            connection.close()
            return b""
        if answer.status != 200:
            self.faults.append(f"{path}: {answer.status}")
        return data


def test_no_reader_sees_an_error_or_a_mixture(site: Path, port: int, share: int) -> None:
    readers, stop = crowd(port, 4)
    manifests = publications(site, PUBLICATIONS // share)
    faults, fetched = end(readers, stop)
    assert faults == []
    assert len({one.before for one in fetched}) > len(manifests) // 3, "they saw it change"
    for one in fetched:
        assert one.sha256 in allowed(one, manifests), one.path


def test_two_hundred_readers_lose_nothing(site: Path, port: int, share: int) -> None:
    readers, stop = crowd(port, CROWD)
    manifests = publications(site, max(3, 20 // share))
    faults, fetched = end(readers, stop)
    assert faults == []
    assert all(reader.fetched for reader in readers)
    for one in fetched:
        assert one.sha256 in allowed(one, manifests), one.path


def crowd(port: int, size: int) -> tuple[list[Reader], threading.Event]:
    stop = threading.Event()
    readers = [Reader(port, stop, number) for number in range(size)]
    for reader in readers:
        reader.start()
    return readers, stop


def end(readers: list[Reader], stop: threading.Event) -> tuple[list[str], list[Fetched]]:
    stop.set()
    for reader in readers:
        reader.join()
    faults = [fault for reader in readers for fault in reader.faults]
    return faults, [fetched for reader in readers for fetched in reader.fetched]


def publications(site: Path, count: int) -> list[bytes]:
    """Publish again and again; every manifest that was up, in order."""
    manifests = [(site / "site/manifest.json").read_bytes()]
    for number in range(1, count + 1):
        text = item(title=f"第{number}版", body=f"第{number}版的正文。")
        (site / "content/items/canteen.md").write_text(text, "utf-8")
        build(site)
        manifests.append((site / "site/manifest.json").read_bytes())
    return manifests


def allowed(one: Fetched, manifests: list[bytes]) -> set[str]:
    """The hashes a page may have had: of the manifests that were up while it was fetched."""
    first, last = manifests.index(one.before), manifests.index(one.after)
    return {json.loads(data)["files"][one.path] for data in manifests[first : last + 1]}
