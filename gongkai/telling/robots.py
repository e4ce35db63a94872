"""Robots of group chats, and any address that takes JSON: how each is written to, and answers.

The forms are those of the makers' own documents: 企业微信 群机器人, 钉钉 自定义机器人 (sign:
HMAC-SHA256 of time in milliseconds and key), 飞书 自定义机器人 (sign: the same, in seconds, of
nothing).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from typing import Any
from urllib.parse import quote_plus

import msgspec
import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from gongkai.model import Value
from gongkai.telling.digest import Digest
from gongkai.terms import Service


class Fate(Enum):
    """What became of a message."""

    TAKEN = "taken"
    """The robot said that it has it."""
    REFUSED = "refused"
    """It surely does not have it; it may be sent again."""
    UNCLEAR = "unclear"
    """It was sent, and no answer can be believed."""


class Answer(Value, frozen=True):
    """What became of a message, and of a refusal what was said."""

    fate: Fate
    why: str = ""


class Access(Value, frozen=True):
    """Where a robot is and by what it knows us; both are secrets."""

    address: str
    secret: str | None


TIMES = (5.0, 15.0)
"""Seconds to wait for a connection, and for an answer."""
_AGAIN = Retry(
    total=None,
    connect=3,
    read=False,
    redirect=0,
    status=3,
    other=0,
    status_forcelist=(429, 503),
    allowed_methods=None,
    backoff_factor=0.5,
    backoff_max=20,
    raise_on_status=False,
)
"""Tried again where nothing can have arrived, or where the answer says so; never when an answer
failed to come, because what was sent may be there."""


def send(service: Service, access: Access, digest: Digest, now: datetime) -> Answer:
    """Send a digest. Never raises for what the other side does, and repeats no secret."""
    address, body = _FORMS[service](access, digest, now)
    with requests.Session() as session:
        for scheme in ("http://", "https://"):
            session.mount(scheme, HTTPAdapter(max_retries=_AGAIN))
        try:
            answer = session.post(address, json=body, timeout=TIMES, allow_redirects=False)
            told = answer.content[:_MOST]
        except requests.ConnectTimeout:
            return Answer(Fate.REFUSED, "connect timeout")
        except requests.ConnectionError as error:
            return _unconnected(error)
        except requests.RequestException as error:
            return Answer(_FATES.get(type(error), Fate.UNCLEAR), type(error).__name__)
    return _judged(service, answer, told)


_GATEWAYS = (502, 504)
"""Somebody on the way did not get an answer."""
_MOST = 10_000
_FATES: Mapping[type[Exception], Fate] = {
    requests.exceptions.MissingSchema: Fate.REFUSED,
    requests.exceptions.InvalidSchema: Fate.REFUSED,
    requests.exceptions.InvalidURL: Fate.REFUSED,
    requests.exceptions.RetryError: Fate.REFUSED,
}


def _unconnected(error: requests.ConnectionError) -> Answer:
    """Where no connection came about nothing was sent; where it broke off, who knows."""
    reason: Any = error.args[0] if error.args else None
    cause = getattr(reason, "reason", reason)
    name = type(cause).__name__ if isinstance(cause, HTTPError) else type(error).__name__
    is_before = name in ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError")
    is_before = is_before or isinstance(error, requests.exceptions.SSLError | _PROXY)
    return Answer(Fate.REFUSED if is_before else Fate.UNCLEAR, name)


_PROXY = requests.exceptions.ProxyError


def _judged(service: Service, answer: requests.Response, told: bytes) -> Answer:
    """What an answer means. One that says neither yes nor no is not believed."""
    if answer.status_code in _GATEWAYS:
        return Answer(Fate.UNCLEAR, f"HTTP {answer.status_code}")
    if not answer.ok or answer.is_redirect:
        return Answer(Fate.REFUSED, f"HTTP {answer.status_code}")
    if service is Service.WEBHOOK:
        return Answer(Fate.TAKEN)
    code, words = _code(told)
    if code is None:
        return Answer(Fate.UNCLEAR, "?")
    return Answer(Fate.TAKEN) if code == 0 else Answer(Fate.REFUSED, f"{code} {words}"[:120])


def _code(told: bytes) -> tuple[int | None, str]:
    """The number by which a robot says how it went, 0 for well; None if it does not."""
    try:
        answer = msgspec.json.decode(told)
    except msgspec.DecodeError:
        return None, ""
    if not isinstance(answer, dict):
        return None, ""
    for name, words in (("errcode", "errmsg"), ("code", "msg"), ("StatusCode", "StatusMessage")):
        if isinstance(answer.get(name), int):
            return answer[name], str(answer.get(words, ""))
    return None, ""


_Form = tuple[str, dict[str, Any]]


def _wecom(access: Access, digest: Digest, _: datetime) -> _Form:
    return access.address, {"msgtype": "text", "text": {"content": digest.text}}


def _dingtalk(access: Access, digest: Digest, now: datetime) -> _Form:
    body = {"msgtype": "text", "text": {"content": digest.text}}
    if access.secret is None:
        return access.address, body
    stamp = str(int(now.timestamp() * 1000))
    sign = quote_plus(_signed(access.secret, f"{stamp}\n{access.secret}"))
    joint = "&" if "?" in access.address else "?"
    return f"{access.address}{joint}timestamp={stamp}&sign={sign}", body


def _feishu(access: Access, digest: Digest, now: datetime) -> _Form:
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": digest.text}}
    if access.secret is not None:
        stamp = str(int(now.timestamp()))
        body |= {"timestamp": stamp, "sign": _signed(f"{stamp}\n{access.secret}", "")}
    return access.address, body


def _webhook(access: Access, digest: Digest, now: datetime) -> _Form:
    told = [
        {
            "key": one.key,
            "stage": one.stage.value,
            "due": one.due.value,
            "name": one.name,
            "day": str(one.day),
        }
        for one in digest.matters
    ]
    return access.address, {
        "at": now.isoformat(),
        "dept": digest.dept,
        "text": digest.text,
        "matters": told,
    }


def _signed(key: str, text: str) -> str:
    made = hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()
    return base64.b64encode(made).decode()


_FORMS: Mapping[Service, Callable[[Access, Digest, datetime], _Form]] = {
    Service.WECOM: _wecom,
    Service.DINGTALK: _dingtalk,
    Service.FEISHU: _feishu,
    Service.WEBHOOK: _webhook,
}
