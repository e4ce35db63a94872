"""Ctrl-C while something loads that must not be interrupted comes when it has loaded."""

from __future__ import annotations

import os
import signal

import pytest

from gongkai.files.signals import uninterrupted

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "pthread_sigmask"), reason="this system holds no signals back"
)


def test_it_comes_afterwards_and_not_within() -> None:
    reached = False
    with pytest.raises(KeyboardInterrupt), uninterrupted():
        os.kill(os.getpid(), signal.SIGINT)
        reached = True
    assert reached


def test_what_was_held_back_before_still_is() -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    with uninterrupted():
        pass
    assert signal.SIGTERM in signal.pthread_sigmask(signal.SIG_SETMASK, before)
