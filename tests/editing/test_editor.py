"""The YAML language server that VS Code uses, on the files of a site: it completes, explains, and
marks no file that is right."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.command import run
from tests.sites import item, make_site

ROOT = Path(__file__).parents[2]
SERVER = shutil.which("yaml-language-server")
pytestmark = pytest.mark.skipif(
    SERVER is None, reason="no YAML language server here (npm install -g yaml-language-server)"
)


class Server:
    """A language server spoken to over its standard streams."""

    def __init__(self, root: Path) -> None:
        command = [SERVER or "", "--stdio"]
        home = {**os.environ, "HOME": str(root)}
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=home,
        )
        self.number = 0
        self.told: list[dict[str, Any]] = []
        about: dict[str, Any] = {"processId": None, "rootUri": root.as_uri(), "capabilities": {}}
        folders = [{"uri": root.as_uri(), "name": "site"}]
        self.ask("initialize", {**about, "workspaceFolders": folders})
        self.tell("initialized", {})
        schemas = json.loads((root / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
        self.settings = {
            "yaml": {
                "schemas": {(root / name).as_uri(): globs for name, globs in schemas.items()},
                "validate": True, "hover": True, "completion": True,
                "schemaStore": {"enable": False},
            }
        }  # fmt: skip
        self.tell("workspace/didChangeConfiguration", {"settings": self.settings})

    def tell(self, method: str, params: object, **more: object) -> None:
        data = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        self._write(data)

    def _write(self, data: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def ask(self, method: str, params: object) -> Any:
        self.number += 1
        self.tell(method, params, id=self.number)
        while True:
            message = self._read()
            if message.get("id") == self.number and "method" not in message:
                return message.get("result")

    def _read(self) -> dict[str, Any]:
        """The next message; what the server asks of its editor is answered."""
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        if "method" in message and "id" in message:
            wanted = message["method"] == "workspace/configuration"
            result = [self.settings["yaml"]] * 4 if wanted else None
            self._write(
                json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}).encode()
            )
        self.told.append(message)
        return message

    def open(self, path: Path, text: str) -> str:
        uri = path.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def marks(self, uri: str) -> list[str]:
        """What is marked in a file."""
        while True:
            for mapping in self.told:
                if (
                    mapping.get("method") == "textDocument/publishDiagnostics"
                    and mapping["params"]["uri"] == uri
                ):
                    return [mark["message"] for mark in mapping["params"]["diagnostics"]]
            self._read()

    def at(self, method: str, uri: str, line: int, character: int) -> Any:
        place = {"line": line, "character": character}
        return self.ask(method, {"textDocument": {"uri": uri}, "position": place})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    for name in ("content/org.yml", "content/catalogue.yml", "content/opinions/2026.yml",
                 "content/surveys/2026.yml"):  # fmt: skip
        make_site(root, {name: (ROOT / name).read_text("utf-8"), "content/items/a.md": item()})
    for path in (ROOT / "boards").glob("*.yml"):
        make_site(root, {f"boards/{path.name}": path.read_text("utf-8")})
    assert run(root, "schema").returncode == 0
    assert run(root, "new", "评先评优", "--at", "2026-12-01").returncode == 0
    return root


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[Server]:
    started = Server(site)
    yield started
    started.process.kill()
    started.process.wait()
    for stream in (started.process.stdin, started.process.stdout):
        assert stream is not None
        stream.close()


def test_no_file_that_is_right_is_marked(site: Path, server: Server) -> None:
    paths = [*site.glob("boards/*.yml"), *site.glob("content/*.yml"), *site.glob("content/*/*.yml"),
             *site.glob("content/items/*/*/*.yml")]  # fmt: skip
    assert len(paths) > 8
    for path in paths:
        assert server.marks(server.open(path, path.read_text("utf-8"))) == [], path


def test_a_typo_is_marked(site: Path, server: Server) -> None:
    days = "公开日期: 2026-12-01\n公开期限: 2026-12-31\n"
    text = f"标题: 题\n类别: 食堂帐目\n{days}责任: {{部门: 后勤部}}\n"
    uri = server.open(site / "content/items/typo.yml", text)
    assert len(server.marks(uri)) == 1


def test_the_words_of_this_site_are_offered(site: Path, server: Server) -> None:
    text = "标题: 题\n类别: \n公开栏: \n责任:\n  部门: \n"
    uri = server.open(site / "content/items/half.yml", text)
    for line, character, word in ((1, 4, "食堂账目"), (2, 5, "全部"), (4, 6, "后勤部")):
        assert is_offered(server, uri, (line, character), {word}), word
    assert is_offered(server, uri, (5, 0), {"公开日期", "草稿"})


def is_offered(server: Server, uri: str, place: tuple[int, int], words: set[str]) -> bool:
    """Are words offered at a place, once the server has read the schemas?"""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        found = server.at("textDocument/completion", uri, *place)
        if words <= {one["label"] for one in found["items"]}:
            return True
        time.sleep(0.1)
    return False


def test_a_key_is_explained_in_both_languages(site: Path, server: Server) -> None:
    uri = server.open(site / "content/items/hover.yml", "公开期限: 2026-12-31\n")
    told = server.at("textDocument/hover", uri, 0, 1)["contents"]
    text = told["value"] if isinstance(told, dict) else str(told)
    assert "最后一天" in text
    assert "the last day on which" in text
