"""Robots of group chats, and any address that takes JSON: how each is written to, and answers.

The forms are those of the makers' own documents: 企业微信 群机器人, 钉钉 自定义机器人 (sign:
HMAC-SHA256 of time in milliseconds and key), 飞书 自定义机器人 (sign: the same, in seconds, of
nothing).

``apprise`` (2.3, read) writes to the same robots and answers yes or no. Its yes for WeCom and
DingTalk is any HTTP 200, also where the robot refused; its no is the same for a refusal and for an
answer that never came. What must not be told twice needs all three told apart, so these stay.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ssl
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from enum import Enum
from typing import Any
from urllib.parse import quote_plus

import msgspec
import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationValueError,
    NewConnectionError,
)
from urllib3.util import Retry

from gongkai.domain.model import Value
from gongkai.domain.terms import RobotService
from gongkai.reminders.digest import Digest


class Fate(Enum):
    """What became of a message."""

    TAKEN = "taken"
    """The robot said that it has it."""
    REFUSED = "refused"
    """It surely does not have it; it may be sent again."""
    UNCLEAR = "unclear"
    """It was sent, and no answer can be believed."""


class Delivery(Value, frozen=True):
    """What became of a message, and in a word why."""

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
    respect_retry_after_header=False,  # it may be a day
    raise_on_status=False,
)
"""Tried again where nothing can have arrived, or where the answer says so; never when an answer
failed to come, because what was sent may be there."""


def send(service: RobotService, access: Access, digest: Digest, now: datetime) -> Delivery:
    """Send a digest. Never raises for what an address or the other side is like, and tells no more
    of either than the kind of an error: its words may hold the address."""
    try:
        address, body = _FORMS[service](access, digest, now)
        with requests.Session() as session:
            for scheme in ("http://", "https://"):
                session.mount(scheme, HTTPAdapter(max_retries=_AGAIN))
            request = session.prepare_request(requests.Request("POST", address, json=body))
            settings = session.merge_environment_settings(request.url or "", {}, True, None, None)
            return _sent(service, session, request, dict(settings))
    except Exception as error:  # it never left
        return Delivery(Fate.REFUSED, type(error).__name__)


def _sent(
    service: RobotService,
    session: requests.Session,
    request: requests.PreparedRequest,
    settings: dict[str, Any],
) -> Delivery:
    how = {**settings, "stream": True, "timeout": TIMES, "allow_redirects": False}
    try:
        with session.send(request, **how) as answer:
            return _judged(service, answer)
    except (requests.RequestException, HTTPError) as error:
        is_before = isinstance(error, _NEVER_LEFT) or any(
            isinstance(cause, _UNCONNECTED) for cause in _causes(error)
        )
        return Delivery(Fate.REFUSED if is_before else Fate.UNCLEAR, type(error).__name__)
    except (ValueError, OSError) as error:  # the address, or a file of certificates
        return Delivery(Fate.REFUSED, type(error).__name__)
    except Exception as error:
        return Delivery(Fate.UNCLEAR, type(error).__name__)


_NEVER_LEFT = (
    requests.ConnectTimeout,
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
    requests.exceptions.ProxyError,
    LocationValueError,
)
_UNCONNECTED = (NewConnectionError, ConnectTimeoutError, ssl.SSLCertVerificationError)
"""Where no connection came about nothing was sent; where one broke off, who knows."""


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and all that led to it, as far as it tells."""
    todo, seen = [error], set[int]()
    while todo:
        one = todo.pop()
        if id(one) not in seen:
            seen.add(id(one))
            yield one
            about = (*one.args, getattr(one, "reason", None), one.__cause__, one.__context__)
            todo += [other for other in about if isinstance(other, BaseException)]


_PIECES, _PIECE = 16, 4096
"""Of an answer no more is read, so that one that never ends keeps nobody waiting."""
_REFUSALS = (301, 302, 307, 308, 503)
"""Answers besides those to a wrong request that say that nothing was done."""


def _judged(service: RobotService, answer: requests.Response) -> Delivery:
    """What an answer means. One that says neither yes nor no is not believed."""
    status = answer.status_code
    if status in _REFUSALS or 400 <= status < 500:
        return Delivery(Fate.REFUSED, f"HTTP {status}")
    if not 200 <= status < 300:
        return Delivery(Fate.UNCLEAR, f"HTTP {status}")
    if service is RobotService.WEBHOOK:
        return Delivery(Fate.TAKEN)
    code = _code(answer)
    if code is None:
        return Delivery(Fate.UNCLEAR, "?")
    return Delivery(Fate.TAKEN) if code == 0 else Delivery(Fate.REFUSED, str(code))


def _code(answer: requests.Response) -> int | None:
    """The number by which a robot says how it went, 0 for well; None if it does not."""
    told = bytearray()
    for _ in range(_PIECES):
        piece = answer.raw.read1(_PIECE, decode_content=True)
        if not piece:
            break
        told += piece
    try:
        found = msgspec.json.decode(told)
    except (ValueError, RecursionError):
        return None
    codes = [found.get(name) for name in _CODES] if isinstance(found, dict) else []
    return next((code for code in codes if type(code) is int), None)


_CODES = ("errcode", "code", "StatusCode")


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
    return access.address, {
        "at": now.isoformat(),
        "dept": digest.dept,
        "text": digest.text,
        "matters": [dict(matter.told) for matter in digest.matters],
    }


def _signed(key: str, text: str) -> str:
    made = hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()
    return base64.b64encode(made).decode()


_FORMS: Mapping[RobotService, Callable[[Access, Digest, datetime], _Form]] = {
    RobotService.WECOM: _wecom,
    RobotService.DINGTALK: _dingtalk,
    RobotService.FEISHU: _feishu,
    RobotService.WEBHOOK: _webhook,
}
