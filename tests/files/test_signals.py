"""Ctrl-C while something loads that must not be interrupted comes when it has loaded."""

from __future__ import annotations

import signal
import threading

import pytest

from gongkai.files.signals import uninterrupted


def test_it_comes_afterwards_and_not_within() -> None:
    reached = False
    with pytest.raises(KeyboardInterrupt), uninterrupted():
        signal.raise_signal(signal.SIGINT)
        reached = True
    assert reached


def test_it_is_heard_as_before_when_this_is_over() -> None:
    before = [signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)]
    with uninterrupted():
        pass
    assert [signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)] == before


def test_in_another_thread_nothing_is_held() -> None:
    heard = []

    def load() -> None:
        with uninterrupted():
            heard.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=load)
    thread.start()
    thread.join()
    assert heard == [signal.getsignal(signal.SIGINT)]
