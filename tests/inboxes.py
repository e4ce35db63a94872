"""A running inbox for tests, asked over HTTP as a browser asks."""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

BOUNDARY = "gongkai-test"
ROOM = 10_000
"""Requests at once that are let through, where a law is about something else."""
ORG = """\
name: 示例厂
keep_contacts: 30
departments: [{name: 后勤部, phone: 内线 8051}, {name: 设备部}]
channels: [{kind: phone, text: 工会 内线 8001}, {kind: box, text: 食堂门口}]
"""
PASSWORD = "not-a-secret-1"  # noqa: S105 - of nobody


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def output(self, name: str) -> str:
        """What stands in an output of the page."""
        found = re.search(rf'<output name="{name}">([^<]*)</output>', self.text)
        assert found, self.text
        return found[1]


def multipart(fields: Mapping[str, str], photo: bytes = b"", called: str = "photo.jpg") -> bytes:
    """A form as browsers send it."""
    parts = []
    for name, value in fields.items():
        head = f'Content-Disposition: form-data; name="{name}"'
        parts.append(f"--{BOUNDARY}\r\n{head}\r\n\r\n{value}\r\n".encode())
    if photo:
        head = f'Content-Disposition: form-data; name="photo"; filename="{called}"'
        parts.append(f"--{BOUNDARY}\r\n{head}\r\nContent-Type: image/jpeg\r\n\r\n".encode())
        parts.append(photo + b"\r\n")
    return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])


PARTS = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
TYPED = {"Content-Type": "application/x-www-form-urlencoded"}


class Inbox:
    """One inbox in a process of its own. ``before`` is run in it before it starts."""

    def __init__(self, root: Path, folder: Path, *options: str, before: str = "") -> None:
        self.root, self.folder = root, folder
        run = f"{before}\nfrom gongkai.cli.main import main\nimport sys\nsys.exit(main())"
        call = ["inbox", "--root", str(root), "--dir", str(folder), "--port", "0", *options]
        self.process = subprocess.Popen(
            [sys.executable, "-c", run, *call], stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        assert self.process.stderr
        first = self.process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", first)
        if found is None:
            raise AssertionError(first + self.stop())
        self.port = int(found[1])
        self.url = found[0]
        self._wait()

    def _wait(self) -> None:
        """Until it answers: the port is open before it listens."""
        while True:
            with suppress(ConnectionRefusedError):
                self.ask("GET", "/healthz")
                return
            assert self.process.poll() is None

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | str = b"",
        headers: Mapping[str, str] = {},
    ) -> Answer:
        """One request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, dict(headers))
            got = connection.getresponse()
            return Answer(got.status, dict(got.getheaders()), got.read())
        finally:
            connection.close()

    def send(self, text: str = "更衣柜不足", photo: bytes = b"", **fields: str) -> Answer:
        """An opinion, as the form sends it."""
        return self.ask("POST", "/say", multipart({"text": text, **fields}, photo), PARTS)

    def post(self, path: str, fields: Mapping[str, str], **headers: str) -> Answer:
        """A form without a photo."""
        return self.ask("POST", path, urlencode(fields), {**TYPED, **headers})

    def raw(self, data: bytes) -> bytes:
        """What is answered to some bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as made:
            made.sendall(data)
            parts = []
            with suppress(ConnectionError):
                while part := made.recv(65536):
                    parts.append(part)
        return b"".join(parts)

    def stop(self) -> str:
        """Told to stop; what it said meanwhile."""
        self.process.terminate()
        return self.process.communicate(timeout=20)[1]

    def kill(self) -> None:
        """Ended without a word, if it has not ended yet."""
        self.process.kill()
        self.process.wait()
        if self.process.stderr:
            self.process.stderr.close()


class Clerk:
    """Somebody at the desk of an inbox, signed in."""

    def __init__(self, inbox: Inbox, name: str, password: str = PASSWORD) -> None:
        self.inbox = inbox
        answer = inbox.post("/desk/login", {"name": name, "password": password})
        assert answer.status == 303, answer.text
        self.cookie = answer.headers["set-cookie"]
        self.headers = {"Cookie": self.cookie.partition(";")[0]}

    def see(self, path: str = "/desk/") -> str:
        answer = self.inbox.ask("GET", path, headers=self.headers)
        assert answer.status == 200, answer.text
        return answer.text

    @property
    def csrf(self) -> str:
        found = re.search(r'name="csrf" value="(\w+)"', self.see())
        assert found
        return found[1]

    def step(self, number: str, step: str, **fields: str) -> Answer:
        sent = {"csrf": self.csrf, "step": step, **fields}
        return self.inbox.post(f"/desk/{number}", sent, **self.headers)
