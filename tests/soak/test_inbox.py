"""Long runs of the inbox: killed at a hundred moments, two hundred senders at once, slow ones."""

from __future__ import annotations

import asyncio
import random
import socket
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from gongkai.inbox.guard import SECONDS
from tests.inbox.test_inbox import (
    DAY,
    all_kept_once,
    fifty_slow,
    killed_while_sending,
    rows,
    site_of,
)
from tests.inboxes import PARTS, Inbox, multipart

SENDERS, LONG = 200, 60.0
MOST = 0.3
"""Seconds within which nineteen of twenty are answered, on two cores that do nothing else."""
MANY = ("--burst", "1000000", "--at", DAY)


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Inbox]:
    started = Inbox(site_of(tmp_path), tmp_path / "box", *MANY)
    yield started
    started.kill()


def test_killed_at_any_moment_nothing_acknowledged_is_lost(tmp_path: Path, share: int) -> None:
    """One inbox after another takes over the same database, and all that was ever taken is in it,
    once."""
    root, taken = site_of(tmp_path), set[str]()
    chance = random.Random(36)  # noqa: S311 - moments, not secrets
    for number in range(100 // share):
        box = Inbox(root, tmp_path / "box", *MANY)
        taken |= killed_while_sending(box, chance.uniform(0.0, 0.6), f"{number}轮")
        all_kept_once(box.folder, taken)
    assert taken


async def _send(port: int, text: str) -> tuple[int, float]:
    """The status of an answer, and the seconds it took."""
    body = multipart({"text": text})
    head = f"POST /say HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\n"
    head += f"Content-Type: {PARTS['Content-Type']}\r\n\r\n"
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head.encode() + body)
    answer = await reader.read()
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()
    return int(answer[9:12]), time.perf_counter() - began


async def _sender(port: int, name: int, until: float) -> list[tuple[int, float]]:
    """Somebody who sends an opinion every two seconds or so."""
    chance = random.Random(name)  # noqa: S311 - pauses, not secrets
    done: list[tuple[int, float]] = []
    await asyncio.sleep(chance.uniform(0, 2))
    while time.perf_counter() < until:
        done.append(await _send(port, f"{name}号第{len(done)}条"))
        await asyncio.sleep(chance.uniform(1, 3))
    return done


def test_two_hundred_senders_at_once_lose_nothing_and_wait_for_nothing(
    box: Inbox, share: int
) -> None:
    async def all_of_them() -> list[tuple[int, float]]:
        until = time.perf_counter() + LONG / share
        found = await asyncio.gather(*(_sender(box.port, n, until) for n in range(SENDERS)))
        return [pair for ones in found for pair in ones]

    # In a thread of its own: a browser of other tests may have a loop in this one.
    with ThreadPoolExecutor(1) as pool:
        answers = pool.submit(asyncio.run, all_of_them()).result()
    assert {status for status, _ in answers} == {201}
    assert rows(box.folder, "SELECT count(DISTINCT text) FROM opinions") == [(len(answers),)]
    assert statistics.quantiles((took for _, took in answers), n=20)[-1] < MOST


def test_slow_ones_are_let_go(box: Inbox) -> None:
    slow = fifty_slow(box)
    held = socket.create_connection(("127.0.0.1", box.port))
    held.sendall(b"POST /say HTTP/1.1\r\nHost: a\r\nContent-Length: 90\r\n")
    held.sendall(b"Content-Type: application/x-www-form-urlencoded\r\n\r\ntext=")
    for one in slow:
        one.settimeout(20)
        assert one.recv(100) == b""
        one.close()
    held.settimeout(SECONDS + 10)
    assert held.recv(12) == b"HTTP/1.1 408"
    held.close()
