"""A server on this machine that takes messages as the robots of group chats do, and the ways in
which one goes wrong."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.server
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

SECRET = "SEC-test-key"  # noqa: S105 - of the robots here

WECOM_MOST = 2048
"""Bytes of a text that 企业微信 takes."""


class Robots(http.server.ThreadingHTTPServer):
    """Takes messages under ``/wecom``, ``/dingtalk``, ``/feishu`` and ``/hook``. ``taken`` are
    those it has, ``asked`` counts requests, ``fault`` is what goes wrong at the next ones."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.taken: list[tuple[str, dict[str, Any]]] = []
        self.asked = 0
        self.fault: Callable[[], str] = lambda: ""

    def at(self, name: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{name}?key=geheim-123"

    def texts(self) -> list[str]:
        return [_text(name, body) for name, body in self.taken]


def _text(name: str, body: dict[str, Any]) -> str:
    found = body["content"]["text"] if name == "feishu" else body["text"]
    return str(found if isinstance(found, str) else found["content"])


@contextmanager
def robots() -> Iterator[Robots]:
    server = Robots()
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Robots

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002

    def do_POST(self) -> None:
        self.server.asked += 1
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        address = urlsplit(self.path)
        name, query = address.path.strip("/"), parse_qs(address.query)
        fault = self.server.fault()
        if fault.startswith("before-"):
            return self._go_wrong(fault.removeprefix("before-"))
        answer = _ANSWERS[name](body, query)
        if not any(answer.get(key) for key in ("errcode", "code")):
            self.server.taken.append((name, body))
        if fault.startswith("after-"):
            return self._go_wrong(fault.removeprefix("after-"))
        return self._say(200, json.dumps(answer).encode())

    def _say(self, status: int, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(data)

    def _go_wrong(self, how: str) -> None:
        if how == "drop":
            self.connection.close()
        elif how == "slow":
            time.sleep(1.2)
            self.connection.close()
        elif how == "cut":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b'{"errcode"')
            self.connection.close()
        elif how == "later":
            self.send_response(503)
            self.send_header("Retry-After", "86400")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif how == "drip":
            self.send_response(200)
            self.end_headers()
            for _ in range(60):
                self.wfile.write(b" ")
                time.sleep(0.02)
        elif how in _WORDS:
            self._say(200, _WORDS[how])
        else:
            self._say(int(how), b"")


_WORDS = {
    "html": "<html>请登录</html>".encode(),
    "empty": b"",
    "list": b"[0]",
    "limit": b'{"errcode": 45009, "errmsg": "api freq out of limit"}',
    "talks": b'{"errcode": 93000, "errmsg": "no such hook /wecom?key=geheim-123"}',
    "gbk": '{"errcode": 1, "errmsg": "失败"}'.encode("gbk"),
    "deep": b"[" * 5000,
    "flag": b'{"code": false}',
    "unsigned": b'{"code": 19021, "msg": "sign match fail"}',
}


def _signed(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def _wecom(body: dict[str, Any], _: dict[str, list[str]]) -> dict[str, Any]:
    is_short = len(body["text"]["content"].encode()) <= WECOM_MOST
    good = body["msgtype"] == "text" and is_short
    return {"errcode": 0, "errmsg": "ok"} if good else {"errcode": 40058, "errmsg": "too long"}


def _dingtalk(body: dict[str, Any], query: dict[str, list[str]]) -> dict[str, Any]:
    stamp = query.get("timestamp", [""])[0]
    is_signed = query.get("sign") == [_signed(SECRET, f"{stamp}\n{SECRET}")]
    good = body["msgtype"] == "text" and is_signed and len(stamp) == 13
    return {"errcode": 0, "errmsg": "ok"} if good else {"errcode": 310000, "errmsg": "sign"}


def _feishu(body: dict[str, Any], _: dict[str, list[str]]) -> dict[str, Any]:
    is_signed = body.get("sign") == _signed(f"{body.get('timestamp')}\n{SECRET}", "")
    good = body["msg_type"] == "text" and is_signed and len(body["timestamp"]) == 10
    return {"code": 0, "msg": "success"} if good else {"code": 19021, "msg": "sign match fail"}


_ANSWERS: dict[str, Callable[[dict[str, Any], dict[str, list[str]]], dict[str, Any]]] = {
    "wecom": _wecom,
    "dingtalk": _dingtalk,
    "feishu": _feishu,
    "hook": lambda *_: {},
}
