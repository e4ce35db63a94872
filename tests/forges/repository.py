"""A git repository behind an HTTP API: what the stand-ins for Gitea and GitLab have in common."""

from __future__ import annotations

import contextlib
import http.server
import json
import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Blob:
    """A file in the head commit."""

    path: str
    sha: str
    size: int


@dataclass(frozen=True)
class Change:
    """One file of a commit: written, moved or, without content, taken away."""

    path: str
    content: bytes | None
    was: str | None = None
    sha: str | None = None


class Conflict(Exception):
    """A change to what is no longer there as it was."""


class Repository:
    """A bare repository with one branch."""

    def __init__(self, folder: Path, branch: str = "main") -> None:
        self.folder, self.branch = folder, branch
        self._lock = threading.Lock()

    @classmethod
    def of(cls, site: Path, folder: Path, branch: str = "main") -> Repository:
        """A new repository whose first commit holds a site folder."""
        folder.mkdir(parents=True)
        one = cls(folder, branch)
        one._git("init", "--quiet", "--bare", f"--initial-branch={branch}")
        files = [
            path for path in sorted(site.rglob("*")) if path.is_file() and ".git" not in path.parts
        ]
        one.commit(
            [Change(str(path.relative_to(site)), path.read_bytes()) for path in files],
            "第一次提交",
            "办公室",
            "office@factory.example",
        )
        return one

    def _git(
        self, *command: str, given: bytes | None = None, env: Mapping[str, str] | None = None
    ) -> str:
        done = subprocess.run(
            ["git", "-c", "core.quotePath=false", *command],
            cwd=self.folder,
            input=given,
            env={**os.environ, **(env or {})},
            capture_output=True,
            check=True,
        )
        return done.stdout.decode()

    def head(self) -> str:
        return self._git("rev-parse", self.branch).strip()

    def log(self, path: str | None = None) -> list[tuple[str, str, str, str, str]]:
        """Commits, newest first: hash, author, address, day and message."""
        out = self._git(
            "log",
            "--format=%H%x1f%an%x1f%ae%x1f%cI%x1f%B%x1e",
            self.branch,
            *(["--", path] if path else []),
        )
        rows = [row.strip("\n").split("\x1f") for row in out.split("\x1e") if row.strip()]
        return [(row[0], row[1], row[2], row[3], row[4].strip()) for row in rows]

    def blobs(self) -> list[Blob]:
        rows = self._git("ls-tree", "-r", "-z", "--long", self.branch).split("\0")
        found = []
        for row in filter(None, rows):
            about, path = row.split("\t", 1)
            _, _, sha, size = about.split()
            found.append(Blob(path, sha, int(size)))
        return found

    def read(self, path: str) -> str:
        return self._git("show", f"{self.branch}:{path}")

    def commit(self, changes: list[Change], message: str, name: str, email: str) -> str:
        """Writes a commit on the branch. What it changes must be as the writer last saw it."""
        with self._lock, tempfile.TemporaryDirectory() as scratch:
            index = {"GIT_INDEX_FILE": str(Path(scratch, "index"))}
            known = {blob.path: blob.sha for blob in self.blobs()} if self._born() else {}
            if known:
                self._git("read-tree", self.branch, env=index)
            lines = []
            for change in changes:
                if change.sha and known.get(change.was or change.path) != change.sha:
                    raise Conflict(change.path)
                if change.was and change.was != change.path:
                    lines.append(f"0 {'0' * 40}\t{change.was}")
                if change.content is None:
                    lines.append(f"0 {'0' * 40}\t{change.path}")
                else:
                    sha = self._git("hash-object", "-w", "--stdin", given=change.content).strip()
                    lines.append(f"100644 {sha}\t{change.path}")
            self._git(
                "update-index",
                "-z",
                "--index-info",
                given="".join(f"{line}\0" for line in lines).encode(),
                env=index,
            )
            tree = self._git("write-tree", env=index).strip()
            who = {
                f"GIT_{role}_{what}": value
                for role in ("AUTHOR", "COMMITTER")
                for what, value in (("NAME", name), ("EMAIL", email))
            }
            parents = ["-p", self.head()] if known else []
            made = self._git("commit-tree", tree, *parents, "-m", message, env=who).strip()
            self._git("update-ref", f"refs/heads/{self.branch}", made)
            return made

    def on(self, branch: str) -> Repository:
        """The same repository, seen from another branch."""
        return Repository(self.folder, branch)

    def begin(self, branch: str) -> Repository:
        """A branch that begins where this one is."""
        self._git("branch", "--no-track", branch, self.branch)
        return self.on(branch)

    def fetch(self, other: Repository) -> None:
        """Take over another branch that began here."""
        self._git("update-ref", f"refs/heads/{self.branch}", other.head())

    def end(self) -> None:
        """Take the branch away."""
        self._git("update-ref", "-d", f"refs/heads/{self.branch}")

    def is_there(self) -> bool:
        """Is there a branch of this name?"""
        return self._born()

    def _born(self) -> bool:
        return bool(self._git("for-each-ref", f"refs/heads/{self.branch}"))


@dataclass
class Account:
    """Who a token belongs to."""

    token: str = "token-of-the-clerk"  # noqa: S105 - of nobody
    id: int = 7
    login: str = "clerk"
    name: str = "劳资科公开员"
    email: str = "clerk@factory.example"


@dataclass
class Forge:
    """A forge with one project, and what it was asked, in order."""

    repository: Repository
    project: str = "office/board"
    account: Account = field(default_factory=Account)
    asked: list[str] = field(default_factory=list)
    requests: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Merge requests by their numbers."""


class Refusal(Exception):
    """An answer other than 200."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


class Api(http.server.BaseHTTPRequestHandler):
    """JSON in, JSON out, for pages of any origin that hold a token."""

    protocol_version = "HTTP/1.1"
    forge: Forge

    def answer(self, method: str, path: str, query: dict[str, str], body: Any) -> Any:
        """What is said to one request; Refusal for anything else."""
        raise NotImplementedError

    def do_OPTIONS(self) -> None:
        self._send(204, None)

    def do_GET(self) -> None:
        self._handle("GET")

    def do_POST(self) -> None:
        self._handle("POST")

    def do_PUT(self) -> None:
        self._handle("PUT")

    def _handle(self, method: str) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        split = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(split.query).items()}
        self.forge.asked.append(f"{method} {self.path}")
        try:
            if self.headers.get("Authorization", "").split(" ")[-1] != self.forge.account.token:
                raise Refusal(401, "token is required")
            status, said = 200, self.answer(method, split.path, query, body)
            if method == "POST" and not split.path.endswith(("graphql", "file-contents")):
                status = 201
        except Refusal as refusal:
            status, said = refusal.status, {"message": refusal.message}
        except Conflict as conflict:
            status, said = 422, {"message": f"sha does not match: {conflict}"}
        self._send(status, said)

    def _send(self, status: int, said: Any) -> None:
        raw = b"" if said is None else json.dumps(said, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Access-Control-Allow-Origin", self.headers.get("Origin", "*"))
        self.send_header("Access-Control-Allow-Headers", "Authorization, Content-Type")
        self.send_header("Access-Control-Allow-Methods", "GET, POST, OPTIONS")
        self.send_header("Access-Control-Allow-Private-Network", "true")
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002


@contextlib.contextmanager
def running(api: type[Api], forge: Forge) -> Iterator[str]:
    """The address of a forge that answers on loopback."""
    bound = type(api.__name__, (api,), {"forge": forge})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), bound)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
